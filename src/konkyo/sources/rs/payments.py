"""5-1 支出情報, 5-2 支出ブロックのつながり, 5-3 費目・使途, 5-4 国庫債務負担行為等による契約.

A payee is known by its 法人番号 where the check digit is right. Otherwise it is known by its name within one
project of one year only: two projects' 「個人Ａ」 are two persons, and nothing is merged by a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from konkyo.identifiers import IRI, exact_digest, is_corporate_number, thing
from konkyo.records import (
    BlockDetails,
    Contract,
    IndirectCost,
    MoneyFlow,
    MoneyUse,
    OtherNames,
    Payee,
    Payment,
    PaymentBlock,
    Record,
)
from konkyo.sources.rs.engine import Importer, Names, RowError
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.words import Words

_BY_NAME = "法人番号がないため、一つの事業の一つの年度の中でだけ、名称で区別している。"
_WRONG_NUMBER = "資料の法人番号「{}」は検査数字が合わないため、識別には用いていない。"


class PaymentImporter(Importer):
    """What the four files share: payees and blocks."""

    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def payee(
        self, cells: list[str], number: str, name_at: int, id_at: int, said: tuple[IRI, ...] = ()
    ) -> tuple[IRI, list[Record]]:
        """Return the IRI of a payee, and its records where it is new or has a name that is new here."""
        name, corporate = cells[name_at].strip(), cells[id_at].strip()
        note = identifier = None
        if is_corporate_number(corporate):
            iri, identifier = thing("org", "hojin", corporate), corporate
        else:
            iri = thing("payee", self.review, number, exact_digest(name))
            note = _BY_NAME
            if corporate:
                note = _WRONG_NUMBER.format(corporate)
                self.counts["corporate-numbers-with-wrong-check-digit"] += 1
        records: list[Record] = []
        if self.first(iri):
            records.append(Payee(iri=iri, identifier=identifier, note=note, fields=said))
            self.counts["payees-by-corporate-number" if identifier else "payees-by-name-only"] += 1
        if name:
            self.called(iri, name)
        if name and self.first(f"{iri} {name}"):
            records.append(OtherNames(iri=iri, names=(name,)))
        return iri, records

    def block(self, owner: IRI, number: str, key: str, name: str = "") -> tuple[IRI | None, list[Record]]:
        """Return the IRI of a block (``A``, ``AB``), and its records where it or its name is new."""
        key = key.strip()
        if not key:
            return None, []
        slug = key.lower() if key.isascii() and key.isalnum() else f"x-{exact_digest(key)}"
        iri = thing("block", self.review, number, slug)
        records: list[Record] = []
        if self.first(iri):
            records.append(PaymentBlock(iri=iri, project=owner, year=self.review_year, number=key))
        if name and self.first(f"{iri} {name}"):
            records.append(OtherNames(iri=iri, names=(name,)))
        return iri, records

    def rate(self, cells: list[str], column: int) -> Decimal | None:
        """Return a percentage, or None for an empty cell. Raises RowError."""
        text = cells[column].strip().removesuffix("%")
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise RowError(
                self.columns[column],
                Words(f"「{text}」は率ではありません。", f"{text!r} is no percentage."),
            )
        return value


class Payments(PaymentImporter):
    """5-1: blocks, their payees with what each was paid in all, and the contracts behind it."""

    kind = "5-1"

    def __init__(self, columns: Sequence[str], year: int, names: Names) -> None:
        super().__init__(columns, year, names)
        at = self.column
        self._block, self._block_name = at("支出先ブロック番号"), at("支出先ブロック名")
        self._count, self._role = at("支出先の数"), at("事業を行う上での役割")
        self._block_yen = at("ブロックの合計支出額")
        self._payee, self._corporate = at("支出先名"), at("法人番号")
        self._about = [at("所在地"), at("法人種別"), at("その他支出先")]
        self._paid = at("支出先の合計支出額")
        self._contract, self._yen = at("契約概要"), at("金額")
        self._method, self._bidders, self._rate = at("契約方式等"), at("入札者数"), at("落札率")
        self._words = [
            at("具体的な契約方式等"),
            at("一者応札・一者応募又は競争性のない随意契約となった理由及び改善策（支出額10億円以上）"),
            at("その他の契約"),
        ]

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield a block row, or a payee row: the payment, the contract, or both."""
        block_yen, paid, yen = (self.yen(cells, at) for at in (self._block_yen, self._paid, self._yen))
        count, bidders = self.count(cells, self._count), self.count(cells, self._bidders)
        rate = self.rate(cells, self._rate)
        block, records = self.block(owner, number, cells[self._block], cells[self._block_name])
        yield from records
        if block and (block_yen is not None or count is not None or cells[self._role]):
            evidence = self.evidence(row, self._block_name)
            yield evidence
            yield BlockDetails(
                iri=block,
                role=cells[self._role] or None,
                count=count,
                yen=block_yen,
                evidence=(evidence.iri,),
            )
        if not cells[self._payee].strip():
            return
        about = self.fields(row, cells, self._about)
        payee, records = self.payee(cells, number, self._payee, self._corporate)
        yield from records
        yield from about
        here = tuple(item.iri for item in about)
        payment = None
        if paid is not None:
            evidence = self.evidence(row, self._paid)
            payment = thing("payment", self.review, number, f"r{row}")
            yield evidence
            yield Payment(
                iri=payment,
                of=owner,
                payee=payee,
                block=block,
                yen=paid,
                year=self.review_year,
                fields=here,
                evidence=(evidence.iri,),
            )
        if yen is not None or cells[self._contract].strip():
            said = self.fields(row, cells, self._words)
            evidence = self.evidence(row, self._contract)
            yield evidence
            yield from said
            yield Contract(
                iri=thing("contract", self.review, "5-1", number, f"r{row}"),
                project=owner,
                year=self.review_year,
                block=block,
                payee=payee,
                part_of=payment,
                summary=cells[self._contract] or None,
                method=cells[self._method] or None,
                bidders=bidders,
                rate=rate,
                yen=yen,
                fields=tuple(item.iri for item in said) + (() if payment else here),
                evidence=(evidence.iri,),
            )


