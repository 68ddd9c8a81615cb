"""The indicators of a measure: baseline, target and result as the sheet states them, on scales of their own."""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.graph.chart_data import values_to_draw
from konkyo.graph.facts import load_facts, values_of
from konkyo.model.codes import heading_of
from konkyo.present.report.data import Source, asked
from konkyo.present.report.model import Cell, Column, Mark, References, Scale, Scales, Section, Table, text

_ROLES = ("baseline", "target", "result")
_MOST = 40


def section(source: Source, thing: str, references: References) -> Section | None:
    """Return the section, or None where there is no indicator with values."""
    found = _indicators(source, thing)
    if not found:
        return None
    reader = source.reader
    load_facts(reader, found, source.scope)
    found = [iri for iri in found if values_of(reader, iri)]
    if not found:
        return None
    scales, rows = [], []
    for iri in found[:_MOST]:
        label = reader.label(iri)
        number = reader.one(iri, "dcterms:identifier")
        if number:
            # A part's own number is the whole's with a word of konkyo's.
            number = number.split("-")[0]
            label = Words(f"{number} {label.ja}", f"{number} {label.en}")
        marks = []
        for value in values_to_draw(reader, iri):
            year = Words(**value["year"]) if value["year"] else None
            marks.append(
                Mark(
                    value["role"], Words(**value["name"]), value["text"], year, value["lower"], value["upper"]
                )
            )
        unit = next((value["unit"] for value in values_to_draw(reader, iri) if value["unit"]), "")
        if any(mark.lower is not None or mark.upper is not None for mark in marks):
            scales.append(Scale(label, unit, tuple(marks)))
        rows.append((text(label), *_cells(source, iri, references), _verdict(source, iri, references)))
    columns = (
        Column(Words("測定指標", "Indicator")),
        *(Column(heading_of(role)) for role in _ROLES),
        Column(Words("判定", "Verdict")),
    )
    notes = [
        Words(
            "値は資料の言葉のまま。数の読めるものだけを図にし、指標ごとに目盛りが異なる。",
            "Values in the words of the source. Only those with numbers are drawn, each on a scale of its own.",
        )
    ]
    if (more := len(found) - _MOST) > 0:
        notes.append(Words(f"このほか{more:,}の指標がある。", f"There are {more:,} more indicators."))
    queries = tuple(asked("indicator-results", indicator=iri) for iri in found[:1]) if len(found) == 1 else ()
    return Section(
        "indicators",
        Words("測定指標の目標と実績", "Indicators against their targets"),
        Table(columns, tuple(rows)),
        Scales(tuple(scales)) if scales else None,
        tuple(notes),
        queries or (asked("indicator-results"),),
    )


def _indicators(source: Source, thing: str) -> list[str]:
    """Return the indicators of a thing that have values, an indicator in parts as its parts."""
    reader = source.reader
    reader.load([thing])
    objectives = reader.objects(thing, "kk:hasObjective")
    absent = source.scope.absent(objectives)
    objectives = [objective for objective in objectives if objective not in absent]
    reader.load(objectives)
    steps = reader.objects(thing, "kk:hasLogicStep")
    reader.load(steps)
    steps = [step for step in steps if source.scope.counts(reader.one(step, "kk:reviewYear"))]
    direct = [i for owner in [thing, *objectives, *steps] for i in reader.objects(owner, "kk:hasIndicator")]
    if reader.kind(thing) == "Indicator":
        direct.append(thing)
    reader.load(direct)
    reader.load_incoming(direct, ["dcterms:isPartOf"])
    found = []
    for iri in dict.fromkeys(direct):
        parts = reader.subjects(iri, "dcterms:isPartOf")
        reader.load(parts)
        found += [item for item in [iri, *parts] if reader.objects(item, "kk:hasValue")]
    numbers = {iri: reader.one(iri, "dcterms:identifier") or "" for iri in found}
    return sorted(found, key=lambda iri: (len(numbers[iri].split("-")[0]), numbers[iri], iri))


def _cells(source: Source, indicator: str, references: References) -> list[Cell]:
    reader = source.reader
    cells = []
    for role in _ROLES:
        words, evidence = [], []
        for value in values_of(reader, indicator):
            if (reader.one(value, "kk:valueRole") or "").endswith("/" + role):
                year = reader.one(value, "kk:fiscalYear")
                said = reader.one(value, "kk:statedText") or ""
                when = reader.label(year) if year else Words("年度不明", "year unknown")
                words.append(Words(f"{said}（{when.ja}）", f"{said} ({when.en})"))
                evidence += reader.evidence(value)
        both = Words("、".join(w.ja for w in words), "; ".join(w.en for w in words)) if words else None
        cells.append(Cell(both, references.numbers(evidence)))
    return cells


def _verdict(source: Source, indicator: str, references: References) -> Cell:
    reader = source.reader
    # The verdict on an indicator in parts is one on the whole.
    for iri in (indicator, *reader.objects(indicator, "dcterms:isPartOf")):
        reader.load([iri])
        load_facts(reader, [iri])
        for item in reader.subjects(iri, "kk:assesses"):
            result, level = reader.one(item, "kk:result"), reader.one(item, "kk:claimLevel")
            if result and level:
                what, how = reader.label(result), reader.label(level)
                return Cell(
                    Words(f"{what.ja}（{how.ja}）", f"{what.en} ({how.en})"),
                    references.numbers(reader.evidence(item)),
                )
    return Cell(None)
