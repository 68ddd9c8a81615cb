"""Graphs as sorted Turtle, the same bytes for the same data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.common.files import write_whole
from konkyo.model.graphs import (
    ONTOLOGY,
)
from konkyo.model.namespaces import GRAPH, ID

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore


def write_turtle(
    store: EmbeddedStore, folder: Path, prefixes: dict[str, str], *, by: str = "konkyo"
) -> list[Path]:
    """Write each graph but the ontology's as sorted Turtle, the same bytes for the same data; return the files.

    ``by`` is what each file says it was built by.
    """
    return [
        _replace(folder / f"{name.removeprefix(GRAPH)}.ttl", turtle(store, name, prefixes, by))
        for name in store.graphs()
        if name != ONTOLOGY
    ]


def turtle(store: EmbeddedStore, name: str, prefixes: dict[str, str], by: str) -> bytes:
    """Return one graph as Turtle, sorted by subject, then rdf:type first, then predicate and object."""
    import pyoxigraph as ox

    from konkyo.model.namespaces import RDF

    def order(triple: ox.Triple) -> tuple[str, bool, str, str]:
        return (
            str(triple.subject),
            triple.predicate.value != RDF + "type",
            triple.predicate.value,
            str(triple.object),
        )

    # Only the prefixes that occur, so that an unrelated change of the table changes no file.
    triples = sorted(store.triples(name), key=order)
    text = "\n".join(map(str, triples))
    # The data's own IRIs are written relative to a base: their slashes would have to be escaped after a prefix.
    used = {key: value for key, value in prefixes.items() if value != ID and f"<{value}" in text}
    head = f"# {name}\n# Built by {by}; the sources are the YAML files of graphs/. Not edited by hand.\n"
    body = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used, base_iri=ID)
    lines = (body or b"").decode().splitlines(keepends=True)
    # The library shortens the prefixes' own IRIs against the base as well; a reader wants them whole.
    rest = "".join(line for line in lines if not line.startswith("@"))
    named = "".join(f"@prefix {key}: <{value}> .\n" for key, value in used.items())
    return f"{head}@base <{ID}> .\n{named}\n{rest}".encode()


def _replace(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    return path
