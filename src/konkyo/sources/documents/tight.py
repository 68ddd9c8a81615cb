"""Tables without rules whose rows stand as close as the lines of their cells: no white tells a row from a line.

Word prints them so. What tells them apart is which lines could have held more, and what begins on one line together: the cells
of a row all begin on its first line, and a line that has room for what stands below it does not go on there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from konkyo.sources.documents.lines import Char

Run = list[Char]
Cell = list[Run]
# Of the steps from line to line, this share is the pitch, and this share whole times of it.
_MOST_STEPS, _MOST_WHOLE = 0.6, 0.9
# A further line of a row holds less than this share of its cells.
_MOST_BESIDE = 0.5
_LEVEL, _NEAR = 0.25, 2.5
# Signs that begin no line: what stands before them goes down with them.
_NO_BEGINNING = frozenset(
    "、。，．・：；？！）」』】〕］〉》ーゝゞ々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％‐－〜～"
)
_BRACKETED = re.compile(r"[（(【〔\[].*[）)】〕\]]")
_ENDS = ("。", "）", ")")
# 指標２, with its name below.
_NUMBER_ALONE = re.compile(r"(?:測定|業績)?指標[0-9０-９]{1,2}")
_INDICATOR = re.compile(r"(?:測定|業績)?指標[0-9０-９]")
_YEAR = re.compile(r"(?:令和|平成|[HR])?(?:元|[0-9０-９]{1,4})年度?(?!.*月).{0,6}|[○〇×◎△]")
_PAIRS = (("（", "）"), ("(", ")"), ("「", "」"), ("【", "】"))
_ITEM = re.compile(
    r"(?:測定|業績)?指標[0-9０-９①-⑳]|第[0-9０-９一-十]{1,3}[章節編部]|[（(][0-9０-９一-十ア-ン]{1,2}[）)]|[①-⑳・○●◎■◆※]|[Ⅰ-Ⅻ]"
    r"|[0-9０-９]{1,2}(?:[.．、](?![0-9０-９])|[一-鿿ァ-ヶ](?<![年月日件人回度箇校社名台万億千百円]))"
)
_NUMBERED = re.compile(r"[（(][0-9０-９一-十ア-ン]{1,2}[）)]")


def tight_rows(
    runs: Sequence[Run], pitch: float, is_narrow: Callable[[str], bool]
) -> tuple[list[Cell], list[float]] | None:
    """Return the cells of such a table, each as its lines, and where its rows begin, and the last one ends; None of others.

    ``pitch`` is the distance of lines; ``is_narrow`` tells figures, years and marks, which are cells of their own.
    """
    lines = list(_lines(runs, pitch))
    steps = [below[0][0]["top"] - above[0][0]["top"] for above, below in pairwise(lines)]
    whole = [step / pitch for step in steps]
    if (
        len(lines) < _FEWEST
        or sum(abs(one - 1) < _CLOSE for one in whole) < _MOST_STEPS * len(steps)
        or sum(abs(one - round(one)) < _CLOSE for one in whole) < _MOST_WHOLE * len(steps)
    ):
        return None
    edges = _edges(runs)
    return _rows(lines, pitch, edges, _padding(runs, edges), is_narrow)


_FEWEST = 5
_CLOSE = 0.08


def _lines(runs: Sequence[Run], pitch: float) -> Iterator[list[Run]]:
    """Yield the runs of each line from the left."""
    line: list[Run] = []
    for run in sorted(runs, key=lambda one: (one[0]["top"], one[0]["x0"])):
        if line and run[0]["top"] - line[0][0]["top"] > _LEVEL * pitch:
            yield sorted(line, key=lambda one: float(one[0]["x0"]))
            line = []
        line.append(run)
    if line:
        yield sorted(line, key=lambda one: float(one[0]["x0"]))


def _edges(runs: Sequence[Run]) -> list[float]:
    """Return where the texts of columns begin: where more than one run does."""
    found: list[float] = []
    for before, x in pairwise(sorted(float(run[0]["x0"]) for run in runs)):
        if x - before < _NEAR and not (found and x - found[-1] < _NEAR):
            found.append(before)
    return found


def _padding(runs: Sequence[Run], edges: Sequence[float]) -> float:
    """Return what a cell leaves blank between the room of its lines and the text of the next column: as Word or LibreOffice does."""
    gaps = [
        min((edge - run[-1]["x1"] for edge in edges if edge > run[-1]["x1"]), default=0.0) for run in runs
    ]
    # In a document of Word's only what reaches over a column ends nearer than its padding.
    near = sum(_LIBREOFFICE - 1 < gap < _WORD - 0.5 for gap in gaps)
    far = sum(_WORD - 0.5 <= gap < 2 * _WORD for gap in gaps)
    return _LIBREOFFICE if near > _MANY and near > 2 * far else _WORD


# In points: what each sets by itself, 0.1 cm and 0.19 cm at either side.
_LIBREOFFICE, _WORD = 5.7, 10.8
_MANY = 6


def _rows(
    lines: Sequence[list[Run]],
    pitch: float,
    edges: Sequence[float],
    padding: float,
    is_narrow: Callable[[str], bool],
) -> tuple[list[Cell], list[float]]:
    cells: list[Cell] = []
    ends: list[float] = []
    single: set[int] = set()
    spanning: set[int] = set()
    row: list[Run] = []
    right = max(run[-1]["x1"] for line in lines for run in line) + padding
    for line in lines:
        begins: list[Run] = []
        goes_on: list[tuple[Run, Cell]] = []
        unknown: list[tuple[Run, Cell]] = []
        for run in line:
            above = _above(cells, run, pitch)
            if above is None:
                begins.append(run)
                continue
            alone = id(above) in single
            full = _has_no_room(above, run, [*edges, right], padding) or (not alone and _is_open(above, run))
            narrow, item = is_narrow(_text(run)), _is_item(run)
            # A cell that has gone on over the beginning of a row goes on; a label at the left only if it is an indicator's name.
            spans = id(above) in spanning and (full or not narrow) and not item and not _is_downwards(above)
            if edges and run[0]["x0"] < edges[0] + _NEAR and not _INDICATOR.match(_text(above[0])):
                spans = False
            if spans or (full and not narrow):
                goes_on.append((run, above))
            elif not full and (narrow or alone):
                begins.append(run)
            else:
                unknown.append((run, above))
        if len(line) > 2 and all(_YEAR.fullmatch(_text(run)) for run in line[1:]):
            # Years have no label beside them: what stands there is of the name that their rows belong to.
            goes_on += [(run, cell) for run, cell in unknown if not is_narrow(_text(run))]
            unknown = [(run, cell) for run, cell in unknown if is_narrow(_text(run))]
        new = [*begins, *(run for run, _ in unknown)]
        first = any(run is line[0] for run in new)
        at_left = bool(edges) and line[0][0]["x0"] < edges[0] + _NEAR
        labelled = first and (len(new) > 1 or (at_left and len(line) == 1))
        if begins or labelled or (len(unknown) > 1 and len(line) > _MOST_BESIDE * len(row)):
            # A row whose label begins here is new whole; nor is it beside what stands alone in its row, such as a title.
            whole = first and at_left
            goes_on = [(run, cell) for run, cell in goes_on if not whole and id(cell) not in single]
            kept = {id(run) for run, _ in goes_on}
            spanning |= {id(cell) for _, cell in goes_on}
            begins = [run for run in line if id(run) not in kept]
            row = begins
            ends.append(float(line[0][0]["top"]) - 0.5)
        else:
            goes_on += unknown
        for run, cell in goes_on:
            cell.append(run)
        made = [[run] for run in begins]
        cells += made
        single |= {id(made[0])} if len(made) == len(line) == 1 else set()
    ends.append(max(float(char["bottom"]) for char in lines[-1][0]) + 2)
    return cells, ends


def _above(cells: Sequence[Cell], run: Run, pitch: float) -> Cell | None:
    """Return the cell whose last line stands right above a run, with the same beginning."""
    for cell in reversed(cells):
        last = cell[-1]
        if run[0]["top"] - last[0]["top"] > (len(cell) + 40) * pitch:
            return None
        if (
            abs(last[0]["x0"] - run[0]["x0"]) < _NEAR
            and abs(run[0]["top"] - last[0]["top"] - pitch) < _LEVEL * pitch
        ):
            return cell
    return None


def _is_open(above: Cell, run: Run) -> bool:
    """Return whether a run belongs to the text above by its brackets: it stands in them, or the text above leaves one open."""
    text, said = _text(run), "".join(map(_text, above))
    if len(text) == 1 and text.isalpha() and all(len(_text(line)) == 1 for line in above):
        return True
    if _BRACKETED.fullmatch(text) and not _NUMBERED.match(text):
        return True
    return bool(_NUMBER_ALONE.fullmatch(said)) or any(
        said.count(opens) > said.count(closes) for opens, closes in _PAIRS
    )


def _is_item(run: Run) -> bool:
    """Return whether a text begins an item of its own: by its mark, or by a number that white sets off."""
    text = _text(run)
    digits = len(text) - len(text.lstrip("0123456789０１２３４５６７８９"))
    set_off = (
        0 < digits < min(len(run), 3) and run[digits]["x0"] - run[digits - 1]["x1"] > 0.15 * run[0]["size"]
    )
    return bool(_ITEM.match(text)) or set_off


def _is_downwards(cell: Cell) -> bool:
    """Return whether a text is written downwards: 測, 定, 指, 標."""
    return len(cell) > 1 and all(len(_text(line)) == 1 for line in cell)


def _has_no_room(above: Cell, run: Run, edges: Sequence[float], padding: float) -> bool:
    """Return whether the line above has no room for the first signs of a run; a sentence that ends, and an item, break a line anyway."""
    last = above[-1]
    if _text(last).endswith(_ENDS) or _is_item(run):
        return False
    end, first = last[-1]["x1"], _beginning(run)
    # Its column is as wide as all its lines.
    widest = max(line[-1]["x1"] for line in (*above, run))
    return any(
        -_ROUNDED <= edge - padding - end < first for edge in edges if edge - padding > widest - _ROUNDED
    )


def _beginning(run: Run) -> float:
    """Return how wide the signs are that go to one line together at the beginning of a run."""
    end = 1
    while end < len(run) and (
        run[end]["text"] in _NO_BEGINNING or (_is_latin(run[end]) and _is_latin(run[end - 1]))
    ):
        end += 1
    return float(run[end - 1]["x1"] - run[0]["x0"]) + 0.5


_ROUNDED = 1.5


def _is_latin(char: Char) -> bool:
    return unicodedata.east_asian_width(char["text"][:1] or " ") in ("Na", "H", "N")


def _text(run: Run) -> str:
    return "".join(char["text"] for char in run).replace(" ", "").replace("\u3000", "")
