"""Areas of colour in a table without rules: where programs shade cells or rows, the edges of the shade are those of rows and cells.

An area that holds one text is a cell, and tells exactly how far it reaches. One that holds several is a row; what stands
beside and between areas is laid out as texts without rules are, within what the areas leave.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Protocol

from konkyo.sources.documents.bands import Extent, Rule
from konkyo.sources.documents.lines import Char

Area = tuple[float, float, float, float]
Span = tuple[float, float]
Side = tuple[float, float, float]
"""An upright edge of an area: its place, and from where to where it lies downwards."""
_LEAST = 2.5
_SLACK = 2.0
# A gap between two texts, in signs.
_GAP = 1.2


class Text(Extent, Protocol):
    """A cell with the signs of its lines."""

    lines: list[list[Char]]


def areas_of(page: Any) -> list[Area]:
    """Return the coloured areas of a page without those that lie around others, the smallest first."""
    found = {
        (float(one["x0"]), float(one["top"]), float(one["x1"]), float(one["bottom"]))
        for one in page.rects
        if min(one["x1"] - one["x0"], one["bottom"] - one["top"]) > _LEAST
    }
    areas = sorted(found, key=lambda one: ((one[2] - one[0]) * (one[3] - one[1]), one))[:_MOST]
    return [area for area in areas if not any(_lies_in(one, area) for one in areas if one != area)]


# What compares each with each other takes long where there are thousands: no sheet has such a page.
_MOST = 1000


def _lies_in(one: Area, other: Area) -> bool:
    x, y = (one[0] + one[2]) / 2, (one[1] + one[3]) / 2
    smaller = (one[2] - one[0]) * (one[3] - one[1]) < (other[2] - other[0]) * (other[3] - other[1])
    return smaller and other[0] < x < other[2] and other[1] < y < other[3]


def area_of(char: Char, areas: Sequence[Area]) -> Area | None:
    """Return the area that the middle of a sign lies in."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return next((one for one in areas if one[0] <= x < one[2] and one[1] <= y < one[3]), None)


def cut_at_edges(lines: Iterable[list[Char]], areas: Sequence[Area]) -> list[list[Char]]:
    """Return lines of signs, each cut where one area ends or begins."""
    made: list[list[Char]] = []
    for line in lines:
        last: Area | None = None
        for number, char in enumerate(line):
            # A space tells nothing: it may lie anywhere between two texts.
            area = area_of(char, areas) if char["text"].strip() or not number else last
            if not number or area != last:
                made.append([])
            made[-1].append(char)
            last = area
    return made


def texts_in(
    runs: Sequence[list[Char]], areas: Sequence[Area]
) -> tuple[dict[Area, list[list[Char]]], list[list[Char]]]:
    """Return the lines of each area that is a cell, and the other runs: those beside areas, and those in areas of several texts."""
    held: dict[Area, list[list[Char]]] = {}
    others = []
    for run in runs:
        area = area_of(run[0], areas)
        if area is None:
            others.append(run)
        else:
            held.setdefault(area, []).append(run)
    for area, inside in list(held.items()):
        if _are_several(inside):
            others += held.pop(area)
    return held, others


def _are_several(runs: Sequence[list[Char]]) -> bool:
    """Return whether runs are several texts: two stand far from each other on one line."""
    in_order = sorted(runs, key=lambda run: (run[0]["top"], run[0]["x0"]))
    return any(
        abs(one[0]["top"] - other[0]["top"]) < 0.5 * one[0]["size"]
        and other[0]["x0"] - one[-1]["x1"] > _GAP * one[0]["size"]
        for one, other in pairwise(in_order)
    )


def edges_of(areas: Sequence[Area]) -> list[Rule]:
    """Return the upper and lower edges of areas as rules that part the lines beside them."""
    return sorted((y, x0, x1) for x0, top, x1, bottom in areas for y in (top, bottom))


def with_edges(ends: Sequence[float], areas: Sequence[Area], cells: Sequence[Text]) -> list[float]:
    """Return where rows begin and end: at the edges of areas, and, where no line lies between, not at white places near them."""
    edges: list[float] = []
    for y, _, _ in edges_of(areas):
        if not edges or y - edges[-1] > _SLACK:
            edges.append(y)
    middles = sorted((line[0]["top"] + line[0]["bottom"]) / 2 for cell in cells for line in cell.lines)
    slots = {bisect_left(middles, edge) for edge in edges}
    return sorted([*edges, *(end for end in ends if bisect_left(middles, end) not in slots)])


