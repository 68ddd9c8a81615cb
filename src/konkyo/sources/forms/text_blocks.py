"""The blocks of a text without its table: lines that no blank line parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from konkyo.sources.documents import Box, Document
from konkyo.sources.forms.layout import joined
from konkyo.sources.forms.page import Sheet


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that no blank line parts, as one text."""

    boxes: tuple[Box, ...]

    @property
    def text(self) -> str:
        """Return the lines as one."""
        return joined("\n".join(box.text for box in self.boxes))


_MINUS = re.compile(r"([△▲])\s+(?=[0-9０-９])")
_LONG = 200


def pieces(document: Document) -> Iterator[Box]:
    """Yield the lines; a page in one line is cut where spaces part it."""
    for box in document.boxes:
        if len(box.text) <= _LONG or ("。" in box.text[:_LONG] and " " not in box.text):
            yield box
            continue
        # A minus that a space parts from its figure stays with it.
        for number, piece in enumerate(_MINUS.sub(r"\1", box.text).split()):
            yield Box(piece, box.page, number, box.y0, number + 1, box.y1, box.place, ruled=False)


def blocks_of(sheet: Sheet) -> list[Block]:
    """Return the blocks of what no field has taken yet, in the order of their lines."""
    found: list[list[Box]] = []
    for box in sheet.rest:
        if (
            found
            and box.y0 <= found[-1][-1].y1
            and len(box.text) <= _LONG
            and found[-1][-1].x0 == box.x0 == 0
        ):
            found[-1].append(box)
        else:
            found.append([box])
    return [Block(tuple(boxes)) for boxes in found]
