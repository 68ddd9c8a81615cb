"""The lists of strategies, ministries, laws and panels as tables: counted alike, sorted and filtered, as pages and as CSV.

Their numbers are those of the overview, of one review: the pictures, the lists and the pages of things cannot differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from konkyo.api import KnowledgeGraph
from konkyo.common.text import fold
from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.years import YearScope, year_scope
from konkyo.model.codes import heading_of
from konkyo.present.text.csv import BOM, written
from konkyo.questions.overview import OverviewYear, ProjectRow, is_fog, overview
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.lists import ministry_counts
from konkyo.server.pages.made import Made, embeddable, html
from konkyo.server.pages.render import render
from konkyo.server.pages.showing import shows
from konkyo.server.pages.tables import overview_told
from konkyo.store import Store

Asked = Mapping[str, Any]
SORTS = (
    "name",
    "projects",
    "ministries",
    "strategies",
    "policies",
    "measures",
    "editions",
    "reports",
    "initial",
)
"""What some list is sorted by, largest first; with ``-`` before it the other way."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: its key in addresses, its heading, and whether it counts things or whole yen."""

    key: str
    heading: Words
    kind: Literal["count", "yen"] = "count"


@dataclass(frozen=True, slots=True)
class Line:
    """A thing with its numbers; None is not stated, which is not 0."""

    iri: str
    name: Words
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: ``query`` is the stored query that tells its numbers one by one."""

    title: Words
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    query: str
    scope: YearScope

    def arranged(self, sort: str | None, text: str | None) -> list[Line]:
        """Return the lines whose names hold a text, sorted by a column: numbers largest first, names as they run."""
        wanted = fold(text or "")
        lines = [line for line in self.lines if wanted in fold(line.name.ja) or wanted in fold(line.name.en)]
        key = (sort or self.columns[0].key).removeprefix("-")
        back = bool(sort) and sort.startswith("-")  # type: ignore[union-attr]
        by_name = sorted(lines, key=lambda line: (line.name.ja, line.iri), reverse=back and key == "name")
        place = next((place for place, column in enumerate(self.columns) if column.key == key), None)
        if place is None:
            return by_name
        stated = [line for line in by_name if line.numbers[place] is not None]
        # What states nothing comes last either way.
        return [
            *sorted(stated, key=lambda line: line.numbers[place] or 0, reverse=not back),
            *(line for line in by_name if line.numbers[place] is None),
        ]


_PROJECTS = Column("projects", Words("予算事業", "Projects"))
_MINISTRIES = Column("ministries", Words("府省庁", "Ministries"))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the overview tells of a year, with IRIs in the place of numbers."""

    scope: YearScope
    rows: tuple[ProjectRow, ...]
    year: OverviewYear | None
    ministries: tuple[str, ...]
    projects: tuple[str, ...]
    strategies: tuple[str, ...]
    of_edition: tuple[int, ...]

    def numbers(self, rows: Sequence[ProjectRow]) -> tuple[int, int, int | None]:
        """Return how many projects these are, of how many ministries, and the sum of their initial budgets."""
        stated = [row.yen for row in rows if row.yen is not None]
        owners = {ministry for row in rows for ministry in row.ministries}
        return len(rows), len(owners), sum(stated) if stated else None

    def initial(self) -> Column:
        """Return the column of the initial budget of the year."""
        words = heading_of("initial")
        year = self.year.year if self.year else None
        return Column(
            "initial",
            words if year is None else Words(f"{year}年度{words.ja}", f"{words.en} FY{year}"),
            "yen",
        )


def _told(graph: KnowledgeGraph, asked: Asked) -> _Told:
    scope = year_scope(graph.store, asked["year"])
    whole = overview_told(graph, asked)
    year = next((year for year in whole.years if year.year == scope.year), None)
    if (
        year is None and scope.year is not None
    ):  # a review that tells of no plans is not in the overview of all
        whole = overview(graph.store, scope.year)
        year = whole.years[-1]
    ministries, projects, named = (
        tuple(one.iri for one in table) for table in (whole.ministries, whole.projects, whole.strategies)
    )
    of_edition = tuple(edition.strategy for edition in whole.editions)
    return _Told(scope, year.rows if year else (), year, ministries, projects, named, of_edition)


