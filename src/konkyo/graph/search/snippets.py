"""Where a text was found, with a little around it: pieces of text, so that whoever shows them can escape them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from konkyo.common.name_form import aligned
from konkyo.graph.lookup.search_keys import spellings

AROUND = 36


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text as written; ``hit`` where it is what was looked for."""

    text: str
    hit: bool = False


def snippet(text: str, parts: Sequence[str], *, around: int | None = AROUND) -> tuple[Piece, ...] | None:
    """Return a text with the ``parts`` marked, which are in their form, cut to what is around the first; None where none is in it.

    ``around`` is how many signs are kept on either side (None: all).
    """
    form, origin = aligned(text)
    spans = _spans(form, [way for part in parts for way in spellings(part)])
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


def _spans(form: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the parts stand, joined where they overlap, in the order of the text."""
    found: list[tuple[int, int]] = []
    for part in parts:
        start = form.find(part) if part else -1
        while start >= 0:
            found.append((start, start + len(part)))
            start = form.find(part, start + len(part))
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
