"""Where a text stands on a page."""

from __future__ import annotations


class Place:
    """The corners of a text of some lines."""

    def __init__(self, x: float, y: float, wide: float = 40, high: float = 8) -> None:
        self.x0, self.y0, self.x1, self.y1 = x, y, x + wide, y + high
