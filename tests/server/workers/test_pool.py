"""The workers by themselves."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.server.http.problems import Problem
from konkyo.server.http.settings import Settings
from konkyo.server.workers.pool import WorkerPool
from konkyo.server.workers.process import Worker, WorkerFailure, WorkerState
from konkyo.server.workers.room import Room
from konkyo.server.workers.service import Duties, Service
from konkyo.server.workers.stopped import Busy, OverLimit
from konkyo.server.workers.worker import nothing
from support import absent
from support.children import workers_that_find_the_tests
from support.waiting import GUARD, until_then
from support.worker_tasks import fails, held, kinds

NEVER = 10 * GUARD


@pytest.fixture
def with_pool(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a coroutine function with a pool of one worker that knows the tests' functions."""
    workers_that_find_the_tests(monkeypatch)

    def run(work: Callable[[WorkerPool], Awaitable[Any]], **options: Any) -> Any:
        async def main() -> Any:
            settings = {"size": 1, "at_once": 2, "queue": 2, "queue_seconds": GUARD, "memory": 0, **options}
            pool = WorkerPool(store_folder, **settings)
            await pool.start()
            try:
                return await work(pool)
            finally:
                await pool.close()
                assert not pool.pids

        return asyncio.run(main())

    return run


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "根拠?"),
        ("bytes", b"\x00\xff"),
        ("json", {"a": ["根", 1, None]}),
        ("none", None),
        ("long", "x" * 5_000_000),
        ("both", ({"b": 1}, b"body")),
    ],
    # A test's name is in the environment of what it starts, which holds no five million signs.
    ids=["text", "bytes", "json", "none", "long", "both"],
)
def test_what_a_function_may_return(with_pool: Callable[..., Any], kind: str, value: object) -> None:
    answered = with_pool(lambda pool: pool.run(kinds.call(kind=kind), GUARD))
    assert answered.value == value
    assert answered.version.startswith("g-000001-")


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("konkyo", KonkyoError),
        ("problem", Problem),
        ("memory", OverLimit),
        ("abort", OverLimit),
        ("exit", WorkerFailure),
        ("value", WorkerFailure),
        ("broken", WorkerFailure),
    ],
)
def test_how_a_function_may_fail(with_pool: Callable[..., Any], how: str, error: type[Exception]) -> None:
    async def work(pool: WorkerPool) -> None:
        with pytest.raises(error) as caught:
            await pool.run(fails.call(how=how), GUARD)
        if isinstance(caught.value, KonkyoError | Problem):
            assert caught.value.message.ja == "だめ" and caught.value.hint is not None
        if isinstance(caught.value, Problem):
            assert caught.value.status == 404 and caught.value.more == {"a": ["根"]}
        await served(pool)

    with_pool(work)


async def served(pool: WorkerPool) -> None:
    """The next one is answered."""
    assert (await pool.run(kinds.call(kind="none"), GUARD)).value is None


def test_a_function_that_does_not_end_is_stopped_at_its_limit(
    with_pool: Callable[..., Any], tmp_path: Path
) -> None:
    async def work(pool: WorkerPool) -> None:
        before = set(pool.pids)
        with pytest.raises(OverLimit) as caught:
            await pool.run(held.call(until_there=str(tmp_path / "never")), 0.2)
        assert caught.value.limit == "time"
        await until_then(lambda: not before & set(pool.pids), "the end of the worker that ran it")
        await served(pool)

    with_pool(work)


def test_a_function_whose_data_go_is_run_again(with_pool: Callable[..., Any], tmp_path: Path) -> None:
    mark = str(tmp_path / "mark")
    answered = with_pool(lambda pool: pool.run(fails.call(how="store", mark=mark), GUARD))
    assert answered.value == "read again"


@pytest.fixture
def hold(tmp_path: Path) -> Hold:
    return Hold(tmp_path / "let go")


class Hold:
    """Tasks that are held at work until they are let go."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def start(self, pool: WorkerPool, number: int = 1) -> list[asyncio.Task[Any]]:
        """Begin so many."""
        call = held.call(until_there=str(self.file))
        return [asyncio.create_task(pool.run(call, NEVER)) for _ in range(number)]

    async def let_go(self, *tasks: asyncio.Task[Any]) -> None:
        """Let all go, and see that these are answered."""
        self.file.touch()
        assert {(await task).value for task in tasks} == {"let go"}


def test_who_finds_too_long_a_queue_is_sent_away_at_once(with_pool: Callable[..., Any], hold: Hold) -> None:
    async def work(pool: WorkerPool) -> None:
        tasks = hold.start(pool, 3)
        await until_then(lambda: pool.running == 2 and pool.waiting == 1, "two at work, and one that waits")
        tasks += hold.start(pool)
        await until_then(lambda: pool.waiting == 2, "two that wait")
        with pytest.raises(Busy):
            await pool.run(kinds.call(kind="none"), GUARD)
        assert pool.counts.busy == 1 and not any(task.done() for task in tasks)
        await hold.let_go(*tasks)

    with_pool(work, queue_seconds=NEVER)


def test_who_waits_too_long_is_sent_away(with_pool: Callable[..., Any], hold: Hold) -> None:
    async def work(pool: WorkerPool) -> None:
        tasks = hold.start(pool)
        await until_then(lambda: pool.running == 1, "one at work")
        with pytest.raises(Busy):
            await pool.run(kinds.call(kind="none"), GUARD)
        assert pool.counts.busy == 1 and not pool.waiting and not tasks[0].done()
        await hold.let_go(*tasks)

    with_pool(work, at_once=1, queue_seconds=0.2)


def test_a_worker_that_only_waited_for_the_machine_is_kept(
    with_pool: Callable[..., Any], hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that is busy with other things makes no task slow: new workers would keep it busier still."""
    worked, looks = [0.0], [0]

    def told(worker: Worker) -> float:
        looks[0] += 1
        return worked[0]

    monkeypatch.setattr(Worker, "worked", told)

    async def work(pool: WorkerPool) -> None:
        before = set(pool.pids)
        (task,) = hold.start(pool)
        await until_then(lambda: looks[0] > 8, "eight looks at a worker that waits")
        assert pool.counts.slow == 0
        await hold.let_go(task)
        assert set(pool.pids) == before
        hold.file.unlink()
        (task,) = hold.start(pool)
        await until_then(lambda: pool.running == 1, "a second task at work")
        worked[0] = 10.0
        await until_then(
            lambda: any(worker.state >= WorkerState.SPENT for worker in pool._all),
            "a worker that worked much",
        )
        assert pool.counts.slow == 1
        await hold.let_go(task)
        await until_then(lambda: not before <= set(pool.pids), "another in its place")

    with_pool(work, size=2, at_once=4)


