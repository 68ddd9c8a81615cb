"""Work that is done once for all who ask for it, and that goes on where they leave."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from cachetools import TTLCache

T = TypeVar("T")
KEPT_SECONDS = 60.0
_MOST_KEPT = 64


class UnderWay(Generic[T]):
    """Tasks by the key of what they make.

    ``keep`` says of a task that is over whether who asks soon after is given it, too: what failed at a limit is not begun
    again at once, and who was told to come back finds what was made.
    """

    def __init__(self, keep: Callable[[asyncio.Task[T]], bool]) -> None:
        self._keep = keep
        self._tasks: dict[str, asyncio.Task[T]] = {}
        self._over: TTLCache[str, asyncio.Task[T]] = TTLCache(_MOST_KEPT, KEPT_SECONDS)

    def task(self, key: str, make: Callable[[], Coroutine[Any, Any, T]]) -> asyncio.Task[T]:
        """Return the task that makes something, begun now if it is not under way."""
        if found := self._tasks.get(key) or self._over.get(key):
            return found
        task = asyncio.get_running_loop().create_task(make())
        self._tasks[key] = task

        def over(done: asyncio.Task[T]) -> None:
            self._tasks.pop(key, None)
            if done.cancelled():
                return
            done.exception()  # perhaps nobody waits for it any more
            if self._keep(done):
                self._over[key] = done

        task.add_done_callback(over)
        return task

    async def close(self) -> None:
        """Stop all that is under way."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
