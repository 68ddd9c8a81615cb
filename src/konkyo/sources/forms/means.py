"""達成手段: the projects by which a measure is carried out, with their amounts by year and the numbers of their review sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import (
    blank,
    is_note,
    joined,
    label_form,
    same_rows,
    spelling,
    within_columns,
)
from konkyo.sources.forms.money import stage_of
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.values import NOTHING, head_of
from konkyo.sources.forms.years import written, year_of

FIELD, NUMBER = "達成手段", "事業番号"
_REVIEW = re.compile(r"((?:令和|平成)(?:元|\d{1,2})|20\d\d)年度?(?:の)?行政事業レビュー")
_NUMBER = re.compile(
    r"\s*(?P<number>[（(][0-9０-９]{1,3}[）)]|[0-9０-９]{1,3}[.．、]|[①-⑳㉑-㊿])\s*(?P<name>.+)", re.DOTALL
)
_BEGUN = re.compile(r"\s*[（(]\s*(?P<year>[^（）()]*年度[^（）()]*)[）)]\s*$")
_AMOUNT = re.compile(r"(?P<value>[△▲−－-]?\s*\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>百万円|千円|億円|円)?")
_UNIT = re.compile(r"百万円|千円|億円|円")
_BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]")


def read_means(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the rows of the tables of means; takes their boxes."""
    spelt = {name: frozenset(map(spelling, words)) for name, words in sheet.form.data.get(FIELD, {}).items()}
    if not spelt:
        return []
    return [row for head in sheet.labelled(spelt["名称"]) for row in _table(sheet, head, spelt)]


def read_review_of_numbers(sheet: Sheet) -> dict[str, Any] | None:
    """Return the review whose numbers the tables cite, where their heading names one: 令和３年行政事業レビュー事業番号.

    None where none is named, or several are.
    """
    spelt = sheet.form.spelt(FIELD, NUMBER)
    found: dict[int, Box] = {}
    for box in sheet.boxes:
        form = label_form(box.text)
        match = _REVIEW.search(name_form(box.text)) if any(form.endswith(word) for word in spelt) else None
        if match and (year := year_of(f"{match[1]}年度", None)) is not None:
            found.setdefault(year, box)
    if len(found) != 1:
        return None
    ((year, box),) = found.items()
    return sheet.cell(written(year), box)


def _table(sheet: Sheet, head: Box, spelt: Mapping[str, frozenset[str]]) -> Iterator[dict[str, Any]]:
    heading = [
        box for box in sheet.boxes if box is not head and same_rows(box, head) and box.x0 >= head.x1 - 2
    ]
    years = [box for box in heading if year_of(head_of(box), sheet.near) is not None]
    columns = {
        name: box
        for name, words in spelt.items()
        for box in heading
        if name != "名称" and any(label_form(box.text).endswith(word) for word in words)
    }
    if not years or not head.is_cell:
        return
    sheet.take(head, *years, *columns.values())
    unit = _unit_of(sheet, head, heading)
    for name in _names(sheet, head):
        beside = [box for box in sheet.rest if same_rows(box, name) and box.x0 >= name.x1 - 2]
        yield _row(sheet, name, beside, years, columns, unit)


def _names(sheet: Sheet, head: Box) -> Iterator[Box]:
    """Yield the names below the heading, until a label or a note."""
    below = [box for box in sheet.boxes if box.y0 >= head.y1 - 2 and within_columns(box, head)]
    last = head
    for box in sorted(below, key=lambda one: one.y0):
        far = blank(sheet.boxes, last, box) > 3 * (box.y1 - box.y0)
        if sheet.form.is_label(box) or is_note(box, head) or far:
            return
        last = box
        if box.text.strip() not in NOTHING:
            yield box


def _row(
    sheet: Sheet,
    name: Box,
    beside: list[Box],
    years: list[Box],
    columns: Mapping[str, Box],
    unit: str | None,
) -> dict[str, Any]:
    made = _named(sheet, name)
    amounts: list[dict[str, Any]] = []
    for year in years:
        cells = [box for box in beside if within_columns(box, year)]
        amounts += _amounts(sheet, sorted(cells, key=lambda one: one.y0), year, unit)
    if amounts:
        made["額"] = amounts
        if any("単位" not in one and any(sign.isdigit() for sign in one["値"]) for one in amounts):
            sheet.unsure.append(f"達成手段「{made['値']}」の額の単位が分かりません。")
    for field, column in columns.items():
        found = [box for box in beside if within_columns(box, column) and box not in sheet.taken]
        if found and found[0].text.strip() in NOTHING:
            sheet.take(found[0])
        elif found:
            made[field] = sheet.cell(joined("\n".join(box.text for box in found)), *found)
    return made


def _named(sheet: Sheet, box: Box) -> dict[str, Any]:
    """Return a means' number, name and the year that it began in, as its cell writes them."""
    text, made = joined(box.text).replace("\n", "").strip(), {}
    if match := _NUMBER.fullmatch(text):
        made["番号"], text = match["number"].strip(), match["name"]
    begun = _BEGUN.search(text)
    if begun:
        text = text[: begun.start()]
    made |= sheet.cell(text, box)
    if begun:
        made["開始年度"] = begun["year"].strip()
    return made


def _amounts(sheet: Sheet, cells: list[Box], year: Box, unit: str | None) -> Iterator[dict[str, Any]]:
    """Yield what the cells of one year say: the amount, and below it or in brackets what of it was spent."""
    said = year_of(head_of(year), sheet.near)
    assert said is not None
    stage = stage_of(head_of(year), "当初予算" if "当初" in head_of(year) else "合計")
    parts: list[tuple[str, Box]] = []
    for cell in cells:
        inner = _BRACKETED.search(cell.text)
        outer = _BRACKETED.sub("", cell.text)
        parts += [(text, cell) for text in (outer, inner[1] if inner else "") if text.strip()]
    if len(parts) > 2:
        # What a third figure is cannot be told: all stay in the rest.
        return
    sheet.take(*cells)
    for (text, cell), kind in zip(parts, (stage, _SPENT), strict=False):
        if text.strip() in NOTHING:
            continue
        found = _AMOUNT.fullmatch(joined(text).replace("\n", "").strip())
        own = (found["unit"] if found else None) or (unit if found else None)
        value = found["value"].strip() if found and own else joined(text).replace("\n", "").strip()
        yield {
            **sheet.cell(value, cell, certainty=sheet.era_certainty),
            "年度": written(said),
            "区分": kind,
            **({"単位": own} if own else {}),
        }


_SPENT = "執行額"


def _unit_of(sheet: Sheet, head: Box, heading: list[Box]) -> str | None:
    """Return the unit that the heading's cells or a line above them state."""
    above = [box for box in sheet.boxes if box.y1 <= head.y0 + 2 and "単位" in name_form(box.text)]
    for box in [*heading, *sorted(above, key=lambda one: -one.y0)[:1]]:
        if len(box.text) < 40 and (found := _UNIT.search(name_form(box.text))):
            return found.group()
    return None
