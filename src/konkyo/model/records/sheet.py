"""Records of an evaluation sheet: its measure, objectives, indicators, figures and grounds."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from konkyo.common.dates import PartialDate
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.records.base import (
    Certainty,
    En,
    EvidenceIris,
    Iri,
    Iris,
    Ja,
    Multiplier,
    Record,
    Stated,
    Text,
    To,
    record,
)


@record("kk:EvaluationSheet", "kk:Edition")
class EvaluationSheet(Record):
    """The evaluation sheet as a document: its own year, its author, what it consulted and what it names."""

    iri: IRI
    ja: Ja
    en: En = None
    number: Annotated[str, To("dcterms:identifier", "plain")]
    title: Annotated[str, To("dcterms:title", "ja")]
    year: Annotated[IRI, To("kk:fiscalYear")]
    author: Annotated[Iri, To("dcterms:creator")] = None
    source: Annotated[IRI, To("dcterms:source")]
    cites: Annotated[Iris, To("kk:cites")] = ()
    mentions: Annotated[Iris, To("schema:mentions")] = ()
    status: Annotated[Text, To("kk:reviewStatus", "code")] = None
    certainty: Certainty = None
    evidence: EvidenceIris = ()


@record("kk:Evaluation")
class Evaluation(Record):
    """The act of evaluating: what, of which year, when, with which documents at hand."""

    iri: IRI
    ja: Ja
    en: En = None
    evaluates: Annotated[IRI, To("kk:evaluates")]
    sheet: Annotated[IRI, To("prov:generated")]
    year: Annotated[IRI, To("kk:fiscalYear")]
    date: Annotated[PartialDate | None, To("dcterms:date", "date")] = None
    used: Annotated[Iris, To("prov:used")] = ()
    certainty: Certainty = None
    evidence: EvidenceIris = ()


@record("kk:Measure", "kk:Policy")
class Measure(Record):
    """A policy at the 施策 level of the government-wide form."""

    iri: IRI
    ja: Ja
    en: En = None
    ministry: Annotated[IRI, To("kk:ministry")]
    units: Annotated[Iris, To("kk:responsibleUnit")] = ()
    policy_field: Annotated[Text, To("kk:policyField", "ja")] = None
    summary: Annotated[Text, To("dcterms:description", "ja")] = None
    counterparts: Annotated[Iris, To("kk:counterpart")] = ()
    developed: Annotated[Iris, To("kk:developedCounterpart")] = ()
    developing: Annotated[Iris, To("kk:developingCounterpart")] = ()
    evidence: EvidenceIris = ()


@record("kk:Appearance")
class Appearance(Record):
    """A measure as one document of one year shows it: its number and its name as written there."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasAppearance", "inverse")]
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    name: Annotated[str, To("kk:statedText", "ja")]
    year: Annotated[IRI, To("kk:fiscalYear")]
    note: Annotated[Text, To("skos:note", "ja")] = None
    certainty: Certainty = None
    evidence: EvidenceIris = ()


