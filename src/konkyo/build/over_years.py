"""Which steps and indicators of several reviews are one thing, whatever number each review gives them.

A step is the same where project, kind, period and words agree, an indicator where its step is the same and its name
agrees (:func:`konkyo.common.name_form.name_form` says which words agree). Numbers do not count: 2024 has 1, 10, 11, and 2025 has 101, 201, 501.
Several steps of one review may have the same words: :func:`pairs` says when two of them are told apart all the same.
What stays unsure is left apart and counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.graph.sparql import PROLOGUE
from konkyo.model.graphs import JUDGIT
from konkyo.model.identifiers import IRI, digest, key_of, thing, year_number
from konkyo.model.namespaces import ID
from konkyo.model.records import OverYears, Record
from konkyo.model.rules import SAME_INDICATOR, SAME_STEP

if TYPE_CHECKING:
    from konkyo.store import Store

# A project of a single review has nothing to be joined over the years: which it goes on from is a lineage (:mod:`.lineage`).
_STEPS = f"""SELECT ?s ?project ?kind ?period ?number ?year ?name WHERE {{
  ?project kk:hasLogicStep ?s . ?s a kk:LogicStep ; kk:kind ?kind ; kk:reviewYear ?year ; skos:prefLabel ?name .
  FILTER(!STRSTARTS(STR(?s), "{ID}step/{JUDGIT}-"))
  OPTIONAL {{ ?s dcterms:identifier ?number }} OPTIONAL {{ ?s kk:period ?period }}
}}"""
_INDICATORS = f"""SELECT ?s ?step ?name WHERE {{
  ?s a kk:Indicator ; kk:reviewYear ?year ; skos:prefLabel ?name . ?step kk:hasIndicator ?s .
  FILTER(!STRSTARTS(STR(?s), "{ID}indicator/{JUDGIT}-"))
}}"""
_REVIEWS = f"""SELECT DISTINCT ?year WHERE {{
  ?file a kk:SourceFile ; kk:reviewYear ?year FILTER(!STRSTARTS(STR(?file), "{ID}source/{JUDGIT}-"))
}}"""


@dataclass(slots=True)
class Version:
    """A thing as one review has it. ``iris`` are several where two files of the review differ in spaces or width.

    ``signs`` tell it from others of the same words: for a step the names of its indicators, folded.
    """

    year: int
    number: str
    iris: list[str]
    name: str
    signs: frozenset[str] = frozenset()


Line: TypeAlias = "list[Version]"  # one thing over the years, oldest first


@dataclass(slots=True)
class OverYearsLines:
    """What was joined: lines of steps and of indicators by what their words have in common; ``unsure`` counts by kind."""

    steps: list[tuple[tuple[str, ...], Line]] = field(default_factory=list)
    indicators: list[tuple[tuple[str, ...], Line]] = field(default_factory=list)
    unsure: Counter[str] = field(default_factory=Counter)

    def note(self) -> Words | None:
        """Return what could not be told, beside what was joined; None where nothing is unsure."""
        if not self.unsure.total():
            return None
        left = [self.unsure[kind] for kind in ("steps", "indicators")]
        return Words(
            f"年度をまたいで段階{len(self.steps):,}件、指標{len(self.indicators):,}件を一つとしました。同じ文言が一つの年度に複数あり、"
            f"どれがどれか決められない段階{left[0]:,}件、指標{left[1]:,}件は分けたままです。",
            f"{len(self.steps):,} steps and {len(self.indicators):,} indicators are one over the years. {left[0]:,} steps and "
            f"{left[1]:,} indicators were left apart: one year has their words more than once.",
        )


def pairs(olds: Sequence[Version], news: Sequence[Version]) -> list[tuple[int, int]]:
    """Return which of two reviews' versions of the same words are one, as places in both lists.

    One on each side is the same. Of several those are the same whose indicators nothing else has; of what is left one
    on each side again; else those of the same number where the numbers are the same, and in the order of the numbers
    where all numbers are others, as long as their indicators do not say otherwise. What is left is not told.
    """
    left, right = list(range(len(olds))), list(range(len(news)))
    found = []
    if (len(left), len(right)) != (1, 1):
        found = _by_signs(olds, news)
        left = [one for one in left if one not in {pair[0] for pair in found}]
        right = [two for two in right if two not in {pair[1] for pair in found}]
    if (len(left), len(right)) == (1, 1):
        return sorted([*found, (left[0], right[0])])
    if not left or len(left) != len(right):
        return sorted(found)
    left.sort(key=lambda place: _order(olds[place].number))
    right.sort(key=lambda place: _order(news[place].number))
    numbers = [[olds[place].number for place in left], [news[place].number for place in right]]
    others = numbers[0] != numbers[1]
    rest = list(zip(left, right, strict=True))
    if others and (
        set(numbers[0]) & set(numbers[1])
        or any(len(set(side)) < len(side) for side in numbers)
        or any(_differ(olds[one].signs, news[two].signs) for one, two in rest)
    ):
        return sorted(found)
    return sorted([*found, *rest])


def _by_signs(olds: Sequence[Version], news: Sequence[Version]) -> list[tuple[int, int]]:
    counts = [Counter(version.signs for version in side) for side in (olds, news)]
    places = {version.signs: place for place, version in enumerate(news)}
    return [
        (place, places[version.signs])
        for place, version in enumerate(olds)
        if version.signs and all(count[version.signs] == 1 for count in counts)
    ]


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and one != other)


def _order(number: str) -> tuple[int, str]:
    return len(number), number


def lines(by_year: Mapping[int, Sequence[Version]]) -> tuple[list[Line], int]:
    """Return the versions of the same words as lines over the years, and how many could not be told apart.

    Each review is compared with the one before it that has these words.
    """
    years = sorted(by_year)
    made: list[Line] = [[version] for version in by_year[years[0]]]
    open_ones, unsure = list(made), 0
    for year in years[1:]:
        fresh = list(by_year[year])
        told = {new: old for old, new in pairs([line[-1] for line in open_ones], fresh)}
        if len(told) < min(len(open_ones), len(fresh)):
            unsure += len(fresh) - len(told)
        following: list[Line] = []
        for place, version in enumerate(fresh):
            if place in told:
                line = open_ones[told[place]]
                line.append(version)
            else:
                line = [version]
                made.append(line)
            following.append(line)
        open_ones = following
    return made, unsure


def join(store: Store) -> OverYearsLines:
    """Read the steps and indicators of all reviews, and join those that are one thing."""
    joined = OverYearsLines()
    reviews = {row["year"].value for row in store.select(PROLOGUE + _REVIEWS)}
    if len(reviews) < 2:
        return joined
    indicators = _indicators(store)
    for key, by_year in _steps(store, indicators).items():
        if len(by_year) < 2:
            continue
        made, unsure = lines({year: list(found.values()) for year, found in by_year.items()})
        joined.unsure["steps"] += unsure
        for line in made:
            if len(line) < 2:
                continue
            # The words alone are a key as long as nothing else has them.
            own = (*key, str(line[0].year), line[0].number) if len(made) > 1 else key
            joined.steps.append((own, line))
            _join_indicators(joined, own, line, indicators)
    return joined


_Indicators: TypeAlias = "dict[str, list[tuple[str, str]]]"  # of each step, the IRIs and names
_Steps: TypeAlias = "dict[tuple[str, ...], dict[int, dict[str, Version]]]"  # by words, year and number


def _indicators(store: Store) -> _Indicators:
    found: dict[tuple[str, str], str] = {}
    for row in store.select(PROLOGUE + _INDICATORS):
        found[row["step"].value, row["s"].value] = row["name"].value
    made: _Indicators = {}
    for (step, iri), name in sorted(found.items()):
        made.setdefault(step, []).append((iri, name))
    return made


def _steps(store: Store, indicators: _Indicators) -> _Steps:
    made: _Steps = {}
    # A step that two files name stands in the graph that they share, and may come more than once all the same.
    for iri, row in sorted({row["s"].value: row for row in store.select(PROLOGUE + _STEPS)}.items()):
        code = row["kind"].value.rsplit("/", 1)[-1]
        period = row["period"].value.rsplit("/", 1)[-1] if row["period"] is not None else ""
        name, number = row["name"].value, row["number"].value if row["number"] is not None else ""
        key = key_of(row["project"].value), code, period, name_form(name)
        by_number = made.setdefault(key, {}).setdefault(year_number(row["year"].value), {})
        own = by_number.setdefault(number, Version(year_number(row["year"].value), number, [], name))
        own.iris.append(iri)
        own.signs |= {name_form(other) for _, other in indicators.get(iri, ())}
    return made


def _join_indicators(
    joined: OverYearsLines, owner: tuple[str, ...], line: Line, indicators: _Indicators
) -> None:
    """Join the indicators of one step that bear one name."""
    named: dict[str, dict[int, list[Version]]] = defaultdict(dict)
    for step in line:
        for iri, name in (each for one in step.iris for each in indicators.get(one, ())):
            named[name_form(name)].setdefault(step.year, []).append(Version(step.year, "", [iri], name))
    for name, by_year in named.items():
        made, unsure = lines(by_year)
        joined.unsure["indicators"] += unsure
        joined.indicators += [
            ((*owner, name, *(key_of(own[0].iris[0]) for _ in made[1:2])), own)
            for own in made
            if len(own) > 1
        ]


def records(joined: OverYearsLines) -> Iterator[Record]:
    """Yield what was joined as records."""
    yield from _records("step", SAME_STEP.iri, joined.steps)
    yield from _records("indicator", SAME_INDICATOR.iri, joined.indicators)


def _records(kind: str, rule: IRI, found: Iterable[tuple[tuple[str, ...], Line]]) -> Iterator[Record]:
    for key, line in found:
        project = key[0].split("/", 1)[1]
        yield OverYears(
            iri=thing("over-years", kind, project, digest(*key)),
            ja=line[-1].name,
            rule=rule,
            versions=tuple(IRI(iri) for version in line for iri in version.iris),
        )
