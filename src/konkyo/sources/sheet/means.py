"""達成手段 and 予算科目: the projects by which a measure is carried out, and the lines of the budget that a policy is made of.

A project is what a review has a sheet of, so a means is one where its row cites the number of one review sheet. Its row places
it under the measure. All other means stay in the transcription.
"""

from __future__ import annotations

import re
from collections import Counter

from konkyo.model.identifiers import (
    IRI,
    exact_digest,
    fiscal_year,
    key_of,
    part_of_iri,
    project_of_review,
    thing,
)
from konkyo.model.records import (
    Account,
    BudgetFigure,
    BudgetLine,
    CitedProject,
    ReviewProject,
    TranscribedItem,
    TranscribedPlacement,
    WrittenName,
)
from konkyo.sources.evidence import Cell
from konkyo.sources.sheet.form import Form
from konkyo.sources.sheet.money import STAGES, Money, amounts, read_amount
from konkyo.sources.sheet.review import number_of

MEANS, NUMBER, REVIEW, ITEMS = "達成手段", "事業番号", "事業番号の年度", "予算科目"
# 0061, 0061-2, 新27-0001, 2021-総務-20-0061, 2023-こども-新22-0005.
_NUMBER = re.compile(r"(?:20\d\d-(?P<office>[^-\d]{1,6})-)?(?:新?\d{2}-)?\d{3,4}(?:-\d{1,2})?")


def read_means(form: Form) -> None:
    """Record the projects that the means of a measure are, where the sheet cites the number of their review sheet."""
    review = form.data.get(REVIEW)
    year = form.cells.fiscal_year([REVIEW, "値"], review["値"]) if review else None
    cited = [_number(form, cell) for cell in form.data.get(MEANS, [])]
    told = Counter(cited)
    for place, (cell, number) in enumerate(zip(form.data.get(MEANS, []), cited, strict=True)):
        # A number on two rows: which amounts are whose cannot be told.
        if number and told[number] == 1:
            _project(form, place, cell, number, year)


def _number(form: Form, cell: Cell) -> str | None:
    """Return the one number of a review sheet that a row cites; one of another ministry's sheet is no project of this one."""
    if NUMBER not in cell:
        return None
    number = number_of(cell[NUMBER]["値"])
    match = _NUMBER.fullmatch(number)
    if not match or (match["office"] and not _is_short_for(match["office"], form.data["府省庁"]["値"])):
        return None
    return number


def _is_short_for(short: str, name: str) -> bool:
    """Return whether a ministry's name has the signs of a short one in their order: 厚労 is 厚生労働省, 府 is 内閣府."""
    signs = iter(name)
    return all(sign in signs for sign in short)


def _project(form: Form, place: int, cell: Cell, number: str, year: int | None) -> None:
    path: list[str | int] = [MEANS, place]
    key = ("means", str(place + 1))
    if year is None:
        project = thing("project", form.key, part_of_iri(number))
        form.add(CitedProject(iri=project, number=number, ministry=form.ministry))
    else:
        project = project_of_review(year, key_of(form.ministry).split("/")[1], number)
        form.add(ReviewProject(iri=project, number=number, ministry=form.ministry, year=fiscal_year(year)))
    form.add(WrittenName(iri=project, names=(cell["値"],)))
    evidence = form.cells.evidence(path, cell, MEANS, *key, words=cell["値"])
    evidence += form.cells.evidence(
        [*path, NUMBER], cell[NUMBER], f"{MEANS} {NUMBER}", *key, "number", words=cell[NUMBER]["値"]
    )
    form.add(
        TranscribedPlacement(
            iri=thing("link", form.key, "placement", place + 1),
            owner=project,
            basis=form.measure,
            certainty=form.cells.certainty(cell),
            evidence=evidence,
        )
    )
    _amounts(form, path, cell, project, key)


