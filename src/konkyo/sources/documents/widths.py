"""How wide the cells of a table without rules are: a heading reaches over the columns of what stands below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from konkyo.sources.documents.bands import Extent, column_ends


def widen(
    cells: Sequence[Extent], rows: Sequence[tuple[int, int]], years: Sequence[bool], narrow: Sequence[bool]
) -> None:
    """Let words and years reach to their neighbours in their rows; figures and marks stay as wide as they are.

    ``rows`` are the first and the last row of each cell.
    """
    texts = [(cell.x0, cell.x1) for cell in cells]
    by_row: dict[int, list[int]] = defaultdict(list)
    for number, (first, last) in enumerate(rows):
        for row in range(first, last + 1):
            by_row[row].append(number)
    ends = column_ends([cells[one] for one in row] for row in by_row.values())
    left_end, right_end = min(x0 for x0, _ in texts) - 1, max(x1 for _, x1 in texts) + 1
    wide: dict[int, tuple[float, float]] = {}
    for number, (x0, x1) in enumerate(texts):
        beside = {one for row in range(rows[number][0], rows[number][1] + 1) for one in by_row[row]} - {
            number
        }
        before = max((texts[one][1] for one in beside if texts[one][1] <= x0 + 1), default=left_end)
        after_at = min(
            (one for one in beside if texts[one][0] >= x1 - 1), key=lambda one: texts[one][0], default=None
        )
        after = right_end if after_at is None else texts[after_at][0]
        edge = _edge(number, texts)
        if years[number]:
            begin = x0 if edge == "left" else _end_in(before, x0, ends, x0 - (x0 - before) / 2)
            follows_left = after_at is not None and _edge(after_at, texts) == "left"
            end = after - 1 if follows_left else _end_in(x1, after, ends, (x1 + after) / 2)
            wide[number] = begin, right_end if after_at is None else end
        elif not narrow[number]:
            half = min((x0 + x1) / 2 - before, after - (x0 + x1) / 2) - 1
            if edge == "left":
                wide[number] = x0, max(after - 1, x1)
            elif edge == "right":
                wide[number] = min(before + 1, x0), x1
            else:
                middle = (x0 + x1) / 2
                wide[number] = min(middle - half, x0), max(middle + half, x1)
    _part(wide, rows, by_row, years)
    for number, (x0, x1) in wide.items():
        cells[number].x0, cells[number].x1 = x0, x1


def _edge(number: int, texts: Sequence[tuple[float, float]]) -> str:
    """Return which edge of a text most others of another width share: left, right, or neither where it is centred."""
    x0, x1 = texts[number]
    counts = {"left": 0, "middle": 0, "right": 0}
    for other, (left, right) in enumerate(texts):
        if other == number or abs((right - left) - (x1 - x0)) < _SAME:
            continue
        counts["left"] += abs(left - x0) < _SAME
        counts["right"] += abs(right - x1) < _SAME
        counts["middle"] += abs(left + right - x0 - x1) < 2 * _SAME
    best = max(counts, key=lambda one: counts[one])
    return best if counts[best] else "left"


_SAME = 0.8


def _end_in(begin: float, end: float, ends: Sequence[float], wanted: float) -> float:
    """Return the end of a column between two places that is nearest to the one wanted, else the one wanted."""
    return min(
        (one for one in ends if begin <= one <= end), key=lambda one: abs(one - wanted), default=wanted
    )


def _part(
    wide: dict[int, tuple[float, float]],
    rows: Sequence[tuple[int, int]],
    by_row: dict[int, list[int]],
    years: Sequence[bool],
) -> None:
    """Let no two cells of one row overlap: words end where years begin, others in the middle."""
    for members in by_row.values():
        row = sorted((one for one in members if one in wide), key=lambda one: wide[one][0] + wide[one][1])
        for left, right in pairwise(row):
            (a0, a1), (b0, b1) = wide[left], wide[right]
            if a1 <= b0:
                continue
            at = (
                b0
                if years[right] and not years[left]
                else a1
                if years[left] and not years[right]
                else (a1 + b0) / 2
            )
            wide[left], wide[right] = (a0, at - 0.5), (at + 0.5, b1)
