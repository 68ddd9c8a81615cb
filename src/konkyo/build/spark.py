"""A build as a job of Apache Spark: files are read and citations resolved by its tasks, and the facts written as a Parquet table.

Needs pyspark (extra ``spark``) and Java. Where it runs is Spark's own setting: all cores of this machine, or a cluster whose machines see
the files and have konkyo installed. What a store derives from the facts (lineage, shortcuts, summaries) is no part of the table.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.build.facts import REFUSED, REPORT, Fact, Resolving, fact, facts_of_file, line
from konkyo.build.given import measures_of, names_of, prepare
from konkyo.build.pipeline import Report
from konkyo.build.resolve import resolve_citations
from konkyo.common.errors import KonkyoError, RefusedFiles
from konkyo.common.files import unwritable
from konkyo.common.temporary import temporary_folder
from konkyo.common.words import Words
from konkyo.model.graphs import DENOTATIONS
from konkyo.model.identifiers import graph
from konkyo.model.ntriples import n_quads
from konkyo.sources.found import FoundSources, SkippedFile
from konkyo.sources.rs.engine import FileReport

if TYPE_CHECKING:
    from konkyo.citations.judgements import Judgements
    from konkyo.citations.resolve import Resolution
    from konkyo.citations.title_index import TitleObservation
    from konkyo.sources.registry import Registry

_TABLE = ", ".join(f"{column} string" for column in Fact._fields)
# What the resolving of citations asks of the files: these things alone are brought to the process that began the job.
_CITED = "subject LIKE 'id:citation/%' OR subject LIKE 'id:law/%'"
_STRINGS_A_TASK = 2000
# Hadoop takes these for a pattern or for a scheme.
_UNFIT = re.compile(r"[*?\[\]{}\\:]")


def write_parts(
    sources: Iterable[Path] | FoundSources,
    out: str,
    *,
    registry: Path | None = None,
    keep_going: bool = False,
    reviewed: bool = False,
) -> Report:
    """Write the facts of sources, and what their citations denote, as sorted Parquet files, each fact once; return what became of them.

    ``out`` is a folder that does not exist, or an address that Spark knows (``s3a://…``); the rest is as in
    :func:`konkyo.build.pipeline.build`. Raises KonkyoError.
    """
    from konkyo.store import building

    _see_that_it_can_be_written(out)
    found, known, graphs = prepare(sources, registry=registry, keep_going=keep_going, reviewed=reviewed)
    report = Report(found=found)
    documents = [each for name, records in graphs.items() for each in n_quads(records, name)]
    # A store of what citations are resolved with, which is small: the documents, the citations and the laws.
    with _session(out) as session, temporary_folder() as folder, building(folder / "store") as store:
        from pyspark import StorageLevel

        store.load_all({name: n_quads(records, name) for name, records in graphs.items()})
        names = names_of(graphs[graph("organizations")], measures_of(store))
        tasks = session.sparkContext.parallelize(found.tables, max(1, len(found.tables)))
        read = session.createDataFrame(
            tasks.flatMap(partial(facts_of_file, names=names)), _TABLE, verifySchema=False
        ).persist(StorageLevel.DISK_ONLY)
        _take_told(report, (Fact(*row) for row in read.where("graph = ''").collect()), keep_going)
        facts = read.where("graph <> ''")
        cited = facts.where(_CITED).drop("graph").distinct().toLocalIterator()
        store.load(DENOTATIONS, (line(Fact("denotations", *row)) for row in cited))
        resolve = partial(_resolve_all, session.sparkContext)
        meant = n_quads(list(resolve_citations(store, known, report.notes, resolve)), DENOTATIONS)
        here = session.createDataFrame([fact(each) for each in chain(documents, meant)], _TABLE)
        facts.union(here).distinct().sort(*Fact._fields).write.parquet(out)
        report.facts = {
            row["graph"]: row["count"] for row in session.read.parquet(out).groupBy("graph").count().collect()
        }
        report.total = sum(report.facts.values())
    return report


def _take_told(report: Report, told: Iterable[Fact], keep_going: bool) -> None:
    """Take the reports of files. Raises RefusedFiles for those that are refused, unless they may be left out."""
    from konkyo.sources.stream import error_from_json

    refused: dict[str, KonkyoError] = {}
    for row in sorted(told):
        if row.predicate == REPORT:
            report.files.append(FileReport.from_json(json.loads(row.object)))
        elif row.predicate == REFUSED:
            refused[row.subject] = error_from_json(json.loads(row.object))
    if refused and not (keep_going and (report.files or report.found.documents)):
        raise RefusedFiles(refused)
    report.found.refused += [SkippedFile(error, source) for source, error in refused.items()]
    report.found.tables = [file for file in report.found.tables if file.source not in refused]


def _resolve_all(
    context: Any,
    strings: Iterable[str],
    registry: Registry,
    judgements: Judgements | None,
    seen: Iterable[TitleObservation],
) -> dict[str, list[Resolution]]:
    """Resolve citations by tasks: first each tells what its own state, then each resolves its own with what all have told."""
    spread = sorted({*strings})
    shared = context.parallelize(spread, -(-len(spread) // _STRINGS_A_TASK) or 1)
    how = Resolving(registry, judgements, [*seen])
    told = tuple(dict.fromkeys(shared.mapPartitions(how.observe).collect()))
    return dict(shared.mapPartitions(how._replace(elsewhere=told).resolve).collect())


@contextmanager
def _session(out: str) -> Iterator[Any]:
    """Give a session of Spark, and turn what it cannot do into an error for people."""
    # Its workers are processes of Python: they take their modules from the installation only, and are of this very Python.
    os.environ.pop("PYTHONPATH", None)
    os.environ["PYTHONSAFEPATH"] = "1"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import AnalysisException, PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise KonkyoError(
            Words("事実の表を書くにはpysparkが要ります。", "Writing parts needs pyspark."),
            hint=Words(
                "`pip install 'konkyo[spark]'` とJava 17以降で動きます。",
                "`pip install 'konkyo[spark]'` and Java 17 or newer bring it.",
            ),
        ) from None
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    try:
        builder = SparkSession.builder.appName("konkyo")
        for name, value in {**settings, "spark.executorEnv.PYTHONSAFEPATH": "1"}.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise KonkyoError(
            Words("Sparkが始まりません。", "Spark does not start."),
            hint=Words("Java 17以降が要ります。", "It needs Java 17 or newer."),
        ) from error
    try:
        session.sparkContext.setLogLevel("FATAL")  # what fails is told below
        yield session
    except AnalysisException as error:
        raise _unwritable(out) from error
    except Py4JJavaError as error:
        cause = error.java_exception
        while (deeper := cause.getCause()) is not None:
            cause = deeper
        if "PythonException" in cause.getClass().getName():  # a fault of ours
            raise
        said = " ".join(cause.toString().split())[:200]
        raise KonkyoError(
            Words(f"Sparkの仕事が失敗しました（{said}）。", f"The job of Spark failed ({said})."), source=out
        ) from error
    finally:
        session.stop()


def _see_that_it_can_be_written(out: str) -> None:
    """Raise KonkyoError where a folder of this machine is there already or cannot be: before the work, not after it."""
    if unfit := _UNFIT.search(out.partition("://")[2] or out):
        raise KonkyoError(
            Words(
                f"Sparkは「{unfit[0]}」のある名を書けません。",
                f"Spark writes no name with {unfit[0]!r} in it.",
            ),
            source=out,
        )
    if "://" in out:
        return
    try:
        Path(out).absolute().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(Path(out), error) from error
    if not out or Path(out).exists():
        raise _unwritable(out)


def _unwritable(out: str) -> KonkyoError:
    return KonkyoError(
        Words("そこには書けません。", "It cannot be written there."),
        source=out,
        hint=Words("まだないフォルダーを指定してください。", "Name a folder that does not exist yet."),
    )
