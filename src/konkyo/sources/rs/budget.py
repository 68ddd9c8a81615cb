"""2-1 予算・執行_サマリ and 2-2 予算種別・歳出予算項目.

Three years are kept apart: the year of the review (kk:reviewYear), the year of the budget (kk:fiscalYear), and
the year in which money was asked for: 翌年度要求額 is a figure of the year after the budget year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, exact_digest, thing
from konkyo.model.records import Account, BudgetItem, BudgetLine, Record, ReviewFigure
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.importer import Importer, Names, RowError
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.sources.rs.wording import choices

# The key in the IRI, the stage, the column of the total row.
TOTALS = (
    ("initial", "initial", "当初予算（合計）"),
    ("supplementary", "supplementary", "補正予算（合計）"),
    ("carryover", "carryover", "前年度からの繰越し（合計）"),
    ("reserve", "reserve", "予備費等（合計）"),
    ("total", "total", "計（歳出予算現額合計）"),
    ("executed", "executed", "執行額（合計）"),
    ("carried-forward", "carried-forward", "翌年度への繰越し(合計）"),
    ("requested", "requested", "翌年度要求額（合計）"),
)
# The key of an account's figure, the stage (and key of the total that it is part of), the column.
ACCOUNTS = (
    ("initial", "initial", "当初予算"),
    *((f"supplementary-{n}", "supplementary", f"第{n}次補正予算") for n in range(1, 6)),
    ("carryover", "carryover", "前年度から繰越し"),
    *((f"reserve-{n}", "reserve", f"予備費等{n}") for n in range(1, 5)),
    ("total", "total", "歳出予算現額"),
    ("executed", "executed", "執行額"),
    ("requested", "requested", "翌年度要求額"),
)


class AccountImporter(Importer):
    """What 2-1 and 2-2 share: the account."""

    def account(self, cells: list[str], columns: Sequence[int]) -> tuple[IRI | None, list[Record]]:
        """Return the IRI of the account in 会計区分, 会計 and 勘定, and its record if it is new."""
        parts = [cells[column].strip() for column in columns]
        if not any(parts):
            return None, []
        iri = thing("account", exact_digest(*parts))
        # 一般会計 stands in the first two columns alike.
        label = " ".join(dict.fromkeys(part for part in parts if part))
        return iri, [Account(iri=iri, ja=label)] if self.first(iri) else []


class Summary(AccountImporter):
    """2-1: one total row for a project and budget year, and one row for each account.

    The total row's zeros are figures. In an account's row only the initial budget is one whatever it is: the form
    fills fourteen cells with 0 there, and what is not written as a figure is 0. The review year's execution is
    absent as long as it is 0: the year is not over.
    """

    kind = "2-1"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
        "執行率": Words(
            "執行額と歳出予算現額から計算できる", "can be computed from the execution and the total"
        ),
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._budget_year = self.column("予算年度")
        self._totals = [(key, stage, self.column(name)) for key, stage, name in TOTALS]
        self._accounts = [(key, stage, self.column(name)) for key, stage, name in ACCOUNTS]
        self._account = [self.column(name) for name in ("会計区分", "会計", "勘定")]
        self._total_words = [self.column(name) for name in ("主な増減理由", "その他特記事項")]
        self._wish = self.column("要望額")
        self._account_words = [self.column("備考")]
        self._with_total: set[str] = set()
        self._with_account: set[str] = set()
        self._figures: set[IRI] = set()

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield the figures of a total row, or of an account's row."""
        year = self.year_cell(cells, self._budget_year)
        key = f"{number}/{year}"
        is_total = bool(cells[self._totals[0][2]].strip())
        if is_total:
            amounts = [self.yen(cells, column) for _, _, column in self._totals]
            if not self.first(f"total {key}"):
                raise RowError(
                    self.heading(self._totals[0][2]),
                    Words(
                        f"事業{number}の{year}年度の合計行が二つあります。",
                        f"Project {number} has two total rows for {year}.",
                    ),
                )
            yield from self._total_row(row, cells, number, owner, year, amounts)
        account_amounts = [self.yen(cells, column) for _, _, column in self._accounts]
        if any(amount is not None for amount in account_amounts):
            yield from self._account_row(row, cells, number, year, account_amounts)
        elif not is_total:
            self.counts["budget-rows-without-amounts"] += 1

    def _total_row(
        self, row: int, cells: list[str], number: str, owner: IRI, year: int, amounts: list[int | None]
    ) -> Iterator[Record]:
        self._with_total.add(f"{number}/{year}")
        said = self.fields(row, cells, self._total_words)
        yield from said
        for (key, stage, column), amount in zip(self._totals, amounts, strict=True):
            if amount is None or self._not_over(stage, year, amount):
                continue
            figure = thing("budget", self.review, number, year, key)
            self._figures.add(figure)
            yield ReviewFigure(
                iri=figure,
                of=owner,
                year=self._year_of(stage, year),
                stage=stage,
                yen=amount,
                fields=tuple(item.iri for item in said) if stage == "total" else (),
                evidence=self.place(column),
                row=row,
            )

    def _account_row(
        self, row: int, cells: list[str], number: str, year: int, amounts: list[int | None]
    ) -> Iterator[Record]:
        account, records = self.account(cells, self._account)
        if account is None and not any(amounts):
            self.counts["budget-rows-without-account-all-zero"] += 1
            return
        yield from records
        self._with_account.add(f"{number}/{year}")
        suffix = account.rsplit("/", 1)[1] if account else "none"
        said = self.fields(row, cells, self._account_words)
        # What is wished for beyond or within the request is not said, so it is kept as words.
        if (self.yen(cells, self._wish) or 0) != 0:
            said += self.fields(row, cells, [self._wish])
        yield from said
        for (key, stage, column), amount in zip(self._accounts, amounts, strict=True):
            if amount is None or self._not_over(stage, year, amount):
                continue
            if amount == 0 and stage != "initial":
                self.counts["zeros-of-accounts-not-written"] += 1
                continue
            total = thing("budget", self.review, number, year, stage)
            known = total in self._figures
            yield ReviewFigure(
                iri=self.unique(row, "budget", number, str(year), key, suffix),
                part_of=total,
                account=account,
                year=None if known else self._year_of(stage, year),
                stage=None if known else stage,
                yen=amount,
                fields=tuple(item.iri for item in said) if stage == "initial" else (),
                evidence=self.place(column),
                row=row,
            )

    def end(self) -> Iterator[Record]:
        """Count the accounts' figures that have no total to be part of."""
        if missing := len(self._with_account - self._with_total):
            self.counts["account-rows-without-total"] = missing
        return iter(())

    def _not_over(self, stage: str, year: int, amount: int) -> bool:
        absent = stage == "executed" and year >= self.year and amount == 0
        if absent:
            self.counts["execution-of-running-year-absent"] += 1
        return absent

    def _year_of(self, stage: str, year: int) -> IRI:
        return self.fiscal(year + 1 if stage == "requested" else year)


