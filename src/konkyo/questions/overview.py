"""The government at one look: which projects of which ministries name which plans, and with what money.

The answer is one row for each project and review year, and tables of names that the rows point into: whoever draws it
groups the rows as its reader asks. A plan is counted as a series: all citations of its editions are citations of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.common.words import Words
from konkyo.graph.asked_years import AskedYear, period, since_of, year_of
from konkyo.graph.network import SEEDS
from konkyo.graph.reader import NAMES, Reader, in_both
from konkyo.graph.sparql import PROLOGUE, select_each
from konkyo.graph.years import YearScope, of_single_sheets, year_scope
from konkyo.model.identifiers import fiscal_year
from konkyo.model.levels import LEVELS, weakest
from konkyo.model.namespaces import C

if TYPE_CHECKING:
    from konkyo.store import Store

NO_EDITION = Words("版の記載なし", "no edition named")
# From how many things on a network is fog, and an overview is shown in its place.
FOG = 100
# The level of nearly every chain: a sheet states that it rests on a plan, and which plan its words denote is derived by rule.
USUAL = "derived"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that rows are grouped by: its IRI and its name."""

    iri: str
    name: Words


@dataclass(frozen=True, slots=True)
class Place:
    """A measure, or the policy of a project that stands under no measure. ``policy`` points into the policies (None: none)."""

    iri: str
    name: Words
    policy: int | None


@dataclass(frozen=True, slots=True)
class CitedEdition:
    """An edition of a strategy; with an empty ``iri``: citations of the strategy that name none of its editions."""

    iri: str
    name: Words
    strategy: int
    issued: str | None


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in a review year. The numbers point into the tables of the overview.

    ``yen`` is its initial budget of that year as the review states it, whole yen (None: not stated, which is not 0).
    ``editions`` are what it names, and ``levels`` (codes) for each of them how certain that is: the level of the whole chain,
    the strongest where several lead there. ``unidentified`` says that it names plans of which no strategy is known.
    """

    project: int
    ministries: tuple[int, ...]
    places: tuple[int, ...]
    yen: int | None
    editions: tuple[int, ...]
    unidentified: bool
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverviewYear:
    """The projects of a review year. ``of`` says of which documents; ``beside`` counts, by strategy, what is no project and
    names it too (a measure, an objective), which no row shows.
    """

    year: int | None
    of: Words
    rows: tuple[ProjectRow, ...]
    beside: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overview:
    """The answer, oldest year first. ``dated`` is the latest day on which a source file was made, ``sources`` counts them."""

    years: tuple[OverviewYear, ...]
    ministries: tuple[Named, ...]
    policies: tuple[Named, ...]
    places: tuple[Place, ...]
    strategies: tuple[Named, ...]
    editions: tuple[CitedEdition, ...]
    projects: tuple[Named, ...]
    dated: str | None

    def to_json(self) -> dict[str, Any]:
        """Return the answer as values of JSON; a name is a pair of Japanese and English."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Overview:
        """Return the answer that :meth:`to_json` told, also after its passage through JSON."""

        def each(kind: Any, name: str) -> tuple[Any, ...]:
            return tuple(kind(**{**item, "name": Words(*item["name"])}) for item in told[name])

        return cls(
            years=tuple(
                OverviewYear(
                    year["year"],
                    Words(*year["of"]),
                    tuple(ProjectRow(**{k: _tupled(v) for k, v in row.items()}) for row in year["rows"]),
                    {int(number): count for number, count in year["beside"].items()},
                )
                for year in told["years"]
            ),
            ministries=each(Named, "ministries"),
            policies=each(Named, "policies"),
            places=each(Place, "places"),
            strategies=each(Named, "strategies"),
            editions=each(CitedEdition, "editions"),
            projects=each(Named, "projects"),
            dated=told["dated"],
        )


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def is_fog(store: Store) -> bool:
    """Return whether a store holds projects of ministries, and more than about a hundred things in all."""
    if not _some(store, "?s a kk:Project ; kk:ministry ?o"):
        return False
    things = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ VALUES ?k {{ {SEEDS} }} ?s a ?k }} LIMIT {FOG + 1}"
    )
    return sum(1 for _ in things) > FOG


def _some(store: Store, pattern: str) -> bool:
    return any(True for _ in store.select(f"{PROLOGUE}SELECT ?s WHERE {{ {pattern} }} LIMIT 1"))


def overview(store: Store, year: AskedYear = None) -> Overview:
    """Return the overview of one year, or by default of each year of which the store holds a review that tells of plans.

    No year before the first one that is asked for is told of. Raises KonkyoError for a year of which the store holds nothing.
    """
    latest = year_scope(store, year)
    reviews = {number: files for number, files in latest.held.items() if files}
    # The sheets of 2015 to 2023 as JUDGIT publishes them have no field for plans.
    telling = [number for number, files in reviews.items() if not of_single_sheets(files)]
    since = since_of(year)
    several = year_of(year) is None and len(reviews) > 1 and telling
    scopes = [year_scope(store, period(number, since)) for number in telling] if several else [latest]
    facts = _Facts(store)
    tables = _Tables()
    told = tuple(_year(facts, tables, scope) for scope in scopes)
    return tables.overview(store, facts, told)


