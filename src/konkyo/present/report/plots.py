"""Pictures of a report, drawn by matplotlib as SVG without any file, display or setting of the user.

Colours stand for parts (ink, grid, the first series …) and are made classes of the page's style afterwards, so that
a picture follows light, dark and print. No colour says anything alone: bars have patterns and numbers, cells have
numbers, values of indicators have shapes and words.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import Any

from konkyo.common.line_breaks import columns, is_wide
from konkyo.common.text import NOT_IN_XML
from konkyo.common.words import Words
from konkyo.model.codes import label_of
from konkyo.present.report.model import Heat, Money, Plot, Scale, Scales, Starts
from konkyo.present.report.starts import drawn
from konkyo.present.report.svg import CLASSES, matplotlib, tidy
from konkyo.present.text.terminal import safe

_TEXT = 12.0
_SMALL = 10.5
_STAGES = {"initial": ("a", ""), "total": ("b", "///"), "executed": ("c", "...")}
_ROLES = {"baseline": ("b", "s"), "target": ("a", "|"), "result": ("c", "D")}
# Up to which count a cell has which shade; the last has no bound.
_BINS = (2, 5, 10, 25, 50)
_MAX_LABEL = 44
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
_COLOUR = {name: colour for colour, name in CLASSES.items()}


def draw(plot: Plot, name: str, lang: str) -> str:
    """Return a picture as an SVG element; ``name`` makes its ids the page's own."""
    with _settings(name) as figure_of:
        if isinstance(plot, Money):
            figure = _money(plot, lang, figure_of)
        elif isinstance(plot, Heat):
            figure = _heat(plot, lang, figure_of)
        elif isinstance(plot, Starts):
            figure = drawn(plot, lang, figure_of, _COLOUR, _plain)
        elif isinstance(plot, Scales):
            figure = _scales(plot, lang, figure_of)
        else:
            raise TypeError(plot)
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
                "hatch.color": _COLOUR["ground"],
                "hatch.linewidth": 1.6,
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


# --- money ----------------------------------------------------------------------------------------


def unit_of(largest: int, lang: str) -> tuple[int, str]:
    """Return how many yen a step of the scale is, and what it is called, so that numbers stay short."""
    if lang == "en":
        return next(
            ((size, word) for size, word in _ENGLISH_UNITS if abs(largest) >= 2 * size), _ENGLISH_UNITS[-1]
        )
    found = next(((size, words) for size, words in _UNITS if abs(largest) >= 2 * size), _UNITS[-1])
    return found[0], found[1].ja


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.2f}".rstrip("0").rstrip(".")


def _money(plot: Money, lang: str, figure_of: Any) -> Any:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    amounts = [amount for series in plot.series for amount in series.amounts if amount is not None]
    size, unit = unit_of(max(amounts, default=0), lang)
    series = [item for item in plot.series if any(amount is not None for amount in item.amounts)]
    width = max(520.0, 90 + len(plot.years) * (len(series) * 46 + 34))
    height = 340.0
    figure = figure_of(width, height)
    axes = figure.add_axes((72 / width, 44 / height, (width - 84) / width, (height - 108) / height))
    _plain(axes, grid="y")
    step = 0.84 / max(1, len(series))
    top = max([amount / size for amount in amounts], default=1) or 1
    for number, item in enumerate(series):
        colour, hatch = _STAGES.get(item.stage, ("a", ""))
        places = [year - 0.42 + step * (number + 0.5) for year in range(len(plot.years))]
        stated = [(x, a / size) for x, a in zip(places, item.amounts, strict=True) if a is not None]
        axes.bar(
            [x for x, _ in stated],
            [value for _, value in stated],
            width=step * 0.9,
            color=_COLOUR[colour],
            hatch=hatch,
            linewidth=0,
        )
        for x, value in stated:
            axes.text(x, value + top * 0.015, _number(value), ha="center", va="bottom", fontsize=_SMALL)
        for x, amount in zip(places, item.amounts, strict=True):
            if amount is None:
                none = Words("記載なし", "not stated").of(lang)
                axes.text(
                    x, top * 0.02, none, ha="left", va="center", fontsize=_SMALL, rotation=90,
                    rotation_mode="anchor", color=_COLOUR["soft"],
                )  # fmt: skip
    axes.set_xlim(-0.55, len(plot.years) - 0.45)
    axes.set_ylim(min(0.0, *(a / size for a in amounts)) if amounts else 0, top * 1.12)
    axes.set_xticks(range(len(plot.years)), [_short(year.of(lang), 20) for year in plot.years])
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _number(value)))
    figure.text(
        12 / width,
        1 - 18 / height,
        f"（{unit}）" if lang == "ja" else unit,
        ha="left",
        va="center",
        fontsize=_SMALL,
    )
    _legend(
        figure,
        [(_short(item.name.of(lang)), *_STAGES.get(item.stage, ("a", ""))) for item in series],
        width,
        height,
    )
    return figure


