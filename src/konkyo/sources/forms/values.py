"""A value of an indicator with its year: the one that its cell states, the one beside it, or the one that heads its column."""

from __future__ import annotations

import re
from typing import Any

from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import above_in_column, joined, same_rows
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.years import calendar_year, written, year_of

NOTHING = frozenset({"", "-", "－", "―", "ー", "—", "‐", "／", "/", "\\", "＼"})
_IN_CELL = re.compile(
    r"(.+?)\s*[（(【\[]\s*((?:令和|平成|昭和|[HRＨＲ])?(?:元|[0-9０-９]{1,4})年度?)(?:末|時点)?\s*[）)】\]]\s*",
    re.DOTALL,
)
# A year that the width of its cell breaks: （平成25\n年度）.
_LINE_IN_YEAR = re.compile(r"\n(?=[0-9０-９元年度）)】\]])(?=[^（(【\[]*[）)】\]])")


def head_of(box: Box) -> str:
    """Return what heads a column, without what stands in brackets: 26年度 of 26年度\\n(※記入は任意)."""
    return re.sub(r"[（(].*", "", name_form(box.text))


def is_year(sheet: Sheet, box: Box) -> bool:
    """Return whether a box is a year, fiscal or not."""
    return (
        year_of(head_of(box), sheet.near) is not None or calendar_year(head_of(box), sheet.near) is not None
    )


def read_value(
    sheet: Sheet, box: Box, years: list[Box], own_year: Box | None = None, **more: str
) -> dict[str, Any]:
    """Return a value with its year; ``own_year`` is the cell that states the year of this value alone."""
    text = joined(box.text)
    year: dict[str, str] | None = None
    boxes = [box]
    if match := _IN_CELL.fullmatch(_LINE_IN_YEAR.sub("", box.text)):
        year, inner = _year(sheet, match[2]), joined(match[1])
        text = inner if year else text
    if year is None and own_year is not None:
        year = _year(sheet, head_of(own_year))
        sheet.take(own_year)
    if year is None:
        head = _beside(box, years) or above_in_column(box, years)
        year = _year(sheet, head_of(head)) if head else None
    made = sheet.cell(text.replace("\n", ""), *boxes, certainty=sheet.era_certainty if year else None, **more)
    if year is None:
        sheet.unsure.append(f"「{text}」の年度が分かりません。")
        made["確度"] = "配置"
        return made
    return {"値": made.pop("値"), **year, **made}


def _year(sheet: Sheet, text: str) -> dict[str, str] | None:
    """Return the year that a text is: a fiscal year, or a calendar year as such."""
    if (fiscal := year_of(text, sheet.near)) is not None:
        return {"年度": written(fiscal)}
    if (calendar := calendar_year(text, sheet.near)) is not None:
        return {"年": f"{calendar}年"}
    return None


def _beside(box: Box, years: list[Box]) -> Box | None:
    """Return a year that stands right beside a value in its own row, where rows are years."""
    left = [
        one
        for one in years
        if same_rows(one, box) and one.x1 <= box.x0 + 2 and box.x0 - one.x1 < 25 and one.y1 > box.y0 + 2
    ]
    return max(left, key=lambda one: one.x0, default=None)
