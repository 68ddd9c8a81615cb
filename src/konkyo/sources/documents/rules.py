"""The rules of a PDF page: lines, thin areas, and rows of dots or dashes, each joined to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from konkyo.sources.documents.bands import Rule

_THIN = 2.5
# Between the dashes of one rule no more than this is left white; what stays shorter is no rule.
_WHITE, _SHORT = 4.0, 6.0
_SAME_PLACE = 1.2
Piece = tuple[float, float, float]


def is_dashed(page: Any) -> bool:
    """Return whether the rules of a page are drawn as many small pieces."""
    pieces = sum(
        one["x1"] - one["x0"] < _SHORT and one["bottom"] - one["top"] < _SHORT
        for kind in (page.rects, page.lines, page.curves)
        for one in kind
    )
    return bool(pieces > _MANY)


_MANY = 150


def is_shaded(page: Any) -> bool:
    """Return whether all that encloses cells on a page is shade: areas of colour, of which none is drawn around or thin as a rule."""
    areas = [one for one in page.rects if min(one["x1"] - one["x0"], one["bottom"] - one["top"]) > _THIN]
    drawn = [*page.lines, *page.curves, *(one for one in page.rects if one.get("stroke"))]
    return bool(areas) and len(areas) == len(page.rects) and not drawn


def is_edge_of_shade(edge: Mapping[str, Any]) -> bool:
    """Return whether an edge of pdfplumber's is that of an area of colour, which nothing is drawn around."""
    if edge["object_type"] != "rect_edge" or edge.get("stroke") or not edge.get("pts"):
        return False
    xs, ys = zip(*edge["pts"], strict=True)
    return bool(max(xs) - min(xs) > _THIN and max(ys) - min(ys) > _THIN)


def edges(page: Any) -> list[dict[str, Any]]:
    """Return the rules of a page as pdfplumber takes explicit ones."""
    flat, upright = _pieces(page)
    made = [_edge("h", x0, y, x1, y) for y, x0, x1 in _joined(flat)]
    return made + [_edge("v", x, y0, x, y1) for x, y0, y1 in _joined(upright)]


def flat_rules(page: Any) -> list[Rule]:
    """Return the rules of a page that lie flat: place from the top, beginning and end."""
    return list(_joined(_pieces(page)[0]))


def _pieces(page: Any) -> tuple[list[Piece], list[Piece]]:
    flat: list[Piece] = []
    upright: list[Piece] = []
    for kind in (page.rects, page.lines, page.curves):
        for one in kind:
            x0, y0, x1, y1 = (float(one[key]) for key in ("x0", "top", "x1", "bottom"))
            if y1 - y0 <= _THIN:
                flat.append(((y0 + y1) / 2, x0, x1))
            if x1 - x0 <= _THIN:
                upright.append(((x0 + x1) / 2, y0, y1))
            if y1 - y0 > _THIN and x1 - x0 > _THIN and one["object_type"] == "rect":
                flat += [(y0, x0, x1), (y1, x0, x1)]
                upright += [(x0, y0, y1), (x1, y0, y1)]
    return flat, upright


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the rules that pieces at one place make, where little white is left between them."""
    places: dict[float, list[Piece]] = defaultdict(list)
    at = float("-inf")
    for piece in sorted(pieces):
        at = at if piece[0] - at <= _SAME_PLACE else piece[0]
        places[at].append(piece)
    for place, members in places.items():
        begin, end = None, float("-inf")
        for _, first, last in sorted(members, key=lambda one: one[1]):
            if begin is None or first - end > _WHITE:
                if begin is not None and end - begin >= _SHORT:
                    yield place, begin, end
                begin, end = first, last
            end = max(end, last)
        if begin is not None and end - begin >= _SHORT:
            yield place, begin, end


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {
        "object_type": "line_edge",
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
    }
