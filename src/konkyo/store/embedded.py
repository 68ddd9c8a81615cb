"""Oxigraph in this process: on disk in generations, or in memory.

A store folder holds complete generations (``g-000001`` …) and a file ``CURRENT`` that names the one to
read. A build writes the next generation beside it and moves the name at its end, in one atomic rename:
whoever reads sees the old store or the new one, and a build that fails or is killed changes nothing.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, TypeVar, cast

import pyoxigraph as ox

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.text import printable
from konkyo.common.words import Words
from konkyo.store.query_errors import QUERY_ERRORS, query_error
from konkyo.store.query_guard import named_graphs, refuse_service

if TYPE_CHECKING:
    from konkyo.store import Answer

_CURRENT = "CURRENT"
_GENERATION = re.compile(r"g-[0-9]{6,12}")
BLOCK = 1 << 20
_DROPPED_AT_ONCE = 50_000


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
        """Remove one named graph with all it holds, in pieces: what one step removes, Oxigraph keeps in memory until its end."""
        name = ox.NamedNode(graph)
        facts = self._store.quads_for_pattern(None, None, None, name)
        while piece := list(islice(facts, _DROPPED_AT_ONCE)):
            # A blank node has no name to remove it by, and waits for the last step.
            named = (f for f in piece if not any(isinstance(t, ox.BlankNode) for t in (f.subject, f.object)))
            triples = " . ".join(f"{f.subject} {f.predicate} {f.object}" for f in named)
            self._store.update(f"DELETE DATA {{ GRAPH {name} {{ {triples} }} }}")
        self._store.remove_graph(name)

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


def open_store(folder: Path) -> EmbeddedStore:
    """Open the current generation of a store folder for reading. Raises KonkyoError where there is none."""
    for _ in range(3):  # a build may end, and remove what CURRENT named, between the two steps
        generation = _current(folder)
        if generation is None:
            break
        try:
            return EmbeddedStore(ox.Store.read_only(str(generation)), generation)
        except OSError:
            continue
        except RuntimeError as error:  # what Oxigraph says of files that are not its own
            raise damaged(folder, error) from error
    raise no_store(folder)


def damaged(folder: Path, error: Exception) -> KonkyoError:
    """Return the error for a store whose files are not as they were written."""
    said = printable(str(error), 120)
    return KonkyoError(
        Words(f"ストアのファイルが壊れています（{said}）。", f"The store's files are damaged ({said})."),
        source=str(folder),
        hint=Words("資料から作り直してください。", "Build it again from its sources."),
    )


def no_store(folder: Path) -> KonkyoError:
    """Return the error for a folder without a store."""
    return KonkyoError(
        Words("konkyoのストアがありません。", "There is no konkyo store here."),
        source=str(folder),
        hint=Advice(Code.NO_STORE),
    )


def current_version(folder: Path) -> str:
    """Return what names the data of a store folder: another one after each build. Raises KonkyoError where there is none."""
    generation = _current(folder)
    if generation is None:
        raise no_store(folder)
    # A folder that was removed and made again begins with the same number.
    return f"{generation.name}-{(folder / _CURRENT).stat().st_mtime_ns:x}"


def open_previous(folder: Path) -> EmbeddedStore | None:
    """Open the generation before the current one, where it is still there."""
    current = _current(folder)
    older = [item for item in folder.glob("g-*") if current is not None and item.name < current.name]
    for generation in sorted(older, reverse=True):
        with suppress(OSError, RuntimeError):
            return EmbeddedStore(ox.Store.read_only(str(generation)))
    return None


def exists(folder: Path) -> bool:
    """Return whether a store folder holds a complete generation."""
    return _current(folder) is not None


def _current(folder: Path) -> Path | None:
    try:
        name = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    generation = folder / name
    return generation if _GENERATION.fullmatch(name) and generation.is_dir() else None


@contextmanager
def building(folder: Path, *, keep: bool = False, packed: bool = False) -> Iterator[EmbeddedStore]:
    """Build the next generation of a store folder; it becomes the current one when the block ends well.

    With ``keep`` it starts as a copy of the current one, else empty, and is packed at the end unless the block has ``packed`` it.
    One build at a time: a second one raises KonkyoError. The generation before stays until the next build, for those who read it still.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "build.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise KonkyoError(
            Words("別のbuildがこのストアを作っています。", "Another build is at work on this store."),
            source=str(folder),
            hint=Advice(Code.BUILD_AT_WORK),
        ) from None
    except OSError as error:
        raise KonkyoError(
            Words(
                f"ストアの場所に書けません（{error.strerror}）。",
                f"The store's place is not writable ({error.strerror}).",
            ),
            source=str(folder),
        ) from error
    with lock:
        current = _current(folder)
        for other in folder.glob("g-*"):
            if other != current:
                shutil.rmtree(other, ignore_errors=True)
        number = int(current.name[2:]) + 1 if current else 1
        target = folder / f"g-{number:06d}"
        store = None
        try:
            store = EmbeddedStore(_next_generation(target, current if keep else None), target)
            yield store
            if not (keep or packed):  # what is kept changes little, and packing writes everything anew
                store.pack()
            store.close()
            pointer = folder / f"{_CURRENT}.new"
            pointer.write_text(target.name + "\n", encoding="ascii")
            pointer.replace(folder / _CURRENT)
        except BaseException:
            # Whoever catches the error may hold on to the store, and with it to the folder's lock; and a full
            # disk is no reason to leave the half-built generation there.
            if store is not None:
                with suppress(OSError):
                    store.close()
            shutil.rmtree(target, ignore_errors=True)
            raise


def _next_generation(target: Path, copied: Path | None) -> ox.Store:
    try:
        if copied:
            ox.Store.read_only(str(copied)).backup(str(target))
        return ox.Store(str(target))
    except OSError as error:
        raise KonkyoError(
            Words(f"ストアを作れません（{error}）。", f"The store cannot be made ({error})."),
            source=str(target),
        ) from error
