"""Word documents: each filled cell of a table and each paragraph outside of tables is a box.

A document has no coordinates of its own: a table's row and its column of the grid count as a workbook's do. Macros, fields
and links to other files are never followed: only the parts of this file that hold text are read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from konkyo.common.text import whole
from konkyo.sources.documents import SIDE, Box
from konkyo.sources.documents.workbook import MAX_CELLS, MAX_UNPACKED, TooLarge


def read_word(data: bytes) -> tuple[list[Box], list[str], list[str]]:
    """Return the boxes, one page, and notes on what was left out. Raises TooLarge, and what python-docx raises."""
    from docx import Document

    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
            raise TooLarge
    body = Document(BytesIO(data)).element.body
    boxes: list[Box] = []
    for box in _boxes(body):
        boxes.append(box)
        if len(boxes) > MAX_CELLS:
            raise TooLarge
    notes = []
    if any(next(body.iter(_tag(name)), None) is not None for name in ("ins", "del")):
        notes.append("変更履歴は、承諾した形で読みます。")
    return boxes, ["1"], notes


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _boxes(body: Any) -> Iterator[Box]:
    below = 0.0
    counts = {"p": 0, "tbl": 0}
    for element in _blocks(body):
        kind = element.tag.rpartition("}")[2]
        counts[kind] += 1
        place = f"/w:document/w:body/w:{kind}[{counts[kind]}]"
        if kind == "p":
            if text := _text(element):
                yield _box(text, place, (SIDE, below, 20 * SIDE, below + SIDE), ruled=False)
            below += SIDE
        else:
            made = list(_table(element, place, below))
            yield from made
            below = max((box.y1 for box in made), default=below) + SIDE
        for text in _floating(element):
            # Where a text box floats is not told in rows: it stands below what it is anchored in.
            yield _box(text, place, (SIDE, below, 20 * SIDE, below + SIDE), ruled=False)
            below += SIDE


def _blocks(parent: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables of a part, also those that stand in content controls."""
    for element in parent:
        if element.tag in (_tag("p"), _tag("tbl")):
            yield element
        elif element.tag in (_tag("sdt"), _tag("sdtContent"), _tag("ins")):
            yield from _blocks(element)


def _table(table: Any, place: str, below: float) -> Iterator[Box]:
    """Yield the cells of a table; one that goes on below another one is a part of it."""
    open_cells: dict[int, list[Any]] = {}
    done: list[list[Any]] = []
    for number, row in enumerate(_rows(table), start=1):
        column = _number(row.find(f"{_tag('trPr')}/{_tag('gridBefore')}")) or 0
        for position, cell in enumerate(_cells(row), start=1):
            properties = cell.find(_tag("tcPr"))
            span = _number(properties.find(_tag("gridSpan"))) if properties is not None else None
            merge = properties.find(_tag("vMerge")) if properties is not None else None
            width = max(span or 1, 1)
            if merge is not None and merge.get(_tag("val")) != "restart" and column in open_cells:
                open_cells[column][1] = number
                if text := _cell_text(cell):
                    open_cells[column][3] = "\n".join(filter(None, (open_cells[column][3], text)))
            else:
                here = f"{place}/w:tr[{number}]/w:tc[{position}]"
                open_cells[column] = [number, number, (column, column + width), _cell_text(cell), here]
                done.append(open_cells[column])
            column += width
    for first, last, (left, right), text, here in done:
        if text:
            corners = (SIDE * (left + 1), below + SIDE * first, SIDE * (right + 1), below + SIDE * (last + 1))
            yield _box(text, here, corners, ruled=True)


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == _tag("tr"):
            yield element
        elif element.tag in (_tag("sdt"), _tag("sdtContent"), _tag("ins")):
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == _tag("tc"):
            yield element
        elif element.tag in (_tag("sdt"), _tag("sdtContent")):
            yield from _cells(element)


def _number(element: Any) -> int | None:
    value = element.get(_tag("val")) if element is not None else None
    number = whole(value)
    return number if number is not None and number < 200 else None


def _cell_text(cell: Any) -> str:
    """Return the lines of a cell; a table within it gives a line for each of its cells."""
    return "\n".join(text for paragraph in cell.iter(_tag("p")) if (text := _text(paragraph)))


def _text(paragraph: Any, *, floating: bool = False) -> str:
    """Return a paragraph's text as it is shown: without what was deleted, and without text boxes that float over it.

    ``floating``: the paragraph is one of a text box.
    """
    hidden = (_tag("tabs"), _tag("rt")) if floating else (_tag("tabs"), _tag("rt"), _tag("txbxContent"))
    pieces: list[str] = []
    for element in paragraph.iter(_tag("t"), _tag("tab"), _tag("br"), _tag("noBreakHyphen")):
        if any(one.tag in hidden for one in element.iterancestors()):
            continue
        name = element.tag.rpartition("}")[2]
        pieces.append(element.text or "" if name == "t" else {"tab": " ", "br": "\n"}.get(name, "-"))
    return "".join(pieces).strip()


def _floating(element: Any) -> Iterator[str]:
    """Yield the texts of the text boxes that float over a paragraph or a table; Word writes each twice, for old programs."""
    for content in element.iter(_tag("txbxContent")):
        if not any(one.tag.endswith("}Fallback") for one in content.iterancestors()):
            lines = (_text(one, floating=True) for one in content.iter(_tag("p")))
            if text := "\n".join(line for line in lines if line):
                yield text


def _box(text: str, place: str, corners: tuple[float, float, float, float], *, ruled: bool) -> Box:
    return Box(text, 1, *corners, f"xpointer({place})", ruled)
