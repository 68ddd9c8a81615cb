"""The text of a graph as a stream of whole lines, written by Oxigraph itself and never all in memory."""

from __future__ import annotations

from collections.abc import Iterator

from konkyo.store.embedded import EmbeddedStore

BLOCK = 1 << 20


def n_triples(store: EmbeddedStore, graph: str, size: int = BLOCK) -> Iterator[bytes]:
    """Yield a graph as N-Triples in blocks of whole lines, each of about ``size`` bytes; always in the same order."""
    rest = b""
    with store.dumped(graph) as stream:
        while block := stream.read(size):
            whole, newline, tail = block.rpartition(b"\n")
            if newline:
                yield rest + whole + newline
                rest = tail
            else:
                rest += block
