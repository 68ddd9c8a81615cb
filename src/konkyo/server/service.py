"""What the routes of one server share: its settings, its workers, and what it counts."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.requests import Request

from konkyo.server.pool import Answered, WorkerPool
from konkyo.server.settings import Settings

_GRACE_SECONDS = 0.5


class ClientGone(Exception):
    """The client has hung up; nobody reads the answer."""


class Service:
    """A server's inside. Queries of strangers and pages have workers of their own, so that neither starves the other."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.settings = settings
        self.queries = self._pool(folder, settings.at_once)
        self.pages = self._pool(folder, settings.workers * 2)

    def _pool(self, folder: Path, at_once: int) -> WorkerPool:
        made = self.settings
        return WorkerPool(
            folder,
            size=made.workers,
            at_once=max(at_once, made.workers),
            queue=made.queue,
            queue_seconds=made.queue_seconds,
            memory=made.memory,
        )

    @property
    def version(self) -> str:
        """Return the version of the data as it is now. Raises KonkyoError where the store has gone."""
        return self.queries.version

    async def start(self) -> None:
        """Start the workers. Raises KonkyoError where there is no store."""
        await self.queries.start()
        await self.pages.start()

    async def close(self) -> None:
        """End the workers."""
        await asyncio.gather(self.queries.close(), self.pages.close())

    async def run(
        self, function: str, arguments: dict[str, Any], *, seconds: float | None = None
    ) -> Answered:
        """Run ``module:function`` with the graph in a worker for pages.

        Raises KonkyoError as the function does; Busy, OverLimit and WorkerFailure, which the app answers.
        """
        return await self.pages.run(function, arguments, seconds or self.settings.seconds)

    async def query(self, request: Request, function: str, arguments: dict[str, Any]) -> Answered:
        """Run ``module:function`` in a worker for queries; stop it where the client hangs up."""
        work = asyncio.ensure_future(self.queries.run(function, arguments, self.settings.seconds))
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                # A quick query is done sooner than a new worker would start.
                await asyncio.wait({work}, timeout=_GRACE_SECONDS)
            if not work.done():
                raise ClientGone
            return work.result()
        finally:
            for task in (gone, work):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await gone


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def service(request: Request) -> Service:
    """Return the service of the app that a request came to."""
    found: Service = request.app.state.service
    return found
