"""PDF files: the cells of ruled tables, and the runs of text outside of them.

pdfplumber finds the rules. A sign belongs to the cell that its middle lies in: many files were printed from Excel, and one
run of text may span several cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from math import inf
from typing import Any

from konkyo.common.name_form import plain_signs
from konkyo.sources.documents import Box
from konkyo.sources.documents.clips import signs
from konkyo.sources.documents.lines import Char, joined, lines_of, runs_of, text_of
from konkyo.sources.documents.page_breaks import SHORT, closes, reaching_over_pages, with_rests
from konkyo.sources.documents.prints import (
    Line,
    close_gaps,
    heads_of_tables,
    repeated_lines,
    repeated_rows,
    texts_of,
)
from konkyo.sources.documents.rules import edges, flat_rules, is_dashed, is_edge_of_shade, is_shaded
from konkyo.sources.documents.shades import areas_of
from konkyo.sources.documents.unruled import cells_without_rules

MAX_PAGES = 300
Corners = tuple[float, float, float, float]
Point = tuple[float, float]
# A box at the end of a page, whether no rule closes it there, and whether it surely goes on; one at the top of a page,
# whether it goes on whatever rules say, and whether rules tell that it may.
_Cut = tuple[Box, bool, bool]
_SETTINGS = {"snap_tolerance": 2, "join_tolerance": 2, "intersection_tolerance": 3}


def read_pdf(data: bytes) -> tuple[list[Box], list[str], list[str]]:
    """Return the boxes, the page numbers, and notes on what was left out. Raises what pdfplumber raises."""
    import pdfplumber

    boxes: list[Box] = []
    notes: list[str] = []
    below = 0.0
    open_cells: list[_Cut] = []
    first: list[Box] = []
    heads: list[list[Box]] = []
    lines: list[Line] = []
    with pdfplumber.open(BytesIO(data)) as file:
        total = len(file.pages)
        if total > MAX_PAGES:
            notes.append(f"{total}ページのうち、初めの{MAX_PAGES}ページだけを読みました。")
        pages = file.pages[:MAX_PAGES]
        for number, page in enumerate(pages, start=1):
            made, cut_above, cut_below, again = _page(
                page, number, below, [first, *heads], bool(boxes) and boxes[-1].aligned, lines
            )
            first = first or made
            heads += heads_of_tables(made, number > 1)
            if again:
                notes.append(
                    f"{number}ページの初めの行は、前のページの初めか表の初めと同じです（繰り返しの印刷）。"
                )
            boxes, wholes = _joined_over_pages(boxes, open_cells, made, cut_above)
            open_cells = [(wholes.get(box, box), is_open, hung) for box, is_open, hung in cut_below]
            below += float(page.height)
            page.close()  # what it has parsed is forgotten, or a long file fills the memory
    boxes = reaching_over_pages(with_rests([box for box in boxes if box.text]))
    return boxes, [str(number) for number in range(1, len(pages) + 1)], notes


def _page(
    page: Any,
    number: int,
    below: float,
    heads: Sequence[Sequence[Box]],
    goes_on: bool,
    before: list[Line],
) -> tuple[list[Box], list[_Cut], list[_Cut], bool]:
    """Return the boxes of a page that begins ``below`` points from the top of the document; ``goes_on``: after a table without rules.

    Beside them: those of its first row and of its last row that may go on from the page before, and on the one after; and
    whether it begins with rows of the first page, or of a table's head on an earlier one (``heads``), which are left out.
    ``before`` are the lines of earlier pages, to which those of this one are added.
    """
    chars = [{**char, "text": _sign(char["text"])} for char in signs(page) if char["text"]]
    close_gaps(chars)
    own = edges(page) if is_dashed(page) else page.edges
    # The edge of a shade closes no cell where rules are drawn.
    drawn = [edge for edge in own if not is_edge_of_shade(edge)] or own
    top, bottom = _ends(drawn)
    cells = sorted(_cells(page, own, *_ends(own)), key=_area)
    if not _is_grid(cells, chars) or (is_shaded(page) and _between(cells, chars)):
        lines = [line for line in lines_of(chars) if any(char["text"].strip() for char in line)]
        texts = [*map(texts_of, lines)]
        head = repeated_lines(before, texts) if goes_on else 0
        before += texts[head:]
        return sorted(_aligned(lines[head:], page, number, below, goes_on), key=_from_top), [], [], head > 0
    held, loose = _in_cells(chars, cells)
    made = {cell: _box(text_of(inside), number, cell, below, ruled=True) for cell, inside in held.items()}
    runs = list(_runs(loose, number, below))
    again = _again(heads, [*made.values(), *runs], below)
    if again and top is not None:
        top = max(top, *(box.y1 - below for box in again if box.ruled))
    cut_above: list[_Cut] = []
    # A cell whose text stands on the page before may be closed by a rule on this one: it is empty, and beside several rows.
    ends = [
        cell[3]
        for cell, box in made.items()
        if not box.text and _starts(cell, top) and _beside_rows(cell, cells)
    ]
    hollow = min((c[3] for c, box in made.items() if not box.text and _starts(c, top)), default=inf)
    lowest = [cell for cell in cells if bottom is not None and cell[3] > bottom - 3]
    at_the_top, at_the_end = _flat_at(drawn, top or 0), _flat_at(drawn, bottom or 0)
    closed = any(not _is_open(at_the_end, cell) for cell in lowest)
    cut_below: list[_Cut] = []
    boxes: list[Box] = []
    for cell, box in made.items():
        # What goes on beside it over the same rows is the rest of a text.
        goes_on = _starts(cell, top) and any(abs(cell[3] - end) < 3 for end in ends)
        # Below a repeated head a rule tells nothing; a row that goes on has cells that say no more.
        open_above = cell[3] > hollow - 3 if again else _is_open(at_the_top, cell)
        at_top = goes_on or (_starts(cell, top) and (open_above or bool(again) or closes(box.text)))
        at_bottom = cell in lowest and _is_open(at_the_end, cell)
        ends_here = cell in lowest and len(box.text) > SHORT
        # So does one that no rule closes beside others that one does.
        hung = max((char["bottom"] for char in held[cell]), default=0.0) > cell[3] + 0.5
        hung = hung or (at_bottom and closed)
        cut_above += [(box, goes_on, goes_on or open_above)] if at_top else []
        cut_below += [(box, at_bottom, hung)] if at_bottom or ends_here else []
        # An empty cell is kept where it may be the rest of one on another page.
        boxes += [box] if box.text or at_top or at_bottom else []
    left = [box for box in (*boxes, *runs) if box not in again]
    return sorted(left, key=_from_top), cut_above, cut_below, bool(again)


def _starts(cell: Corners, top: float | None) -> bool:
    return top is not None and abs(cell[1] - top) < 3


def _from_top(box: Box) -> tuple[float, float]:
    return box.y0, box.x0


def _again(heads: Sequence[Sequence[Box]], boxes: Sequence[Box], below: float) -> set[Box]:
    """Return the boxes of the rows at the top that the first page has at the same place, or that head a table before."""
    here = {replace(box, y0=box.y0 - below, y1=box.y1 - below): box for box in boxes}
    found = (repeated_rows(head, list(here), place == 0) for place, head in enumerate(heads))
    return {here[box] for box in next(filter(None, found), [])}


def _in_cells(
    chars: Sequence[Char], cells: Sequence[Corners]
) -> tuple[dict[Corners, list[Char]], list[Char]]:
    """Return the signs in each cell, and those in none. The smallest cell comes first: one table may stand in a cell of another."""
    # A sign outside of what is shown of its text belongs to the cell that shows the text.
    shown = [char.get("shown", middle) for char, middle in zip(chars, _middles(chars), strict=True)]
    # A line that does not fit hangs out of its cell where a page ends.
    hung = [(x, char["top"]) for char, (x, _) in zip(chars, shown, strict=True)]
    found: dict[int, Corners] = {}
    for points in (shown, hung):
        left = [number for number in range(len(chars)) if number not in found]
        for cell, within in zip(cells, _within(cells, [points[number] for number in left]), strict=True):
            for place in within:
                found.setdefault(left[place], cell)
    held: dict[Corners, list[Char]] = {cell: [] for cell in cells}
    loose: list[Char] = []
    for number, char in enumerate(chars):
        (held[found[number]] if number in found else loose).append(char)
    return held, loose


def _cells(page: Any, own: Sequence[Any], top: float | None, bottom: float | None) -> set[Corners]:
    """Return the cells that a page's rules enclose; the table's open ends at the top and the bottom of the page are closed."""
    closed: list[Any] = [y for y in (top, bottom) if y is not None]
    settings: dict[str, Any] = {**_SETTINGS, "explicit_horizontal_lines": closed}
    if own is not page.edges:
        flat = [edge for edge in own if edge["orientation"] == "h"]
        upright = [edge for edge in own if edge["orientation"] == "v"]
        if len(upright) < 2 or len(flat) + len(closed) < 2:
            return set()
        settings |= {
            "horizontal_strategy": "explicit",
            "vertical_strategy": "explicit",
            "explicit_horizontal_lines": [*flat, *closed],
            "explicit_vertical_lines": upright,
        }
    return {cell for table in page.find_tables(settings) for cell in table.cells}


def _is_grid(cells: Sequence[Corners], chars: Sequence[Char]) -> bool:
    """Return whether the cells part the text of a page: a frame around a table, or around its rows, does not.

    Nor do a few shaded cells, beside which most of the text stands.
    """
    within = _inside(cells, chars)
    if sum(map(len, within)) < _MOST_WITHIN * len(chars):
        return False
    lines = [line for inside in within for line in lines_of(inside)]
    runs = sum(1 + _wide_gaps(line) for line in lines)
    return runs < _FRAMED * max(len(lines), 1)


def _between(cells: Sequence[Corners], chars: Sequence[Char]) -> bool:
    """Return whether text stands between the cells of a page, as where every other row is shaded: they part only some of it."""
    top, bottom = min(cell[1] for cell in cells), max(cell[3] for cell in cells)
    among = [char for char in chars if top <= (char["top"] + char["bottom"]) / 2 < bottom]
    held = {id(char) for inside in _inside(cells, among) for char in inside}
    return len(held) < _MOST_SHADED * len(among)


_MOST_SHADED = 0.9
_FRAMED = 1.8
_MOST_WITHIN = 0.5


def _middles(chars: Sequence[Char]) -> list[Point]:
    return [((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2) for char in chars]


def _inside(cells: Sequence[Corners], chars: Sequence[Char]) -> list[list[Char]]:
    """Return the signs of each cell whose middle is in it, in their order."""
    return [[chars[number] for number in within] for within in _within(cells, _middles(chars))]


def _within(cells: Sequence[Corners], points: Sequence[Point]) -> list[list[int]]:
    """Return for each cell the numbers of the points in it, in their order. A page may have thousands of both."""
    by_height = sorted(range(len(points)), key=lambda number: points[number][1])
    heights = [points[number][1] for number in by_height]
    return [
        [
            number
            for number in sorted(by_height[bisect_left(heights, top) : bisect_left(heights, bottom)])
            if x0 <= points[number][0] < x1
        ]
        for x0, top, x1, bottom in cells
    ]


def _wide_gaps(line: Sequence[Char]) -> int:
    return sum(after["x0"] - before["x1"] > 2 * after["size"] for before, after in pairwise(line))


def _beside_rows(cell: Corners, cells: Sequence[Corners]) -> bool:
    """Return whether a cell stands beside several rows of the cells at its right."""
    right = [
        one for one in cells if abs(one[0] - cell[2]) < 3 and cell[1] - 2 < one[1] and one[3] < cell[3] + 2
    ]
    return len(right) > 1


def _ends(own: Sequence[Any]) -> tuple[float | None, float | None]:
    """Return where the upright rules of a page begin and end."""
    upright = [edge for edge in own if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 5]
    if not upright:
        return None, None
    return min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)


def _flat_at(own: Sequence[Any], y: float) -> list[Any]:
    """Return the level rules at a height."""
    return [edge for edge in own if edge["orientation"] == "h" and abs(edge["top"] - y) < 3]


def _is_open(flat: Sequence[Any], cell: Corners) -> bool:
    """Return whether none of the rules at a cell's end closes it: it goes on over the page."""
    # Not in its middle alone, where pieces of a rule may meet.
    places = [cell[0] + share * (cell[2] - cell[0]) for share in (0.3, 0.45, 0.7)]
    return sum(any(edge["x0"] <= x <= edge["x1"] for edge in flat) for x in places) < 2


