"""The invented sheets laid out as real files are and the first generator's are not: a second way to make files of the same content.

Each layout changes how a file is made, not what it says. They were written after a list of how ministries' files differ from
those of :mod:`support.invented_sheets`, and share no code with it beyond the sheet's content.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from support.invented_sheets import Cell, Invented, placed, spans

Table = Sequence[Sequence[Cell]]
_WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


def on_cells(sheet: Invented, change: Callable[[str], str]) -> Invented:
    """Return a sheet with the text of each cell changed."""

    def changed(cell: Cell) -> Cell:
        return change(cell) if isinstance(cell, str) else (change(cell[0]), cell[1], cell[2])

    return replace(sheet, tables=[[[*map(changed, row)] for row in table] for table in sheet.tables])


_SPACED = frozenset(
    [
        "施策名",
        "政策名",
        "事業名",
        "区分",
        "基準値",
        "初期値",
        "目標値",
        "実績値",
        "達成",
        "年月日",
        "分野",
        "会計",
        "項",
        "事項",
        "計",
        "合計",
        "費目",
        "使途",
        "金額",
        "備考",
        "支出先",
        "担当課室",
        "成果指標",
    ]
)


def spaced(text: str) -> str:
    """Return a short label with spaces between its signs: 施　策　名."""
    return "　".join(text) if text in _SPACED else text


def wide_figures(text: str) -> str:
    """Return an amount in wide signs: １，２３４."""
    return text.translate(_WIDE) if re.fullmatch(r"[△▲-]? ?[\d,.]+", text) else text


def dashes(text: str) -> str:
    """Return what stands for nothing in another way."""
    return {"-": "―", "": "／"}.get(text, text) if text == "-" else text


def footnoted(sheet: Invented) -> Invented:
    """Return a sheet with marks of footnotes at labels, and the notes below."""

    def marked(text: str) -> str:
        return {
            "施策の概要": "施策の概要 ※１",
            "基準値": "基準値\n（※２）",
            "達成すべき目標": "達成すべき目標*",
            "事業概要": "事業概要（※１）",
        }.get(text, text)

    notes = ["※１　例示の定義は別紙による。", "※２　基準値は、暫定のものを含む。", "- 3 -"]
    return replace(on_cells(sheet, marked), foot=[*sheet.foot, *notes])


_UNIT_IN_LABEL = re.compile(r"\n?[（(](?:単位：)?(千円|百万円)(?:、ｄ)?[)）]")


def unit_above(sheet: Invented) -> Invented:
    """Return a sheet whose budget's unit stands in a row of its own at the top right of the budget table."""
    tables: list[Table] = []
    for table in sheet.tables:
        made: list[Sequence[Cell]] = []
        rows = [*table]
        at = next(
            (
                n
                for n, row in enumerate(rows)
                if row and "予算額" in spans(row[0])[0] and spans(row[0])[1] > 3
            ),
            None,
        )
        units = {m[1] for row in rows for cell in row if (m := _UNIT_IN_LABEL.search(spans(cell)[0]))}
        across = sum(spans(cell)[2] for cell in rows[at]) if at is not None else 0
        if at is None or len(units) != 1:
            tables.append(table)
            continue
        for n, row in enumerate(rows):
            if n == at:
                made.append([(f"（単位：{next(iter(units))}）", 1, across)])
            here = at <= n < at + spans(rows[at][0])[1]
            made.append([_without_unit(cell) for cell in row] if here else row)
        tables.append(made)
    return replace(sheet, tables=tables)


def _without_unit(cell: Cell) -> Cell:
    text, down, across = spans(cell)
    return _UNIT_IN_LABEL.sub("", text), down, across


@dataclass(frozen=True)
class Grid:
    """How a workbook is made: where the table begins, how many columns and rows of the grid one of the sheet takes."""

    row: int = 1
    column: int = 1
    across: int = 1
    down: int = 1
    merged: bool = True
    numbers: bool = False
    memo: bool = False


_AMOUNT = re.compile(
    r"(?P<minus>[△▲-] ?)?(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>%|％|件|人|施設|か国|ha|回|億円)?"
)
_DATE = re.compile(r"(令和|平成)(\d+|元)年(\d+)月(\d+)日")


