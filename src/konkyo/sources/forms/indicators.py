"""The table of indicators: names, baselines, results by year, targets, targets of each year, and verdicts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.indicator_names import KIND, named
from konkyo.sources.forms.layout import (
    follows,
    is_note,
    is_rest,
    joined,
    right_of,
    same_columns,
    same_rows,
    within_columns,
)
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.row_indicators import read_row_indicators
from konkyo.sources.forms.values import NOTHING, is_year, read_value

_ROLES = ("基準", "実績", "目標", "達成", "基準年度", "目標年度", "年度ごとの目標", "主要な指標")


@dataclass(slots=True)
class _Block:
    """One heading row of the table, and what stands below it until the next one."""

    heads: dict[str, Box]
    boxes: list[Box]
    years: list[Box]
    yearly: list[Box]

    @property
    def heads_top(self) -> float:
        """Return where the heading row begins."""
        return min(box.y0 for box in self.heads.values())


def read_indicators(sheet: Sheet) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the objectives that stand beside indicators, with these, and the other indicators; takes their boxes."""
    found: list[tuple[Box | None, dict[str, Any]]] = []
    for label in sheet.labelled(sheet.form.spelt("指標", "見出し")):
        sheet.take(label)
    above = _goals_above(sheet)
    for block in _blocks(sheet):
        found += _indicators(sheet, block, above)
    if not found:
        found += [(None, one) for one in read_row_indicators(sheet, sheet.form.data["指標"]["行"])]
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
_GOAL_ABOVE = re.compile(r"(?:達成|施策)目標(\d{1,2})(?:\(.*\))?(?:について)?")


def _goals_above(sheet: Sheet) -> list[tuple[float, Box]]:
    """Return the objectives that head the indicators below them: 達成目標１について, with the place where each begins."""
    found = []
    for box in sheet.boxes:
        if _GOAL_ABOVE.fullmatch(name_form(box.text)) and "について" in name_form(box.text):
            beside = right_of(box, sheet.boxes)
            if beside and not sheet.form.is_label(beside[0]):
                sheet.take(box)
                found.append((box.y0, beside[0]))
    return found


def _blocks(sheet: Sheet) -> Iterator[_Block]:
    spelt = {role: sheet.form.spelt("指標", role) for role in _ROLES}
    rows: list[dict[str, Box]] = []
    anchors = sheet.labelled(spelt["実績"])
    for anchor in [*anchors, *_without_results(sheet, spelt, anchors)]:
        # Without rules nothing parts a name from its neighbours, nor one value from the next: it is left open.
        if not anchor.is_cell:
            continue
        heads = _heads(sheet, spelt, anchor)
        if ("基準" in heads or "目標" in heads) and not any(heads == one for one in rows):
            rows.append(heads)
    tops = [min(box.y0 for box in heads.values()) for heads in rows]
    for heads, top in zip(rows, tops, strict=True):
        anchor = heads.get("実績") or heads["目標"]
        limit = min((one for one in tops if one > top + 1), default=math.inf)
        limit = min(limit, _end_of_table(sheet, anchor))
        sheet.take(*heads.values())
        boxes = [
            box
            for box in sheet.boxes
            if box.y1 > anchor.y0 + 1
            and box.y0 < limit - 1
            and box not in heads.values()
            # A name that the next heading stands beside belongs to that one, though it begins above it.
            and not (
                (box.y0 > anchor.y0 + 1 or _begins_a_page(sheet, box))
                and any(max(box.y0, anchor.y0) + 1 < one < box.y1 for one in tops)
            )
        ]
        left = min(box.x0 for box in heads.values())
        below = [box for box in boxes if box.y0 >= anchor.y0 - 1 and (box.x0 + box.x1) / 2 >= left - 2]
        yearly = [box for box in sheet.labelled(spelt["年度ごとの目標"], below) if box not in heads.values()]
        years = [box for box in below if is_year(sheet, box) and box not in yearly]
        yield _Block(heads, boxes, years, yearly)


def _begins_a_page(sheet: Sheet, box: Box) -> bool:
    """Return whether an indicator's name seems to begin with its page: without rules the rows there may be of one on the page before."""
    numbered = box.aligned and _NUMBERED.match(name_form(box.text))
    return bool(numbered) and all(one.y0 > box.y0 - 3 for one in sheet.boxes if one.page == box.page)


_NUMBERED = re.compile(r"(?:業績|測定)?指標\d")


