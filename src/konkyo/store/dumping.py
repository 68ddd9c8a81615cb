"""The text of a graph as a stream of whole lines, written by Oxigraph itself and never all in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Thread

import pyoxigraph as ox

from konkyo.store.embedded import EmbeddedStore

BLOCK = 1 << 20


def n_triples(store: EmbeddedStore, graph: str, size: int = BLOCK) -> Iterator[bytes]:
    """Yield a graph as N-Triples in blocks of whole lines, each of about ``size`` bytes; always in the same order."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def write() -> None:
        try:
            with os.fdopen(writing, "wb") as out:
                store._store.dump(out, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        except BaseException as error:  # told to the thread that waits
            failed.append(error)

    writer = Thread(target=write, daemon=True)
    writer.start()
    rest = b""
    with os.fdopen(reading, "rb") as stream:
        while block := stream.read(size):
            whole, newline, tail = block.rpartition(b"\n")
            if newline:
                yield rest + whole + newline
                rest = tail
            else:
                rest += block
    writer.join()
    if failed:
        raise failed[0]
