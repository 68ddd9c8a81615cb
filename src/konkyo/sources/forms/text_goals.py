"""Goals and indicators of a text without its table: what tells whose a value is, and what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from konkyo.common.amounts import parse_count
from konkyo.common.text import fold
from konkyo.sources.documents import Box
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.text_blocks import Block
from konkyo.sources.forms.years import written, year_of

_Found = tuple[list[tuple[str, str | None]], str, list[Box]]


_REACHED = re.compile(
    r"・(?P<goal>[^。]+?)(?:の推進)?については、[^。]*目標を(?P<verdict>達成することができた|達成した|達成できなかった)。?"
)


def read_goals(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    """Read the objectives that the summary of results names, with what it says of them."""
    goals: list[dict[str, Any]] = []
    for block in blocks:
        for text, boxes in _bullets(block):
            match = _REACHED.fullmatch(text)
            if not match:
                continue
            named = [
                one
                for one in blocks
                if one is not block
                and one.text.replace("\n", "").startswith(match["goal"])
                and not one.text.endswith("。")
            ]
            if len(named) != 1:
                continue
            verdict = "未達成" if "できなかった" in match["verdict"] else "達成"
            how = sheet.cell("", *boxes, certainty="明白")
            how.pop("値")
            key = "abcdefghij"[len(goals)]
            goal = sheet.cell(named[0].text.replace("\n", ""), *named[0].boxes, certainty="配置")
            goals.append({"記号": key, **goal, "目標の達成状況": {"判定": verdict, **how}})
    if goals:
        data["施策目標"] = goals


def _bullets(block: Block) -> Iterator[tuple[str, list[Box]]]:
    item: list[Box] = []
    for box in block.boxes:
        if box.text.startswith("・") and item:
            yield "".join(one.text for one in item), item
            item = []
        item.append(box)
    if item:
        yield "".join(one.text for one in item), item


_NAME = re.compile(
    r"(?P<name>[^。【】（）]{6,}(?:状況|件数|者数|人数|割合|率|回数|数))(?P<number>[0-9０-９]{0,2})"
)
_LABELS = re.compile(r"(?:施策|政策)?目標の|(?:施策|政策)の|予算の|施策目標")
_WITH_YEAR = re.compile(r"(?P<value>[^【】]+?)\s*【(?P<year>[0-9０-９元]{1,2}年度)】")
_PARTS = re.compile(r"・(?P<value>[^・（）]+)（(?P<part>[^（）]+)）")


def read_indicators(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    """Read indicators, and the values that tell by unit, bound and year whose they are and what."""
    names = []
    for block in blocks:
        match = _NAME.fullmatch(block.text.replace("\n", ""))
        if (
            match
            and not _LABELS.match(match["name"])
            and not any(sheet.form.is_label(box) for box in block.boxes)
        ):
            names.append((match["name"], block, match["number"]))
    made: list[dict[str, Any]] = []
    values = _values(sheet, blocks)
    for name, block, stated in names:
        number = {"番号": int(fold(stated))} if stated else {}
        made.append({**number, **sheet.cell(name, *block.boxes, certainty="配置")})
    for owner, group in _owners(made, values):
        for role, cells in _roles(sheet, group).items():
            if len(cells) == 1 and not cells[0].get("部分"):
                owner[role] = {k: v for k, v in cells[0].items() if k != "部分"}
            else:
                for cell in cells:
                    part = cell.pop("部分")
                    parts = owner.setdefault("内訳", [])
                    known = next((one for one in parts if one["値"] == part), None)
                    if known is None:
                        known = {"記号": f"p{len(parts) + 1}", "値": part}
                        parts.append(known)
                    known[role] = cell
    if made:
        data["測定指標"] = made


def _owners(
    made: list[dict[str, Any]], values: dict[tuple[str, ...], list[_Found]]
) -> Iterator[tuple[dict[str, Any], list[_Found]]]:
    """Yield the one indicator that each group of values can belong to; each that is found leaves fewer for the others."""
    open_names, waiting = list(made), dict(values)
    while True:
        told = [
            (key, owners[0])
            for key in waiting
            if len(owners := [one for one in open_names if _owns(one["値"], key)]) == 1
        ]
        if not told:
            return
        key, owner = told[0]
        open_names.remove(owner)
        yield owner, waiting.pop(key)


def _values(sheet: Sheet, blocks: list[Block]) -> dict[tuple[str, ...], list[_Found]]:
    """Return what has its year beside it, grouped by what tells whose it is: its unit, or the names of its parts."""
    groups: dict[tuple[str, ...], list[_Found]] = {}
    for position, block in enumerate(blocks):
        text = block.text.replace("\n", "")
        boxes = list(block.boxes)
        if match := _WITH_YEAR.fullmatch(text):
            try:
                unit = parse_count(match["value"]).unit
            except ValueError:
                continue
            groups.setdefault((unit,), []).append(([(match["value"], None)], match["year"], boxes))
            continue
        parts = [(match["value"], match["part"]) for match in _PARTS.finditer(text)]
        after = blocks[position + 1] if position + 1 < len(blocks) else None
        year = re.fullmatch(r"【([0-9０-９元]{1,2}年度)】", after.text) if after else None
        if len(parts) > 1 and year and after and "".join(f"・{v}（{p}）" for v, p in parts) == text:
            key = tuple(part or "" for _, part in parts)
            groups.setdefault(key, []).append(
                ([(f"{v}（{p}）", p) for v, p in parts], year[1], [*boxes, *after.boxes])
            )
    return groups


def _owns(name: str, key: tuple[str, ...]) -> bool:
    """Return whether an indicator's name says that values with this unit, or of these parts, are its own."""
    if len(key) > 1:
        return all(part.removesuffix("等") in name for part in key)
    unit = fold(key[0])
    words = {
        "人": ("者数", "人数"),
        "カ国": ("国",),
        "か国": ("国",),
        "件": ("件数",),
        "回": ("回数", "定期協議"),
        "%": ("率", "割合"),
    }
    return any(word in name for word in words.get(unit, ()))


