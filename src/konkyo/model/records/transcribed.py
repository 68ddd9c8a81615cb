"""Records of money and projects as transcribed sheets tell them: the terms are those of the review's files, the places a document's."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from konkyo.model.identifiers import IRI
from konkyo.model.records.base import (
    Certainty,
    EvidenceIris,
    Iri,
    Multiplier,
    Record,
    Stated,
    Text,
    To,
    record,
)
from konkyo.model.records.review import Level, ReviewYear, Yen


@record("kk:Project")
class CitedProject(Record):
    """A project that a measure's sheet lists by the number of its review sheet; which review's is not always said."""

    iri: IRI
    number: Annotated[str, To("dcterms:identifier", "plain")]
    ministry: Annotated[IRI, To("kk:ministry")]


@record("kk:Placement")
class TranscribedPlacement(Record):
    """That a sheet lists a project among the means of its measure."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasLink", "inverse")]
    basis: Annotated[IRI, To("kk:basis")]
    level: Level = "stated"
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:BudgetItem")
class TranscribedItem(Record):
    """One item of a policy's budget: its budget line, its amount, and what is requested for the year after."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasBudgetItem", "inverse")]
    year: Annotated[IRI, To("kk:fiscalYear")]
    account: Annotated[Iri, To("kk:account")] = None
    line: Annotated[IRI, To("kk:budgetLine")]
    stage: Annotated[Text, To("kk:budgetStage", "code")] = None
    supplement: Annotated[Text, To("skos:note", "ja")] = None
    yen: Yen = None
    requested: Annotated[int | None, To("kk:requestedYen", "integer")] = None
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:PaymentBlock")
class TranscribedBlock(Record):
    """A block of payees; its amount and its work where the drawing of the money's flow has a box of it."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasPaymentBlock", "inverse")]
    year: ReviewYear
    number: Annotated[str, To("dcterms:identifier", "plain")]
    role: Annotated[Text, To("dcterms:description", "ja")] = None
    yen: Yen = None
    stated: Stated = None
    multiplier: Multiplier = None
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Payment")
class TranscribedPayment(Record):
    """A payment as a transcribed sheet lists it."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasPayment", "inverse")]
    payee: Annotated[IRI, To("kk:payee")]
    year: ReviewYear
    block: Annotated[Iri, To("kk:block")] = None
    work: Annotated[Text, To("kk:contractSummary", "ja")] = None
    yen: Yen
    stated: Stated = None
    multiplier: Multiplier = None
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Contract")
class TranscribedContract(Record):
    """How a contract behind a payment was awarded; the amount is the payment's."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasContract", "inverse")]
    payee: Annotated[IRI, To("kk:payee")]
    part_of: Annotated[IRI, To("dcterms:isPartOf")]
    method: Annotated[Text, To("kk:contractMethod", "ja")] = None
    bidders: Annotated[int | None, To("kk:bidders", "integer")] = None
    rate: Annotated[Decimal | None, To("kk:bidRate", "decimal")] = None
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:MoneyUse")
class TranscribedUse(Record):
    """What money of a block was used for; its payee where the name above the table is one of the block's payees."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasMoneyUse", "inverse")]
    payee: Annotated[Iri, To("kk:payee")] = None
    item: Annotated[str, To("kk:expenseItem", "ja")]
    use: Annotated[Text, To("kk:use", "ja")] = None
    yen: Yen = None
    stated: Stated = None
    multiplier: Multiplier = None
    certainty: Certainty
    evidence: EvidenceIris
