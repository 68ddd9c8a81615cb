"""Servers as they run: uvicorn with its workers, in a thread of the test's process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from konkyo.server.run import listen, server
from konkyo.server.service import Service
from konkyo.server.settings import Settings

SHARED = Path(__file__).resolve().parents[3] / "shared"


@dataclass
class Running:
    """A server: its address without a slash at the end, and its inside."""

    url: str
    port: int
    service: Service
    client: httpx.Client

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(self.url + path, **options)

    def ask(
        self, query: str, accept: str = "application/sparql-results+json", **options: Any
    ) -> httpx.Response:
        return self.client.get(
            self.url + "/sparql", params={"query": query}, headers={"Accept": accept}, **options
        )


@contextmanager
def running(folder: Path, **settings: Any) -> Iterator[Running]:
    """Serve a store folder at a free port."""
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    made = replace(Settings(port=port, workers=2, at_once=8, log="none", lang="en"), **settings)
    ready = threading.Event()
    serving = server(folder, made, ready=ready.set)
    thread = threading.Thread(target=lambda: asyncio.run(serving.serve(sockets=[listener])), daemon=True)
    thread.start()
    assert ready.wait(30), "the server did not start"
    with httpx.Client(timeout=30, trust_env=False) as client:
        yield Running(f"http://127.0.0.1:{port}{made.prefix}", port, serving.config.app.state.service, client)
    serving.should_exit = True
    thread.join(30)
    assert not thread.is_alive(), "the server did not stop"
    listener.close()
