"""A drawing by forces, for graphs whose things stand in no order from left to right.

What is joined is drawn together, what is not pushes itself apart; then boxes that overlap are moved aside and
parts that nothing joins are set in rows. It is networkx' ForceAtlas2 on sizes and distances of cards, the same for
the same data on the same numpy.

Measured against columns by tests/bench/bench_layout.py (links that cross, links that run behind boxes they have
nothing to do with, mean length of a link, scale at which the whole fits a window):

==========================  =======================  =======================
graph                       columns                  forces
==========================  =======================  =======================
sheet (42 things)           12,    14,   349, 0.70   3,     12, 239, 0.48
classes (53, no layers)     84,   115,   542, 0.97   0,     24, 218, 0.50
groups (210, no layers)     422,  542,   681, 0.52   38,    63, 359, 0.11
fan (1 thing and 300)       0,  2,434, 1,638, 0.39   0,  2,185, 970, 0.18
==========================  =======================  =======================

So columns keep what has layers (larger, and in the order of reading) and the fan (twice as large, and without
overlaps to undo); forces take what has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from konkyo.present.view.geometry import Box, Picture, Place, Route, Tie, natural_key
from konkyo.present.view.labels import text_width, wrap, wrap_width

if TYPE_CHECKING:
    import networkx as nx

FONT, LINE, BAND, PADDING_X, PADDING_Y = 14, 20, 24, 11, 10
GAP = 16  # between two boxes that nothing joins
PART_GAP = 60  # between parts that nothing joins
STEP = 160  # the length that a link would like to have
_TURNS = 120
_PASSES = 80


def scatter(boxes: Mapping[str, Box], ties: Sequence[Tie], canvas: tuple[float, float]) -> Picture:
    """Return the places of the boxes, without overlaps, in about the shape of the canvas; there are no columns."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for key in sorted(boxes, key=natural_key):
        graph.add_node(key)
    for one, other in sorted((tie.start, tie.end) for tie in ties if tie.pulls and tie.start != tie.end):
        graph.add_edge(one, other)
    width = wrap_width([box.label for box in boxes.values()], 3)
    lines = {key: wrap(box.label, width) for key, box in boxes.items()}
    sizes = {
        key: (
            round(max(max(map(text_width, cut)), 4) * FONT) + BAND + 2 * PADDING_X,
            len(cut) * LINE + 2 * PADDING_Y,
        )
        for key, cut in lines.items()
    }
    parts = sorted(
        (sorted(part, key=natural_key) for part in nx.connected_components(graph)),
        key=lambda part: (-len(part), natural_key(part[0])),
    )
    drawn = [_part(graph.subgraph(part), part, sizes) for part in parts]
    picture = Picture()
    for key, (x, y) in _rows(drawn, sizes, canvas).items():
        picture.places[key] = Place(round(x), round(y), *sizes[key], lines[key])
    for tie in ties:
        picture.routes.append(Route(picture.places[tie.start].y, (), picture.places[tie.end].y))
    return picture


def _part(
    graph: nx.Graph[str], keys: Sequence[str], sizes: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[float, float]]:
    """Return the places of things that are all joined."""
    import networkx as nx
    import numpy as np

    if len(keys) == 1:
        return {keys[0]: (0.0, 0.0)}
    start = nx.circular_layout(graph)
    found = nx.forceatlas2_layout(
        graph, pos=start, max_iter=_TURNS, seed=1, linlog=False, strong_gravity=False
    )
    places = np.array([found[key] for key in keys])
    number = {key: n for n, key in enumerate(keys)}
    lengths = [float(np.hypot(*(places[number[a]] - places[number[b]]))) for a, b in graph.edges]
    places *= STEP / (float(np.median(lengths)) or 1.0)
    places[:, 0] *= 1.35  # cards are wider than high
    places[:, 1] *= 0.75
    return dict(
        zip(
            keys,
            map(tuple, _apart(places, np.array([sizes[key] for key in keys], dtype=float)).tolist()),
            strict=True,
        )
    )


def _apart(places: Any, sizes: Any) -> Any:
    """Move overlapping boxes aside, each pair the shorter way, until none overlap."""
    import numpy as np

    half = sizes / 2 + GAP / 2
    room = half[:, None, :] + half[None, :, :]
    for _ in range(_PASSES):
        delta = places[:, None, :] - places[None, :, :]
        one, other = np.nonzero(np.triu((np.abs(delta) < room - 1e-6).all(axis=2), 1))
        if not len(one):
            return places
        gap = delta[one, other]
        over = room[one, other] - np.abs(gap)
        axis = np.where(over[:, 0] < over[:, 1] * 2.0, 0, 1)
        rows = np.arange(len(one))
        push = np.zeros_like(gap)
        push[rows, axis] = over[rows, axis] * np.where(gap[rows, axis] < 0, -1.0, 1.0)
        many = np.bincount(np.concatenate((one, other)), minlength=len(places))
        push /= 2 * np.sqrt(np.maximum(many[one], many[other]))[:, None]
        np.add.at(places, one, push)
        np.subtract.at(places, other, push)
    return _sweep(places, half)


def _sweep(places: Any, half: Any) -> Any:
    """Set the boxes one after the other, from above, each below what is in its way: always without overlaps."""
    places = places.copy()
    done: list[int] = []
    for n in sorted(range(len(places)), key=lambda n: (places[n][1], places[n][0])):
        moved = True
        while moved:
            moved = False
            for other in done:
                room = half[n] + half[other]
                if (
                    abs(places[n][0] - places[other][0]) < room[0]
                    and abs(places[n][1] - places[other][1]) < room[1]
                ):
                    places[n][1] = places[other][1] + room[1] + 1e-3
                    moved = True
        done.append(n)
    return places


def _rows(
    parts: Sequence[Mapping[str, tuple[float, float]]],
    sizes: Mapping[str, tuple[int, int]],
    canvas: tuple[float, float],
) -> dict[str, tuple[float, float]]:
    """Set the parts side by side in rows, as wide as gives the whole the shape of the canvas."""
    frames = []
    for part in parts:
        left, right = (
            min(x - sizes[key][0] / 2 for key, (x, _) in part.items()),
            max(x + sizes[key][0] / 2 for key, (x, _) in part.items()),
        )
        top, bottom = (
            min(y - sizes[key][1] / 2 for key, (_, y) in part.items()),
            max(y + sizes[key][1] / 2 for key, (_, y) in part.items()),
        )
        frames.append((left, top, right - left + PART_GAP, bottom - top + PART_GAP))
    area = sum(width * height for *_, width, height in frames)
    room = max(sqrt(area * canvas[0] / canvas[1]), max((width for _, _, width, _ in frames), default=0))
    places: dict[str, tuple[float, float]] = {}
    x = y = high = 0.0
    for part, (left, top, width, height) in zip(parts, frames, strict=True):
        if x and x + width > room:
            x, y, high = 0.0, y + high, 0.0
        for key, (px, py) in part.items():
            places[key] = (x + px - left, y + py - top)
        x, high = x + width, max(high, height)
    return places
