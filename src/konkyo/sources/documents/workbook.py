"""Excel workbooks: each filled cell is a box; a merged cell is one box over its rows and columns.

Nothing of a workbook is run: of a formula the value is read that the program which saved it has stored.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from konkyo.sources.documents import SIDE, Box
from konkyo.sources.documents.drawings import Shape, shapes
from konkyo.sources.documents.worksheet import Printed, cells_of, enclosed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 200_000_000
MAX_CELLS = 400_000


class TooLarge(ValueError):
    """A file that unpacks to more than any sheet needs."""


def read_workbook(data: bytes) -> tuple[list[Box], list[str], list[str]]:
    """Return the boxes, the names of the worksheets, and notes on what was left out. Raises TooLarge, and what openpyxl raises."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
            raise TooLarge
        drawn = shapes(archive)
    values = load_workbook(BytesIO(data), data_only=True, keep_links=False)
    formulas = load_workbook(BytesIO(data), data_only=False, keep_links=False)
    boxes: list[Box] = []
    names: list[str] = []
    notes: list[str] = []
    below = 0
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            notes.append(f"表示されていないシート「{sheet.title}」は読みません。")
            continue
        names.append(sheet.title)
        printed = Printed(sheet)
        if printed.leaves_out:
            notes.append(f"シート「{sheet.title}」の印刷範囲の外と、隠した行と列は読みません。")
        cells = _boxes(sheet, formulas[sheet.title], len(names), below, printed)
        for box in chain(cells, _drawn(drawn.get(sheet.title, ()), sheet, len(names), below, printed)):
            boxes.append(box)
            if len(boxes) > MAX_CELLS:
                raise TooLarge
        below += SIDE * (int(sheet.max_row or 0) + 2)
    return boxes, names, notes


def _boxes(sheet: Worksheet, formulas: Worksheet, page: int, below: int, printed: Printed) -> Iterator[Box]:
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    title = _quoted(sheet.title)
    ends = int(sheet.max_row or 1), int(sheet.max_column or 1)
    for cell in cells_of(sheet):
        value = cell.value
        if value is None:
            # A formula whose value was never stored is shown as it is written, and placed nowhere.
            value = formulas.cell(cell.row, cell.column).value if cell.row and cell.column else None
        text = "" if value is None else shown(value, str(cell.number_format))
        if not text.strip():
            continue
        top, left = int(cell.row or 0), int(cell.column or 0)
        area = merged.get((top, left))
        last_row, last_column = (area.max_row, area.max_col) if area else enclosed(sheet, top, left, ends)
        if not printed.holds(top, left, int(last_row or top), int(last_column or left)):
            continue
        yield Box(
            text=text.strip(),
            page=page,
            x0=SIDE * left,
            y0=below + SIDE * top,
            x1=SIDE * (int(last_column or left) + 1),
            y1=below + SIDE * (int(last_row or top) + 1),
            place=f"{title}!{cell.coordinate}",
            ruled=True,
        )


def _drawn(
    shapes: Iterable[Shape], sheet: Worksheet, page: int, below: int, printed: Printed
) -> Iterator[Box]:
    """Yield the texts that are drawn over the cells: boxes that no rules of the table part."""
    from openpyxl.utils import get_column_letter

    for text, row, column, (x0, y0, x1, y1) in shapes:
        if printed.holds(row, column, row, column):
            place = f"{_quoted(sheet.title)}!{get_column_letter(column)}{row}"
            yield Box(text, page, x0, below + y0, x1, below + y1, place, ruled=False)


def _quoted(title: str) -> str:
    return title if re.fullmatch(r"\w+", title) else "'" + title.replace("'", "''") + "'"


_ERAS = ((2019, 5, 2018, "令和"), (1989, 1, 1988, "平成"), (1926, 12, 1925, "昭和"))


def _date(value: datetime.date, form: str) -> str:
    """Return a date as its format shows it: by its era where it asks for one (``ggge"年"``), else by the calendar."""
    day = f"{value.month}月{value.day}日" if "d" in form.lower() else f"{value.month}月"
    if re.search(r"g{1,3}|(?<![a-z])e", re.sub(r'"[^"]*"|\[[^\]]*\]|general', "", form.lower())):
        for year, month, before, era in _ERAS:
            if (value.year, value.month) >= (year, month):
                number = value.year - before
                return f"{era}{'元' if number == 1 else number}年{day}"
    return f"{value.year}年{day}"


_DECIMALS = re.compile(r"0\.(0+)")
_QUOTED = re.compile(r'"([^"]*)"')


def shown(value: Any, form: str) -> str:
    """Return a cell's value as its number format shows it: 6841 by ``#,##0;△#,##0`` is ``6,841``, -6841 ``△6,841``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        if isinstance(value, datetime.datetime | datetime.date):
            return _date(value, form)
        return str(value)
    sections = form.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    plain = re.sub(r"\[[^\]]*\]|_.|\\", "", section)
    if "%" in plain:
        value, unit = value * 100, "%"
    else:
        unit = ""
    size = abs(value) if value < 0 and len(sections) > 1 else value
    decimals = _DECIMALS.search(plain)
    if plain in ("General", "@") or not re.search(r"[0#]", plain):
        text = str(int(size)) if float(size).is_integer() else repr(size)
        return text + unit
    places = len(decimals[1]) if decimals else 0
    least = len(re.sub(r"[^0]", "", _QUOTED.sub("", plain).partition(".")[0]))
    text = f"{size:,.{places}f}" if "," in plain else f"{size:0{least + places + bool(places)}.{places}f}"
    before, _, after = re.sub(r"[0#,.]+", "\0", _QUOTED.sub(r"\1", plain).replace("%", "")).partition("\0")
    if value < 0 and len(sections) > 1 and not before.strip():
        before = "-"
    return f"{before}{text}{after.replace(chr(0), '')}{unit}".strip()
