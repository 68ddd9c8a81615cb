"""The stored queries with the data that are invented for them."""

from __future__ import annotations

from pathlib import Path

FOLDERS = [
    path.parent for path in sorted((Path(__file__).parents[1] / "cases" / "queries").glob("*/data.trig"))
]
