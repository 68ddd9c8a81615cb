"""The pipeline: sources to records, records to quads, quads to the store, shortcuts on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.build.calendar import calendar, kept_years, years_of
from konkyo.build.given import measures_of, names_of, prepare
from konkyo.build.lineage import trace_projects
from konkyo.build.preferred_labels import preferred
from konkyo.build.resolve import resolve_citations
from konkyo.build.search_keys import search_keys
from konkyo.build.shortcuts import materialise
from konkyo.build.stages import Progress, Stage, Stages
from konkyo.build.summaries import load_gaps_and_counts
from konkyo.build.waiting import load_made
from konkyo.citations.judgements import FILE as JUDGEMENTS
from konkyo.common.errors import RefusedFiles
from konkyo.common.heap import give_back
from konkyo.common.paths import ontology_dir
from konkyo.common.words import Words
from konkyo.graph.search.write import FILE as INDEX
from konkyo.graph.search.write import write_index
from konkyo.model.graphs import (
    CALENDAR,
    COMMON,
    DENOTATIONS,
    LABELS,
    MADE_HERE,
    NAMES,
    OF_REVIEWS,
    ONTOLOGY,
    OVER_YEARS,
    SHORTCUT,
    STRATEGIES,
    SUMMARIES,
)
from konkyo.model.identifiers import IRI, graph
from konkyo.model.namespaces import GRAPH
from konkyo.model.ntriples import n_quads
from konkyo.model.records import GraphSource, Record
from konkyo.sources.found import FoundSources, SkippedFile

if TYPE_CHECKING:
    from konkyo.sources.found import ReviewFile
    from konkyo.sources.registry import Registry
    from konkyo.sources.rs import FileReport
    from konkyo.store import EmbeddedStore


@dataclass
class Report:
    """What a build did: facts (triples) by graph; for each file of the RS system what became of it.

    ``total`` counts the facts of the whole store, those that were kept too. ``notes`` say which judgements were not used, and why.
    ``found`` is what the sources held; the files that were refused and left out stand there.
    """

    facts: dict[str, int] = field(default_factory=dict)
    files: list[FileReport] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    total: int = 0
    found: FoundSources = field(default_factory=FoundSources)


def build(
    sources: Iterable[Path] | FoundSources,
    folder: Path,
    *,
    registry: Path | None = None,
    keep: bool = False,
    keep_going: bool = False,
    reviewed: bool = False,
    progress: Progress | None = None,
    finish: Callable[[EmbeddedStore], object] | None = None,
) -> Report:
    """Build a store folder from sources; with none, from those that the package carries.

    A source is a transcribed sheet or interpretations (YAML), a file of the RS system (zip or CSV), review sheets (JSON lines), or a
    folder with any of them (:func:`konkyo.sources.folders.find_sources`, which says what is not read). RS files alone are
    joined with what the package carries, unless a registry is given.
    ``registry`` is a folder with ``organizations.yaml`` and ``strategies.yaml``; ``keep`` adds to what
    the store holds and replaces only the graphs of the sources given; ``keep_going`` leaves RS files out that are
    refused; ``reviewed`` leaves out what a machine transcribed and nobody has checked. ``finish`` is given the whole store before it
    takes the place of the one before, and only reads it. Raises KonkyoError; then the store is as it was.
    """
    found, known, graphs = prepare(sources, registry=registry, keep_going=keep_going, reviewed=reviewed)
    try:
        return _build(found, graphs, folder, known, keep, keep_going, progress, finish)
    except RefusedFiles as error:
        left = [file for file in found.tables if file.source not in error.by_source]
        if not keep_going or not (left or found.documents):
            raise
        # What the refused files had in common with the others is told by these now: everything is made anew.
        found.refused += [SkippedFile(reason, source) for source, reason in error.by_source.items()]
        found.tables = left
        return _build(found, graphs, folder, known, keep, keep_going, progress, finish)


def _build(
    found: FoundSources,
    graphs: dict[IRI, list[Record]],
    folder: Path,
    known: Registry,
    keep: bool,
    keep_going: bool,
    progress: Progress | None,
    finish: Callable[[EmbeddedStore], object] | None,
) -> Report:
    from konkyo.store import building, open_store

    stages = Stages(progress)
    stages.begin(Stage.KEPT)
    replaced = {*graphs, *(graph(file.source) for file in found.tables)}
    plan = _plan(folder, replaced) if keep else _Plan()
    if plan.kept:
        known.use_named(_named(open_store(folder), plan.kept))
        graphs[STRATEGIES] = [graphs[STRATEGIES][0], *known.strategies]
    with building(folder, keep=plan.linked, packed=True) as store:
        if plan.kept and not plan.linked:
            previous = open_store(folder)
            for name in plan.kept:
                store.copy_graph(previous, name)
        report = load_graphs(graphs, store, known, found.tables, progress, every=keep_going)
        report.found = found
        # Nothing more is put into the store: what is made of it stands beside it.
        stages.begin(Stage.INDEX)
        with nullcontext() if plan.little else store.packing():
            if store.folder:
                write_index(store, store.folder / INDEX)
            if finish:
                finish(store)
        stages.end()
        return report


@dataclass(frozen=True)
class _Plan:
    """What a build does with the store that is there.

    ``kept`` are the graphs that it does not make anew. With ``linked`` it begins with all files of that store and removes the other
    graphs; without, it copies what is kept. With ``little`` it changes so little that packing would cost more than it gains.
    """

    kept: Sequence[str] = ()
    linked: bool = False
    little: bool = False


# Facts. To pack a store writes all of it anew.
_LITTLE = 1_500_000
# To remove a fact takes about twice as long as to copy one.
_REMOVAL = 2


def _plan(folder: Path, replaced: set[IRI]) -> _Plan:
    from konkyo.store import open_store
    from konkyo.store.generations import exists

    if not exists(folder):
        return _Plan()
    store = open_store(folder)
    held = store.graphs()
    others = [name for name in held if name not in replaced and name not in MADE_HERE]
    if not others:
        return _Plan()
    kept = [*others, *(name for name in (COMMON, CALENDAR) if name in held)]
    removed = sum(_size(store, name) for name in held if name not in kept)
    # Counted only as far as it matters: to count ten years takes half a minute.
    sizes = accumulate(_size(store, name) for name in kept)
    linked = any(size >= _REMOVAL * removed for size in sizes)
    return _Plan(kept, linked, linked and removed <= _LITTLE)


def _named(store: EmbeddedStore, kept: Iterable[str]) -> set[str]:
    """Return what the sheets and readings that are kept name. The files of reviews are resolved anew."""
    from pyoxigraph import NamedNode

    objects = (
        fact.object
        for name in kept
        if not name.startswith(OF_REVIEWS) and name != COMMON
        for fact in store.triples(name)
    )
    return {thing.value for thing in objects if isinstance(thing, NamedNode)}


def load_graphs(
    graphs: dict[IRI, list[Record]],
    store: EmbeddedStore,
    registry: Registry,
    tables: Sequence[ReviewFile] = (),
    progress: Progress | None = None,
    *,
    every: bool = False,
) -> Report:
    """Load the ontology, all graphs and the RS files into a store; materialise labels and shortcuts.

    Raises RefusedFiles with the first RS file that is refused, with all of them for ``every``.
    """
    report, stages = Report(), Stages(progress)
    stages.begin(Stage.READ)
    store.drop(ONTOLOGY)  # a store that is kept may have been built with other terms
    for file in ("konkyo.ttl", "codes.ttl"):
        store.load_turtle(ONTOLOGY, ontology_dir() / file)
    report.facts["ontology"] = _size(store, ONTOLOGY)
    loaded = store.load_all({name: n_quads(records, name) for name, records in graphs.items()})
    report.facts |= {name.removeprefix(GRAPH): facts for name, facts in loaded.items()}
    years = years_of(record for records in graphs.values() for record in records) | kept_years(store)
    if tables:
        from konkyo.sources.stream import import_files

        held = set(store.graphs())
        for table in tables:
            if (name := graph(table.source)) in held:
                store.drop(name)
        names = names_of(graphs[graph("organizations")], measures_of(store))
        report.files = import_files(tables, names, store.load_stream, progress, every=every)
        for done in report.files:
            report.facts[done.source] = done.facts
            years.update(done.years)
        report.facts["rs"] = _size(store, COMMON)
    reviewed = bool(tables) or COMMON in store.graphs()
    stages.begin(Stage.CITED)
    if reviewed:
        # Without new files, too: the registry or a judgement may have changed, and what is kept follows it.
        meant = resolve_citations(store, registry, report.notes)
        report.facts["denotations"] = store.load(DENOTATIONS, n_quads(meant, DENOTATIONS))
    give_back()
    labels = list(preferred(store, LABELS))
    if labels or LABELS in store.graphs():
        report.facts["labels"] = store.load(LABELS, labels)
    stages.begin(Stage.OVER_YEARS)
    if over_years := join_years(store, report.notes):
        report.facts["over-years"] = over_years
    give_back()
    if reviewed and (lineage := trace_projects(store, report.notes, registry.folder / JUDGEMENTS)):
        report.facts["lineage"] = lineage
    report.facts["calendar"] = store.load(CALENDAR, n_quads(calendar(years), CALENDAR))
    give_back()
    stages.begin(Stage.FOLLOWING)
    materialise(store)
    give_back()
    report.facts["shortcut"] = _size(store, SHORTCUT)
    stages.begin(Stage.NAMES)
    report.facts["names"] = load_made(store, NAMES, search_keys(store, NAMES))
    give_back()
    stages.begin(Stage.COUNTS)
    load_gaps_and_counts(store)
    report.facts["summaries"] = _size(store, SUMMARIES)
    report.total = len(store)
    return report


def join_years(store: EmbeddedStore, notes: list[Words]) -> int:
    """Say which steps and indicators of several reviews are one thing; return the number of facts.

    What could not be told is counted in ``notes``. With one review there is nothing to join.
    """
    from konkyo.build.over_sheets import indicators_of_sheets
    from konkyo.build.over_years import join, records

    joined = join(store)
    if OVER_YEARS in store.graphs():
        store.drop(OVER_YEARS)
    if note := joined.note():
        notes.append(note)
    found = [*records(joined), *indicators_of_sheets(store)]
    if not found:
        return 0
    title = Words("年度をまたいで同じもの", "What is one thing over the years")
    made = [GraphSource(iri=OVER_YEARS, title=title), *found]
    return store.load(OVER_YEARS, n_quads(made, OVER_YEARS))


def _size(store: EmbeddedStore, name: str) -> int:
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
    return int(next(iter(store.select(text)))["n"].value)
