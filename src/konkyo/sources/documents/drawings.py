"""The text in the shapes that are drawn over a worksheet: openpyxl leaves them out, and ministries draw 資金の流れ by them.

A shape is a box over the cells that its anchor names. Nothing is followed but the links between the parts of the workbook.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from konkyo.sources.documents import SIDE

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Shape = tuple[str, int, int, tuple[float, float, float, float]]
"""Text, row and column of the cell under its top left corner (from 1), and corners as the cells of its worksheet count."""


def shapes(archive: zipfile.ZipFile) -> dict[str, list[Shape]]:
    """Return the shapes that hold text, by the names of their worksheets. A part that is broken or missing has none."""
    made: dict[str, list[Shape]] = {}
    book = _tree(archive, "xl/workbook.xml")
    parts = _links(archive, "xl/workbook.xml")
    for sheet in book.iter("{*}sheet") if book is not None else ():
        part = parts.get(sheet.get(f"{_R}id", ""))
        linked = _links(archive, part).values() if part else ()
        drawings = dict.fromkeys(one for one in linked if "/drawings/" in one)
        made[sheet.get("name", "")] = [shape for one in drawings for shape in _shapes(_tree(archive, one))]
    return made


def _tree(archive: zipfile.ZipFile, part: str) -> Any:
    """Return a part as a tree, or None where it is missing or broken; openpyxl's parser resolves and fetches nothing."""
    from openpyxl.xml.functions import fromstring

    try:
        return fromstring(archive.read(part))
    except (KeyError, SyntaxError):
        return None


def _links(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return the parts that a part names, by the names that it gives them; not those outside of the workbook."""
    folder, name = posixpath.split(part)
    tree = _tree(archive, f"{folder}/_rels/{name}.rels")
    made = {}
    for one in tree.iter("{*}Relationship") if tree is not None else ():
        if one.get("TargetMode") != "External":
            target = one.get("Target", "")
            made[one.get("Id", "")] = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
    return made


def _shapes(tree: Any) -> Iterator[Shape]:
    anchors = tree.iter(f"{_DRAWING}twoCellAnchor") if tree is not None else ()
    for anchor in anchors:
        begin, end = anchor.find(f"{_DRAWING}from"), anchor.find(f"{_DRAWING}to")
        if begin is None or end is None:
            continue
        try:
            corners = *_corner(begin), *_corner(end)
        except (ValueError, OverflowError):
            continue
        for shape in anchor.iter(f"{_DRAWING}sp"):
            paragraphs = (
                "".join(run.text or "" for run in one.iter(f"{_TEXT}t")) for one in shape.iter(f"{_TEXT}p")
            )
            text = "\n".join(line for line in paragraphs if line.strip()).strip()
            if text:
                yield text, int(corners[1] // SIDE), int(corners[0] // SIDE), corners


def _corner(place: Any) -> tuple[float, float]:
    """Return where a corner lies: a cell counts SIDE, from one; how far into its cell it lies is not known, so the middle."""
    column, row = (place.findtext(f"{_DRAWING}{name}", "0") for name in ("col", "row"))
    return SIDE * (int(column) + 1.5), SIDE * (int(row) + 1.5)
