"""The only module that touches a triplestore.

Whatever the engine, an answer is pyoxigraph's: ``QuerySolutions``, ``QueryBoolean`` or ``QueryTriples``;
the default graph of a query is the union of all named graphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from konkyo.store.embedded import EmbeddedStore
from konkyo.store.generations import building, current_version, open_store
from konkyo.store.remote.endpoints import is_remote

if TYPE_CHECKING:
    import pyoxigraph

    from konkyo.common.words import Language

    Answer: TypeAlias = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples

__all__ = ["EmbeddedStore", "Store", "building", "connect", "current_version", "is_remote", "open_store"]


class Store(Protocol):
    """What every backend offers."""

    @property
    def folder(self) -> Path | None:
        """Return where a build puts what stands beside the triples, such as the search index; None for no such place."""

    def query(self, text: str) -> Answer:
        """Run a SPARQL query. Raises KonkyoError where it is none."""

    def select(self, text: str) -> pyoxigraph.QuerySolutions:
        """Run a SELECT query. Raises KonkyoError where it is none."""

    def construct(self, text: str) -> pyoxigraph.QueryTriples:
        """Run a CONSTRUCT or DESCRIBE query. Raises KonkyoError where it is none."""

    def load(self, graph: str, quads: Iterable[str]) -> int:
        """Replace one named graph by lines of N-Quads; return how many lines were read."""

    def graphs(self) -> list[str]:
        """Return the named graphs, sorted."""

    def triples(self, graph: str) -> Iterator[pyoxigraph.Triple]:
        """Yield the triples of one named graph, in no particular order."""

    def dump(self, graph: str) -> Iterator[bytes]:
        """Yield one named graph as N-Triples in blocks of whole lines."""


def connect(where: str | Path, lang: Language | None = None) -> Store:
    """Open a store folder, or a SPARQL server by its address or a settings file (see `profiles.endpoint`).

    ``lang`` is the language of notes on stderr. Raises KonkyoError where there is none, or none of konkyo's graphs in it.
    """
    if not is_remote(where):
        return open_store(Path(where))
    from konkyo.store.remote.store import RemoteStore

    return RemoteStore(where, lang=lang).opened()
