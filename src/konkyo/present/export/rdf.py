"""RDF: N-Quads, TriG and JSON-LD with the named graphs, Turtle and RDF/XML without them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from konkyo.common.temporary import temporary_folder
from konkyo.model.jsonld import write_jsonld
from konkyo.model.namespaces import GRAPH, PREFIXES
from konkyo.model.syntax import XmlFile
from konkyo.present.export.lines import graph_lines, sorted_lines, told

if TYPE_CHECKING:
    from konkyo.present.export import Progress
    from konkyo.store import Store

_FORMATS = {
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
}


def write_rdf(store: Store, graphs: list[str], out: IO[bytes], form: str, progress: Progress | None) -> None:
    """Write graphs as ``nquads``, ``trig``, ``turtle``, ``rdfxml`` or ``jsonld``: by graph, then by line of N-Triples."""
    with temporary_folder() as temporary:
        folder = temporary
        if form == "nquads":
            for graph in graphs:
                tail = f" <{graph}> .\n".encode()
                lines = sorted_lines(graph_lines(store, graph), folder, "lines")
                out.writelines(line[:-3] + tail for line in told(lines, _short(graph), progress))
            return
        if form == "rdfxml":  # its prefixes would come in another order each time
            file, triples = XmlFile(out), _merged(store, graphs, folder, progress)
            ox.serialize(triples, cast("IO[bytes]", file), format=ox.RdfFormat.RDF_XML)
            file.end()
            return
        quads = (
            _merged(store, graphs, folder, progress)
            if form == "turtle"
            else _by_graph(store, graphs, folder, progress)
        )
        if form == "jsonld":
            write_jsonld(quads, out)
            return
        for name, iri in sorted(PREFIXES.items()):
            out.write(f"@prefix {name}: <{iri}> .\n".encode())
        body = cast("IO[bytes]", _Body(out))
        ox.serialize(quads, body, format=_FORMATS[form], prefixes=PREFIXES)


class _Body(io.RawIOBase):
    """A stream that leaves out the prefixes at the top: the library writes them in another order each time."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._head: bytes | None = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        text = bytes(data)
        if self._head is None:
            self._out.write(text)
            return len(text)
        self._head += text
        while self._head.startswith(b"@prefix ") and b"\n" in self._head:
            self._head = self._head.partition(b"\n")[2]
        if self._head and not b"@prefix ".startswith(self._head[:8]):
            self._out.write(self._head)
            self._head = None
        return len(text)


def _merged(store: Store, graphs: list[str], folder: Path, progress: Progress | None) -> Iterator[ox.Triple]:
    everything = (
        line for graph in graphs for line in told(graph_lines(store, graph), _short(graph), progress)
    )
    for quad in parsed(sorted_lines(everything, folder, "lines")):
        yield quad.triple


def _by_graph(store: Store, graphs: list[str], folder: Path, progress: Progress | None) -> Iterator[ox.Quad]:
    for graph in graphs:
        name = ox.NamedNode(graph)
        lines = told(sorted_lines(graph_lines(store, graph), folder, "lines"), _short(graph), progress)
        for quad in parsed(lines):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def parsed(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Yield the triples of lines, some thousands read at once."""
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == 10_000:
            yield from ox.parse(b"".join(batch), format=ox.RdfFormat.N_TRIPLES)
            batch = []
    yield from ox.parse(b"".join(batch), format=ox.RdfFormat.N_TRIPLES)


def _short(graph: str) -> str:
    return graph.removeprefix(GRAPH)
