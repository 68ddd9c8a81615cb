"""5-2 支出ブロックのつながり, 5-3 費目・使途, 5-4 国庫債務負担行為等による契約: where money goes on from 5-1."""

from __future__ import annotations

from collections.abc import Iterator

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, thing
from konkyo.model.records import Contract, FieldCell, IndirectCost, MoneyFlow, MoneyUse, Record
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.importer import Names, RowError
from konkyo.sources.rs.payments import PaymentImporter


class Flows(PaymentImporter):
    """5-2: money from the office in charge or a block to a block, and what the state spends itself."""

    kind = "5-2"

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
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
            kept: list[FieldCell] = []
            from_office = self.flag(row, cells, self._office, kept)
            source, records = self.block(
                owner, number, cells[self._from], "" if from_office else cells[self._from_name].strip()
            )
            target, more = self.block(owner, number, cells[self._to], cells[self._to_name].strip())
            if target is None or (source is None and not from_office and not kept):
                raise RowError(
                    self.heading(self._from),
                    Words("支出元が分かりません。", "Where it comes from is not said."),
                )
            yield from (*records, *more, *kept)
            yield MoneyFlow(
                iri=thing("flow", self.review, number, f"r{row}"),
                source=source,
                office=cells[self._from_name] or None if from_office else None,
                target=target,
                note=cells[self._note] or None,
                fields=tuple(item.iri for item in kept),
                evidence=self.place(self._to),
                row=row,
            )
        if cells[self._cost].strip() or yen is not None:
            yield IndirectCost(
                iri=thing("indirect-cost", self.review, number, f"r{row}"),
                of=owner,
                kind=cells[self._cost] or None,
                use=cells[self._use] or None,
                yen=yen,
                evidence=self.place(self._yen),
                row=row,
            )


class Uses(PaymentImporter):
    """5-3: what payees used money for."""

    kind = "5-3"

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)
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
                    self.heading(self._payee), Words("支出先名がありません。", "The payee has no name.")
                )
            return
        payee, records = self.payee(number, cells[self._payee], cells[self._corporate])
        block, more = self.block(owner, number, cells[self._block])
        yield from (*records, *more)
        yield MoneyUse(
            iri=thing("use", self.review, number, f"r{row}"),
            of=block or owner,
            payee=payee,
            contract=cells[self._contract] or None,
            item=cells[self._item] or None,
            use=cells[self._use] or None,
            yen=yen,
            evidence=self.place(self._yen),
            row=row,
        )


class Contracts(PaymentImporter):
    """5-4: contracts under obligations of several years."""

    kind = "5-4"
    _END = "（国庫債務負担行為等による契約）"

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        super().__init__(layout, year, names)

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
        self._place = at("契約先の所在地")
        self._words = [
            self._place,
            at("契約先の法人種別"),
            at("具体的な契約方式等"),
            at("一者応札・一者応募又は競争性のない随意契約となった理由及び改善策（契約額10億円以上）"),
        ]
        self._flags = [self.column("その他の契約"), at("その他の契約")]

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield one contract; the row of a project that has none is empty."""
        yen = self.yen(cells, self._yen)
        if not cells[self._payee].strip():
            if yen is not None:
                raise RowError(
                    self.heading(self._payee), Words("契約先名がありません。", "The contractor has no name.")
                )
            return
        payee, records = self.payee(number, cells[self._payee], cells[self._corporate], cells[self._place])
        block, more = self.block(owner, number, cells[self._block])
        said = self.fields(row, cells, self._words)
        bidders = self.count(row, cells, self._bidders, said)
        rate = self.rate(row, cells, self._rate, said)
        # A contract that is not "other" says nothing by that.
        for column in self._flags:
            if self.flag(row, cells, column, said):
                said += self.fields(row, cells, [column])
        yield from (*records, *more, *said)
        yield Contract(
            iri=thing("contract", self.review, "5-4", number, f"r{row}"),
            of=block or owner,
            payee=payee,
            summary=cells[self._summary] or None,
            method=cells[self._method] or None,
            bidders=bidders,
            rate=rate,
            yen=yen,
            fields=tuple(item.iri for item in said),
            evidence=self.place(self._yen),
            row=row,
        )
