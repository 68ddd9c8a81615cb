"""Indicators whose rows are labelled: 実績 | 目標 | 達成度 at the left, years above or in the same rows at the right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.indicator_names import named
from konkyo.sources.forms.layout import (
    above_in_column,
    is_rest,
    joined,
    nearest_right,
    right_of,
    same_columns,
    same_rows,
    spelling,
    within_columns,
)
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.values import NOTHING, is_year, read_value
from konkyo.sources.forms.years import written, year_of


def read_row_indicators(
    sheet: Sheet, spec: Mapping[str, Any], among: list[Box] | None = None
) -> list[dict[str, Any]]:
    """Return the indicators of labelled rows; ``spec`` spells 名称 and each of the rows."""
    boxes = sheet.boxes if among is None else among
    rows = _rows(sheet, spec, boxes)
    made: dict[Box, dict[str, Any]] = {}
    for role, label in rows:
        name = _name_of(sheet, spec, label, rows, boxes)
        if name is None and label.aligned:
            # Without rules a name in the middle of its rows may seem to stand beside the lower one alone.
            under = [one for _, one in rows if one.y0 > label.y0 and same_columns(one, label)]
            next_row = min(under, key=lambda one: one.y0, default=None)
            if next_row and next_row.y0 < label.y1 + 3:
                name = _name_of(sheet, spec, next_row, rows, boxes)
        if name is None:
            continue
        if name not in made:
            made[name] = named(sheet, name)
            _goal(sheet, spec, name, made[name], boxes)
        sheet.take(label)
        _fill(sheet, made[name], role, label, boxes, spec)
    return list(made.values())


def _goal(sheet: Sheet, spec: Mapping[str, Any], name: Box, made: dict[str, Any], boxes: list[Box]) -> None:
    """Read what is aimed at, where a column of its own stands left of the indicator's name."""
    for field in _GOALS:
        spellings = frozenset(map(spelling, spec.get(field, ())))
        heads = [box for box in boxes if sheet.form.bears(box, spellings) and box.y1 <= name.y0 + 2]
        for box in boxes:
            head = above_in_column(box, heads)
            beside = same_rows(box, name) and box.x1 <= name.x0 + 2
            if head and beside and within_columns(box, head) and not sheet.form.is_label(box):
                sheet.take(head)
                made[field] = sheet.cell(joined(box.text).replace("\n", ""), box)
                return


_GOALS = ("成果目標", "活動目標")


def _rows(sheet: Sheet, spec: Mapping[str, Any], boxes: list[Box]) -> list[tuple[str, Box]]:
    found = [
        (role, box)
        for role, spellings in spec.items()
        if role not in ("名称", "見出し", *_GOALS, *_COLUMNS)
        for box in boxes
        if box.is_cell and sheet.form.bears(box, frozenset(map(spelling, spellings)))
    ]
    return sorted(found, key=lambda item: (item[1].y0, item[1].x0))


def _name_of(
    sheet: Sheet, spec: Mapping[str, Any], label: Box, rows: list[tuple[str, Box]], boxes: list[Box]
) -> Box | None:
    """Return the name: what stands left of the row's label, else beside or below the label of names above."""
    names = frozenset(map(spelling, spec["名称"]))
    others = frozenset(spelling(one) for column in (*_GOALS, "単位") for one in spec.get(column, ()))
    columns = [box for box in boxes if sheet.form.bears(box, names | others)]
    left = [
        box
        for box in boxes
        if box.x1 <= label.x0 + 2
        and same_rows(label, box)
        and not sheet.form.is_label(box)
        and not is_year(sheet, box)
        and not is_rest(box.text)
        and not _NO_NAME.fullmatch(name_form(box.text))
        and not _is_below(sheet, box, columns, others)
    ]
    if left:
        return max(left, key=lambda box: box.x0)
    heads = [box for box in boxes if sheet.form.bears(box, names) and box.y0 <= label.y0 + 1]
    for head in sorted(heads, key=lambda box: -box.y0):
        beside = nearest_right(head, [box for box in boxes if not sheet.form.is_label(box)])
        if beside and not is_year(sheet, beside):
            sheet.take(head)
            return beside
        return None
    return None