def _without_results(sheet: Sheet, spelt: dict[str, frozenset[str]], anchors: list[Box]) -> list[Box]:
    """Return the headings of targets in tables that have no results, such as plans before an evaluation."""
    targets = sheet.labelled(spelt["目標"])
    bases = sheet.labelled(spelt["基準"])
    return [
        one
        for one in targets
        if any(same_rows(one, base) and abs(one.y0 - base.y0) < 3 for base in bases)
        and not any(same_rows(one, anchor) for anchor in anchors)
    ]


def _heads(sheet: Sheet, spelt: dict[str, frozenset[str]], anchor: Box) -> dict[str, Box]:
    """Return the headings of one row by what they head; years of baseline and target may have columns of their own."""
    height = anchor.y1 - anchor.y0
    heads: dict[str, Box] = {}
    for role in _ROLES:
        reach = 2.2 * height if role.endswith("年度") else 0.0
        near = [
            box
            for box in sheet.labelled(spelt[role])
            if (same_rows(box, anchor) or 0 <= box.y0 - anchor.y0 <= (1.3 * height if box.aligned else reach))
            and abs(box.y0 - anchor.y0) < max(1.3 * height if box.aligned else height, reach)
        ]
        if near:
            heads[role] = min(near, key=lambda one: abs(one.x0 - anchor.x1))
    if "実績" in heads and heads["実績"] != anchor and anchor in sheet.labelled(spelt["実績"]):
        heads["実績"] = anchor
    return heads


def _end_of_table(sheet: Sheet, result: Box) -> float:
    """Return where the table ends: at the next label of another field at its left edge."""
    own = {
        label for role in sheet.form.data["指標"] if role != "行" for label in sheet.form.spelt("指標", role)
    }
    others = frozenset(sheet.form.labels - own - sheet.form.spelt("見出しだけ"))
    found = [box.y0 for box in sheet.labelled(others) if follows(box, result)]
    verdict = [
        box.y0
        for box in sheet.labelled(sheet.form.spelt("判定", "見出し"))
        if follows(box, result) and box.x1 < result.x0
    ]
    found += [box.y0 for box in sheet.labelled(sheet.form.spelt("達成手段", "名称")) if follows(box, result)]
    goals = [
        box.y0 for box in sheet.boxes if follows(box, result) and _GOAL_ABOVE.fullmatch(name_form(box.text))
    ]
    return min(found + verdict + goals, default=math.inf)


def _indicators(
    sheet: Sheet, block: _Block, above: list[tuple[float, Box]]
) -> Iterator[tuple[Box | None, dict[str, Any]]]:
    left = min(box.x0 for box in block.heads.values()) + 2
    # A heading that is centred over its column may seem to reach into the one of the names.
    nearest = min((box.x0 + box.x1) / 2 for box in block.heads.values())
    names = [
        box
        for box in block.boxes
        if (box.x1 <= left or (box.aligned and box.x1 <= nearest and (box.x0 + box.x1) / 2 < left))
        and box not in block.yearly
        and box not in sheet.taken
        and not sheet.form.is_label(box)
        and not is_year(sheet, box)
        and not is_note(box, next(iter(block.heads.values())))
        and not KIND.fullmatch(box.text)
        and not is_rest(box.text)
        and not re.fullmatch(r"(?:業績|測定)?(?:指標)?[\d①-⑳()（）\s.]*", name_form(box.text))
    ]
    # The innermost name column: what stands right beside the figures.
    names = [
        box
        for box in names
        if not any(one is not box and same_rows(one, box) and one.x0 >= box.x1 - 2 for one in names)
    ]
    if not names:
        return
    sheet.take(*block.yearly, *block.years)
    for name in names:
        rows = [
            box
            for box in right_of(name, block.boxes)
            if box not in block.years
            and box not in block.yearly
            and box.y0 >= block.heads_top - 1
            and (_is_mark(sheet, box, block) or not sheet.form.is_label(box))
            and not _explained(sheet, box, name, block)
        ]
        lines = [one for one in block.yearly if same_rows(one, name) or same_rows(name, one)]
        yield _goal_of(sheet, name, block, above), _indicator(sheet, name, block, lines, rows)


def _is_mark(sheet: Sheet, box: Box, block: _Block) -> bool:
    """Return whether a box below 達成 says so itself (達成), though it reads as the heading does."""
    head = block.heads.get("達成")
    return (
        head is not None
        and follows(box, head)
        and within_columns(box, head)
        and sheet.form.bears(box, sheet.form.spelt("指標", "達成"))
    )


