"""Small multiples: one little picture for each indicator that goes on over reviews, all of one form, as SVG of a few elements.

They stand in reports and on pages of the server alike, which load no library for them; the page's own style has the colours
(classes ``mini …``). Results are a line with dots, targets are bars across: neither is told by colour alone. The words are in the table below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from konkyo.common.text import NOT_IN_XML
from konkyo.common.words import Words
from konkyo.model.codes import label_of

_WIDTH, _HEIGHT = 264, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 44, 26, 22


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture: what it shows, and by fiscal year the number of the target and of the result (None: none, or words)."""

    name: Words
    points: tuple[tuple[int, float | None, float | None], ...]

    @property
    def numbers(self) -> list[float]:
        """Return all numbers."""
        return [number for _, *both in self.points for number in both if number is not None]


@dataclass(frozen=True, slots=True)
class Multiples:
    """Panels beside each other; those without two numbers are left out, since one dot shows nothing."""

    panels: tuple[Panel, ...]

    @property
    def shown(self) -> tuple[Panel, ...]:
        """Return the panels that are drawn."""
        return tuple(panel for panel in self.panels if len(panel.numbers) > 1)


def draw(multiples: Multiples, lang: str) -> str:
    """Return the pictures as one HTML element; nothing but text of it comes from data, and that is escaped."""
    whole = Element("div", {"class": "multiples"})
    first = min((panel.points[0][0] for panel in multiples.shown), default=0)
    last = max((panel.points[-1][0] for panel in multiples.shown), default=0)
    for panel in multiples.shown:
        figure = SubElement(whole, "figure")
        SubElement(figure, "figcaption").text = _clean(panel.name.of(lang))
        figure.append(_panel(panel, first, last, lang))
    return tostring(whole, encoding="unicode", short_empty_elements=False)


def _panel(panel: Panel, first: int, last: int, lang: str) -> Element:
    low, high = min(0.0, *panel.numbers), max(0.0, *panel.numbers)
    high = high if high > low else low + 1
    across, up = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(year: int) -> float:
        return _LEFT + across * ((year - first + 0.5) / (last - first + 1))

    def y(number: float) -> float:
        return _TOP + up * (1 - (number - low) / (high - low))

    svg = Element("svg", {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "role": "img", "class": "mini"})
    SubElement(svg, "title").text = _clean(_words(panel).of(lang))
    _line(svg, "axis", [(_LEFT, y(0)), (_WIDTH - _RIGHT, y(0))])
    half = min(12.0, 0.36 * across / (last - first + 1))
    for year, target, _ in panel.points:
        if target is not None:
            _line(svg, "target", [(x(year) - half, y(target)), (x(year) + half, y(target))])
    for run in _runs([(year, result) for year, _, result in panel.points if result is not None]):
        places = [(x(year), y(number)) for year, number in run]
        if len(places) > 1:
            _line(svg, "result", places)
        for place in places:
            SubElement(
                svg,
                "circle",
                {"class": "result", "cx": f"{place[0]:.1f}", "cy": f"{place[1]:.1f}", "r": "3.2"},
            )
    told = [(year, number) for year, _, number in panel.points if number is not None]
    if told:
        year, number = told[-1]
        _text(svg, x(year) + half + 3, y(number) + 4, _short(number), "start")
    _text(svg, _LEFT, _HEIGHT - 6, str(first), "start")
    _text(svg, _WIDTH - _RIGHT, _HEIGHT - 6, str(last), "end")
    _text(svg, _LEFT, _TOP - 10, _short(high), "start")
    return svg


def _runs(points: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    """Return the points as runs of years without a gap: over a year of which nothing is told no line is drawn."""
    runs: list[list[tuple[int, float]]] = []
    for point in points:
        if runs and runs[-1][-1][0] + 1 == point[0]:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _line(svg: Element, name: str, places: Sequence[tuple[float, float]]) -> None:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    SubElement(svg, "polyline", {"class": name, "points": points})


def _text(svg: Element, x: float, y: float, words: str, anchor: str) -> None:
    SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}).text = words


def _words(panel: Panel) -> Words:
    """Return what a picture shows for those who do not see it."""
    ja, en = [], []
    for year, target, result in panel.points:
        for number, words in ((target, label_of("target")), (result, label_of("result"))):
            if number is not None:
                ja.append(f"{year}年度{words.ja}{_short(number)}")
                en.append(f"{words.en} {year}: {_short(number)}")
    return Words(f"{panel.name.ja}: {'、'.join(ja)}", f"{panel.name.en}: {', '.join(en)}")


def _short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 or number == int(number) else f"{number:.3g}"


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", " ".join(text.split()))
