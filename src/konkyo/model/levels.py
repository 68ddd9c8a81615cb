"""The levels of a claim, from the most certain to the rejected one."""

from __future__ import annotations

LEVELS = ("stated", "derived", "interpreted", "rejected")


def weakest(*levels: str | None) -> str:
    """Return the level of a chain: that of its least certain step."""
    return max((level for level in levels if level), key=LEVELS.index, default="stated")
