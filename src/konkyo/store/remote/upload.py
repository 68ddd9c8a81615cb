"""Putting graphs on a server, so that a load that is killed can go on and leaves no graph half replaced.

A graph is sent in pieces to one of its own beside the place where it belongs, counted there, copied to its
place in one step, and counted again. While that goes on, a small graph on the server (``STATE``) says which
graphs are complete and how many pieces of the next one are in. Sending a piece twice does no harm, since a
graph is a set of triples and no node in it is blank. Servers that cannot copy a big graph (``Profile.copies``)
get it straight into its place, which is marked as unfinished before and until all is in: konkyo does not see it then.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from konkyo.common.advice import Advice, Code
from konkyo.common.text import whole
from konkyo.common.words import Words
from konkyo.store.remote.http import StoreError

if TYPE_CHECKING:
    from konkyo.store.embedded import EmbeddedStore
    from konkyo.store.remote.endpoints import Endpoint
    from konkyo.store.remote.http import Http

# What a load that is not complete keeps on the server; no question of konkyo sees it.
LOADING = "https://w3id.org/konkyo/load/"
STATE = LOADING + "state"
STAGING = LOADING + "staging/"
UNFINISHED = LOADING + "ns#unfinished"

_NS = LOADING + "ns#"
_DIGEST = _NS + "digest"
_DONE = _NS + "complete"
_PIECES = _NS + "pieces"
PIECE = 8 << 20  # bytes of one request
_LINES = 1_000  # Virtuoso's compiler takes no more in one INSERT DATA
_SLICE = 100_000  # Oxigraph holds in memory what one request removes


class Progress(Protocol):
    """Who wants to know how far a load is."""

    def __call__(self, label: str, done: int, total: int | None) -> object:
        """Take a graph's name, the triples sent, and how many it has."""


class Server(Protocol):
    """What a load needs of a server: :class:`konkyo.store.remote.store.RemoteStore` is one."""

    endpoint: Endpoint
    http: Http
    prefix: str

    @property
    def patience(self) -> float:
        """How long a request may take, in seconds."""

    def graphs(self) -> list[str]:
        """Return the graphs of konkyo that are complete."""

    def everything(self) -> list[str]:
        """Return all graphs, those of loads too."""

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """Yield the triples of a graph."""

    def count(self, graph: str) -> int:
        """Return how many triples a graph has."""

    def unfinished(self) -> bool:
        """Return whether a load was begun and has not ended."""

    def update(self, text: str) -> None:
        """Run an update."""

    def forget(self) -> None:
        """Look again which graphs there are, at the next question."""

    def read_only(self) -> StoreError:
        """Return the error of a server that takes no update."""

    def rows(self, text: str) -> ox.QuerySolutions:
        """Run a SELECT query that names its graphs, those of loads too."""


@dataclass(frozen=True, slots=True)
class _Content:
    digest: str
    triples: int


