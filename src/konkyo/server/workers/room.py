"""The memory that all workers of a server hold together: where it is too much, the query that holds most goes.

Each process has a limit of its own. Many that stay below it could still take the whole machine.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable

from konkyo.server.workers.process import Worker, WorkerState

_LOOK_SECONDS = 0.1


class Room:
    """Memory of ``most`` bytes (0: no limit) for the workers that ``all_workers`` returns; of these, ``queries`` may be stopped."""

    def __init__(
        self,
        most: int,
        all_workers: Callable[[], Iterable[Worker]],
        queries: Callable[[], Iterable[Worker]],
    ) -> None:
        self.most = most
        self._all_workers = all_workers
        self._queries = queries

    async def watch(self) -> None:
        """Look again and again, without end."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            self.look()

    def look(self) -> None:
        """Stop as many queries as it takes: those of whoever holds most of all, the largest first."""
        at_work = [one for one in self._queries() if WorkerState.SLOW <= one.state < WorkerState.SENT_AWAY]
        if not self.most or not at_work:
            return  # what has just begun holds little
        held = {one: one.held() for one in self._all_workers() if one.state < WorkerState.SENT_AWAY}
        while at_work and sum(held.values()) > self.most:
            owned: Counter[str] = Counter()
            for one in at_work:
                owned[one.owner] += held[one]
            largest = max(at_work, key=lambda one: (owned[one.owner], held[one]))
            largest.send_away(WorkerState.CROWDED_OUT)
            at_work.remove(largest)
            del held[largest]
