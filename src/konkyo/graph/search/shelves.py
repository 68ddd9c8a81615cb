"""What a store says of things, pattern by pattern on the disk, so that an index is made of it in parts, however many years it holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.graph.sparql import PROLOGUE

if TYPE_CHECKING:
    from konkyo.store import Store

Row = tuple[str, str, str, str | None]
"""Subject, object, its language ('' for none), and the year (IRI) where the pattern has one."""


class Shelves:
    """The rows of patterns of ``?s``, ``?o`` and perhaps ``?y``: each is asked of the store once, whole, and kept in a temporary table."""

    def __init__(self, store: Store, index: sqlite3.Connection) -> None:
        self._store = store
        self._index = index
        self._tables: dict[str, str] = {}
        index.execute("CREATE TEMP TABLE part (s TEXT PRIMARY KEY) WITHOUT ROWID")

    def rows(self, pattern: str, among: Iterable[str]) -> list[Row]:
        """Return the rows of a pattern for some subjects, each once."""
        table = self._table(pattern)
        self._index.execute("DELETE FROM part")
        self._index.executemany("INSERT OR IGNORE INTO part VALUES (?)", ((iri,) for iri in among))
        text = f"SELECT DISTINCT {table}.* FROM part CROSS JOIN {table} USING (s)"  # noqa: S608 - a name of our own
        return self._index.execute(text).fetchall()

    def parts(self, pattern: str, size: int) -> Iterator[list[str]]:
        """Yield the subjects of a pattern in their order, so many at a time."""
        text = f"SELECT DISTINCT s FROM {self._table(pattern)} WHERE s > ? ORDER BY s LIMIT ?"  # noqa: S608
        last = ""
        while part := [iri for (iri,) in self._index.execute(text, (last, size))]:
            yield part
            last = part[-1]

    def _table(self, pattern: str) -> str:
        if pattern not in self._tables:
            self._tables[pattern] = name = f"shelf{len(self._tables)}"
            self._index.execute(f"CREATE TEMP TABLE {name} (s TEXT, o TEXT, language TEXT, y TEXT)")
            self._index.executemany(f"INSERT INTO {name} VALUES (?, ?, ?, ?)", self._asked(pattern))  # noqa: S608
            self._index.execute(f"CREATE INDEX temp.{name}_s ON {name} (s)")
        return self._tables[pattern]

    def _asked(self, pattern: str) -> Iterator[Row]:
        dated = "?y" in pattern
        # Not DISTINCT: an engine would hold all rows for it.
        for row in self._store.select(
            f"{PROLOGUE}SELECT ?s ?o {'?y' if dated else ''} WHERE {{ {pattern} }}"
        ):
            value, year = row["o"], row["y"] if dated else None
            language = value.language if isinstance(value, ox.Literal) else None
            yield row["s"].value, value.value, language or "", year.value if year is not None else None