def _legend(figure: Any, entries: Sequence[tuple[str, str, str]], width: float, height: float) -> None:
    """Write what the patterns mean, from the right: matplotlib's own legend would measure with its own fonts."""
    from matplotlib.patches import Rectangle

    right = width - 12
    for words, colour, hatch in reversed(entries):
        right -= _wide(words)
        figure.text(right / width, 1 - 18 / height, words, ha="left", va="center")
        right -= 26
        box = Rectangle(
            (right / width, 1 - 25 / height), 20 / width, 14 / height, transform=figure.transFigure,
            facecolor=_COLOUR[colour], hatch=hatch, linewidth=0, edgecolor=_COLOUR["ground"],
        )  # fmt: skip
        figure.add_artist(box)
        right -= 16


# --- counts ---------------------------------------------------------------------------------------


def shade(count: int) -> int:
    """Return the shade of a count: 0 for none, then 1 to 6."""
    return 0 if count == 0 else 1 + sum(count > bound for bound in _BINS)


def _heat(plot: Heat, lang: str, figure_of: Any) -> Any:
    from matplotlib.patches import Rectangle

    rows = [_short(words.of(lang)) for words in plot.rows]
    columns = [_short(words.of(lang), 40 if lang == "en" else 26) for words in plot.columns]
    cell_width, cell_height = 42.0, 26.0
    left = max((_wide(text) for text in rows), default=0) + 20
    head = max((_wide(text) for text in columns), default=0) * 0.72 + 24
    # The last column's slanted name reaches beyond its cell.
    beyond = max(40.0, _wide(columns[-1]) * 0.72 if columns else 0)
    width = left + cell_width * len(columns) + beyond
    height = head + cell_height * len(rows) + 44
    figure = figure_of(width, height)
    axes = figure.add_axes(
        (left / width, 44 / height, cell_width * len(columns) / width, cell_height * len(rows) / height)
    )
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(rows), 0)
    axes.set_axis_off()
    for y, line in enumerate(plot.counts):
        axes.text(-10 / cell_width, y + 0.5, rows[y], ha="right", va="center_baseline")
        for x, count in enumerate(line):
            number = shade(count)
            axes.add_patch(
                Rectangle((x + 0.03, y + 0.05), 0.94, 0.9, facecolor=_COLOUR[f"h{number}"], linewidth=0)
            )
            if count:
                colour = _COLOUR["on-dark" if number >= 4 else "ink"]
                axes.text(
                    x + 0.5,
                    y + 0.5,
                    f"{count:,}",
                    ha="center",
                    va="center_baseline",
                    fontsize=_SMALL,
                    color=colour,
                )
    for x, text in enumerate(columns):
        axes.text(
            x + 0.42, -8 / cell_height, text, ha="left", va="baseline", rotation=45, rotation_mode="anchor"
        )
    _shades(figure, left, width, height, lang)
    return figure


def _shades(figure: Any, left: float, width: float, height: float, lang: str) -> None:
    from matplotlib.patches import Rectangle

    names = [
        f"{low}" if low == high else f"{low}–{high}"
        for low, high in zip((1, *(b + 1 for b in _BINS)), _BINS, strict=False)
    ] + [f"{_BINS[-1] + 1}–"]
    x = 12.0
    caption = Words("予算事業の数", "Projects").of(lang)
    figure.text(x / width, 18 / height, caption, ha="left", va="center", fontsize=_SMALL)
    x += _wide(caption) + 14
    for number, text in enumerate(names, 1):
        figure.add_artist(
            Rectangle(
                (x / width, 11 / height),
                18 / width,
                14 / height,
                transform=figure.transFigure,
                facecolor=_COLOUR[f"h{number}"],
                linewidth=0,
            )
        )
        figure.text((x + 23) / width, 18 / height, text, ha="left", va="center", fontsize=_SMALL)
        x += 23 + _wide(text) + 12


# --- indicators -----------------------------------------------------------------------------------


def _scales(plot: Scales, lang: str, figure_of: Any) -> Any:
    each, head = 92.0, 40.0
    width, height = 640.0, head + each * len(plot.scales) + 10
    figure = figure_of(width, height)
    for number, scale in enumerate(plot.scales):
        bottom = height - head - each * (number + 1)
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
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _number(value)))
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
                _number(max(places)),
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
