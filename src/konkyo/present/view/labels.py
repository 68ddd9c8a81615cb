"""Label texts cut into lines, and how wide they will be: measured in em, before any font is known.

A browser could measure exactly, but then every size would depend on the reader's machine, and the layout
with it. Full-width signs are one em in every Japanese font; the rest is estimated on the large side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from konkyo.common.line_breaks import NO_END, is_wide
from konkyo.common.line_breaks import pieces as split

MAX_LINES = 5
_WRAPS = (7.0, 7.5, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0)

# After a word, these mostly begin a particle: a break before them is poor, but splits no word.
_PARTICLES = "のにをはがとでもへや"


@lru_cache(maxsize=8192)
def char_width(char: str) -> float:
    """Return an estimate of a character's width in em, rather too large than too small."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if is_wide(char):
        return 1.0
    if char in "iljtfrI.,:;'|!()[]- ":
        return 0.38
    if char in "mwMW@%&":
        return 0.95
    return 0.72 if char.isupper() else 0.6


@lru_cache(maxsize=8192)
def text_width(text: str) -> float:
    """Return an estimate of a text's width in em."""
    return sum(map(char_width, text))


def _shorter(pieces: Iterable[str], width: float) -> list[str]:
    """Cut what is longer than a line (a long word, an address) into bits of half a line."""
    result: list[str] = []
    for piece in pieces:
        if text_width(piece) <= width:
            result.append(piece)
            continue
        bit = ""
        for char in piece:
            if bit and text_width(bit + char) > width / 2:
                result.append(bit)
                bit = ""
            bit += char
        result.append(bit)
    return result


def _fill(pieces: Iterable[str], width: float) -> list[str]:
    """Return lines filled one after the other."""
    lines: list[str] = []
    line = ""
    used = 0.0
    for piece in pieces:
        room = text_width(piece)
        if line and used + (0 if piece == " " else room) > width:
            lines.append(line.strip())
            line, used = "", 0.0
        if line or piece != " ":
            line += piece
            used += room
    return [*lines, line.strip()] if line.strip() else lines


def _script(char: str) -> str:
    if "\u3041" <= char <= "\u309f":
        return "hiragana"
    if "\u30a1" <= char <= "\u30ff" or "\uff66" <= char <= "\uff9f":
        return "katakana"
    if "\u3400" <= char <= "\u9fff" or char == "々":
        return "kanji"
    return "latin" if char.isalnum() else "other"


def _break_cost(before: str, after: str) -> float:
    """Return how much a line break between two pieces hurts: nothing between phrases, much inside a word."""
    if before == " " or after == " ":
        return 0.0
    last, first = before[-1], after[0]
    scripts = (_script(last), _script(first))
    if first in NO_END or last in "、。，．・：；？！":
        return 0.0
    if scripts[0] == "hiragana" and scripts[1] != "hiragana":
        return 1.0
    if scripts[0] == scripts[1] and scripts[0] in ("katakana", "latin"):
        return 16.0
    if scripts == ("kanji", "kanji"):
        return 12.0
    if scripts[1] == "hiragana":
        return 7.0 if first in _PARTICLES and scripts[0] != "hiragana" else 12.0
    return 5.0 if "latin" in scripts else 3.0


def _balance(pieces: Sequence[str], width: float, lines: int) -> list[str]:
    """Return at most ``lines`` lines of the least cost: even ends, and breaks between phrases."""
    count = len(pieces)
    # best[n][i]: the least cost of setting the first i pieces in n lines, and where the last line begins.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(lines):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _begin) in sorted(best[-1].items()):
            used = 0.0
            hurt = _break_cost(pieces[start - 1], pieces[start]) if 0 < start < count else 0.0
            for end in range(start + 1, count + 1):
                used += text_width(pieces[end - 1])
                bare = used - (text_width(" ") if pieces[end - 1] == " " else 0)
                if bare > width:
                    break
                slack = (width - bare) ** 2 * 0.6
                if end == count:
                    slack *= 0.25
                if bare < 3.5 and end - start < count:
                    slack += 12  # a stray sign or two on a line
                total = cost + hurt + slack
                if end not in row or total < row[end][0]:
                    row[end] = (total, start)
        best.append(row)
    done = [(row[count][0] + 8.0 * number, number) for number, row in enumerate(best) if count in row]
    number = min(done)[1]
    result: list[str] = []
    end = count
    while number:
        start = best[number][end][1]
        result.append("".join(pieces[start:end]).strip())
        end, number = start, number - 1
    return [line for line in result[::-1] if line]


@lru_cache(maxsize=8192)
def wrap(text: str, width: float, max_lines: int = MAX_LINES, *, even: bool = True) -> tuple[str, ...]:
    """Return the lines of a label, none wider than ``width`` em; an ellipsis ends what was cut.

    ``even`` lines that break between phrases take five times as long to find as lines filled in turn.
    """
    # Nothing past this can be seen; labels of untrusted data may be very long.
    text = text[: int(width * max_lines * 4)]
    pieces = _shorter(split(text), width)
    lines = _fill(pieces, width)
    if len(lines) <= max_lines and not even:
        return tuple(lines) if lines else ("",)
    if len(lines) <= max_lines:
        return tuple(_balance(pieces, width, max_lines)) if lines else ("",)
    last = lines[max_lines - 1]
    while last and text_width(last) + 1 > width:
        last = last[:-1]
    return (*lines[: max_lines - 1], last.rstrip() + "…")


@lru_cache(maxsize=32768)
def _lines(label: str, width: float) -> int:
    """Return how many lines a label fills; asked for both languages, whose labels are often the same."""
    return len(_fill(_shorter(split(label), width), width))


def wrap_width(labels: Sequence[str], lines: int) -> float:
    """Return the narrowest setting at which hardly a label of a column needs more than so many lines."""
    labels = [label[:200] for label in labels]
    words = [text_width(piece) for label in labels for piece in split(label)]
    longest = max((word for word in words if word <= _WRAPS[-1]), default=0)
    few = int(len(labels) * 0.15)
    for width in _WRAPS:
        if width < longest:
            continue
        long = (label for label in labels if _lines(label, width) > lines)
        # No more are looked at than it takes to know.
        if sum(1 for _ in islice(long, few + 1)) <= few:
            return width
    return _WRAPS[-1]