def workbook(sheets: Sequence[Invented], path: Path, grid: Grid) -> Path:
    """Write sheets as worksheets of one workbook, on another grid than one cell a cell."""
    from openpyxl import Workbook
    from openpyxl.styles import Border, Side

    book = Workbook()
    book.remove(book.worksheets[0])
    for number, sheet in enumerate(sheets, start=1):
        page = book.create_sheet(f"様式 ({number})" if number > 1 else "様式１")
        row = grid.row
        for line in sheet.head:
            page.cell(row, grid.column, line)
            row += 1
        width = 1
        for table in sheet.tables:
            for r, c, text, down, across in placed(table):
                top, left = row + r * grid.down, grid.column + c * grid.across
                bottom, right = top + down * grid.down - 1, left + across * grid.across - 1
                width = max(width, right)
                cell = page.cell(top, left)
                _write(cell, text, grid.numbers)
                if grid.merged and (bottom > top or right > left):
                    page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
                thin = Side(style="thin")
                for y in range(top, bottom + 1):
                    for x in range(left, right + 1):
                        page.cell(y, x).border = Border(
                            top=thin if y == top else None,
                            bottom=thin if y == bottom else None,
                            left=thin if x == left else None,
                            right=thin if x == right else None,
                        )
            row += len(table) * grid.down + 1
        for line in sheet.foot:
            page.cell(row, grid.column, line)
            row += 1
        if grid.memo:
            _memo(page, width, row)
    book.save(path)
    return path


def _memo(page, width: int, last: int) -> None:  # type: ignore[no-untyped-def]
    """Write what an office keeps for itself: beside the print area, and in a hidden row and a hidden column."""
    from openpyxl.utils import get_column_letter

    page.cell(3, width + 3, "作業メモ：昨年度の値は1,111だった")
    page.cell(9, width + 3, "9,999")
    page.cell(10, width + 3, "7,777")
    page.column_dimensions[get_column_letter(width + 1)].hidden = True
    page.cell(9, width + 1, "8,888")
    page.print_area = f"A1:{get_column_letter(width)}{last}"


def _write(cell, text: str, numbers: bool) -> None:  # type: ignore[no-untyped-def]
    if not text:
        return
    cell.value = text
    if not numbers:
        return
    if match := _DATE.fullmatch(text):
        year = (2018 if match[1] == "令和" else 1988) + (1 if match[2] == "元" else int(match[2]))
        cell.value = datetime.datetime(year, int(match[3]), int(match[4]))
        cell.number_format = '[$-411]ggge"年"m"月"d"日"'
    elif re.fullmatch(r"\d{1,2}年度", text):
        cell.value = int(text[:-2])
        cell.number_format = '0"年度"'
    elif match := _AMOUNT.fullmatch(text):
        digits = match["digits"]
        decimals = len(digits.partition(".")[2])
        value = float(digits.replace(",", ""))
        form = ("#,##0" if "," in digits or "." not in digits else "0") + (
            "." + "0" * decimals if decimals else ""
        )
        if digits.isdigit() and len(digits) > 3:
            form = "0" * len(digits) if digits.startswith("0") else "0"
        unit = match["unit"] or ""
        if unit in ("%", "％"):
            value, form = value / 100, form + "%"
        elif unit:
            form += f'"{unit}"'
        minus = (match["minus"] or "").strip()
        value = -value if minus else value
        if minus in ("△", "▲"):
            form = f'{form};"{minus}"{form}' if minus == "△" else f"{form};{minus} {form}"
        cell.value = int(value) if value == int(value) else value
        cell.number_format = form


def _html_table(table: Table) -> Iterator[str]:
    yield "<table>"
    for row in table:
        yield "<tr>"
        for cell in row:
            text, down, across = spans(cell)
            kind = "f" if re.fullmatch(r"[△▲-]? ?[\d０-９][^\n]{0,12}", text) else "t"
            tall = " tall" if down >= 3 and len(text) <= 12 else ""
            inner = html.escape(text).replace("\n", "<br>")
            yield f'<td class="{kind}{tall}" rowspan={down} colspan={across}><div>{inner}</div></td>'
        yield "</tr>"
    yield "</table>"