# A number alone, and a figure with its unit: 1,234(円/件).
_NO_NAME = re.compile(r"(?:業績|測定)?(?:指標)?[\d()]*|[\d,.]+[^\d()]{0,3}(?:\([^()]*\))?")


def _is_below(sheet: Sheet, box: Box, columns: list[Box], others: frozenset[str]) -> bool:
    """Return whether the nearest heading above a box in its column is that of goals or units."""
    head = above_in_column(box, columns)
    return head is not None and within_columns(box, head) and sheet.form.bears(head, others)


def _fill(
    sheet: Sheet, made: dict[str, Any], role: str, label: Box, boxes: list[Box], spec: Mapping[str, Any]
) -> None:
    beside = [box for box in right_of(label, boxes) if box not in sheet.taken]
    years = [box for box in beside if is_year(sheet, box)]
    years = years or _nearest_row([box for box in boxes if is_year(sheet, box) and box.y1 <= label.y0 + 2])
    columns = {
        name: [box for box in boxes if sheet.form.bears(box, frozenset(map(spelling, spec.get(name, ()))))]
        for name in _COLUMNS
    }
    columns["目標の列"] += [box for box in boxes if "目標の列" in spec and _TARGET.match(name_form(box.text))]
    for box in beside:
        if box in years or sheet.form.is_label(box) or box in sheet.taken:
            continue
        if box.text.strip() in NOTHING:
            sheet.take(box)
            continue
        # Words that span the columns of several years are of none of them.
        spanned = sum(within_columns(one, box) for one in years)
        head = above_in_column(box, years) if spanned < 2 else None
        column = _column_of(box, columns, head)
        if column and column[0] == "単位":
            made.setdefault("単位", sheet.cell(joined(box.text), box))
        elif column and column[0] == "達成の列":
            cell = sheet.cell(joined(box.text), box)
            made.setdefault("達成", {"判定": cell.pop("値"), **cell})
        elif column:
            made.setdefault("目標" if role == "実績" else role, []).append(_under(sheet, box, column[1]))
        elif head:
            made.setdefault(role, []).append(read_value(sheet, box, years))
        else:
            made.setdefault(role, []).append(_words(sheet, box))
        sheet.take(*(one for one in (head, column[1] if column else None) if one))


_COLUMNS = ("単位", "達成の列", "目標の列")
_TARGET = re.compile(r"(?:目標値|中間目標|目標最終年度)")
_YEAR_IN_HEAD = re.compile(r"(?:令和|平成)?(?:元|\d{1,4})年度")


def _nearest_row(years: list[Box]) -> list[Box]:
    """Return the lowest row of some years: those of another table stand above it."""
    top = max((box.y0 for box in years), default=0.0)
    return [box for box in years if box.y0 >= top - 3]


def _column_of(box: Box, columns: Mapping[str, list[Box]], year: Box | None) -> tuple[str, Box] | None:
    """Return the column that a box stands in by a heading nearer than that of its year, and this heading."""
    found = [
        (name, head)
        for name, heads in columns.items()
        if (head := above_in_column(box, heads)) and within_columns(box, head)
    ]
    nearest = max(found, key=lambda item: item[1].y0, default=None)
    return nearest if nearest and (year is None or nearest[1].y0 > year.y0 - 3) else None


def _under(sheet: Sheet, box: Box, head: Box) -> dict[str, Any]:
    """Return a value whose heading names its year: 目標最終年度 30年度."""
    found = _YEAR_IN_HEAD.search(name_form(head.text).removeprefix("目標最終年度"))
    year = year_of(found.group(), sheet.near) if found else None
    made = _words(sheet, box)
    return {"値": made.pop("値"), **({"年度": written(year)} if year else {}), **made}


def _words(sheet: Sheet, box: Box) -> dict[str, Any]:
    return sheet.cell(joined(box.text).replace("\n", ""), box)
