"""Facts that are made of what the store holds: they wait in a file until all are made, so that no memory holds them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore

# Of a longer stream Oxigraph holds up to a million facts for each of its threads: more than a GB.
_AT_ONCE = 250_000


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
        load_in_pieces(store, waiting)
    return count


def load_in_pieces(store: EmbeddedStore, lines: Iterable[bytes]) -> None:
    """Add lines of N-Quads to a store. None of them may be made of what the store holds meanwhile."""
    left = iter(lines)
    while piece := b"".join(islice(left, _AT_ONCE)):
        store.load_stream(BytesIO(piece))
