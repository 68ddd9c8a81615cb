"""Oxigraph in this process: on disk or in memory."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, TypeVar, cast

import pyoxigraph as ox

from konkyo.common.errors import KonkyoError
from konkyo.common.heap import give_back
from konkyo.common.words import Words
from konkyo.store.query_errors import QUERY_ERRORS, query_error
from konkyo.store.query_guard import named_graphs, refuse_service

if TYPE_CHECKING:
    from konkyo.store import Answer

BLOCK = 1 << 20
_REMOVED_AT_ONCE = 250_000


class EmbeddedStore:
    """One Oxigraph store; in memory where no path is given.

    ``folder`` is that of its generation: a build may put files beside the store that change with it.
    """

    def __init__(self, store: ox.Store | None = None, folder: Path | None = None) -> None:
        self._store = store if store is not None else ox.Store()
        self.folder = folder

    def query(
        self,
        text: str,
        *,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
        base: str | None = None,
    ) -> Answer:
        """Run a SPARQL query over the union of all graphs. Raises KonkyoError for one that cannot be run.

        ``default`` and ``named`` are a dataset as the SPARQL protocol gives it: only these graphs are seen, and
        what the query says of FROM does not count. Nothing is fetched. ``base`` is what relative IRIs go by.
        """
        refuse_service(text)
        try:
            if default is None and named is None:
                # With the union as the default graph, Oxigraph would take no notice of FROM.
                union = not named_graphs(text)
                return self._store.query(text, base_iri=base, use_default_graph_as_union=union)
            return self._store.query(
                text,
                base_iri=base,
                default_graph=[ox.NamedNode(iri) for iri in default or ()],
                named_graphs=[ox.NamedNode(iri) for iri in named or ()],
            )
        except QUERY_ERRORS as error:
            raise query_error(error, text) from error

    def select(self, text: str) -> ox.QuerySolutions:
        """Run a SELECT query. Raises KonkyoError where it is none."""
        return only(self.query(text), ox.QuerySolutions)

    def construct(self, text: str) -> ox.QueryTriples:
        """Run a CONSTRUCT or DESCRIBE query. Raises KonkyoError where it is none."""
        return only(self.query(text), ox.QueryTriples)

    def load(self, graph: str, quads: Iterable[str]) -> int:
        """Replace one named graph by lines of N-Quads; return how many lines were read."""
        self.drop(graph)
        stream = LineStream(quads)
        self._store.bulk_load(cast("IO[bytes]", stream), format=ox.RdfFormat.N_QUADS)
        return stream.lines

    def load_all(self, graphs: Mapping[str, Iterable[str]]) -> dict[str, int]:
        """Replace several named graphs by lines of N-Quads in one load; return how many lines each had.

        A load costs about 15 ms, however little it loads.
        """
        counted = dict.fromkeys(graphs, 0)

        def lines() -> Iterator[str]:
            for graph, quads in graphs.items():
                for line in quads:
                    counted[graph] += 1
                    yield line

        for graph in graphs:
            self.drop(graph)
        self.load_stream(LineStream(lines()))
        return counted

    def drop(self, graph: str) -> None:
        """Remove one named graph with all it holds. Nothing may be reading the store meanwhile.

        Oxigraph keeps much of what was removed in memory until it is closed. So a large graph goes in pieces, and a store on disk is
        opened anew after each.
        """
        name = ox.NamedNode(graph)
        while self._remove_some(name) == _REMOVED_AT_ONCE:
            if self.folder:
                self._store.flush()
                del self._store
                give_back()
                self._store = ox.Store(str(self.folder))
        self._store.remove_graph(name)

    def _remove_some(self, graph: ox.NamedNode) -> int:
        count = 0
        for fact in islice(self._store.quads_for_pattern(None, None, None, graph), _REMOVED_AT_ONCE):
            self._store.remove(fact)
            count += 1
        return count

    @contextmanager
    def dumped(self, graph: str) -> Iterator[IO[bytes]]:
        """Give one named graph as a stream of N-Triples that Oxigraph writes meanwhile; always in the same order."""
        reading, writing = os.pipe()
        failed: list[BaseException] = []

        def write() -> None:
            try:
                with os.fdopen(writing, "wb") as out:
                    self._store.dump(out, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
            except BrokenPipeError:
                pass  # who reads has enough
            except BaseException as error:  # told to the thread that reads
                failed.append(error)

        writer = Thread(target=write, daemon=True)
        writer.start()
        with os.fdopen(reading, "rb") as stream:
            yield stream
        writer.join()
        if failed:
            raise failed[0]

    def dump(self, graph: str, size: int = BLOCK) -> Iterator[bytes]:
        """Yield a graph as N-Triples in blocks of whole lines, each of about ``size`` bytes; always in the same order."""
        rest = b""
        with self.dumped(graph) as stream:
            while block := stream.read(size):
                whole, newline, tail = block.rpartition(b"\n")
                if newline:
                    yield rest + whole + newline
                    rest = tail
                else:
                    rest += block

    def copy_graph(self, other: EmbeddedStore, graph: str) -> None:
        """Add one graph of another store, streamed, so that neither store's memory holds it."""
        with other.dumped(graph) as stream:
            self._store.bulk_load(stream, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))

    def load_stream(self, stream: IO[bytes] | io.RawIOBase) -> None:
        """Add what a stream of N-Quads holds, to the graphs that its lines name."""
        self._store.bulk_load(cast("IO[bytes]", stream), format=ox.RdfFormat.N_QUADS)

    def load_turtle(self, graph: str, path: Path) -> None:
        """Add one Turtle file to a named graph. Raises KonkyoError with the line where it is no Turtle."""
        try:
            self._store.bulk_load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
        except SyntaxError as error:
            raise KonkyoError(
                Words(f"Turtleとして読めません（{error.msg}）。", f"It is not Turtle ({error.msg})."),
                source=str(path),
                line=error.lineno,
            ) from error

    def add(self, triples: Iterable[ox.Triple | ox.Quad]) -> None:
        """Add facts to the default graph, whichever graph they stood in; it is part of the union that is asked."""
        self._store.bulk_extend(ox.Quad(fact.subject, fact.predicate, fact.object) for fact in triples)

    def matching(
        self,
        subject: ox.NamedNode | ox.BlankNode | None = None,
        predicate: str | None = None,
        value: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the facts of all graphs that have the given subject, predicate (its IRI) and object.

        A fact that several graphs hold comes several times.
        """
        name = None if predicate is None else ox.NamedNode(predicate)
        return self._store.quads_for_pattern(subject, name, value)

    def graphs(self) -> list[str]:
        """Return the named graphs, sorted."""
        return sorted(node.value for node in self._store.named_graphs())

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of one named graph, in no particular order."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield quad.triple

    def pack(self) -> None:
        """Merge what loading left in many pieces: a look-up takes half the time, and all two thirds of the disk."""
        self._store.optimize()

    @contextmanager
    def packing(self) -> Iterator[None]:
        """Pack the store while the block reads it, and writes nothing to it: packing is native code, which holds up no other thread."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as beside:
            packed = beside.submit(self.pack)
            yield
        packed.result()

    def close(self) -> None:
        """Write everything to the disk and let go of the folder; the store cannot be used after that."""
        if hasattr(self, "_store"):
            try:
                self._store.flush()
            finally:
                del self._store

    def __len__(self) -> int:
        return len(self._store)


Form = TypeVar("Form")


def only(answer: object, form: type[Form]) -> Form:
    """Return an answer that has the form asked for. Raises KonkyoError for a query of another form."""
    if not isinstance(answer, form):
        wanted = "SELECT" if form is ox.QuerySolutions else "CONSTRUCT"
        raise KonkyoError(Words(f"{wanted}の問合せではありません。", f"This is no {wanted} query."))
    return answer


class LineStream(io.RawIOBase):  # pyoxigraph asks for IO[bytes] and calls read() only
    """A binary stream over lines of text, so that a store reads a generator without a file in between."""

    CHUNK = 1 << 20

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = b""
        self.lines = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as there are lines; return the number of bytes."""
        if not self._rest:
            batch, size = [], 0
            for line in self._lines:
                batch.append(line)
                size += len(line)
                if size >= self.CHUNK:
                    break
            self.lines += len(batch)
            self._rest = "".join(batch).encode()
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
