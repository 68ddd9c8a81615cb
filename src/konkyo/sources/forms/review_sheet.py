"""行政事業レビューシート of 2012 to 2023: a project with its plans, money, results, opinions and payees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.common.text import fold
from konkyo.sources.documents import Box
from konkyo.sources.forms.grounds import read_listed
from konkyo.sources.forms.layout import joined, nearest_right, right_of, same_rows
from konkyo.sources.forms.list_tables import ListTable, read_list_tables
from konkyo.sources.forms.money import read_money
from konkyo.sources.forms.money_flow import FIELD as MONEY_FLOW
from konkyo.sources.forms.money_flow import read_money_flow
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.row_indicators import read_row_indicators
from konkyo.sources.forms.text_fields import read_text
from konkyo.sources.forms.years import written, year_of

_TITLE = re.compile(r"((?:令和|平成)\s*(?:元|[0-9０-９]{1,2})|20[0-9]{2})\s*年度?\s*行政事業レビューシート")
_MINISTRY = re.compile(r"[（(]\s*([一-鿿]{1,12}?(?:省|庁|府|委員会|内閣官房))\s*[）)]")
_OPINIONS = ("行政事業レビュー推進チームの所見", "所見を踏まえた改善点／概算要求における反映状況")
_MILLIONS = "百万円"


def fill_review(sheet: Sheet) -> dict[str, Any]:
    """Return what a review sheet says."""
    data = _head(sheet)
    for field in sheet.form.data["文の欄"]:
        if field not in ("作成責任者", "事業番号") and (cell := read_text(sheet, field)):
            data[field] = cell
    if number := _number(sheet):
        data["事業番号"] = number
    if author := _author(sheet):
        data["作成責任者"] = author
    for field in _OPINIONS:
        if opinion := _opinion(sheet, field):
            data[field] = opinion
    if plans := _plans(sheet):
        data["関係する計画、通知等"] = plans
    if money := read_money(sheet):
        data["予算額・執行額"] = money
    for field in ("成果目標及び成果実績（アウトカム）", "活動指標及び活動実績（アウトプット）"):
        if found := _results(sheet, field):
            data[field] = found
    named: list[dict[str, Any]] = []
    if uses := list(_uses(sheet, named)):
        data["費目・使途"] = uses
    if payees := list(_payees(sheet, named)):
        data["支出先上位10者リスト"] = payees
    if named:
        data["表の上の支出先"] = named
    if blocks := read_money_flow(sheet):
        data[MONEY_FLOW] = blocks
    return data


def _head(sheet: Sheet) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for box in sheet.boxes:
        text = joined(box.text)
        if "表題" not in data and (match := _TITLE.search(text)) and len(text) < 80:
            data["表題"] = sheet.cell(re.sub(r"\s", "", match.group()), box, certainty="明白")
            stated = re.sub(r"\s", "", match[1])
            if (year := year_of(f"{stated}年度", None)) is not None:
                sheet.year = year
                data["公開年度"] = {**data["表題"], "値": written(year)}
        if "府省庁" not in data and len(text) < 80 and (match := _MINISTRY.search(text)):
            data["府省庁"] = sheet.cell(match[1], box, certainty="明白")
        if "表題" in data and "府省庁" in data:
            break
    return data


def _number(sheet: Sheet) -> dict[str, Any] | None:
    """Return the number of the project; since 2021 its parts stand in cells of their own."""
    for label in sheet.labelled(sheet.form.spelt("文の欄", "事業番号")):
        beside = []
        for box in right_of(label, sheet.boxes):
            if sheet.form.is_label(box) or len(box.text) > _LONGEST_PART or abs(box.y0 - label.y0) > 3:
                break
            beside.append(box)
        if beside:
            sheet.take(label)
            parts = [box.text.strip() for box in beside if box.text.strip() not in ("-", "－", "―")]
            return sheet.cell(" ".join(parts), *beside)
    return None


_LONGEST_PART = 40


def _author(sheet: Sheet) -> dict[str, Any] | None:
    """Return who made the sheet: the label stands above the name in the column of the offices' right."""
    for label in sheet.labelled(sheet.form.spelt("文の欄", "作成責任者")):
        beside = nearest_right(label, sheet.rest)
        below = min(
            (
                box
                for box in sheet.rest
                if box.y0 >= label.y1 - 2
                and box.x0 < label.x1
                and box.x1 > label.x0
                and not sheet.form.is_label(box)
            ),
            key=lambda box: box.y0,
            default=None,
        )
        found = beside if beside and not sheet.form.is_label(beside) else below
        if found:
            sheet.take(label)
            return sheet.cell(joined(found.text), found)
    return None


