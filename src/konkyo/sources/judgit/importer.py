"""A sheet to records: the project of its review, its offices, amounts and payees.

Each sheet is a project of its own (``kk:reviewYear``): that it goes on from another one is a claim, and stands elsewhere. Amounts are
told in 百万円; they are stored as stated, and in yen. The source writes 0 where a year has no amount, and so does the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from konkyo.model.graphs import JUDGIT
from konkyo.model.identifiers import IRI, exact_digest, part_of_iri, project_of_review, thing
from konkyo.model.records import (
    Account,
    FieldCell,
    Lineage,
    LocalPayee,
    Payment,
    PaymentBlock,
    ProjectAppearance,
    Record,
    Responsibility,
    ReviewFigure,
    ReviewProject,
)
from konkyo.sources.judgit.form import (
    BUDGET,
    EARLIER,
    LAYOUT,
    MINISTRY,
    NAME,
    NUMBER,
    PAYEES,
    STAGES,
    THEMES,
    UNIT_YEN,
    earlier_words,
)
from konkyo.sources.judgit.reading import Paid, Sheet
from konkyo.sources.judgit.results import ResultImporter
from konkyo.sources.rs.importer import Names
from konkyo.sources.rs.offices import OfficeImporter
from konkyo.sources.rs.payments import PaymentImporter
from konkyo.sources.rs.wording import choice, says_nothing

_WORDS = ("事業目的", "事業ID", "定量的な目標が設定できない理由")
_OFFICES = ("担当部局庁", "担当課室")


class Sheets(ResultImporter, PaymentImporter, OfficeImporter):
    """The sheets of one review year."""

    kind = JUDGIT
    anchor = NUMBER

    def __init__(self, year: int, names: Names) -> None:
        super().__init__(LAYOUT, year, names)
        self._kept: dict[str, list[str]] = {}
        self._own: set[str] = set()

    def sheet(self, row: int, sheet: Sheet) -> Iterator[Record]:
        """Yield the records of the sheet that stands in a line. Its values have been checked: nothing is refused here."""
        self._kept.clear()
        self._own.clear()
        ministry = self.ministry_of(sheet.ministry, self.layout.at[MINISTRY])
        key = f"{ministry}/{part_of_iri(sheet.number)}"
        owner = project_of_review(self.year, ministry, sheet.number)
        yield ReviewProject(
            iri=owner,
            number=sheet.number,
            ministry=thing("org", ministry),
            year=self.review_year,
            themes=self._themes(sheet),
        )
        self.counts["projects"] += 1
        yield from self._offices(row, sheet, ministry, key, owner)
        for budget in sheet.budgets:
            year = self.fiscal(budget.year)
            for field, amount in budget.amounts:
                stage = STAGES[field]
                yield ReviewFigure(
                    iri=self.only("budget", key, str(budget.year), stage),
                    of=owner,
                    year=year,
                    stage=stage,
                    yen=self._yen(amount),
                    stated=amount,
                    multiplier=UNIT_YEN,
                    evidence=self.at(f"{BUDGET}/{field}"),
                    row=row,
                )
        self.counts["figures"] += sum(len(budget.amounts) for budget in sheet.budgets)
        for paid in sheet.payees:
            yield from self._paid(row, paid, key, owner)
        yield from self.results(row, sheet, key, owner)
        yield from self._earlier(row, sheet, key, owner)
        yield from self._appearance(row, sheet, key, owner)

    def at(self, field: str) -> IRI:
        """Return the evidence of a fact that stands in a field of its line."""
        return self.place(self.layout.at[field])

    def only(self, kind: str, *key: str) -> IRI:
        """Return an IRI that no other thing of this sheet has: a number is added to what stands twice."""
        iri = thing(kind, self.review, *key)
        again = 2
        while iri in self._own:
            iri = thing(kind, self.review, *key, f"x{again}")
            again += 1
        self._own.add(iri)
        return iri

    def keep_words(self, field: str, words: str, where: str = "") -> None:
        """Keep words of a field that are not what it should hold, and count them; ``where`` says whose they are."""
        self.wonder(self.layout.at[field], words)
        self._kept.setdefault(field, []).append(f"{where}：{words}" if where else words)

    # --- the parts of a sheet -------------------------------------------------------------------

    def _themes(self, sheet: Sheet) -> tuple[str, ...]:
        """Return the codes of the sheet's themes; a label that the list lacks, or has in other signs, is kept as well."""
        codes: dict[str, None] = {}
        for label in sheet.themes:
            code = THEMES.get(choice(label))
            if code is None:
                self.keep_words("主要施策", label)
            else:
                codes[code] = None
                if label in _FORMER_LABELS:
                    self._kept.setdefault("主要施策", []).append(label)
        self.counts.update({"themes": len(codes)} if codes else {})
        return tuple(codes)

    def _offices(self, row: int, sheet: Sheet, ministry: str, key: str, owner: IRI) -> Iterator[Record]:
        path = [(field, text) for field in _OFFICES if (text := " ".join(sheet.texts[field].split()))]
        if not path:
            return
        unit = yield from self.unit(ministry, [text for _, text in path])
        yield Responsibility(
            iri=self.only("link", key, "office"),
            owner=owner,
            basis=unit,
            evidence=self.at(path[-1][0]),
            row=row,
        )

    def _yen(self, millions: Decimal) -> int:
        """Return an amount in yen. What is stated in fractions of a yen (most are traces of binary fractions) is rounded, and counted."""
        exact = millions * UNIT_YEN
        yen = int(exact.to_integral_value(ROUND_HALF_UP))
        if yen != exact:
            self.counts["amounts-finer-than-a-yen"] += 1
        return yen

    def _paid(self, row: int, paid: Paid, key: str, owner: IRI) -> Iterator[Record]:
        if paid.amount is None:
            self.counts["payee-rows-without-amount"] += 1
            self._kept.setdefault(f"{PAYEES}/支出先名", []).append(f"{paid.block}{paid.number}：{paid.name}")
            return
        block, records = self._block(paid, key, owner)
        yield from records
        payee, records = self.payee(key, paid.name, paid.corporate)
        yield from records
        yield Payment(
            iri=self.only(
                "payment", key, part_of_iri(f"{paid.block}-{paid.number}".lower().strip("-") or "none")
            ),
            of=owner,
            payee=payee,
            block=block,
            number=paid.number or None,
            work=paid.work or None,
            yen=self._yen(paid.amount),
            stated=paid.amount,
            multiplier=UNIT_YEN,
            evidence=self.at(f"{PAYEES}/支出額"),
            row=row,
        )
        self.counts["payments"] += 1

    def _block(self, paid: Paid, key: str, owner: IRI) -> tuple[IRI | None, list[Record]]:
        """Return the block of a payee in its year, and its record where it is new."""
        if not paid.block and paid.year is None:
            return None, []
        year = [str(paid.year)] if paid.year is not None else []
        iri = thing("block", self.review, key, *year, part_of_iri(paid.block.lower() or "none"))
        if iri in self._own:
            return iri, []
        self._own.add(iri)
        self.counts["payment-blocks"] += 1
        paid_in = self.fiscal(paid.year) if paid.year is not None else None
        return iri, [
            PaymentBlock(
                iri=iri, of=owner, year=self.review_year, number=paid.block or "（記載なし）", paid_in=paid_in
            )
        ]

    def local_payee(self, iri: IRI, name: str, note: str) -> list[Record]:
        """Return the record of a payee that is known within this sheet only, where it is new."""
        if iri in self._own:
            return []
        self._own.add(iri)
        self.counts["payees-by-name-only"] += 1
        return [LocalPayee(iri=iri, ja=name, note=note)]

    def _earlier(self, row: int, sheet: Sheet, key: str, owner: IRI) -> Iterator[Record]:
        """Yield the earlier sheets that the sheet names, in its words; which projects they are is told by the build."""
        for earlier in sheet.earlier:
            yield Lineage(
                iri=self.only("lineage", key, "stated", exact_digest(*earlier)),
                owner=owner,
                stated=earlier_words(*earlier),
                evidence=self.at(EARLIER),
                row=row,
            )
            self.counts["earlier-sheets-named"] += 1

    def _appearance(self, row: int, sheet: Sheet, key: str, owner: IRI) -> Iterator[Record]:
        start, end = (self._year_or_words(sheet, field) for field in ("開始年度", "終了年度"))
        accounts = [self._account(label) for label in sheet.accounts]
        yield from (record for _, records in accounts for record in records)
        kept = {field: [text] for field in _WORDS if (text := sheet.texts[field]).strip()}
        for field, words in self._kept.items():
            kept.setdefault(field, []).extend(words)
        fields: list[FieldCell] = [
            self.field(row, self.layout.at[field], "、".join(words)) for field, words in kept.items()
        ]
        yield from fields
        yield ProjectAppearance(
            iri=thing("appearance", self.review, "project", key),
            of=owner,
            name=sheet.name,
            year=self.review_year,
            summary=sheet.texts["事業概要"] or None,
            start=start,
            end=end,
            methods=tuple(dict.fromkeys(sheet.methods)),
            accounts=tuple(dict.fromkeys(iri for iri, _ in accounts)),
            url=sheet.texts["url"].strip() or None,
            fields=tuple(field.iri for field in fields),
            evidence=self.at(NAME),
            row=row,
        )

    def _year_or_words(self, sheet: Sheet, field: str) -> IRI | None:
        text = sheet.texts[field].strip()
        if says_nothing(text):
            return None
        if text.isascii() and text.isdigit() and 1868 <= int(text[:9]) <= 2199:
            return self.fiscal(int(text))
        self.keep_words(field, text)
        return None

    def _account(self, label: str) -> tuple[IRI, list[Record]]:
        """Return an account by its label, and its record where it is new. 一般会計 is that of the RS files, which write it twice."""
        parts = (label, label, "") if label == "一般会計" else (label,)
        iri = thing("account", exact_digest(*parts))
        return iri, [Account(iri=iri, ja=label)] if self.first(iri) else []


_FORMER_LABELS = frozenset({"国土強靭化"})
