"""What of a worksheet is printed, and how far a cell reaches that its rules enclose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def cells_of(sheet: Worksheet) -> list[Any]:
    """Return the cells that a worksheet has, row by row.

    openpyxl walks over all rows and columns up to the farthest one; one stray cell at the end of a sheet makes that billions.
    """
    return [cell for _, cell in sorted(sheet._cells.items())]


class Printed:
    """Which cells of a worksheet are printed: those within its print area, in rows and columns that are not hidden."""

    def __init__(self, sheet: Worksheet) -> None:
        self.areas = [
            _bounds(one)
            for one in re.split(r"[, ](?=(?:[^']*'[^']*')*[^']*$)", sheet.print_area or "")
            if one
        ]
        self.rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
        self.columns = {
            number
            for column in sheet.column_dimensions.values()
            if column.hidden
            for number in range(column.min or 0, (column.max or 0) + 1)
        }
        self.leaves_out = any(
            cell.value is not None and not self.holds(cell.row, cell.column, cell.row, cell.column)
            for cell in cells_of(sheet)
        )

    def holds(self, top: int, left: int, bottom: int, right: int) -> bool:
        """Return whether some part of a cell over these rows and columns is printed."""
        seen = any(row not in self.rows for row in range(top, bottom + 1)) and any(
            column not in self.columns for column in range(left, right + 1)
        )
        within = not self.areas or any(
            top <= last_row and bottom >= row and left <= last_column and right >= column
            for column, row, last_column, last_row in self.areas
        )
        return seen and within


def _bounds(area: str) -> tuple[int, int, int, int]:
    from openpyxl.utils import range_boundaries

    column, row, last_column, last_row = range_boundaries(area.rpartition("!")[2])
    return column or 1, row or 1, last_column or 1 << 14, last_row or 1 << 20


def enclosed(sheet: Worksheet, row: int, column: int, ends: tuple[int, int]) -> tuple[int, int]:
    """Return the last row and column of a cell that is not merged: up to the next rule, over cells that hold nothing.

    Many sheets rule an area and write into its first cell. Where no rule ends the area, the cell is just itself.
    ``ends`` are the last row and column of the worksheet.
    """
    right = _reach(sheet, row, column, (0, 1), min(ends[1], column + _FARTHEST))
    down = _reach(sheet, row, column, (1, 0), min(ends[0], row + _FARTHEST))
    return row + down, column + right


_FARTHEST = 80
_SIDES = {(0, 1): ("right", "left"), (1, 0): ("bottom", "top")}


def _reach(sheet: Worksheet, row: int, column: int, step: tuple[int, int], end: int) -> int:
    """Return how many empty cells lie between a cell and the next rule in a direction; none where no rule comes."""
    count = 0
    while not _has_rule(sheet, row, column, _SIDES[step][0]):
        row, column = row + step[0], column + step[1]
        if (row if step[0] else column) > end:
            return 0
        if _has_rule(sheet, row, column, _SIDES[step][1]):
            return count
        if sheet.cell(row, column).value is not None:
            return 0
        count += 1
    return count


def _has_rule(sheet: Worksheet, row: int, column: int, side: str) -> bool:
    rule = getattr(sheet.cell(row, column).border, side)
    return rule is not None and rule.style is not None
