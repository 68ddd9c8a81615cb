"""Tables over the whole graph, which depend on nothing but the data and the question: made once, read for many pages.

Each maker runs in a worker for tables and returns JSON, which the server keeps as a file; the readers take it from there, and
make it themselves where there is no file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.common.advice import plain
from konkyo.common.words import Words
from konkyo.graph.asked_years import period
from konkyo.graph.counts import counts
from konkyo.graph.gaps import kind_named
from konkyo.graph.reader import Reader
from konkyo.graph.search import search
from konkyo.graph.years import absent_files, of_single_sheets, year_scope, years
from konkyo.questions.diff import Change, Diff, diff
from konkyo.questions.diff.sides import sides
from konkyo.questions.gaps import Gap, Gaps, GapsOfKind, gaps
from konkyo.questions.overview import Overview, is_fog
from konkyo.questions.overview_kept import told_overview
from konkyo.server.pages.lists import ministries, resting
from konkyo.server.pages.money import Money, money
from konkyo.server.workers.task import Call, Task
from konkyo.store import Store

PageParameters = Mapping[str, Any]
_WHOLE = ("bases", "things")
_MOST_CITED = 12
# Words to search for, of which the first page shows those that find something.
_EXAMPLES = ("新成長戦略", "防災", "受講者数", "骨太の方針", "国際")


# --- what makes them ----------------------------------------------------------------------------------


@Task
def held_years(graph: KnowledgeGraph) -> list[int]:
    """Return the years that documents are of."""
    return sorted(years(graph.store))


@Task
def gap_counts(graph: KnowledgeGraph, *, year: int | None, since: int | None, ministry: str | None) -> bytes:
    """Count the gaps of all kinds. Raises KonkyoError as :func:`konkyo.questions.gaps.gaps` does."""
    found = gaps(graph.store, ministry=ministry, year=year, since=since)
    counts = [[item.kind.name, item.count, list(item.unanswered)] for item in found.found]
    return _json({"year": found.year, "ministry": found.ministry, "counts": counts})


@Task
def gap_lines(
    graph: KnowledgeGraph, *, name: str, year: int | None, since: int | None, ministry: str | None
) -> bytes:
    """Find the gaps of one kind. Raises KonkyoError as :func:`konkyo.questions.gaps.gaps` does."""
    found = gaps(graph.store, ministry=ministry, year=year, since=since, kinds=[name])
    kinds = [
        [item.kind.name, [[n.ministry, n.element, n.cells, n.key] for n in item.lines], item.unanswered]
        for item in found.found
    ]
    return _json({"year": found.year, "ministry": found.ministry, "kinds": kinds})


@Task
def changes(
    graph: KnowledgeGraph,
    *,
    before: int,
    after: int,
    ministry: str | None,
    measure: str | None,
    project: str | None,
    about: list[str],
    since: int | None,
) -> bytes:
    """Compare what the documents of two years state. Raises KonkyoError where a year has none.

    Of all projects together bases and things are compared where nothing else is asked for: what changed in each indicator
    of the government nobody reads on one page.
    """
    found = diff(
        graph.store,
        str(before),
        str(after),
        ministry=ministry,
        measure=measure,
        project=project,
        about=about or (() if measure or project else _WHOLE),
        since=since,
    )
    told = [asdict(change) for change in found.changes]
    names = ("thing", "same", "compared")
    notes = [plain(note) for note in found.notes]
    return _json({name: getattr(found, name) for name in names} | {"changes": told, "notes": notes})


@Task
def amounts(graph: KnowledgeGraph, *, before: int, after: int, ministry: str | None) -> bytes:
    """Compare the initial budgets of projects. Raises KonkyoError for a year that nothing is known of."""
    return _json(asdict(money(graph.store, before, after, ministry)))


@Task
def overview_rows(graph: KnowledgeGraph, *, year: int | None) -> bytes:
    """Find the projects of the overview with what they name. Raises KonkyoError for a year that nothing is known of."""
    return _json(told_overview(graph.store, year).to_json())


@Task
def reports(graph: KnowledgeGraph, *, thing: str | None, year: int | None, since: int | None) -> bytes:
    """Write the report of a thing, or of the government, in both languages. Raises KonkyoError as its maker does."""
    from konkyo.present.report import make, render_html

    made = make(graph.store, thing, year=period(year, since))
    return _json({lang: render_html(made, lang, embedding=True) for lang in ("ja", "en")})


@Task
def front(graph: KnowledgeGraph, *, year: int | None) -> bytes:
    """Gather what the first page tells. Raises KonkyoError for a year that nothing is known of."""
    store = graph.store
    scope = year_scope(store, year)
    rests = resting(store, scope)
    most = sorted((iri for iri in rests if rests[iri]), key=lambda iri: (-rests[iri], iri))[:_MOST_CITED]
    labels = Reader(store).labels(most)
    return _json(
        {
            "cited": [(iri, labels[iri], rests[iri]) for iri in most if iri in labels],
            "ministries": ministries(store, scope),
            "counts": [(words, count) for words, count in counts(store) if count],
            "examples": [text for text in _EXAMPLES if search(store, text, limit=1).total],
            "pictured": is_fog(store),
        }
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


# --- which of them a page means -------------------------------------------------------------------------


def gap_counts_of(asked: PageParameters) -> Call[bytes]:
    """Return what counts the gaps that a page shows."""
    return gap_counts.call(year=asked["year"], since=asked["since"], ministry=asked["ministry"])


def gap_lines_of(asked: PageParameters) -> Call[bytes]:
    """Return what finds the gaps that a page shows."""
    return gap_lines.call(
        name=asked["name"], year=asked["year"], since=asked["since"], ministry=asked["ministry"]
    )


def changes_of(asked: PageParameters) -> Call[bytes]:
    """Return what compares the years of a page."""
    return changes.call(
        before=asked["before"], after=asked["after"], ministry=asked["ministry"], measure=asked["measure"],
        project=asked["project"], about=asked["about"], since=asked["since"],
    )  # fmt: skip


def amounts_of(asked: PageParameters) -> Call[bytes]:
    """Return what compares the money of the years of a page."""
    return amounts.call(before=asked["before"], after=asked["after"], ministry=asked["ministry"])


def overview_of(asked: PageParameters) -> Call[bytes]:
    """Return what finds the rows of the overview."""
    return overview_rows.call(year=asked["year"])


def home_of(asked: PageParameters) -> Call[bytes]:
    """Return what gathers the first page."""
    return front.call(year=asked["year"])


def report_of(asked: PageParameters) -> Call[bytes]:
    """Return what writes a report."""
    return reports.call(thing=asked["thing"], year=asked["year"], since=asked["since"])


# --- what reads them ----------------------------------------------------------------------------------


def counted(
    graph: KnowledgeGraph, asked: PageParameters
) -> tuple[Gaps, dict[str, tuple[int, tuple[str, ...]]]]:
    """Return the year and the ministry of the gaps, and for each kind how many there are or which files it lacks."""
    told = _table(graph, "counts", gap_counts_of(asked), asked)
    counts = {name: (count, tuple(lacks)) for name, count, lacks in told["counts"]}
    return _gaps(graph.store, told, ()), counts


def of_kind(graph: KnowledgeGraph, asked: PageParameters) -> Gaps:
    """Return the gaps of one kind."""
    told = _table(graph, "lines", gap_lines_of(asked), asked)
    found = tuple(
        GapsOfKind(
            kind_named(name),
            tuple(Gap(name, ministry, element, cells, tuple(key)) for ministry, element, cells, key in lines),
            tuple(lacks),
        )
        for name, lines, lacks in told["kinds"]
    )
    return _gaps(graph.store, told, found)


def compared(graph: KnowledgeGraph, asked: PageParameters) -> Diff:
    """Return what changed between the documents of two years. Raises KonkyoError where a year has none."""
    told = _table(graph, "changes", changes_of(asked), asked)
    before, after = sides(graph.store, str(asked["before"]), str(asked["after"]))
    listed = tuple(_change(change) for change in told["changes"])
    notes = tuple(Words(*note) for note in told["notes"])
    return Diff(before, after, told["thing"], listed, told["same"], notes, told["compared"])


def _change(told: dict[str, Any]) -> Change:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    for name in ("old", "new"):
        values[name] = Words(*values[name]) if values[name] else None
    return Change(**values)


def of_money(graph: KnowledgeGraph, asked: PageParameters) -> Money:
    """Return the initial budgets of projects in two years. Raises KonkyoError for a year that nothing is known of."""
    told = _table(graph, "money", amounts_of(asked), asked)
    return Money(**{**told, "rows": [tuple(row) for row in told["rows"]]})


def overview_told(graph: KnowledgeGraph, asked: PageParameters) -> Overview:
    """Return the overview of all reviews, or of a year. Raises KonkyoError for a year that nothing is known of."""
    return Overview.from_json(_table(graph, "overview", overview_of(asked), asked))


def home_told(graph: KnowledgeGraph, asked: PageParameters) -> dict[str, Any]:
    """Return what the first page tells. Raises KonkyoError for a year that nothing is known of."""
    told = _table(graph, "home", home_of(asked), asked)
    return {
        "cited": [(iri, Words(*label), count) for iri, label, count in told["cited"]],
        "ministries": [(iri, Words(*label), Words(*count)) for iri, label, count in told["ministries"]],
        "counts": [(Words(*words), count) for words, count in told["counts"]],
        "examples": told["examples"],
        "pictured": told["pictured"],
    }


def report_written(graph: KnowledgeGraph, asked: PageParameters, lang: str) -> str:
    """Return the page of a report. Raises KonkyoError where there is none."""
    page: str = _table(graph, "report", report_of(asked), asked)[lang]
    return page


def _gaps(store: Store, told: PageParameters, found: tuple[GapsOfKind, ...]) -> Gaps:
    files = years(store)[told["year"]]
    single = of_single_sheets(files)
    return Gaps(told["year"], told["ministry"], found, absent_files(files), Reader(store), single=single)


def _table(graph: KnowledgeGraph, name: str, call: Call[bytes], asked: PageParameters) -> dict[str, Any]:
    path = asked.get("tables", {}).get(name)
    try:
        made = Path(path).read_bytes() if path else None
    except FileNotFoundError:  # removed just now, to make room for others
        made = None
    if made is None:
        made = call.run(graph)
    table: dict[str, Any] = json.loads(made)
    return table
