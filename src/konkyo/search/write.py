"""Writes the index of a generation: what is found by which names, numbers and descriptions."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.identifiers import key_of
from konkyo.names import KINDS
from konkyo.search.grams import column
from konkyo.search.kinds import GROUPS, group_of, telling
from konkyo.text import fold
from konkyo.vocabulary import KK, PREFIXES

if TYPE_CHECKING:
    from konkyo.store import Store

# Beside the files of the store, which leaves alone what it has not written itself.
FILE = "search.sqlite"
# Of the tables below; an index of another number is not read.
FORMAT = 1
_PROJECT = fold("予算事業")
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, grp INTEGER NOT NULL, number TEXT,
  ja TEXT NOT NULL, en TEXT, ministry TEXT, length INTEGER NOT NULL
);
CREATE TABLE name (key TEXT, thing INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE TABLE text (thing INTEGER, place INTEGER, field TEXT, text TEXT, PRIMARY KEY (thing, place)) WITHOUT ROWID;
CREATE VIRTUAL TABLE gram USING fts5(names, texts, context, content='', tokenize='ascii');
"""
_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if name != "id")
_CLASSES = "SELECT DISTINCT ?s ?o WHERE { VALUES ?o { %s } ?s a ?o }"
# Plain scans of one property each: a join with what has a search key takes several times as long.
_ALL = "SELECT DISTINCT ?s ?o WHERE { ?s %s ?o }"
_CITED = "SELECT DISTINCT ?s ?o WHERE { ?s a kk:Citation ; kk:statedText ?o }"
_SHOWN = "SELECT DISTINCT ?s ?o WHERE { ?s kk:hasAppearance ?a . ?a kk:statedText ?o }"
_DESCRIBED = "SELECT DISTINCT ?s ?o WHERE { ?s kk:hasAppearance ?a . ?a dcterms:description ?o }"
_STEPS = "SELECT DISTINCT ?s ?o WHERE { ?s a kk:LogicStep ; dcterms:isPartOf ?o }"


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


def _pairs(store: Store, query: str) -> Iterator[tuple[str, str, str]]:
    for row in store.select(_HEAD + query):
        value = row["o"]
        yield row["s"].value, value.value, getattr(value, "language", None) or ""


def _several(store: Store, query: str, kept: Container[str] | None = None) -> dict[str, list[str]]:
    """Return the values of each thing, sorted; only of those in ``kept``, where it is given."""
    found: dict[str, list[str]] = {}
    for iri, value, _ in _pairs(store, query):
        if kept is None or iri in kept:
            found.setdefault(iri, []).append(value)
    for values in found.values():
        values.sort()
    return found


def _texts(store: Store, keys: dict[str, list[str]], labels: _Labels) -> dict[str, list[tuple[str, str]]]:
    """Return the descriptions of things and, for projects, the texts of their logic models."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for query in (_DESCRIBED, _ALL % "dcterms:description"):
        for iri, found in _several(store, query, keys).items():
            texts.setdefault(iri, []).extend(("description", value) for value in found)
    steps: dict[str, set[str]] = {}
    for step, owner, _ in _pairs(store, _STEPS):
        if owner in keys:
            steps.setdefault(owner, set()).update(labels.get(step, {}).values())
    for iri, found_steps in steps.items():
        texts.setdefault(iri, []).extend(("logic", value) for value in sorted(found_steps))
    return texts


_Labels = dict[str, dict[str, str]]


def _fill(index: sqlite3.Connection, store: Store) -> int:
    keys = _several(store, _ALL % "kk:searchKey")
    classes = _several(store, _CLASSES % " ".join((*KINDS, "org:OrganizationalUnit", "kk:EvaluationSheet")))
    labels: _Labels = {}
    for iri, value, lang in _pairs(store, _ALL % "skos:prefLabel"):
        own_labels = labels.setdefault(iri, {})
        tag = "en" if lang == "en" else "ja"
        own_labels[tag] = min(value, own_labels.get(tag, value))
    # What else a thing is called: shown where the label is not what was found.
    others: dict[str, list[str]] = {}
    for query in (_CITED, _ALL % "skos:altLabel", _SHOWN):
        for iri, found in _several(store, query, keys).items():
            others.setdefault(iri, []).extend(found)
    numbers = _several(store, _ALL % "dcterms:identifier", keys)
    for iri, found in _several(store, _ALL % "org:identifier", keys).items():
        numbers.setdefault(iri, []).extend(found)
        keys[iri] += map(fold, found)
    ministries = _several(store, _ALL % "kk:ministry")
    heads = {iri for found in ministries.values() for iri in found}
    texts = _texts(store, keys, labels)
    things: list[tuple[object, ...]] = []
    names: list[tuple[str, int]] = []
    written: list[tuple[int, int, str, str]] = []

    def grams() -> Iterator[tuple[int, str, str, str]]:
        """Yield the rows of the full-text table one by one, since they are the bulk, and note the others."""
        for number, iri in enumerate(sorted(keys), 1):
            yield row(number, iri)

    def row(number: int, iri: str) -> tuple[int, str, str, str]:
        kind = telling(value.removeprefix(KK).rsplit("#", 1)[-1] for value in classes.get(iri, ()))
        kind = "Ministry" if iri in heads and kind == "Organization" else kind
        label = labels.get(iri, {})
        also = [name for name in dict.fromkeys(others.get(iri, ())) if name not in label.values()]
        ja = label.get("ja") or label.get("en") or next(iter(also), "") or keys[iri][0]
        shown_number = key_of(iri).removeprefix("project/") if kind == "Project" else ""
        code = shown_number if shown_number.isdecimal() else next(iter(numbers.get(iri, ())), None)
        own = ministries.get(iri, [])
        above = [name for org in own for name in keys.get(org, ())]
        things.append(
            (
                number, iri, kind, GROUPS.index(group_of(kind)), code, ja, label.get("en"),
                own[0] if own else None, len(ja),
            )
        )  # fmt: skip
        names.extend((key, number) for key in dict.fromkeys(keys[iri]))
        shown = [("name", name) for name in also if name != ja] + texts.get(iri, [])
        written.extend((number, place, field, value) for place, (field, value) in enumerate(shown))
        told = column(fold(value) for _, value in texts.get(iri, ()))
        # 予算事業820 is found as a whole or by its beginning; by a part of it, 事業, every project would be.
        parts = [key for key in keys[iri] if not (kind == "Project" and key.removeprefix(_PROJECT) == code)]
        return number, column(parts), told, column(above)

    index.executemany("INSERT INTO gram(rowid, names, texts, context) VALUES (?, ?, ?, ?)", grams())
    index.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", things)
    index.executemany("INSERT INTO name VALUES (?, ?)", sorted(names))
    index.executemany("INSERT INTO text VALUES (?, ?, ?, ?)", written)
    index.execute("CREATE UNIQUE INDEX thing_iri ON thing (iri)")
    return len(things)
