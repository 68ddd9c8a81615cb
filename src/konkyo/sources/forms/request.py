"""政策評価調書 of budget requests: a policy's amounts by year, its request, and the budget items that it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from konkyo.common.amounts import signed_amount
from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.evaluation import read_title
from konkyo.sources.forms.layout import joined, same_rows, within_columns
from konkyo.sources.forms.list_tables import read_list_tables
from konkyo.sources.forms.money import read_money, stage_of
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.text_fields import read_text
from konkyo.sources.forms.values import head_of
from konkyo.sources.forms.years import written, year_of

_UNIT = re.compile(r"百万円|千円|億円|円")


def fill_request(sheet: Sheet) -> dict[str, Any]:
    """Return what a 政策評価調書 says."""
    data = read_title(sheet)
    texts = {name: read_text(sheet, name) for name in sheet.form.data["文の欄"]}
    number, name = texts.pop("番号"), texts.pop("政策名")
    if name:
        data["政策名"] = {**({"番号": number["値"]} if number else {}), **name}
    data |= {field: cell for field, cell in texts.items() if cell}
    if money := read_money(sheet):
        data["政策の予算額・執行額等"] = money
    if items := list(_items(sheet)):
        data["予算科目"] = items
    requested = [
        cell
        for cell in [
            *data.get("政策の予算額・執行額等", {}).get("欄", []),
            *(one for item in items for one in item.get("額", [])),
        ]
        if cell["区分"] == "要求額"
    ]
    if requested and "評価書の年度" not in data:
        year = year_of(requested[0]["年度"], None)
        assert year is not None
        place = {key: requested[0][key] for key in ("場所", "行") if key in requested[0]}
        data["評価書の年度"] = {
            "値": written(year - 1),
            **place,
            "確度": "配置",
            "注": "概算要求の前の年度。",
        }
    return data


def _items(sheet: Sheet) -> Iterator[dict[str, Any]]:
    columns = sheet.form.data["予算科目"]
    for table in read_list_tables(sheet, columns, "事項", "項"):
        head = table.heads["事項"]
        years = [
            box
            for box in sheet.boxes
            if same_rows(box, head) and year_of(head_of(box), sheet.near) is not None and box.x0 > head.x0
        ]
        sheet.take(*years)
        unit = _unit(sheet, head)
        for row in table.rows:
            made = sheet.cell(joined(row["事項"].text).replace("\n", ""), row["事項"])
            for name in ("整理番号", "会計", "組織／勘定", "項"):
                if name in row:
                    made[name] = sheet.cell(joined(row[name].text).replace("\n", ""), row[name])
            amounts = []
            for year in years:
                cell = next(
                    (one for one in sheet.rest if same_rows(one, row["事項"]) and within_columns(one, year)),
                    None,
                )
                if cell is None or unit is None or signed_amount(cell.text) is None:
                    continue
                stage = stage_of(head_of(year), "当初予算")
                said = written(year_of(head_of(year), sheet.near) or 0)
                amounts.append(
                    {
                        **sheet.cell(cell.text.strip(), cell, certainty=sheet.era_certainty),
                        "年度": said,
                        "区分": stage,
                        "単位": unit,
                    }
                )
            if amounts:
                made["額"] = amounts
            yield made


def _unit(sheet: Sheet, head: Box) -> str | None:
    """Return the unit that stands above the table's heading row or in it."""
    above = [
        box
        for box in sheet.boxes
        if box.y0 <= head.y1 and _UNIT.search(name_form(box.text)) and len(box.text) < 30
    ]
    if not above:
        return None
    nearest = max(above, key=lambda box: box.y0)
    sheet.take(nearest)
    found = _UNIT.search(name_form(nearest.text))
    return found.group() if found else None
