"""Worker processes for queries: a time limit that holds, and memory that comes back.

A pool keeps some workers ready. When a query runs on, another worker takes the place of its own, which is put behind the
others (nice), so that a slow query delays nobody; after it the worker is replaced, since the memory stays with it. At its
limit it is killed.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Generic

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.http.problems import Problem
from konkyo.server.workers.process import Worker, WorkerFailure, WorkerState, start_worker
from konkyo.server.workers.stopped import Busy, OverLimit, crowded_out, over_memory, over_time
from konkyo.server.workers.task import Call, R
from konkyo.server.workers.worker import nothing
from konkyo.store import current_version

log = logging.getLogger("konkyo.server")

SLOW_SECONDS = 0.3
"""After so much work a query counts as slow, and another worker takes the place of its own; where none is free, after so long."""
SPENT_SECONDS = 0.6
"""After so much work its worker is put behind the others, and is replaced when the query ends. A machine that is busy with other
things makes no query slow by itself: to replace its worker would keep the machine busier still."""
_LOOK_SECONDS = 0.1
_WATCH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class WorkerResult(Generic[R]):
    """What a task returned; ``version`` names the data it read."""

    value: R
    version: str


@dataclass(slots=True)
class PoolCounts:
    """What happened in a pool since its start."""

    started: int = 0
    done: int = 0
    slow: int = 0
    over_time: int = 0
    over_memory: int = 0
    busy: int = 0
    failed: int = 0


@dataclass(eq=False)
class WorkerPool:
    """Workers on one store folder. ``size`` stand ready, ``at_once`` run at most.

    ``reserve`` of these are for quick tasks alone: what turns slow while slow ones hold all the others is sent away (Busy).
    ``behind`` is how nice the workers are to those of other pools, from their start on.
    """

    folder: Path
    size: int
    at_once: int
    queue: int
    queue_seconds: float
    memory: int
    preload: Call[None] = field(default_factory=nothing.call)
    reserve: int = 0
    behind: int = 0
    counts: PoolCounts = field(default_factory=PoolCounts)

    def __post_init__(self) -> None:
        self._all: set[Worker] = set()
        self._idle: deque[Worker] = deque()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._starting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self._seen: tuple[Any, str] | None = None

    # --- what others see ------------------------------------------------------------------------

    @property
    def version(self) -> str:
        """Return the version of the data in the store folder as it is now.

        Where the store has gone, the workers go on with what they have open, and this is the version they read. Raises
        KonkyoError where there never was a store.
        """
        try:
            status = (self.folder / "CURRENT").stat()
            key = (status.st_ino, status.st_mtime_ns)
            if self._seen is None or self._seen[0] != key:
                self._seen = (key, current_version(self.folder))
        except (OSError, KonkyoError):
            if self._seen is None:
                self._seen = (None, current_version(self.folder))
        return self._seen[1]

    @property
    def running(self) -> int:
        """Return how many workers are at work."""
        return len(self._all) - len(self._idle)

    @property
    def waiting(self) -> int:
        """Return how many requests wait for a worker."""
        return len(self._waiting)

    @property
    def ready(self) -> bool:
        """Return whether there is any worker."""
        return bool(self._all)

    @property
    def cut_off(self) -> bool:
        """Return whether every worker has left the machine's network."""
        return bool(self._all) and all(worker.cut_off for worker in self._all)

    @property
    def workers(self) -> frozenset[Worker]:
        """Return all workers, at work or not."""
        return frozenset(self._all)

    @property
    def pids(self) -> list[int]:
        """Return the workers' process ids."""
        return [worker.process.pid for worker in self._all]

    async def start(self) -> None:
        """Start the workers. Raises KonkyoError where there is no store."""
        _ = self.version
        self._starting = self.size
        # All have come up or are over: one that is left starting would outlive the loop.
        made = await asyncio.gather(*(self._add() for _ in range(self.size)), return_exceptions=True)
        for failure in made:
            if failure is not None:
                raise failure
        self._spawn(self._watch())

    async def close(self) -> None:
        """End all workers."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        for future in self._waiting:
            future.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all))
        self._all.clear()
        self._idle.clear()

    async def run(self, call: Call[R], seconds: float, owner: str = "") -> WorkerResult[R]:
        """Run a task in a worker, for the client ``owner``. Raises KonkyoError or Problem as the task does, Busy, OverLimit and WorkerFailure."""
        until = monotonic() + self.queue_seconds + seconds
        while True:
            worker = await self._acquire()
            worker.owner = owner
            try:
                return await self._run(worker, call, min(seconds, until - monotonic()))
            except _GoneStoreError as error:
                # A second build has removed the generation that this worker read: the next one reads the new one.
                if monotonic() + 0.1 > until or error.version == self.version:
                    raise WorkerFailure(str(error)) from error

    # --- one task -------------------------------------------------------------------------------

    async def _run(self, worker: Worker, call: Call[R], seconds: float) -> WorkerResult[R]:
        looks = self._looks(worker, monotonic(), worker.worked())
        version = self.version
        message = {**call.message(), "generation": version}
        keep = False
        try:
            header, body = await asyncio.wait_for(worker.ask(message), seconds)
            keep = True
        except TimeoutError:
            self.counts.over_time += 1
            raise over_time(seconds) from None
        except EOFError:
            code = await worker.end(dying=True)
            if worker.state is WorkerState.SENT_AWAY:
                self.counts.busy += 1
            if self._closing or worker.state is WorkerState.SENT_AWAY:
                raise Busy from None
            if code in (0, 1):
                self.counts.failed += 1
                raise WorkerFailure(f"a worker ended with code {code}") from None
            if worker.state is WorkerState.CROWDED_OUT:
                self.counts.over_memory += 1
                raise crowded_out() from None
            log.warning("a worker ended with code %s", code)
            # Out of memory, Oxigraph aborts; so it does where a query is nested too deeply for the stack.
            self.counts.over_memory += 1
            raise over_memory() from None
        finally:
            looks.cancel()
            if keep and worker.state < WorkerState.SPENT and not self._closing:
                worker.state = WorkerState.QUICK
                self._free(worker)
            else:
                # Cancelled too: the client has gone, and nobody waits for the query.
                self._spawn(self._replace(worker))
        return self._answered(header, body, version)

    def _answered(self, header: dict[str, Any], body: bytes, version: str) -> WorkerResult[Any]:
        if told := header.get("error") or header.get("problem"):
            message, hint = Words(*told["message"]), Words(*told["hint"]) if told["hint"] else None
            if "error" in header:
                raise KonkyoError(message, hint=hint)
            raise Problem(told["status"], message, hint=hint, more=told["more"])
        match header.get("failed"):
            case None:
                pass
            case "memory":
                self.counts.over_memory += 1
                raise over_memory()
            case "store":
                raise _GoneStoreError(header["text"], version)
            case _:
                self.counts.failed += 1
                raise WorkerFailure(header.get("text", ""))
        self.counts.done += 1
        read = str(header["version"])
        match header["kind"]:
            case "bytes":
                return WorkerResult(body, read)
            case "text":
                return WorkerResult(body.decode(), read)
            case "both":
                return WorkerResult((header["value"], body), read)
            case _:
                return WorkerResult(json.loads(body), read)

    def _looks(self, worker: Worker, began: float, before: float | None) -> asyncio.Task[None]:
        """Look at a worker now and then, how much it has worked on its query."""

        async def look() -> None:
            while worker.state < WorkerState.SPENT:
                await asyncio.sleep(_LOOK_SECONDS)
                waited, now = monotonic() - began, worker.worked()
                worked = waited if now is None or before is None else now - before
                slow = worked >= SLOW_SECONDS or (waited >= SLOW_SECONDS and not self._idle)
                if slow and worker.state < WorkerState.SLOW:
                    self._slow(worker)
                if worked >= SPENT_SECONDS:
                    worker.lower()

        return asyncio.get_running_loop().create_task(look())

    def _slow(self, worker: Worker) -> None:
        """Let another worker take the place of one whose query runs on."""
        self.counts.slow += 1
        worker.state = max(worker.state, WorkerState.SLOW)
        if (
            self.reserve
            and sum(other.state >= WorkerState.SLOW for other in self._all) > self.at_once - self.reserve
        ):
            worker.send_away(WorkerState.SENT_AWAY)
            return
        self._refill()

    # --- who is free ----------------------------------------------------------------------------

    async def _acquire(self) -> Worker:
        while self._idle:
            worker = self._idle.popleft()
            if worker.alive:
                return worker
            self._spawn(self._replace(worker))
        if len(self._waiting) >= self.queue or self._closing:
            self.counts.busy += 1
            raise Busy
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._refill()
        try:
            await asyncio.wait({future}, timeout=self.queue_seconds)
        except asyncio.CancelledError:
            # Nobody waits any more; a worker that was handed over just now goes to the next one.
            if future.done() and not future.cancelled():
                self._free(future.result())
            elif future in self._waiting:
                self._waiting.remove(future)
            raise
        if not future.done():
            self._waiting.remove(future)
            self.counts.busy += 1
            raise Busy
        return future.result()

    def _free(self, worker: Worker) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._idle.append(worker)

    def _refill(self) -> None:
        """Start workers until enough stand ready beside the slow ones, within what may run at once."""
        if self._closing:
            return
        quick = sum(worker.state < WorkerState.SLOW for worker in self._all) + self._starting
        room = self.at_once - len(self._all) - self._starting
        for _ in range(min(self.size - quick, room)):
            self._starting += 1  # now, not when the task begins: this may be called again before
            self._spawn(self._add_quietly())

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self, worker: Worker) -> None:
        await worker.end()
        self._all.discard(worker)
        self._refill()

    # --- starting and watching ------------------------------------------------------------------

    async def _add_quietly(self) -> None:
        try:
            await self._add()
        except (KonkyoError, WorkerFailure, OSError) as error:
            log.error("a worker could not be started: %s", error)  # the watch tries again

    async def _add(self) -> None:
        """Start one worker, counted as starting already, and let it wait for work.

        Raises KonkyoError where it cannot open the store.
        """
        try:
            worker = await start_worker(self.folder, self.version, self.memory, self.preload, self.behind)
        finally:
            self._starting -= 1
        self.counts.started += 1
        self._all.add(worker)
        self._free(worker)

    async def _watch(self) -> None:
        """Keep enough workers, and let idle ones open a new generation before a request has to wait for it."""
        seen = self.version
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            for worker in [worker for worker in self._idle if not worker.alive]:
                self._idle.remove(worker)
                self._spawn(self._replace(worker))
            while len(self._idle) > self.size:
                self._spawn(self._replace(self._idle.popleft()))
            self._refill()
            try:
                if self.version != seen:
                    seen = self.version
                    log.info("data version %s", seen)
                    for _ in range(len(self._idle)):
                        if self._idle:
                            await self._run(self._idle.popleft(), nothing.call(), 30.0)
            except (KonkyoError, OverLimit, WorkerFailure, Busy, _GoneStoreError) as error:
                log.error("a worker could not open the new data: %s", error)


class _GoneStoreError(Exception):
    def __init__(self, text: str, version: str) -> None:
        super().__init__(text)
        self.version = version
