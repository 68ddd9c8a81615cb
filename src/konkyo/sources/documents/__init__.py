"""Readers of files as ministries publish them: pieces of text with their places, and no meaning.

A reader yields boxes. A box is one cell of a ruled table, or one run of text outside of tables. Excel's rows and columns and a
PDF's points are both coordinates from the left and the top, so that one code reads rows and columns of either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from konkyo.common.text import UNFIT, pictured

Kind = Literal["pdf", "xlsx", "docx", "text"]

SIDE = 20
"""How wide and high a cell of a workbook or a Word table counts, so that small differences mean as little as in points of a PDF."""


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of text: its corners from the top left of the document, pages below each other, and its place.

    Corners are points of a PDF; in a workbook or a Word document a row or column counts :data:`SIDE`.

    ``place`` says where it stands, as a standard fragment says it, one a line where a page break cuts it; ``ruled``: it is
    a cell of a ruled table; ``aligned``: of one whose rows and columns only the blanks between them tell.
    """

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    place: str
    ruled: bool
    aligned: bool = False

    def __post_init__(self) -> None:
        # Whatever a reader found in a file: what is written of it has to be readable again.
        if UNFIT.search(self.text):
            object.__setattr__(self, "text", pictured(self.text))

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell of a table, by its rules or by how it is laid out."""
        return self.ruled or self.aligned


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, in reading order. ``pages`` are the names of its pages or worksheets; ``notes`` what was left out."""

    name: str
    sha256: str
    kind: Kind
    boxes: tuple[Box, ...]
    pages: tuple[str, ...]
    notes: tuple[str, ...] = ()
