"""Since when the projects that name a strategy exist, against the date on which it was decided: a section and its picture."""

from __future__ import annotations

from typing import Any

from konkyo.common.words import Words
from konkyo.present.report.data import Source, asked, number
from konkyo.present.report.model import Cell, Column, Section, Starts, Table, text

_TITLE = Words("計画の決定前から続く事業", "Projects that are older than the plan")
_HEADS = (
    Column(Words("始まりの年度", "Fiscal year of the start")),
    Column(Words("事業", "Projects"), "count"),
    Column(Words("計画の日付と比べて", "Against the date of the plan")),
)
_UNKNOWN = Words("分からない", "not known")


def against(start: int, first: str) -> Words:
    """Return how a fiscal year stands to a date (or the beginning of one, such as ``2014-04``)."""
    if f"{start + 1}-03-31" < first:
        return Words("決定前", "before it")
    after = f"{start}-04-01"[: len(first)] > first
    return Words("決定後", "after it") if after else Words("決定の年度", "the same year")


def started(source: Source, strategy: str) -> Section | None:
    """Return the projects that name a strategy by the fiscal year of their start; None where no year or date is known."""
    year = {"year": source.review["review"]} if source.review else {}
    rows = source.rows("starts-of-projects", strategy=strategy, **year)
    first = next((row["first"] for row in rows if row["first"]), None)
    counts = {int(row["start"]): number(row, "projects") or 0 for row in rows if row["start"]}
    unknown = sum(number(row, "projects") or 0 for row in rows if not row["start"])
    if first is None or not counts:
        return None
    lines = [
        (text(Words(f"{start}年度", str(start))), Cell(count), text(against(start, first)))
        for start, count in sorted(counts.items())
    ]
    if unknown:
        lines.append((text(_UNKNOWN), Cell(unknown), text(_UNKNOWN)))
    older = sum(count for start, count in counts.items() if against(start, first).en == "before it")
    share = 100 * older / sum(counts.values())
    told = Words(
        f"このストアの知る一番古い版（前身の計画を含む）は{first}。始まりの分かる{sum(counts.values()):,}事業のうち{older:,}事業（{share:.1f}％）は、その前の年度に始まった。",
        f"The earliest edition that this store knows (or of what it follows) is of {first}. Of {sum(counts.values()):,} projects whose start is known "
        f"{older:,} ({share:.1f} %) began in a fiscal year before.",
    )
    fact = Words(
        "日付についての事実で、評価ではない。計画が既にある事業を取り込むことは普通である。始まりは開始年度か、続く元のシートの最初のレビューの早い方。",
        "A fact about dates, no verdict: plans take up what exists. The start is 開始年度, or the first review of what the project goes on from, if earlier.",
    )
    plot = Starts(tuple(sorted(counts)), tuple(counts[start] for start in sorted(counts)), first)
    return Section(
        "starts",
        _TITLE,
        Table(_HEADS, tuple(lines)),
        plot,
        (told, fact),
        (asked("gap-older-than-basis", strategy=strategy), asked("starts-of-projects", strategy=strategy)),
    )


def drawn(plot: Starts, lang: str, figure_of: Any, colour: dict[str, str], tidied: Any) -> Any:
    """Draw a bar for each fiscal year; those before the decision have a pattern, and a line stands at its date."""
    from matplotlib.ticker import MaxNLocator

    width, height = 640.0, 300.0
    figure = figure_of(width, height)
    axes = figure.add_axes((52 / width, 40 / height, (width - 72) / width, (height - 92) / height))
    tidied(axes, grid="y")
    for before, shade, hatch in ((True, "b", "///"), (False, "a", "")):
        bars = [
            (year, count)
            for year, count in zip(plot.years, plot.counts, strict=True)
            if (against(year, plot.first).en == "before it") == before
        ]
        axes.bar(
            [y for y, _ in bars],
            [c for _, c in bars],
            width=0.8,
            color=colour[shade],
            hatch=hatch,
            linewidth=0,
        )
    # A fiscal year is drawn around its number: it begins 0.5 before, on the first of April.
    year, month = int(plot.first[:4]), int(plot.first[5:7] or 4)
    place = year - 0.5 + (month - 4) / 12
    axes.axvline(place, color=colour["ink"], linewidth=1.5)
    axes.set_xlim(min(*plot.years, place) - 1, max(*plot.years, place) + 1)
    axes.xaxis.set_major_locator(MaxNLocator(10, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    decided = Words(f"一番古い版 {plot.first}", f"earliest edition {plot.first}").of(lang)
    named = Words("斜線: その前に始まった事業", "hatched: begun before").of(lang)
    figure.text(
        12 / width, 1 - 18 / height, f"{decided}（│）　{named}" if lang == "ja" else f"{decided} (│), {named}"
    )
    return figure
