"""The graph as things with properties and edges between them, as Gephi, Neo4j and data frames know it.

A thing is what has a class. Its literals and codes (``c:stated``) are its properties; what it says of another thing
is an edge. Evidence is left out unless asked for, and so are the ontology's own terms: for them there is RDF.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.model.kinds import most_telling
from konkyo.model.namespaces import GRAPH, KK, OA, RDF, SKOS, XSD, C, shorten
from konkyo.present.export.lines import graph_lines, sorted_lines, told
from konkyo.present.export.rdf import parsed

if TYPE_CHECKING:
    from konkyo.present.export import Progress
    from konkyo.store import Store

_TYPE = RDF + "type"
_LABEL = SKOS + "prefLabel"
_EVIDENCE = {KK + "Evidence", OA + "FragmentSelector", OA + "Selector"}
_ONTOLOGY = GRAPH + "ontology"
_NUMBERS = {XSD + "integer": "integer", XSD + "decimal": "decimal"}
_SAFE = re.compile(r"\W")


@dataclass(slots=True)
class Column:
    """A property of things: what its values are, and whether a thing may have several."""

    kind: str  # integer, decimal or text
    many: bool = False


@dataclass(slots=True)
class Thing:
    """A node: its IRI, the most telling class, all classes, label, and properties by name."""

    iri: str
    kind: str
    classes: list[str]
    label: str
    values: dict[str, list[str]]


@dataclass
class PropertyGraph:
    """Things and edges, waiting on the disk to be read in order; made by :func:`property_graph`."""

    folder: Path
    columns: dict[str, Column] = field(default_factory=dict)
    by_kind: dict[str, dict[str, Column]] = field(default_factory=dict)
    things: int = 0
    edges: int = 0

    def nodes(self) -> Iterator[Thing]:
        """Yield the things, by IRI."""
        with (self.folder / "things").open(encoding="utf-8") as lines:
            for line in lines:
                yield Thing(*json.loads(line))

    def links(self) -> Iterator[tuple[str, str, str]]:
        """Yield the edges as subject, name of the property and object, by subject."""
        with (self.folder / "edges").open(encoding="utf-8") as lines:
            for line in lines:
                source, name, target = line.rstrip("\n").split("\t")
                yield source, name, target


def property_graph(
    store: Store, graphs: list[str], folder: Path, *, evidence: bool = False, progress: Progress | None = None
) -> PropertyGraph:
    """Sort the triples by subject and write things and edges to files of a folder, for one to read them in order."""
    made = PropertyGraph(folder)
    chosen = [graph for graph in graphs if graph != _ONTOLOGY]
    read = (
        line
        for graph in chosen
        for line in told(graph_lines(store, graph), graph.removeprefix(GRAPH), progress)
    )
    loose = folder / "loose"
    with (folder / "things").open("w", encoding="utf-8") as things, loose.open("wb") as edges:
        for subject, triples in _subjects(parsed(sorted_lines(read, folder, "lines"))):
            thing, outgoing = _thing(made, subject, triples, evidence)
            if thing is None:
                continue
            made.things += 1
            row = [thing.iri, thing.kind, thing.classes, thing.label, thing.values]
            things.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
            # Ended by ">", objects sort as the things do, which come as sorted N-Triples.
            edges.writelines(f"{end}>\t{subject}\t{name}\n".encode() for name, end in outgoing)
    with loose.open("rb") as unsorted, (folder / "edges").open("wb") as out:
        kept = _among_things(made, sorted_lines(unsorted, folder, "by-object"))
        for edge in sorted_lines(kept, folder, "by-subject"):
            out.write(edge)
            made.edges += 1
    loose.unlink()
    made.columns = dict(sorted(made.columns.items()))
    return made


def _subjects(quads: Iterator[ox.Quad]) -> Iterator[tuple[str, list[ox.Quad]]]:
    batch: list[ox.Quad] = []
    for quad in quads:
        if batch and quad.subject != batch[0].subject:
            yield _value(batch[0].subject), batch
            batch = []
        batch.append(quad)
    if batch:
        yield _value(batch[0].subject), batch


def _value(term: Any) -> str:
    text: str = term.value
    return text


def _thing(
    made: PropertyGraph, subject: str, quads: list[ox.Quad], evidence: bool
) -> tuple[Thing | None, list[tuple[str, str]]]:
    classes = [_value(quad.object) for quad in quads if quad.predicate.value == _TYPE]
    if not classes or (not evidence and not _EVIDENCE.isdisjoint(classes)):
        return None, []
    kind = most_telling(classes)
    columns = made.by_kind.setdefault(kind, {})
    values: dict[str, list[str]] = {}
    outgoing: list[tuple[str, str]] = []
    labels: dict[str, str] = {}
    for quad in quads:
        predicate, term = quad.predicate.value, quad.object
        if predicate == _TYPE:
            continue
        name = _name(predicate)
        if isinstance(term, ox.Literal):
            if predicate == _LABEL:
                labels.setdefault(term.language or "", term.value)
            if term.language:
                name = f"{name}_{_SAFE.sub('_', term.language)}"
            number = _NUMBERS.get(term.datatype.value, "text")
        elif isinstance(term, ox.NamedNode) and term.value.startswith(C):
            number = "text"
        elif isinstance(term, ox.NamedNode):
            outgoing.append((name, term.value))
            continue
        else:
            continue
        held = values.setdefault(name, [])
        held.append(_value(term).removeprefix(C))
        for table in (made.columns, columns):
            column = table.setdefault(name, Column(number))
            column.many = column.many or len(held) > 1
            if column.kind != number:
                column.kind = "decimal" if "text" not in (column.kind, number) else "text"
    label = labels.get("ja") or labels.get("en") or labels.get("") or subject.rsplit("/", 1)[-1]
    return Thing(subject, kind, [shorten(item) for item in classes], label, values), outgoing


def _name(predicate: str) -> str:
    """Return ``kk_claimLevel``: the prefixed name as all the tools take it."""
    return _SAFE.sub("_", shorten(predicate))


def _among_things(made: PropertyGraph, edges: Iterator[bytes]) -> Iterator[bytes]:
    """Yield, as subject, property, object, the edges whose object is a thing: both are in the order of IRIs."""
    with (made.folder / "things").open(encoding="utf-8") as lines:
        things = (json.loads(line)[0].encode() + b">" for line in lines)
        here = next(things, None)
        for edge in edges:
            end, source, name = edge[:-1].split(b"\t")
            while here is not None and here < end:
                here = next(things, None)
            if here == end:
                yield b"\t".join((source, name, end[:-1])) + b"\n"