@record("kk:Objective")
class Objective(Record):
    """A goal of a measure: 基本目標 (``basic-goal``) or 施策目標 (``measure-objective``)."""

    iri: IRI
    ja: Ja
    en: En = None
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    kind: Annotated[str, To("kk:kind", "code")]
    of: Annotated[IRI, To("kk:hasObjective", "inverse")]
    part_of: Annotated[IRI, To("dcterms:isPartOf")]
    note: Annotated[Text, To("skos:note", "ja")] = None
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Indicator")
class Indicator(Record):
    """A measured indicator; a part of another one hangs on that one and on no objective."""

    iri: IRI
    ja: Ja
    en: En = None
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    of: Annotated[Iri, To("kk:hasIndicator", "inverse")] = None
    part_of: Annotated[Iri, To("dcterms:isPartOf")] = None
    note: Annotated[Text, To("skos:note", "ja")] = None
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:IndicatorValue")
class IndicatorValue(Record):
    """A baseline, target or result: its text always, bounds and unit where it is a count."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasValue", "inverse")]
    role: Annotated[str, To("kk:valueRole", "code")]
    stated: Annotated[str, To("kk:statedText", "ja")]
    bound: Annotated[str, To("kk:boundType", "code")]
    lower: Annotated[Decimal | None, To("kk:lowerBound", "decimal")] = None
    upper: Annotated[Decimal | None, To("kk:upperBound", "decimal")] = None
    unit: Annotated[Text, To("schema:unitText", "ja")] = None
    year: Annotated[Iri, To("kk:fiscalYear")] = None
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Count")
class MentionedCount(Record):
    """A number with its unit within the words of a value: what it counts (``ja``); no value of the indicator."""

    iri: IRI
    within: Annotated[IRI, To("kk:mentionsCount", "inverse")]
    ja: Ja
    en: En = None
    stated: Annotated[str, To("kk:statedText", "ja")]
    number: Annotated[Decimal, To("schema:value", "decimal")]
    unit: Annotated[str, To("schema:unitText", "ja")]
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Assessment")
class Assessment(Record):
    """A verdict: stated by the source, or derived by a rule from the figures."""

    iri: IRI
    assesses: Annotated[IRI, To("kk:assesses")]
    result: Annotated[str, To("kk:result", "code")]
    stated: Annotated[Text, To("kk:statedText", "ja")] = None
    level: Annotated[str, To("kk:claimLevel", "code")]
    rule: Annotated[Iri, To("kk:rule")] = None
    derived_from: Annotated[Iris, To("prov:wasDerivedFrom")] = ()
    evidence: EvidenceIris


@record("kk:BudgetFigure")
class BudgetFigure(Record):
    """One amount. Where the unit is not yen, ``amount`` (``fraction``, if it is not whole) times ``multiplier`` is the amount in yen.

    An unplaced one has no year and no stage.
    """

    iri: IRI
    of: Annotated[IRI, To("kk:hasBudgetFigure", "inverse")]
    year: Annotated[Iri, To("kk:fiscalYear")] = None
    stage: Annotated[Text, To("kk:budgetStage", "code")] = None
    amount: Annotated[int | None, To("kk:statedAmount", "integer")] = None
    fraction: Stated = None
    multiplier: Multiplier = None
    yen: Annotated[int, To("kk:amountYen", "integer")]
    possible_stages: Annotated[tuple[str, ...], To("kk:possibleStage", "code")] = ()
    possible_years: Annotated[Iris, To("kk:possibleYear")] = ()
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Justification")
class Justification(Record):
    """A strategy's section (or edition, or strategy) behind a policy element, at a claim level."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasJustification", "inverse")]
    basis: Annotated[IRI, To("kk:basis")]
    level: Annotated[str, To("kk:claimLevel", "code")]
    stated_as: Annotated[str | None, To("kk:statedAs", "code")] = None
    certainty: Certainty = None
    rule: Annotated[Iri, To("kk:rule")] = None
    derived_from: Annotated[Iris, To("prov:wasDerivedFrom")] = ()
    reason: Annotated[Words | None, To("dcterms:description", "words")] = None
    author: Annotated[Iri, To("prov:wasAttributedTo")] = None
    evidence: EvidenceIris


@record("kk:Uptake")
class Uptake(Record):
    """Advice of a panel's report that a source says was used, and how."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasUptake", "inverse")]
    basis: Annotated[IRI, To("kk:basis")]
    level: Annotated[str, To("kk:claimLevel", "code")]
    manner: Annotated[str, To("kk:uptakeManner", "code")]
    stated_as: Annotated[str, To("kk:statedAs", "code")]
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Cooperation")
class Cooperation(Record):
    """An agreement, meeting or initiative with other countries that a source names."""

    iri: IRI
    ja: Ja
    en: En = None
    kind: Annotated[str, To("kk:kind", "code")]
    issued: Annotated[PartialDate | None, To("dcterms:issued", "date")] = None
    counterparts: Annotated[Iris, To("kk:counterpart")] = ()
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Statement")
class Statement(Record):
    """What the sheet says of a thing in prose, summarised: ``advised`` by a report, how it is ``judged``, the ``outlook``."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasStatement", "inverse")]
    kind: Annotated[str, To("kk:kind", "code")]
    summary: Annotated[str, To("dcterms:description", "ja")]
    english: Annotated[Text, To("dcterms:description", "en")] = None
    certainty: Certainty
    evidence: EvidenceIris


@record("kk:Inquiry")
class Inquiry(Record):
    """The inquiry that a report answers, by number and day."""

    iri: IRI
    ja: Ja
    en: En = None
    number: Annotated[str, To("dcterms:identifier", "plain")]
    issued: Annotated[PartialDate, To("dcterms:issued", "date")]
    answer: Annotated[IRI, To("kk:answersInquiry", "inverse")]
    certainty: Certainty
    evidence: EvidenceIris