class _Facts:
    """What the rows of all years are made of, each kind read once and whole, which is quicker than asking project by project."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ministries = self._several("?s kk:ministry ?o ; a kk:Project")
        self.links = self._several("?s kk:hasJustification ?o")
        self.strategies = self._several("?s kk:basisStrategy ?o")
        self.editions = self._several("?s kk:basisEdition ?o")
        self.versions = self._several("?o dcat:hasVersion ?s")
        self.places = self._several("?s a kk:Project ; dcterms:isPartOf ?o")
        self.measures = {
            row["s"].value for row in store.select(f"{PROLOGUE}SELECT ?s WHERE {{ ?s a kk:Measure }}")
        }
        self.above = self._several("?s a kk:Measure ; dcterms:isPartOf ?o")

    @cached_property
    def reviews(self) -> dict[str, list[str]]:
        """Return the review years of links; where the store holds one review, nobody asks."""
        return self._several("?x kk:hasJustification ?s . ?s kk:reviewYear ?o")

    def _several(self, pattern: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.store.select(f"{PROLOGUE}SELECT ?s ?o WHERE {{ {pattern} }}"):
            found[row["s"].value].append(row["o"].value)
        return found

    @cached_property
    def levels(self) -> dict[str, str]:
        """Return the level of the whole chain of each link. Only links that are not as most are (stated, by a derived denotation) stand in it."""
        claims = self._several(
            "VALUES ?o { c:derived c:interpreted } ?s kk:claimLevel ?o ; a kk:Justification"
        )
        denoted = self._several("?s kk:denotationLevel ?o FILTER(?o != c:derived)")
        bare = self._several("?s kk:basisStrategy ?o MINUS { ?s kk:denotationLevel ?level }")
        found = {}
        for link in {*claims, *denoted, *bare}:
            codes = [level.removeprefix(C) for level in (*claims[link], *denoted[link])]
            found[link] = weakest(*codes, None if link in bare or link in denoted else USUAL)
        return found

    def amounts(self, scope: YearScope) -> dict[str, int]:
        """Return the initial budget of the review year by project; of two in one document the greater one."""
        if scope.year is None:
            return {}
        year = ox.NamedNode(fiscal_year(scope.year))
        # Where there is one review only, the amount that counts is its own.
        own = "?f kk:evidence/kk:reviewYear ?y ." if scope.iri else ""
        name = (
            "kk:initialBudget"
            if scope.iri or not _some(self.store, "?s kk:latestInitialBudget ?o")
            else "kk:latestInitialBudget"
        )
        found: dict[str, int] = {}
        rows = self.store.select(
            f"{PROLOGUE}SELECT ?s ?yen WHERE {{ ?s {name} ?f . ?f kk:fiscalYear ?y ; kk:amountYen ?yen . {own} FILTER(?y = {year}) }}"
        )
        for row in rows:
            yen = int(row["yen"].value)
            found[row["s"].value] = max(yen, found.get(row["s"].value, yen))
        return found

    def links_of(self, scope: YearScope) -> set[str]:
        """Return the links that documents of the year state, and those of no year that count for it."""
        every = {link for links in self.links.values() for link in links}
        if scope.iri is None:
            return every
        of_year = {link for link in every if scope.iri in self.reviews.get(link, ())}
        return of_year | scope.links(link for link in every if link not in self.reviews)


class _Tables:
    """The numbers of things, in the order in which they are met."""

    def __init__(self) -> None:
        self.ministries: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.projects: dict[str, int] = {}
        self.strategies: dict[str, int] = {}
        self.editions: dict[tuple[str, str], int] = {}

    @staticmethod
    def number(table: dict[Any, int], key: Any) -> int:
        return table.setdefault(key, len(table))

    def edition(self, strategy: str, edition: str) -> int:
        self.number(self.strategies, strategy)
        return self.number(self.editions, (strategy, edition))

    def overview(self, store: Store, facts: _Facts, years: Sequence[OverviewYear]) -> Overview:
        """Return the answer, with the names of all that was met."""
        above = {
            place: min(facts.above.get(place, ()), default=None) if place in facts.measures else place
            for place in self.places
        }
        policies = list(dict.fromkeys(policy for policy in above.values() if policy))
        numbers = {iri: number for number, iri in enumerate(policies)}
        iris = [
            *self.ministries, *self.places, *policies, *self.projects, *self.strategies, *(edition for _, edition in self.editions if edition),
        ]  # fmt: skip
        names = _names(store, iris)
        # Of two days the earlier one, whichever an engine gives first.
        issued = dict(sorted(_issued(store, [e for _, e in self.editions if e]), reverse=True))

        def named(iris: Iterable[str]) -> tuple[Named, ...]:
            return tuple(Named(iri, names[iri]) for iri in iris)

        return Overview(
            tuple(years),
            named(self.ministries),
            named(policies),
            tuple(
                Place(iri, names[iri], numbers[policy] if (policy := above[iri]) else None)
                for iri in self.places
            ),
            named(self.strategies),
            tuple(
                CitedEdition(
                    iri, names[iri] if iri else NO_EDITION, self.strategies[strategy], issued.get(iri)
                )
                for strategy, iri in self.editions
            ),
            named(self.projects),
            _dated(store),
        )


def _names(store: Store, iris: Sequence[str]) -> dict[str, Words]:
    """Return the names of things. Of the kinds that are met by the thousand all names are read at once, which is quicker."""
    terms: dict[str, set[object]] = defaultdict(set)
    for kind in ("Project", "Strategy", "Edition"):
        for row in store.select(f"{PROLOGUE}SELECT ?s ?o WHERE {{ ?s a kk:{kind} ; skos:prefLabel ?o }}"):
            terms[row["s"].value].add(row["o"])
    names = {iri: words for iri in iris if (words := in_both(sorted(terms[iri], key=str)))}
    reader = Reader(store)
    others = [iri for iri in dict.fromkeys(iris) if iri not in names]
    reader.load_only(others, NAMES)
    return names | {iri: reader.label(iri) for iri in others}


def _issued(store: Store, editions: Sequence[str]) -> Iterable[tuple[str, str]]:
    for edition, row in select_each(store, editions, "?o", "?s dcterms:issued ?o"):
        yield edition, row["o"].value


def _dated(store: Store) -> str | None:
    rows = store.select(f"{PROLOGUE}SELECT ?o WHERE {{ ?s a kk:SourceFile ; dcterms:modified ?o }}")
    return max((row["o"].value for row in rows), default=None)


def _year(facts: _Facts, tables: _Tables, scope: YearScope) -> OverviewYear:
    links, amounts = facts.links_of(scope), facts.amounts(scope)
    absent = scope.absent(facts.ministries) if scope.iri else set()
    placed = facts.places
    if scope.iri:
        pairs = scope.stated(((s, o) for s, found in facts.places.items() for o in found), "kk:Placement")
        placed = {s: [o for o in found if (s, o) in pairs] for s, found in facts.places.items()}
    rows = []
    for project in sorted(facts.ministries):
        if project in absent:
            continue
        own = sorted(link for link in facts.links.get(project, ()) if link in links)
        cited = {link: _cited(facts, tables, link) for link in own}
        levels = _levels(facts, cited)
        # A measure is part of its policy: where a project stands under both, the measure says it.
        where = sorted(set(placed.get(project, ())))
        policies = {policy for place in where for policy in facts.above.get(place, ())}
        where = [place for place in where if place not in policies]
        rows.append(
            ProjectRow(
                tables.number(tables.projects, project),
                tuple(tables.number(tables.ministries, m) for m in sorted(set(facts.ministries[project]))),
                tuple(tables.number(tables.places, place) for place in where),
                amounts.get(project),
                tuple(levels),
                any(not numbers for numbers in cited.values()),
                tuple(levels.values()),
            )
        )
    beside: dict[int, set[str]] = defaultdict(set)
    for owner, own in sorted(facts.links.items()):
        if owner not in facts.ministries:
            for strategy in sorted(
                {s for link in own if link in links for s in facts.strategies.get(link, ())}
            ):
                beside[tables.number(tables.strategies, strategy)].add(owner)
    return OverviewYear(
        scope.year,
        _documents(scope),
        tuple(rows),
        {number: len(owners) for number, owners in sorted(beside.items())},
    )


def _documents(scope: YearScope) -> Words:
    """Return of which documents the rows are; a sheet beside a review has no projects of its own in them."""
    if scope.year in scope.told.reviews:
        return Words(f"{scope.year}年度のレビュー", f"the review of {scope.year}")
    return scope.told.words() or Words("このストアの資料", "the documents of this store")


def _levels(facts: _Facts, cited: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """Return what is named, in order, each at its strongest level."""
    found: dict[int, str] = {}
    for link, numbers in cited.items():
        level = facts.levels.get(link, USUAL)
        for number in numbers:
            found[number] = min(level, found.get(number, level), key=LEVELS.index)
    return dict(sorted(found.items()))


def _cited(facts: _Facts, tables: _Tables, link: str) -> list[int]:
    """Return what a link names: of each of its strategies the editions, or the strategy alone."""
    found = []
    for strategy in sorted(facts.strategies.get(link, ())):
        own = [
            edition for edition in facts.editions.get(link, ()) if strategy in facts.versions.get(edition, ())
        ]
        found += [tables.edition(strategy, edition) for edition in sorted(own) or [""]]
    return found
