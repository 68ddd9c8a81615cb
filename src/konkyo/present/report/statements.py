"""What the sheet says of a measure's objectives and of the advice that was used: verdicts, judgements, summaries."""

from __future__ import annotations

from collections.abc import Iterable

from konkyo.common.words import Words
from konkyo.graph.fact import Fact, FactKey, Verdict
from konkyo.graph.facts import facts, load_facts
from konkyo.present.report.data import Source
from konkyo.present.report.model import Cell, Column, References, Section, Table, text
from konkyo.questions.trace import Trace

_SAID = (FactKey.STATEMENT, FactKey.INQUIRY)


def section(source: Source, trace: Trace, references: References) -> Section | None:
    """Return the section, or None where the sheet says nothing of the kind."""
    reader, thing = source.reader, trace.thing.iri
    reader.load([thing])
    objectives = sorted(reader.objects(thing, "kk:hasObjective"))
    load_facts(reader, objectives, source.scope)
    told = [(reader.label(one), facts(reader, one, source.scope)) for one in objectives]
    told += [(one.report.label, list(one.facts)) for one in trace.advised]
    rows = [row for label, found in told for row in _rows(label, found, references)]
    if not rows:
        return None
    columns = (
        Column(Words("目標・報告書", "Objective or report")),
        Column(Words("記述", "What is said")),
        Column(Words("内容", "In words")),
    )
    note = Words(
        "（要約）は編者による要約で、資料の言葉ではない。「」は資料の言葉である。",
        "A summary is the editors', in words that are not the source's; what is quoted is the source's.",
    )
    return Section(
        "statements", Words("資料の判定・評価と提言", "Verdicts, judgements and advice"),
        Table(columns, tuple(rows)), None, (note,), (),
    )  # fmt: skip


def _rows(label: Words, found: Iterable[Fact], references: References) -> Iterable[tuple[Cell, ...]]:
    for fact in found:
        if fact.key in _SAID or (isinstance(fact, Verdict) and fact.words):
            yield text(label), text(fact.name), Cell(fact.text, references.numbers(fact.evidence))
