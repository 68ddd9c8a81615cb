"""The invented sheets as offices print them: workbooks and Word documents that LibreOffice turns into PDF.

A third way to make files of the same content, beside Chromium's prints of HTML. Nothing of how these files are made was taken
from the readers. Only the bench uses it, where LibreOffice is installed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.invented_sheets import Invented, placed

Write = Callable[[Sequence[Invented], Path], Path]
FONT = "Noto Sans CJK JP"


@dataclass(frozen=True)
class Look:
    """How a workbook is set and printed. ``rule`` is Excel's name of a rule, or None; ``fine``: columns of the grid a cell."""

    rule: str | None = "thin"
    size: float = 9
    fine: int = 1
    landscape: bool = False
    roomy: float = 1.0
    across: str | None = None
    down: str = "center"
    shaded: bool = False
    title_rows: bool = False
    pages: bool = False
    unmerged: bool = False
    width: float = 11.0


BOOKS = {
    "plain": Look(),
    "hair rules, fine grid": Look(rule="hair", fine=3, size=8, width=3.6),
    "landscape, numbered pages": Look(landscape=True, pages=True, roomy=2.2),
    "title rows repeated": Look(title_rows=True, pages=True, roomy=2.6, size=10),
    "centred, labels shaded": Look(across="center", shaded=True, rule="medium"),
    "set at top": Look(down="top", size=8.5, width=13),
    "not merged": Look(unmerged=True, width=12),
    "no rules": Look(rule=None, roomy=1.3),
    "no rules, top, small": Look(rule=None, down="top", size=7, width=12, roomy=1.2),
}


def book(look: Look) -> Write:
    """Return what writes sheets as a workbook of a look."""

    def write(sheets: Sequence[Invented], path: Path) -> Path:
        from openpyxl import Workbook

        made = Workbook()
        made.remove(made.worksheets[0])
        for number, sheet in enumerate(sheets, start=1):
            _worksheet(made.create_sheet(f"様式{number}"), sheet, look)
        made.save(path)
        return path

    return write


def _worksheet(page: Any, sheet: Invented, look: Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    side = Side(style=look.rule) if look.rule else None
    font = Font(name=FONT, size=look.size)
    row, last = 1, 1
    heights: dict[int, float] = {}
    for line in sheet.head:
        page.cell(row, 1, line).font = Font(name=FONT, size=look.size + 2)
        row += 1
    head_rows = row - 1
    for table in sheet.tables:
        for r, c, text, down, across in placed(table):
            top, left = row + r, 1 + c * look.fine
            bottom, right = top + down - 1, left + across * look.fine - 1
            last = max(last, right)
            cell = page.cell(top, left, text or None)
            cell.font = font
            cell.alignment = Alignment(wrap_text=True, vertical=look.down, horizontal=look.across)
            if look.shaded and c == 0:
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
            if (down > 1 or across * look.fine > 1) and not (look.unmerged and len(text) < 9 and down > 1):
                page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
            for y in range(top, bottom + 1) if side else ():
                for x in range(left, right + 1):
                    page.cell(y, x).border = Border(
                        top=side if y == top else None,
                        bottom=side if y == bottom else None,
                        left=side if x == left else None,
                        right=side if x == right else None,
                    )
            each = _lines(text, across * look.fine * look.width, look.size) / down
            for y in range(top, bottom + 1):
                heights[y] = max(heights.get(y, 1), each)
        row += len(table) + 1
    for line in sheet.foot:
        page.cell(row, 1, line).font = font
        row += 1
    for y, lines in heights.items():
        page.row_dimensions[y].height = (lines * 1.5 + 0.5) * look.size * look.roomy
    for x in range(1, last + 1):
        page.column_dimensions[get_column_letter(x)].width = look.width
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape" if look.landscape else "portrait"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    if look.title_rows:
        page.print_title_rows = f"1:{head_rows + 1}"
    if look.pages:
        page.oddFooter.center.text = "- &P -"


def _lines(text: str, width: float, size: float) -> int:
    """Return how many lines a text takes in so many signs of the default font."""
    room = max(width * 0.92 * 10 / size, 2)
    total = 0
    for line in text.split("\n"):
        wide = sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line)
        total += max(1, -(-int(wide) // int(room)))
    return total


def document(style: str | None, size: float = 8.5, *, upright: bool = False) -> Write:
    """Return what writes sheets as a Word document; ``style`` is that of its tables, None: no rules."""

    def write(sheets: Sequence[Invented], path: Path) -> Path:
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        made = Document()
        made.styles["Normal"].font.size = Pt(size)
        made.styles["Normal"].font.name = FONT
        made.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        made.styles["Normal"].paragraph_format.space_after = Pt(0)
        section = made.sections[0]
        section.page_width, section.page_height = (Mm(210), Mm(297)) if upright else (Mm(297), Mm(210))
        section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
        section.left_margin = section.right_margin = Mm(12)
        for sheet in sheets:
            _write_document(made, sheet, style)
        made.save(str(path))
        return path

    return write


def _write_document(made: Any, sheet: Invented, style: str | None) -> None:
    for line in sheet.head:
        made.add_paragraph(line)
    for table in sheet.tables:
        cells = list(placed(table))
        width = max(column + across for _, column, _, _, across in cells)
        grid = made.add_table(rows=len(table), cols=width)
        if style:
            grid.style = style
        rows = [row.cells for row in grid.rows]
        for row, column, text, down, across in cells:
            cell = rows[row][column]
            if down > 1 or across > 1:
                cell = cell.merge(rows[row + down - 1][column + across - 1])
            cell.text = text
        made.add_paragraph()
    for line in sheet.foot:
        made.add_paragraph(line)


OFFICE: dict[str, tuple[str, Write]] = {
    **{f"office/book, {name}": (".xlsx", book(look)) for name, look in BOOKS.items()},
    "office/word, grid": (".docx", document("Table Grid")),
    "office/word, grid, upright": (".docx", document("Table Grid", 7.5, upright=True)),
    "office/word, no rules": (".docx", document(None)),
}


def available() -> bool:
    """Return whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def to_pdf(paths: Sequence[Path], folder: Path) -> None:
    """Print files to PDF beside each other in a folder, all by one process of LibreOffice."""
    with tempfile.TemporaryDirectory() as profile:
        for kind in {path.suffix for path in paths}:
            subprocess.run(
                [
                    "soffice",
                    f"-env:UserInstallation=file://{profile}",
                    "--headless",
                    "--convert-to",
                    "pdf",
                    "--outdir",
                    str(folder),
                    *(str(path) for path in paths if path.suffix == kind),
                ],
                check=True,
                capture_output=True,
                timeout=900,
            )
