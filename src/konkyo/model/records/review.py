"""Records of the administrative project review (行政事業レビュー): what a row of the RS system's files becomes.

A thing that several files or years name (project, measure, law, payee, unit) carries its names as written, as
alternative labels or by its appearances; which of them it is called by is decided once, over the whole store.
"""

from __future__ import annotations

from typing import Annotated

from konkyo.model.identifiers import IRI
from konkyo.model.records.base import (
    Column,
    EvidenceIris,
    Iri,
    Iris,
    Record,
    Row,
    Text,
    To,
    record,
)

Names = Annotated[tuple[str, ...], To("kk:writtenName", "ja")]
Fields = Annotated[Iris, To("kk:hasField")]
ReviewYear = Annotated[IRI, To("kk:reviewYear")]
Level = Annotated[str, To("kk:claimLevel", "code")]
Url = Annotated[Text, To("schema:url", "uri")]
Part = Annotated[Iri, To("dcterms:isPartOf")]
Yen = Annotated[int | None, To("kk:amountYen", "integer")]
Note = Annotated[Text, To("skos:note", "ja")]


@record("kk:Column", "kk:Evidence")
class TableColumn(Record):
    """A column of a table file: its heading and what holds for all that stands in it, said once."""

    iri: IRI
    source: Annotated[IRI, To("oa:hasSource")]
    heading: Annotated[str, To("kk:column", "ja")]
    review_year: ReviewYear


@record("kk:Evidence")
class Cell(Record):
    """One cell of a table: where a fact has several places, and where its words say more than the fact."""

    iri: IRI
    source: Annotated[IRI, To("oa:hasSource")]
    column: Annotated[IRI, To("kk:inColumn")]
    row: Row
    words: Annotated[Text, To("kk:statedText", "ja")] = None


@record()
class FieldCell(Record):
    """A cell that belongs to a thing, with its words. ``row`` where the thing stands in another row."""

    iri: IRI
    column: Annotated[IRI, To("kk:inColumn")]
    row: Annotated[int | None, To("kk:row", "integer")] = None
    words: Annotated[str, To("kk:statedText", "ja")]


@record()
class RowCount(Record):
    """How many rows a source file has, its header not counted; known when it has been read."""

    iri: IRI
    rows: Annotated[int, To("kk:rowCount", "integer")]


@record("kk:Project")
class Project(Record):
    """A project as any of the files names it; what a year says about it hangs on its appearance."""

    iri: IRI
    number: Annotated[str, To("dcterms:identifier", "plain")]
    names: Names
    ministry: Annotated[IRI, To("kk:ministry")]


@record("kk:Appearance")
class ProjectAppearance(Record):
    """A project as the review sheet of one year shows it."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasAppearance", "inverse")]
    name: Annotated[str, To("kk:statedText", "ja")]
    year: Annotated[IRI, To("kk:fiscalYear")]
    sheet_kind: Annotated[Text, To("kk:sheetKind", "ja")] = None
    status: Annotated[Text, To("kk:projectStatus", "ja")] = None
    summary: Annotated[Text, To("dcterms:description", "ja")] = None
    start: Annotated[Iri, To("kk:startYear")] = None
    end: Annotated[Iri, To("kk:endYear")] = None
    methods: Annotated[tuple[str, ...], To("kk:implementationMethod", "ja")] = ()
    accounts: Annotated[Iris, To("kk:account")] = ()
    url: Url = None
    fields: Fields = ()
    evidence: Column
    row: Row


@record()
class ExpenseCategory(Record):
    """A further 主要経費 of a project's appearance: a row for each."""

    iri: IRI
    category: Annotated[Text, To("kk:expenseCategory", "ja")]


@record()
class HasFields(Record):
    """Further cells of the source that belong to a thing."""

    iri: IRI
    fields: Fields


@record("kk:Policy")
class PolicyNode(Record):
    """A 政策 of a ministry."""

    iri: IRI
    ministry: Annotated[IRI, To("kk:ministry")]


@record("kk:Measure", "kk:Policy")
class MeasureNode(Record):
    """A 施策 of a ministry."""

    iri: IRI
    ministry: Annotated[IRI, To("kk:ministry")]


@record()
class PartOf(Record):
    """That something is part of something else."""

    iri: IRI
    whole: Annotated[IRI, To("dcterms:isPartOf")]


@record("kk:Appearance")
class RecognisedAppearance(Record):
    """A policy or measure as one year's files show it, recognised by a rule as the same over the years."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasAppearance", "inverse")]
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    name: Annotated[str, To("kk:statedText", "ja")]
    year: Annotated[IRI, To("kk:fiscalYear")]
    level: Level = "derived"
    rule: Annotated[IRI, To("kk:rule")]
    evidence: Column
    row: Row


@record("org:Organization")
class NamedMinistry(Record):
    """A ministry that a file names and the registry does not hold."""

    iri: IRI
    names: Names


@record("org:OrganizationalUnit")
class NamedUnit(Record):
    """A bureau, division or agency that a file names, below its ministry."""

    iri: IRI
    names: Names
    unit_of: Annotated[IRI, To("org:unitOf")]
    part_of: Annotated[Iri, To("org:subOrganizationOf")] = None


@record("kk:Responsibility")
class Responsibility(Record):
    """That a unit is in charge of a project in a year."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasLink", "inverse")]
    basis: Annotated[IRI, To("kk:basis")]
    level: Level = "stated"
    evidence: Column
    row: Row


