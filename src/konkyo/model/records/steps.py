"""Records of a project's logic model: steps, how they lead on, and what they are measured by."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from konkyo.model.identifiers import IRI
from konkyo.model.records.base import Column, EvidenceIris, Iri, Iris, Ja, Record, Row, Text, To, record
from konkyo.model.records.review import Fields, Level, ReviewYear


@record("kk:LogicStep")
class LogicStep(Record):
    """An activity, output or outcome of a project in one year's sheet. Its name is its text in one line."""

    iri: IRI
    ja: Ja
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    kind: Annotated[Text, To("kk:kind", "code")] = None
    period: Annotated[Text, To("kk:period", "code")] = None
    of: Annotated[IRI, To("kk:hasLogicStep", "inverse")]
    year: ReviewYear
    evidence: EvidenceIris
    row: Annotated[int | None, To("kk:row", "integer")] = None


@record("kk:StepConnection")
class StepConnection(Record):
    """That one step of a logic model leads to another: the later one is the owner, the earlier one the basis."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasLink", "inverse")]
    basis: Annotated[IRI, To("kk:basis")]
    level: Level = "stated"
    reason: Annotated[Text, To("dcterms:description", "ja")] = None
    fields: Fields = ()
    evidence: Column
    row: Row


@record("kk:StepMeasurement")
class StepMeasurement(Record):
    """That a step of a logic model is measured by an indicator of this name; which one it is follows from all files."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasLink", "inverse")]
    stated: Annotated[str, To("kk:statedText", "ja")]
    level: Level = "stated"
    evidence: Column
    row: Annotated[int | None, To("kk:row", "integer")] = None


@record("kk:Indicator")
class StepIndicator(Record):
    """An indicator of a logic step (of the project itself where the source names no step)."""

    iri: IRI
    ja: Ja
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    of: Annotated[IRI, To("kk:hasIndicator", "inverse")]
    direction: Annotated[Text, To("kk:direction", "code")] = None
    target_years: Annotated[Iris, To("kk:targetYear")] = ()
    year: ReviewYear
    fields: Fields = ()
    evidence: Column
    row: Row


@record("kk:IndicatorValue")
class StepValue(Record):
    """A target, result or rate of achievement of a year; words stay words."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasValue", "inverse")]
    role: Annotated[str, To("kk:valueRole", "code")]
    stated: Annotated[str, To("kk:statedText", "ja")]
    bound: Annotated[str, To("kk:boundType", "code")]
    lower: Annotated[Decimal | None, To("kk:lowerBound", "decimal")] = None
    upper: Annotated[Decimal | None, To("kk:upperBound", "decimal")] = None
    unit: Annotated[Text, To("schema:unitText", "ja")] = None
    year: Annotated[Iri, To("kk:fiscalYear")] = None
    evidence: Column
    row: Row
