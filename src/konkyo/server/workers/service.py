"""What the routes of one server share: its settings, its workers, and what it counts."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request

from konkyo.common.errors import KonkyoError
from konkyo.server.http.rate_limit import Callers, Clients
from konkyo.server.http.settings import Settings
from konkyo.server.workers.pool import WorkerPool, WorkerResult
from konkyo.server.workers.process import WorkerFailure
from konkyo.server.workers.room import Room
from konkyo.server.workers.stopped import Busy, OverLimit, told
from konkyo.server.workers.table_cache import Ahead, Table, TableCache
from konkyo.server.workers.task import Call, R, Task

log = logging.getLogger("konkyo.server")

_GRACE_SECONDS = 0.5
_COUNT_SECONDS = 300.0
_TABLES_AT_ONCE = 3
# A small query has a quarter of a core even beside pages that hold all cores.
_QUERIES_BEHIND = 5
# A program waits longer for a table than for an answer; both together stay near what proxies wait for (30 s).
_TABLE_FACTOR = 2
# A reader who is told that a page is being prepared comes back: what it needs may take so many times as long as an answer.
_PATIENT_FACTOR = 6


class ClientGone(Exception):
    """The client has hung up; nobody reads the answer."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What the workers of each pool run before they are ready, and what is made before anybody asks for it."""

    queries: Task[[], None]
    pages: Task[[], None]
    tables: Task[[], None]
    count: Task[[], dict[str, dict[str, int]]]
    ahead: Ahead


class Service:
    """A server's inside. Queries of strangers, pages, and tables over the whole graph have workers of their own, so that
    none of them starves the others.
    """

    def __init__(self, folder: Path, settings: Settings, duties: Duties) -> None:
        self.settings = settings
        self._duties = duties
        self.queries = self._pool(folder, duties.queries)
        self.pages = self._pool(folder, duties.pages)
        self.tables = self._pool(folder, duties.tables)
        # What a stranger wrote, and the start of a worker for it, keeps no page waiting.
        self.queries.behind = _QUERIES_BEHIND
        self.pages.at_once = max(self.pages.at_once, 2)
        self.pages.reserve = 1
        self.tables.size, self.tables.at_once = 1, _TABLES_AT_ONCE
        self._room = Room(
            settings.memory_together,
            lambda: self.queries.workers | self.pages.workers | self.tables.workers,
            lambda: self.queries.workers | self.pages.workers,
        )
        self._watching: asyncio.Task[None] | None = None
        self._kept = TableCache(
            self.tables,
            settings.seconds * _TABLE_FACTOR,
            longest=settings.seconds * _PATIENT_FACTOR,
            ahead=duties.ahead,
        )
        self.clients = Clients(settings.per_client, settings.queue, settings.queue_seconds)
        self.visitors = Clients(settings.per_client, settings.queue, settings.queue_seconds)
        self._callers = Callers(settings.proxies)
        self._counted: tuple[str, dict[str, dict[str, int]]] | None = None
        self._counting: asyncio.Task[None] | None = None

    def _pool(self, folder: Path, preload: Task[[], None]) -> WorkerPool:
        made = self.settings
        return WorkerPool(
            folder,
            size=made.workers,
            at_once=max(made.at_once, made.workers),
            queue=made.queue,
            queue_seconds=made.queue_seconds,
            memory=made.memory,
            preload=preload.call(),
        )

    def client(self, request: Request) -> str:
        """Return what stands for the client of a request."""
        return self._callers.of(request)

    @property
    def version(self) -> str:
        """Return the version of the data as it is now."""
        return self.queries.version

    @property
    def prepared(self) -> bool:
        """Return whether the tables that are asked for most are there."""
        return self._kept.prepared

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
            answered = await self.tables.run(self._duties.count.call(), _COUNT_SECONDS)
            self._counted = (answered.version, answered.value)
        except (KonkyoError, Busy, OverLimit, WorkerFailure) as error:
            log.warning("the data could not be counted: %s", told(error))

    async def start(self) -> None:
        """Start the workers. Raises KonkyoError where there is no store."""
        await self.queries.start()
        await self.pages.start()
        await self._kept.start()
        self._watching = asyncio.get_running_loop().create_task(self._room.watch())
        self.statistics()

    async def close(self) -> None:
        """End the workers."""
        for task in (self._counting, self._watching):
            if task is not None:
                task.cancel()
        await asyncio.gather(self.queries.close(), self.pages.close(), self._kept.close())

    async def run(self, request: Request, call: Call[R], *, patient: bool = False) -> WorkerResult[R]:
        """Run a task in a worker for pages, when it is the client's turn; for a patient one it may take longer.

        Raises KonkyoError as the task does; Busy, OverLimit, TooMany and WorkerFailure, which the app answers.
        """
        client = self.client(request)
        async with self.visitors.turn(client):
            seconds = self.settings.seconds * (_PATIENT_FACTOR if patient else 1)
            return await self.pages.run(call, seconds, client)

    async def table(self, wanted: Call[bytes], *, patient: bool = False) -> Table:
        """Return a table over the whole graph, made now where it is not there yet.

        Raises what :meth:`run` does; Busy where it is still being made, and whoever asks is not patient.
        """
        return await self._kept.table(wanted, patient=patient)

    async def query(self, request: Request, call: Call[R]) -> WorkerResult[R]:
        """Run a task in a worker for queries when it is the client's turn; stop it where the client hangs up.

        Raises what :meth:`run` does, TooMany and ClientGone.
        """
        work = asyncio.ensure_future(self._in_turn(self.client(request), call))
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

    async def _in_turn(self, client: str, call: Call[R]) -> WorkerResult[R]:
        async with self.clients.turn(client):
            return await self.queries.run(call, self.settings.seconds, client)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def service(request: Request) -> Service:
    """Return the service of the app that a request came to."""
    found: Service = request.app.state.service
    return found
