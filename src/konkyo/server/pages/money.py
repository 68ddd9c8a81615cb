"""The initial budgets of projects in two fiscal years: compared only where both years state one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.budgets import figures
from konkyo.graph.lookup.things import find_ministry
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.years import YearScope, of_single_sheets
from konkyo.graph.years import years as document_years
from konkyo.model.identifiers import fiscal_year, year_number
from konkyo.store import Store


@dataclass(frozen=True, slots=True)
class Money:
    """Initial budgets of projects in two fiscal years.

    ``before_of`` and ``after_of`` count the projects that state one in each year, with their sums ``before`` and ``after``;
    ``both`` counts those that state one in both, ``before_both`` and ``after_both`` are the sums over these. ``rows`` are
    those of them whose amount changed, the greatest change first. A sum over none is None, which is not 0.
    """

    before: int | None
    before_of: int
    after: int | None
    after_of: int
    both: int
    before_both: int | None
    after_both: int | None
    rows: list[tuple[str, int, int]]


# A project of a single review cannot be compared with itself in another one, and five reviews tell of a year.
_OF_MANY = "MINUS { ?s kk:reviewYear ?of }"


def money(store: Store, before: int, after: int, ministry: str | None) -> Money:
    """Return the initial budgets of two fiscal years; of two reviews of one year the later one counts.

    Raises KonkyoError for a year of which nothing is known, and for an unknown ministry.
    """
    iri = find_ministry(store, ministry).iri if ministry else None
    known = [year for year, _ in known_years(store)]
    for year in (before, after):
        if year not in known:
            listed = ", ".join(map(str, known))
            raise KonkyoError(
                Words(f"{year}年度については何も分かりません。", f"Nothing is known of {year}."),
                hint=Words(f"ある年度: {listed}", f"Years that are there: {listed}"),
            )
    found = _amounts(store, iri)
    one, other = found.get(before, {}), found.get(after, {})
    both = sorted(one.keys() & other.keys())
    rows = [(project, one[project], other[project]) for project in both if one[project] != other[project]]
    rows.sort(key=lambda row: (-abs(row[2] - row[1]), row[0]))
    return Money(
        _sum(one.values()), len(one), _sum(other.values()), len(other), len(both),
        _sum([one[project] for project in both]), _sum([other[project] for project in both]), rows,
    )  # fmt: skip


def _sum(amounts: Collection[int]) -> int | None:
    return sum(amounts) if amounts else None


def _amounts(store: Store, ministry: str | None) -> dict[int, dict[str, int]]:
    """Return the initial budgets of projects by fiscal year."""
    within = f"; kk:ministry {ox.NamedNode(ministry)}" if ministry else ""
    rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ ?s a kk:Project {within} {_OF_MANY} }}")
    return figures(store, [row["s"].value for row in rows], "initial")


def known_years(store: Store) -> list[tuple[int, Words]]:
    """Return the fiscal years of projects' initial budgets and of documents, oldest first."""
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?y WHERE {{ ?owner a kk:Project ; kk:initialBudget ?f . ?f kk:fiscalYear ?y {_OF_MANY.replace('?s', '?owner')} }}"
    )
    of_documents = {year for year, files in document_years(store).items() if not of_single_sheets(files)}
    found = {year_number(row["y"].value) for row in rows} | of_documents
    labels = Reader(store).labels(fiscal_year(year) for year in found)
    return [(year, labels.get(fiscal_year(year), Words(str(year), str(year)))) for year in sorted(found)]


def reviews(store: Store) -> list[int]:
    """Return the years of which the store holds a review of the RS system, oldest first."""
    return [year for year, files in document_years(store).items() if files and not of_single_sheets(files)]


def ended(store: Store, scope: YearScope | None = None) -> Words | None:
    """Return why sums of several years are not to be compared without care; None where there is no review at all."""
    held = reviews(store)
    if scope is not None and scope.told.asked:
        held = [year for year in held if year == scope.year]
    if not held:
        return None
    several = f"{held[0]}–{held[-1]}" if len(held) > 1 else f"{held[0]}"
    return Words(
        f"{several}年度のレビューの対象事業が記載する額です。{held[0]}年度より前に終わった事業は含まないので、年度の間の比較には注意が要ります。",
        f"As stated by the projects of the review of {several}: those that ended before {held[0]} are not in it, so compare "
        "years with care.",
    )