def _amounts(form: Form, path: list[str | int], cell: Cell, project: IRI, key: tuple[str, ...]) -> None:
    """Record a project's amounts; of a year and stage that two cells tell, none is known to be it."""
    told = Counter((one.get("年度"), one.get("区分")) for one in cell.get("額", []))
    for place, one in enumerate(cell.get("額", [])):
        money = _money(one)
        if money is None or told[one["年度"], one["区分"]] > 1:
            continue
        here = [*path, "額", place]
        year, stage = form.cells.fiscal_year([*here, "年度"], one["年度"]), STAGES[one["区分"]]
        own = (*key, str(year), stage)
        form.add(
            BudgetFigure(
                iri=thing("budget", form.key, *own),
                of=project,
                year=fiscal_year(year),
                stage=stage,
                **amounts(money),
                certainty=form.cells.certainty(one),
                evidence=form.cells.evidence(
                    here, one, f"{MEANS} {one['年度']} {one['区分']}", *own, words=one["値"]
                ),
            )
        )


def _money(cell: Cell) -> Money | None:
    """Return an amount whose unit, year and stage are told, else None."""
    whole = all(part in cell for part in ("単位", "年度", "区分"))
    return read_amount(cell["値"], cell["単位"]) if whole else None


def read_items(form: Form) -> None:
    """Record the budget items of a policy: an item has the amount of a year, and the request for the year after."""
    for place, cell in enumerate(form.data.get(ITEMS, [])):
        path: list[str | int] = [ITEMS, place]
        years = _years(form, path, cell)
        line, account = _line(form, cell), _account(form, cell)
        evidence = form.cells.evidence(path, cell, ITEMS, "item", str(place + 1), words=cell["値"])
        number = cell.get("整理番号", {}).get("値")
        for year, told in sorted(years.items()):
            places = evidence
            for stage, (position, one, _) in told.items():
                here = [*path, "額", position]
                own = ("item", str(place + 1), str(year), stage)
                places += form.cells.evidence(
                    here, one, f"{ITEMS} {one['年度']} {one['区分']}", *own, words=one["値"]
                )
            initial, requested = told.get("initial"), told.get("requested")
            form.add(
                TranscribedItem(
                    iri=thing("budget-item", form.key, place + 1, year),
                    of=form.measure,
                    year=fiscal_year(year),
                    account=account,
                    line=line,
                    stage="initial" if initial else None,
                    supplement=f"整理番号：{number}" if number else None,
                    yen=initial[2].yen if initial else None,
                    requested=requested[2].yen if requested else None,
                    certainty=form.cells.certainty((initial or requested or (0, cell, 0))[1]),
                    evidence=places,
                )
            )


def _years(form: Form, path: list[str | int], cell: Cell) -> dict[int, dict[str, tuple[int, Cell, Money]]]:
    """Return the amounts of an item by the year of its initial budget and by stage; what is requested is for the year after."""
    years: dict[int, dict[str, tuple[int, Cell, Money]]] = {}
    twice: set[tuple[int, str]] = set()
    for position, one in enumerate(cell.get("額", [])):
        money = _money(one)
        stage = STAGES[one["区分"]] if money else ""
        if money is None or stage not in ("initial", "requested"):
            continue
        year = form.cells.fiscal_year([*path, "額", position, "年度"], one["年度"])
        year -= stage == "requested"
        if stage in years.setdefault(year, {}):
            twice.add((year, stage))
        years[year][stage] = (position, one, money)
    for year, stage in twice:
        del years[year][stage]
    return {year: told for year, told in years.items() if told}


_PARTS = ("組織／勘定", "項")


def _line(form: Form, cell: Cell) -> IRI:
    """Record the line of the budget: the ministry's, since two may have parts of the same names."""
    parts = [(part, cell[part]["値"]) for part in _PARTS if part in cell]
    parts.append(("事項", cell["値"]))
    line = thing(
        "budget-line", exact_digest(key_of(form.ministry), *(f"{name}：{text}" for name, text in parts))
    )
    form.add(BudgetLine(iri=line, ja="　".join(f"{name}：{text}" for name, text in parts)))
    return line


def _account(form: Form, cell: Cell) -> IRI | None:
    """Record the account. 一般会計 is that of the review's files, which write it twice."""
    if "会計" not in cell:
        return None
    label = cell["会計"]["値"].strip()
    label = "一般会計" if label == "一般" else label
    account = thing("account", exact_digest(*((label, label, "") if label == "一般会計" else (label,))))
    form.add(Account(iri=account, ja=label))
    return account
