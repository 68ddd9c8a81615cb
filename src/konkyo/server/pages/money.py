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
from konkyo.questions.diff.goes_on import goes_on
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


# Five reviews tell of a year: a project of a single review is asked by its own.
_OF_MANY = "MINUS { ?s kk:reviewYear ?of }"


def money(store: Store, before: int, after: int, ministry: str | None) -> Money:
    """Return the initial budgets of two fiscal years; of two reviews of one year the later one counts.

    Where sheets of a single review tell of either year, it is each review's budget of its own year, and projects are one where links of
    lineage lead (:mod:`konkyo.questions.diff.goes_on`). Raises KonkyoError for a year of which nothing is known, and for an unknown ministry.
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
    if _single(store, before, after):
        one, other = _of_reviews(store, before, after, iri)
    else:
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


def _single(store: Store, *asked: int) -> bool:
    """Return whether the sheets of a single review tell of one of these years."""
    held = document_years(store)
    return any(of_single_sheets(held.get(year, ())) for year in asked)


def compared_how(store: Store, before: int, after: int) -> Words | None:
    """Return what a reader must know of the sums of two years; None where there is no review at all."""
    if not _single(store, before, after):
        return ended(store)
    return Words(
        "それぞれの年度のレビューが記す、その年度の当初予算です。レビューシート（2015～2023年度）の事業は、続くとする結び付きで同じものとしました。",
        "What the review of each year tells of its own year. Projects of review sheets (2015 to 2023) are one where links say that one goes on from the other.",
    )


def _of_reviews(
    store: Store, before: int, after: int, ministry: str | None
) -> tuple[dict[str, int], dict[str, int]]:
    """Return what the reviews of two years tell of their own year, by the project of the later review where it goes on."""
    own = {year: _of_own_year(store, year, ministry) for year in (before, after)}
    earlier, later = sorted((before, after))
    same = goes_on(store, earlier, _of_own_year(store, later, None)).same if earlier < later else {}
    own[earlier] = {same.get(project, project): yen for project, yen in own[earlier].items()}
    return own[before], own[after]


def _of_own_year(store: Store, year: int, ministry: str | None) -> dict[str, int]:
    within = f"; kk:ministry {ox.NamedNode(ministry)}" if ministry else ""
    node = ox.NamedNode(fiscal_year(year))
    rows = store.select(
        f"{PROLOGUE}SELECT ?s ?yen WHERE {{ ?f kk:fiscalYear {node} . ?s kk:initialBudget ?f ; a kk:Project {within} . "
        f"?f kk:evidence/kk:reviewYear {node} ; kk:amountYen ?yen }}"
    )
    found: dict[str, int] = {}
    for row in rows:
        found[row["s"].value] = max(int(row["yen"].value), found.get(row["s"].value, 0))
    return found


def known_years(store: Store) -> list[tuple[int, Words]]:
    """Return the fiscal years of projects' initial budgets and of documents, oldest first."""
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?y WHERE {{ ?owner a kk:Project ; kk:initialBudget ?f . ?f kk:fiscalYear ?y {_OF_MANY.replace('?s', '?owner')} }}"
    )
    found = {year_number(row["y"].value) for row in rows} | document_years(store).keys()
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
