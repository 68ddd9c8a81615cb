"""The table of indicators: names, baselines, results by year, targets, targets of each year, and verdicts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import above_in_column, follows, joined, right_of, same_columns, same_rows
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.years import written, year_of

_ROLES = ("基準", "実績", "目標", "達成")
_NUMBER = re.compile(
    r"\s*(?:[（(]([0-9０-９]{1,3})[）)]\s*|([0-9０-９]{1,3})[\s　．.、]+|([①-⑳])\s*)?(.+)", re.DOTALL
)
_NOTHING = {"", "-", "－", "―", "ー", "—", "‐"}


@dataclass(slots=True)
class _Block:
    """One heading row of the table, and what stands below it until the next one."""

    heads: dict[str, Box]
    boxes: list[Box]


def read_indicators(sheet: Sheet) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the objectives that stand beside indicators, with these, and the other indicators; takes their boxes."""
    found: list[tuple[Box | None, dict[str, Any]]] = []
    for label in sheet.labelled(sheet.form.spelt("指標", "見出し")):
        sheet.take(label)
    for block in _blocks(sheet):
        found += _indicators(sheet, block)
    numbers = [one["番号"] for _, one in found]
    for _, one in found:
        # A number that several bear tells none of them; one that is not stated is not made up.
        if one["番号"] is None or numbers.count(one["番号"]) > 1:
            del one["番号"]
    goals: dict[Box, dict[str, Any]] = {}
    for goal, one in found:
        if goal is None:
            continue
        if goal not in goals:
            goals[goal] = {
                "記号": _KEYS[len(goals) % 26],
                **sheet.cell(joined(goal.text), goal),
                "測定指標": [],
            }
        goals[goal]["測定指標"].append(one)
    return list(goals.values()), [one for goal, one in found if goal is None]


_KEYS = "abcdefghijklmnopqrstuvwxyz"


def _blocks(sheet: Sheet) -> Iterator[_Block]:
    spelt = {role: sheet.form.spelt("指標", role) for role in _ROLES}
    results = sheet.labelled(spelt["実績"])
    rows: list[dict[str, Box]] = []
    for result in results:
        # Without rules nothing parts a name from its neighbours, nor one value from the next: it is left open.
        if not result.ruled:
            continue
        beside = [box for box in sheet.boxes if same_rows(box, result) and box is not result]
        heads = {"実績": result}
        for role in ("基準", "目標", "達成"):
            near = [
                box
                for box in sheet.labelled(spelt[role], beside)
                if abs(box.y0 - result.y0) < (result.y1 - result.y0)
            ]
            if near:
                heads[role] = min(near, key=lambda one: abs(one.x0 - result.x1))
        if "基準" in heads or "目標" in heads:
            rows.append(heads)
    ends = [one["実績"] for one in rows]
    for heads in rows:
        result = heads["実績"]
        nexts = [one for one in ends if one.y0 > result.y0 + 1]
        limit = min((one.y0 for one in nexts), default=math.inf)
        stop = _end_of_table(sheet, result)
        limit = min(limit, stop)
        sheet.take(*heads.values())
        yield _Block(
            heads,
            [box for box in sheet.boxes if result.y0 - 1 <= box.y0 < limit and box not in heads.values()],
        )


def _end_of_table(sheet: Sheet, result: Box) -> float:
    """Return where the table ends: at the next label of another field at its left edge."""
    own = (
        sheet.form.spelt("指標", "見出し")
        | sheet.form.spelt("指標", "年度ごとの目標")
        | sheet.form.spelt("指標", "名称")
    )
    own |= {label for role in _ROLES for label in sheet.form.spelt("指標", role)}
    others = sheet.form.labels - own
    found = [box.y0 for box in sheet.labelled(frozenset(others)) if follows(box, result)]
    verdict = [
        box.y0
        for box in sheet.labelled(sheet.form.spelt("判定", "見出し"))
        if follows(box, result) and box.x1 < result.x0
    ]
    return min(found + verdict, default=math.inf)


