"""The rows of an RS file as Python's own csv reads them, with nothing of konkyo: what a test counts on its own."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

Row = dict[str, str]


def plain(text: str) -> str:
    """Return a cell without blanks, and nothing for one that says that there is none."""
    squeezed = "".join(text.split())
    return "" if re.fullmatch(r"[-－ー―‐–—−─\u00ad]*|(?:該当|特に)?なし", squeezed) else squeezed


def rows_of(folder: Path, kind: str, year: int) -> list[Row] | None:
    """Return the rows of the file of a kind ("1-3") and year in a folder, as CSV or zip; None where there is no such file."""
    found = sorted(folder.glob(f"{kind}_RS_{year}_*"))
    if not found:
        return None
    (path,) = found
    data = path.read_bytes()
    if path.suffix != ".csv":
        with zipfile.ZipFile(path) as archive:
            data = archive.read(archive.namelist()[0])
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
