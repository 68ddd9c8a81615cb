"""RDF for people and programs to read, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from konkyo.model.namespaces import PREFIXES


def turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as Turtle with its prefixes in one order: the library writes them in any."""
    made = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    lines = made.splitlines(keepends=True)
    heads = [line for line in lines if line.startswith(b"@prefix ")]
    return b"".join([*sorted(heads), *lines[len(heads) :]])