def _plans(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the plans and notices that the sheet names, each with its date; words that are none are kept as they are."""
    found: list[dict[str, Any]] = []
    for label in sheet.labelled(sheet.form.spelt("関係する計画")):
        value = nearest_right(label, sheet.rest)
        if value is None or sheet.form.is_label(value):
            continue
        sheet.take(label)
        if value.text.strip() in ("-", "－", "―"):
            sheet.take(value)
            continue
        found += read_listed(sheet, value, certainty="明白" if value.ruled else "配置")
    return found


def _opinion(sheet: Sheet, field: str) -> dict[str, Any] | None:
    """Return an opinion: what it comes to in the first cell, and its words in the next."""
    for label in sheet.labelled(sheet.form.spelt("所見", field)):
        beside = [
            box
            for box in right_of(label, sheet.rest)
            if not sheet.form.is_label(box) and same_rows(box, label)
        ]
        if not beside:
            continue
        sheet.take(label)
        first, *more = sorted(beside, key=lambda box: (box.x0, box.y0))
        if not more:
            return sheet.cell(joined(first.text), first)
        verdict = joined(first.text).replace("\n", "")
        return {"判定": verdict, **sheet.cell(joined("\n".join(box.text for box in more)), first, *more)}
    return None


def _results(sheet: Sheet, field: str) -> list[dict[str, Any]]:
    spec = sheet.form.data["成果"][field]
    rows = {name: spellings for name, spellings in spec.items() if name != "見出し"}
    made = read_row_indicators(sheet, rows)
    for one in made:
        if one.get("番号") is None:
            one.pop("番号", None)
    return made


def _heads(sheet: Sheet, table: ListTable, field: str) -> Iterator[dict[str, Any]]:
    """Yield the name that stands behind the letter above a table: whose uses these are, or what the payees are."""
    if table.block and table.name and table.above:
        yield {"ブロック": table.block, "表": field, **sheet.cell(table.name, table.above)}


def _uses(sheet: Sheet, named: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    columns = sheet.form.data["費目・使途"]
    for table in read_list_tables(sheet, columns, "費目", "金額"):
        named += _heads(sheet, table, "費目・使途")
        for row in table.rows:
            cell = sheet.cell(joined(row["費目"].text), row["費目"])
            made = {**({"ブロック": table.block} if table.block else {}), **cell}
            if "使途" in row:
                made["使途"] = sheet.cell(joined(row["使途"].text), row["使途"])
            yield made | _amount(sheet, "金額", table.heads, row)


def _payees(sheet: Sheet, named: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    columns = sheet.form.data["支出先上位10者リスト"]
    for table in read_list_tables(sheet, columns, "支出先", "支出額"):
        named += _heads(sheet, table, "支出先上位10者リスト")
        for row in table.rows:
            cell = sheet.cell(joined(row["支出先"].text).replace("\n", ""), row["支出先"])
            made: dict[str, Any] = {
                "支出先": cell.pop("値"),
                **({"ブロック": table.block} if table.block else {}),
                **cell,
            }
            for name in ("法人番号", "業務概要", "契約方式等", "入札者数", "落札率"):
                if name in row and row[name].text.strip() not in ("-", "－", "―", ""):
                    made[name] = sheet.cell(joined(row[name].text).replace("\n", ""), row[name])
            yield made | _amount(sheet, "支出額", table.heads, row)


_UNIT = re.compile(r"百万円|千円|億円|円")


def _amount(sheet: Sheet, name: str, heads: dict[str, Box], row: dict[str, Box]) -> dict[str, Any]:
    if name not in row or row[name].text.strip() in ("-", "－", "―", ""):
        return {}
    unit = _UNIT.search(name_form(heads[name].text))
    return {
        name: {**sheet.cell(fold(row[name].text), row[name]), "単位": unit.group() if unit else _MILLIONS}
    }
