"""A text layer without its table: what its words alone tell, each by a rule of its own.

The cells of such a text stand in no order. A value is claimed where its own words, or figures that come out, say what it is;
all else is left open: it is told as not placed, with its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from konkyo.common.text import fold
from konkyo.sources.documents import Box, Document
from konkyo.sources.forms.form import Form
from konkyo.sources.forms.grounds import is_date, sections
from konkyo.sources.forms.layout import label_form
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.text_blocks import Block, blocks_of, pieces
from konkyo.sources.forms.text_goals import read_goals, read_indicators, read_passages
from konkyo.sources.forms.text_money import read_text_money
from konkyo.sources.forms.text_rows import read_text_rows

_DATE = r"(?:(?:令和|平成|昭和)\s*(?:元|[0-9０-９]{1,2})|[12][0-9]{3})年(?!度)(?:[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日)?)?"
_TITLE_END = r"(?:戦略|計画|方針|宣言|大綱|構想|プラン|プログラム|ビジョン|対策|工程表|基本法|演説|所信表明)"


def read_running_text(document: Document, form: Form) -> Sheet:
    """Return a sheet whose ``data`` says what the text tells."""
    sheet = Sheet(document, form, list(pieces(document)))
    return sheet


def read_text_fields(sheet: Sheet) -> dict[str, Any]:
    """Return the fields that a text without its table tells; takes their lines."""
    data: dict[str, Any] = {}
    if rows := read_text_rows(sheet):
        data["測定指標"] = rows
    readers = [_policy, _date, _offices, _consulted, _panels, _strategies, read_goals]
    for reader in readers if rows else [*readers, read_indicators]:
        reader(sheet, blocks_of(sheet), data)
    read_passages(sheet, blocks_of(sheet), data)
    if money := read_text_money(sheet):
        data["政策の予算額・執行額等"] = money
    return data


_POLICY = re.compile(r"(?:分野\s*(?P<field>.+?)\s*)?(?P<number>政策[0-9０-９]{1,2})\s*[：:]\s*(?P<name>.+)")


def _policy(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    for block in blocks:
        for box in block.boxes:
            if match := _POLICY.fullmatch(box.text):
                data["政策名"] = {"番号": match["number"], **sheet.cell(match["name"], box, certainty="明白")}
                if match["field"]:
                    data["分野"] = sheet.cell(match["field"], box, certainty="明白")
                return
    _named_by_label(sheet, data)


def _named_by_label(sheet: Sheet, data: dict[str, Any]) -> None:
    """Read the name right behind its label, where another label or its number follows: then no other cell can stand between."""
    names = sheet.form.spelt("文の欄", "政策名")
    for label, name, after in zip(sheet.boxes, sheet.boxes[1:], sheet.boxes[2:], strict=False):
        form = label_form(after.text)
        ends = re.fullmatch("[①-⑳]", after.text) or any(one.startswith(form) for one in sheet.form.labels)
        if (
            label_form(label.text) in names
            and ends
            and not any(one.startswith(label_form(name.text)) for one in sheet.form.labels)
            and re.fullmatch(r"[^\d０-９。：:]{4,60}", name.text)
        ):
            sheet.take(label)
            data["政策名"] = sheet.cell(name.text, name, certainty="配置")
            return


_MADE = re.compile(
    rf"(?P<date>{_DATE})\s*政策評価実施(?:予定)?時期|政策評価実施(?:予定)?時期\s*(?P<after>{_DATE})"
)


def _date(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    for block in blocks:
        for box in block.boxes:
            if match := _MADE.fullmatch(box.text):
                data["政策評価実施時期"] = sheet.cell(
                    fold(match["date"] or match["after"]), box, certainty="明白"
                )
                return


_UNIT = re.compile(r"[一-鿿ァ-ヶー・]{2,20}(?:局|部|官房)[\s　]+[一-鿿ァ-ヶー・]{2,20}(?:課|室|官)")
_OTHERS = re.compile(r"(?:ほか|他)\s*(?P<number>[0-9０-９]{1,2})\s*課室?")


def _offices(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    """Read offices (局 課, 他４課室), and the block of an author: office, post, name."""
    units = []
    for block in blocks:
        for box in block.boxes:
            if _UNIT.fullmatch(box.text):
                units.append(sheet.cell(box.text, box, certainty="明白"))
            elif units and (match := _OTHERS.fullmatch(box.text)):
                units.append(
                    {**sheet.cell(box.text, box, certainty="明白"), "名称不詳": int(fold(match["number"]))}
                )
        texts = [box.text for box in block.boxes if not label_form(box.text).startswith("政策評価実施")][-3:]
        if len(texts) == 3 and re.fullmatch(r"\S{2,20}(?:局|部|官房)", texts[0]) and texts[1].endswith("長"):
            boxes = block.boxes[-3:]
            if _MADE.fullmatch(texts[0]) or not re.fullmatch(
                r"[一-鿿]{1,4}[\s　][一-鿿ぁ-ん]{1,4}", texts[2]
            ):
                continue
            office = re.sub(r"長$", "", texts[1])
            data["作成責任者名"] = {
                "官職": texts[1],
                "部局": f"{texts[0]} {office}",
                "氏名": texts[2],
                **{
                    key: value
                    for key, value in sheet.cell("", *boxes, certainty="明白").items()
                    if key != "値"
                },
            }
    if units:
        data["担当部局課室名"] = units


_ITEM = re.compile(
    rf"○(?P<name>[^○]+?)（(?P<date>{_DATE})(?:[\s　]*(?P<revised>{_DATE})改[訂定])?[^（）]*）\s*（(?P<url>https?://[^\s（）]+)）"
)


def _items(blocks: list[Block]) -> Iterator[tuple[str, list[Box]]]:
    """Yield the items of lists with ○, each from its mark to the next one."""
    for block in blocks:
        item: list[Box] = []
        for box in block.boxes:
            if box.text.startswith("○"):
                if item:
                    yield "".join(one.text for one in item), item
                item = [box]
            elif item:
                item.append(box)
        if item:
            yield "".join(one.text for one in item), item


def _consulted(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    found = []
    for text, boxes in _items(blocks):
        if match := _ITEM.fullmatch(text):
            cell = sheet.cell(match["name"].strip(), *boxes, certainty="明白")
            dates = {"年月日": fold(match["date"])} | (
                {"改訂": fold(match["revised"])} if match["revised"] else {}
            )
            found.append({"名称": cell.pop("値"), **dates, "URL": match["url"], **cell})
    if found:
        data["政策評価を行う過程において使用した資料"] = found


_PANEL = re.compile(
    rf"○(?P<name>[^（）]*(?:会|会議|委員会|ボード|審議会|部会))（(?P<date>{_DATE})(?P<on>～?)）"
)
_USED = re.compile(r"上記.{0,12}を本?評価書?の?.{0,12}参考とした。?")


def _panels(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    """Read the panels whose advice was used; a report is theirs where a document at hand bears their name."""
    documents = {one["名称"] for one in data.get("政策評価を行う過程において使用した資料", [])}
    found = []
    used: Box | None = None
    for block in blocks:
        for box in block.boxes:
            if _USED.fullmatch(box.text):
                used = box
    for _, boxes in _items(blocks):
        match = _PANEL.fullmatch(boxes[0].text)
        if not match:
            continue
        told = [box for box in boxes if box is not used]
        cell = sheet.cell(re.split(r"[\s　]", match["name"])[-1], *told, certainty="配置")
        panel = {"会議体": cell.pop("値")}
        if match["on"]:
            panel["期間"] = {"開始": fold(match["date"])}
        elif start := re.search(rf"({_DATE})から(?:議論|検討|開催|開始)", "".join(box.text for box in told)):
            panel["期間"] = {"開始": fold(start[1])}
        reports = [name for name in documents if name.startswith(panel["会議体"]) and "報告書" in name]
        if len(reports) == 1:
            panel["成果物"] = re.split(r"[～~]", reports[0])[0].strip()
            if used:
                how = {"仕方": "評価書の策定の参考", **sheet.cell(used.text, used, certainty="明白")}
                panel["活用"] = how
        found.append({**panel, **cell})
    if found:
        data["学識経験を有する者の知見の活用"] = found


_BEFORE = re.compile(rf"(?P<date>{_DATE})\s*(?P<name>\S.*{_TITLE_END}\S*)")
_AFTER = re.compile(
    rf"(?P<name>\S.*{_TITLE_END}[^。]{{0,12}}?)[\s　]*[（(]?(?P<date>{_DATE})(?P<rest>[^（）()]*)[）)]?"
)
_REVISED = re.compile(rf"（(?P<date>{_DATE})改[訂定]）")


def _strategies(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    """Read the strategies that stand beside a date; one name and one date that are left over belong together."""
    found: list[dict[str, Any]] = []
    names: list[Box] = []
    dates: list[tuple[Box, Block]] = []
    for block in blocks:
        if any(box.text.startswith(("○", "※")) or "。" in box.text for box in block.boxes):
            continue
        for position, box in enumerate(block.boxes):
            match = _BEFORE.fullmatch(box.text) or _AFTER.fullmatch(box.text)
            if match and is_date(fold(match["date"])):
                below = block.boxes[position + 1] if position + 1 < len(block.boxes) else None
                revised = _REVISED.fullmatch(below.text) if below else None
                boxes = [box, below] if revised and below else [box]
                cell = sheet.cell(match["name"].strip(), *boxes, certainty="配置")
                more = {"改訂": fold(revised["date"])} if revised else {}
                found.append({"名称": cell.pop("値"), "年月日": fold(match["date"]), **more, **cell})
            elif len(block.boxes) == 1 and re.fullmatch(rf"[^\d０-９【】（）]{{2,30}}{_TITLE_END}", box.text):
                names.append(box)
            elif re.fullmatch(_DATE, box.text) and is_date(fold(box.text)):
                dates.append((box, block))
    if len(names) == len(dates) == 1 and found:
        (name,), ((date, block),) = names, dates
        rest = [box for box in block.boxes if box is not date]
        cell = sheet.cell(
            name.text,
            name,
            date,
            certainty="配置",
            note="名称と年月日は離れてあり、ほかに組になるものがない。",
        )
        left = {"名称": cell.pop("値"), "年月日": fold(date.text), **cell}
        if paths := sections("\n".join(box.text for box in rest)):
            left["関係部分"] = [{**sheet.cell("", *rest, certainty="配置"), "値": path} for path in paths]
        found.append(left)
    if found:
        data["政策に関係する内閣の重要政策"] = found
