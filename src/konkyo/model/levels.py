"""The levels of a claim, from the most certain to the rejected one. What they are called: :mod:`konkyo.model.codes`."""

from __future__ import annotations

LEVELS = ("stated", "derived", "interpreted", "rejected")
# What a person may ask for: a rejected claim stands beside those that it contradicts.
HELD = LEVELS[:3]


def weakest(*levels: str | None) -> str:
    """Return the level of a chain: that of its least certain step."""
    return max((level for level in levels if level), key=LEVELS.index, default="stated")
