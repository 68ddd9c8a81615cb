"""What rests on a strategy, in numbers: projects, ministries and money by year, each project counted once.

A project that rests on five strategies is shown in full under each of them, and counted once in the total of all
editions of one. Only with ``share`` is its money divided, equally, by the number of strategies that it rests on, and
within one of these by its editions: what rests on an edition and, undated, on the strategy itself has two ways to rest on it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from konkyo.common.words import Words
from konkyo.graph.budgets import figures, stating_all
from konkyo.graph.links import BasisLink, ministries, of_kind
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import select_each
from konkyo.model.identifiers import fiscal_year

if TYPE_CHECKING:
    from konkyo.graph.years import YearScope
    from konkyo.store import Store


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of one fiscal year in yen; None where no project's row states any, which is not 0.

    ``projects`` is how many of the projects state an initial budget of the year.
    """

    year: Words
    initial: int | None
    executed: int | None
    projects: int


@dataclass(frozen=True, slots=True)
class MinistryUsage:
    """The part of one ministry: its projects, and their initial budget of the last year that has any."""

    iri: str
    name: Words
    projects: int
    initial: int | None


@dataclass(frozen=True, slots=True)
class Usage:
    """How much rests on one ground: by ``ministries``, most projects first, and by fiscal year, oldest first.

    A project whose budget of a year is not stated is in ``projects`` and adds nothing to a sum. Where several
    reviews tell of one fiscal year the last of them counts. ``same`` are the sums over the projects that state all years, which
    compare these; there are none where shares are asked for.
    """

    ground: str
    label: Words
    spellings: int
    projects: int
    ministries: tuple[MinistryUsage, ...]
    budgets: tuple[Budget, ...]
    same: tuple[Budget, ...] = ()

    @property
    def latest(self) -> Budget | None:
        """Return the last year for which an initial budget is stated."""
        return next((budget for budget in reversed(self.budgets) if budget.initial is not None), None)


def usages_of(
    store: Store,
    reader: Reader,
    documents: Mapping[str, Sequence[str]],
    rows: Sequence[BasisLink],
    *,
    share: bool = False,
    scope: YearScope | None = None,
) -> list[Usage]:
    """Return the use of each document by what rests on it and on its parts (``documents``), from rows read before."""
    owners = {row.owner for row in rows}
    projects = of_kind(store, owners, "Project") if owners else set()
    money = _Money(store, projects, scope, share=share)
    by_ministry: dict[str, set[str]] = defaultdict(set)
    for owner, ministry in ministries(store, projects):
        by_ministry[ministry].add(owner)
    resting: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.owner in projects:
            resting[row.ground].add(row.owner)
            if row.citation:
                spelled[row.ground].add(row.citation)
    ways = _ways(documents, resting) if share else {}
    found = []
    labels = reader.labels([*documents, *by_ministry, *(fiscal_year(year) for year in money.years)])
    for ground, inside in documents.items():
        theirs = set().union(*(resting[part] for part in inside))
        if not theirs:
            continue
        divided = ways.get(ground, {})
        latest = max(
            (year for year in money.years if money.sum("initial", year, theirs)[0] is not None), default=None
        )
        shares = [
            MinistryUsage(
                iri,
                labels[iri],
                len(members & theirs),
                money.sum("initial", latest, members & theirs, divided)[0] if latest else None,
            )
            for iri, members in by_ministry.items()
            if members & theirs
        ]
        found.append(
            Usage(
                ground=ground,
                label=labels[ground],
                spellings=len(set().union(*(spelled[part] for part in inside))),
                projects=len(theirs),
                ministries=tuple(sorted(shares, key=lambda m: (-m.projects, m.iri))),
                budgets=tuple(money.budgets(theirs, labels, divided)),
                same=() if share else tuple(money.same(theirs, labels)),
            )
        )
    return found


_UNDIVIDED: Mapping[str, int] = {}


