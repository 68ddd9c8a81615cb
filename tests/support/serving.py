"""Servers as they run: uvicorn with its workers, in a thread of the test's process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from konkyo.server.http.settings import Settings
from konkyo.server.run import listen, server
from konkyo.server.workers.service import Service
from support.requests import Asked, asking, sparql
from support.waiting import GUARD, until

SHARED = Path(__file__).resolve().parents[3] / "shared"


@dataclass
class Running:
    """A server: its address without a slash at the end, and its inside."""

    url: str
    port: int
    service: Service
    client: httpx.Client
    server: uvicorn.Server

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(self.url + path, **options)

    def ask(
        self,
        query: str,
        accept: str = "application/sparql-results+json",
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return self.client.get(
            self.url + "/sparql", params={"query": query}, headers={"Accept": accept, **(headers or {})}
        )

    @contextmanager
    def at_work(self, query: str, number: int = 1, **headers: str) -> Iterator[list[Asked]]:
        """Have a query run several times that never ends by itself; at the end its clients hang up.

        What the block is entered with is seen: each of them has a worker.
        """
        before = self.service.queries.running
        with asking(*[sparql(self.url, query)] * number, headers=headers) as asked:
            until(
                lambda: self.service.queries.running == before + number or any(one.answered for one in asked),
                f"{number} queries at work, {self.told()}",
            )
            assert not any(one.answered for one in asked), [one.answer() for one in asked if one.answered]
            yield asked
        self.at_rest()

    def at_rest(self) -> None:
        """Wait until no query is at work or waits, and as many workers stand ready as should."""
        pool = self.service.queries
        until(
            lambda: (
                not (pool.running or pool.waiting or self.service.clients.known)
                and len(pool.pids) == pool.size
            ),
            f"the server is at rest, {self.told()}",
        )

    def told(self) -> str:
        """Return the state of the workers for queries, for a message."""
        pool = self.service.queries
        return f"from {pool.running} running, {pool.waiting} waiting, workers {pool.pids}, {pool.counts}"

    @property
    def connections(self) -> int:
        """Return how many connections the server holds."""
        return len(self.server.server_state.connections)


@contextmanager
def running(folder: Path, **settings: Any) -> Iterator[Running]:
    """Serve a store folder at a free port. No limit of time is met on a machine that is busy, unless one is given."""
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    patient = Settings(seconds=GUARD, queue_seconds=GUARD, body_seconds=GUARD)
    made = replace(
        patient,
        **{
            "port": port,
            "host_names": ("x",),
            "workers": 2,
            "at_once": 8,
            "log": "none",
            "lang": "en",
            **settings,
        },
    )
    ready = threading.Event()
    serving = server(folder, made, ready=ready.set)
    thread = threading.Thread(target=lambda: asyncio.run(serving.serve(sockets=[listener])), daemon=True)
    thread.start()
    assert ready.wait(GUARD), "the server did not start"
    with httpx.Client(timeout=GUARD, trust_env=False) as client:
        service = serving.config.app.state.service
        yield Running(f"http://127.0.0.1:{port}{made.prefix}", port, service, client, serving)
    serving.should_exit = True
    thread.join(GUARD)
    assert not thread.is_alive(), "the server did not stop"
    listener.close()
