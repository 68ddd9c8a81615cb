"""Projects as single reviews show them, and what a sheet tells by which it is known again: amounts, a summary, a first year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from konkyo.graph.sparql import PROLOGUE, select_each, terms
from konkyo.model.graphs import review_years
from konkyo.model.identifiers import year_number
from konkyo.model.namespaces import C

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution

    from konkyo.store import Store

# A project as one review shows it: those of single reviews, and those that RS knows by their 予算事業ID.
_SHOWN = """SELECT ?s ?a ?ministry ?number ?year ?name ?column ?row WHERE {
  ?s a kk:Project ; kk:ministry ?ministry ; kk:hasAppearance ?a ; dcterms:identifier ?number .
  ?a kk:fiscalYear ?year ; kk:statedText ?name ; kk:evidence ?column ; kk:row ?row .
}"""
_SINGLE = "SELECT ?s ?year WHERE { ?s a kk:Project ; kk:reviewYear ?year }"
_AMOUNTS = "?s kk:hasBudgetFigure ?f . ?f kk:budgetStage ?stage ; kk:fiscalYear ?fiscal ; kk:amountYen ?yen ; kk:evidence ?column"
# All amounts of a graph. Each property by itself, and then joined: looked up for each figure, they take an engine on disk twice as long.
_ALL_AMOUNTS = """SELECT ?s ?stage ?fiscal ?yen WHERE { GRAPH ?graph {
  { SELECT ?s ?f WHERE { ?s kk:hasBudgetFigure ?f } }
  { SELECT ?f ?stage WHERE { ?f kk:budgetStage ?stage } }
  { SELECT ?f ?fiscal WHERE { ?f kk:fiscalYear ?fiscal } }
  { SELECT ?f ?yen WHERE { ?f kk:amountYen ?yen } }
} }"""
# So many projects of one review are read with all that its graphs hold: to look their amounts up takes longer.
_MANY = 1_500
_TOLD_IN = "SELECT ?s ?year WHERE { ?s a kk:Column ; kk:reviewYear ?year }"
_TEXTS = "?s dcterms:description ?text"
_STARTS = "?s kk:startYear ?year"
STAGES = ("initial", "supplementary", "carryover", "reserve", "executed")
"""The stages by whose amounts a project is known again. A total follows from them; what is asked for is not told twice."""
_SUMMARY = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """A project as one review shows it, and where its name stands."""

    iri: str
    appearance: str
    ministry: str
    number: str
    year: int
    name: str
    column: str
    row: int
    single: bool


@dataclass(slots=True)
class Told:
    """What a sheet tells of a project: yen by stage and fiscal year, the beginning of its summary, its first year (a string)."""

    amounts: dict[tuple[str, int], int] = field(default_factory=dict)
    summary: str = ""
    start: str = ""


def reviews_of(store: Store) -> dict[int, list[Shown]]:
    """Return the projects of each review; nothing where there are no sheets of single reviews."""
    single = {row["s"].value for row in store.select(PROLOGUE + _SINGLE)}
    if not single:
        return {}
    found: dict[tuple[str, int], Shown] = {}
    for row in store.select(PROLOGUE + _SHOWN):
        iri, year = row["s"].value, year_number(row["year"].value)
        found[iri, year] = Shown(
            iri,
            row["a"].value,
            row["ministry"].value,
            row["number"].value,
            year,
            row["name"].value,
            row["column"].value,
            int(row["row"].value),
            iri in single,
        )
    reviews: dict[int, list[Shown]] = defaultdict(list)
    for key in sorted(found):
        reviews[key[1]].append(found[key])
    return reviews


def told_of(store: Store, shown: Iterable[Shown]) -> dict[Shown, Told]:
    """Return what the sheets of these projects tell, each in its own review."""
    several = list(shown)
    made = {one: Told() for one in several}
    by_appearance = {one.appearance: one for one in several}
    by_year: dict[int, list[Shown]] = defaultdict(list)
    for one in several:
        by_year[one.year].append(one)
    few = [one for ones in by_year.values() if len(ones) < _MANY for one in ones]
    many = {year: ones for year, ones in sorted(by_year.items()) if len(ones) >= _MANY}
    stages = {C + stage: stage for stage in STAGES}
    for one, row in chain(_looked_up(store, few), *(_read(store, year, ones) for year, ones in many.items())):
        if (stage := stages.get(row["stage"].value)) is not None:
            made[one].amounts[stage, year_number(row["fiscal"].value)] = int(row["yen"].value)
    for iri, row in select_each(store, sorted(by_appearance), "?text", _TEXTS):
        made[by_appearance[iri]].summary = row["text"].value[:_SUMMARY]
    for iri, row in select_each(store, sorted(by_appearance), "?year", _STARTS):
        made[by_appearance[iri]].start = row["year"].value
    return made


def _looked_up(store: Store, several: Iterable[Shown]) -> Iterator[tuple[Shown, QuerySolution]]:
    """Yield the amounts that are told of a few projects."""
    by_iri: dict[str, list[Shown]] = defaultdict(list)
    for one in several:
        by_iri[one.iri].append(one)
    if not by_iri:
        return
    # Of several reviews that tell of one project each has its own amounts; the column says which.
    told_in = {row["s"].value: year_number(row["year"].value) for row in store.select(PROLOGUE + _TOLD_IN)}
    for iri, row in select_each(store, sorted(by_iri), "?stage ?fiscal ?yen ?column", _AMOUNTS):
        for one in by_iri[iri]:
            if told_in.get(row["column"].value) == one.year:
                yield one, row


def _read(store: Store, year: int, several: Iterable[Shown]) -> Iterator[tuple[Shown, QuerySolution]]:
    """Yield the amounts that the files of one review tell of its projects; a file is a graph."""
    by_iri = {one.iri: one for one in several}
    for name, told_in in review_years(store.graphs()).items():
        if told_in == year:
            for row in store.select(PROLOGUE + _ALL_AMOUNTS.replace("?graph", terms([name]))):
                if one := by_iri.get(row["s"].value):
                    yield one, row


class Tellings:
    """What sheets tell, each read from the store once while its review is looked at."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: dict[Shown, Told] = {}

    def __call__(self, several: Iterable[Shown]) -> dict[Shown, Told]:
        """Return what these sheets tell, perhaps among others."""
        wanted = [one for one in dict.fromkeys(several) if one not in self._told]
        if wanted:
            self._told.update(told_of(self._store, wanted))
        return self._told

    def forget_before(self, year: int) -> None:
        """Forget the sheets of reviews before a year: what is held does not grow with the years."""
        self._told = {one: told for one, told in self._told.items() if one.year >= year}
