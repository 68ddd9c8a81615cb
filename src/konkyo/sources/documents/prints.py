"""What programs do to a text when they print it: white beside figures, and rows that each page bears again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from konkyo.sources.documents import Box
from konkyo.sources.documents.lines import Char, runs_of

# The white that Word and LibreOffice set between Latin and Japanese signs: a quarter of a sign.
_LEAST_GAP, _MOST_GAP = 0.12, 0.4


def close_gaps(chars: Sequence[Char]) -> None:
    """Let signs reach over the white that a program sets between figures and Japanese signs, where it does so on both sides.

    Else a gap behind a figure parts a number from a name.
    """
    pairs = [(one, other) for one, other in pairwise(chars) if _beside(one, other)]
    into = [(one, other) for one, other in pairs if _is_word(one["text"]) and _is_latin(other["text"])]
    out = [(one, other) for one, other in pairs if _is_latin(one["text"]) and _is_word(other["text"])]
    # The white before a figure tells it: what stands behind one may part a number from a name.
    if not into or sum(map(_is_spaced, into)) < _MOST * len(into):
        return
    for one, other in (*into, *out):
        if _is_spaced((one, other)):
            one["x1"] = other["x0"]


_MOST = 0.6


def _beside(one: Char, other: Char) -> bool:
    same_line = abs(one["top"] - other["top"]) < 0.3 * one["size"]
    return bool(same_line and -0.2 * one["size"] < other["x0"] - one["x1"] < 0.5 * one["size"])


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _is_word(sign: str) -> bool:
    return sign.isalpha() and not sign.isascii()


def _is_spaced(pair: tuple[Char, Char]) -> bool:
    one, other = pair
    return bool(_LEAST_GAP < (other["x0"] - one["x1"]) / one["size"] < _MOST_GAP)


def heads_of_tables(boxes: Sequence[Box], later: bool) -> list[list[Box]]:
    """Return the cells of each ruled table of a page from its top; of a ``later`` page without the one that may go on from before."""
    tables: list[list[Box]] = []
    end = 0.0
    for box in boxes:
        if not box.ruled:
            continue
        if not tables or box.y0 > end + 3:
            tables.append([])
        tables[-1].append(box)
        end = max(end, box.y1)
    return tables[later:]


def repeated_rows(first: Sequence[Box], boxes: Sequence[Box], same_place: bool = True) -> list[Box]:
    """Return the boxes at the top of a page that stand on an earlier one as well, up to whole rows of a ruled table.

    ``first`` are those of the first page, from the tops of their pages, or, in another place, those that head a table.
    """
    if not same_place:
        top = min((box.y0 for box in boxes if box.ruled and box.text), default=0.0)
        first = [replace(box, y0=box.y0 - first[0].y0 + top, y1=box.y1 - first[0].y0 + top) for box in first]
    found: list[Box] = []
    for box in first:
        same = next((one for one in boxes if _is_same(one, box)), None)
        if same is None:
            break
        found.append(same)
    # Whole rows only: a label that the next sheet of the file bears as well is no repetition.
    beside = [one for one in boxes if one.ruled and one.text]
    while found and not _whole(found, beside):
        found.pop()
    return found if len(found) < len([box for box in boxes if box.text]) // 2 else []


_TELLING = 12
Line = tuple[tuple[str, int], ...]
"""The texts of a line of a page, each with where it begins."""


def texts_of(line: Sequence[Char]) -> Line:
    """Return the texts that stand on a line, parted by gaps, each with where it begins."""
    return tuple(("".join(char["text"] for char in run), round(run[0]["x0"])) for run in runs_of(line))


def repeated_lines(before: Sequence[Line], lines: Sequence[Line]) -> int:
    """Return how many lines at the top of a page are a table's head that stood on a page before; for tables without rules.

    A line of it holds several texts, and it stood there once: what comes more often heads each of several tables.
    """
    if not lines or sum(one == lines[0] for one in before) != 1:
        return 0
    at = before.index(lines[0])
    # Years and headings of columns stand above each of several indicators; the head of a sheet or a table says what it is about.
    first = next((n for n, line in enumerate(before) if len(line) > 1), 0)
    if at > first and max(len(text) for text, _ in lines[0]) < _TELLING:
        return 0
    count = 0
    while count < len(lines) and at + count < len(before) and before[at + count] == lines[count]:
        count += 1
    # Another sheet in the same file goes on with the same label.
    if at + count < len(before) and count < len(lines) and before[at + count][0] == lines[count][0]:
        return 0
    return count if any(len(line) > 1 for line in lines[:count]) else 0


def _is_same(one: Box, other: Box) -> bool:
    corners = zip((one.x0, one.y0, one.x1, one.y1), (other.x0, other.y0, other.x1, other.y1), strict=True)
    return one.text == other.text and one.ruled == other.ruled and all(abs(a - b) < 2 for a, b in corners)


def _whole(found: Sequence[Box], beside: Sequence[Box]) -> bool:
    last = found[-1]
    closed = all(one.y1 < last.y1 + 2 for one in found)
    return (
        closed
        and last.ruled
        and not any(abs(one.y0 - last.y0) < 2 and one is not last and one not in found for one in beside)
    )
