"""Rows of CSV whose lines end with a line feed alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO


def write_lines(out: IO[str], rows: Iterable[Iterable[object]]) -> None:
    """Write rows; a cell with a carriage return is quoted, which Python before 3.13 leaves as it is."""
    plain = csv.writer(out, lineterminator="\n")
    quoted = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        cells = [*row]
        writer = quoted if any("\r" in cell for cell in cells if isinstance(cell, str)) else plain
        writer.writerow(cells)
