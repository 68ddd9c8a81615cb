"""Pairs of projects that no rule joins though they are alike: for people to judge, both sheets side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from konkyo.build.lineage.alike import Agreement, agreement
from konkyo.build.lineage.names import bare_name
from konkyo.build.lineage.shown import Shown, Told, reviews_of, told_of
from konkyo.common.words import Words
from konkyo.graph.sparql import PROLOGUE

if TYPE_CHECKING:
    from konkyo.store import Store

_JOINED = "SELECT DISTINCT ?s ?before WHERE { ?s kk:continues ?before }"
# From which likeness of names or summaries on somebody is asked.
_ASKED = 75.0


@dataclass(frozen=True, slots=True)
class OpenPair:
    """A project and the one of the review before that it may go on from, and how like they are, from 0 to 1."""

    earlier: Shown
    later: Shown
    told_earlier: Told
    told_later: Told
    score: float
    agreed: Agreement

    @property
    def reason(self) -> Words:
        """Return what agrees and what does not."""
        same, differing = len(self.agreed.years), self.agreed.differing
        return Words(
            f"当初予算は{same}年度で一致、{differing}年度で相違。",
            f"Initial budgets agree in {same} fiscal years, differ in {differing}.",
        )


def open_pairs(store: Store) -> list[OpenPair]:
    """Return the pairs, the likest first; each project stands in one pair at most."""
    reviews = reviews_of(store)
    joined = [(row["s"].value, row["before"].value) for row in store.select(PROLOGUE + _JOINED)]
    owners, befores = {one for one, _ in joined}, {before for _, before in joined}
    found: list[OpenPair] = []
    for year in sorted(reviews):
        olds = [one for one in reviews.get(year - 1, []) if one.iri not in befores and one.single]
        news = [one for one in reviews[year] if one.iri not in owners]
        if not (olds and news):
            continue
        told = told_of(store, [*olds, *news])
        made = [
            OpenPair(before, one, told[before], told[one], score / 100, agreement(told[one], told[before]))
            for before, one, score in _alike(olds, news, told)
        ]
        taken: set[str] = set()
        for pair in sorted(made, key=lambda pair: (-pair.score, pair.later.iri, pair.earlier.iri)):
            if not {pair.earlier.iri, pair.later.iri} & taken:
                taken.update((pair.earlier.iri, pair.later.iri))
                found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, -pair.later.year, pair.later.iri))


def _alike(
    olds: list[Shown], news: list[Shown], told: dict[Shown, Told]
) -> Iterator[tuple[Shown, Shown, float]]:
    """Yield the pairs of a ministry whose names or summaries are alike."""
    of_ministry: dict[str, list[Shown]] = defaultdict(list)
    for one in olds:
        of_ministry[one.ministry].append(one)
    for one in news:
        near = of_ministry.get(one.ministry, [])
        best: dict[int, float] = {}
        for own, texts in (
            (bare_name(one.name), [bare_name(other.name) for other in near]),
            (told[one].summary, [told[other].summary for other in near]),
        ):
            if own:
                for _, score, place in process.extract(
                    own, texts, scorer=fuzz.ratio, score_cutoff=_ASKED, limit=3
                ):
                    best[place] = max(score, best.get(place, 0))
        yield from ((near[place], one, score) for place, score in best.items())