def own_areas(cells: Sequence[Text], held: Iterable[Area]) -> list[Area | None]:
    """Return the area that each cell fills, if any."""
    areas = list(held)
    return [area_of(cell.lines[0][0], areas) for cell in cells]


def heights_within(
    cells: Sequence[Text],
    heights: Sequence[Span],
    filled: Sequence[Area | None],
    areas: Sequence[Area],
) -> list[Span]:
    """Return from where to where each cell reaches: the area that it fills, or what the areas above and below leave it."""
    made = []
    for cell, (begin, end), own in zip(cells, heights, filled, strict=True):
        if own:
            made.append((own[1], own[3]))
            continue
        line = cell.lines[0]
        around = area_of(line[0], areas)
        if around:
            made.append((around[1], around[3]))
            continue
        text = min(one[0]["x0"] for one in cell.lines), max(one[-1]["x1"] for one in cell.lines)
        here = [one for one in areas if min(one[2], text[1]) - max(one[0], text[0]) > _SLACK]
        top = min(float(one[0]["top"]) for one in cell.lines)
        bottom = max(float(one[0]["bottom"]) for one in cell.lines)
        above = max((one[3] for one in here if one[3] <= top + _SLACK), default=begin)
        below = min((one[1] for one in here if one[1] >= bottom - _SLACK), default=end)
        made.append((max(begin, above), min(end, below)))
    return made


def widths_within(cells: Sequence[Text], filled: Sequence[Area | None], areas: Sequence[Area]) -> None:
    """Make each cell as wide as the area that it fills, or no wider than the areas beside it leave."""
    sides: list[Side] = sorted((x, top, bottom) for x0, top, x1, bottom in areas for x in (x0, x1))
    for cell, own in zip(cells, filled, strict=True):
        if own:
            cell.x0, cell.x1 = own[0], own[2]
            continue
        left = min(float(line[0]["x0"]) for line in cell.lines)
        right = max(float(line[-1]["x1"]) for line in cell.lines)
        top = min(float(line[0]["top"]) for line in cell.lines)
        bottom = max(float(line[0]["bottom"]) for line in cell.lines)
        beside = [one for one in areas if min(one[3], bottom) - max(one[1], top) > _SLACK]
        x0 = max([cell.x0, *(one[2] for one in beside if one[2] <= left + _SLACK)])
        x1 = min([cell.x1, *(one[0] for one in beside if one[0] >= right - _SLACK)])
        # Columns begin and end at one place, shaded or not.
        margin = _MARGIN * cell.lines[0][0]["size"]
        begins = [one for one in sides if left - margin < one[0] <= left + 1]
        reached = [one for one in sides if max(right - 1, x1 - margin) <= one[0] <= x1 + 1]
        cell.x0 = _nearest(begins, top, bottom) if begins else x0
        cell.x1 = _nearest(reached, top, bottom) if reached else _next_edge(cell, cells, sides, x1)


def _nearest(sides: Sequence[Side], top: float, bottom: float) -> float:
    """Return the last of some sides of areas, of those nearest from above or below: another table's may lie close."""
    away = [max(begin - bottom, top - end, 0.0) for _, begin, end in sides]
    least = min(away)
    return max(side[0] for side, far in zip(sides, away, strict=True) if far <= least + _SLACK)


def _next_edge(cell: Text, cells: Sequence[Text], sides: Sequence[Side], x1: float) -> float:
    """Return the first edge at the right of a cell, if no other text of its rows begins before it."""
    top, bottom = cell.lines[0][0]["top"], cell.lines[-1][0]["bottom"]
    edge = next((x for x, _, _ in sides if x > x1), x1)
    between = any(
        x1 - 1 <= one.lines[0][0]["x0"] < edge
        for one in cells
        if one is not cell and one.lines[0][0]["top"] < bottom and one.lines[-1][0]["bottom"] > top
    )
    return x1 if between else edge


# What stands blank between the edge of a cell and its text, in signs.
_MARGIN = 1.5
