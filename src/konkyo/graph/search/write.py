"""Writes the index of a generation: what is found by which names, numbers and descriptions."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.common.name_form import name_form
from konkyo.graph.search.gather import (
    IDENTIFIERS,
    KEYS,
    OWNERS,
    SearchEntry,
    TextOfThing,
    is_number,
    labels_of,
    several,
    superseded,
    texts,
    things,
    years_of,
)
from konkyo.graph.search.grams import column
from konkyo.graph.search.shelves import Shelves

if TYPE_CHECKING:
    from konkyo.graph.search.gather import Source
    from konkyo.store import Store

# Beside the files of the store, which leaves alone what it has not written itself.
FILE = "search.sqlite"
# Of the tables below and of the form of what is in them; an index of another number is not read: search does without
# it until the store is built again.
FORMAT = 3
_AT_ONCE = 20_000
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, grp INTEGER NOT NULL, number TEXT,
  ja TEXT NOT NULL, en TEXT, ministry TEXT, length INTEGER NOT NULL, years TEXT NOT NULL
);
-- A thing as documents of a year show it (NULL: it is of no year); current: as it is shown where no year is asked for.
CREATE TABLE unit (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, year INTEGER, current INTEGER NOT NULL);
CREATE TABLE name (key TEXT, thing INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE TABLE text (
  thing INTEGER, place INTEGER, field TEXT, text TEXT, year INTEGER, PRIMARY KEY (thing, place)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE gram USING fts5(names, texts, context, content='', tokenize='ascii');
"""


def write_index(store: Store, path: Path) -> int:
    """Write the index of a store's search keys and texts to a new file; return how many things it holds.

    Where this Python's SQLite has no full-text tables nothing is written, and search does without.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as index:
        try:
            index.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            if "fts5" not in str(error):
                raise
            path.unlink(missing_ok=True)
            return 0
        # Kept in memory in bigger pieces and merged once, at the end.
        index.execute("INSERT INTO gram(gram, rank) VALUES ('automerge', 0), ('hashsize', 33554432)")
        index.execute("BEGIN")
        count = _fill(index, store)
        index.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
        index.execute("COMMIT")
        index.execute("INSERT INTO gram(gram) VALUES ('optimize')")
    return count


def _fill(index: sqlite3.Connection, store: Store) -> int:
    owners = several(store, OWNERS)
    heads = {iri for found in owners.values() for iri in found}
    above = several(store, KEYS, heads)
    _add_identifiers(store, above)
    older = superseded(store)
    # A part at a time: of ten years there are hundreds of thousands of things, with millions of names and texts.
    shelves = Shelves(store, index)
    count = units = 0
    for part in shelves.parts(KEYS, _AT_ONCE):
        keys = several(shelves, KEYS, part)
        years, told = years_of(shelves, part), texts(shelves, keys, among=part)
        found = list(things(shelves, keys, owners, heads, labels_of(shelves, part), part))
        _add_identifiers(shelves, keys)
        names = above | keys
        made = _Rows()
        for thing in found:
            count += 1
            units += made.add(
                count, units, thing, names, years.get(thing.iri, []), told.get(thing.iri, []), older
            )
        index.executemany("INSERT INTO gram(rowid, names, texts, context) VALUES (?, ?, ?, ?)", made.grams)
        index.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", made.things)
        index.executemany("INSERT INTO unit VALUES (?, ?, ?, ?)", made.units)
        index.executemany("INSERT INTO name VALUES (?, ?)", sorted(made.names))
        index.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?)", made.texts)
    index.execute("CREATE INDEX unit_thing ON unit (thing)")
    index.execute("CREATE UNIQUE INDEX thing_iri ON thing (iri)")
    return count


def _add_identifiers(source: Source, keys: dict[str, list[str]]) -> None:
    """Add to the keys of things the identifiers of organizations, in their form."""
    for iri, identifiers in several(source, IDENTIFIERS, keys).items():
        keys[iri] += map(name_form, identifiers)


@dataclass(slots=True)
class _Rows:
    """The rows of some things, by table."""

    things: list[tuple[object, ...]] = field(default_factory=list)
    units: list[tuple[int, int, int | None, bool]] = field(default_factory=list)
    names: list[tuple[str, int]] = field(default_factory=list)
    texts: list[tuple[int, int, str, str, int | None]] = field(default_factory=list)
    grams: list[tuple[int, str, str, str]] = field(default_factory=list)

    def add(
        self,
        number: int,
        before: int,
        thing: SearchEntry,
        keys: Mapping[str, list[str]],
        years: list[int],
        told: list[TextOfThing],
        older: Container[str],
    ) -> int:
        """Add a thing; return how many units it has. ``before`` is the number of the last unit of the thing before."""
        self.things.append(
            (
                number,
                thing.iri,
                thing.kind,
                thing.group,
                thing.code,
                thing.ja,
                thing.en,
                next(iter(thing.owners), None),
                len(thing.ja),
                " ".join(map(str, years)),
            )
        )
        own = keys[thing.iri]
        self.names.extend((key, number) for key in dict.fromkeys(own))
        shown = [TextOfThing("name", name, None) for name in thing.also] + told
        self.texts.extend((number, place, *text) for place, text in enumerate(shown))
        parts = [key for key in own if not is_number(thing.iri, key)]
        above = [name for org in thing.owners for name in keys.get(org, ())]
        shown_in: Sequence[int | None] = years or (None,)
        for place, year in enumerate(shown_in):
            unit = before + place + 1
            self.units.append((unit, number, year, not place and thing.iri not in older))
            described = column(name_form(text.words) for text in told if text.year in (None, year))
            self.grams.append((unit, column(parts), described, column(above)))
        return len(shown_in)
