"""Since when the projects that name a strategy exist, against the date on which it was decided: a section and its picture."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from konkyo.common.words import Words
from konkyo.present.report.bars import number as number_of
from konkyo.present.report.bars import ticks
from konkyo.present.report.data import Source, asked, number
from konkyo.present.report.model import Cell, Column, Section, Starts, Table, text

_TITLE = Words("計画の決定前から続く事業", "Projects that are older than the plan")
_HEADS = (
    Column(Words("始まりの年度", "Fiscal year of the start")),
    Column(Words("事業", "Projects"), "count"),
    Column(Words("計画の日付と比べて", "Against the date of the plan")),
)
_UNKNOWN = Words("分からない", "not known")
_HEIGHT = 220
_LEFT = 6  # percent of the width, for the counts beside the lines


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
        finding=Words(
            f"始まりの分かる{sum(counts.values()):,}事業のうち{older:,}事業は、計画の決定前から続く",
            f"{older:,} of {sum(counts.values()):,} projects whose start is known are older than the plan",
        ),
    )


def drawn(plot: Starts, lang: str) -> str:
    """Return a bar for each fiscal year as SVG, as wide as the page: those before the decision and after it, with a line at its date."""
    # A fiscal year begins on the first of April.
    decided = int(plot.first[:4]) + (int(plot.first[5:7] or 4) - 4) / 12
    low, high = min(*plot.years, int(decided)), max(*plot.years, int(decided)) + 1
    steps = ticks(max(plot.counts))
    whole = Element("div", {"class": "starts", "aria-hidden": "true"})
    legend = SubElement(whole, "p", {"class": "legend"})
    for shade, words in (
        ("b", Words("決定前に始まった事業", "begun before it")),
        ("a", Words("その後", "since")),
    ):
        SubElement(legend, "span", {"class": f"box g-{shade}"})
        SubElement(legend, "span").text = words.of(lang)
    line = Words(f"│ 一番古い版（{plot.first}）", f"│ earliest edition ({plot.first})")
    SubElement(legend, "span").text = line.of(lang)
    svg = SubElement(whole, "svg", {"width": "100%", "height": str(_HEIGHT + 22)})

    def x(year: float) -> str:
        return f"{_LEFT + (100 - _LEFT) * (year - low) / (high - low):.2f}%"

    def y(count: float) -> float:
        return _HEIGHT - (_HEIGHT - 14) * count / steps[-1]

    for step in steps:
        SubElement(
            svg,
            "line",
            {"class": "s-grid", "x1": "0", "x2": "100%", "y1": f"{y(step):.1f}", "y2": f"{y(step):.1f}"},
        )
        SubElement(svg, "text", {"class": "f-soft", "x": "0", "y": f"{y(step) - 3:.1f}"}).text = number_of(
            step
        )
    for year, count in zip(plot.years, plot.counts, strict=True):
        shade = "b" if against(year, plot.first).en == "before it" else "a"
        wide = f"{0.8 * (100 - _LEFT) / (high - low):.2f}%"
        SubElement(
            svg,
            "rect",
            {
                "class": f"f-{shade}",
                "x": x(year + 0.1),
                "y": f"{y(count):.1f}",
                "width": wide,
                "height": f"{_HEIGHT - y(count):.1f}",
            },
        )
    SubElement(
        svg, "line", {"class": "s-ink", "x1": x(decided), "x2": x(decided), "y1": "0", "y2": str(_HEIGHT)}
    )
    for year, anchor in ((low, "start"), (high - 1, "end")):
        place = x(year if anchor == "start" else high)
        SubElement(
            svg, "text", {"class": "f-soft", "x": place, "y": str(_HEIGHT + 16), "text-anchor": anchor}
        ).text = str(year)
    return tostring(whole, encoding="unicode", short_empty_elements=False)