_STAGES = choices(
    {
        "当初予算": "initial",
        **{f"第{n}次補正予算": "supplementary" for n in range(1, 10)},
        "前年度から繰越し": "carryover",
        **{f"予備費等{n}": "reserve" for n in range(1, 10)},
    }
)


class Items(AccountImporter):
    """2-2: the items of a project's budget, with the lines of the state budget where they are given."""

    kind = "2-2"
    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        self._budget_year = self.column("予算年度")
        self._account = [self.column(name) for name in ("会計区分", "会計", "勘定")]
        self._stage = self.column("予算種別")
        self._line = [self.column(name) for name in ("所管", "組織・勘定", "項", "目")]
        self._supplement = self.column("歳出予算項目の補足情報")
        self._yen = self.column("予算額（歳出予算項目ごと）")
        self._requested = self.column("翌年度要求額（歳出予算項目ごと）")
        self._note = self.column("備考（歳出予算項目ごと）")

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield one item, and its account and line where they are new."""
        year = self.year_cell(cells, self._budget_year)
        yen, requested = self.yen(cells, self._yen), self.yen(cells, self._requested)
        said = self.fields(row, cells, [self._note])
        stage = self.code(_STAGES, row, cells, self._stage, said)
        account, records = self.account(cells, self._account)
        yield from records
        line = None
        parts = [(self.heading(column), cells[column].strip()) for column in self._line]
        if any(text for _, text in parts):
            line = thing("budget-line", exact_digest(*(text for _, text in parts)))
            if self.first(line):
                yield BudgetLine(iri=line, ja="　".join(f"{name}：{text}" for name, text in parts if text))
        yield from said
        yield BudgetItem(
            iri=thing("budget-item", self.review, number, year, f"r{row}"),
            of=owner,
            year=self.fiscal(year),
            account=account,
            line=line,
            stage=stage,
            stated=cells[self._stage] if stage in ("supplementary", "reserve") else None,
            supplement=cells[self._supplement] or None,
            yen=yen,
            requested=requested,
            fields=tuple(item.iri for item in said),
            evidence=self.place(self._yen),
            row=row,
        )
