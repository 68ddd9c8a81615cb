"""Tables without rules: cells by how their text is laid out, in rows and columns that the white between them tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from math import inf
from statistics import median

from konkyo.sources.documents.bands import (
    Rule,
    Setting,
    between_rules,
    own_rows,
    reach,
    row_ends,
    set_at,
)
from konkyo.sources.documents.lines import Char
from konkyo.sources.documents.page_breaks import leaves_open
from konkyo.sources.documents.shades import (
    Area,
    area_of,
    cut_at_edges,
    edges_of,
    heights_within,
    own_areas,
    texts_in,
    widths_within,
    with_edges,
)
from konkyo.sources.documents.tight import tight_rows
from konkyo.sources.documents.widths import widen

_NEAR = 2.5
# What stands in one column as it is: figures, years, marks. Words may head several columns.
_FIGURE = re.compile(r"[△▲-]?\d[\d,.]*\D{0,3}")
_NARROW = re.compile(
    r"(?:約|△|▲|-|－)?\d[\d,.，．]*\D{0,4}(?:以上|以下|程度)?(?:（.{0,12}）|【.{0,12}】)?|(?:令和|平成|[HR])?(?:元|\d{1,4})年度?.{0,6}"
    r"|[-－―○×◎△▲〇／]|[A-ZＡ-Ｚ](?:[-－][0-9０-９])?|集計中|調査中"
)
_BRACKETED = re.compile(r"[（(](?!※|[0-9０-９一-十ア-ン]{1,2}[）)])[^（(]*[）)]")
_YEAR = re.compile(r"(?:令和|平成|[HR])?(?:元|\d{1,4})年度?.{0,8}")


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
    def text(self) -> str:
        """Return its text without spaces and line breaks."""
        return "".join(char["text"] for char in self.chars).replace(" ", "").replace("\u3000", "")

    @property
    def chars(self) -> list[Char]:
        """Return all its signs."""
        return [char for line in self.lines for char in line]


def cells_without_rules(
    lines: Iterable[list[Char]],
    rules: Sequence[Rule] = (),
    goes_on: bool = False,
    areas: Sequence[Area] = (),
) -> list[Cell]:
    """Return the cells of a page's lines of signs; nothing where they are not laid out as a table.

    ``rules`` are those that lie flat: where a page has them, they part its rows. ``goes_on``: the page before has such a table,
    of which this one may hold a few rows. ``areas`` are those of colour, on a page where nothing else parts its cells.
    """
    runs = _runs(cut_at_edges(lines, areas) if areas else [*lines])
    # What compares each cell with each other takes long where there are thousands: no sheet has such a page.
    if not (_FEWEST_GOING_ON if goes_on else _FEWEST) <= len(runs) <= _MOST:
        return []
    pitch = _pitch(runs)
    if areas and _tell_rows(runs, areas):
        return _by_areas(runs, pitch, areas, goes_on)
    rules = rules if _part_rows(runs, pitch, rules) else ()
    if not rules and (tight := tight_rows(runs, pitch, lambda text: bool(_NARROW.fullmatch(text)))):
        lines_of, ends = tight
        return _laid_out(list(map(_cell, lines_of)), "top", ends, goes_on=goes_on)
    cells = _stacked_by(runs, pitch, rules)
    setting = set_at(cells, [len(cell.lines) for cell in cells])
    if not rules and setting is None:
        return []
    setting = setting or "middle"
    return _laid_out(cells, setting, row_ends(cells, setting), rules, goes_on=goes_on)


def _is_numbered(line: Sequence[Char]) -> bool:
    """Return whether a line is a number and a name that white sets off, and no figure with its unit: 1 輸出の額."""
    signs = [char for char in line if char["text"].strip()]
    digits = sum(1 for _ in takewhile(lambda char: char["text"].isdigit(), signs))
    if not 0 < digits < 3 or len(signs) < digits + _SHORTEST_NAME:
        return False
    return bool(signs[digits]["x0"] - signs[digits - 1]["x1"] > 0.15 * signs[digits]["size"])


_SHORTEST_NAME = 3


def _stacked_by(runs: Sequence[list[Char]], pitch: float, rules: Sequence[Rule]) -> list[Cell]:
    """Join the lines of each cell, but where figures stand one below the other."""
    cells = _stacked(runs, pitch, rules)
    if sum(sum(map(_is_figure, cell.lines)) > 2 for cell in cells) >= _MOST_STACKED:
        # Figures one below the other are rows, as close as they stand: then no lines are one text.
        cells = _stacked(runs, 0, rules)
    return cells


def _tell_rows(runs: Sequence[list[Char]], areas: Sequence[Area]) -> bool:
    """Return whether enough texts stand in areas of colour for these to tell the rows of a page."""
    within = [area for run in runs if (area := area_of(run[0], areas))]
    return len(set(within)) > 1 and len(within) > _LEAST_WITHIN * len(runs)


_LEAST_WITHIN = 0.2


def _by_areas(runs: Sequence[list[Char]], pitch: float, areas: Sequence[Area], goes_on: bool) -> list[Cell]:
    """Return the cells of a page whose rows or cells areas of colour tell apart."""
    held, others = texts_in(runs, areas)
    beside = _stacked_by(others, pitch, edges_of(areas)) if others else []
    cells = [*(_cell(sorted(lines, key=_from_top)) for lines in held.values()), *beside]
    setting = set_at(cells, [len(cell.lines) for cell in cells]) or "middle"
    ends = with_edges(row_ends(cells, setting), areas, cells)
    return _laid_out(cells, setting, ends, (), areas, [*held], goes_on=goes_on)


def _from_top(run: list[Char]) -> tuple[float, float]:
    return run[0]["top"], run[0]["x0"]


def _laid_out(
    cells: list[Cell],
    setting: Setting,
    ends: Sequence[float],
    rules: Sequence[Rule] = (),
    areas: Sequence[Area] = (),
    held: Sequence[Area] = (),
    *,
    goes_on: bool = False,
) -> list[Cell]:
    """Return cells with their corners as far as their neighbours leave room; ``ends`` are where rows begin and end.

    ``held`` are the ``areas`` of colour that a cell fills; ``goes_on``: the first rows may be of cells of the page before.
    """
    filled = own_areas(cells, held)
    narrow = [bool(_NARROW.fullmatch(cell.text)) and not _is_numbered(cell.lines[0]) for cell in cells]
    years = [bool(_YEAR.fullmatch(cell.text)) for cell in cells]
    texts = [(cell.x0, cell.x1) for cell in cells]
    full = list(map(_full_at, cells))
    if rules:
        heights = between_rules(cells, rules)
    else:
        heights = (
            reach(cells, narrow, setting, ends, goes_on, years)
            if setting == "middle"
            else own_rows(cells, ends)
        )
        heights = heights_within(cells, heights, filled, areas) if areas else heights
    for _ in range(1 if rules else 2):
        widen(cells, texts, heights, years, narrow, full)
        if areas:
            widths_within(cells, filled, areas)
        # As wide as their columns, cells tell better which ones stand above and below each other.
        heights = heights if rules else reach(cells, narrow, setting, ends, goes_on, years)
        heights = heights_within(cells, heights, filled, areas) if areas else heights
    for cell, (y0, y1) in zip(cells, heights, strict=True):
        cell.y0, cell.y1 = y0 + 0.5, y1 - 0.5
    return cells


def _full_at(cell: Cell) -> float:
    """Return where a column ends at the latest: its text has filled a line, where it breaks within brackets or twice at one place."""
    size = cell.lines[0][0]["size"]
    filled = [line[-1]["x1"] > cell.text_x1 - size for line in cell.lines[:-1]]
    texts = [
        "".join(char["text"] for line in cell.lines[:end] for char in line)
        for end in range(1, len(cell.lines))
    ]
    within = any(one and leaves_open(text) for one, text in zip(filled, texts, strict=True))
    return cell.text_x1 + 0.5 * size if within or sum(filled) > 1 else inf


_FEWEST, _FEWEST_GOING_ON, _MOST = 20, 6, 3000


def _part_rows(runs: Sequence[list[Char]], pitch: float, rules: Sequence[Rule]) -> bool:
    """Return whether a page's flat rules close its rows: one lies wherever the white between its texts ends a row.

    They must lie above and below most texts: the edges of a shaded column do not.
    """
    cells = _stacked(runs, pitch, ()) if rules else []
    ends = row_ends(cells, "middle")[1:-1] if cells else []
    parted = sum(any(abs(at - end) < _BESIDE for at, _, _ in rules) for end in ends)
    closed = 0
    for cell in cells:
        here = [at for at, x0, x1 in rules if x0 - 1 <= (cell.x0 + cell.x1) / 2 <= x1 + 1]
        closed += any(at <= cell.y0 + 2 for at in here) and any(at >= cell.y1 - 2 for at in here)
    return bool(ends) and parted >= _MOST_PARTED * len(ends) and closed >= _MOST_PARTED * len(cells)


_BESIDE = 6
_MOST_PARTED = 0.7


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
            if (
                run
                and gap is not None
                and (gap > _WIDE_GAP or (gap > _least(char) and _is_edge(char, starts)))
            ):
                runs.append(run)
                run = []
            run.append(char)
        runs.append(run)
    return runs


def _is_edge(char: Char, starts: Sequence[Char]) -> bool:
    """Return whether other lines begin where a sign stands."""
    return sum(_level(start, char, 1.5) for start in starts) > 2


# Gaps in signs: what may part two cells, and what surely does.
_GAP, _BRACKET_GAP, _WIDE_GAP = 0.35, 0.08, 0.8
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
    """Return the distance of the lines of one text: that of lines of the usual size that begin at one edge, as the closest of them stand.

    One that stands alone may be chance.
    """
    size = median(float(run[0]["size"]) for run in runs)
    tops: dict[int, list[float]] = {}
    for run in runs:
        if abs(run[0]["size"] - size) < _USUAL * size:
            tops.setdefault(round(run[0]["x0"] / _NEAR), []).append(float(run[0]["top"]))
    steps = [below - above for column in tops.values() for above, below in pairwise(sorted(column))]
    close = sorted(step for step in steps if 0.9 * size < step < 1.65 * size)
    for one, other in pairwise(close):
        if other - one < _SAME_STEP * size:
            return other
    return close[len(close) // 10] if close else 1.4 * size


_USUAL, _SAME_STEP = 0.05, 0.02


def _stacked(runs: Sequence[list[Char]], pitch: float, rules: Sequence[Rule]) -> list[Cell]:
    """Join the lines of each cell: as close as lines of one text stand, with an edge or the middle in common."""
    cells: list[Cell] = []
    for run in sorted(runs, key=_from_top):
        aside = _is_aside(run, runs)
        above = next(
            (
                cell
                for cell in reversed(cells)
                if 0 < run[0]["top"] - cell.lines[-1][0]["top"] < _farthest(cell, aside) * pitch
                and _in_line(cell, run)
                and not _parted(cell.lines[-1], run, rules)
            ),
            None,
        )
        if above:
            above.lines.append(run)
        else:
            cells.append(Cell([run]))
    return [_cell(cell.lines) for cell in cells]


def _farthest(cell: Cell, aside: bool) -> float:
    """Return how far below its last line a cell's next one stands at most, in lines."""
    return 2.1 if aside and len(cell.lines) > 1 and not _NARROW.fullmatch(cell.text) else 1.18