def test_the_system_tells_how_much_a_worker_worked(with_pool: Callable[..., Any]) -> None:
    async def work(pool: WorkerPool) -> None:
        (worker,) = pool._all
        before = worker.worked()
        if before is None:
            absent.not_here("a system that tells how much a process has worked")
        assert before > 0, "it has started"

        async def more() -> None:
            while (worker.worked() or 0) <= before:
                await pool.run(kinds.call(kind="long"), GUARD)

        await asyncio.wait_for(more(), GUARD)

    with_pool(work)


def test_slow_tasks_never_take_the_place_that_is_kept_for_quick_ones(
    with_pool: Callable[..., Any], hold: Hold
) -> None:
    async def work(pool: WorkerPool) -> None:
        slow = hold.start(pool, 2)
        await until_then(lambda: pool.counts.slow == 2, "two slow tasks")
        (third,) = hold.start(pool)
        with pytest.raises(Busy):
            await third
        assert pool.counts.busy == 1 and not any(task.done() for task in slow)
        await served(pool)
        await hold.let_go(*slow)

    with_pool(work, size=1, at_once=3, reserve=1, queue=8)


def test_a_cancelled_wait_leaves_nothing_behind(with_pool: Callable[..., Any], hold: Hold) -> None:
    async def work(pool: WorkerPool) -> None:
        (running,) = hold.start(pool)
        await until_then(lambda: pool.running == 1, "one at work")
        waiting = asyncio.create_task(pool.run(kinds.call(kind="none"), NEVER))
        await until_then(lambda: pool.waiting == 1, "one that waits")
        before = set(pool.pids)
        for task in (waiting, running):
            task.cancel()
        await asyncio.gather(waiting, running, return_exceptions=True)
        assert not pool.waiting
        await served(pool)
        await until_then(lambda: not before & set(pool.pids), "the end of the cancelled query's worker")

    with_pool(work, at_once=1, queue_seconds=NEVER)


def test_there_must_be_a_store(tmp_path: Path) -> None:
    async def main() -> None:
        pool = WorkerPool(tmp_path, size=1, at_once=1, queue=1, queue_seconds=1, memory=0)
        with pytest.raises(KonkyoError):
            await pool.start()

    asyncio.run(main())


def test_a_worker_has_left_the_network(with_pool: Callable[..., Any]) -> None:
    async def work(pool: WorkerPool) -> bool:
        return pool.cut_off

    if not with_pool(work):
        absent.not_here("a system that lets a process leave its network")
    assert os.name == "posix"


def test_who_is_stopped_for_the_memory_of_all_is_told_to_come_again(
    with_pool: Callable[..., Any], hold: Hold
) -> None:
    async def work(pool: WorkerPool) -> None:
        (worker,) = pool.workers
        if not worker.held():
            absent.not_here("a system that tells how much memory a process has for itself")
        (task,) = hold.start(pool)
        await until_then(lambda: worker.state is WorkerState.SLOW, "a slow task")
        Room(1, lambda: pool.workers, lambda: pool.workers).look()
        with pytest.raises(OverLimit) as caught:
            await task
        assert (caught.value.limit, caught.value.retry) == ("memory", 5)
        await served(pool)

    with_pool(work)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no niceness here")
def test_workers_for_queries_stand_behind_those_for_pages_and_slow_ones_behind_all(
    with_pool: Callable[..., Any],
) -> None:
    async def work(pool: WorkerPool) -> tuple[int, int]:
        (worker,) = pool.workers
        ready = os.getpriority(os.PRIO_PROCESS, worker.process.pid)
        worker.lower()
        return ready, os.getpriority(os.PRIO_PROCESS, worker.process.pid)

    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert with_pool(work) == (own, min(own + 10, 19))
    assert with_pool(work, behind=5) == (min(own + 5, 19), min(own + 15, 19))
    service = Service(Path(), Settings(), Duties(*[nothing] * 4, ahead=None))  # type: ignore[arg-type]
    assert service.queries.behind > service.pages.behind == service.tables.behind == 0
