"""The app's pages without its worker processes: the same functions run in this process on the carried graph."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.server.app import make_app
from konkyo.server.pool import Answered
from konkyo.server.settings import Settings
from konkyo.store import open_store


class InProcess:
    """A service that runs what a worker would, with the same passage of values through JSON."""

    def __init__(self, graph: KnowledgeGraph, settings: Settings, version: str = "v1") -> None:
        self.graph, self.settings, self.version = graph, settings, version
        self.asked: list[str] = []

    async def run(
        self, function: str, arguments: dict[str, Any], *, seconds: float | None = None
    ) -> Answered:
        self.asked.append(function)
        module, _, name = function.partition(":")
        made = getattr(import_module(module), name)
        value = await asyncio.to_thread(lambda: made(self.graph, **json.loads(json.dumps(arguments))))
        head, body = value
        return Answered(json.loads(json.dumps(head)), self.version, body)


def app_of(graph: KnowledgeGraph, folder: Path, **options: Any) -> Starlette:
    """Return the app with an in-process service."""
    settings = Settings(**options)
    app = make_app(folder, settings)
    app.state.service = InProcess(graph, settings)
    return app


@pytest.fixture(scope="session")
def carried(store_folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(store_folder))


@pytest.fixture(scope="session")
def make_client(carried: KnowledgeGraph, store_folder: Path) -> Callable[..., TestClient]:
    """Return a function that makes a client; it may be given another graph and the server's settings."""

    def make(graph: KnowledgeGraph | None = None, **options: Any) -> TestClient:
        return TestClient(app_of(graph or carried, store_folder, **options), base_url="http://127.0.0.1:8000")

    return make


@pytest.fixture(scope="session")
def client(make_client: Callable[..., TestClient]) -> TestClient:
    return make_client()
