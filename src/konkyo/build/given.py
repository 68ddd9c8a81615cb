"""What a build is given: the sources that were found, the registry, and the records of all documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.build.derive import result_against_target, through_measure
from konkyo.build.resolve import titles_of
from konkyo.common.errors import KonkyoError, ManyErrors, RefusedFiles
from konkyo.common.name_form import name_form
from konkyo.common.paths import graphs_dir
from konkyo.common.words import Words
from konkyo.model.graphs import COMMON, MADE_HERE, OF_REVIEWS, STRATEGIES
from konkyo.model.identifiers import IRI, graph
from konkyo.model.namespaces import GRAPH, ID, KK
from konkyo.model.records import GraphSource, Organization, Record, Unit
from konkyo.model.rules import RULES
from konkyo.sources.folders import KINDS_OF_SOURCE, find_sources
from konkyo.sources.found import FoundSources, undecided

if TYPE_CHECKING:
    from konkyo.sources.registry import Registry
    from konkyo.sources.rs import Names
    from konkyo.store import EmbeddedStore


def carried_sources() -> list[Path]:
    """Return the sheets and interpretations that the package carries."""
    return [graphs_dir() / "sheets", graphs_dir() / "interpretations"]


def prepare(
    sources: Iterable[Path] | FoundSources,
    *,
    registry: Path | None = None,
    keep_going: bool = False,
    reviewed: bool = False,
) -> tuple[FoundSources, Registry, dict[IRI, list[Record]]]:
    """Return what the sources hold, the registry, and the records of each graph that comes from documents.

    The arguments are those of :func:`konkyo.build.pipeline.build`. Raises KonkyoError.
    """
    from konkyo.sources.registry import Registry

    given = sources if isinstance(sources, FoundSources) else [*sources]
    found = given if isinstance(given, FoundSources) else find_sources(given)
    if given and not (found.documents or found.tables):
        raise _nothing(found)
    if found.refused and not keep_going:
        raise RefusedFiles({one.meant or str(one.error.source): one.error for one in found.refused})
    documents = found.documents
    if not documents and registry is None:
        documents = find_sources(carried_sources()).documents
    if reviewed:
        found.documents = documents = [path for path in documents if not is_unchecked(path)]
        if given and not (documents or found.tables):
            raise KonkyoError(
                Words(
                    "人が確かめた転記がありません。", "There is no transcription that a person has checked."
                ),
                hint=Words(
                    "確かめた転記の「転記:」に「確認」を書き加えてください。",
                    "Add 確認 under 転記: of one that you have checked.",
                ),
            )
    known = Registry(registry or graphs_dir())
    return found, known, read_sources(documents, known)


def _nothing(found: FoundSources) -> KonkyoError:
    """Return the error for sources of which nothing can be built: why, for each file."""
    errors = [one.error for one in (*found.refused, *found.asides)]
    errors += [undecided(choice) for choice in found.choices]
    if not errors:
        return KonkyoError(
            Words("読み込める資料がありません。", "There is no source to read here."), hint=KINDS_OF_SOURCE
        )
    return errors[0] if len(errors) == 1 else ManyErrors(errors[:_MOST_ERRORS])


_MOST_ERRORS = 20


def read_sources(paths: list[Path], registry: Registry) -> dict[IRI, list[Record]]:
    """Read all sources; return the records of each named graph. Raises KonkyoError."""
    from konkyo.sources.interpretations import read_interpretations
    from konkyo.sources.sheet import read_sheet

    graphs: dict[IRI, list[Record]] = {}

    def put(name: str, title: Words, records: list[Record], source: Path | None = None) -> None:
        here = graph(name)
        if here in graphs or here in MADE_HERE or here.startswith(OF_REVIEWS):
            raise KonkyoError(
                Words(
                    f"「{name}」という資料が既にあるか、konkyoが使う名前です。",
                    f"Two sources are named {name!r}, or konkyo uses this name itself.",
                ),
                source=str(source) if source else None,
                field="キー" if source else None,
                hint=Words("キーを分けてください。", "Give it another key."),
            )
        graphs[here] = [GraphSource(iri=here, title=title), *records]

    put(
        "organizations",
        Words("府省庁と会議体の登録簿", "Registry of ministries and panels"),
        registry.organizations,
    )
    put("rules", Words("導出規則", "Rules of derivation"), list(RULES))
    sheets: dict[str, list[Record]] = {}
    readings = []
    resolve = titles_of(registry)
    for path in paths:
        if _is_interpretation(path):
            readings.append(path)
            continue
        key, records = read_sheet(path, registry, resolve)
        records += [*through_measure(records), *result_against_target(records)]
        sheets[key] = records
        put(key, Words(f"評価書 {key}", f"Evaluation sheet {key}"), records, path)
    for path in readings:
        name, records = read_interpretations(path, registry, sheets)
        put(name, Words(f"解釈 {name}", f"Interpretations {name}"), records, path)
    # Last, since a sheet or a reading may name a strategy that stands in the registry for citations only.
    put(
        STRATEGIES.removeprefix(GRAPH),
        Words("戦略と報告書の登録簿", "Registry of strategies and reports"),
        registry.strategies,
    )
    return graphs


def is_unchecked(path: Path) -> bool:
    """Return whether a document is a machine's transcription that nobody has checked."""
    from konkyo.sources.sheet.form import review_status
    from konkyo.sources.yaml_document import read_yaml

    data = read_yaml(path).data
    return isinstance(data, dict) and review_status(data) == "machine-read"


def _is_interpretation(path: Path) -> bool:
    from konkyo.sources.yaml_document import read_yaml

    data = read_yaml(path).data
    return isinstance(data, dict) and "解釈" in data


def names_of(organizations: Iterable[Record], measures: frozenset[str] = frozenset()) -> Names:
    """Return the names of ministries and units for the import of RS files, from the registry's records."""
    from konkyo.sources.rs import Names

    ministries: dict[str, str] = {}
    units: dict[str, dict[str, str]] = {}
    corporate: dict[str, str] = {}
    # A unit comes after what it is a unit of; its path of names is that one's and its own.
    paths: dict[IRI, tuple[str, str]] = {}
    for record in organizations:
        if isinstance(record, Organization):
            slug = record.iri.removeprefix(f"{ID}org/")
            ministries.setdefault(name_form(record.ja), slug)
            if record.identifier:
                corporate[record.identifier] = slug
            paths[record.iri] = (slug, "")
        elif isinstance(record, Unit) and (within := record.part_of or record.unit_of) in paths:
            slug, above = paths[within]
            path = above + name_form(record.ja)
            paths[record.iri] = (slug, path)
            units.setdefault(slug, {})[path] = record.iri
    return Names(ministries, units, measures, corporate)


def measures_of(store: EmbeddedStore) -> frozenset[str]:
    """Return the measures that sheets define."""
    within = f"FILTER(?g != <{COMMON}>)"
    text = f"SELECT DISTINCT ?m WHERE {{ GRAPH ?g {{ ?m a <{KK}Measure> }} {within} }}"
    return frozenset(row["m"].value for row in store.select(text))
