"""Records of where a project's money goes: blocks of payees, payments, contracts, flows and uses."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from konkyo.model.identifiers import IRI
from konkyo.model.records.base import (
    Column,
    Iri,
    Ja,
    Multiplier,
    Record,
    Row,
    Stated,
    Text,
    To,
    record,
)
from konkyo.model.records.review import Fields, Note, Part, ReviewYear, Yen


@record("org:Organization")
class Payee(Record):
    """Who was paid: by its corporate number, or else by its name within one project and kept apart."""

    iri: IRI
    identifier: Annotated[Text, To("org:identifier", "plain")] = None
    note: Note = None
    fields: Fields = ()


@record("org:Organization")
class LocalPayee(Record):
    """Who was paid, known by its name within one project of one review only."""

    iri: IRI
    ja: Ja
    note: Note


@record("kk:PaymentBlock")
class PaymentBlock(Record):
    """A block of payees in a project's money flow."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasPaymentBlock", "inverse")]
    year: ReviewYear
    number: Annotated[str, To("dcterms:identifier", "plain")]
    paid_in: Annotated[Iri, To("kk:fiscalYear")] = None


@record()
class BlockDetails(Record):
    """What the payments file says about a block. Its amount is what its payees were paid, said once more."""

    iri: IRI
    role: Annotated[Text, To("dcterms:description", "ja")] = None
    count: Annotated[int | None, To("kk:payeeCount", "integer")] = None
    yen: Yen = None
    fields: Fields = ()
    evidence: Column
    row: Row


@record("kk:Payment")
class Payment(Record):
    """What one payee of a block was paid in all: the level at which money is counted."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasPayment", "inverse")]
    payee: Annotated[IRI, To("kk:payee")]
    block: Annotated[Iri, To("kk:block")] = None
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    work: Annotated[Text, To("kk:contractSummary", "ja")] = None
    yen: Yen
    stated: Stated = None
    multiplier: Multiplier = None
    fields: Fields = ()
    evidence: Column
    row: Row


@record("kk:MoneyFlow")
class MoneyFlow(Record):
    """Money that goes from the office in charge, or from one block, to another block."""

    iri: IRI
    source: Annotated[Iri, To("kk:fromBlock")] = None
    office: Annotated[Text, To("kk:fromOffice", "ja")] = None
    target: Annotated[IRI, To("kk:toBlock")]
    note: Note = None
    fields: Fields = ()
    evidence: Column
    row: Row


@record("kk:IndirectCost")
class IndirectCost(Record):
    """What the state itself spends beside a project's payments."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasIndirectCost", "inverse")]
    kind: Annotated[Text, To("kk:expenseItem", "ja")] = None
    use: Annotated[Text, To("kk:use", "ja")] = None
    yen: Yen = None
    evidence: Column
    row: Row


@record("kk:MoneyUse")
class MoneyUse(Record):
    """What a payee used money for: the item and the use; parts of payments, so not to be added to them.

    It hangs on its block, or on the project where no block is named.
    """

    iri: IRI
    of: Annotated[IRI, To("kk:hasMoneyUse", "inverse")]
    payee: Annotated[IRI, To("kk:payee")]
    contract: Annotated[Text, To("kk:contractSummary", "ja")] = None
    item: Annotated[Text, To("kk:expenseItem", "ja")] = None
    use: Annotated[Text, To("kk:use", "ja")] = None
    yen: Yen = None
    evidence: Column
    row: Row


@record("kk:Contract")
class Contract(Record):
    """A contract with a payee; part of what the payee was paid in all, so not to be added to it.

    It hangs on its block, or on the project where no block is named.
    """

    iri: IRI
    of: Annotated[IRI, To("kk:hasContract", "inverse")]
    payee: Annotated[IRI, To("kk:payee")]
    part_of: Part = None
    summary: Annotated[Text, To("kk:contractSummary", "ja")] = None
    method: Annotated[Text, To("kk:contractMethod", "ja")] = None
    bidders: Annotated[int | None, To("kk:bidders", "integer")] = None
    rate: Annotated[Decimal | None, To("kk:bidRate", "decimal")] = None
    yen: Yen = None
    fields: Fields = ()
    evidence: Column
    row: Row
