"""The rows of an RS file as Python's own csv reads them, with nothing of konkyo: what a test counts on its own."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

Row = dict[str, str]


def rows_of(folder: Path, kind: str) -> list[Row] | None:
    """Return the rows of the file of a kind ("1-3") in a folder, as CSV or zip; None where there is no such file."""
    found = sorted(folder.glob(f"{kind}_RS_*"))
    if not found:
        return None
    (path,) = found
    data = path.read_bytes()
    if path.suffix != ".csv":
        with zipfile.ZipFile(path) as archive:
            data = archive.read(archive.namelist()[0])
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
