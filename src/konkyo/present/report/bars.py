"""Bars of money by year, as HTML and SVG of a few elements: as wide as the page, with letters of one size on a phone and on a desk.

One panel a stage, so that a year is compared with the years beside it and no colour has to be told from another. Bars are drawn in
percent of the room, and the page's own style has the colours.
"""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element, SubElement, tostring

from konkyo.common.text import NOT_IN_XML
from konkyo.common.words import Words
from konkyo.present.report.model import Money
from konkyo.present.text.terminal import safe

_UNITS = (
    (10**12, Words("兆円", "trillion yen")),
    (10**8, Words("億円", "hundred million yen")),
    (10**6, Words("百万円", "million yen")),
    (10**3, Words("千円", "thousand yen")),
    (1, Words("円", "yen")),
)
_ENGLISH_UNITS = (
    (10**12, "trillion yen"),
    (10**9, "billion yen"),
    (10**6, "million yen"),
    (10**3, "thousand yen"),
    (1, "yen"),
)
_FILLS = {"initial": "a", "total": "b", "executed": "c"}
_NOT_STATED = Words("記載なし", "not stated")
# A bar that is longer has its number inside, in percent of the room.
_INSIDE = 60


def unit_of(largest: int, lang: str) -> tuple[int, str]:
    """Return how many yen a step of the scale is, and what it is called, so that numbers stay short."""
    if lang == "en":
        return next(
            ((size, word) for size, word in _ENGLISH_UNITS if abs(largest) >= 2 * size), _ENGLISH_UNITS[-1]
        )
    found = next(((size, words) for size, words in _UNITS if abs(largest) >= 2 * size), _UNITS[-1])
    return found[0], found[1].ja


def number(value: float) -> str:
    """Return a number of the scale, with three digits or all of its whole ones."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.2f}".rstrip("0").rstrip(".")


def ticks(largest: float) -> list[float]:
    """Return round steps from 0 to the first that is not below the largest number: four to six of them.

    >>> ticks(121), ticks(0.7)
    ([0, 50, 100, 150], [0.0, 0.2, 0.4, 0.6, 0.8])
    """
    if largest <= 0:
        return [0, 1]
    size = 10 ** math.floor(math.log10(largest / 3))
    step = next(step for step in (1, 2, 2.5, 5, 10) if largest / (step * size) <= 4.0001)
    # Tenths of a step are whole numbers, so that 3 * 0.2 is 0.6.
    return [round(step * count * size, 12) for count in range(math.ceil(largest / (step * size) - 1e-9) + 1)]


def draw(plot: Money, lang: str) -> str:
    """Return the panels as one HTML element; nothing but text of it comes from data, and that is escaped."""
    series = [item for item in plot.series if any(amount is not None for amount in item.amounts)]
    stated = [amount for item in series for amount in item.amounts if amount is not None]
    size, unit = unit_of(max(map(abs, stated), default=0), lang)
    steps = ticks(max(stated, default=0) / size)
    whole = Element("div", {"class": "bars", "aria-hidden": "true"})
    for item in series:
        panel = SubElement(whole, "div", {"class": "panel"})
        title = f"{item.name.of(lang)}（{unit}）" if lang == "ja" else f"{item.name.of(lang)} ({unit})"
        SubElement(panel, "p", {"class": "name"}).text = _clean(title)
        for year, amount in zip(plot.years, item.amounts, strict=True):
            row = SubElement(panel, "div", {"class": "row"})
            SubElement(row, "span").text = _clean(year.of(lang))
            row.append(_bar(amount, size, steps, _FILLS.get(item.stage, "a"), lang))
        row = SubElement(panel, "div", {"class": "row"})
        SubElement(row, "span")
        row.append(_scale(steps))
    return tostring(whole, encoding="unicode", short_empty_elements=False)


def _bar(amount: int | None, size: int, steps: list[float], fill: str, lang: str) -> Element:
    svg = Element("svg", {"class": "bar", "width": "100%", "height": "24"})
    for step in steps:
        x = f"{100 * step / steps[-1]:.2f}%"
        SubElement(svg, "line", {"class": "s-grid", "x1": x, "x2": x, "y1": "0", "y2": "24"})
    if amount is None:
        SubElement(svg, "text", {"class": "f-soft", "x": "4", "y": "16"}).text = _NOT_STATED.of(lang)
        return svg
    share = max(0.0, 100 * amount / size / steps[-1])
    SubElement(
        svg, "rect", {"class": f"f-{fill}", "x": "0", "y": "3", "height": "18", "width": f"{share:.2f}%"}
    )
    inside = share > _INSIDE
    place = (
        {"dx": "-6", "text-anchor": "end", "class": "f-on-dark"} if inside else {"dx": "6", "class": "f-ink"}
    )
    SubElement(svg, "text", {"x": f"{share:.2f}%", "y": "16", **place}).text = number(amount / size)
    return svg


def _scale(steps: list[float]) -> Element:
    svg = Element("svg", {"class": "bar", "width": "100%", "height": "18"})
    for step in steps:
        anchor = "start" if step == 0 else "end" if step == steps[-1] else "middle"
        place = {"x": f"{100 * step / steps[-1]:.2f}%", "y": "13", "text-anchor": anchor, "class": "f-soft"}
        SubElement(svg, "text", place).text = number(step)
    return svg


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", " ".join(safe(text).split()))
