"""Columns against forces, where things have layers and where they have none: what a reader meets in the picture.

    python tests/bench/bench_layout.py

Crossings are pairs of links that cross (straight from centre to centre), length the mean length of a link, behind
how often a link runs behind a box that it has nothing to do with, scale the size at which the whole fits a window.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from konkyo.api import KnowledgeGraph
from konkyo.present.view import layout
from konkyo.present.view.data import links_of, things_of
from konkyo.present.view.geometry import Box, Picture, Place, Tie
from konkyo.present.view.scatter import scatter
from konkyo.present.view.style import level_of
from konkyo.store.carried import carried_store

Point = tuple[float, float]
CLASSES = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "CONSTRUCT { ?a rdfs:subClassOf ?b } WHERE { ?a rdfs:subClassOf ?b }"
)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return (
        len({a, b, c, d}) == 4 and _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0
    )


def _meets(a: Point, b: Point, place: Place) -> bool:
    """Return whether a line runs through a box (Liang and Barsky)."""
    low, high = 0.0, 1.0
    for at, step, centre, half in (
        (a[0], b[0] - a[0], place.x, place.width / 2),
        (a[1], b[1] - a[1], place.y, place.height / 2),
    ):
        if not step:
            if abs(at - centre) > half:
                return False
            continue
        first, last = sorted(((centre - half - at) / step, (centre + half - at) / step))
        low, high = max(low, first), min(high, last)
    return low < high


def figures(picture: Picture, ties: Sequence[Tie]) -> str:
    """Return the figures of one drawing as a line."""
    places = picture.places
    lines = [
        ((places[t.start].x, places[t.start].y), (places[t.end].x, places[t.end].y))
        for t in ties
        if t.pulls and t.start != t.end
    ]
    crossings = sum(_cross(*one, *other) for n, one in enumerate(lines) for other in lines[n + 1 :])
    length = sum(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in lines) / len(lines)
    behind = sum(
        _meets(a, b, place) for a, b in lines for place in places.values() if (place.x, place.y) not in (a, b)
    )
    width = max(p.x + p.width / 2 for p in places.values()) - min(p.x - p.width / 2 for p in places.values())
    height = max(p.y + p.height / 2 for p in places.values()) - min(
        p.y - p.height / 2 for p in places.values()
    )
    scale = min(1400 / width, 660 / height)
    return f"{crossings:6,} crossings, length {length:5.0f}, {behind:5,} behind, scale {scale:.2f}"


def main() -> None:
    """Print both drawings' figures for three graphs."""
    carried = KnowledgeGraph(carried_store(), "ja")
    sheet, classes = carried.network(), carried.network(query=CLASSES)
    graphs = {"sheet": sheet, "classes": classes}
    cases: dict[str, tuple[list[Box], list[Tie]]] = {}
    for name, graph in graphs.items():
        things = things_of(graph)
        links = links_of(graph, {thing["key"]: n for n, thing in enumerate(things)})
        cases[name] = (
            [Box(thing["iri"], thing["layer"], thing["label"]["ja"]) for thing in things],
            [
                Tie(
                    things[link["from"]]["iri"],
                    things[link["to"]]["iri"],
                    link["level"] == "structure",
                    not level_of(link["level"]).hidden,
                )
                for link in links
            ],
        )
    rings = [Tie(f"p{n // 7 * 7}", f"p{n}") for n in range(210) if n % 7]
    rings += [Tie(f"p{n}", f"p{(n + 31) % 210}") for n in range(0, 210, 7)]
    cases["groups"] = ([Box(f"p{n}", 60, f"海洋観測の国際連携その{n}") for n in range(210)], rings)
    cases["fan"] = (
        [Box("top", 0, "戦略"), *(Box(f"p{n}", 60, f"海洋観測の国際連携その{n}") for n in range(300))],
        [Tie("top", f"p{n}") for n in range(300)],
    )
    limit = layout._SCATTERED
    for name, (boxes, ties) in cases.items():
        began = time.perf_counter()
        layout._SCATTERED = 0
        columns = layout.arrange(boxes, ties)
        took = time.perf_counter() - began
        layout._SCATTERED = limit
        print(f"{name:8} columns {figures(columns, ties)}, {took:.2f} s")
        began = time.perf_counter()
        forces = scatter({box.key: box for box in boxes}, ties, (1400.0, 660.0))
        took = time.perf_counter() - began
        chosen = "forces" if not layout.arrange(boxes, ties).columns else "columns"
        print(f"{name:8} forces  {figures(forces, ties)}, {took:.2f} s; taken: {chosen}")


if __name__ == "__main__":
    main()
