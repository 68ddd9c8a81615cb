"""Counting what grows, where a clock would tell of the machine rather than of the program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

MOST = 20_000_000
"""Steps after which a count is given up: what grows without measure must not hang the test."""


class TooManySteps(AssertionError):
    """What was counted took more steps than it may."""


def steps(work: Callable[[], object], most: int = MOST) -> int:
    """Return how many functions are called while ``work`` runs, those of Python and those of C.

    What one function of C does by itself, such as the search of a pattern, is one step. Raises TooManySteps.
    """
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1
            if count > most:
                sys.setprofile(None)
                raise TooManySteps(f"more than {most:,} steps")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[int], object], size: int) -> float:
    """Return how much more work the second half of a size is than the first: 2 where steps grow as the size does.

    It is 4 where each part looks at all others; a bound of 3 tells the two apart. The work is done for a quarter of the
    size, a half and the whole, so that what it always takes is not counted.
    """
    for part in (4, 2, 1):
        work(size // part)  # what is made once, and kept by its size, is made now
    quarter, half, whole = (steps(lambda part=part: work(size // part)) for part in (4, 2, 1))  # type: ignore[misc]
    return (whole - half) / (half - quarter)
