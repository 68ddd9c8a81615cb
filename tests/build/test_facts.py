"""Facts as rows: what the tasks of a job make, and the SQL of its help page, without the engine that runs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.build.facts import REFUSED, REPORT, Fact, Resolving, fact, facts_of_file, line
from konkyo.build.given import measures_of, names_of, prepare
from konkyo.build.pipeline import build
from konkyo.build.resolve import resolve_citations
from konkyo.build.spark import write_parts
from konkyo.citations.resolve import resolve_all
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import graphs_dir
from konkyo.graph.stored_queries import run
from konkyo.model.graphs import DENOTATIONS, MADE_HERE, OF_REVIEWS
from konkyo.model.identifiers import graph
from konkyo.model.namespaces import GRAPH, KK, shorten
from konkyo.model.ntriples import literal, n_quads
from konkyo.present.topics import topic
from konkyo.sources.folders import find_sources
from konkyo.sources.registry import Registry
from konkyo.sources.rs.headers import TITLES
from konkyo.store import EmbeddedStore, open_store
from support.once import Once
from support.rs_rows import NAMES, row, sample, write_csv

BLOCK = re.compile(r"^### (\S+)\n\n```sql\n(.+?)```", re.MULTILINE | re.DOTALL)
SQL = dict(BLOCK.findall(topic("parts").text))


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["", "@ja", f"^^<{KK}any>", "^^<urn:x>"]),
)
def test_a_row_is_its_line_in_other_words(text: str, suffix: str) -> None:
    written = f"<https://w3id.org/konkyo/id/a> <{KK}b> {literal(text, suffix)} <{GRAPH}rs-2024/1-3> .\n"
    row = fact(written)
    assert row.object == text and line(row) == written


def test_names_are_short_in_a_row() -> None:
    row = fact(
        f"<https://w3id.org/konkyo/id/project/820> <{KK}ministry> <http://other.example/x> <{GRAPH}rs> .\n"
    )
    assert row == Fact("rs", "id:project/820", "kk:ministry", "http://other.example/x", "iri")


def _dumped(store: EmbeddedStore, name: str) -> set[Fact]:
    lines = b"".join(store.dump(name)).splitlines()
    return {fact(f"{each.decode()[:-1]}<{name}> .\n") for each in lines}


@pytest.fixture(scope="module")
def sample_folder(once: Once) -> Path:
    """Return a store of invented rows of every kind of file, and the carried sheet; the files are in ``in`` beside it."""

    def make(folder: Path) -> None:
        (folder / "in").mkdir()
        for kind in TITLES:
            write_csv(folder / "in", kind, sample(kind))
        build([folder / "in"], folder / "store")

    return once.folder("facts", make) / "store"


def _as_stored(lines: Iterable[str]) -> set[Fact]:
    """Return lines as a store gives them back, which writes 1.0 as 1."""
    quads = ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)
    store = ox.Store()
    store.bulk_extend(quads)
    return {fact(f"{quad} .\n") for quad in store}


def test_tasks_make_what_a_build_makes(sample_folder: Path) -> None:
    store = open_store(sample_folder)
    found, registry, graphs = prepare([sample_folder.parent / "in"])
    names = names_of(graphs[graph("organizations")], measures_of(store))
    rows = [each for file in found.tables for each in facts_of_file(file, names)]
    assert [each.predicate for each in rows if not each.graph] == [REPORT] * len(found.tables)
    files = [graph(file.source) for file in found.tables]
    assert {row for row in rows if row.graph} == set().union(
        *(_dumped(store, name) for name in [*files, graph("rs")])
    )

    def by_tasks(strings: Iterable[str], *how: object) -> dict[str, object]:
        parts = [sorted(strings)[start::2] for start in range(2)]
        resolving = Resolving(*how)  # type: ignore[arg-type]
        told = [sight for part in parts for sight in resolving.observe(part)]
        return dict(
            each for part in parts for each in resolving._replace(elsewhere=tuple(told)).resolve(part)
        )

    meant = n_quads(resolve_citations(store, registry, [], by_tasks), DENOTATIONS)  # type: ignore[arg-type]
    assert _as_stored(meant) == _dumped(store, DENOTATIONS)


def test_what_a_citation_tells_reaches_those_of_other_tasks() -> None:
    dated, bare = "見本振興計画（第６期）（令和５年６月16日閣議決定）", "見本振興計画（令和５年６月16日）"
    registry = Registry(graphs_dir())
    together = resolve_all([dated, bare], registry)
    how = Resolving(registry, None, [])
    told = tuple(how.observe([dated]))
    assert dict(how._replace(elsewhere=told).resolve([bare]))[bare] == together[bare]
    assert dict(how.resolve([bare]))[bare] != together[bare]


def test_of_a_refused_file_its_refusal_alone_is_told(tmp_path: Path) -> None:
    write_csv(tmp_path, "1-2", [row("1-2", "1", 2024, "総務省"), row("1-2", "x", 2024, "総務省")], 2024)
    (file,) = find_sources([tmp_path]).tables
    (told,) = facts_of_file(file, NAMES)
    assert not told.graph and told.predicate == REFUSED


@cache
def _tables(folder: Path) -> pl.SQLContext:
    store = open_store(folder)
    names = [name for name in store.graphs() if name not in MADE_HERE or name in (graph("rs"), DENOTATIONS)]
    assert any(name.startswith(OF_REVIEWS) for name in names)
    rows = [each for name in names for each in _dumped(store, name)]
    return pl.SQLContext(facts=pl.DataFrame(rows, schema=list(Fact._fields), orient="row"))


@pytest.mark.parametrize("name", SQL)
def test_sql_answers_as_the_stored_query(name: str, sample_folder: Path) -> None:
    rows = _tables(sample_folder).execute(SQL[name], eager=True)
    found = {tuple(map(str, row)) for row in rows.iter_rows()}
    answer = [
        tuple(shorten(row[column].value) if row[column] is not None else "" for column in rows.columns)
        for row in run(open_store(sample_folder), name)
    ]
    wanted = {row for row in answer if all(row)}
    assert found and len(found) == len(rows)
    assert found <= wanted if name == "summary" else found == wanted


@pytest.mark.parametrize("name", ["facts[1]", "{a,b}", "facts*", "a:b", "s3a://bucket/x?", "", "there"])
def test_a_name_that_spark_cannot_write_is_told_before_the_work(name: str, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    out = name if "://" in name or not name else str(tmp_path / name)
    with pytest.raises(KonkyoError) as error:
        write_parts([], out)
    assert error.value.source == out