def _roles(sheet: Sheet, group: list[_Found]) -> dict[str, list[dict[str, Any]]]:
    """Return the roles of values of one indicator: the earliest exact one is the baseline, a bound is the target."""
    years = sorted({year for _, stated, _ in group if (year := year_of(stated, sheet.year))})
    found: dict[str, list[dict[str, Any]]] = {}
    if not 1 <= len(group) <= 3 or len(years) > 2:
        return {}
    for parts, stated, boxes in group:
        year = year_of(stated, sheet.year)
        bounded = all(re.search(r"以上|以下|程度", text) for text, _ in parts)
        if year is None or (len(group) > 1 and len(years) < 2):
            return {}
        role = (
            "基準" if year == years[0] and (len(years) == 2 or not bounded) else "目標" if bounded else "実績"
        )
        alone = len(years) == 1 and (sheet.year is None or year >= sheet.year - 1)
        if role in found or (role == "基準" and alone):
            return {}
        cells = []
        for text, part in parts:
            cell = {**sheet.cell(text, *boxes, certainty="配置"), "年度": written(year), "部分": part}
            if part:
                cell["数値"] = text.replace(f"（{part}）", "")
            cells.append(cell)
        found[role] = cells
    return found


def read_passages(sheet: Sheet, blocks: list[Block], data: dict[str, Any]) -> None:
    """Read the note on the form, and the two passages that say what they are by their words."""
    goals = "".join(one["値"] for one in data.get("施策目標", []))
    for block in blocks:
        text = block.text.replace("\n", "")
        if text.startswith("※") and "政策とは" in text and "様式の注" not in data:
            cell = sheet.cell(text, *block.boxes, certainty="明白")
            data["様式の注"] = {"要約": cell.pop("値"), **cell}
        elif text.endswith("。") and re.match(r"(?:政策|施策)の(?:基本)?目標.{0,4}達成に向け", text):
            data["政策の概要"] = sheet.cell(text, *block.boxes, certainty="配置", note="書き出しから読んだ。")
        elif goals and text.endswith("。") and text.count("。") == 1 and _shared(text, goals) > 0.7:
            data["基本目標"] = sheet.cell(
                text, *block.boxes, certainty="配置", note="施策目標と同じ言葉による。"
            )


def _shared(text: str, other: str) -> float:
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return sum(pair in other for pair in pairs) / max(len(pairs), 1)
