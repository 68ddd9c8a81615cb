"""What the routes of one server share: its settings, its workers, and what it counts."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request

from konkyo.common.errors import KonkyoError
from konkyo.server.http.rate_limit import Callers, Clients
from konkyo.server.http.settings import Settings
from konkyo.server.workers.pool import Busy, OverLimit, WorkerFailure, WorkerPool, WorkerResult
from konkyo.server.workers.table_cache import Table, TableCache, TableRequest

log = logging.getLogger("konkyo.server")

_GRACE_SECONDS = 0.5
# Loaded before a worker is ready, so that its first request does not wait for it.
_QUERIES = ("konkyo.server.sparql.evaluate",)
_PAGES = ("konkyo.server.pages.preload", "konkyo.server.json_api.endpoints")
_TABLES = ("konkyo.server.pages.tables",)
_AHEAD = "konkyo.server.pages.tables:asked_first"
_COUNT_SECONDS = 300.0
_TABLES_AT_ONCE = 3
# A table takes longer than an answer; both together stay near what proxies wait for (30 s).
_TABLE_FACTOR = 2


class ClientGone(Exception):
    """The client has hung up; nobody reads the answer."""


class Service:
    """A server's inside. Queries of strangers, pages, and tables over the whole graph have workers of their own, so that
    none of them starves the others.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.settings = settings
        self.queries = self._pool(folder)
        self.pages = self._pool(folder)
        self.tables = self._pool(folder)
        self.queries.preload = _QUERIES
        self.pages.preload = _PAGES
        self.pages.at_once = max(self.pages.at_once, 2)
        self.pages.reserve = 1
        self.tables.preload = _TABLES
        self.tables.size, self.tables.at_once = 1, _TABLES_AT_ONCE
        self._kept = TableCache(self.tables, settings.seconds * _TABLE_FACTOR, ahead=_AHEAD)
        self.clients = Clients(settings.per_client, settings.queue, settings.queue_seconds)
        self._callers = Callers(settings.proxies)
        self._counted: tuple[str, dict[str, dict[str, int]]] | None = None
        self._counting: asyncio.Task[None] | None = None

    def _pool(self, folder: Path) -> WorkerPool:
        made = self.settings
        return WorkerPool(
            folder,
            size=made.workers,
            at_once=max(made.at_once, made.workers),
            queue=made.queue,
            queue_seconds=made.queue_seconds,
            memory=made.memory,
        )

    @property
    def version(self) -> str:
        """Return the version of the data as it is now."""
        return self.queries.version

    @property
    def modified(self) -> str:
        """Return when the data was built, as ``2026-11-23T08:30:00Z``."""
        try:
            built = (self.queries.folder / "CURRENT").stat().st_mtime
        except OSError:  # the store has gone; its version has the time too, in nanoseconds
            built = int(self.version.rpartition("-")[2], 16) / 1e9
        return datetime.fromtimestamp(built, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def statistics(self) -> dict[str, dict[str, int]] | None:
        """Return the counts of this version of the data; None while they are being counted."""
        version = self.version
        if self._counted is not None and self._counted[0] == version:
            return self._counted[1]
        if self._counting is None or self._counting.done():
            self._counting = asyncio.get_running_loop().create_task(self._count())
        return None

    async def _count(self) -> None:
        try:
            answered = await self.tables.run("konkyo.server.dataset.description:count", {}, _COUNT_SECONDS)
            self._counted = (answered.version, answered.value)
        except (KonkyoError, Busy, OverLimit, WorkerFailure) as error:
            log.warning("the data could not be counted: %s", error)

    async def start(self) -> None:
        """Start the workers. Raises KonkyoError where there is no store."""
        await self.queries.start()
        await self.pages.start()
        await self._kept.start()
        self.statistics()

    async def close(self) -> None:
        """End the workers."""
        if self._counting is not None:
            self._counting.cancel()
        await asyncio.gather(self.queries.close(), self.pages.close(), self._kept.close())

    async def run(
        self, function: str, arguments: dict[str, Any], *, seconds: float | None = None
    ) -> WorkerResult:
        """Run ``module:function`` with the graph in a worker for pages.

        Raises KonkyoError as the function does; Busy, OverLimit and WorkerFailure, which the app answers.
        """
        return await self.pages.run(function, arguments, seconds or self.settings.seconds)

    async def table(self, wanted: TableRequest) -> Table:
        """Return a table over the whole graph, made now where it is not there yet.

        Raises what :meth:`run` does; Busy where it is still being made.
        """
        return await self._kept.table(wanted)

    async def query(self, request: Request, function: str, arguments: dict[str, Any]) -> WorkerResult:
        """Run ``module:function`` in a worker for queries when it is the client's turn; stop it where the client hangs up.

        Raises what :meth:`run` does, TooMany and ClientGone.
        """
        work = asyncio.ensure_future(self._in_turn(self._callers.of(request), function, arguments))
        # It may fail just as it is cancelled; then nobody asks how.
        work.add_done_callback(lambda task: task.cancelled() or task.exception())
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

    async def _in_turn(self, client: str, function: str, arguments: dict[str, Any]) -> WorkerResult:
        async with self.clients.turn(client):
            return await self.queries.run(function, arguments, self.settings.seconds)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def service(request: Request) -> Service:
    """Return the service of the app that a request came to."""
    found: Service = request.app.state.service
    return found