def push(
    source: EmbeddedStore,
    target: Server,
    *,
    before: EmbeddedStore | None = None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Make the graphs of a server those of a store; return how many triples each graph has that had to be sent.

    ``before`` is what the server holds (see :func:`pull`): what is the same there is not sent. Graphs of konkyo that
    the source does not have are removed. Killed and started again with the same content it goes on where it was.
    Raises StoreError.
    """
    if target.endpoint.update is None:
        raise target.read_only()
    graphs = source.graphs()
    held = target.everything()
    sent = {}
    state = _State(target, STATE in held)
    there = set(before.graphs()) if before else set()
    for graph in graphs:
        content = _content(source, graph)
        if before and graph in there and _content(before, graph) == content:
            continue
        if state.complete(graph) == content.digest and target.count(graph) == content.triples:
            sent[graph] = content.triples
            if progress:
                progress(graph, content.triples, content.triples)
            continue
        _send(source, target, state, graph, content, progress)
        sent[graph] = content.triples
    for name in target.everything():
        if name.startswith(STAGING) or (name.startswith(target.prefix) and name not in graphs):
            _remove(target, name)
    _remove(target, STATE)
    target.forget()
    return sent


def pull(source: Server, folder: Path) -> None:
    """Make a store folder of what a server holds. Raises StoreError where a load into it has not ended."""
    from konkyo.store.generations import building

    if source.unfinished():
        raise StoreError(
            "failed",
            Words(
                "前の読み込みが終わっていないので、中身が揃っていません。",
                "An earlier load has not ended, so not all is there.",
            ),
            source=source.endpoint.name,
            hint=Advice(Code.LOAD_TO_END),
        )
    with building(folder) as store:
        for graph in source.graphs():
            store.load(graph, (f"{triple} <{graph}> .\n" for triple in source.triples(graph)))


def load(target: Server, graph: str, quads: Iterable[str]) -> int:
    """Replace one graph by lines of N-Quads; return how many lines were read. Raises SyntaxError for a bad line."""
    lines = 0

    def pieces() -> Iterator[bytes]:
        nonlocal lines
        batch: list[str] = []
        size = 0
        for line in quads:
            lines += 1
            batch.append(line)
            size += len(line)
            if size >= PIECE // 4:
                yield _plain(batch)
                batch, size = [], 0
        if batch:
            yield _plain(batch)

    staging = staging_of(graph)
    _remove(target, staging)
    try:
        for piece in pieces():
            _add(target, staging, piece)
        _put_in_place(target, staging, graph, target.count(staging))
    finally:
        _remove(target, staging)
        target.forget()
    return lines


def drop(target: Server, graph: str) -> None:
    """Remove one graph."""
    _remove(target, graph)


def staging_of(graph: str) -> str:
    """Return the name under which a graph is put together."""
    return STAGING + hashlib.sha256(graph.encode()).hexdigest()[:32]


def _plain(lines: list[str]) -> bytes:
    """Return lines of N-Quads as N-Triples, all read before: some servers leave out silently what is no triple."""
    quads = ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)
    return "".join(f"{quad.triple} .\n" for quad in quads).encode()


def _content(source: EmbeddedStore, graph: str) -> _Content:
    digest, triples = hashlib.sha256(), 0
    for block in source.dump(graph):
        digest.update(block)
        triples += block.count(b"\n")
    return _Content(digest.hexdigest(), triples)


class _State:
    """What the server says of the load that is under way."""

    def __init__(self, target: Server, exists: bool) -> None:
        self._target = target
        self._said: dict[tuple[str, str], str] = {}
        if exists:
            text = f"SELECT ?g ?p ?v WHERE {{ GRAPH <{STATE}> {{ ?g ?p ?v }} }}"
            for row in target.rows(text):
                self._said[row["g"].value, row["p"].value] = row["v"].value

    def complete(self, graph: str) -> str | None:
        """Return the digest of a graph that is all in."""
        return self._said.get((graph, _DONE))

    def pieces(self, graph: str, digest: str) -> int:
        """Return how many pieces of this content are in."""
        if self._said.get((graph, _DIGEST)) != digest:
            return 0
        told = self._said.get((graph, _PIECES), "")
        return whole(told) or 0

    def unfinished(self, graph: str) -> bool:
        """Return whether a graph is being put straight into its place."""
        return (graph, UNFINISHED) in self._said

    def say(self, graph: str, **facts: str) -> None:
        """Replace what is said of a graph."""
        names = {"digest": _DIGEST, "done": _DONE, "pieces": _PIECES, "unfinished": UNFINISHED}
        lines = " ".join(
            f"{ox.NamedNode(graph)} <{names[key]}> {ox.Literal(value)} ." for key, value in facts.items()
        )
        node = f"{ox.NamedNode(graph)}"
        self._target.update(
            f"DELETE WHERE {{ GRAPH <{STATE}> {{ {node} ?p ?v }} }} ;\n"
            f"INSERT DATA {{ GRAPH <{STATE}> {{ {lines} }} }}"
        )
        for key in [key for key in self._said if key[0] == graph]:
            del self._said[key]
        self._said |= {(graph, names[key]): value for key, value in facts.items()}


def _send(
    source: EmbeddedStore,
    target: Server,
    state: _State,
    graph: str,
    content: _Content,
    progress: Progress | None,
) -> None:
    limit = target.endpoint.profile.copies
    straight = limit is not None and content.triples > limit
    place = graph if straight else staging_of(graph)
    mark = {"unfinished": "yes"} if straight else {}
    for attempt in (1, 2):
        done = state.pieces(graph, content.digest)
        if not done:
            state.say(graph, digest=content.digest, pieces="0", **mark)
            _remove(target, place)
        sent = 0
        for number, block in enumerate(source.dump(graph, PIECE), 1):
            if number > done:
                _add(target, place, block)
                state.say(graph, digest=content.digest, pieces=str(number), **mark)
            sent += block.count(b"\n")
            if progress:
                progress(graph, sent, max(content.triples, 1))
        if target.count(place) == content.triples:
            break
        # A server that was killed may have lost pieces that it had said were in.
        if attempt == 2:
            raise _miscounted(target, graph, target.count(place), content.triples)
        state.say(graph, digest="", pieces="0", **mark)
    if not straight:
        state.say(graph, digest=content.digest, pieces=str(1 << 30))
        _put_in_place(target, place, graph, content.triples)
    state.say(graph, done=content.digest)
    if not straight:
        _remove(target, place)


def _put_in_place(target: Server, staging: str, graph: str, triples: int) -> None:
    """Let a graph that is complete take the place of another one. COPY may be said twice; MOVE would remove both."""
    if not triples:
        _remove(target, graph)
        return
    copied = target.endpoint.profile.copies != 0
    if copied:
        try:
            target.update(f"COPY {ox.NamedNode(staging)} TO {ox.NamedNode(graph)}")
        except StoreError as error:
            if error.kind not in ("failed", "bad query"):
                raise
            copied = False  # Jena 4.5.0 takes no named graph for the source of a COPY
    if not copied:
        target.update(
            f"DROP SILENT GRAPH {ox.NamedNode(graph)} ;\n"
            f"INSERT {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {ox.NamedNode(staging)} {{ ?s ?p ?o }} }}"
        )
    found = target.count(graph)
    if found != triples:
        raise _miscounted(target, graph, found, triples)


def _miscounted(target: Server, graph: str, found: int, wanted: int) -> StoreError:
    return StoreError(
        "failed",
        Words(
            f"グラフ {graph} に{wanted:,}件あるはずが、サーバーには{found:,}件あります。",
            f"Graph {graph} should have {wanted:,} triples; the server has {found:,}.",
        ),
        source=target.endpoint.name,
        hint=Words("同じ命令をもう一度実行してください。", "Run the same command once more."),
    )


_BIG = re.compile(rb'"([+-]?[0-9]{10,18})"\^\^<http://www\.w3\.org/2001/XMLSchema#integer> \.\n')


def _add(target: Server, graph: str, triples: bytes) -> None:
    """Add N-Triples to a graph, by the Graph Store Protocol or in updates."""
    media = "application/n-triples"
    if target.endpoint.profile.bare:
        media, triples = "text/turtle", _BIG.sub(rb"\1 .\n", triples)
    if target.endpoint.graphs is not None:
        target.http.put("POST", target.endpoint.graphs, graph, triples, media, timeout=target.patience)
        return
    lines = triples.decode().splitlines(keepends=True)
    for start in range(0, len(lines), _LINES):
        target.update(
            f"INSERT DATA {{ GRAPH {ox.NamedNode(graph)} {{\n{''.join(lines[start : start + _LINES])}}} }}"
        )


def _remove(target: Server, graph: str) -> None:
    if target.endpoint.profile.copies:
        # In slices, each a transaction of its own that the server's memory holds.
        for _ in range(0, target.count(graph) - _SLICE, _SLICE):
            target.update(
                f"DELETE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }} WHERE {{ "
                f"{{ SELECT * WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }} LIMIT {_SLICE} }} }}"
            )
    target.update(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")
