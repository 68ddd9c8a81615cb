"""The money of things by fiscal year, and how big a project is: the one meaning that pages, pictures and answers share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.graph.sparql import PROLOGUE, select_each
from konkyo.model.identifiers import year_number

if TYPE_CHECKING:
    from konkyo.graph.years import YearScope
    from konkyo.store import Store

# By what a thing's amounts are found: the one that counts of each year, and those of all reviews.
_FIGURES = {
    "initial": ("kk:latestInitialBudget", "kk:initialBudget"),
    "executed": ("kk:latestExecutedBudget", "kk:executedBudget"),
}


def figures(
    store: Store, owners: Iterable[str], stage: str, scope: YearScope | None = None
) -> dict[int, dict[str, int]]:
    """Return the ``initial`` or ``executed`` amounts of things in yen by fiscal year, and in that by owner.

    Where several reviews tell of one fiscal year the last of them counts (a sheet comes before all), and of two amounts in one
    document the greater one. Where a year was asked for, only its review counts.
    """
    latest, every = _FIGURES[stage]
    if scope is not None and scope.told.asked and scope.iri:
        return _latest(store, owners, every, review=scope.iri)
    # A graph that was built before there were these has each review's figures only.
    if not any(True for _ in store.select(f"{PROLOGUE}SELECT ?s WHERE {{ ?s {latest} ?o }} LIMIT 1")):
        return _latest(store, owners, every)
    found: dict[str, dict[str, int]] = {}
    pattern = f"?s {latest} ?figure . ?figure kk:fiscalYear ?year ; kk:amountYen ?yen"
    for owner, row in select_each(store, sorted(owners), "?year ?yen", pattern):
        found.setdefault(row["year"].value, {})[owner] = int(row["yen"].value)
    return {year_number(year): amounts for year, amounts in sorted(found.items())}


def projects_under(store: Store, ministry: str | None = None) -> list[str]:
    """Return the budget projects of a ministry, or of all."""
    whose = ox.NamedNode(ministry) if ministry else "?ministry"
    rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ ?s kk:ministry {whose} ; a kk:Project }}")
    return sorted(row["s"].value for row in rows)


def stating_all(*amounts: Mapping[int, Mapping[str, int]]) -> tuple[set[str], list[dict[int, int]]]:
    """Return the things that state every year of each stage, and their sums by year: sums over a growing set compare nothing.

    Left out are years that less than half as many state as the year that most do, such as the only early year of one project.
    Without a thing that states all there are no sums.
    """
    kept = []
    for stage in amounts:
        most = max(map(len, stage.values()), default=0)
        kept.append({year: told for year, told in stage.items() if len(told) * 2 >= most})
    years = [set(told) for stage in kept for told in stage.values()]
    whole = set.intersection(*years) if years else set()
    if not whole:
        return set(), [{} for _ in kept]
    return whole, [{year: sum(told[one] for one in whole) for year, told in stage.items()} for stage in kept]


def last_amounts(amounts: Mapping[int, Mapping[str, int]]) -> dict[str, tuple[int, int]]:
    """Return the last year in which each thing states an amount, and its yen, of amounts by year."""
    return {owner: (year, yen) for year in sorted(amounts) for owner, yen in amounts[year].items()}


def sizes(store: Store, owners: Iterable[str], scope: YearScope | None = None) -> dict[str, int]:
    """Return how big things are: the initial budget, in yen, of the last fiscal year for which they state one.

    It is what every row of the summary (2-1) states, 0 included. Totals hold what was carried over from other years, and a
    request is no budget. What states none is left out, which is not 0.
    """
    return {owner: yen for owner, (_, yen) in last_amounts(figures(store, owners, "initial", scope)).items()}


def _latest(
    store: Store, owners: Iterable[str], every: str, review: str | None = None
) -> dict[int, dict[str, int]]:
    best: dict[int, dict[str, tuple[int, int]]] = {}
    pattern = (
        f"?s {every} ?figure . ?figure kk:fiscalYear ?year ; kk:amountYen ?yen . "
        "OPTIONAL { ?figure kk:evidence/kk:reviewYear ?review }"
    )
    for owner, row in select_each(store, sorted(owners), "?year ?review ?yen", pattern):
        if review and (row["review"] is None or row["review"].value != review):
            continue
        stated = (year_number(row["review"].value) if row["review"] else 0, int(row["yen"].value))
        amounts = best.setdefault(year_number(row["year"].value), {})
        amounts[owner] = max(stated, amounts.get(owner, stated))
    return {year: {owner: yen for owner, (_, yen) in best[year].items()} for year in sorted(best)}
