"""執行率: what share of an amount was spent, as a sheet tells it and as its own amounts come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from konkyo.common.amounts import signed_amount
from konkyo.common.name_form import name_form
from konkyo.sources.documents import Box
from konkyo.sources.forms.layout import above_in_column, right_of
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.values import NOTHING, head_of
from konkyo.sources.forms.years import written, year_of

# What each share is of: of the total, or of the sum of these stages.
_OF = {"執行率": ("合計",), "当初予算＋補正予算に対する執行額の割合": ("当初予算", "補正予算")}


def read_rates(
    sheet: Sheet, heads: list[Box], amounts: Iterable[dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Return the shares of the budget table by their kind, each with its year; one that does not come out is not plain."""
    stages: dict[str, dict[str, dict[str, Any]]] = {}
    for one in amounts:
        stages.setdefault(one["年度"], {})[one["区分"]] = one
    made: dict[str, list[dict[str, Any]]] = {}
    for kind in sheet.form.data["予算"].get("割合", {}):
        for label in sheet.labelled(sheet.form.spelt("予算", "割合", kind)):
            for box in right_of(label, sheet.rest):
                head = above_in_column(box, heads)
                year = year_of(head_of(head), sheet.near) if head else None
                if year is None or sheet.form.is_label(box):
                    continue
                sheet.take(label)
                if box.text.strip() in NOTHING:
                    sheet.take(box)
                    continue
                cell = {
                    "年度": written(year),
                    **sheet.cell(box.text.strip(), box, certainty=sheet.era_certainty),
                }
                made.setdefault(kind, []).append(cell)
                _check(sheet, kind, cell, stages.get(cell["年度"], {}))
    return made


def _check(sheet: Sheet, kind: str, cell: dict[str, Any], stages: Mapping[str, dict[str, Any]]) -> None:
    """Compare a share with the year's own amounts: within one of its last digit, as sheets round or cut it."""
    spent, *parts = (
        signed_amount(stages[name]["値"]) if name in stages else None for name in ("執行額", *_OF[kind])
    )
    whole = sum(part or 0 for part in parts)
    try:
        stated = Decimal(name_form(cell["値"]).rstrip("%"))
    except InvalidOperation:
        return
    if spent is None or whole == 0 or parts[0] is None:
        return
    exact, digit = Decimal(spent) / whole, Decimal((0, (1,), int(stated.as_tuple().exponent)))
    # A workbook may hold the share itself, where others show percents.
    if not any(abs(value - stated) <= digit for value in (100 * exact, exact)):
        sheet.failed.append(f"{cell['年度']}の{kind}が執行額と予算額から出る割合と合いません。")
        for one in (cell, stages["執行額"]):
            one["確度"] = "配置"
            one["注"] = f"{kind}が額から出る割合と合わない。"
