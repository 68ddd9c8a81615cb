"""Evaluation sheets: what their fields, tables and titles say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from konkyo.common.dates import parse_date, parse_fiscal_year
from konkyo.common.name_form import name_form
from konkyo.common.text import fold, split_display_number
from konkyo.sources.forms.grounds import read_grounds
from konkyo.sources.forms.indicators import read_indicators
from konkyo.sources.forms.layout import joined, label_form, nearest_right, right_of
from konkyo.sources.forms.means import read_means, read_review_of_numbers
from konkyo.sources.forms.money import read_money
from konkyo.sources.forms.page import MIDDLE, Sheet
from konkyo.sources.forms.text_fields import read_text
from konkyo.sources.forms.years import first_year, written, year_of

VERDICTS = ("目標超過達成", "目標達成", "相当程度進展あり", "進展が大きくない", "目標に向かっていない")


def fill_evaluation(sheet: Sheet) -> dict[str, Any]:
    """Return what an evaluation sheet says."""
    data: dict[str, Any] = read_title(sheet)
    texts = {name: read_text(sheet, name) for name in sheet.form.data["文の欄"]}
    if date := texts.pop("政策評価実施時期", None):
        data = _evaluated(sheet, date) | data
    offices, author = texts.pop("担当部局課室名", None), texts.pop("作成責任者名", None)
    if offices:
        data["担当部局課室名"] = [offices]
    if author:
        data["作成責任者"] = author
    if name := texts.pop("政策名", None):
        data["政策名"] = _measure(name)
    for field in ("学識経験を有する者の知見の活用", "政策評価を行う過程において使用した資料"):
        if cell := texts.pop(field, None):
            data[f"{field}（原文）"] = cell
    data |= {field: cell for field, cell in texts.items() if cell}
    if money := read_money(sheet):
        data["政策の予算額・執行額等"] = money
    if grounds := read_grounds(sheet):
        data["政策に関係する内閣の重要政策"] = grounds
    if verdict := _verdict(sheet):
        data["目標達成度合いの測定結果"] = verdict
    goals, indicators = read_indicators(sheet)
    for listed in (indicators, *(goal.get("測定指標", []) for goal in goals)):
        _doubt_unnumbered(sheet, listed)
    if goals:
        data["施策目標"] = goals
    if indicators:
        data["測定指標"] = indicators
    if means := read_means(sheet):
        data["達成手段"] = means
        if any("事業番号" in one for one in means) and (review := read_review_of_numbers(sheet)):
            data["事業番号の年度"] = review
    return with_years(data)


def _doubt_unnumbered(sheet: Sheet, indicators: list[dict[str, Any]]) -> None:
    """Let an indicator without a number on the page after a numbered one not be plain, nor that one: it may be the rest of its name."""
    for before, one in pairwise(indicators):
        if "番号" in before and "番号" not in one and _page(before) != _page(one):
            sheet.unsure.append(
                f"測定指標「{one['値']}」に番号がありません（前の指標の続きかもしれません）。"
            )
            _not_plain(before)
            _not_plain(one)


def _page(cell: dict[str, Any]) -> str:
    """Return the page of a cell of a PDF; of other files all have one."""
    place = cell.get("場所", "")
    first: str = place[0] if isinstance(place, list) else place
    return first.partition("&")[0] if first.startswith("page=") else ""


def _not_plain(data: Any) -> None:
    if isinstance(data, list):
        for one in data:
            _not_plain(one)
    elif isinstance(data, dict):
        if data.get("確度") == "明白":
            data["確度"] = "配置"
        for value in data.values():
            _not_plain(value)


_YEAR_OF_NUMBER = re.compile(r"[一-鿿]+?\s*((?:[RHＲＨ]|令和|平成)?(?:元|[0-9０-９]{1,2}))\s*[－\-‐―ー−–（(]")


def _by_number(number: dict[str, Any]) -> dict[str, Any] | None:
    """Return the year evaluated as a sheet's number begins with it: 国土交通省22-③ is of 平成22年度."""
    match = _YEAR_OF_NUMBER.match(number["値"])
    year = year_of(f"{match[1]}年度", MIDDLE) if match else None
    # 99 is the year of no era.
    if year is None or abs(year - MIDDLE) > 20:
        return None
    return {**number, "値": written(year), "確度": "配置", "注": "番号の初めの年。"}


