"""Cells of tables without rules that a page break cuts: no rule tells that they go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from konkyo.sources.documents import Box

SHORT = 4
"""A text of no more signs goes on over no page."""
_NEAR = 3.0
# What stands wholly in brackets says more of what stands above it; a number in brackets begins an item.
_BRACKETED = re.compile(r"[（(【〔\[](?!※|[0-9０-９一-十ア-ン]{1,2}[）)])[^（(【〔\[]*[）)】〕\]]")


def with_rests(boxes: list[Box]) -> list[Box]:
    """Return the boxes with the rests of cells that a page break cuts: texts at the top of a page that brackets tell.

    One in brackets, or that closes a bracket, is of the last cell of its column on the page before.
    """
    wholes: dict[Box, Box] = {}
    gone: set[Box] = set()
    pages: dict[int, list[Box]] = {}
    for box in boxes:
        if box.aligned:
            pages.setdefault(box.page, []).append(box)
    for number, page in pages.items():
        before = pages.get(number - 1, [])
        top = min(box.y0 for box in page)
        for box in page:
            cut = _last(before, box) if box.y0 < top + _NEAR else None
            if cut and (_BRACKETED.fullmatch(box.text) or closes(box.text, cut.text)):
                text, places = f"{cut.text}\n{box.text}", f"{cut.place}\n{box.place}"
                wholes[cut] = replace(cut, text=text, place=places, x1=min(cut.x1, box.x1), y1=box.y1)
                gone.add(box)
    return [wholes.get(box, box) for box in boxes if box not in gone]


def closes(rest: str, text: str = "") -> bool:
    """Return whether a text closes a bracket that another one leaves open; without another one, one that it never opens."""
    return any(
        rest.count(end) > rest.count(begin) and (not text or text.count(begin) > text.count(end))
        for begin, end in _PAIRS
    )


def leaves_open(text: str) -> bool:
    """Return whether a text opens a bracket that it does not close."""
    return any(text.count(begin) > text.count(end) for begin, end in _PAIRS)


_PAIRS = (("（", "）"), ("(", ")"), ("「", "」"), ("【", "】"))


def _last(page: Sequence[Box], rest: Box) -> Box | None:
    """Return the last cell of a page that begins where a text on the next one does."""
    column = [box for box in page if box.x0 < rest.x1 and box.x1 > rest.x0]
    last = max(column, key=lambda box: box.y0, default=None)
    return last if last and abs(last.x0 - rest.x0) < _NEAR else None


def reaching_over_pages(boxes: list[Box]) -> list[Box]:
    """Let the last cells of a page without rules reach to the next ones in their columns on the page that follows."""
    made = []
    aligned = [box for box in boxes if box.aligned]
    tops: dict[int, float] = {}
    for box in aligned:
        tops[box.page] = min(tops.get(box.page, box.y0), box.y0)
    for box in boxes:
        if box.aligned and len(box.text) > SHORT:
            same = [one for one in aligned if one.x0 < box.x1 and one.x1 > box.x0]
            if not any(one.page == box.page and one.y0 > box.y0 + 1 for one in same):
                after = min((one.y0 for one in same if one.page == box.page + 1), default=box.y1)
                # Where the next page begins with a cell of these columns, or with a row that begins left of them, none goes on.
                top = tops.get(box.page + 1, after) + _NEAR
                first = [one for one in aligned if one.page == box.page + 1 and one.y0 < top]
                end = min((one.y1 for one in first), default=top) + _NEAR
                if after > top and not any(one.x1 <= box.x0 + 1 and one.y1 < end for one in first):
                    box = replace(box, y1=max(after - 1, box.y1))
        made.append(box)
    return made
