"""The app's pages without its worker processes: the same functions run in this process."""

from __future__ import annotations

import asyncio
import json
import shutil
import weakref
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from starlette.applications import Starlette

from konkyo.api import KnowledgeGraph
from konkyo.server.app import make_app
from konkyo.server.http.settings import Settings
from konkyo.server.workers.pool import WorkerResult
from konkyo.server.workers.table_cache import Table, TableRequest


class InProcess:
    """A service that runs what a worker would, with the same passage of values through JSON."""

    def __init__(self, graph: KnowledgeGraph, settings: Settings, version: str = "v1") -> None:
        self.graph, self.settings, self.version = graph, settings, version
        self.asked: list[str] = []
        self._folder = Path(mkdtemp(prefix="konkyo-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    async def table(self, wanted: TableRequest) -> Table:
        function, arguments = wanted
        self.asked.append(function)
        path = self._folder / str(len(self.asked))
        module, _, name = function.partition(":")
        made = getattr(import_module(module), name)
        body = await asyncio.to_thread(lambda: made(self.graph, **arguments))
        path.write_bytes(body)
        return Table(path, self.version, len(body))

    async def run(
        self, function: str, arguments: dict[str, Any], *, seconds: float | None = None
    ) -> WorkerResult:
        self.asked.append(function)
        module, _, name = function.partition(":")
        made = getattr(import_module(module), name)
        value = await asyncio.to_thread(lambda: made(self.graph, **json.loads(json.dumps(arguments))))
        head, body = value
        return WorkerResult(json.loads(json.dumps(head)), self.version, body)


def app_of(graph: KnowledgeGraph, folder: Path, **options: Any) -> Starlette:
    """Return the app with an in-process service."""
    settings = Settings(**options)
    app = make_app(folder, settings)
    app.state.service = InProcess(graph, settings)
    return app
