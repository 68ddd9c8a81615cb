"""Where a text was found, with a little around it: pieces of text, so that whoever shows them can escape them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from konkyo.text import fold

AROUND = 36


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text as written; ``hit`` where it is what was looked for."""

    text: str
    hit: bool = False


def snippet(text: str, parts: Sequence[str], *, around: int | None = AROUND) -> tuple[Piece, ...] | None:
    """Return a text with the folded ``parts`` marked, cut to what is around the first; None where none is in it.

    ``around`` is how many signs are kept on either side (None: all).
    """
    folded, origin = _folded(text)
    spans = _spans(folded, parts)
    if not spans:
        return None
    marked = [(origin[first], origin[last - 1] + 1) for first, last in spans]
    begin, end = 0, len(text)
    if around is not None:
        begin = max(0, marked[0][0] - around)
        end = min(len(text), marked[0][1] + around)
    pieces: list[Piece] = [Piece("…")] if begin else []
    position = begin
    for first, last in marked:
        if first >= end:
            break
        if first > position:
            pieces.append(Piece(text[position:first]))
        pieces.append(Piece(text[max(first, position) : last], hit=True))
        position = max(position, last)
    if position < end:
        pieces.append(Piece(text[position:end]))
    if max(position, end) < len(text):
        pieces.append(Piece("…"))
    return tuple(piece for piece in pieces if piece.text)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text folded sign by sign, and for each sign of that where it comes from.

    Signs that compose only with their neighbours (か and a voicing mark of half width) are taken in pairs.
    """
    folded: list[str] = []
    origin: list[int] = []
    position = 0
    while position < len(text):
        width = 2 if position + 1 < len(text) and text[position + 1] in "ﾞﾟ\u3099\u309a" else 1
        for sign in fold(text[position : position + width]):
            folded.append(sign)
            origin.append(position)
        position += width
    return "".join(folded), origin


def _spans(folded: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the parts stand, joined where they overlap, in the order of the text."""
    found: list[tuple[int, int]] = []
    for part in parts:
        start = folded.find(part) if part else -1
        while start >= 0:
            found.append((start, start + len(part)))
            start = folded.find(part, start + len(part))
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