def _is_aside(run: list[Char], runs: Sequence[list[Char]]) -> bool:
    """Return whether a line stands in brackets and level with no other: it says more of what stands above it, though a line be blank."""
    text = "".join(char["text"] for char in run)
    return bool(_BRACKETED.fullmatch(text)) and not any(
        one is not run and abs(one[0]["top"] - run[0]["top"]) < _SAME_LINE * run[0]["size"] for one in runs
    )


_SAME_LINE = 0.3


def _cell(lines: list[list[Char]]) -> Cell:
    """Return a cell with the corners of its text."""
    cell = Cell(lines)
    cell.x0, cell.x1 = min(float(line[0]["x0"]) for line in lines), cell.text_x1
    cell.y0 = min(float(char["top"]) for char in cell.chars)
    cell.y1 = max(float(char["bottom"]) for char in cell.chars)
    return cell


def _in_line(cell: Cell, run: list[Char]) -> bool:
    """Return whether a run stands below a cell's lines as the next one of them: at its left, at its right or in its middle."""
    x0, x1 = min(float(line[0]["x0"]) for line in cell.lines), cell.text_x1
    middle = abs(x0 + x1 - run[0]["x0"] - run[-1]["x1"]) < 2 * _NEAR
    return _level(cell.lines[0][0], run[0], _NEAR) or abs(x1 - run[-1]["x1"]) < _NEAR or middle


def _parted(line: list[Char], run: list[Char], rules: Sequence[Rule]) -> bool:
    """Return whether a rule lies between two lines."""
    x, above, below = run[0]["x0"] + 1, line[0]["top"], run[0]["bottom"]
    return any(x0 <= x <= x1 and above + 2 < at < below - 2 for at, x0, x1 in rules)
