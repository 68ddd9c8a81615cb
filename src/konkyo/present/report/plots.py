"""Indicators on their scales, drawn by matplotlib as SVG without any file, display or setting of the user.

Colours stand for parts (ink, grid, the first series …) and are made classes of the page's style afterwards, so that
a picture follows light, dark and print. No colour says anything alone: values have shapes and words.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from konkyo.common.line_breaks import columns, is_wide
from konkyo.common.text import NOT_IN_XML
from konkyo.common.words import Words
from konkyo.model.codes import label_of
from konkyo.present.report.bars import number
from konkyo.present.report.model import Scale, Scales
from konkyo.present.report.svg import CLASSES, matplotlib, tidy
from konkyo.present.text.terminal import safe

_TEXT = 12.0
_SMALL = 10.5
_ROLES = {"baseline": ("b", "s"), "target": ("a", "|"), "result": ("c", "D")}
_MAX_LABEL = 44
_COLOUR = {name: colour for colour, name in CLASSES.items()}


def draw(plot: Scales, name: str, lang: str) -> str:
    """Return a picture as an SVG element; ``name`` makes its ids the page's own."""
    with _settings(name) as figure_of:
        figure = _scales(plot, lang, figure_of)
        out = StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return tidy(out.getvalue(), name)


@contextmanager
def _settings(name: str) -> Iterator[Any]:
    """Hand out a maker of figures, with settings that are the same for everybody and are put back afterwards."""
    # Measuring text with a font that has no Japanese signs is warned of; the browser will set the text, not this.
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)
    mpl = matplotlib()
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    def figure_of(width: float, height: float) -> Figure:
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        FigureCanvasSVG(figure)
        figure.patch.set_alpha(0)
        return figure

    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "svg.fonttype": "none",
                "svg.hashsalt": f"konkyo-{name}",
                "font.size": _TEXT,
                "text.color": _COLOUR["ink"],
                "axes.edgecolor": _COLOUR["soft"],
                "axes.labelcolor": _COLOUR["ink"],
                "xtick.color": _COLOUR["ink"],
                "ytick.color": _COLOUR["ink"],
                "text.parse_math": False,
                "axes.unicode_minus": False,
            }
        )
        try:
            yield figure_of
        finally:
            log.setLevel(level)


def _wide(text: str) -> float:
    """Return about how many pixels wide a text is at the size of labels."""
    return sum(_TEXT if is_wide(c) else _TEXT * 0.56 for c in text)


def _short(text: str, width: int = _MAX_LABEL) -> str:
    """Return a label, cut where it is wider than so many narrow signs; the whole of it is in the table."""
    # What XML cannot hold is no sign that a reader would miss.
    text = NOT_IN_XML.sub("\ufffd", " ".join(safe(text).split()))
    # Editions of one strategy differ in the date at the end of their names.
    if (end := re.search(r"\s?[（(][^（()）]{4,12}[)）]$", text)) and columns(text) > width:
        return _short(text[: end.start()], width - columns(end[0])) + end[0]
    used = 0
    for position, sign in enumerate(text):
        used += columns(sign)
        if used > width:
            return text[: position - 1] + "…"
    return text


def _plain(axes: Any, *, grid: str) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, pad=6)
    axes.set_axisbelow(True)
    axes.set_facecolor("none")
    axes.grid(axis=grid, color=_COLOUR["grid"], linewidth=1)


# --- indicators -----------------------------------------------------------------------------------


def _scales(plot: Scales, lang: str, figure_of: Any) -> Any:
    each, head = 92.0, 40.0
    width, height = 640.0, head + each * len(plot.scales) + 10
    figure = figure_of(width, height)
    for place, scale in enumerate(plot.scales):
        bottom = height - head - each * (place + 1)
        axes = figure.add_axes((24 / width, (bottom + 26) / height, (width - 60) / width, 30 / height))
        _plain(axes, grid="x")
        text = _short(scale.label.of(lang), 76) + (f"（{scale.unit}）" if lang == "ja" and scale.unit else "")
        text += f" ({scale.unit})" if lang == "en" and scale.unit else ""
        figure.text(24 / width, (bottom + 74) / height, text, ha="left", va="center")
        _marks(axes, scale)
    right = width - 12
    from matplotlib.lines import Line2D

    for role, words in reversed(
        (
            ("baseline", label_of("baseline")),
            ("target", Words("目標（以上・以下は矢印）", "target (arrow: at least, at most)")),
            ("result", label_of("result")),
        )
    ):
        colour, sign = _ROLES[role]
        right -= _wide(words.of(lang))
        figure.text(right / width, 1 - 18 / height, words.of(lang), ha="left", va="center")
        right -= 16
        figure.add_artist(
            Line2D(
                [right / width],
                [1 - 18 / height],
                marker=sign,
                color=_COLOUR[colour],
                markersize=9,
                markeredgewidth=3 if sign == "|" else 0,
                linestyle="none",
                transform=figure.transFigure,
            )
        )
        right -= 22
    return figure


def _marks(axes: Any, scale: Scale) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    bounds = [b for mark in scale.marks for b in (mark.lower, mark.upper) if b is not None]
    low, high = min([0.0, *bounds]), max([0.0, *bounds])
    high = high if high > low else low + 1
    axes.set_xlim(low - (high - low) * 0.02, high + (high - low) * 0.14)
    axes.set_ylim(-1, 1)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    for mark in scale.marks:
        colour, sign = _ROLES.get(mark.role, ("ink", "o"))
        places = [b for b in (mark.lower, mark.upper) if b is not None]
        if not places:
            continue
        arrow = (high - low) * 0.07
        if mark.lower is not None and mark.upper is None:
            _arrow(axes, mark.lower, mark.lower + arrow, _COLOUR[colour])
        elif mark.upper is not None and mark.lower is None:
            _arrow(axes, mark.upper, mark.upper - arrow, _COLOUR[colour])
        elif len(set(places)) == 2:
            axes.plot(places, [0, 0], color=_COLOUR[colour], linewidth=4)
        height = {"baseline": 0.5, "result": -0.5}.get(mark.role, 0.0)
        if mark.role == "result":
            axes.text(
                max(places) + (high - low) * 0.015,
                height,
                number(max(places)),
                ha="left",
                va="center_baseline",
                fontsize=_SMALL,
            )
        for x in sorted(set(places)):
            axes.plot(
                [x], [height], marker=sign, color=_COLOUR[colour], markersize=26 if sign == "|" else 9,
                markeredgewidth=3 if sign == "|" else 0, linestyle="none", zorder=3 if mark.role == "result" else 2,
            )  # fmt: skip


def _arrow(axes: Any, start: float, end: float, colour: str) -> None:
    axes.plot([start, end], [0, 0], color=colour, linewidth=3)
    axes.plot([end], [0], marker=">" if end > start else "<", color=colour, markersize=8, markeredgewidth=0)
