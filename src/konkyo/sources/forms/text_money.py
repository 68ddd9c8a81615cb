"""Amounts in a text without its table: what a row's label and sums that come out tell of them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from konkyo.common.amounts import signed_amount
from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import label_form
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.text_grid import STAGES, Figure, bare_rows, labelled_rows
from konkyo.sources.forms.years import written, year_of

_FIGURE = re.compile(r"[△▲\-−]?\s?(?:\d{1,3}(?:,\d{3})+|(?<![\d,.])0(?![\d,.]))|[△▲\-−]\s?\d{1,3}(?![\d,.%])")
_STAGES = STAGES
_UNIT = re.compile(r"(百万円|千円|億円)")


def read_text_money(sheet: Sheet) -> dict[str, Any] | None:
    """Return the amounts of a text, each as far as it can be told; None where its unit is not stated."""
    units = {
        found[1] for box in sheet.boxes if (found := _UNIT.search(name_form(box.text))) and len(box.text) < 40
    }
    if len(units) != 1:
        return None
    years = sorted(
        {year for box in sheet.boxes if (year := year_of(box.text, sheet.near)) is not None}
        | _in_lines(sheet)
    )
    figures = _figures(sheet)
    if not figures:
        return None
    cells = _columns(sheet, figures) if any(box.x0 for box in sheet.boxes) else []
    figures = _below_labels(sheet, figures)
    if not cells:
        runs = {stage: [one for one in figures if one[2] == stage] for stage in STAGES}
        requested = [year_of(box.text, sheet.near) for box in sheet.boxes if "要求" in box.text]
        request = next((year for year in requested if year is not None), None)
        cells = labelled_rows(sheet, runs, years) or bare_rows(sheet, figures, years, request)
    done = {figure[1] for _, figure in cells}
    left = [figure for figure in figures if figure[1] not in done]
    made = [cell for cell, _ in cells] + _rows(sheet, left, years)
    if not made:
        return None
    sheet.take(*(box for box in sheet.boxes if len(box.text.split()) > 1 and _years_of(sheet, box)))
    return {"単位": units.pop(), "欄": made}


def _in_lines(sheet: Sheet) -> set[int]:
    """Return the years of the lines that list several: 21年度 22年度 23年度."""
    return {year for box in sheet.boxes for year in _years_of(sheet, box)}


def _years_of(sheet: Sheet, box: Box) -> list[int]:
    """Return the years of a line that holds nothing else; those in brackets belong to values."""
    years = [year_of(word, sheet.near) for word in box.text.split()]
    if "【" in box.text or len(years) < 2:
        return []
    return [] if None in years else [year for year in years if year is not None]


def _figures(sheet: Sheet) -> list[Figure]:
    """Return the amounts that stand in lines of nothing else but a stage's label, with that stage."""
    found = []
    for box in sheet.boxes:
        if box in sheet.taken:
            continue
        texts = [match.group().strip() for match in _FIGURE.finditer(box.text)]
        rest = _FIGURE.sub("", box.text).strip()
        if texts and (not rest or label_form(rest) in _STAGES):
            found += [(text, box, label_form(rest) or None) for text in texts]
    return found


def _below_labels(sheet: Sheet, figures: list[Figure]) -> list[Figure]:
    """Return the figures with the stage whose label stands right above their run, where the sums of the runs come out."""
    place = {box: position for position, box in enumerate(sheet.boxes)}
    runs: dict[str, list[Figure]] = {}
    for label in sheet.boxes:
        stage = next((one for one in _STAGES if label_form(label.text) == one), None)
        if stage is None or stage in runs:
            continue
        at, run = place[label] + 1, list[Figure]()
        while found := [figure for figure in figures if place[figure[1]] == at and figure[2] is None]:
            run += found
            at += 1
        runs[stage] = run
    amounts = {stage: [signed_amount(figure[0]) or 0 for figure in run] for stage, run in runs.items()}
    if not all(amounts.get(stage) for stage in _STAGES[:4]):
        return figures
    columns = list(zip(*(amounts[stage] for stage in _STAGES[:4]), strict=False))
    if len(columns) < max(2, len(amounts["合計"])) or any(sum(one[:3]) != one[3] for one in columns):
        return figures
    told = {
        figure[1]: stage
        for stage, run in runs.items()
        for figure in run
        if stage != "執行額" or len(run) <= len(columns)
    }
    return [(text, box, told.get(box, stage)) for text, box, stage in figures]


def _columns(sheet: Sheet, figures: list[Figure]) -> list[tuple[dict[str, Any], Figure]]:
    """Return the columns of a text that runs column by column: a year, its parts, their sum, and what was spent."""
    boxes = sheet.boxes
    place = {box: position for position, box in enumerate(boxes)}
    found = []
    for start, head in enumerate(boxes):
        year = year_of(head.text, sheet.near)
        if year is None:
            continue
        run = [figure for figure in figures if start < place[figure[1]] <= start + 5]
        amounts = [signed_amount(text) or 0 for text, _, _ in run]
        if (
            len(run) == 5
            and sum(amounts[:3]) == amounts[3]
            and amounts[3]
            and all(b is not c for (_, b, _), (_, c, _) in pairwise(run))
        ):
            for stage, figure in zip(_STAGES, run, strict=True):
                cell = sheet.cell(figure[0], figure[1], certainty="計算" if stage != "執行額" else "配置")
                found.append(({"年度": written(year), "区分": stage, **cell}, figure))
    return found


def _rows(sheet: Sheet, figures: list[Figure], years: list[int]) -> list[dict[str, Any]]:
    """Return amounts of which the year is not told: their stage where the label stands beside them, or a sum tells it."""
    initial = [figure for figure in figures if figure[2] == "当初予算"]
    loose = [figure for figure in figures if figure[2] is None and "," in figure[0]]
    candidates = [written(year) for year in years]
    stages: dict[int, tuple[str, str]] = {}
    for figure in initial:
        base = signed_amount(figure[0]) or 0
        pairs = [
            (part, total)
            for part in loose
            for total in loose
            if part is not total and base + (signed_amount(part[0]) or 0) == signed_amount(total[0])
        ]
        if len(pairs) == 1:
            part, total = pairs[0]
            stages[id(total)] = ("合計", f"当初予算{figure[0]}と{part[0]}の和。")
            stages[id(part)] = ("", f"当初予算{figure[0]}との和が合計{total[0]}になる。")
    made = []
    for figure in figures:
        text, box, stage = figure
        told, note = stages.get(id(figure), (stage or "", None))
        if told and candidates:
            made.append(
                {"区分": told, "年度の候補": candidates, **sheet.cell(text, box, certainty="一部", note=note)}
            )
            continue
        possible = ["補正予算", "繰越し等"] if note else list(_STAGES)
        made.append({"区分の候補": possible, **sheet.cell(text, box, certainty="不明", note=note)})
    return made