@record("kk:Placement")
class Placement(Record):
    """Where a year's sheet places a project in the policy hierarchy; without ``basis``: it says nowhere."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasLink", "inverse")]
    basis: Annotated[Iri, To("kk:basis")] = None
    stated: Annotated[Text, To("kk:statedText", "ja")] = None
    level: Level = "stated"
    year: ReviewYear
    url: Url = None
    note: Note = None
    evidence: Column
    row: Row


@record("eli:LegalResource")
class Law(Record):
    """A law by its e-Gov id, or, where a file gives none, by its name as written."""

    iri: IRI
    identifier: Annotated[Text, To("dcterms:identifier", "plain")] = None
    local_id: Annotated[Text, To("eli:id_local", "plain")] = None
    note: Note = None


@record()
class LawNames(Record):
    """A law's names as written, and its number in its first spelling."""

    iri: IRI
    names: Names = ()
    number: Annotated[Text, To("eli:number", "ja")] = None


@record()
class UsualName(Record):
    """The form of a thing's name that a file writes most often."""

    iri: IRI
    name: Annotated[str, To("kk:usualName", "ja")]


@record()
class WrittenName(Record):
    """A thing's name as a transcribed sheet writes it."""

    iri: IRI
    names: Annotated[tuple[str, ...], To("kk:writtenName", "ja")]


@record("kk:LegalCitation")
class LegalCitation(Record):
    """A law that a project names as its basis, with the article, paragraph and item as written."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasLink", "inverse")]
    basis: Annotated[IRI, To("kk:basis")]
    stated: Annotated[str, To("kk:statedText", "ja")]
    article: Annotated[Text, To("kk:article", "ja")] = None
    paragraph: Annotated[Text, To("kk:paragraph", "ja")] = None
    item: Annotated[Text, To("kk:item", "ja")] = None
    stated_as: Annotated[str, To("kk:statedAs", "code")] = "legal-ground"
    level: Level = "stated"
    year: ReviewYear
    note: Note = None
    evidence: Column
    row: Row


@record("kk:Citation")
class Citation(Record):
    """A plan, notice or decision exactly as a source cites it."""

    iri: IRI
    text: Annotated[str, To("kk:statedText", "ja")]


@record("kk:Justification")
class CitedPlan(Record):
    """That a source names a plan behind a project, or a decision behind a project or an indicator, and as what."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasJustification", "inverse")]
    basis: Annotated[IRI, To("kk:basis")]
    stated: Annotated[str, To("kk:statedText", "ja")]
    stated_as: Annotated[str, To("kk:statedAs", "code")]
    level: Level = "stated"
    year: ReviewYear
    url: Url = None
    evidence: Column
    row: Row


@record()
class CitedPlace(Record):
    """A place in a document as a link's source names it, with the address given there: one link may name several."""

    iri: IRI
    place: Annotated[Text, To("kk:statedPlace", "ja")] = None
    url: Url = None
    evidence: EvidenceIris


@record("kk:ProjectRelation")
class ProjectRelation(Record):
    """That a sheet names another project as related, and how; without ``basis`` only its name is known."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasLink", "inverse")]
    basis: Annotated[Iri, To("kk:basis")] = None
    stated: Annotated[Text, To("kk:statedText", "ja")] = None
    relation: Annotated[Text, To("kk:relation", "ja")] = None
    level: Level = "stated"
    evidence: Column
    row: Row


@record("kk:Project")
class NamedProject(Record):
    """A project known only because another one's sheet names it; its ministry is not said there."""

    iri: IRI
    number: Annotated[str, To("dcterms:identifier", "plain")]
    names: Names


@record("kk:SubsidyRule")
class SubsidyRule(Record):
    """Who is subsidised, at which rate, up to which limit."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasSubsidyRule", "inverse")]
    target: Annotated[Text, To("kk:subsidyTarget", "ja")] = None
    rate: Annotated[Text, To("kk:subsidyRate", "ja")] = None
    limit: Annotated[Text, To("kk:subsidyLimit", "ja")] = None
    url: Url = None
    evidence: Column
    row: Row


@record("kk:Assessment")
class Verdict(Record):
    """The review team's verdict on a project."""

    iri: IRI
    assesses: Annotated[IRI, To("kk:assesses")]
    result: Annotated[str, To("kk:result", "code")]
    level: Level = "stated"
    detail: Annotated[Text, To("dcterms:description", "ja")] = None
    part_of: Part = None
    evidence: Column
    row: Row


@record("kk:ProjectReview")
class ProjectReview(Record):
    """A year's review of a project: what was checked, said and answered, as cells of the sheet."""

    iri: IRI
    of: Annotated[IRI, To("kk:hasReview", "inverse")]
    response: Annotated[Text, To("kk:response", "ja")] = None
    fields: Fields = ()
    evidence: Column
    row: Row


@record()
class OtherNames(Record):
    """Names as written of something that another record defines."""

    iri: IRI
    names: Names
