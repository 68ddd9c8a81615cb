"""The examples of the vocabulary as the page shows them: one thing of each class, and which classes stand together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from konkyo.common.paths import ontology_dir
from konkyo.model.namespaces import BASE, ID, KK, PREFIXES, RDF, shorten

_TYPE = ox.NamedNode(RDF + "type")
_PREFIXES = {**PREFIXES, "ex": ID + "ex/"}


@dataclass(frozen=True)
class Edge:
    """A property that leads from a thing of one class to a thing of another in an example."""

    start: str
    name: str
    end: str


class Examples:
    """``examples/base.ttl`` and the valid examples, each read by itself."""

    def __init__(self, above: Mapping[str, set[str]]) -> None:
        """``above`` has for each class those right above it, by their names."""
        self._above = above
        folder = ontology_dir() / "examples"
        files = (folder / "base.ttl", *sorted((folder / "valid").glob("*.ttl")))
        self._files = [
            [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)] for path in files
        ]

    def of(self, iri: str) -> str:
        """Return what the first example that has a thing says of it, and what leads to it, as Turtle."""
        node = ox.NamedNode(iri)
        for triples in self._files:
            if any(triple.subject == node and triple.predicate == _TYPE for triple in triples):
                own = [triple for triple in triples if triple.subject == node]
                leading = [triple for triple in triples if triple.object == node]
                return _turtle([*own, *leading[:2]])
        return ""

    @cached_property
    def edges(self) -> set[Edge]:
        """Return the properties of all examples with the classes that they join."""
        base = self._kinds(self._files[0])
        found = set()
        for triples in self._files:
            kinds = {**base, **self._kinds(triples)}
            found |= {
                Edge(start, shorten(triple.predicate.value), end)
                for triple in triples
                for start in kinds.get(_iri(triple.subject), ())
                for end in kinds.get(_iri(triple.object), ())
            }
        return found

    def _kinds(self, triples: list[ox.Triple]) -> dict[str, set[str]]:
        """Return for each thing its classes without those above them."""
        found: dict[str, set[str]] = {}
        for triple in triples:
            kind = _iri(triple.object)
            if triple.predicate == _TYPE and kind.startswith(KK):
                found.setdefault(_iri(triple.subject), set()).add(kind.removeprefix(KK))
        return {
            thing: kinds - set().union(*(self._above.get(kind, ()) for kind in kinds))
            for thing, kinds in found.items()
        }


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""


def _turtle(triples: list[ox.Triple]) -> str:
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
    lines = [line for line in written.decode().splitlines() if not line.startswith("@prefix ")]
    return "\n".join(lines).replace(f"<{BASE}id/", "<id/").strip()
