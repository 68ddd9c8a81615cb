"""What a layout takes and gives: boxes and ties in, places and routes out; and two small tools for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True)
class Box:
    """One thing to place. ``layer`` orders columns from left to right; gaps between layers do not count."""

    key: str
    layer: int
    label: str


@dataclass(frozen=True)
class Tie:
    """One edge, as far as the layout cares.

    ``binds``: ``start`` is the parent of ``end``. ``pulls``: the edge draws its ends together and gets a
    lane of its own past the columns between; without it the edge only runs where there is a way.
    """

    start: str
    end: str
    binds: bool = False
    pulls: bool = True


@dataclass(frozen=True)
class Place:
    """Centre and size of a box, and its label's lines."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """The way of one edge: height at its start, lanes as (column number, height), height at its end."""

    start: int
    lanes: tuple[tuple[int, int], ...]
    end: int


@dataclass
class Picture:
    """Places by key, routes in the order of the ties, columns as (centre x, width, keys downwards)."""

    places: dict[str, Place] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    columns: list[tuple[int, int, list[str]]] = field(default_factory=list)


@lru_cache(maxsize=65536)
def natural_key(text: str) -> list[tuple[int, int, str]]:
    """Return a sort key that puts ``s-2`` before ``s-10``, and is total: equal only for equal texts."""
    parts = [
        (0, int(part), part) if part.isascii() and part.isdigit() and len(part) < 19 else (1, 0, part)
        for part in re.split(r"([0-9]+)", text)
        if part
    ]
    return [*parts, (2, 0, text)]


def spread(wanted: Sequence[float], apart: Sequence[float]) -> list[float]:
    """Return places as near to ``wanted`` as can be, each at least ``apart[i]`` after the one before it.

    Least squares under an order: pool adjacent violators on the wishes less the room taken before.
    """
    offset = 0.0
    offsets = []
    for gap in apart:
        offset += gap
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []  # sum and count of wishes
    for wish, off in zip(wanted, offsets, strict=True):
        total, count = wish - off, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            total, count = total + blocks[-1][0], count + blocks[-1][1]
            blocks.pop()
        blocks.append((total, count))
    flat = [total / count for total, count in blocks for _ in range(count)]
    return [level + off for level, off in zip(flat, offsets, strict=True)]