def _indicators(sheet: Sheet, block: _Block) -> Iterator[tuple[Box | None, dict[str, Any]]]:
    heads = block.heads
    left = min(box.x0 for box in heads.values())
    yearly = sheet.labelled(sheet.form.spelt("指標", "年度ごとの目標"), block.boxes)
    years = [
        box
        for box in block.boxes
        if year_of(_head(box), sheet.near) is not None and box.x0 >= left - 2 and box not in yearly
    ]
    names = [
        box
        for box in block.boxes
        if box.x1 <= left + 2
        and box not in yearly
        and box not in sheet.taken
        and not sheet.form.is_label(box)
        and not re.fullmatch(r"[\d①-⑳()（）\s.]+", name_form(box.text))
    ]
    # The innermost name column: what stands right beside the figures.
    names = [
        box
        for box in names
        if not any(one is not box and same_rows(one, box) and one.x0 >= box.x1 - 2 for one in names)
    ]
    if not names:
        return
    sheet.take(*yearly, *years)
    for name in names:
        rows = [box for box in right_of(name, block.boxes) if box not in years and box not in yearly]
        lines = [one for one in yearly if same_rows(one, name) or same_rows(name, one)]
        yield _goal_of(sheet, name, block), _indicator(sheet, name, heads, years, lines, rows)


def _goal_of(sheet: Sheet, name: Box, block: _Block) -> Box | None:
    """Return the objective in whose rows an indicator stands, where the table has a column for objectives."""
    beside = [box for box in sheet.boxes if same_rows(box, block.heads["実績"]) and box.x1 <= name.x0 + 2]
    column = next(iter(sheet.labelled(sheet.form.spelt("指標", "施策目標"), beside)), None)
    if column is None:
        return None
    sheet.take(column)
    return next((box for box in block.boxes if same_columns(box, column) and same_rows(box, name)), None)


def _head(box: Box) -> str:
    return re.sub(r"[（(].*", "", name_form(box.text))


def _indicator(
    sheet: Sheet, name: Box, heads: dict[str, Box], years: list[Box], yearly: list[Box], rows: list[Box]
) -> dict[str, Any]:
    text = joined(name.text)
    match = _NUMBER.fullmatch(text)
    number = None
    if match and (stated := match[1] or match[2] or match[3]):
        number, text = int(name_form(stated)), match[4].strip()
    else:
        beside = [
            box
            for box in sheet.boxes
            if same_rows(box, name)
            and box.x1 <= name.x0 + 2
            and re.fullmatch(r"\d{1,3}|[①-⑳]", box.text.strip())
        ]
        if beside:
            sheet.take(beside[-1])
            number = int(name_form(beside[-1].text))
    made: dict[str, Any] = {"番号": number, **sheet.cell(text, name)}
    results: list[dict[str, Any]] = []
    targets: list[dict[str, Any]] = []
    for box in rows:
        if box in sheet.taken or box.text.strip() in _NOTHING:
            if box.text.strip() in _NOTHING:
                sheet.take(box)
            continue
        role = next((role for role, head in heads.items() if same_columns(box, head)), None)
        line = next((one for one in yearly if same_rows(one, box) and box.x0 >= one.x1 - 2), None)
        if line and role != "達成":
            targets.append(_value(sheet, box, years, 種類="年度ごと"))
        elif role == "基準":
            made["基準"] = _value(sheet, box, years)
        elif role == "実績":
            results.append(_value(sheet, box, years))
        elif role == "目標":
            targets.insert(0, _value(sheet, box, years))
        elif role == "達成":
            made["達成"] = {
                "判定": joined(box.text),
                **{k: v for k, v in sheet.cell("", box).items() if k != "値"},
            }
    if targets:
        made["目標"] = targets if len(targets) > 1 else targets[0]
    if results:
        made["実績"] = results if len(results) > 1 else results[0]
    return made


_IN_CELL = re.compile(
    r"(.+?)\s*[（(【\[]((?:令和|平成|昭和|[HRＨＲ])?(?:元|[0-9０-９]{1,4})年度?)[）)】\]]\s*", re.DOTALL
)


def _value(sheet: Sheet, box: Box, years: list[Box], **more: str) -> dict[str, Any]:
    """Return a value with its year: the one that the cell states, else the one that heads its column."""
    text = joined(box.text)
    year, note = None, None
    if (match := _IN_CELL.fullmatch(box.text)) and (stated := year_of(match[2], sheet.near)):
        year, text = stated, joined(match[1])
    elif head := above_in_column(box, years):
        year = year_of(_head(head), sheet.near)
    made = sheet.cell(text.replace("\n", ""), box, note=note, **more)
    if year is None:
        sheet.unsure.append(f"「{text}」の年度が分かりません。")
        made["確度"] = "配置"
        return made
    return {"値": made.pop("値"), "年度": written(year), **made}
