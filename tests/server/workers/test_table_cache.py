"""Tables over the whole graph: made once, kept, stopped at their limit, and nobody delayed by them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from konkyo.server.pages import respond, wanted_tables
from konkyo.server.workers import service, table_cache
from konkyo.server.workers.pool import WorkerPool
from konkyo.server.workers.stopped import Busy, OverLimit
from konkyo.server.workers.table_cache import TableCache
from support.children import workers_that_find_the_tests
from support.requests import asking
from support.serving import running
from support.waiting import GUARD, until, until_then
from support.worker_tasks import first, held, table

NEVER = 10 * GUARD


@pytest.fixture
def with_kept(store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a coroutine function with the tables of a pool of one worker, and the file in which each making leaves a line."""
    workers_that_find_the_tests(monkeypatch)
    mark = tmp_path / "mark"
    mark.touch()
    monkeypatch.setenv("KONKYO_TEST_MARK", str(mark))

    def run(
        work: Callable[[TableCache, Path], Awaitable[Any]], seconds: float = GUARD, **options: Any
    ) -> None:
        async def main() -> None:
            pool = WorkerPool(store_folder, size=1, at_once=1, queue=4, queue_seconds=0.5, memory=0)
            made = TableCache(pool, seconds, **options)
            await made.start()
            try:
                await work(made, mark)
            finally:
                await made.close()
                assert not pool.pids

        asyncio.run(main())

    return run


def test_a_table_is_made_once_for_all_who_ask(with_kept: Callable[..., Any]) -> None:
    async def work(tables: TableCache, mark: Path) -> None:
        wanted = table.call(mark=str(mark), name="one")
        found = await asyncio.gather(*(tables.table(wanted) for _ in range(5)))
        found.append(await tables.table(wanted))
        assert mark.read_text().count("made") == 1
        assert {item.path for item in found} == {found[0].path}
        assert found[0].path.read_bytes() == b'{"made": true}' and found[0].version.startswith("g-000001-")
        await tables.table(table.call(mark=str(mark)))
        assert mark.read_text().count("made") == 2, "another question is another table"

    with_kept(work)


def test_new_data_have_tables_of_their_own(with_kept: Callable[..., Any], store_folder: Path) -> None:
    async def work(tables: TableCache, mark: Path) -> None:
        wanted = table.call(mark=str(mark))
        one = await tables.table(wanted)
        os.utime(store_folder / "CURRENT")
        other = await tables.table(wanted)
        assert one.version != other.version and one.path != other.path
        assert mark.read_text().count("made") == 2

    with_kept(work)


def test_a_table_that_takes_too_long_is_stopped_and_one_may_ask_again(with_kept: Callable[..., Any]) -> None:
    async def work(tables: TableCache, mark: Path) -> None:
        before = set(tables.pool.pids)
        slow = [
            asyncio.create_task(tables.table(table.call(mark=str(mark), until_there=f"{mark}-never")))
            for _ in range(3)
        ]
        done = await asyncio.gather(*slow, return_exceptions=True)
        assert [type(item) for item in done] == [OverLimit] * 3
        assert isinstance(done[0], OverLimit) and done[0].retry and done[0].hint
        assert mark.read_text().count("made") == 1
        await until_then(lambda: not before & set(tables.pool.pids), "the end of the worker that made it")
        await until_then(lambda: tables.pool.pids, "another in its place")
        assert (await tables.table(table.call(mark=str(mark)))).size

    with_kept(work, seconds=0.5)


def test_what_was_stopped_is_not_begun_again_at_once(with_kept: Callable[..., Any]) -> None:
    async def work(tables: TableCache, mark: Path) -> None:
        slow = table.call(mark=str(mark), until_there=f"{mark}-never")
        for _ in range(3):
            with pytest.raises(OverLimit):
                await tables.table(slow)
        assert mark.read_text().count("made") == 1

    with_kept(work, seconds=0.5)


def test_who_is_patient_gets_what_others_do_not_wait_for(
    with_kept: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_cache, "_LONGER_SECONDS", 0.0)

    async def work(tables: TableCache, mark: Path) -> None:
        free = mark.with_name("let go")
        slow = table.call(mark=str(mark), until_there=str(free))
        patient = asyncio.create_task(tables.table(slow, patient=True))
        with pytest.raises(Busy):
            await tables.table(slow)
        free.touch()
        assert (await patient).size
        assert mark.read_text().count("made") == 1

    with_kept(work, seconds=0.1, longest=GUARD)


def test_few_are_made_at_once_and_others_are_told_to_wait(with_kept: Callable[..., Any]) -> None:
    async def work(tables: TableCache, mark: Path) -> None:
        free = mark.with_name("let go")
        slow = asyncio.create_task(tables.table(table.call(mark=str(mark), until_there=str(free))))
        await until_then(lambda: tables.pool.running == 1, "a table that is being made")
        with pytest.raises(Busy):
            await tables.table(table.call(mark=str(mark)))
        assert not slow.done()
        free.touch()
        assert (await slow).size

    with_kept(work)


def test_what_is_asked_for_most_is_made_before(with_kept: Callable[..., Any]) -> None:
    async def work(tables: TableCache, mark: Path) -> None:
        await until_then(mark.read_text, "a table that nobody asked for")
        await tables.table(table.call(mark=str(mark)))
        assert mark.read_text().count("made") == 1

    with_kept(work, ahead=first)


