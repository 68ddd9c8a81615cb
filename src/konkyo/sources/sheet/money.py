"""The budget table: figures by year and stage, and those whose cell cannot be told."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypedDict

from konkyo.common.amounts import signed_number
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, exact_digest, key_of, thing
from konkyo.model.records import BudgetFigure
from konkyo.sources.evidence import Cell, as_list
from konkyo.sources.sheet.form import Form

STAGES = {
    "当初予算": "initial",
    "補正予算": "supplementary",
    "繰越し等": "carryover",
    "合計": "total",
    "執行額": "executed",
    "前年度から繰越し": "carryover",
    "翌年度へ繰越し": "carried-forward",
    "予備費等": "reserve",
    "要求額": "requested",
}
MULTIPLIERS = {"円": 1, "千円": 1_000, "百万円": 1_000_000, "億円": 100_000_000}


class Money(NamedTuple):
    """An amount in yen; as stated, with its unit in yen, where that is not yen."""

    yen: int
    stated: Decimal | None
    multiplier: int | None


def read_amount(text: str, unit: str) -> Money | None:
    """Return an amount as sheets write it in their unit, or None for words and for a dash.

    >>> read_amount("△1,200.5", "千円"), read_amount("集計中", "千円"), read_amount("９０", "円")
    (Money(yen=-1200500, stated=Decimal('-1200.5'), multiplier=1000), None, Money(yen=90, stated=None, multiplier=None))
    """
    stated = signed_number(text)
    if stated is None:
        return None
    yen = int((stated * MULTIPLIERS[unit]).to_integral_value(ROUND_HALF_UP))
    return Money(yen, stated, MULTIPLIERS[unit]) if unit != "円" else Money(yen, None, None)


class Amounts(TypedDict):
    """What a figure's record says of its amount."""

    amount: int | None
    fraction: Decimal | None
    multiplier: int | None
    yen: int


def amounts(money: Money) -> Amounts:
    """Return an amount as a figure's record takes it: whole numbers are integers."""
    whole = money.stated is not None and money.stated == int(money.stated)
    return {
        "amount": int(money.stated) if whole and money.stated is not None else None,
        "fraction": None if whole else money.stated,
        "multiplier": money.multiplier,
        "yen": money.yen,
    }


def read_budget(form: Form) -> None:
    """Record every figure of the table. Raises KonkyoError for a year and stage that stands twice."""
    field = "政策の予算額・執行額等"
    budget = form.data.get(field)
    if not budget:
        return
    used: set[IRI] = set()
    for number, cell in enumerate(budget["欄"]):
        path: list[str | int] = [field, "欄", number]
        money = read_amount(cell["値"], budget["単位"])
        if money is None:
            continue  # 集計中, -: what is not known is no figure, and not 0
        year = form.year([*path, "年度"], cell["年度"]) if "年度" in cell else None
        stage = STAGES[cell["区分"]] if "区分" in cell else None
        _budget_certainty(form, path, cell, placed=year is not None and stage is not None)
        key = (
            [key_of(year).split("/")[1], stage] if year and stage else ["unplaced", _place(form, path, cell)]
        )
        figure = thing("budget", form.key, *key)
        for repeat in range(2, 100):
            if figure not in used:
                break
            if year and stage:
                raise form.cells.document.error(
                    path, Words("同じ年度と区分の額が二度あります。", "This year and stage stands twice.")
                )
            figure = thing("budget", form.key, *key[:-1], f"{key[-1]}-{repeat}")
        used.add(figure)
        name = " ".join([cell.get("年度", ""), cell.get("区分", "")]).strip() or "欄不明"
        form.add(
            BudgetFigure(
                iri=figure,
                of=form.measure,
                year=year,
                stage=stage,
                **amounts(money),
                possible_stages=tuple(STAGES[item] for item in cell.get("区分の候補", [])),
                possible_years=tuple(
                    form.year([*path, "年度の候補", position], item)
                    for position, item in enumerate(cell.get("年度の候補", []))
                ),
                certainty=form.cells.certainty(cell),
                evidence=form.cells.evidence(
                    path,
                    cell,
                    f"{field} {name}",
                    *key_of(figure).split("/")[2:],
                    "budget",
                    words=cell["値"],
                ),
            )
        )


def _place(form: Form, path: list[str | int], cell: Cell) -> str:
    """Return what tells a figure of an unknown cell from others: where it stands."""
    if "行" in cell:
        return f"l-{form.cells.lines([*path, '行'], as_list(cell['行'])[0])[0]}"
    return f"p-{exact_digest(as_list(cell['場所'])[0])}"


def _budget_certainty(form: Form, path: list[str | int], cell: Cell, *, placed: bool) -> None:
    """A figure without its year or stage must say so; one with both cannot be unplaced. Raises KonkyoError."""
    partial = "年度" in cell or "区分" in cell
    wanted = ("明白", "配置", "計算") if placed else ("一部",) if partial else ("不明",)
    if cell.get("確度", "配置") not in wanted:
        fault: KonkyoError = form.cells.document.error(
            [*path, "確度"] if "確度" in cell else path,
            Words(
                "年度と区分の分かり方と確度が合いません。",
                "The certainty does not fit what is known of year and stage.",
            ),
            Words(
                f"ここでは確度を{'・'.join(wanted)}にします。",
                f"Here the certainty is one of {', '.join(wanted)}.",
            ),
        )
        raise fault
