"""Indicators of a project that go on over reviews: one series of targets and results for each, as the latest review that knows tells it.

An indicator is one over reviews where the kind of its step, its name and its unit agree and each review has that once; the projects are
those of a chain without splits and mergers (:mod:`konkyo.graph.chain`). Where reviews tell a fiscal year differently, each telling is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.common.name_form import name_form
from konkyo.graph.facts import code_of, values_of
from konkyo.graph.reader import NAMES, OF_PLACES, Reader
from konkyo.model.identifiers import year_number
from konkyo.model.levels import weakest

if TYPE_CHECKING:
    from konkyo.graph.years import YearScope

ROLES = ("target", "result")
_OF_VALUES = (
    "kk:valueRole",
    "kk:fiscalYear",
    "kk:lowerBound",
    "kk:upperBound",
    "schema:unitText",
    *OF_PLACES,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one review tells of one fiscal year: the value's IRI, its words, and its number where they give one."""

    value: str
    text: str
    number: float | None
    review: int


@dataclass(frozen=True, slots=True)
class LongIndicator:
    """An indicator over ``reviews`` (the oldest first). ``told`` has by fiscal year and role what the latest review tells, and then what earlier
    ones tell otherwise. ``level`` (a code) is that of the weakest link between its sheets, never more than derived.
    """

    kind: str
    name: str
    unit: str
    reviews: tuple[int, ...]
    told: dict[tuple[int, str], tuple[Telling, ...]]
    level: str

    @property
    def years(self) -> list[int]:
        """Return the fiscal years of which anything is told."""
        return sorted({year for year, _ in self.told})

    def last(self, year: int, role: str) -> Telling | None:
        """Return what the latest review tells of a year."""
        found = self.told.get((year, role))
        return found[0] if found else None


def long_indicators(reader: Reader, project: str, scope: YearScope) -> list[LongIndicator]:
    """Return the indicators of a project that two reviews or more tell of; its facts must have been loaded over the reviews.

    Nothing where one year alone was asked for.
    """
    chain = reader.chains.get(project)
    if scope.told.asked:
        return []
    levels = {project: "derived", **{one.project: one.level for one in (chain.befores if chain else ())}}
    reader.load_only(levels, ["kk:hasLogicStep"])
    steps = {step: owner for owner in levels for step in reader.objects(owner, "kk:hasLogicStep")}
    reader.load_only(steps, ["kk:hasIndicator", "kk:kind"])
    owners = {iri: step for step in steps for iri in reader.objects(step, "kk:hasIndicator")}
    reader.load_only(owners, [*NAMES, "kk:reviewYear", "kk:hasValue"])
    reader.load_only((value for iri in owners for value in reader.objects(iri, "kk:hasValue")), _OF_VALUES)
    found: dict[tuple[str, str, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for iri, step in owners.items():
        review = reader.one(iri, "kk:reviewYear")
        if review and scope.reaches(review):
            key = code_of(reader, step, "kk:kind"), name_form(reader.label(iri).ja), _unit(reader, iri)
            found[key][year_number(review)].append(iri)
    made = []
    for (kind, _, unit), by_review in found.items():
        # Where one review has it twice, which of them goes on cannot be told.
        if len(by_review) < 2 or any(len(several) > 1 for several in by_review.values()):
            continue
        versions = {review: several[0] for review, several in sorted(by_review.items(), reverse=True)}
        told = _told(reader, versions)
        if told:
            last = next(iter(versions.values()))
            level = weakest("derived", *(levels[steps[owners[iri]]] for iri in versions.values()))
            made.append(
                LongIndicator(kind, reader.label(last).ja, unit, tuple(sorted(versions)), told, level)
            )
    return sorted(made, key=lambda one: (-len(one.reviews), one.kind, one.name, one.unit))


def _unit(reader: Reader, indicator: str) -> str:
    units = (reader.one(value, "schema:unitText") for value in reader.objects(indicator, "kk:hasValue"))
    return next((unit for unit in units if unit), "")


def _told(reader: Reader, versions: dict[int, str]) -> dict[tuple[int, str], tuple[Telling, ...]]:
    """Return what the versions tell, the latest review first; of a year and role what was told already is not told again."""
    told: dict[tuple[int, str], list[Telling]] = defaultdict(list)
    for review, iri in versions.items():
        # The target of a year stands before the last year's, which a sheet tells once more.
        for value in sorted(
            values_of(reader, iri), key=lambda value: (value.endswith("/final-target"), value)
        ):
            role, year = code_of(reader, value, "kk:valueRole"), reader.one(value, "kk:fiscalYear")
            if role not in ROLES or year is None:
                continue
            one = Telling(value, reader.one(value, "kk:statedText") or "", _number(reader, value), review)
            own = told[year_number(year), role]
            if not any(_same(one, other) for other in own):
                own.append(one)
    return {key: tuple(own) for key, own in sorted(told.items())}


def _same(one: Telling, other: Telling) -> bool:
    return one.text == other.text or (one.number is not None and one.number == other.number)


def _number(reader: Reader, value: str) -> float | None:
    """Return the number of a value that gives one; of one with two bounds none."""
    bounds: Iterable[str | None] = (reader.one(value, f"kk:{name}Bound") for name in ("lower", "upper"))
    numbers = {float(bound) for bound in bounds if bound}
    return numbers.pop() if len(numbers) == 1 else None
