"""The indicators of a project that go on over reviews: targets and results by fiscal year, as small multiples and in a table."""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.graph.facts import load_facts
from konkyo.graph.long_indicators import ROLES, LongIndicator, Telling, long_indicators
from konkyo.model.codes import heading_of, label_of
from konkyo.present.report.data import Source, asked
from konkyo.present.report.model import Cell, Column, References, Section, Table, text
from konkyo.present.small_multiples import Multiples, Panel

_MOST = 24
TITLE = Words("年度を通じた指標の目標と実績", "Indicators over the reviews")
NOTE = Words(
    "種類・名称・単位が一致する指標を、続くとする事業の間でつないだ（導出）。年度ごとに、知る限り一番後のレビューの記載により、先のレビューの違う記載は横に示す。"
    "点と線は実績、横棒は目標。目盛りは指標ごとに異なり、年度の目盛りは共通。数でない値は表だけにある。",
    "Indicators of one kind, name and unit are joined along the projects that go on (derived). Each year is as the latest review that knows it tells "
    "it; what an earlier one told otherwise stands beside. Dots and lines are results, bars across are targets. Each has a scale of its own, "
    "and the years are the same for all. Values in words stand in the table only.",
)


def section(source: Source, thing: str, references: References) -> Section | None:
    """Return the section, or None where no indicator goes on."""
    load_facts(source.reader, [thing], source.scope, over_reviews=True)
    found = long_indicators(source.reader, thing, source.scope)
    if not found:
        return None
    shown = found[:_MOST]
    reader = source.reader
    reader.load_evidence(one.value for item in shown for several in item.told.values() for one in several)
    rows = []
    for item in shown:
        name = panel_name(item)
        for year in item.years:
            cells = [_cell(source, item.told.get((year, role), ()), references) for role in ROLES]
            # As a file the table names a line by its first cell alone.
            rows.append((text(Words(f"{year}年度 {name.ja}", f"FY{year} {name.en}")), *cells))
    columns = (
        Column(Words("年度と指標", "Year and indicator")),
        *(Column(heading_of(role)) for role in ROLES),
    )
    notes = [NOTE]
    if len(found) > _MOST:
        more = len(found) - _MOST
        notes.append(Words(f"このほか{more:,}の指標がある。", f"There are {more:,} more indicators."))
    return Section(
        "over-reviews", TITLE, Table(columns, tuple(rows)), multiples(shown), tuple(notes),
        (asked("results-over-reviews", start=thing, **source.since),),
    )  # fmt: skip


def multiples(found: list[LongIndicator]) -> Multiples | None:
    """Return the pictures of indicators; None where none has numbers enough."""
    made = Multiples(
        tuple(
            Panel(
                panel_name(item),
                tuple((year, *(_number(item.last(year, role)) for role in ROLES)) for year in item.years),  # type: ignore[misc]
            )
            for item in found
        )
    )
    return made if made.shown else None


def _number(told: Telling | None) -> float | None:
    return told.number if told else None


def panel_name(item: LongIndicator) -> Words:
    """Return what an indicator is called, with its unit and in how many reviews it stands."""
    kind = label_of(item.kind)
    unit = f"（{item.unit}）" if item.unit else ""
    count, level = len(item.reviews), label_of(item.level)
    return Words(
        f"{kind.ja} {item.name}{unit}、{count}回のレビュー〔{level.ja}〕",
        f"{kind.en} {item.name}{unit}, {count} reviews [{level.en}]",
    )


def told_in_words(several: tuple[Telling, ...]) -> Words | None:
    """Return what the latest review tells, with its review, and what earlier ones tell otherwise; None where nothing is told."""
    if not several:
        return None
    first, *others = several
    ja = "".join(f"、{one.review}年度レビューでは{one.text}" for one in others)
    en = "".join(f"; review {one.review}: {one.text}" for one in others)
    return Words(
        f"{first.text}（{first.review}年度レビュー{ja}）", f"{first.text} (review {first.review}{en})"
    )


def _cell(source: Source, several: tuple[Telling, ...], references: References) -> Cell:
    places = [text for one in several for text in source.reader.evidence(one.value)]
    return Cell(told_in_words(several), references.numbers(places))
