"""Tasks that the tests of the pool run in its workers."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.http.problems import Problem
from konkyo.server.workers.pool import WorkerPool
from konkyo.server.workers.task import Call, Task
from support.waiting import GUARD, until


@Task
def kinds(graph: KnowledgeGraph, *, kind: str) -> Any:
    print("what is printed does not reach the server")
    os.write(1, b"nor does this")
    return {"text": "根拠\ud800", "bytes": b"\x00\xff", "json": {"a": ["根", 1, None]}, "both": ({"b": 1}, b"body"), "none": None, "long": "x" * 5_000_000}[kind]  # fmt: skip


@Task
def fails(graph: KnowledgeGraph, *, how: str, mark: str = "") -> str:
    if how == "konkyo":
        raise KonkyoError(Words("だめ", "no"), hint=Words("こう", "so"))
    if how == "problem":
        raise Problem(404, Words("だめ", "no"), hint=Words("こう", "so"), more={"a": ["根"]})
    if how == "memory":
        raise MemoryError
    if how == "exit":
        os._exit(1)
    if how == "abort":
        os.abort()
    if how == "store":
        # A build has removed the files that this worker reads: the pointer to the data has moved on.
        if not Path(mark).exists():
            Path(mark).touch()
            from konkyo.server.workers.worker import folder

            os.utime(folder() / "CURRENT")
            raise OSError("No such file or directory")
        return "read again"
    if how == "broken":
        raise OSError("the disk is broken")
    raise ValueError(how)


@Task
def held(graph: KnowledgeGraph, *, until_there: str, then: str = "told") -> str:
    """Return nothing until a file is there; then an answer, or an error."""
    until(Path(until_there).exists, "the file that lets go", guard=10 * GUARD)
    if then == "told":
        return "let go"
    raise KonkyoError(Words("ここまで", "so far"))


@Task
def table(graph: KnowledgeGraph, *, mark: str, name: str = "", until_there: str | None = None) -> bytes:
    """Return a table; a line in a file tells that its making has begun. It may wait until a file is there."""
    with Path(mark).open("a", encoding="utf-8") as file:
        file.write("made\n")
    if until_there is not None:
        held(graph, until_there=until_there)
    return b'{"made": true}'


async def first(pool: WorkerPool, seconds: float) -> AsyncIterator[Call[bytes]]:
    """Tell what is to be made before anybody asks for it."""
    yield table.call(mark=os.environ["KONKYO_TEST_MARK"])
