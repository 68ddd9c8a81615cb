"""Rows and columns of a table without rules: where the white between its cells tells them apart.

Between two texts that stand one below the other a row ends. The fewest places that part all such pairs are the ends of rows;
the same goes for columns. How cells are set within their rows (top, middle, bottom) tells how far each reaches.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, Protocol

Setting = Literal["top", "middle", "bottom"]
Rule = tuple[float, float, float]
"""A rule that lies flat: its place from the top, and where it begins and ends."""


class Extent(Protocol):
    """A text's corners."""

    x0: float
    y0: float
    x1: float
    y1: float


def set_at(cells: Sequence[Extent], lines: Sequence[int]) -> Setting | None:
    """Return how cells are set in their rows, by those of several lines that stand beside one of another number of lines."""
    votes = {"top": 0, "middle": 0, "bottom": 0}
    total = 0
    between = _between_rows(cells)
    for number, (cell, height) in enumerate(zip(cells, lines, strict=True)):
        beside = [
            (one, count)
            for one, count in zip(cells, lines, strict=True)
            if one is not cell and min(one.y1, cell.y1) - max(one.y0, cell.y0) > _LEVEL
        ]
        others = [one for one, count in beside if count != height] if height > 1 else []
        at_top = any(abs(one.y0 - cell.y0) < _LEVEL for one in others)
        at_bottom = any(abs(one.y1 - cell.y1) < _LEVEL for one in others)
        amid = any(abs(one.y0 + one.y1 - cell.y0 - cell.y1) < 2 * _LEVEL for one in others)
        # One that begins and ends with none of those beside it is in the middle of several rows.
        apart = number in between or (bool(beside) and not any(_are_level(cell, one) for one, _ in beside))
        votes["top"] += at_top
        votes["bottom"] += at_bottom
        votes["middle"] += amid or apart
        total += height > 1 or apart
    best: Setting = max(("top", "middle", "bottom"), key=lambda one: votes[one])
    return best if not total or votes[best] >= _MOST * total else None


def _are_level(one: Extent, other: Extent) -> bool:
    return abs(one.y0 - other.y0) < _LEVEL or abs(one.y1 - other.y1) < _LEVEL


_LEVEL = 1.3
_MOST = 0.4


