"""5-1 支出情報: blocks of payees, what each payee was paid in all, and the contracts behind it.

The file says one amount up to three times: on the row of a block, on the rows of its payees, on the rows of their
contracts. Money is counted at the level of payees alone (kk:Payment); a block's amount and a contract's are the same
money, said as a sum and in parts. Where the sums of two levels differ it is counted, and both stay.

A payee is known by its 法人番号 where the check digit is right. Otherwise it is known by its name and place within one
project of one year only: two projects' 「個人Ａ」 are two persons, and nothing is merged by a name. A number of one digit
repeated (9999999999999) is a dummy and names nobody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, exact_digest, is_corporate_number, is_dummy_number, thing
from konkyo.model.records import (
    BlockDetails,
    Contract,
    FieldCell,
    OtherNames,
    Payee,
    Payment,
    PaymentBlock,
    Record,
)
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.importer import Importer, Names, RowError
from konkyo.sources.rs.reasons import DISPLAY_ORDER, OFFICES, SHEET_KIND
from konkyo.sources.rs.wording import says_nothing

_BY_NAME = "法人番号がないため、一つの事業の一つの年度の中でだけ、名称と所在地で区別している。"
_WRONG_NUMBER = "資料の法人番号「{}」は検査数字が合わないため、識別には用いていない。"
_DUMMY_NUMBER = "資料の法人番号「{}」は仮の番号であるため、識別には用いていない。"
_OTHERS = "「その他の支出先」をまとめた行であり、一つの支出先ではない。"


class PaymentImporter(Importer):
    """What the four files of payments share: payees and blocks."""

    not_imported: ClassVar[Mapping[str, Words]] = {
        "シート種別": SHEET_KIND,
        "府省庁の建制順": DISPLAY_ORDER,
        **OFFICES,
    }

    def payee(
        self, number: str, name: str, corporate: str, place: str = "", others_of: str | None = None
    ) -> tuple[IRI, list[Record]]:
        """Return the IRI of a payee, and its records where it is new or has a name that is new here.

        ``others_of`` is the block whose further payees the row takes together.
        """
        name, corporate = name.strip(), unicodedata.normalize("NFKC", corporate).strip()
        note = identifier = None
        known = False
        if others_of is not None:
            iri, note = thing("payee", self.review, number, "others", exact_digest(others_of, name)), _OTHERS
        elif slug := self.names.corporate.get(corporate):
            iri = thing("org", slug)
            known = True
        elif is_corporate_number(corporate):
            iri, identifier = thing("org", "hojin", corporate), corporate
        else:
            # Another file says no place: there, and for persons here, the name is all.
            named = (name, place.strip()) if place.strip() else (name,)
            iri, note = thing("payee", self.review, number, exact_digest(*named)), _BY_NAME
            if is_dummy_number(corporate):
                note = _DUMMY_NUMBER.format(corporate)
                self.counts["rows-with-a-dummy-corporate-number"] += 1
            elif not says_nothing(corporate):
                note = _WRONG_NUMBER.format(corporate)
                self.counts["corporate-numbers-with-wrong-check-digit"] += 1
        if note and (local := self.local_payee(iri, name, note)) is not None:
            return iri, local
        records: list[Record] = []
        if not known and self.first(iri):
            records.append(Payee(iri=iri, identifier=identifier, note=note))
            self.counts["payees-by-corporate-number" if identifier else "payees-by-name-only"] += 1
        if name:
            self.called(iri, name)
        if name and self.first(f"{iri} {name}"):
            records.append(OtherNames(iri=iri, names=(name,)))
        return iri, records

    def local_payee(self, iri: IRI, name: str, note: str) -> list[Record] | None:
        """Return the records of a payee without a number; None where several files name it, and its names are gathered."""
        return None

    def block(self, owner: IRI, number: str, key: str, name: str = "") -> tuple[IRI | None, list[Record]]:
        """Return the IRI of a block (``A``, ``AB``), and its records where it or its name is new."""
        key = unicodedata.normalize("NFKC", key).strip()
        if not key:
            return None, []
        slug = key.lower() if key.isascii() and key.isalnum() else f"x-{exact_digest(key)}"
        iri = thing("block", self.review, number, slug)
        records: list[Record] = []
        if self.first(iri):
            records.append(PaymentBlock(iri=iri, of=owner, year=self.review_year, number=key))
        if name and self.first(f"{iri} {name}"):
            records.append(OtherNames(iri=iri, names=(name,)))
        return iri, records


@dataclass(slots=True)
class _Paid:
    """What the rows of one payee in a block say: the payment of its total row, the totals and contracts in yen."""

    payment: IRI | None = None
    total: int | None = None
    contracts: int | None = None


@dataclass(slots=True)
class _Block:
    """What the rows of one block say."""

    total: int | None = None
    payees: dict[IRI, _Paid] = field(default_factory=dict)


class Payments(PaymentImporter):
    """5-1: blocks, their payees with what each was paid in all, and the contracts behind it."""

    kind = "5-1"

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
        at = self.column
        self._block, self._block_name = at("支出先ブロック番号"), at("支出先ブロック名")
        self._count, self._role = at("支出先の数"), at("事業を行う上での役割")
        self._block_yen = at("ブロックの合計支出額")
        self._payee, self._corporate = at("支出先名"), at("法人番号")
        self._place, self._kind, self._others = at("所在地"), at("法人種別"), at("その他支出先")
        self._paid = at("支出先の合計支出額")
        self._contract, self._yen = at("契約概要"), at("金額")
        self._method, self._bidders, self._rate = at("契約方式等"), at("入札者数"), at("落札率")
        self._words = [
            at("具体的な契約方式等"),
            at("一者応札・一者応募又は競争性のない随意契約となった理由及び改善策（支出額10億円以上）"),
        ]
        self._other_contract = at("その他の契約")
        # The blocks of the project that is being read.
        self._blocks: dict[IRI | None, _Block] = {}
        self._project = ""

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield a block, what a payee was paid in all, or a contract."""
        block_yen, paid, yen = (self.yen(cells, at) for at in (self._block_yen, self._paid, self._yen))
        named = bool(cells[self._payee].strip())
        if not named and (paid is not None or yen is not None):
            raise RowError(
                self.heading(self._payee), Words("支出先名がありません。", "The payee has no name.")
            )
        if number != self._project:
            self._compare()
            self._project = number
        block, records = self.block(owner, number, cells[self._block], cells[self._block_name].strip())
        yield from records
        of_block = (self._block_name, self._block_yen, self._count, self._role)
        if block and any(cells[column].strip() for column in of_block):
            yield from self._block_row(row, cells, block, block_yen)
        if not named:
            if block is None:
                self.counts["project-without-payments"] += 1
            return
        kept: list[FieldCell] = []
        others = self.flag(row, cells, self._others, kept)
        payee, records = self.payee(
            number,
            cells[self._payee],
            cells[self._corporate],
            cells[self._place],
            cells[self._block].strip() if others else None,
        )
        yield from records
        about = self.fields(row, cells, [self._place, self._kind]) + kept
        if others:
            about += self.fields(row, cells, [self._others])
        held = self._blocks.setdefault(block, _Block()).payees.setdefault(payee, _Paid())
        if paid is not None:
            yield from self._payment(row, owner, number, block, payee, paid, about, held)
            about = []
        if yen is not None or cells[self._contract].strip():
            yield from self._contract_row(row, cells, owner, number, block, payee, yen, about, held)
        elif paid is None:
            yield from self._named_only(row, cells, block, held)

    def end(self) -> Iterator[Record]:
        """Compare the sums of the last project."""
        self._compare()
        return iter(())

    def _block_row(self, row: int, cells: list[str], block: IRI, yen: int | None) -> Iterator[Record]:
        kept: list[FieldCell] = []
        if not self.first(f"details {block}"):
            # A second row of a block says another amount of it: as words, so that the block has but one.
            self.counts["block-rows-repeated"] += 1
            yield from self.beside(block, self.fields(row, cells, [self._block_yen]))
            return
        count = self.count(row, cells, self._count, kept)
        yield from kept
        yield BlockDetails(
            iri=block,
            role=cells[self._role].strip() or None,
            count=count,
            yen=yen,
            fields=tuple(item.iri for item in kept),
            evidence=self.place(self._block_name),
            row=row,
        )
        self.counts["payment-blocks"] += 1
        self._blocks.setdefault(block, _Block()).total = yen

    def _payment(
        self,
        row: int,
        owner: IRI,
        number: str,
        block: IRI | None,
        payee: IRI,
        yen: int,
        about: list[FieldCell],
        held: _Paid,
    ) -> Iterator[Record]:
        payment = thing("payment", self.review, number, f"r{row}")
        yield from about
        yield Payment(
            iri=payment,
            of=owner,
            payee=payee,
            block=block,
            yen=yen,
            fields=tuple(item.iri for item in about),
            evidence=self.place(self._paid),
            row=row,
        )
        self.counts["payments"] += 1
        held.payment, held.total = payment, (held.total or 0) + yen

    def _contract_row(
        self,
        row: int,
        cells: list[str],
        owner: IRI,
        number: str,
        block: IRI | None,
        payee: IRI,
        yen: int | None,
        about: list[FieldCell],
        held: _Paid,
    ) -> Iterator[Record]:
        said = about + self.fields(row, cells, self._words)
        bidders = self.count(row, cells, self._bidders, said)
        rate = self.rate(row, cells, self._rate, said)
        if self.flag(row, cells, self._other_contract, said):
            said += self.fields(row, cells, [self._other_contract])
        yield from said
        yield Contract(
            iri=thing("contract", self.review, "5-1", number, f"r{row}"),
            of=block or owner,
            payee=payee,
            part_of=held.payment,
            summary=cells[self._contract].strip() or None,
            method=cells[self._method].strip() or None,
            bidders=bidders,
            rate=rate,
            yen=yen,
            fields=tuple(item.iri for item in said),
            evidence=self.place(self._contract),
            row=row,
        )
        self.counts["contracts"] += 1
        if held.payment is None:
            self.counts["contracts-without-payee-total"] += 1
        held.contracts = (held.contracts or 0) + (yen or 0)

    def _named_only(self, row: int, cells: list[str], block: IRI | None, held: _Paid) -> Iterator[Record]:
        """A payee without an amount adds nothing where its total is told; else its name is kept with the block."""
        self.counts["payee-rows-without-amount"] += 1
        if held.payment is None and block:
            yield from self.beside(block, [self.field(row, self._payee, cells[self._payee])])

    def _compare(self) -> None:
        """Count the sums of the project just read that differ between two levels."""
        for block in self._blocks.values():
            totals = [paid.total for paid in block.payees.values() if paid.total is not None]
            if block.total is not None and totals and block.total != sum(totals):
                self.counts["blocks-that-differ-from-their-payees"] += 1
            for paid in block.payees.values():
                if paid.total is not None and paid.contracts is not None and paid.total != paid.contracts:
                    self.counts["payees-that-differ-from-their-contracts"] += 1
        self._blocks.clear()
