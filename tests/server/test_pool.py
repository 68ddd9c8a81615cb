"""The workers by themselves."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import absent
import pytest

from konkyo.errors import KonkyoError
from konkyo.server.pool import Busy, OverLimit, WorkerFailure, WorkerPool


@pytest.fixture
def with_pool(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a coroutine function with a pool of one worker that knows the tests' functions."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))

    def run(work: Callable[[WorkerPool], Awaitable[Any]], **options: Any) -> Any:
        async def main() -> Any:
            settings = {"size": 1, "at_once": 2, "queue": 2, "queue_seconds": 0.5, "memory": 0, **options}
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
        ("both", {"b": 1}),
    ],
    # A test's name is in the environment of what it starts, which holds no five million signs.
    ids=["text", "bytes", "json", "none", "long", "both"],
)
def test_what_a_function_may_return(with_pool: Callable[..., Any], kind: str, value: object) -> None:
    answered = with_pool(lambda pool: pool.run("worker_tasks:kinds", {"kind": kind}, 10))
    assert answered.value == value
    assert answered.body == (b"body" if kind == "both" else b"")
    assert answered.version.startswith("g-000001-")


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("konkyo", KonkyoError),
        ("memory", OverLimit),
        ("abort", OverLimit),
        ("exit", WorkerFailure),
        ("value", WorkerFailure),
        ("broken", WorkerFailure),
        ("sleep", OverLimit),
    ],
)
def test_how_a_function_may_fail(with_pool: Callable[..., Any], how: str, error: type[Exception]) -> None:
    async def work(pool: WorkerPool) -> None:
        with pytest.raises(error) as caught:
            await pool.run("worker_tasks:fails", {"how": how}, 0.6)
        if isinstance(caught.value, KonkyoError):
            assert caught.value.message.ja == "だめ" and caught.value.hint is not None
        # And the next one is served.
        assert (await pool.run("worker_tasks:kinds", {"kind": "none"}, 10)).value is None

    with_pool(work, queue_seconds=10)


def test_a_function_whose_data_go_is_run_again(with_pool: Callable[..., Any], tmp_path: Path) -> None:
    mark = str(tmp_path / "mark")
    answered = with_pool(lambda pool: pool.run("worker_tasks:fails", {"how": "store", "mark": mark}, 10))
    assert answered.value == "read again"


def test_who_waits_too_long_or_in_too_long_a_queue_is_sent_away(with_pool: Callable[..., Any]) -> None:
    async def work(pool: WorkerPool) -> None:
        tasks = [asyncio.create_task(pool.run("worker_tasks:fails", {"how": "sleep"}, 3)) for _ in range(6)]
        done = await asyncio.gather(*tasks, return_exceptions=True)
        kinds = [type(item) for item in done]
        assert kinds.count(Busy) >= 3 and kinds.count(OverLimit) >= 1
        assert set(kinds) == {Busy, OverLimit}
        assert pool.counts.busy == kinds.count(Busy) and not pool.waiting

    with_pool(work)


def test_a_worker_that_only_waited_for_the_machine_is_kept(with_pool: Callable[..., Any]) -> None:
    """A machine that is busy with other things makes no task slow: new workers would keep it busier still."""

    async def work(pool: WorkerPool) -> None:
        before = set(pool.pids)
        if next(iter(pool._all)).worked() is None:
            absent.not_here("a system that tells how much a process has worked")
        await pool.run("worker_tasks:works", {"waits": 0.8, "works": 0.0}, 10)
        assert set(pool.pids) == before and pool.counts.slow == 0
        await pool.run("worker_tasks:works", {"waits": 0.0, "works": 0.9}, 10)
        assert pool.counts.slow == 1
        while before <= set(pool.pids):  # its worker worked much, and is replaced
            await asyncio.sleep(0.05)

    with_pool(work, size=2, at_once=4, queue_seconds=10)


def test_slow_tasks_never_take_the_place_that_is_kept_for_quick_ones(with_pool: Callable[..., Any]) -> None:
    async def work(pool: WorkerPool) -> None:
        slow = [asyncio.create_task(pool.run("worker_tasks:fails", {"how": "sleep"}, 8)) for _ in range(2)]
        await asyncio.sleep(1.0)
        with pytest.raises(Busy):
            await pool.run("worker_tasks:fails", {"how": "sleep"}, 8)
        assert pool.counts.busy == 1 and not any(task.done() for task in slow)
        assert (await pool.run("worker_tasks:kinds", {"kind": "none"}, 8)).value is None
        done = await asyncio.gather(*slow, return_exceptions=True)
        assert [type(item) for item in done] == [OverLimit, OverLimit]

    with_pool(work, size=1, at_once=3, reserve=1, queue=8, queue_seconds=8)


def test_a_cancelled_wait_leaves_nothing_behind(with_pool: Callable[..., Any]) -> None:
    async def work(pool: WorkerPool) -> None:
        running = asyncio.create_task(pool.run("worker_tasks:fails", {"how": "sleep"}, 20))
        await asyncio.sleep(0.1)
        waiting = asyncio.create_task(pool.run("worker_tasks:kinds", {"kind": "none"}, 20))
        await asyncio.sleep(0.05)
        before = set(pool.pids)
        for task in (waiting, running):
            task.cancel()
        await asyncio.gather(waiting, running, return_exceptions=True)
        assert (await pool.run("worker_tasks:kinds", {"kind": "none"}, 20)).value is None
        assert not before & set(pool.pids), "the cancelled query's worker is gone"

    with_pool(work, queue_seconds=20)


def test_there_must_be_a_store(tmp_path: Path) -> None:
    async def main() -> None:
        pool = WorkerPool(tmp_path, size=1, at_once=1, queue=1, queue_seconds=1, memory=0)
        with pytest.raises(KonkyoError):
            await pool.start()

    asyncio.run(main())


def test_a_worker_has_left_the_network(with_pool: Callable[..., Any]) -> None:
    async def work(pool: WorkerPool) -> bool:
        return pool.alone

    if not with_pool(work):
        absent.not_here("a system that lets a process leave its network")
    assert os.name == "posix"
