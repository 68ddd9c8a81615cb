"""Lines of N-Triples, sorted on the disk in pieces, so that a graph larger than memory comes in one order."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from konkyo.present.export import Progress
    from konkyo.store import Store

PIECE = 48 << 20  # bytes of text sorted at once; as objects of Python they take twice that
_TOLD_EVERY = 100_000


def graph_lines(store: Store, graph: str) -> Iterator[bytes]:
    """Yield a graph's triples as lines, in the store's order."""
    for block in store.dump(graph):
        yield from block.splitlines(keepends=True)


def sorted_lines(lines: Iterable[bytes], folder: Path, name: str) -> Iterator[bytes]:
    """Yield lines in the order of their bytes, each once; what does not fit into a piece waits in the folder."""
    files: list[Path] = []
    piece: list[bytes] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= PIECE:
            files.append(_spill(piece, folder / f"{name}-{len(files):05d}"))
            piece, size = [], 0
    piece.sort()
    streams = [path.open("rb", buffering=1 << 18) for path in files]
    try:
        before = None
        for line in heapq.merge(piece, *streams) if streams else piece:
            if line != before:
                yield line
                before = line
    finally:
        for stream in streams:
            stream.close()
        for path in files:
            path.unlink()


def _spill(piece: list[bytes], path: Path) -> Path:
    piece.sort()
    with path.open("wb") as out:
        out.writelines(piece)
    return path


def told(lines: Iterable[bytes], label: str, progress: Progress | None) -> Iterator[bytes]:
    """Yield lines and tell from time to time how many there were."""
    done = 0
    for done, line in enumerate(lines, 1):
        yield line
        if progress and done % _TOLD_EVERY == 0:
            progress(label, done, None)
    if progress:
        progress(label, done, done)
