"""The same question for measures that ministries rename."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from konkyo.text import fold, split_display_number


@dataclass(frozen=True, slots=True)
class Renamed:
    """Two names of one ministry's measures that no year has together and that are like each other (0 to 1)."""

    ministry: str
    earlier: str
    later: str
    earlier_year: int
    later_year: int
    score: float


def renamed_measures(measures: Iterable[tuple[str, str, int]], at_least: float = 0.75) -> list[Renamed]:
    """List the measures that may be one under two names, from (ministry, name, year); nothing is merged.

    A name that a later year still has was not renamed; names that stand side by side in a year are two.
    """
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    written: dict[tuple[str, str], str] = {}
    for ministry, name, year in measures:
        plain = split_display_number(name)[1]
        key = (ministry, fold(plain))
        years[key].add(year)
        written.setdefault(key, plain)
    by_ministry: dict[str, list[str]] = defaultdict(list)
    for ministry, key_name in sorted(years):
        by_ministry[ministry].append(key_name)
    found = []
    for ministry, names in by_ministry.items():
        for place, name in enumerate(names):
            for other, score, _ in process.extract(
                name, names[place + 1 :], scorer=fuzz.ratio, score_cutoff=at_least * 100, limit=None
            ):
                ours, theirs = years[ministry, name], years[ministry, other]
                if ours & theirs:
                    continue
                first, second = (name, other) if min(ours) < min(theirs) else (other, name)
                found.append(
                    Renamed(
                        ministry,
                        written[ministry, first],
                        written[ministry, second],
                        max(years[ministry, first]),
                        min(years[ministry, second]),
                        round(score / 100, 3),
                    )
                )
    return sorted(found, key=lambda one: (-one.score, one.ministry, one.earlier, one.later))