def _ways(
    documents: Mapping[str, Sequence[str]], resting: Mapping[str, set[str]]
) -> dict[str, dict[str, int]]:
    """Return how often the share of each project is divided for a document that is part of another one.

    A project may rest on several parts of a document, and on the document itself: the shares add up to its own.
    """
    found: dict[str, dict[str, int]] = {}
    for document in sorted(documents, key=lambda document: -len(documents[document])):
        holders = [other for other in found if document in documents[other]]
        if not holders:
            found[document] = {}
            continue
        whole = min(holders, key=lambda other: len(documents[other]))
        parts_of = {d for d in documents if d != whole and d in documents[whole]}
        direct = [d for d in parts_of if not any(d in documents[other] for other in parts_of - {d})]
        groups = [set().union(*(resting[part] for part in documents[d])) for d in direct]
        placed = {part for d in direct for part in documents[d]}
        groups.append(set().union(*(resting[part] for part in documents[whole] if part not in placed)))
        ways = Counter(project for group in groups for project in group)
        found[document] = {project: number * found[whole].get(project, 1) for project, number in ways.items()}
    return found


class _Money:
    """The initial and executed amounts of projects by year."""

    def __init__(self, store: Store, projects: set[str], scope: YearScope | None, *, share: bool) -> None:
        self._parts = _strategies(store, projects, scope) if share else {}
        self._amounts = {stage: figures(store, projects, stage, scope) for stage in ("initial", "executed")}
        self.years = sorted({year for years in self._amounts.values() for year in years})

    def sum(
        self, stage: str, year: int, projects: set[str], ways: Mapping[str, int] = _UNDIVIDED
    ) -> tuple[int | None, int]:
        """Return the sum over those projects that state an amount, and their number; None where none does.

        A share is divided once more by the ``ways`` in which a project rests on the strategy.
        """
        stated = self._amounts[stage].get(year, {})
        inside = [project for project in projects if project in stated]
        if not inside:
            return None, 0
        if self._parts:
            return round(
                sum(Fraction(stated[p], self._parts.get(p, 1) * ways.get(p, 1)) for p in inside)
            ), len(inside)
        return sum(stated[project] for project in inside), len(inside)

    def budgets(
        self, projects: set[str], labels: Mapping[str, Words], ways: Mapping[str, int]
    ) -> Iterable[Budget]:
        for year in self.years:
            initial, count = self.sum("initial", year, projects, ways)
            executed, _ = self.sum("executed", year, projects, ways)
            if initial is not None or executed is not None:
                yield Budget(labels[fiscal_year(year)], initial, executed, count)

    def same(self, projects: set[str], labels: Mapping[str, Words]) -> Iterable[Budget]:
        """Yield the sums of those projects that state all years; none where that is one year."""
        own = (
            {
                year: {p: told[p] for p in projects & told.keys()}
                for year, told in self._amounts[stage].items()
            }
            for stage in ("initial", "executed")
        )
        whole, (initial, executed) = stating_all(*own)
        if len(initial) < 2:
            return
        for year in sorted({*initial, *executed}):
            yield Budget(labels[fiscal_year(year)], initial.get(year), executed.get(year), len(whole))


def _strategies(store: Store, projects: set[str], scope: YearScope | None) -> dict[str, int]:
    """Return on how many strategies each project rests."""
    owners = sorted(projects)
    if scope is not None and not scope.is_plain:
        pattern = "?s kk:hasJustification ?link . ?link kk:basisStrategy ?ground"
        rows = [
            (owner, row["link"].value, row["ground"].value)
            for owner, row in select_each(store, owners, "?link ?ground", pattern)
        ]
        kept = scope.links(link for _, link, _ in rows)
        found = {(owner, ground) for owner, link, ground in rows if link in kept}
    else:
        pattern = "?s kk:justifiedBy ?ground . ?ground a kk:Strategy"
        found = {
            (owner, row["ground"].value) for owner, row in select_each(store, owners, "?ground", pattern)
        }
    return Counter(owner for owner, _ in found)