def _between_rows(cells: Sequence[Extent]) -> set[int]:
    """Return which texts, by number, stand in the middle of two at their right that are too close for a row between them."""
    pairs = []
    for cell in cells:
        below = [one for one in cells if one.y0 > cell.y0 and min(one.x1, cell.x1) - max(one.x0, cell.x0) > 1]
        if below:
            pairs.append((cell, min(below, key=lambda one: one.y0)))
    steps = sorted(below.y0 - above.y0 for above, below in pairs)
    if not steps:
        return set()
    most = 1.6 * steps[len(steps) // 5]
    return {
        number
        for number, cell in enumerate(cells)
        if any(
            above.x0 > cell.x1
            and below.y0 - above.y0 < most
            and abs(above.y0 + below.y0 - 2 * cell.y0) < 2 * _LEVEL
            for above, below in pairs
        )
    }


def shared_gaps(gaps: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the white that gaps share, for the fewest places that part what each gap lies between.

    >>> shared_gaps([(10, 12), (9, 14), (22, 24), (10, 30)])
    [(10, 12), (22, 24)]
    """
    found: list[tuple[float, float]] = []
    known = sorted(gaps, key=lambda gap: gap[1])
    last = float("-inf")
    for begin, end in known:
        if begin <= last <= end:
            continue
        last = end
        found.append((max(one[0] for one in known if one[0] <= end <= one[1]), end))
    return found


def row_ends(cells: Sequence[Extent], setting: Setting) -> list[float]:
    """Return where rows begin and end, from what stands one below the other, and from white across the whole page."""
    gaps = []
    for cell in cells:
        below = [
            one.y0
            for one in cells
            if one.y0 >= cell.y1 - _TOUCH and min(one.x1, cell.x1) - max(one.x0, cell.x0) > 1
        ]
        if below:
            gaps.append((cell.y1 - _TOUCH, min(below) + _TOUCH))
    bottom = float("-inf")
    for cell in sorted(cells, key=lambda one: one.y0):
        if bottom < cell.y0 - _TOUCH and bottom > 0:
            gaps.append((bottom, cell.y0))
        bottom = max(bottom, cell.y1)
    ends = [_least_crossed(begin, end, cells, setting) for begin, end in shared_gaps(gaps)]
    return [min(cell.y0 for cell in cells) - 2, *ends, bottom + 2]


_TOUCH = 0.5


def _least_crossed(begin: float, end: float, cells: Sequence[Extent], setting: Setting) -> float:
    """Return the place in the white of a gap that the fewest texts beside it cross."""
    marks = {begin, end, *(y for cell in cells for y in (cell.y0, cell.y1) if begin < y < end)}
    spots = [(above + below) / 2 for above, below in pairwise(sorted(marks))] or [end]
    wanted = {"top": end, "bottom": begin, "middle": (begin + end) / 2}[setting]
    return min(spots, key=lambda spot: (sum(cell.y0 < spot < cell.y1 for cell in cells), abs(spot - wanted)))


def touched(cells: Sequence[Extent], ends: Sequence[float]) -> list[tuple[int, int]]:
    """Return the first and the last row that each cell's text touches; row ``n`` lies between ``ends[n]`` and the next one."""
    last_row = len(ends) - 2
    made = []
    for cell in cells:
        first = min(max(bisect_right(ends, cell.y0 + _INSIDE) - 1, 0), last_row)
        made.append((first, min(max(bisect_right(ends, cell.y1 - _INSIDE) - 1, first), last_row)))
    return made


_INSIDE = 1.5


def own_rows(cells: Sequence[Extent], ends: Sequence[float]) -> list[tuple[float, float]]:
    """Return where the rows that each cell's text touches begin and end."""
    return [(ends[first], ends[last + 1]) for first, last in touched(cells, ends)]


def reach(
    cells: Sequence[Extent],
    narrow: Sequence[bool],
    setting: Setting,
    ends: Sequence[float],
    goes_on: bool = False,
    years: Sequence[bool] = (),
) -> list[tuple[float, float]]:
    """Return from where to where each cell reaches downwards; ``narrow`` ones fill just the rows that their text touches.

    ``goes_on``: the first rows may be of cells that stand on the page before. ``years`` are those cells that head figures.
    """
    found: dict[int, tuple[float, float]] = {}
    rows = touched(cells, ends)
    # A cell at the bottom of the first row would reach over the titles above it.
    top = ends[_first_row(rows)] if setting == "bottom" and not goes_on else ends[0]
    beginnings = _beginnings(cells, setting)
    order = sorted(range(len(cells)), key=lambda one: cells[one].y0, reverse=setting == "bottom")
    for number in order:
        cell = cells[number]
        first, last = rows[number]
        own = ends[first], ends[last + 1]
        if narrow[number]:
            found[number] = own
            continue
        same = [
            n
            for n, one in enumerate(cells)
            if n != number and min(one.x1, cell.x1) - max(one.x0, cell.x0) > 1
        ]
        above = max((n for n in same if rows[n][1] < first), key=lambda n: cells[n].y1, default=None)
        begin = (
            min(top, own[0])
            if above is None
            else found[above][1]
            if above in found
            else ends[rows[above][1] + 1]
        )
        below = min((n for n in same if rows[n][0] > last), key=lambda n: cells[n].y0, default=None)
        limit = ends[-1] if below is None else found[below][0] if below in found else ends[rows[below][0]]
        free = min(begin, own[0]), max(limit, own[1])
        alone = _not_others(cell, beginnings, own, free, ends)
        first_here = above is None and goes_on
        if years and setting == "bottom" and first and _is_below_years(number, cells, rows, narrow, years):
            # What stands above it in its column is the empty corner of the table.
            alone = own
        found[number] = _reach(cell, setting, own, alone, ends, first_here)
        if setting == "middle" and not _is_centred(cell, found[number]):
            # In the middle of no rows of its own it is one beside several rows of others: 評価 beside years.
            found[number] = _reach(cell, setting, own, free, ends, first_here)
    return [found[number] for number in range(len(cells))]


def _first_row(rows: Sequence[tuple[int, int]]) -> int:
    """Return the first row of a page that holds more than one text: above it stand titles."""
    held = Counter(row for first, last in rows for row in range(first, last + 1))
    return next((row for row in sorted(held) if held[row] > 1), 0)


def _is_below_years(
    number: int,
    cells: Sequence[Extent],
    rows: Sequence[tuple[int, int]],
    narrow: Sequence[bool],
    years: Sequence[bool],
) -> bool:
    """Return whether a cell stands beside figures, and above its row nothing but the years of these at its right."""
    first, last = rows[number]
    right = [n for n, one in enumerate(cells) if one.x0 >= cells[number].x1 - 1]
    beside = [n for n in right if rows[n][0] <= last and rows[n][1] >= first]
    over = [n for n in right if rows[n][0] <= first - 1 <= rows[n][1]]
    return (
        len(over) > 1
        and all(years[n] for n in over)
        and bool(beside)
        and all(narrow[n] and not years[n] for n in beside)
    )


def _line(cell: Extent, setting: Setting) -> float:
    """Return the line on which a text stands level with others of its row."""
    return {"top": cell.y0, "middle": (cell.y0 + cell.y1) / 2, "bottom": cell.y1}[setting]


def _beginnings(cells: Sequence[Extent], setting: Setting) -> list[Extent]:
    """Return the cells that stand level with another one at their right: rows begin with them, or go on."""
    in_order = sorted(cells, key=lambda one: _line(one, setting))
    lines = [_line(one, setting) for one in in_order]
    made = []
    for cell, line in zip(in_order, lines, strict=True):
        level = in_order[bisect_left(lines, line - _LEVEL) : bisect_right(lines, line + _LEVEL)]
        if any(other is not cell and other.x0 > cell.x1 for other in level):
            made.append(cell)
    return made


def _not_others(
    cell: Extent,
    beginnings: Sequence[Extent],
    own: tuple[float, float],
    free: tuple[float, float],
    ends: Sequence[float],
) -> tuple[float, float]:
    """Return the part of what is free to a cell that holds no row of others: one that begins at the left of it."""
    rows = [
        one
        for one in beginnings
        if one.x1 <= cell.x0 + 1 and not (one.y0 < own[1] - _INSIDE and one.y1 > own[0] + _INSIDE)
    ]
    # Their rows end where the white below them does, not with their texts.
    above = max((one.y1 for one in rows if one.y1 <= own[0] + _INSIDE), default=free[0])
    above = min((end for end in ends if end >= above - _INSIDE), default=above)
    below = min((one.y0 for one in rows if one.y0 >= own[1] - _INSIDE), default=free[1])
    below = max((end for end in ends if end <= below + _INSIDE), default=below)
    return max(free[0], min(above, own[0])), min(free[1], max(below, own[1]))


def _reach(
    cell: Extent,
    setting: Setting,
    own: tuple[float, float],
    free: tuple[float, float],
    ends: Sequence[float],
    first: bool,
) -> tuple[float, float]:
    """Return the rows of a cell between those that its text touches and those that its neighbours leave it.

    Above the ``first`` one of a column rows may be left that belong to a cell on the page before.
    """
    if setting == "top":
        return own[0], free[1]
    if setting == "bottom":
        return free[0], own[1]
    middle = cell.y0 + cell.y1
    tops = [end for end in ends if free[0] - 1 <= end <= own[0] + 1]
    pairs = [
        (above, below)
        for above in tops
        for below in ends
        if own[1] - 1 <= below <= free[1] + 1 and _is_centred(cell, (above, below))
    ]
    if first:
        return min(
            pairs, key=lambda pair: (abs(sum(pair) - middle) > _CENTRED, pair[1] - pair[0]), default=own
        )
    # One that begins where the cell above ends leaves no row to nobody; else the fewest rows.
    return min(pairs, key=lambda pair: (abs(pair[0] - free[0]) > 1, pair[1] - pair[0]), default=own)


_CENTRED = 3.2


def _is_centred(cell: Extent, reach: tuple[float, float]) -> bool:
    return abs(sum(reach) - cell.y0 - cell.y1) < 2 * _CENTRED


def between_rules(cells: Sequence[Extent], rules: Sequence[Rule]) -> list[tuple[float, float]]:
    """Return from where to where each cell reaches downwards, where flat rules part the rows."""
    made = []
    for cell in cells:
        x, y = (cell.x0 + cell.x1) / 2, (cell.y0 + cell.y1) / 2
        here = [at for at, x0, x1 in rules if x0 - 1 <= x <= x1 + 1]
        above = max((at for at in here if at <= y), default=cell.y0)
        below = min((at for at in here if at > y), default=cell.y1)
        made.append((above, below))
    return made