def test_room_is_made_for_new_ones(with_kept: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_cache, "MAX_BYTES", 20)

    async def work(tables: TableCache, mark: Path) -> None:
        one = await tables.table(table.call(mark=str(mark)))
        other = await tables.table(table.call(mark=str(mark), name="other"))
        assert other.path.exists() and not one.path.exists()

    with_kept(work)


EIGHT = [
    *(f"/compare?before=2012&after=2012&limit={n}" for n in range(1, 4)),
    *(f"/api/diff?before=2012&after=2012&limit={n}" for n in range(4, 7)),
    *(f"/gaps?count=1&limit={n}" for n in range(7, 9)),
]
"""The links that anybody may follow: years compared, gaps counted, each of another year or ministry."""


@pytest.fixture
def let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file for which the tables of the eight pages wait: each of them is made as soon as it is there."""
    workers_that_find_the_tests(monkeypatch)
    file = tmp_path / "let go"

    def slow(made: Callable[[Mapping[str, Any]], Any]) -> Callable[[Mapping[str, Any]], Any]:
        def of(asked: Mapping[str, Any]) -> Any:
            if "limit" not in asked:  # what nobody asked for
                return made(asked)
            return held.call(until_there=str(file), then=f"refused {asked['limit']}")

        return of

    for name in ("gap_counts_of", "changes_of", "amounts_of"):
        monkeypatch.setattr(wanted_tables, name, slow(getattr(wanted_tables, name)))
    return file


def test_eight_slow_pages_at_once_delay_no_quick_one(store_folder: Path, let_go: Path) -> None:
    with running(store_folder, seconds=NEVER, queue_seconds=NEVER) as made:
        tables = made.service.tables
        # What is made ahead would wait with the eight.
        until(lambda: made.service.prepared, "the tables that are made ahead")
        with asking(*(made.url + path for path in EIGHT)) as asked:
            until(
                lambda: tables.running == 3 and tables.waiting == 5,
                "three tables in the making, five that wait",
            )
            for _ in range(5):
                assert made.get("/search?q=戦略").status_code == 200
            assert not any(one.answered for one in asked)
            let_go.touch()
            assert {one.answer()[0] for one in asked} == {200}


def test_slow_pages_are_stopped(store_folder: Path, let_go: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Who asks waits until a table is stopped.
    monkeypatch.setattr(service, "_TABLE_FACTOR", service._PATIENT_FACTOR)
    with running(store_folder, seconds=0.2, queue_seconds=NEVER) as made:
        with asking(*(made.url + path for path in EIGHT)) as asked:
            answers = [one.answer() for one in asked]
        assert {504} <= {status for status, _, _ in answers} <= {503, 504}
        assert all(int(headers["retry-after"]) > 0 for _, headers, _ in answers)
        stopped = [(headers, text) for status, headers, text in answers if status == 504]
        assert all(headers["x-konkyo-limit"] == "time" and "stopped" in text for headers, text in stopped)
        assert "application/problem+json" in {headers["content-type"] for _, headers, _ in answers}


def test_slow_pages_that_wait_too_long_are_sent_away(store_folder: Path, let_go: Path) -> None:
    # Long enough for a busy machine to begin with the first three.
    with running(store_folder, seconds=NEVER, queue_seconds=5) as made:
        tables = made.service.tables
        until(lambda: made.service.prepared, "the tables that are made ahead")
        with asking(*(made.url + path for path in EIGHT[:3])) as first:
            until(lambda: tables.running == 3, "three tables in the making")
            with asking(*(made.url + path for path in EIGHT[3:])) as others:
                answers = [one.answer() for one in others]
            assert {status for status, _, _ in answers} == {503}
            assert all(int(headers["retry-after"]) > 0 for _, headers, _ in answers)
            let_go.touch()
            assert {one.answer()[0] for one in first} == {200}


HTML = {"Accept": "text/html,*/*;q=0.8"}


def test_a_reader_is_told_that_a_page_is_being_prepared(
    store_folder: Path, let_go: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respond, "TOLD_SECONDS", 0.05)
    path = EIGHT[0]
    with running(store_folder, seconds=GUARD) as made:
        for _ in range(2):  # who comes back too early is told the same
            told = made.get(path, headers=HTML)
            assert told.status_code == 202 and int(told.headers["refresh"]) > 0, told.text
            assert told.headers["cache-control"] == "no-store"
            assert "Being prepared" in told.text or "準備しています" in told.text
        assert made.service.tables.counts.over_time == 0
        let_go.touch()
        seen = []

        def there() -> bool:
            seen.append(made.get(path, headers=HTML).status_code)
            return seen[-1] != 202

        until(there, "the page itself")
        assert seen[-1] == 200


def test_a_page_that_is_stopped_is_told_to_who_comes_back(
    store_folder: Path, let_go: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respond, "TOLD_SECONDS", 0.05)
    with running(store_folder, seconds=0.1) as made:
        seen = []

        def there() -> bool:
            seen.append(made.get(EIGHT[0], headers=HTML).status_code)
            return seen[-1] != 202

        until(there, "the word that it was stopped")
        assert seen[0] == 202 and seen[-1] == 504


def test_a_program_is_told_nothing_of_waiting(
    store_folder: Path, let_go: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respond, "TOLD_SECONDS", 0.05)
    with (
        running(store_folder, seconds=NEVER) as made,
        asking(made.url + EIGHT[0], made.url + EIGHT[3], headers={"Accept": "application/json"}) as asked,
    ):
        until(lambda: made.service.tables.running > 0, "a table in the making")
        let_go.touch()
        assert {one.answer()[0] for one in asked} == {200}
