"""Clients of the app with the carried graph, in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.store import open_store
from support.inprocess import app_of


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
