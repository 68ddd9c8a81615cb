"""Tables over the whole graph, such as all gaps: made once for a version of the data, by workers of their own, and kept.

They take seconds of a processor. So whoever asks for one that is being made waits for the same worker, few are made at the
same time, and one that takes too long is stopped; pages that need none never wait for them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from cachetools import LRUCache

from konkyo.common.errors import KonkyoError
from konkyo.common.temporary import temporary_folder
from konkyo.common.words import Words
from konkyo.server.workers.pool import WorkerPool
from konkyo.server.workers.process import WorkerFailure
from konkyo.server.workers.stopped import Busy, OverLimit, told
from konkyo.server.workers.task import Call
from konkyo.server.workers.under_way import UnderWay

log = logging.getLogger("konkyo.server")

MAX_BYTES = 256 << 20
_RETRY_SECONDS = 30
# What nobody waits for may take longer.
_AHEAD_SECONDS = 300.0
_LOOK_SECONDS = 2.0
# Who asks waits so much longer than a table may take, to be told if it was stopped.
_LONGER_SECONDS = 2.0
_STOPPED = Words(
    "この頁の表を時間の上限までに作れなかったので、止めました。",
    "The table of this page could not be made within its limit, and was stopped.",
)
_NARROWER = Words("府省庁か施策を一つ選ぶと、早く答えられます。", "One ministry or one measure takes less.")


Ahead = Callable[[WorkerPool, float], AsyncIterator[Call[bytes]]]
"""Tells one after the other what to make before anybody asks, with the pool and the seconds that it may take."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file that holds a table of this version of the data."""

    path: Path
    version: str
    size: int


class _Files(LRUCache[str, Table]):
    """The tables asked for last; the file of one that has to go is removed."""

    def popitem(self) -> tuple[str, Table]:
        """Let go of the table that was not asked for the longest."""
        key, table = super().popitem()
        table.path.unlink(missing_ok=True)
        return key, table


class TableCache:
    """The tables of one server, in a folder of its own; the ones asked for last, up to a size.

    Who asks waits ``seconds`` for a table, and one that is not made after ``longest`` is stopped. Raises what the workers
    raise, OverLimit with what to do about it.
    """

    def __init__(
        self, pool: WorkerPool, seconds: float, *, longest: float | None = None, ahead: Ahead | None = None
    ) -> None:
        self.pool = pool
        self.seconds = seconds
        self.longest = longest if longest is not None else seconds
        self._ahead = ahead
        self._folder: Path | None = None
        self._closing = ExitStack()
        # One that is larger than all of the room is kept alone.
        self._kept = _Files(MAX_BYTES, getsizeof=lambda table: min(table.size, MAX_BYTES))
        self._under_way: UnderWay[Table] = UnderWay(_stopped)
        self._maker: asyncio.Task[None] | None = None
        self._prepared = ""

    @property
    def prepared(self) -> bool:
        """Return whether what is made before anybody asks has been made, or tried, for the data as they are."""
        return self._ahead is None or self._prepared == self.pool.version

    async def start(self) -> None:
        """Start the workers, and make what is asked for most before anybody asks."""
        await self.pool.start()
        self._folder = self._closing.enter_context(temporary_folder())
        if self._ahead:
            self._maker = asyncio.get_running_loop().create_task(self._make_ahead(self._ahead))

    async def close(self) -> None:
        """Stop what is being made, and remove the files."""
        if self._maker is not None:
            self._maker.cancel()
            await asyncio.gather(self._maker, return_exceptions=True)
        await self._under_way.close()
        await self.pool.close()
        self._closing.close()

    async def table(self, wanted: Call[bytes], *, patient: bool = False) -> Table:
        """Return a table, made now if it is not there yet. Raises Busy where it is still being made and who asks is not patient."""
        key = wanted.key(self.pool.version)
        if found := self._kept.get(key):
            return found
        task = self._task(key, wanted, self.longest)
        most = None if patient else self.seconds + _LONGER_SECONDS
        done, _ = await asyncio.wait({task}, timeout=most)
        if not done or task.cancelled():
            raise Busy
        return task.result()

    def _task(self, key: str, wanted: Call[bytes], seconds: float) -> asyncio.Task[Table]:
        return self._under_way.task(key, lambda: self._make(wanted, seconds))

    async def _make(self, wanted: Call[bytes], seconds: float) -> Table:
        assert self._folder is not None
        try:
            answered = await self.pool.run(wanted, seconds)
        except OverLimit as error:
            raise OverLimit(error.limit, _STOPPED, hint=_NARROWER, retry=_RETRY_SECONDS) from None
        key = wanted.key(answered.version)
        table = Table(self._folder / key, answered.version, len(answered.value))
        await asyncio.to_thread(table.path.write_bytes, answered.value)
        self._kept[key] = table
        return table

    async def _make_ahead(self, ahead: Ahead) -> None:
        """Make the tables that are named, one after the other, and again whenever there are new data."""
        seen = ""
        while True:
            with suppress(KonkyoError, Busy, OverLimit, WorkerFailure):
                if (version := self.pool.version) != seen:
                    seen = version
                    async for wanted in ahead(self.pool, _AHEAD_SECONDS):
                        await self._ahead_of(wanted)
                    self._prepared = version
            await asyncio.sleep(_LOOK_SECONDS)

    async def _ahead_of(self, wanted: Call[bytes]) -> None:
        try:
            await self._task(wanted.key(self.pool.version), wanted, _AHEAD_SECONDS)
        except (KonkyoError, Busy, OverLimit, WorkerFailure) as error:
            log.warning("%s could not be made before it is asked for: %s", wanted.task.name, told(error))


def _stopped(task: asyncio.Task[Table]) -> bool:
    return isinstance(task.exception(), OverLimit)
