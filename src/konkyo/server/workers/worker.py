"""A worker process: it opens the store read-only and runs one task at a time.

Messages on standard input and output are a length (4 bytes, big-endian) and JSON; an answer's JSON names the size of the
bytes that follow it. The server kills a worker that takes too long; a worker whose server is gone ends by itself.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import traceback
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from konkyo.common.errors import KonkyoError
from konkyo.common.limits import cut_off_the_network, limit_memory
from konkyo.server.http.problems import Problem
from konkyo.server.workers.task import Task, received

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph

_LENGTH = struct.Struct(">I")
_opened: dict[str, Any] = {}


def folder() -> Path:
    """Return the store folder, in which the generations lie."""
    path: Path = _opened["folder"]
    return path


@Task
def nothing(graph: KnowledgeGraph) -> None:
    """Do nothing; with that, a worker has opened the newest generation."""


def main() -> None:
    """Serve the messages of standard input: first the settings, then tasks, until it is closed."""
    # The pipe of the answers is set apart, so that nothing that prints can break it.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    settings = _read(sys.stdin.buffer)
    if settings is None:
        return
    alone = cut_off_the_network()
    limit_memory(settings["memory"])
    tasks: SimpleQueue[dict[str, Any]] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    _opened["folder"] = Path(settings["folder"])
    try:
        graph = _graph(settings["generation"])
    except KonkyoError as error:
        # An ordinary end would wait for the thread that listens, and Python calls that a fatal error.
        _write(answers, {"error": _told(error)}, b"")
        os._exit(1)
    try:
        received(settings["preload"]).run(graph)
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    _write(answers, {"ready": True, "alone": alone, "size": 0}, b"")
    while True:
        header, body = _run(tasks.get())
        _write(answers, header, body)


def _listen(stream: IO[bytes], tasks: SimpleQueue[dict[str, Any]]) -> None:
    while (task := _read(stream)) is not None:
        tasks.put(task)
    # The server is gone, and a query may be running that nobody waits for.
    os._exit(0)


def _run(task: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        value = received(task).run(_graph(task["generation"]))
    except Problem as error:
        return {"problem": {**_told(error), "status": error.status, "more": error.more}}, b""
    except KonkyoError as error:
        if isinstance(error.__cause__, OSError):
            return {"failed": "store", "text": str(error.__cause__)}, b""
        return {"error": _told(error)}, b""
    except MemoryError:
        return {"failed": "memory"}, b""
    except OSError as error:
        # The generation may have been removed under a long query; the server tries once more.
        return {"failed": "store", "text": str(error)}, b""
    except Exception as error:
        traceback.print_exc()
        return {"failed": "error", "text": f"{type(error).__name__}: {error}"}, b""
    if isinstance(value, bytes):
        return {"kind": "bytes"}, value
    if isinstance(value, str):
        return {"kind": "text"}, value.encode("utf-8", "replace")
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bytes):
        return {"kind": "both", "value": value[0]}, value[1]
    return {"kind": "json"}, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _graph(wanted: str) -> KnowledgeGraph:
    """Return the graph of the newest generation; the one at hand where it is the one wanted."""
    if _opened.get("generation") != wanted or "graph" not in _opened:
        from konkyo.api import KnowledgeGraph
        from konkyo.store import current_version, open_store

        _opened.pop("graph", None)
        while True:
            version = current_version(_opened["folder"])
            graph = KnowledgeGraph(open_store(_opened["folder"]))
            if current_version(_opened["folder"]) == version:
                break
        _opened["graph"], _opened["generation"] = graph, version
    opened: KnowledgeGraph = _opened["graph"]
    return opened


def _told(error: KonkyoError | Problem) -> dict[str, Any]:
    return {"message": list(error.message), "hint": list(error.hint) if error.hint else None}


def _read(stream: IO[bytes]) -> dict[str, Any] | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    body = stream.read(size)
    return json.loads(body) if len(body) == size else None


def _write(stream: IO[bytes], header: dict[str, Any], body: bytes) -> None:
    text = json.dumps({**header, "size": len(body), "version": _opened.get("generation")}).encode()
    stream.write(_LENGTH.pack(len(text)) + text + body)
    stream.flush()


if __name__ == "__main__":
    # The tasks that run here import this module by its name, and must find what it holds.
    from konkyo.server.workers.worker import main as work

    work()
