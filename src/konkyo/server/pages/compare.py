"""Two years compared: the money of projects, and what documents of the two years state as bases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.diff import KINDS, Diff, diff
from konkyo.errors import KonkyoError
from konkyo.gaps.scope import years as document_years
from konkyo.identifiers import fiscal_year
from konkyo.output.diffs import NAMES
from konkyo.reader import Reader
from konkyo.server.pages.at import At
from konkyo.server.pages.lists import ministries
from konkyo.server.pages.markers import Made, html
from konkyo.server.pages.parts import HEAD
from konkyo.server.pages.render import render
from konkyo.server.pages.showing import shows
from konkyo.things import find, find_ministry
from konkyo.vocabulary import ID
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph
    from konkyo.store import Store

Asked = Mapping[str, Any]
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Money:
    """Initial budgets of things in two fiscal years: the sums, and each thing's amounts, the greatest change first.

    A sum is over those that state an amount; None where none does, which is not 0.
    """

    before: int | None
    after: int | None
    rows: list[tuple[str, int | None, int | None]]


def money(store: Store, before: int, after: int, ministry: str | None) -> Money:
    """Return the initial budgets of two fiscal years; of two reviews of one year the later one counts."""
    amounts = _amounts(store, ministry)
    one, other = amounts.get(before, {}), amounts.get(after, {})
    rows = [(iri, one.get(iri), other.get(iri)) for iri in one.keys() | other.keys()]
    # What only one year states is no change that can be told, so it comes last.
    rows.sort(key=lambda r: (r[1] is None or r[2] is None, -abs((r[2] or 0) - (r[1] or 0)), r[0]))
    changed = [row for row in rows if row[1] != row[2]]
    return Money(sum(one.values()) if one else None, sum(other.values()) if other else None, changed)


def _amounts(store: Store, ministry: str | None) -> dict[int, dict[str, int]]:
    """Return all initial budgets by fiscal year: to name the year in the query takes Oxigraph longer than to read all."""
    within = f"?owner kk:ministry {ox.NamedNode(ministry)} . " if ministry else ""
    rows = store.select(
        f"{HEAD}SELECT ?owner ?year ?yen ?review WHERE {{ {within}?owner kk:initialBudget ?f . "
        "?f kk:fiscalYear ?year ; kk:amountYen ?yen . OPTIONAL { ?f kk:reviewYear ?review } }"
    )
    best: dict[int, dict[str, tuple[str, int]]] = {}
    for row in rows:
        found = row["review"].value if row["review"] is not None else "", int(row["yen"].value)
        amounts = best.setdefault(int(row["year"].value.removeprefix(f"{ID}fy/")), {})
        owner = row["owner"].value
        amounts[owner] = max(found, amounts.get(owner, found))
    return {year: {owner: yen for owner, (_, yen) in amounts.items()} for year, amounts in best.items()}


def known_years(store: Store) -> list[tuple[int, Words]]:
    """Return the fiscal years of initial budgets and of documents, oldest first."""
    rows = store.select(
        f"{HEAD}SELECT DISTINCT ?y WHERE {{ ?owner kk:initialBudget ?f . ?f kk:fiscalYear ?y }}"
    )
    found = {int(row["y"].value.removeprefix(f"{ID}fy/")) for row in rows} | set(document_years(store))
    labels = Reader(store).labels(fiscal_year(year) for year in found)
    return [(year, labels.get(fiscal_year(year), Words(str(year), str(year)))) for year in sorted(found)]


def bases(store: Store, asked: Asked) -> Diff:
    """Return what changed in what documents of two years state. Raises KonkyoError where a year has no documents."""
    measure = find(store, asked["measure"]).iri if asked["measure"] else None
    return diff(store, str(asked["before"]), str(asked["after"]), ministry=asked["ministry"], measure=measure)


@shows
def page(graph: KnowledgeGraph, at: At, asked: Asked) -> Made:
    """Return the comparison of two years, or the question which years to compare."""
    store = graph.store
    values: dict[str, Any] = {"money": None, "found": None, "problem": None, "changes": (), "labels": {}}
    title = Words("二つの年度を比べる", "Compare two years")
    pager = {"total": 0, "limit": asked["limit"], "offset": asked["offset"]}
    if asked["before"] and asked["after"]:
        ministry = find_ministry(store, asked["ministry"]).iri if asked["ministry"] else None
        made = money(store, asked["before"], asked["after"], ministry)
        labels = Reader(store).labels(iri for iri, _, _ in made.rows[:_SHOWN])
        values |= {"money": made, "labels": labels}
        title = Words(
            f"{asked['before']}年度と{asked['after']}年度", f"{asked['before']} and {asked['after']}"
        )
        try:
            found = bases(store, asked)
            shown = found.changes[asked["offset"] : asked["offset"] + asked["limit"]]
            found.prepare(shown)
            pager["total"] = len(found.changes)
            values |= {
                "found": found,
                "changes": shown,
                "counts": [(NAMES[k], found.count(k)) for k in KINDS],
            }
        except KonkyoError as error:
            values["problem"] = error
    body = render(
        "compare.html", at, title=title, asked=asked, years=known_years(store), ministries=ministries(store), pager=pager,
        names=NAMES, most=_SHOWN, **values,
    )  # fmt: skip
    return html(body)


def listed(graph: KnowledgeGraph, asked: Asked) -> tuple[list[dict[str, Any]], int, dict[str, Any]]:
    """Return one page of what /api/diff answers, the total, and what stands beside it."""
    found = bases(graph.store, asked)
    counts = {kind: found.count(kind) for kind in KINDS}
    total = len(found.changes)
    shown = found.changes[asked["offset"] : asked["offset"] + asked["limit"]]
    made = replace(found, changes=shown).to_json()
    rows = made.pop("changes")
    return rows, total, {**made, "counts": counts}
