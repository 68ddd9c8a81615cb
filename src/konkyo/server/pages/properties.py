"""Everything that is said of a thing, property by property, with labels: the table at the end of its page."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from konkyo.common.words import Words
from konkyo.graph.reader import NAMES, Reader
from konkyo.model.namespaces import BASE, shorten

MOST = 30
# Shown elsewhere on a page, or of no use to a reader.
_HIDDEN = ("kk:searchKey",)


@dataclass(frozen=True, slots=True)
class Value:
    """A thing with its label, or a text with its language."""

    iri: str | None
    label: Words | None
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Row:
    """One property with its first :data:`MOST` values; ``total`` counts them all."""

    iri: str
    label: Words
    values: tuple[Value, ...]
    total: int


def properties(reader: Reader, iri: str) -> list[Row]:
    """Return the properties of a loaded thing in the order of their names."""
    found: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for row in reader.store.select(f"SELECT DISTINCT ?p ?o WHERE {{ {ox.NamedNode(iri)} ?p ?o }}"):
        found.setdefault(row["p"].value, []).append(row["o"])
    kept = {name: sorted(terms, key=str) for name, terms in found.items() if shorten(name) not in _HIDDEN}
    named = {term.value for terms in kept.values() for term in terms[:MOST] if isinstance(term, ox.NamedNode)}
    reader.load(kept)
    ours = [value for value in named if value.startswith(BASE)]
    reader.load_only(ours, NAMES)
    labels = {one: reader.label(one) for one in [*kept, *ours] if reader.known(one)}
    rows = []
    for name in sorted(kept, key=shorten):
        terms = kept[name]
        values = tuple(_value(term, labels) for term in terms[:MOST])
        short = shorten(name)
        rows.append(Row(name, labels.get(name, Words(short, short)), values, len(terms)))
    return rows


def _value(term: ox.NamedNode | ox.Literal, labels: dict[str, Words]) -> Value:
    if isinstance(term, ox.NamedNode):
        short = shorten(term.value)
        return Value(term.value, labels.get(term.value, Words(short, short)), term.value, "")
    return Value(None, None, term.value, term.language or "")
