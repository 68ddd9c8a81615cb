"""Where the index of a store's generation is, and whether this version can read it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.search.write import FILE, FORMAT

if TYPE_CHECKING:
    from konkyo.store import Store


def index_of(store: Store) -> Path | None:
    """Return the index of a store's generation; None where there is none that this version can read."""
    path = store.folder / FILE if store.folder else None
    return path if path and path.is_file() and _format(path) == FORMAT else None


_READABLE: dict[tuple[str, int], int] = {}


def _format(path: Path) -> int:
    """Return the format of an index, asked once for each file."""
    key = (str(path), path.stat().st_mtime_ns)
    if key not in _READABLE:
        try:
            with closing(opened(path)) as index:
                row = index.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
                index.execute("SELECT rowid FROM gram WHERE gram MATCH 'z' LIMIT 1").fetchone()
            _READABLE[key] = int(row[0]) if row else 0
        except (sqlite3.Error, ValueError):
            _READABLE[key] = 0
    return _READABLE[key]


def opened(path: Path) -> sqlite3.Connection:
    """Return a connection to an index, for reading."""
    # Never changed once it is there, so no lock is taken and a folder that is read-only will do.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to an index for reading. Raises KonkyoError where it is not what its format says: somebody else made it, or it is damaged."""
    try:
        with closing(opened(path)) as index:
            yield index
    except sqlite3.Error as error:
        raise KonkyoError(
            Words(f"検索の索引が壊れています（{error}）。", f"The index for searching is damaged ({error})."),
            source=str(path),
            hint=Words("ストアを作り直してください。", "Build the store again."),
        ) from error
