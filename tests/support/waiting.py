"""Waiting for what happens, and for no time. Every deadline of a test is a guard against hanging: it decides nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")

GUARD = 120.0
"""Seconds for one event, or one answer: minutes more than any takes on a machine that is busy with other things."""
LONG_GUARD = 600.0
"""Seconds for a process that does a piece of work."""
_PAUSE = 0.02


def until(
    condition: Callable[[], T], what: str, *, guard: float = GUARD, pause: Callable[[], object] | None = None
) -> T:
    """Wait until a condition holds, and return what it returned. ``pause`` is what is done between two looks.

    Raises AssertionError with ``what`` was waited for where it never comes.
    """
    for _ in _looks(what, guard):
        if found := condition():
            return found
        (pause or _sleep)()
    raise AssertionError


async def until_then(condition: Callable[[], T], what: str, *, guard: float = GUARD) -> T:
    """Wait like :func:`until` while the event loop goes on."""
    for _ in _looks(what, guard):
        if found := condition():
            return found
        await asyncio.sleep(_PAUSE)
    raise AssertionError


def _looks(what: str, guard: float) -> Iterator[None]:
    end = time.monotonic() + guard
    while time.monotonic() < end:
        yield
    raise AssertionError(f"waited {guard:g} s in vain for this: {what}")


def _sleep() -> None:
    time.sleep(_PAUSE)
