"""Tables over the whole graph: made once, kept, stopped at their limit, and nobody delayed by them."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import running

from konkyo.server import kept
from konkyo.server.kept import Kept
from konkyo.server.pages import routes
from konkyo.server.pool import Busy, OverLimit, WorkerPool

TABLE = "worker_tasks:table"


@pytest.fixture
def with_kept(store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a coroutine function with the tables of a pool of one worker, and the file in which each making leaves a line."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    mark = tmp_path / "mark"
    mark.touch()
    monkeypatch.setenv("KONKYO_TEST_MARK", str(mark))

    def run(work: Callable[[Kept, Path], Awaitable[Any]], seconds: float = 20.0, **options: Any) -> None:
        async def main() -> None:
            pool = WorkerPool(store_folder, size=1, at_once=1, queue=4, queue_seconds=0.5, memory=0)
            made = Kept(pool, seconds, **options)
            await made.start()
            try:
                await work(made, mark)
            finally:
                await made.close()
                assert not pool.pids

        asyncio.run(main())

    return run


def test_a_table_is_made_once_for_all_who_ask(with_kept: Callable[..., Any]) -> None:
    async def work(tables: Kept, mark: Path) -> None:
        wanted = TABLE, {"mark": str(mark), "seconds": 0.5}
        found = await asyncio.gather(*(tables.table(wanted) for _ in range(5)))
        found.append(await tables.table(wanted))
        assert mark.read_text().count("made") == 1
        assert {item.path for item in found} == {found[0].path}
        assert found[0].path.read_bytes() == b'{"made": true}' and found[0].version.startswith("g-000001-")
        await tables.table((TABLE, {"mark": str(mark)}))
        assert mark.read_text().count("made") == 2, "another question is another table"

    with_kept(work)


def test_new_data_have_tables_of_their_own(with_kept: Callable[..., Any], store_folder: Path) -> None:
    async def work(tables: Kept, mark: Path) -> None:
        wanted = TABLE, {"mark": str(mark)}
        one = await tables.table(wanted)
        os.utime(store_folder / "CURRENT")
        other = await tables.table(wanted)
        assert one.version != other.version and one.path != other.path
        assert mark.read_text().count("made") == 2

    with_kept(work)


def test_a_table_that_takes_too_long_is_stopped_and_one_may_ask_again(with_kept: Callable[..., Any]) -> None:
    async def work(tables: Kept, mark: Path) -> None:
        before = set(tables.pool.pids)
        slow = [
            asyncio.create_task(tables.table((TABLE, {"mark": str(mark), "seconds": 60}))) for _ in range(3)
        ]
        done = await asyncio.gather(*slow, return_exceptions=True)
        assert [type(item) for item in done] == [OverLimit] * 3
        assert isinstance(done[0], OverLimit) and done[0].retry and done[0].hint
        assert mark.read_text().count("made") == 1
        while before & set(tables.pool.pids):  # its worker is being killed
            await asyncio.sleep(0.05)
        while not tables.pool.pids:
            await asyncio.sleep(0.05)
        assert (await tables.table((TABLE, {"mark": str(mark)}))).size

    with_kept(work, seconds=1.0)


def test_few_are_made_at_once_and_others_are_told_to_wait(with_kept: Callable[..., Any]) -> None:
    async def work(tables: Kept, mark: Path) -> None:
        slow = asyncio.create_task(tables.table((TABLE, {"mark": str(mark), "seconds": 3})))
        await asyncio.sleep(0.2)
        with pytest.raises(Busy):
            await tables.table((TABLE, {"mark": str(mark)}))
        assert (await slow).size

    with_kept(work)


def test_what_is_asked_for_most_is_made_before(with_kept: Callable[..., Any]) -> None:
    async def work(tables: Kept, mark: Path) -> None:
        until = time.monotonic() + 15
        while not mark.read_text() and time.monotonic() < until:
            await asyncio.sleep(0.05)
        await tables.table((TABLE, {"mark": str(mark)}))
        assert mark.read_text().count("made") == 1

    with_kept(work, ahead="worker_tasks:first")


def test_room_is_made_for_new_ones(with_kept: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_BYTES", 20)

    async def work(tables: Kept, mark: Path) -> None:
        one = await tables.table((TABLE, {"mark": str(mark)}))
        other = await tables.table((TABLE, {"mark": str(mark), "seconds": 0.01}))
        assert other.path.exists() and not one.path.exists()

    with_kept(work)


def test_eight_slow_pages_at_once_delay_no_quick_one(
    store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The links that anybody may follow: years compared, gaps counted, each of another year or ministry."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    mark = str(tmp_path / "mark")

    def slow(page: str, asked: dict[str, Any]) -> dict[str, Any]:
        if "limit" in asked and ("before" in asked or "count" in asked):
            return {"changes": (TABLE, {"mark": f"{mark}{asked['limit']}", "seconds": 60})}
        return {}

    monkeypatch.setattr(routes, "wanted", slow)
    with running(store_folder, seconds=1.0, queue_seconds=1.0) as made, ThreadPoolExecutor(8) as threads:
        paths = [
            *(f"/compare?before=2012&after=2012&limit={n}" for n in range(1, 4)),
            *(f"/api/diff?before=2012&after=2012&limit={n}" for n in range(4, 7)),
            *(f"/gaps?count=1&limit={n}" for n in range(7, 9)),
        ]
        asked = [threads.submit(httpx.get, made.url + path, timeout=60) for path in paths]
        times = []
        while not all(item.done() for item in asked):
            began = time.perf_counter()
            assert made.get("/search?q=戦略").status_code == 200
            times.append(time.perf_counter() - began)
        answers = [item.result() for item in asked]
        # Other tests may keep the machine busy for a while; slow pages would do so each time.
        assert sorted(times)[len(times) // 2] < 0.8
        assert {answer.status_code for answer in answers} == {503, 504}
        assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
        assert all(answer.elapsed.total_seconds() < 10 for answer in answers)
        plain = next(answer for answer in answers if answer.status_code == 504)
        assert plain.headers["x-konkyo-limit"] == "time" and "stopped" in plain.text
        assert "application/problem+json" in {answer.headers["content-type"] for answer in answers}