def _joined_over_pages(
    boxes: list[Box], cut: list[_Cut], made: list[Box], rest: list[_Cut]
) -> tuple[list[Box], dict[Box, Box]]:
    """Return all boxes, with each cell that a page break cuts as one, and the whole that each second part became."""
    wholes: dict[Box, Box] = {}
    parts: dict[Box, Box] = {}
    for part, goes_on, may in rest:
        # What a rule closes on both pages goes on only where the second part says nothing or closes a bracket of the first, or
        # what stands beside it goes on.
        same = (
            one
            for one, is_open, hung in cut
            if abs(one.x0 - part.x0) < 3
            and abs(one.x1 - part.x1) < 3
            and (
                hung
                or (may and (is_open or goes_on or not part.text))
                or (one.text and closes(part.text, one.text))
            )
            and not (_INDICATOR.match(one.text) and _INDICATOR.match(part.text))
        )
        first = next(same, None)
        if first and first not in wholes:
            # Programs draw the text of a cell that a page cuts whole on both pages, each of which shows a part of it.
            text = "\n".join(dict.fromkeys(one.text for one in (first, part) if one.text))
            places = "\n".join(one.place for one in (first, part) if one.text) or first.place
            wholes[first] = replace(first, text=text, place=places, y1=part.y1)
            parts[part] = wholes[first]
    joined = [wholes.get(box, box) for box in boxes] + [box for box in made if box not in parts]
    return joined, parts