class Flows(PaymentImporter):
    """5-2: money from the office in charge or a block to a block, and what the state spends itself."""

    kind = "5-2"

    def __init__(self, columns: Sequence[str], year: int, names: Names) -> None:
        super().__init__(columns, year, names)
        at = self.column
        self._from, self._from_name = at("支出元の支出先ブロック"), at("支出元の支出先ブロック名")
        self._office = at("担当組織からの支出")
        self._to, self._to_name = at("支出先の支出先ブロック"), at("支出先の支出先ブロック名")
        self._note = at("資金の流れの補足情報")
        self._cost, self._use = at("国自らが支出する間接経費"), at("国自らが支出する間接経費の項目")
        self._yen = at("国自らが支出する間接経費の金額")

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield a flow, or a cost of the state itself; the row of a project that has neither is empty."""
        yen = self.yen(cells, self._yen)
        if cells[self._to].strip():
            from_office = cells[self._office].strip().upper() == "TRUE"
            source, records = self.block(
                owner, number, cells[self._from], "" if from_office else cells[self._from_name]
            )
            target, more = self.block(owner, number, cells[self._to], cells[self._to_name])
            if target is None or (source is None and not from_office):
                raise RowError(
                    self.columns[self._from],
                    Words("支出元が分かりません。", "Where it comes from is not said."),
                )
            evidence = self.evidence(row, self._to)
            yield from (*records, *more, evidence)
            yield MoneyFlow(
                iri=thing("flow", self.review, number, f"r{row}"),
                project=owner,
                year=self.review_year,
                source=source,
                office=cells[self._from_name] or None if from_office else None,
                target=target,
                note=cells[self._note] or None,
                evidence=(evidence.iri,),
            )
        if cells[self._cost].strip() or yen is not None:
            evidence = self.evidence(row, self._yen)
            yield evidence
            yield IndirectCost(
                iri=thing("indirect-cost", self.review, number, f"r{row}"),
                project=owner,
                year=self.review_year,
                kind=cells[self._cost] or None,
                use=cells[self._use] or None,
                yen=yen,
                evidence=(evidence.iri,),
            )


class Uses(PaymentImporter):
    """5-3: what payees used money for."""

    kind = "5-3"

    def __init__(self, columns: Sequence[str], year: int, names: Names) -> None:
        super().__init__(columns, year, names)
        at = self.column
        self._block, self._payee = at("支出先ブロック番号"), at("支出先名")
        self._corporate, self._contract = at("法人番号"), at("契約概要")
        self._item, self._use, self._yen = at("費目"), at("使途"), at("金額")

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield one use of money; the row of a project that has none is empty."""
        yen = self.yen(cells, self._yen)
        if not cells[self._payee].strip():
            if yen is not None:
                raise RowError(
                    self.columns[self._payee], Words("支出先名がありません。", "The payee has no name.")
                )
            return
        payee, records = self.payee(cells, number, self._payee, self._corporate)
        block, more = self.block(owner, number, cells[self._block])
        evidence = self.evidence(row, self._yen)
        yield from (*records, *more, evidence)
        yield MoneyUse(
            iri=thing("use", self.review, number, f"r{row}"),
            project=owner,
            year=self.review_year,
            block=block,
            payee=payee,
            contract=cells[self._contract] or None,
            item=cells[self._item] or None,
            use=cells[self._use] or None,
            yen=yen,
            evidence=(evidence.iri,),
        )


