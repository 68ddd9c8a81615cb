"""What the tests of the viewer's page have in common: things of the invented graph, and what a reader does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from support.sample_graph import ID

INDICATOR = ID + "indicator/kaiyou-24-07/3"
OTHER = ID + "indicator/kaiyou-24-07/1"
SECTION = ID + "strategy/shin-kaiyou/2019-06-18/s-3.2"
OPEN = Callable[..., Any]

# Pixels of a box's inside (its band and text), in device pixels, as {colour: count}.
_COLOURS = """([iri, inset]) => {
  const view = window.konkyoView, at = view.positionOf(iri), scale = view.network.getScale();
  const canvas = document.querySelector("#network canvas"), ratio = canvas.width / canvas.clientWidth;
  const w = inset[0] * scale, h = inset[1] * scale;
  const copy = Object.assign(document.createElement("canvas"), { width: w * ratio, height: h * ratio });
  const ctx = copy.getContext("2d", { willReadFrequently: true });
  ctx.drawImage(canvas, (w / 2 - at.x) * ratio, (h / 2 - at.y) * ratio);
  const data = ctx.getImageData(0, 0, copy.width, copy.height).data;
  const counts = {};
  for (let n = 0; n < data.length; n += 4) {
    const key = data.slice(n, n + 3).join(",");
    counts[key] = (counts[key] || 0) + 1;
  }
  return counts;
}"""


def standing_clock(page: Any, turn: int) -> None:
    """Let the page's clock stand, at another time each turn: on a busy machine two clicks of one hand are seconds apart."""
    page.evaluate("(at) => { performance.now = () => at; }", 1e7 * turn)


def frames(page: Any) -> None:
    """Wait until what was asked for has been drawn."""
    page.evaluate(
        "() => new Promise((done) => { let n = 4; (function next() { n-- ? requestAnimationFrame(next) : done(); })(); })"
    )


def state(page: Any) -> dict[str, Any]:
    return page.evaluate("window.konkyoView.state()")


def click_thing(page: Any, iri: str) -> None:
    at = page.evaluate("(iri) => window.konkyoView.positionOf(iri)", iri)
    box = page.locator("#network").bounding_box()
    page.mouse.click(box["x"] + at["x"] + 10, box["y"] + at["y"])
    frames(page)


def colours(page: Any, iri: str) -> dict[str, int]:
    return page.evaluate(_COLOURS, [iri, [130, 40]])


def panel(page: Any) -> str:
    return page.locator("#panel").inner_text()