# Two of them are never one.
_INDICATOR = re.compile(r"(?:測定|業績)?指\s*標\s*[0-9０-９①-⑳]")


def _area(cell: Corners) -> tuple[float, Corners]:
    return (cell[2] - cell[0]) * (cell[3] - cell[1]), cell


def _sign(text: str) -> str:
    """Return a sign as it is seen: some programs write the radicals 日 and 水 for the signs that look alike."""
    return "".join(
        plain_signs(one) if "\u2e80" <= one <= "\u2fdf" or one == "\u2027" else _LOOK_ALIKE.get(one, one)
        for one in text
    )


# Signs that fonts name by another one which looks alike.
_LOOK_ALIKE = {"\u2215": "／", "\u2044": "／", "\u2003": "　"}
# Signs of upright writing, and those that stand for them in lines.
_LOOK_ALIKE |= dict(
    zip("︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄︱︲", "（）｛｝〔〕【】《》〈〉「」『』ー－", strict=True)
)


def _box(text: str, page: int, corners: Corners, below: float, *, ruled: bool) -> Box:
    x0, y0, x1, y1 = corners
    left, top = round(x0), round(y0)
    place = f"page={page}&viewrect={left},{top},{max(round(x1) - left, 1)},{max(round(y1) - top, 1)}"
    return Box(text, page, x0, below + y0, x1, below + y1, place, ruled)


