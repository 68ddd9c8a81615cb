"""RDF for people and programs to read, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from konkyo.model.identifiers import column_and_row
from konkyo.model.namespaces import KK, PREFIXES, XSD


def turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as Turtle with its prefixes in one order: the library writes them in any."""
    made = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    lines = made.splitlines(keepends=True)
    heads = [line for line in lines if line.startswith(b"@prefix ")]
    return b"".join([*sorted(heads), *lines[len(heads) :]])


def evidence_triples(subject: ox.NamedNode, place: str) -> Iterator[ox.Triple]:
    """Yield that something was read from a place, and of a cell in which column and row it is."""

    def term(name: str) -> ox.NamedNode:
        return ox.NamedNode(KK + name)

    node = ox.NamedNode(place)
    yield ox.Triple(subject, term("evidence"), node)
    if cell := column_and_row(place):
        column, row = cell
        yield ox.Triple(node, term("inColumn"), ox.NamedNode(column))
        yield ox.Triple(node, term("row"), ox.Literal(row, datatype=ox.NamedNode(XSD + "integer")))