def strategies_of(graph: KnowledgeGraph, asked: Asked) -> Listing:
    """Return all strategies with what names them."""
    told = _told(graph, asked)
    naming: dict[str, list[ProjectRow]] = defaultdict(list)
    for row in told.rows:
        for number in {told.of_edition[edition] for edition in row.editions}:
            naming[told.strategies[number]].append(row)
    beside = (
        {told.strategies[number]: count for number, count in told.year.beside.items()} if told.year else {}
    )
    every = [
        row["s"].value for row in graph.store.select(f"{PROLOGUE}SELECT ?s WHERE {{ ?s a kk:Strategy }}")
    ]
    versions = _counted(graph.store, "?s a kk:Strategy ; dcat:hasVersion ?o")
    lines = _lines(
        graph.store,
        {
            iri: (*told.numbers(naming.get(iri, ())), beside.get(iri, 0), versions.get(iri, 0))
            for iri in every
        },
    )
    columns = (
        _PROJECTS, _MINISTRIES, told.initial(), Column("measures", Words("施策・目標等", "Measures, objectives …")),
        Column("editions", Words("知られている版", "Editions known")),
    )  # fmt: skip
    return Listing(
        Words("戦略・計画等", "Strategies and plans"), columns, lines, "strategies-by-ministry", told.scope
    )


def ministries_of(graph: KnowledgeGraph, asked: Asked) -> Listing:
    """Return the ministries with what is theirs."""
    told = _told(graph, asked)
    own: dict[str, list[ProjectRow]] = defaultdict(list)
    for row in told.rows:
        for ministry in row.ministries:
            own[told.ministries[ministry]].append(row)
    counts = ministry_counts(graph.store, told.scope)
    lines = _lines(
        graph.store,
        {
            iri: (
                count["Project"],
                told.numbers(own.get(iri, ()))[2],
                len({told.of_edition[edition] for row in own.get(iri, ()) for edition in row.editions}),
                count["Policy"],
                count["Measure"],
            )
            for iri, count in counts.items()
        },
    )
    columns = (
        _PROJECTS, told.initial(), Column("strategies", Words("挙げる戦略・計画等", "Strategies named")),
        Column("policies", Words("政策", "Policies")), Column("measures", Words("施策", "Measures")),
    )  # fmt: skip
    return Listing(Words("府省庁", "Ministries"), columns, lines, "money-of-ministries", told.scope)


def laws_of(graph: KnowledgeGraph, asked: Asked) -> Listing:
    """Return the laws that are named as a legal basis, each with its articles."""
    told = _told(graph, asked)
    rows = {told.projects[row.project]: row for row in told.rows}
    whole = {
        row["s"].value: row["o"].value
        for row in graph.store.select(
            f"{PROLOGUE}SELECT ?s ?o WHERE {{ ?x kk:legalBasis ?s . ?s dcterms:isPartOf ?o }}"
        )
    }
    naming: dict[str, set[str]] = defaultdict(set)
    for row in graph.store.select(f"{PROLOGUE}SELECT ?s ?o WHERE {{ ?s kk:legalBasis ?o }}"):
        naming[whole.get(row["o"].value, row["o"].value)].add(row["s"].value)
    projects = {
        row["s"].value for row in graph.store.select(f"{PROLOGUE}SELECT ?s WHERE {{ ?s a kk:Project }}")
    }
    lines = _lines(
        graph.store,
        {
            law: (*told.numbers([rows[one] for one in sorted(owners) if one in rows]), len(owners - projects))
            for law, owners in naming.items()
        },
    )
    columns = (_PROJECTS, _MINISTRIES, told.initial(), Column("measures", Words("施策等", "Measures")))
    return Listing(
        Words("根拠法令", "Laws named as a legal basis"), columns, lines, "legal-basis", told.scope
    )