def _aligned(
    lines: Sequence[list[Char]], page: Any, number: int, below: float, goes_on: bool
) -> Iterator[Box]:
    """Yield the cells of a page without rules, as far as its layout tells them; else its runs of text."""
    areas = areas_of(page) if is_shaded(page) else []
    made = cells_without_rules(lines, () if areas else flat_rules(page), goes_on, areas)
    if not made:
        yield from _runs([char for line in lines for char in line], number, below)
        return
    for cell in made:
        text = "\n".join(joined(line) for line in cell.lines)
        box = _box(text, number, (cell.x0, cell.y0, cell.x1, cell.y1), below, ruled=False)
        yield replace(box, aligned=True)


def _runs(chars: Sequence[Char], page: int, below: float) -> Iterator[Box]:
    """Yield the runs of text outside of tables: a gap wider than a sign begins another one."""
    for line in lines_of([char for char in chars if char["text"].strip()]):
        for run in runs_of(line):
            yield _run(run, page, below)


def _run(chars: list[Char], page: int, below: float) -> Box:
    corners = (
        min(char["x0"] for char in chars),
        min(char["top"] for char in chars),
        max(char["x1"] for char in chars),
        max(char["bottom"] for char in chars),
    )
    return _box(joined(chars), page, corners, below, ruled=False)