class Contracts(PaymentImporter):
    """5-4: contracts under obligations of several years."""

    kind = "5-4"
    _END = "（国庫債務負担行為等による契約）"

    def __init__(self, columns: Sequence[str], year: int, names: Names) -> None:
        super().__init__(columns, year, names)

        def at(name: str) -> int:
            return self.column(name + self._END)

        self._block, self._payee = at("支出先ブロック"), at("契約先名")
        self._corporate = at("契約先の法人番号")
        self._summary, self._yen = at("契約概要（契約名）"), at("契約額")
        self._method, self._bidders, self._rate = (
            at("契約方式等"),
            at("入札者数（応募者数）"),
            at("落札率（％）"),
        )
        self._words = [
            at("契約先の所在地"),
            at("契約先の法人種別"),
            at("具体的な契約方式等"),
            at("一者応札・一者応募又は競争性のない随意契約となった理由及び改善策（契約額10億円以上）"),
        ]
        # f and t: what is not "other" says nothing.
        self._flags = [self.column("その他の契約"), at("その他の契約")]

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield one contract; the row of a project that has none is empty."""
        yen, bidders = self.yen(cells, self._yen), self.count(cells, self._bidders)
        rate = self.rate(cells, self._rate)
        if not cells[self._payee].strip():
            if yen is not None:
                raise RowError(
                    self.columns[self._payee], Words("契約先名がありません。", "The contractor has no name.")
                )
            return
        payee, records = self.payee(cells, number, self._payee, self._corporate)
        block, more = self.block(owner, number, cells[self._block])
        said = self.fields(row, cells, self._words)
        said += [item for item in self.fields(row, cells, self._flags) if item.words != "f"]
        evidence = self.evidence(row, self._yen)
        yield from (*records, *more, *said, evidence)
        yield Contract(
            iri=thing("contract", self.review, "5-4", number, f"r{row}"),
            project=owner,
            year=self.review_year,
            block=block,
            payee=payee,
            summary=cells[self._summary] or None,
            method=cells[self._method] or None,
            bidders=bidders,
            rate=rate,
            yen=yen,
            fields=tuple(item.iri for item in said),
            evidence=(evidence.iri,),
        )