def with_years(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with the year evaluated that the title does not state, and why it is believed."""
    title = data.get("表題")
    if (
        "番号" in data
        and not {"評価対象年度", "評価書の年度"} & data.keys()
        and (cell := _by_number(data["番号"]))
    ):
        data["評価対象年度"] = cell
    if "評価対象年度" in data and "評価書の年度" not in data:
        evaluated = data["評価対象年度"]
        year = written(parse_fiscal_year(evaluated["値"]) + 1)
        data["評価書の年度"] = {**evaluated, "値": year, "確度": "配置", "注": "評価対象年度の翌年度。"}
    if title and "評価対象年度" not in data and "評価書の年度" in data:
        results = [
            one
            for cell in [*data.get("測定指標", []), *_below_goals(data)]
            for one in _listed(cell.get("実績", []))
            if "年度" in one
        ]
        told = [one for one in results if any(sign.isdigit() for sign in one["値"])]
        if told:
            last = max(told, key=lambda one: parse_fiscal_year(one["年度"]))
            places = {key: last[key] for key in ("場所", "行") if key in last}
            data["評価対象年度"] = {
                "値": last["年度"],
                **places,
                "確度": "配置",
                "注": "実績のある最後の年度。",
            }
    return data


def _below_goals(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for goal in data.get("施策目標", []):
        yield from goal.get("測定指標", [])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


SHEET_NUMBER = re.compile(
    r"[（(]?\s*(?P<ministry>[一-鿿]{1,12}?(?:省|庁|府|委員会|内閣官房))\s*(?P<number>(?:[RHＲＨ]|令和|平成)?[0-9０-９元]{1,2}\s*(?:[－\-‐―ー−–]\s*[^\s（）()]{1,8}|[（(][^（）()\s]{1,12}[）)]))\s*[）)]?"
)
TITLE = re.compile(r"評価書|事前分析表|モニタリング|個票|評価調書|レビューシート")


# What numbers the paper stands above its title, and may be one box with it.
_ANNEX = re.compile(r"\A(?:別紙|別添|様式|資料|参考)[\s0-9０-９－ー\-‐（）()]*\n")


def read_title(sheet: Sheet) -> dict[str, Any]:
    """Return title, number, ministry and years as the lines above the table state them."""
    data: dict[str, Any] = {}
    for box in sheet.boxes:
        text = joined(_ANNEX.sub("", box.text))
        if "表題" not in data and TITLE.search(text) and len(text) <= 120:
            title = re.split(r"\s*[（(](?=[一-鿿]{1,12}[省庁府会房]\s*[0-9０-９元])", text)[0]
            data["表題"] = sheet.cell(title, box, certainty="明白")
        if "番号" not in data and len(text) <= 120 and (match := SHEET_NUMBER.search(text)):
            number = re.sub(r"\s", "", match["ministry"] + match["number"])
            data["番号"] = sheet.cell(number, box, certainty="明白")
            data["府省庁"] = sheet.cell(match["ministry"], box, certainty="明白")
        if "番号" in data and "表題" in data:
            break
    if "表題" in data:
        sheet.year = first_year(data["表題"]["値"])
        if sheet.year is not None:
            cell = {**data["表題"], "値": written(sheet.year)}
            # 令和５年度実施施策に係る政策評価書 is on what was done in that year; 平成24年度主要な政策に係る評価書 is a year's own.
            data["評価対象年度" if "実施施策" in data["表題"]["値"] else "評価書の年度"] = cell
    return data


def _evaluated(sheet: Sheet, cell: dict[str, Any]) -> dict[str, Any]:
    """Return when the evaluation was carried out, and the fiscal year that the sheet is of by that."""
    try:
        date = parse_date(cell["値"])
    except ValueError:
        sheet.unsure.append(f"政策評価実施時期「{cell['値']}」は日付として読めません。")
        return {}
    found = {"政策評価実施時期": {**cell, "値": fold(cell["値"])}}
    if date.month:
        year = date.year if date.month >= 4 else date.year - 1
        found["評価書の年度"] = {
            **cell,
            "値": written(year),
            "確度": "配置",
            "注": "評価の実施時期の属する年度。",
        }
    return found


def _measure(cell: dict[str, Any]) -> dict[str, Any]:
    # 厚生労働省 writes its number behind a measure's name, and the goals above it below.
    if place := _PLACE.fullmatch(cell["値"].replace("\n", "")):
        above = {"注": place["above"].strip()} if place["above"] else {}
        return {"番号": place["number"], **cell, "値": place["name"].strip(), **above}
    number, name = split_display_number(cell["値"].replace("\n", ""))
    match = re.match(
        r"((?:施策目標|政策目標|基本目標|業績目標|政策|施策)\s*[0-9０-９Ⅰ-ⅫⅣ①-⑳－‐\-―ー.．]+)[\s　:：]*(.+)",
        cell["値"].replace("\n", ""),
    )
    if match:
        number, name = match[1].strip(), match[2].strip()
    return {**({"番号": number} if number else {}), **cell, "値": name}


_PLACE = re.compile(
    r"(?P<name>.+?)\s*[（(](?P<number>(?:施策|政策)目標[^（）()]{1,12})[）)]\s*(?P<above>(?:基本目標|施策大目標|政策大目標|政策目標).*)?"
)


def _verdict(sheet: Sheet) -> dict[str, Any] | None:
    """Return the verdict of the measure: one of the government's five words, else the ministry's own."""
    for label in sheet.labelled(sheet.form.spelt("判定", "見出し")):
        for box in right_of(label, sheet.boxes):
            text = name_form(box.text)
            if sheet.form.is_label(box):
                continue
            word = next((word for word in VERDICTS if name_form(word) in text), None)
            listed = sum(name_form(word) in text for word in VERDICTS)
            if word and listed == 1:
                sheet.take(label)
                cell = sheet.cell(word, box)
                if label_form(box.text) != name_form(word):
                    cell["原文"] = joined(box.text)
                return {"判定": cell.pop("値"), **cell}
    for label in sheet.labelled(sheet.form.spelt("判定", "府省庁の言葉")):
        beside = nearest_right(label, sheet.rest)
        if beside and not sheet.form.is_label(beside):
            sheet.take(label)
            cell = sheet.cell(joined(beside.text), beside)
            return {"判定": cell.pop("値"), **cell}
    return None