def panels_of(graph: KnowledgeGraph, asked: Asked) -> Listing:
    """Return the panels, with their reports and the measures that used these."""
    store = graph.store
    reports = _counted(store, "?o dcterms:creator ?s . ?s a kk:Panel")
    uses = _counted(
        store, "?s a kk:Panel . ?report dcterms:creator ?s . ?link kk:basis ?report . ?o kk:hasUptake ?link"
    )
    every = [row["s"].value for row in store.select(f"{PROLOGUE}SELECT ?s WHERE {{ ?s a kk:Panel }}")]
    lines = _lines(store, {iri: (uses.get(iri, 0), reports.get(iri, 0)) for iri in every})
    columns = (
        Column("measures", Words("報告を用いた施策等", "Measures that used a report")),
        Column("reports", Words("報告・文書", "Reports and documents")),
    )
    scope = year_scope(store, asked["year"])
    return Listing(Words("会議体", "Panels"), columns, lines, "panel-reports", scope)


def _counted(store: Store, pattern: str) -> dict[str, int]:
    rows = store.select(f"{PROLOGUE}SELECT ?s (COUNT(DISTINCT ?o) AS ?n) WHERE {{ {pattern} }} GROUP BY ?s")
    return {row["s"].value: int(row["n"].value) for row in rows if row["s"] is not None}


def _lines(store: Store, numbers: Mapping[str, Iterable[int | None]]) -> tuple[Line, ...]:
    labels = Reader(store).labels(numbers)
    return tuple(Line(iri, labels.get(iri, Words(iri, iri)), tuple(own)) for iri, own in numbers.items())


LISTINGS: Mapping[str, Callable[[KnowledgeGraph, Asked], Listing]] = {
    "/strategies": strategies_of,
    "/ministries": ministries_of,
    "/laws": laws_of,
    "/panels": panels_of,
}
"""Each list by its address."""


@shows
def page(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the list of an address as a page, those that most projects name first."""
    return html(_drawn(graph, at, asked, at.path, "list.html"))


@shows
def embedded(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the table of a list and nothing else, for a frame in any other page."""
    return embeddable(_drawn(graph, at, asked, at.path.removeprefix("/embed"), "list_embed.html"))


def _drawn(graph: KnowledgeGraph, at: PageContext, asked: Asked, path: str, template: str) -> bytes:
    listing = LISTINGS[path](graph, asked)
    found = listing.arranged(asked["sort"], asked["q"])
    limit, offset = asked["limit"], asked["offset"]
    return render(
        template, at, title=listing.title, listed_at=path, listing=listing, lines=found[offset : offset + limit], asked=asked,
        sorted_by=(asked["sort"] or listing.columns[0].key), of=listing.scope.told, pictured=is_fog(graph.store),
        # Only what is in the page can be sorted and filtered there.
        whole=len(listing.lines) <= limit, most=max((line.numbers[0] or 0 for line in found), default=0),
        pager={"total": len(found), "limit": limit, "offset": offset},
    )  # fmt: skip


@shows
def sheet(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the list of an address as CSV."""
    listing = LISTINGS[at.path.removesuffix(".csv")](graph, asked)
    head = ["IRI", Words("名称", "Name").of(at.lang)]
    units = {"count": Words("", ""), "yen": Words("（円）", " (yen)")}
    head += [column.heading.of(at.lang) + units[column.kind].of(at.lang) for column in listing.columns]
    rows = [
        [line.iri, line.name.of(at.lang), *line.numbers]
        for line in listing.arranged(asked["sort"], asked["q"])
    ]
    name = at.path.rsplit("/", 1)[-1]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return {"media": "text/csv; charset=utf-8", "headers": headers}, (BOM + written([head, *rows])).encode(
        "utf-8", "replace"
    )
