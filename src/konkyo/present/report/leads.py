"""What a report says first: one sentence and three figures, taken from the tables that stand below them."""

from __future__ import annotations

from collections.abc import Iterable

from konkyo.common.words import Words
from konkyo.graph.budgets import figures, last_amounts
from konkyo.present.report.data import Source
from konkyo.present.report.model import Cell, Lead, Section
from konkyo.present.text.yen import in_words
from konkyo.questions.trace import Trace

PROJECTS = Words("予算事業", "budget projects")
_MINISTRIES = Words("府省庁", "ministries")


def of_projects(sections: Iterable[Section | None], said: Words) -> Lead | None:
    """Return what the table of ministries says of a document, or of the government; None where there is no such table.

    ``said`` is what the projects do: ``がこれを挙げる``, `` name it``.
    """
    made = _named(sections, "ministries")
    if made is None or made.table.total is None:
        return None
    rows, total = made.table.rows, made.table.total
    projects, initial = _number(total[1]) or 0, _number(total[2])
    budget = made.table.columns[2].heading
    ja = f"{len(rows):,}府省庁の{projects:,}事業{said.ja}。"
    en = f"{projects:,} projects of {len(rows):,} ministries{said.en}."
    if made.finding:
        ja, en = ja + f"{made.finding.ja}。", en + f" {made.finding.en}."
    return Lead(
        Words(ja, en),
        ((_count(projects), PROJECTS), (_count(len(rows)), _MINISTRIES), (_money(initial), budget)),
    )


def of_ministry(sections: Iterable[Section | None]) -> Lead | None:
    """Return the projects and the money of the latest year of a ministry, and the plan that most of its projects name."""
    made = list(sections)
    money, heat = _named(made, "money"), _named(made, "heat")
    if money is None:
        return None
    last = next(
        (row for row in reversed(money.table.rows) if _number(row[2]) is not None), money.table.rows[-1]
    )
    year = last[0].value if isinstance(last[0].value, Words) else Words("", "")
    projects, initial = _number(last[1]) or 0, _number(last[2])
    budget = Words(f"{year.ja}当初予算", f"initial budget of {year.en}")
    ja, en = (
        f"{year.ja}の額を記載する予算事業は{projects:,}。",
        f"{projects:,} budget projects state amounts of {year.en}. ",
    )
    told = [(_count(projects), PROJECTS), (_money(initial), budget)]
    over = next((row for row in reversed(money.table.rows) if _number(row[6]) is not None), None)
    if over is not None and isinstance(over[0].value, Words):
        spent = Words(f"{over[0].value.ja}執行額", f"executed in {over[0].value.en}")
        told.append((_money(_number(over[6])), spent))
    if heat is not None and heat.finding:
        ja, en = ja + f"{heat.finding.ja}。", en + f"{heat.finding.en}."
    return Lead(Words(ja, en.strip()), tuple(told))


def of_owner(source: Source, trace: Trace, sections: Iterable[Section | None]) -> Lead:
    """Return on how much a measure or project rests, as its sources state, with its indicators and last initial budget."""
    claims = [claim for group in trace.groups for claim in group.claims] + [*trace.laws, *trace.advice]
    levels: dict[Words, int] = {}
    for claim in claims:
        levels[claim.level_label] = levels.get(claim.level_label, 0) + 1
    if claims:
        ja = "、".join(f"{words.ja}{count:,}件" for words, count in levels.items())
        en = ", ".join(f"{count:,} {words.en}" for words, count in levels.items())
        sentence = Words(f"根拠は{len(claims):,}件（{ja}）。", f"Grounds: {len(claims):,} ({en}).")
    else:
        sentence = Words("資料に根拠の記載は見当たらない。", "The sources state no ground.")
    told = [(_count(len(claims)), Words("根拠（法令・提言を含む）", "grounds, with laws and advice"))]
    if indicators := _named(sections, "indicators"):
        told.append(
            (_count(len(indicators.table.rows)), Words("数値のある測定指標", "indicators with values"))
        )
    thing = trace.thing.iri
    last = last_amounts(figures(source.store, [thing], "initial", source.scope)).get(thing)
    if last:
        year, yen = last
        told.append((in_words(yen), Words(f"{year}年度当初予算", f"initial budget of FY{year}")))
    return Lead(sentence, tuple(told))


def _named(sections: Iterable[Section | None], key: str) -> Section | None:
    return next((section for section in sections if section is not None and section.key == key), None)


def _number(cell: Cell) -> int | None:
    return cell.value if isinstance(cell.value, int) else None


def _count(count: int) -> Words:
    return Words(f"{count:,}", f"{count:,}")


def _money(yen: int | None) -> Words:
    return Words("記載なし", "not stated") if yen is None else in_words(yen)