def _explained(sheet: Sheet, box: Box, name: Box, block: _Block) -> bool:
    """Return whether another label stands before a box in its row: it tells that label's words, and is no value."""
    return any(
        one is not box
        and one not in block.yearly
        and one not in block.heads.values()
        and one.x0 >= name.x1 - 2
        and one.x1 <= box.x0 + 2
        and same_rows(one, box)
        and sheet.form.is_label(one)
        and not _is_mark(sheet, one, block)
        for one in block.boxes
    )


def _goal_of(sheet: Sheet, name: Box, block: _Block, above: list[tuple[float, Box]]) -> Box | None:
    """Return the objective in whose rows an indicator stands, or that heads the indicators below it."""
    anchor = block.heads.get("実績") or block.heads["目標"]
    beside = [box for box in sheet.boxes if same_rows(box, anchor) and box.x1 <= name.x0 + 2]
    column = next(iter(sheet.labelled(sheet.form.spelt("指標", "施策目標"), beside)), None)
    if column is None:
        return max(
            (one for one in above if one[0] <= name.y0 + 1), key=lambda one: one[0], default=(0, None)
        )[1]
    sheet.take(column)
    return next(
        (
            box
            for box in block.boxes
            if same_columns(box, column) and same_rows(box, name) and not sheet.form.is_label(box)
        ),
        None,
    )


def _indicator(sheet: Sheet, name: Box, block: _Block, yearly: list[Box], rows: list[Box]) -> dict[str, Any]:
    heads = block.heads
    made = named(sheet, name)
    results: list[dict[str, Any]] = []
    targets: list[dict[str, Any]] = []
    plans: list[dict[str, Any]] = []
    own_columns = [heads[role] for role in ("基準年度", "目標年度") if role in heads]
    heads_of_columns = [
        year for year in block.years if not any(within_columns(year, head) for head in own_columns)
    ]
    for box in rows:
        if box in sheet.taken:
            continue
        if box.text.strip() in NOTHING:
            sheet.take(box)
            continue
        role = next((role for role, head in heads.items() if within_columns(box, head)), None)
        line = next(
            (one for one in yearly if same_rows(one, box) and box.x0 >= one.x0 + 2 and box.y0 >= one.y0 - 2),
            None,
        )
        above = [one for one in block.years if same_columns(one, box) and not follows(one, box)]
        if role in ("実績", "年度ごとの目標") and len(above) > 1:
            sheet.unsure.append(f"「{joined(box.text)}」は二つ以上の年度にまたがります。")
        elif (line and role not in ("達成", "主要な指標")) or role == "年度ごとの目標":
            plan = read_value(sheet, box, heads_of_columns, 種類="年度ごと")
            if box.aligned and heads_of_columns and not {"年度", "年"} & plan.keys():
                # So may what tells the reason of a target, in the column beside those of the years.
                sheet.taken.discard(box)
                continue
            plans.append(plan)
        elif role == "基準" and "基準" not in made:
            made["基準"] = read_value(sheet, box, block.years, _own_year(box, "基準年度", block))
        elif role == "実績":
            value = read_value(sheet, box, heads_of_columns)
            mark = "達成" in heads and _MARK.fullmatch(name_form(box.text))
            if box.aligned and heads_of_columns and (mark or not {"年度", "年"} & value.keys()):
                # Without rules a value below no year may be of another column, and a mark is of that of marks.
                sheet.taken.discard(box)
                continue
            results.append(value)
        elif role == "目標":
            targets.append(read_value(sheet, box, block.years, _own_year(box, "目標年度", block)))
        elif role == "達成" and "達成" not in made:
            cell = sheet.cell(joined(box.text), box)
            made["達成"] = {"判定": cell.pop("値"), **cell}
        elif role == "主要な指標":
            sheet.take(box)
    if targets := targets + plans:
        made["目標"] = targets if len(targets) > 1 else targets[0]
    if results:
        made["実績"] = results if len(results) > 1 else results[0]
    return made


_MARK = re.compile(r"[a-z](?:-\d)?|[○◎△×]")


def _own_year(box: Box, role: str, block: _Block) -> Box | None:
    """Return the year of a value in the column beside it, where years of such values have a column."""
    head = block.heads.get(role)
    if head is None:
        return None
    return next((one for one in block.years if within_columns(one, head) and same_rows(one, box)), None)
