"""How wide the cells of a table without rules are: a heading reaches over the columns of what stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from konkyo.sources.documents.bands import Extent, shared_gaps


def widen(
    cells: Sequence[Extent],
    texts: Sequence[tuple[float, float]],
    heights: Sequence[tuple[float, float]],
    years: Sequence[bool],
    narrow: Sequence[bool],
    full: Sequence[float],
) -> None:
    """Let words and years reach to their neighbours in their rows; figures and marks stay as wide as they are.

    ``texts`` are where their texts begin and end; ``heights`` say from where to where each cell reaches downwards; ``full``
    where each column ends at the latest, as a text tells that has filled its lines.
    """
    near = [
        [
            n
            for n, (top, bottom) in enumerate(heights)
            if n != one and min(bottom, y1) - max(top, y0) > _SHARED
        ]
        for one, (y0, y1) in enumerate(heights)
    ]
    ends, edges = (
        _column_ends(texts, near),
        _edges(texts, [a and not b for a, b in zip(narrow, years, strict=True)]),
    )
    at_right = _set_right(texts, years, narrow)
    words = [text for (text, _), mark in zip(texts, narrow, strict=True) if not mark]
    left_end, right_end = min(x0 for x0, _ in texts) - 1, max(x1 for _, x1 in texts) + 1
    wide: dict[int, tuple[float, float]] = {}
    for number, (x0, x1) in enumerate(texts):
        beside = near[number]
        before = max((texts[one][1] for one in beside if texts[one][1] <= x0 + 1), default=left_end)
        after_at = min(
            (one for one in beside if texts[one][0] >= x1 - 1), key=lambda one: texts[one][0], default=None
        )
        after = right_end if after_at is None else texts[after_at][0]
        edge = edges[number]
        if years[number]:
            if at_right[number]:
                # Its column begins where words do, if any, behind the end of the one before it.
                left = _end_in(before, x0, ends, x0)
                begin = max((one - 0.5 for one in words if left <= one <= x0), default=left)
            else:
                begin = x0 if edge == "left" else _end_in(before, x0, ends, x0 - (x0 - before) / 2)
            if after_at is not None and at_right[after_at]:
                end = _end_in(x1, after, ends, after)
            else:
                follows_left = after_at is not None and edges[after_at] == "left"
                end = after - 1 if follows_left else _end_in(x1, after, ends, (x1 + after) / 2)
            wide[number] = begin, right_end if after_at is None else end
        elif not narrow[number]:
            half = min((x0 + x1) / 2 - before, min(after, full[number]) - (x0 + x1) / 2) - 1
            if edge == "left":
                # Where figures stand at the right of their columns, a name before them ends with its own column.
                figure = after_at is not None and narrow[after_at] and not years[after_at]
                column = min((one - 1 for one in words if x1 < one < after), default=after)
                end = min(_end_in(x1, after, ends, x1), column) if figure else after - 1
                wide[number] = x0, max(min(end, full[number]), x1)
            elif edge == "right":
                wide[number] = min(before + 1, x0), x1
            else:
                middle = (x0 + x1) / 2
                wide[number] = min(middle - half, x0), max(middle + half, x1)
    _part(wide, near, years)
    for number, (x0, x1) in wide.items():
        cells[number].x0, cells[number].x1 = x0, x1


def _column_ends(texts: Sequence[tuple[float, float]], near: Sequence[Sequence[int]]) -> list[float]:
    """Return where columns end, from what stands side by side."""
    gaps = []
    for (_, end), beside in zip(texts, near, strict=True):
        after = min((texts[one][0] for one in beside if texts[one][0] >= end - 1), default=None)
        if after is not None and after > end:
            gaps.append((end, after))
    return [(begin + end) / 2 for begin, end in shared_gaps(gaps)]


def _edges(texts: Sequence[tuple[float, float]], figures: Sequence[bool]) -> list[str]:
    """Return which edge of each text most others of another width share: left, right, or middle where it is centred.

    Figures tell nothing of words.

    One is as most of the page are, unless it shares another edge and not that one.
    """
    counts = [_shared(number, texts, figures) for number in range(len(texts))]
    total = {name: sum(one[name] for one in counts) for name in ("left", "middle", "right")}
    usual = max(total, key=lambda name: total[name])
    made = []
    for one in counts:
        best = max(one, key=lambda name: one[name])
        made.append(best if one[best] >= _ENOUGH[best] and not one[usual] else usual)
    return made


def _set_right(
    texts: Sequence[tuple[float, float]], years: Sequence[bool], narrow: Sequence[bool]
) -> list[bool]:
    """Return which years end where figures of another width do, and begin where none does: they are set at the right of their columns.

    What is set at the left beside such figures, 集計中, begins left of its year.
    """
    figures = [text for text, year, mark in zip(texts, years, narrow, strict=True) if mark and not year]
    made = []
    for (x0, x1), year in zip(texts, years, strict=True):
        others = [one for one in figures if abs(one[1] - one[0] - x1 + x0) >= _SAME] if year else []
        made.append(
            any(abs(right - x1) < _SAME for _, right in others)
            and not any(abs(left - x0) < _SAME for left, _ in figures)
        )
    return made


def _shared(number: int, texts: Sequence[tuple[float, float]], figures: Sequence[bool]) -> dict[str, int]:
    """Return how many others of another width share each edge of a text."""
    x0, x1 = texts[number]
    counts = {"left": 0, "middle": 0, "right": 0}
    for other, (left, right) in enumerate(texts):
        if other == number or figures[other] or abs((right - left) - (x1 - x0)) < _SAME:
            continue
        counts["left"] += abs(left - x0) < _SAME
        counts["right"] += abs(right - x1) < _SAME
        counts["middle"] += abs(left + right - x0 - x1) < 2 * _SAME
    return counts


# Words at the right of their cells are rare; that a few end at one place is chance.
_ENOUGH = {"left": 2, "middle": 2, "right": 4}
_SAME = 0.8
# Two cells share a row where this much of their heights is common.
_SHARED = 3.0


def _end_in(begin: float, end: float, ends: Sequence[float], wanted: float) -> float:
    """Return the end of a column between two places that is nearest to the one wanted, else the one wanted."""
    return min(
        (one for one in ends if begin <= one <= end), key=lambda one: abs(one - wanted), default=wanted
    )


def _part(wide: dict[int, tuple[float, float]], near: Sequence[Sequence[int]], years: Sequence[bool]) -> None:
    """Let no two cells of one row overlap: words end where years begin, others in the middle."""
    for left in sorted(wide, key=lambda one: wide[one][0] + wide[one][1]):
        for right in near[left]:
            if right not in wide or sum(wide[right]) <= sum(wide[left]):
                continue
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
