"""Where the money of a transcribed review sheet goes: blocks, payees with how they were chosen, and what the money was used for.

Which arrow of the drawing leads where is not read, so no flow between blocks is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from konkyo.common.amounts import parse_count
from konkyo.common.name_form import name_form
from konkyo.common.text import fold, whole
from konkyo.model.identifiers import IRI, exact_digest, is_corporate_number, thing
from konkyo.model.records import (
    LocalPayee,
    Payee,
    TranscribedBlock,
    TranscribedContract,
    TranscribedPayment,
    TranscribedUse,
    WrittenName,
)
from konkyo.sources.evidence import Cell
from konkyo.sources.sheet.form import Transcribing
from konkyo.sources.sheet.money import Money, read_amount

FLOW, PAYEES, USES, HEADS = "資金の流れ", "支出先上位10者リスト", "費目・使途", "表の上の支出先"
_NO_NUMBER = "法人番号の記載がない。"


class Owner(NamedTuple):
    """The project that the money is of, and the year of its review."""

    project: IRI
    review: IRI


def read_payments(form: Transcribing, owner: Owner) -> None:
    """Record the blocks, payees and uses of a review sheet."""
    blocks = _blocks(form, owner)
    payees: dict[tuple[str, str], IRI] = {}
    for number, cell in enumerate(form.data.get(PAYEES, []), start=1):
        payee = _payee(form, cell)
        payees[cell.get("ブロック", ""), name_form(cell["支出先"])] = payee
        _payment(form, owner, blocks.get(cell.get("ブロック", "")), number, cell, payee)
    # The name above a table of uses is that of the payee that spent it.
    named = {
        cell["ブロック"]: payees.get((cell["ブロック"], name_form(cell["値"])))
        for cell in form.data.get(HEADS, [])
        if cell["表"] == USES
    }
    for number, cell in enumerate(form.data.get(USES, []), start=1):
        block = cell.get("ブロック", "")
        _use(form, blocks.get(block) or owner.project, number, cell, named.get(block))


def _blocks(form: Transcribing, owner: Owner) -> dict[str, IRI]:
    """Record each block that has a letter; return them by it. Of a letter that two boxes bear no amount is told."""
    places = list(_lettered(form))
    boxes = Counter(cell["ブロック"] for field, _, cell in places if field == FLOW)
    names = Counter(cell["ブロック"] for field, _, cell in places if field == HEADS)
    made: dict[str, IRI] = {}
    for field, number, cell in places:
        letter = cell["ブロック"]
        if letter in made:
            continue
        key = ("block", letter.lower())
        iri = made[letter] = thing(key[0], form.key, key[1])
        box = cell if field == FLOW and boxes[letter] == 1 else {}
        money = _money(box.get("額"))
        evidence = form.cells.evidence([field, number], cell, field, *key, words=_words(cell))
        for part in ("方式", "業務"):
            if said := box.get(part):
                evidence += form.cells.evidence(
                    [field, number, part], said, f"{field} {part}", *key, exact_digest(part), words=said["値"]
                )
        form.add(
            TranscribedBlock(
                iri=iri,
                of=owner.project,
                year=owner.review,
                number=letter,
                role=box["業務"]["値"] if "業務" in box else None,
                yen=money.yen if money else None,
                stated=money.stated if money else None,
                multiplier=money.multiplier if money else None,
                certainty=form.cells.certainty(cell),
                evidence=evidence,
            )
        )
        if box or (field == HEADS and names[letter] == 1):
            form.add(WrittenName(iri=iri, names=(cell["値"],)))
    return made


def _lettered(form: Transcribing) -> Iterator[tuple[str, int, Cell]]:
    """Yield what bears the letter of a block, the boxes of the drawing first: field, place in it, cell.

    What stands above a table of uses is the name of one payee, and not the block's.
    """
    for field in (FLOW, HEADS, PAYEES, USES):
        for number, cell in enumerate(form.data.get(field, [])):
            if "ブロック" in cell and not (field == HEADS and cell["表"] == USES):
                yield field, number, cell


def _words(cell: Cell) -> str:
    words: str = cell.get("値") or cell["支出先"]
    return words


def _payee(form: Transcribing, cell: Cell) -> IRI:
    """Record who was paid: by its corporate number, else by its name within this sheet."""
    name, corporate = cell["支出先"], fold(cell.get("法人番号", {}).get("値", ""))
    if is_corporate_number(corporate):
        payee = thing("org", "hojin", corporate)
        form.add(Payee(iri=payee, identifier=corporate))
        form.add(WrittenName(iri=payee, names=(name,)))
        return payee
    payee = thing("payee", form.key, exact_digest(name_form(name)))
    form.add(LocalPayee(iri=payee, ja=name, note=_NO_NUMBER))
    return payee


def _payment(
    form: Transcribing, owner: Owner, block: IRI | None, number: int, cell: Cell, payee: IRI
) -> None:
    """Record what a payee was paid, and how its contract was awarded; without an amount nothing is told of it."""
    money = _money(cell.get("支出額"))
    if money is None:
        return
    payment = thing("payment", form.key, number)
    evidence = form.cells.evidence(
        [PAYEES, number - 1], cell, PAYEES, "payee", str(number), words=cell["支出先"]
    )
    paid = cell["支出額"]
    if "場所" in paid or "行" in paid:
        evidence += form.cells.evidence(
            [PAYEES, number - 1, "支出額"],
            paid,
            f"{PAYEES} 支出額",
            "payee",
            str(number),
            "paid",
            words=paid["値"],
        )
    form.add(
        TranscribedPayment(
            iri=payment,
            of=owner.project,
            payee=payee,
            year=owner.review,
            block=block,
            work=cell.get("業務概要", {}).get("値"),
            yen=money.yen,
            stated=money.stated,
            multiplier=money.multiplier,
            certainty=form.cells.certainty({**cell, **paid}),
            evidence=evidence,
        )
    )
    fields = [field for field in ("契約方式等", "入札者数", "落札率") if field in cell]
    if not fields:
        return
    places: tuple[IRI, ...] = ()
    for field in fields:
        said, key = cell[field], exact_digest(field)
        places += form.cells.evidence(
            [PAYEES, number - 1, field],
            said,
            f"{PAYEES} {field}",
            "payee",
            str(number),
            key,
            words=said["値"],
        )
    form.add(
        TranscribedContract(
            iri=thing("contract", form.key, number),
            of=block or owner.project,
            payee=payee,
            part_of=payment,
            method=cell["契約方式等"]["値"] if "契約方式等" in cell else None,
            bidders=_bidders(cell.get("入札者数")),
            rate=_percent(cell.get("落札率")),
            certainty=form.cells.certainty(cell[fields[0]]),
            evidence=places,
        )
    )


def _use(form: Transcribing, holder: IRI, number: int, cell: Cell, payee: IRI | None) -> None:
    money = _money(cell.get("金額"))
    form.add(
        TranscribedUse(
            iri=thing("use", form.key, number),
            of=holder,
            payee=payee,
            item=cell["値"],
            use=cell["使途"]["値"] if "使途" in cell else None,
            yen=money.yen if money else None,
            stated=money.stated if money else None,
            multiplier=money.multiplier if money else None,
            certainty=form.cells.certainty(cell),
            evidence=form.cells.evidence(
                [USES, number - 1], cell, USES, "use", str(number), words=cell["値"]
            ),
        )
    )


def _money(cell: Cell | None) -> Money | None:
    """Return an amount with its unit, or None for words and where no unit is told."""
    return read_amount(cell["値"], cell["単位"]) if cell and "単位" in cell else None


def _bidders(cell: Cell | None) -> int | None:
    return whole(fold(cell["値"]).rstrip("者社"), 5) if cell else None


def _percent(cell: Cell | None) -> Decimal | None:
    """Return a rate in percent; a number without the sign may be a share, and is not told."""
    try:
        count = parse_count(cell["値"]) if cell else None
    except ValueError:
        return None
    return count.lower if count and count.bound == "exact" and count.unit == "%" else None
