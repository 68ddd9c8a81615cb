"""Tables without rules: cells by how their text is laid out, where their tops stand in rows and their left edges in columns.

Nothing is said of a page whose cells are not set at the top of their rows: there the lines alone do not tell what belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

Char = dict[str, Any]
_NEAR = 2.5
# What stands in one column as it is: figures, years, marks. Words may head several columns.
_FIGURE = re.compile(r"[△▲-]?\d[\d,.]*\D{0,3}")
_NARROW = re.compile(
    r"(?:約|△|▲|-|－)?\d[\d,.，．]*\D{0,4}(?:以上|以下|程度)?(?:（.{0,12}）|【.{0,12}】)?|(?:令和|平成|[HR])?(?:元|\d{1,4})年度?.{0,6}"
    r"|[-－―○×◎△▲〇／A-E]|集計中|調査中"
)


@dataclass(slots=True)
class Cell:
    """A cell: its lines from the top, and its corners as far as its neighbours leave room."""

    lines: list[list[Char]] = field(default_factory=list)
    x0: float = 0
    y0: float = 0
    x1: float = 0
    y1: float = 0

    @property
    def text_x1(self) -> float:
        """Return where its text ends at the right."""
        return max(float(char["x1"]) for line in self.lines for char in line)

    @property
    def chars(self) -> list[Char]:
        """Return all its signs."""
        return [char for line in self.lines for char in line]


def cells_without_rules(lines: Iterable[list[Char]]) -> list[Cell]:
    """Return the cells of a page's lines of signs; nothing where they are not laid out as a table."""
    runs = _runs([*lines])
    if len(runs) < 20:
        return []
    pitch = _pitch(runs)
    cells = _stacked(runs, pitch)
    if sum(sum(map(_is_figure, cell.lines)) > 2 for cell in cells) >= _MOST_STACKED:
        # Figures one below the other are rows, as close as they stand: then no lines are one text.
        cells = _stacked(runs, 0)
    if not _in_rows(cells):
        return []
    _spread(cells)
    return cells


def _runs(lines: Sequence[list[Char]]) -> list[list[Char]]:
    """Cut lines where a wide gap stands, or a narrow one before an edge at which other lines begin, too.

    A gap that a space makes is none: it stands within a text.
    """
    plain = [_without_spaces(line) for line in lines]
    plain = [line for line in plain if line]
    starts = [char for line in plain for char, gap in line if gap is None or gap > _least(char)]
    runs: list[list[Char]] = []
    for line in plain:
        run: list[Char] = []
        for char, gap in line:
            edge = sum(_level(start, char, 1.5) for start in starts)
            if run and gap is not None and (gap > _WIDE_GAP or (gap > _least(char) and edge > 2)):
                runs.append(run)
                run = []
            run.append(char)
        runs.append(run)
    return runs


# Gaps in signs: what may part two cells, and what surely does.
_GAP, _BRACKET_GAP, _WIDE_GAP = 0.35, 0.08, 1.2
_OPEN = frozenset("（【「『［〔《")


def _least(char: Char) -> float:
    """Return what gap may part two cells, in signs; a bracket that a program sets half as wide begins before its cell."""
    return _BRACKET_GAP if char["text"] in _OPEN else _GAP


def _edges(char: Char) -> tuple[float, ...]:
    """Return where the cell of a sign may begin: where the sign does, or where the ink of a wide bracket does."""
    begin = float(char["x0"])
    return (begin, begin + 0.5 * char["size"]) if char["text"] in _OPEN else (begin,)


def _level(one: Char, other: Char, slack: float) -> bool:
    """Return whether two signs may begin cells of one column."""
    return any(abs(a - b) < slack for a in _edges(one) for b in _edges(other))


def _without_spaces(line: list[Char]) -> list[tuple[Char, float | None]]:
    """Return the signs of a line, each with the gap before it in signs, as far as no space fills it; None for the first."""
    made: list[tuple[Char, float | None]] = []
    end: float | None = None
    for char in line:
        if char["text"].strip():
            gap = None if not made or end is None else (char["x0"] - end) / char["size"]
            made.append((char, gap))
        if made:
            end = max(float(char["x1"]), end or 0.0)
    return made


_MOST_STACKED = 3


def _is_figure(line: list[Char]) -> bool:
    return bool(_FIGURE.fullmatch("".join(char["text"] for char in line)))


def _pitch(runs: Sequence[list[Char]]) -> float:
    """Return the distance of the lines of one text: that of lines that begin at one edge, as the closest of them stand."""
    tops: dict[int, list[float]] = {}
    for run in runs:
        tops.setdefault(round(run[0]["x0"] / _NEAR), []).append(float(run[0]["top"]))
    size = median(float(run[0]["size"]) for run in runs)
    steps = [below - above for column in tops.values() for above, below in pairwise(sorted(column))]
    close = sorted(step for step in steps if 0.9 * size < step < 1.65 * size)
    return close[len(close) // 10] if close else 1.4 * size


def _stacked(runs: Sequence[list[Char]], pitch: float) -> list[Cell]:
    cells: list[Cell] = []
    for run in sorted(runs, key=lambda one: (one[0]["top"], one[0]["x0"])):
        above = next(
            (
                cell
                for cell in reversed(cells)
                if _level(cell.lines[0][0], run[0], _NEAR)
                and 0 < run[0]["top"] - cell.lines[-1][0]["top"] < 1.18 * pitch
            ),
            None,
        )
        if above:
            above.lines.append(run)
        else:
            cells.append(Cell([run]))
    for cell in cells:
        first = cell.lines[0][0]
        cell.x0, cell.y0 = float(first["x0"]), float(first["top"])
        cell.x1, cell.y1 = cell.text_x1, max(float(char["bottom"]) for char in cell.chars)
    return cells


def _in_rows(cells: Sequence[Cell]) -> bool:
    """Return whether cells of several lines begin where another cell of their row begins: they are set at the top."""
    tall = [cell for cell in cells if len(cell.lines) > 1]
    level = sum(any(one is not cell and abs(one.y0 - cell.y0) < 1.5 for one in cells) for cell in tall)
    middles = [(one, (one.y0 + one.y1) / 2) for one in cells]
    centred = sum(
        any(
            abs(middle - (cell.y0 + cell.y1) / 2) < 1.5 and len(one.lines) != len(cell.lines)
            for one, middle in middles
        )
        for cell in tall
    )
    return level >= 0.7 * len(tall) and (level > centred or not tall)


def _spread(cells: Sequence[Cell]) -> None:
    """Let each cell reach down to the next one in its columns, and words to the right up to the next one in their row."""
    right = max(cell.x1 for cell in cells)
    bottom = max(cell.y1 for cell in cells)
    for cell in cells:
        text = "".join(char["text"] for char in cell.chars)
        if not _NARROW.fullmatch(text):
            row = [
                one.x0
                for one in cells
                if one is not cell and abs(one.y0 - cell.y0) < 1.5 and one.x0 > cell.x0 + 1
            ]
            cell.x1 = max(cell.text_x1, min(row, default=right + 2) - 1)
    reach = []
    for cell in cells:
        if _NARROW.fullmatch("".join(char["text"] for char in cell.chars)):
            reach.append(cell.y1)
            continue
        below = [
            one.y0
            for one in cells
            if one.y0 > cell.y0 + 1.5 and min(one.x1, cell.x1) - max(one.x0, cell.x0) > 1
        ]
        reach.append(max(min(below, default=bottom + 2) - 1, cell.y1))
    for cell, y1 in zip(cells, reach, strict=True):
        cell.y1 = y1
