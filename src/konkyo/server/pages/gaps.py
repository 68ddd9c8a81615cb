"""What is missing, as pages and as JSON: the kinds of gaps with their counts, and the lines of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.graph.years import absent_files, chosen_year, of_single_sheets, years
from konkyo.model.identifiers import fiscal_year
from konkyo.questions.gaps import KINDS, Gaps, GapsOfKind
from konkyo.server.http.problems import Problem
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.lists import ministries
from konkyo.server.pages.made import Made, html
from konkyo.server.pages.render import render
from konkyo.server.pages.showing import chosen_ministry, shows
from konkyo.server.pages.tables import counted, of_kind
from konkyo.store import Store

Asked = Mapping[str, Any]
Counts = Mapping[str, tuple[int, tuple[str, ...]]]
_TITLE = Words("足りないもの", "What is missing")


def year_labels(store: Store) -> list[tuple[int, Words]]:
    """Return the years that documents are of, the latest first."""
    known = sorted(years(store), reverse=True)
    labels = Reader(store).labels(fiscal_year(year) for year in known)
    return [(year, labels.get(fiscal_year(year), Words(str(year), str(year)))) for year in known]


@shows
def overview(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the kinds of gaps of a year, or of a ministry in it, with how many there are."""
    store = graph.store
    found, counts = _asked(graph, asked)
    body = render(
        "gaps.html", at, title=_TITLE, kinds=KINDS, counts=counts, ministry=found.ministry, year=found.year, years=year_labels(store), asked=asked,
        ministries=ministries(store), caution=found.caution(),
    )  # fmt: skip
    return html(body)


def _asked(graph: KnowledgeGraph, asked: Asked) -> tuple[Gaps, Counts]:
    """Return of which year, ministry and files the gaps are, and how many of each kind where they shall be counted.

    Counting takes seconds on a whole government: the server has done it for the latest year before anybody asks, and keeps it of others.
    """
    if asked["count"]:
        return counted(graph, asked)
    held = years(graph.store)
    year = chosen_year(held, asked["year"])
    ministry = chosen_ministry(graph.store, asked)
    return Gaps(
        year, ministry, (), absent_files(held[year]), Reader(graph.store), single=of_single_sheets(held[year])
    ), {}


@shows
def kind(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the lines of one kind, page by page, with the counts of the ministries."""
    if asked["name"] not in {item.name for item in KINDS}:
        raise Problem(404, Words("その表はありません。", "There is no such table."))
    found, lines = _page(graph, asked)
    rows = [
        {
            "ministry": (line.ministry, found.label(line.ministry)) if line.ministry else None,
            "element": (line.element, found.label(line.element)),
            "finding": found.finding(line),
            "evidence": [place] if (place := found.evidence(line)) else [],
        }
        for line in lines
    ]
    one = found.found[0] if found.found else None
    body = render(
        "gap.html", at, title=one.kind.short if one else _TITLE, kind=one.kind if one else None, rows=rows, asked=asked,
        count=one.count if one else 0, unanswered=one.unanswered if one and not found.single else (), why=found.unanswered(one) if one and found.single else None, year=found.year,
        years=year_labels(graph.store), caution=found.caution(), ministry=found.ministry, ministries=_counted(graph.store, found, asked),
        pager={"total": len(one.lines) if one else 0, "limit": asked["limit"], "offset": asked["offset"]},
    )  # fmt: skip
    return html(body)


def _page(graph: KnowledgeGraph, asked: Asked) -> tuple[Gaps, Any]:
    """Return the gaps of one kind, with the lines of the page that was asked for made ready to be shown."""
    found = of_kind(graph, asked)
    lines = found.found[0].lines[asked["offset"] : asked["offset"] + asked["limit"]] if found.found else ()
    found.prepare(lines)
    return found, lines


def _counted(store: Store, found: Gaps, asked: Asked) -> list[tuple[str, Words, int | None]]:
    """Return all ministries, with the number of gaps where no ministry was asked for."""
    counts = found.found[0].by_ministry() if found.found and not asked["ministry"] else {}
    known = ministries(store)
    if not counts:
        return [(iri, label, None) for iri, label, _ in known]
    most = sorted(known, key=lambda item: (-counts.get(item[0], 0), item[0]))
    return [(iri, label, counts.get(iri, 0)) for iri, label, _ in most]


def listed(graph: KnowledgeGraph, asked: Asked) -> tuple[list[dict[str, Any]], int, dict[str, Any]]:
    """Return one page of what /api/gaps answers, the total, and what stands beside it."""
    if not asked["name"]:
        found, counts = _asked(graph, asked)
        rows = [
            {
                "kind": item.name,
                "title": item.short._asdict(),
                "claim": item.claim._asdict(),
                "count": counts[item.name][0] if item.name in counts and not counts[item.name][1] else None,
            }
            for item in KINDS
        ]
        part = rows[asked["offset"] : asked["offset"] + asked["limit"]]
        return part, len(rows), {"year": found.year, "note": found.caution()._asdict()}
    found, lines = _page(graph, asked)
    whole: GapsOfKind | None = found.found[0] if found.found else None
    if whole is None:
        return [], 0, {"year": found.year}
    shown = replace(found, found=(replace(whole, lines=tuple(lines)),)).to_json()
    told = shown.pop("kinds")[0]
    rows = told.pop("gaps")
    told["count"] = None if whole.unanswered else whole.count
    del told["by_ministry"]
    return rows, len(whole.lines), {**shown, **told}
