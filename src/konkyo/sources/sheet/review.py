"""A transcribed review sheet (行政事業レビューシート) to records: a project with its plans, money, results and payees.

Its project is one of its review alone, as those of other single reviews are: that it goes on from another one is a claim.
"""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from konkyo.common.amounts import Count, parse_count
from konkyo.common.name_form import plain_signs
from konkyo.model.identifiers import (
    exact_digest,
    fiscal_year,
    key_of,
    project_of_review,
    thing,
)
from konkyo.model.records import (
    Appearance,
    BudgetFigure,
    Indicator,
    IndicatorValue,
    Justification,
    LogicStep,
    Record,
    ReviewProject,
    WrittenName,
)
from konkyo.sources.evidence import Cell, Cells, as_list
from konkyo.sources.sheet.head import read_source, read_transcription
from konkyo.sources.sheet.money import STAGES, amounts, read_amount
from konkyo.sources.sheet.naming import Naming
from konkyo.sources.sheet.payments import Owner, read_payments

PLANS = "関係する計画、通知等"
_RESULTS = {
    "成果目標及び成果実績（アウトカム）": ("outcome", {"実績": "result", "目標": "target"}),
    "活動指標及び活動実績（アウトプット）": ("output", {"実績": "result", "当初見込み": "target"}),
}


class ReviewForm:
    """A transcribed review sheet; what the functions of this package need of a form."""

    def __init__(self, cells: Cells, naming: Naming, data: Any, status: str | None) -> None:
        self.cells = cells
        self.naming = naming
        self.data = data
        self.key = cells.key
        self.review_status = status
        self.ministry = naming.ministry(data["府省庁"]["値"])
        self.year = cells.fiscal_year(["公開年度", "値"], data["公開年度"]["値"])
        self.number = number_of(data["事業番号"]["値"]) if "事業番号" in data else cells.key
        self.project = project_of_review(self.year, key_of(self.ministry).split("/")[1], self.number)

    def add(self, record: Record) -> None:
        """Add a record to the sheet's graph."""
        self.cells.records.append(record)


def number_of(text: str) -> str:
    """Return a project's number as one text, whichever cells its parts stand in.

    >>> number_of("２０２１　総務 20 0061"), number_of("新27－0001"), number_of("0061")
    ('2021-総務-20-0061', '新27-0001', '0061')
    """
    return re.sub(r"[\s\-‐‑–—―−]+", "-", normalize("NFKC", plain_signs(text)).strip())


def read_review(form: ReviewForm) -> None:
    """Record what a review sheet says."""
    source = read_source(form, form.review_status)
    read_transcription(form, source)
    data, year = form.data, fiscal_year(form.year)
    form.add(ReviewProject(iri=form.project, number=form.number, ministry=form.ministry, year=year))
    name = data["事業名"]
    form.add(WrittenName(iri=form.project, names=(name["値"],)))
    evidence = form.cells.evidence(["事業名"], name, "事業名", "name", words=name["値"])
    for field in ("府省庁", "事業の目的", "事業概要", "根拠法令", "担当部局庁", "担当課室"):
        if cell := data.get(field):
            evidence += form.cells.evidence([field], cell, field, f"x{exact_digest(field)}")
    form.add(
        Appearance(
            iri=thing("appearance", form.key),
            of=form.project,
            number=data["事業番号"]["値"] if "事業番号" in data else None,
            name=name["値"],
            year=year,
            certainty=form.cells.certainty(name),
            evidence=evidence,
        )
    )
    _plans(form)
    _money(form)
    for field, (kind, roles) in _RESULTS.items():
        for number, cell in enumerate(data.get(field, []), start=1):
            _result(form, field, number, cell, kind, roles)
    read_payments(form, Owner(form.project, year))


def _plans(form: ReviewForm) -> None:
    for number, cell in enumerate(form.data.get(PLANS, [])):
        path: list[str | int] = [PLANS, number]
        date = form.cells.date([*path, "年月日"], cell["年月日"]) if "年月日" in cell else None
        basis = form.naming.document(cell["名称"], date)
        key = key_of(basis).split("/", 1)[1]
        form.add(
            Justification(
                iri=thing("link", form.key, "justification", "project", key),
                owner=form.project,
                basis=basis,
                level="stated",
                stated_as="related-plan",
                certainty=form.cells.certainty(cell),
                evidence=form.cells.evidence(path, cell, PLANS, "plan", key, words=cell["名称"]),
            )
        )


def _money(form: ReviewForm) -> None:
    budget = form.data.get("予算額・執行額")
    if not budget:
        return
    for number, cell in enumerate(budget["欄"]):
        path: list[str | int] = ["予算額・執行額", "欄", number]
        money = read_amount(cell["値"], budget["単位"])
        if money is None or "年度" not in cell or "区分" not in cell:
            continue
        year = form.cells.fiscal_year([*path, "年度"], cell["年度"])
        figure = thing("budget", form.key, year, STAGES[cell["区分"]])
        form.add(
            BudgetFigure(
                iri=figure,
                of=form.project,
                year=fiscal_year(year),
                stage=STAGES[cell["区分"]],
                **amounts(money),
                certainty=form.cells.certainty(cell),
                evidence=form.cells.evidence(
                    path,
                    cell,
                    f"予算額・執行額 {cell['年度']} {cell['区分']}",
                    *key_of(figure).split("/")[2:],
                    "budget",
                    words=cell["値"],
                ),
            )
        )


def _result(form: ReviewForm, field: str, number: int, cell: Cell, kind: str, roles: dict[str, str]) -> None:
    path: list[str | int] = [field, number - 1]
    own = f"{kind}-{number}"
    step = thing("step", form.key, own)
    evidence = form.cells.evidence(path, cell, field, own, words=cell["値"])
    goal = (cell.get("成果目標") or cell.get("活動目標") or cell)["値"]
    form.add(
        LogicStep(
            iri=step,
            ja=goal,
            number=str(number),
            kind=kind,
            of=form.project,
            year=fiscal_year(form.year),
            evidence=evidence,
        )
    )
    indicator = thing("indicator", form.key, own)
    form.add(
        Indicator(
            iri=indicator,
            ja=cell["値"],
            number=str(number),
            of=step,
            certainty=form.cells.certainty(cell),
            evidence=evidence,
        )
    )
    unit = cell.get("単位", {}).get("値")
    for name, role in roles.items():
        for position, value in enumerate(as_list(cell.get(name, []))):
            here = [*path, name, position]
            year = form.cells.fiscal_year([*here, "年度"], value["年度"]) if "年度" in value else None
            iri = thing("value", form.key, own, f"{role}-{year or 'x'}-{position + 1}")
            count = _count(value["値"], unit)
            form.add(
                IndicatorValue(
                    iri=iri,
                    of=indicator,
                    role=role,
                    stated=value["値"] if not unit or unit in value["値"] else f"{value['値']}{unit}",
                    bound=count.bound if count else "qualitative",
                    lower=count.lower if count else None,
                    upper=count.upper if count else None,
                    unit=count.unit if count else None,
                    year=fiscal_year(year) if year else None,
                    certainty=form.cells.certainty(value),
                    evidence=form.cells.evidence(
                        here, value, f"{field} {name}", own, f"{role}-{position + 1}", words=value["値"]
                    ),
                )
            )


def _count(text: str, unit: str | None) -> Count | None:
    """Return a value as a count in its indicator's unit; None for words, and where there is no unit."""
    try:
        count = parse_count(text if not unit or unit in text else f"{text}{unit}")
    except ValueError:
        return None
    return count if count.unit else None
