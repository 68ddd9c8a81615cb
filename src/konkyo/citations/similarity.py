"""The same question for measures that ministries rename: which two names may be one measure's. Nothing is merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from konkyo.common.name_form import name_form
from konkyo.common.text import split_display_number
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.namespaces import ID, expand

if TYPE_CHECKING:
    from konkyo.store import Store


@dataclass(frozen=True, slots=True)
class MeasureName:
    """A measure under one of its names in one fiscal year, with the number of its projects."""

    iri: IRI
    ministry: str
    name: str
    year: int
    projects: int = 0


@dataclass(frozen=True, slots=True)
class RenamedMeasure:
    """Two names of one ministry's measures that no year has together and that are like each other (0 to 1)."""

    ministry: str
    earlier: MeasureName
    later: MeasureName
    score: float

    @property
    def reason(self) -> Words:
        """Return why the two are listed, and why they are not merged."""
        return Words(
            f"同じ府省庁で、名称が近く（{self.score:.2f}）、同じ年度に並ばない。名称だけでは同じと言えない。",
            f"One ministry, like names ({self.score:.2f}), never both in one year. Names alone do not make them one.",
        )


def renamed_measures(measures: Iterable[MeasureName], at_least: float = 0.75) -> list[RenamedMeasure]:
    """List the measures that may be one under two names, most like first; of a name's years the nearest are told.

    A name that a later year still has was not renamed; names that stand side by side in a year are two.
    """
    found: dict[tuple[str, str], list[MeasureName]] = defaultdict(list)
    for one in measures:
        found[one.ministry, name_form(split_display_number(one.name)[1])].append(one)
    by_ministry: dict[str, list[str]] = defaultdict(list)
    for ministry, name in sorted(found):
        by_ministry[ministry].append(name)
    made = []
    for ministry, names in by_ministry.items():
        for place, name in enumerate(names):
            for other, score, _ in process.extract(
                name, names[place + 1 :], scorer=fuzz.ratio, score_cutoff=at_least * 100, limit=None
            ):
                ours, theirs = found[ministry, name], found[ministry, other]
                if {one.year for one in ours} & {one.year for one in theirs}:
                    continue
                if min(one.year for one in theirs) < min(one.year for one in ours):
                    ours, theirs = theirs, ours
                earlier = max(ours, key=lambda one: (one.year, one.name))
                later = min(theirs, key=lambda one: (one.year, one.name))
                if earlier.iri != later.iri:
                    made.append(RenamedMeasure(ministry, earlier, later, round(score / 100, 3)))
    return sorted(made, key=lambda one: (-one.score, one.ministry, one.earlier.name, one.later.name))


def measures_of(store: Store) -> Iterator[MeasureName]:
    """Yield the measures of a store by name and year."""
    text = f"""SELECT ?m ?name ?year ?ministry (COUNT(DISTINCT ?project) AS ?projects) WHERE {{
        ?m a <{expand("kk:Measure")}> ; <{expand("kk:ministry")}> ?org ; <{expand("kk:hasAppearance")}> ?a .
        ?a <{expand("kk:statedText")}> ?name ; <{expand("kk:fiscalYear")}> ?year .
        ?org <{expand("skos:prefLabel")}> ?ministry FILTER(LANG(?ministry) = "ja")
        OPTIONAL {{ ?project a <{expand("kk:Project")}> ; <{expand("dcterms:isPartOf")}> ?m }}
    }} GROUP BY ?m ?name ?year ?ministry"""
    for row in store.select(text):
        year = row["year"].value.removeprefix(f"{ID}fy/")
        yield MeasureName(
            IRI(row["m"].value),
            row["ministry"].value,
            row["name"].value,
            int(year) if year.isdigit() else 0,
            int(row["projects"].value),
        )
