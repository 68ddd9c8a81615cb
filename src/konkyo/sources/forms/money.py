"""The budget table: amounts by year and stage, checked by their sums."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from konkyo.common.amounts import signed_amount
from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import above_in_column, right_of, same_rows
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.rates import read_rates
from konkyo.sources.forms.years import written, year_of

_UNIT = re.compile(r"(百万円|千円|億円|円)")


def read_money(sheet: Sheet) -> dict[str, Any] | None:
    """Return the field of the budget, or None where there is no such table; takes its boxes."""
    spelt = {name: sheet.form.spelt("予算", "区分", name) for name in sheet.form.data["予算"]["区分"]}
    outer = sheet.labelled(sheet.form.spelt("予算", "見出し"))
    rows = [
        (name, box)
        for name, spellings in spelt.items()
        for box in sheet.labelled(spellings)
        if not outer or any(_within(box, one) for one in outer) or not any(one.ruled for one in outer)
    ]
    rows = _of_one_table(rows, outer)
    if not rows:
        return None
    first = min(rows, key=lambda item: item[1].y0)[1]
    # A label that its cell's text leaves room above may begin in the row of the years.
    upper = first.y0 + 2 if first.ruled else (first.y0 + first.y1) / 2 + 2
    years = [box for box in sheet.boxes if year_of(_head(box), sheet.near) is not None and box.y1 <= upper]
    top = max((box.y0 for box in years), default=0.0)
    heads = [box for box in years if box.y0 >= top - 2]
    cells: list[dict[str, Any]] = []
    units: dict[str, Box | None] = {}
    for name, label in rows:
        sheet.take(label)
        unit = _unit(sheet, label, outer)
        for value in right_of(label, sheet.boxes):
            head = above_in_column(value, heads)
            if head is None or value in sheet.taken or sheet.form.is_label(value):
                continue
            text = value.text.strip()
            if signed_amount(text) is None and any(sign.isdigit() for sign in text):
                sheet.unsure.append(f"予算の欄の「{text}」は一つの額として読めません。")
                continue
            year = year_of(_head(head), sheet.near)
            assert year is not None
            sheet.take(head)
            stage = stage_of(_head(head), name)
            if stage == "要求額" and name != "当初予算":
                # What the request comes to stands in the row of the initial budget; the rows below repeat it.
                continue
            units.setdefault(unit or "", label)
            cells.append(
                {
                    "年度": written(year),
                    "区分": stage,
                    "単位": unit,
                    **sheet.cell(value.text.strip(), value, certainty=sheet.era_certainty),
                }
            )
    for box in outer:
        sheet.take(box)
    _check(sheet, cells)
    rates = read_rates(sheet, heads, cells)
    field = _field(sheet, cells, first)
    return field and field | rates


def _of_one_table(rows: list[tuple[str, Box]], outer: list[Box]) -> list[tuple[str, Box]]:
    """Return the rows of the budget's table where no rules close it: of each stage the label nearest to the table's own."""
    if not outer or any(box.ruled for box in outer):
        return rows
    middle = (outer[0].y0 + outer[0].y1) / 2
    nearest: dict[str, Box] = {}
    for name, box in rows:
        if name not in nearest or abs(box.y0 - middle) < abs(nearest[name].y0 - middle):
            nearest[name] = box
    return [(name, box) for name, box in rows if nearest[name] is box]


def stage_of(head: str, stage: str) -> str:
    """Return the stage of an amount in a column: what a column of requests holds is a request.

    >>> stage_of("29年度概算要求額", "当初予算"), stage_of("28年度", "当初予算")
    ('要求額', '当初予算')
    """
    return "要求額" if "要求" in head else stage


def _head(box: Box) -> str:
    """Return what heads a column: 26年度 of 26年度\\n(※記入は任意)."""
    return re.sub(r"[（(].*", "", name_form(box.text))


def _within(box: Box, outer: Box) -> bool:
    return box.y0 >= outer.y0 - 2 and box.y1 <= outer.y1 + 2 and box.x0 >= outer.x0


def _unit(sheet: Sheet, label: Box, outer: list[Box]) -> str | None:
    """Return the unit that a row's label states, or else a label that spans its row."""
    beside = [
        box
        for box in sheet.boxes
        if box is not label
        and same_rows(label, box)
        and box.x1 <= label.x0 + 2
        and signed_amount(box.text) is None
    ]
    for box in [label, *sorted(beside, key=lambda one: -one.x0), *outer]:
        if found := _UNIT.search(name_form(box.text)):
            sheet.take(box)
            return found[1]
    above = [box for box in sheet.boxes if box.y1 <= label.y0 + 2 and "単位" in name_form(box.text)]
    for box in sorted(above, key=lambda one: -one.y0):
        if found := _UNIT.search(name_form(box.text)):
            sheet.take(box)
            return found[1]
    return None


def _check(sheet: Sheet, cells: list[dict[str, Any]]) -> None:
    """Compare the total of each year with its parts; a total that does not come out makes its figures unsure."""
    years: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for cell in cells:
        if cell["区分"] in years[cell["年度"]]:
            sheet.failed.append(f"{cell['年度']}の{cell['区分']}が二度あります。")
        years[cell["年度"]].setdefault(cell["区分"], cell)
    for year, stages in years.items():
        amounts = {name: signed_amount(cell["値"]) for name, cell in stages.items()}
        total = amounts.pop("合計", None)
        parts = {name: amounts.get(name) for name in _PARTS if name in stages}
        if total is None or len(parts) < 2 or parts.get("当初予算") is None:
            continue
        known = {name: part or 0 for name, part in parts.items()}
        # What is carried into the next year is written with or without its sign.
        after = known.get("翌年度へ繰越し", 0)
        if total not in (sum(known.values()), sum(known.values()) - 2 * after):
            sheet.failed.append(f"{year}の予算の合計が内訳の和と合いません。")
            for name in (*parts, "合計"):
                stages[name]["確度"] = "配置"
                stages[name]["注"] = "合計が内訳の和と合わない。"


_PARTS = ("当初予算", "補正予算", "繰越し等", "前年度から繰越し", "翌年度へ繰越し", "予備費等", "その他")


def _field(sheet: Sheet, cells: list[dict[str, Any]], first: Box) -> dict[str, Any] | None:
    if not cells:
        return None
    units = {cell["単位"] for cell in cells} - {None}
    if len(units) != 1:
        sheet.failed.append("予算の単位が一つに定まりません。" if units else "予算の単位が分かりません。")
        for cell in cells:
            sheet.taken -= {
                box for box in sheet.boxes if box.text.strip() == cell["値"] and box.y0 >= first.y0 - 1
            }
        return None
    for cell in cells:
        del cell["単位"]
    return {"単位": units.pop(), "欄": cells}
