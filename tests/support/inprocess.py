"""The app's pages without its worker processes: the same functions run in this process."""

from __future__ import annotations

import asyncio
import json
import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request

from konkyo.api import KnowledgeGraph
from konkyo.server.app import make_app
from konkyo.server.http.settings import Settings
from konkyo.server.workers.pool import WorkerResult
from konkyo.server.workers.table_cache import Table
from konkyo.server.workers.task import Call, R, received


class InProcess:
    """A service that runs what a worker would, with the same passage of values through JSON."""

    def __init__(self, graph: KnowledgeGraph, settings: Settings, version: str = "v1") -> None:
        self.graph, self.settings, self.version = graph, settings, version
        self.asked: list[str] = []
        self._tables: dict[str, Table] = {}
        self._folder = Path(mkdtemp(prefix="konkyo-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    async def table(self, wanted: Call[bytes], *, patient: bool = False) -> Table:
        self.asked.append(wanted.task.name)
        # Each is made once, as the server's own cache does it.
        key = wanted.key(self.version)
        if key not in self._tables:
            path = self._folder / key
            body = await asyncio.to_thread(wanted.run, self.graph)
            path.write_bytes(body)
            self._tables[key] = Table(path, self.version, len(body))
        return self._tables[key]

    def client(self, request: Request) -> str:
        return "test"

    async def run(self, request: Request, call: Call[R], *, patient: bool = False) -> WorkerResult[R]:
        self.asked.append(call.task.name)
        read = received(json.loads(json.dumps(call.message())))
        value = await asyncio.to_thread(read.run, self.graph)
        if isinstance(value, tuple):
            value = json.loads(json.dumps(value[0])), value[1]
        return WorkerResult(value, self.version)


def app_of(graph: KnowledgeGraph, folder: Path, **options: Any) -> Starlette:
    """Return the app with an in-process service."""
    settings = Settings(**options)
    app = make_app(folder, settings)
    app.state.service = InProcess(graph, settings)
    return app
