"""Records of a project's budget as the reviews tell it: amounts by year and stage, accounts, lines and items."""

from __future__ import annotations

from typing import Annotated

from konkyo.model.identifiers import IRI
from konkyo.model.records.base import Column, Iri, Ja, Multiplier, Record, Row, Stated, Text, To, record
from konkyo.model.records.review import Fields, Part, Yen


@record("kk:BudgetFigure")
class ReviewFigure(Record):
    """An amount of one review year, budget year and stage: a total, or an account's part of it. ``stated`` where the unit is not yen.

    A part has the year and the stage of its total, and says neither itself.
    """

    iri: IRI
    of: Annotated[Iri, To("kk:hasBudgetFigure", "inverse")] = None
    part_of: Part = None
    account: Annotated[Iri, To("kk:account")] = None
    year: Annotated[Iri, To("kk:fiscalYear")] = None
    stage: Annotated[Text, To("kk:budgetStage", "code")] = None
    yen: Annotated[int, To("kk:amountYen", "integer")]
    stated: Stated = None
    multiplier: Multiplier = None
    fields: Fields = ()
    evidence: Column
    row: Row


@record("kk:Account")
class Account(Record):
    """A general or special account of the state, with its sub-account."""

    iri: IRI
    ja: Ja


@record("kk:BudgetLine")
class BudgetLine(Record):
    """A line of the state's expenditure budget: 所管, 組織・勘定, 項, 目."""

    iri: IRI
    ja: Ja


@record("kk:BudgetItem")
class BudgetItem(Record):
    """One item of a project's budget in one year: its account, budget line and amounts."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasBudgetItem", "inverse")]
    year: Annotated[IRI, To("kk:fiscalYear")]
    account: Annotated[Iri, To("kk:account")] = None
    line: Annotated[Iri, To("kk:budgetLine")] = None
    stage: Annotated[Text, To("kk:budgetStage", "code")] = None
    stated: Annotated[Text, To("kk:statedText", "ja")] = None
    supplement: Annotated[Text, To("skos:note", "ja")] = None
    yen: Yen = None
    requested: Annotated[int | None, To("kk:requestedYen", "integer")] = None
    fields: Fields = ()
    evidence: Column
    row: Row
