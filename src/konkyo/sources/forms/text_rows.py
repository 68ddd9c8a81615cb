"""Indicators of a text without its table whose rows run in order: headings, their years, then names with a value for each year.

A row is claimed only where it has just as many values as there are years, with its mark and its target behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.indicator_names import named
from konkyo.sources.forms.layout import label_form
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.values import NOTHING, read_value
from konkyo.sources.forms.years import year_of

_HEADS = ("基準", "実績", "達成", "目標")
_VALUE = re.compile(r"約?[\d,.]+[^\d\s]{0,6}(?:\([^()]{1,8}\))?(?:以上|以下|程度)?|-|集計中|調査中")
_MARK = re.compile(r"[a-z](?:-\d)?|[○◎△×]")


def read_text_rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the indicators of such tables; takes their pieces."""
    boxes = sheet.rest
    spelt = [sheet.form.spelt("指標", role) for role in _HEADS]
    heads = [
        at
        for at in range(len(boxes) - len(spelt))
        if all(label_form(box.text) in words for box, words in zip(boxes[at:], spelt, strict=False))
    ]
    made: list[dict[str, Any]] = []
    for number, at in enumerate(heads):
        end = heads[number + 1] if number + 1 < len(heads) else len(boxes)
        made += _table(sheet, boxes[:at], boxes[at : at + len(spelt)], boxes[at + len(spelt) : end])
    return made


def _table(
    sheet: Sheet, before: Sequence[Box], heads: Sequence[Box], after: Sequence[Box]
) -> Iterator[dict[str, Any]]:
    years = []
    for box in after:
        if year_of(box.text, sheet.near) is None:
            break
        years.append(box)
    if len(years) < 3:
        return
    # The last year is the target's where it comes after a whole run of results; else each target states its own.
    numbers = [year_of(box.text, sheet.near) or 0 for box in years]
    results = 1
    while results + 1 < len(numbers) and numbers[results + 1] == numbers[results] + 1:
        results += 1
    target_year = years[results + 1] if len(years) == results + 2 else None
    if len(years) not in (results + 1, results + 2):
        return
    rest = list(after[len(years) :])
    name = _name_before(sheet, before)
    while rest:
        own = []
        while rest and not _VALUE.fullmatch(name_form(rest[0].text)):
            own.append(rest.pop(0))
        values, rest = rest[: results + 3], rest[results + 3 :]
        name = own or name
        if not name or len(values) < results + 3 or not _is_row(values):
            return
        if any(sheet.form.is_label(box) for box in own):
            # 年度ごとの目標値: a row of another kind.
            return
        yield _row(sheet, name, values, years, target_year)
        sheet.take(*heads, *years)
        name = []


def _name_before(sheet: Sheet, before: Sequence[Box]) -> list[Box]:
    """Return the pieces of a name that stand before its headings, back to the label before them or a row's last value."""
    made: list[Box] = []
    for box in reversed(before):
        text = name_form(box.text)
        if sheet.form.is_label(box) or _VALUE.fullmatch(text) or text.endswith("。") or len(made) > 4:
            break
        made.insert(0, box)
    return made


def _is_row(values: Sequence[Box]) -> bool:
    """Return whether pieces are a baseline, results, a mark and a target."""
    *figures, mark, target = (name_form(box.text) for box in values)
    return bool(all(map(_VALUE.fullmatch, figures)) and _MARK.fullmatch(mark) and _VALUE.fullmatch(target))


def _row(
    sheet: Sheet, name: Sequence[Box], values: Sequence[Box], years: Sequence[Box], target_year: Box | None
) -> dict[str, Any]:
    first = name[0]
    made = named(sheet, Box("".join(box.text for box in name), *_corners(first)), beside=False)
    sheet.take(*name)
    if made["番号"] is None:
        del made["番号"]
    base, *results, mark, target = values

    def told(value: Box, year: Box | None) -> dict[str, Any]:
        return {**read_value(sheet, value, [], year), "確度": "配置"}

    if base.text.strip() not in NOTHING:
        made["基準"] = told(base, years[0])
    found = [
        told(value, year)
        for value, year in zip(results, years[1:], strict=False)
        if value.text.strip() not in NOTHING
    ]
    if found:
        made["実績"] = found
    made["達成"] = {
        "判定": mark.text,
        **{k: v for k, v in sheet.cell("", mark, certainty="配置").items() if k != "値"},
    }
    made["目標"] = told(target, target_year)
    sheet.take(*values)
    return made


def _corners(box: Box) -> tuple[int, float, float, float, float, str, bool]:
    return box.page, box.x0, box.y0, box.x1, box.y1, box.place, False
