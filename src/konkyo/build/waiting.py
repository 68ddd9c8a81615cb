"""Facts that are made of what the store holds: they wait in a file until all are made, so that no memory holds them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore


def load_made(store: EmbeddedStore, graph: str, lines: Iterable[str]) -> int:
    """Replace a graph by lines of N-Quads that are made of the store; return how many there were.

    The graph holds what it held until the last line is made.
    """
    count = 0
    with tempfile.TemporaryFile() as waiting:
        for line in lines:
            waiting.write(line.encode())
            count += 1
        waiting.seek(0)
        store.drop(graph)
        store.load_stream(waiting)
    return count
