"""Memory of all workers together: which query goes where it is too much."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from konkyo.server.workers.process import WorkerState
from konkyo.server.workers.room import Room

SLOW, QUICK, SPENT = WorkerState.SLOW, WorkerState.QUICK, WorkerState.SPENT
OUT = WorkerState.CROWDED_OUT


@dataclass(eq=False)
class Process:
    """A worker as the room sees it."""

    owner: str
    size: int
    state: WorkerState = SLOW

    def held(self) -> int:
        return self.size

    def send_away(self, why: WorkerState) -> None:
        self.state = why


@pytest.mark.parametrize(
    ("most", "workers", "gone"),
    [
        (100, [("a", 60, SLOW), ("b", 40, SLOW)], []),
        (100, [("a", 60, SLOW), ("b", 41, SLOW)], [0]),
        (100, [("a", 30, SLOW), ("a", 31, SPENT), ("b", 50, SLOW)], [1]),
        (50, [("a", 30, SLOW), ("a", 31, SPENT), ("b", 45, SLOW)], [1, 2]),
        (100, [("a", 90, QUICK), ("b", 20, SLOW)], [1]),
        (100, [("a", 300, QUICK)], []),
        (100, [("a", 90, OUT), ("b", 20, SLOW)], [0]),
        (0, [("a", 1 << 40, SLOW)], []),
    ],
    ids=["room", "the largest", "of who holds most", "as many as it takes", "slow", "none slow", "gone", "no limit"],
)  # fmt: skip
def test_the_query_that_holds_most_goes(
    most: int, workers: list[tuple[str, int, WorkerState]], gone: list[int]
) -> None:
    made = [Process(*told) for told in workers]
    Room(most, lambda: made, lambda: made).look()  # type: ignore[arg-type, return-value]
    assert [at for at, one in enumerate(made) if one.state is OUT] == gone


def test_what_makes_tables_is_counted_and_stays() -> None:
    table, query = Process("", 90), Process("a", 20)
    Room(100, lambda: [table, query], lambda: [query]).look()  # type: ignore[arg-type, return-value]
    assert table.state is SLOW and query.state is OUT
