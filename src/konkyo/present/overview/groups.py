"""The first picture of an overview: strategies at the left, ministries at the right, and the bands between them.

What is opened later the page's own script groups in the same way (`model.js`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from konkyo.common.words import Words
from konkyo.model.namespaces import ID
from konkyo.questions.overview import Overview, OverviewYear, ProjectRow

UNKNOWN, NONE, OTHERS = "unidentified", "none", "others"
UNKNOWN_NAME = Words("計画名から特定できない", "plans named that are not identified")
NONE_NAME = Words("計画の記載なし", "no plan stated")


@dataclass(frozen=True, slots=True)
class Group:
    """What stands at one side: ``key`` is its IRI without what all have in common, ``colour`` the class of its bands.

    ``projects`` counts its projects, each once; ``yen`` is the sum of their initial budgets over those ``stated`` that state one.
    """

    key: str
    name: Words
    colour: str
    projects: int
    yen: int
    stated: int


@dataclass(frozen=True, slots=True)
class Band:
    """What two groups share; ``left`` and ``right`` are their places."""

    left: int
    right: int
    projects: int
    yen: int
    stated: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Two columns of groups, from the top, and the bands between them."""

    left: tuple[Group, ...]
    right: tuple[Group, ...]
    bands: tuple[Band, ...]


COLOURS = 10
_Side = Mapping[Hashable, list[ProjectRow]]


def first_picture(overview: Overview, year: OverviewYear, left_most: int, right_most: int) -> Picture:
    """Return the strategies and ministries of a year, at most so many of each named and the rest as one group."""
    strategies: dict[Hashable, list[ProjectRow]] = defaultdict(list)
    ministries: dict[Hashable, list[ProjectRow]] = defaultdict(list)
    for row in year.rows:
        named: set[Hashable] = {overview.editions[number].strategy for number in row.editions}
        for key in named or {UNKNOWN if row.unidentified else NONE}:
            strategies[key].append(row)
        for ministry in row.ministries:
            ministries[ministry].append(row)
    apart = [key for key in (UNKNOWN, NONE) if key in strategies]
    left = _ranked({k: rows for k, rows in strategies.items() if k not in apart}, left_most)
    left += [([key], strategies[key]) for key in apart]
    right = _ranked(ministries, right_most)
    names = {UNKNOWN: UNKNOWN_NAME, NONE: NONE_NAME}

    def name(keys: Sequence[Hashable], side: str) -> tuple[str, Words]:
        if len(keys) > 1:
            return OTHERS, others(len(keys), side)
        (key,) = keys
        if isinstance(key, str):
            return key, names[key]
        assert isinstance(key, int)
        thing = (overview.strategies if side == "strategy" else overview.ministries)[key]
        return thing.iri.removeprefix(ID), thing.name

    return Picture(
        tuple(_group(*name(keys, "strategy"), _colour(n, keys), rows) for n, (keys, rows) in enumerate(left)),
        tuple(_group(*name(keys, "ministry"), "right", rows) for keys, rows in right),
        tuple(
            Band(n, m, *_measured(shared))
            for n, (_, mine) in enumerate(left)
            for m, (_, theirs) in enumerate(right)
            if (shared := _shared(mine, theirs))
        ),
    )


def others(count: int, side: str) -> Words:
    """Return the name of the group that holds the rest."""
    if side == "strategy":
        return Words(f"ほか{count:,}の戦略・計画", f"{count:,} other plans")
    return Words(f"ほか{count:,}の府省庁", f"{count:,} other ministries")


def _ranked(side: _Side, most: int) -> list[tuple[list[Hashable], list[ProjectRow]]]:
    """Return the keys with their rows, those with the most rows first and the first met first; the rest as one."""
    keys = sorted(side, key=lambda key: (-len(side[key]), key))
    if len(keys) <= most:
        return [([key], side[key]) for key in keys]
    rest = keys[most - 1 :]
    rows = {row.project: row for key in rest for row in side[key]}
    return [*(([key], side[key]) for key in keys[: most - 1]), (rest, list(rows.values()))]


def _colour(place: int, keys: Sequence[Hashable]) -> str:
    if len(keys) > 1:
        return OTHERS
    return keys[0] if isinstance(keys[0], str) else f"c{place % COLOURS}"


def _measured(rows: Sequence[ProjectRow]) -> tuple[int, int, int]:
    amounts = [row.yen for row in rows if row.yen is not None]
    return len(rows), sum(amounts), len(amounts)


def _group(key: str, name: Words, colour: str, rows: Sequence[ProjectRow]) -> Group:
    return Group(key, name, colour, *_measured(rows))


def _shared(mine: Sequence[ProjectRow], theirs: Sequence[ProjectRow]) -> list[ProjectRow]:
    projects = {row.project for row in theirs}
    return [row for row in mine if row.project in projects]