def page(sheets: Sequence[Invented], css: str) -> str:
    """Return a page of HTML with sheets one after the other, each from the top of a page."""
    made = "".join(
        f'<section><div class="head">{"".join(f"<p>{html.escape(line)}</p>" for line in sheet.head)}</div>'
        + "".join("".join(_html_table(table)) for table in sheet.tables)
        + "".join(f'<p class="foot">{html.escape(line)}</p>' for line in sheet.foot)
        + "</section>"
        for sheet in sheets
    )
    base = (
        "@page{size:A4;margin:15mm 10mm} body{font:8pt/1.35 'Noto Sans CJK JP';margin:0} section+section{break-before:page}"
        "table{width:100%;border-collapse:collapse;margin:2mm 0} td{padding:.7mm 1.2mm;vertical-align:middle} .head{text-align:center}"
        "p{margin:1mm 0}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{base}{css}</style>{made}"


_RULES = "td{border:.6pt solid #000}"
PDF_LAYOUTS: dict[str, str] = {
    "rules as filled areas": "table{border-collapse:separate;border-spacing:.8pt;background:#000} td{background:#fff}",
    "dotted rules": "td{border:.7pt dotted #000} table{border:1.5pt solid #000}",
    "double rules, shaded": "td{border:.6pt solid #333} table{border:3px double #000} td:first-child{background:#d9e2f3}",
    "dashed, grey": "td{border:.4pt dashed #999}",
    "landscape, small": _RULES
    + "@page{size:A4 landscape;margin:8mm} body{font-size:6.5pt} .f{text-align:right}",
    "upright labels": _RULES
    + ".tall div{writing-mode:vertical-rl;margin:auto;white-space:nowrap;line-height:1}",
    "many pages, page numbers": _RULES
    + "td{height:13mm} @page{size:A4;margin:15mm 10mm;@bottom-center{content:'- ' counter(page) ' -'}}",
    "letters set apart": _RULES + ".t{letter-spacing:.12em} .f{text-align:right}",
    "rows ruled only": "td{border:none;border-top:.6pt solid #000;border-bottom:.6pt solid #000}",
    "no rules, middle": ".f{text-align:right}",
    "no rules, centred both ways": "td{text-align:center}",
    "no rules, top": "td{vertical-align:top} .f{text-align:right}",
    "no rules, bottom": "td{vertical-align:bottom;padding:1mm 2mm}",
    "no rules, airy": "td{padding:2.2mm 3mm} body{font-size:7.5pt;line-height:1.5}",
}
GRIDS: dict[str, Grid] = {
    "fine grid": Grid(row=2, column=2, across=4, down=1),
    "fine grid both ways": Grid(row=3, column=3, across=3, down=2),
    "numbers and dates": Grid(numbers=True),
    "memo beside, hidden": Grid(row=2, column=2, memo=True),
    "ruled, not merged": Grid(merged=False),
}
TEXTS: dict[str, Callable[[Invented], Invented]] = {
    "spaced labels": lambda sheet: on_cells(sheet, spaced),
    "wide figures": lambda sheet: on_cells(sheet, wide_figures),
    "other dashes": lambda sheet: on_cells(sheet, dashes),
    "footnotes": footnoted,
    "unit above": unit_above,
}
# Written after the readers were tuned to the layouts above, and never tuned to: what they show is how unseen ones are read.
HELD_OUT: dict[str, str] = {
    "held out: frame only": "table{border:1.2pt solid #000} td{padding:1mm 1.5mm}",
    "held out: labels shaded, no rules": "td{padding:1.2mm 2mm;vertical-align:middle} td:first-child{background:#e8e8e8}"
    " body{font-size:9pt}",
    "held out: years centred, figures right": ".f{text-align:right} .t{text-align:left} td.t.tall{text-align:center}"
    " td{padding:.9mm 2mm} body{font-size:7pt;line-height:1.6}",
    "held out: white rules on grey": "table{border-collapse:separate;border-spacing:2pt} td{background:#eee;border:none}",
    "held out: ridge, spaced, wide": "td{border:1.5pt ridge #555;padding:2mm} table{border-collapse:separate;border-spacing:0}"
    " body{font-size:8.5pt} @page{size:A3 landscape;margin:10mm}",
}
HELD_OUT_GRIDS: dict[str, Grid] = {
    "held out: far corner, numbers": Grid(row=6, column=5, across=2, down=1, numbers=True),
    "held out: fine, not merged": Grid(row=2, column=2, across=3, down=2, merged=False),
}
