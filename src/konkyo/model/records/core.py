"""Records of the evaluation sheet, the registries and the calendar."""

from __future__ import annotations

from typing import Annotated

from konkyo.common.dates import PartialDate
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.records.base import Certainty, En, EvidenceIris, Iri, Iris, Ja, Record, Text, To, record


@record("kk:SourceFile")
class SourceFile(Record):
    """A file that was read: its official name, its hash (SHA-256, hexadecimal), its lines or rows."""

    iri: IRI
    title: Annotated[str, To("dcterms:title", "plain")]
    sha256: Annotated[str, To("kk:sha256", "plain")]
    line_count: Annotated[int | None, To("kk:lineCount", "integer")] = None
    review_year: Annotated[Iri, To("kk:reviewYear")] = None
    modified: Annotated[PartialDate | None, To("dcterms:modified", "date")] = None
    status: Annotated[Text, To("kk:reviewStatus", "code")] = None


@record("oa:FragmentSelector")
class LineSelector(Record):
    """A range of lines, 1-based and inclusive; ``fragment`` says the same as RFC 5147 does (0-based gaps)."""

    iri: IRI
    first: Annotated[int, To("kk:firstLine", "integer")]
    last: Annotated[int, To("kk:lastLine", "integer")]
    fragment: Annotated[str, To("rdf:value", "plain")]
    conforms_to: Annotated[IRI, To("dcterms:conformsTo")]


@record("oa:FragmentSelector")
class PlaceSelector(Record):
    """A place in a PDF (page and rectangle, RFC 8118) or in a workbook (sheet and cell, as ECMA-376 refers to it)."""

    iri: IRI
    fragment: Annotated[str, To("rdf:value", "plain")]
    conforms_to: Annotated[IRI, To("dcterms:conformsTo")]


@record("kk:Evidence")
class Evidence(Record):
    """A place in a source, the field of the form that stands there, its words, and how surely it was read."""

    iri: IRI
    source: Annotated[IRI, To("oa:hasSource")]
    field: Annotated[str, To("skos:prefLabel", "ja")]
    certainty: Annotated[str, To("kk:readingCertainty", "code")]
    words: Annotated[Text, To("kk:statedText", "ja")] = None
    selector: Annotated[IRI, To("oa:hasSelector")]
    note: Annotated[Text, To("skos:note", "ja")] = None


@record("kk:FiscalYear")
class FiscalYear(Record):
    """April to March; its other names are the short ones and, where the era changes within it, both eras'."""

    iri: IRI
    ja: Ja
    en: En
    other_names: Annotated[tuple[str, ...], To("skos:altLabel", "ja")]
    begin: Annotated[IRI, To("time:hasBeginning")]
    end: Annotated[IRI, To("time:hasEnd")]


@record("time:Instant")
class Instant(Record):
    """A day."""

    iri: IRI
    date: Annotated[PartialDate, To("time:inXSDDate", "date")]


@record("org:Organization")
class Organization(Record):
    """A ministry, or a body that the source names only as the place of another."""

    iri: IRI
    ja: Ja
    en: En = None
    identifier: Annotated[Text, To("org:identifier", "plain")] = None
    part_of: Annotated[Iri, To("org:subOrganizationOf")] = None
    note: Annotated[Text, To("skos:note", "ja")] = None
    evidence: EvidenceIris = ()


@record("org:OrganizationalUnit")
class Unit(Record):
    """A bureau or division: a unit of its ministry, and within another unit a part of that."""

    iri: IRI
    ja: Ja
    en: En = None
    unit_of: Annotated[Iri, To("org:unitOf")] = None
    part_of: Annotated[Iri, To("org:subOrganizationOf")] = None
    note: Annotated[Text, To("skos:note", "ja")] = None


@record("kk:Panel")
class Panel(Record):
    """A council, board or study group whose advice a source names."""

    iri: IRI
    ja: Ja
    en: En = None
    part_of: Annotated[Iri, To("org:subOrganizationOf")] = None


@record("org:Post")
class Post(Record):
    """An office that a person holds; data where a personal name is not."""

    iri: IRI
    ja: Ja
    en: En = None
    unit: Annotated[Iri, To("org:postIn")] = None


@record("prov:Person")
class Person(Record):
    """A person, only where the source names its author."""

    iri: IRI
    ja: Ja
    post: Annotated[Iri, To("org:holds")] = None
    evidence: EvidenceIris = ()


@record("prov:Agent")
class Agent(Record):
    """Whoever answers for a reading."""

    iri: IRI
    ja: Ja
    en: En = None


@record("dcterms:Location")
class Location(Record):
    """A country or region."""

    iri: IRI
    ja: Ja
    en: En = None


@record("kk:Strategy")
class Strategy(Record):
    """A plan over all its editions."""

    iri: IRI
    ja: Ja
    en: En = None
    aliases: Annotated[tuple[str, ...], To("skos:altLabel", "ja")] = ()
    kind: Annotated[str, To("kk:kind", "code")]
    deciders: Annotated[Iris, To("kk:decidedBy")] = ()
    part_of: Annotated[Iri, To("dcterms:isPartOf")] = None
    replaces: Annotated[Iris, To("dcterms:replaces")] = ()
    replaced_by: Annotated[Iris, To("dcterms:isReplacedBy")] = ()
    different_from: Annotated[Iris, To("owl:differentFrom")] = ()
    editions: Annotated[Iris, To("dcat:hasVersion")] = ()
    note: Annotated[Text, To("skos:note", "ja")] = None
    source: Annotated[Text, To("kk:registrationSource", "ja")] = None


@record("kk:Edition")
class Edition(Record):
    """One decided text: of a strategy, or the report of a panel."""

    iri: IRI
    ja: Ja
    en: En = None
    title: Annotated[str, To("dcterms:title", "ja")]
    aliases: Annotated[tuple[str, ...], To("skos:altLabel", "ja")] = ()
    labels: Annotated[tuple[str, ...], To("dcat:version", "plain")] = ()
    issued: Annotated[PartialDate, To("dcterms:issued", "date")]
    modified: Annotated[tuple[PartialDate, ...], To("dcterms:modified", "date")] = ()
    previous: Annotated[Iri, To("dcat:previousVersion")] = None
    creator: Annotated[Iri, To("dcterms:creator")] = None
    url: Annotated[Text, To("schema:url", "uri")] = None
    note: Annotated[Text, To("skos:note", "ja")] = None
    source: Annotated[Text, To("kk:registrationSource", "ja")] = None
    certainty: Certainty = None


@record("kk:Section")
class Section(Record):
    """A chapter, section or item of an edition, below exactly one parent."""

    iri: IRI
    ja: Ja
    en: En = None
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    parent: Annotated[IRI, To("dcterms:isPartOf")]
    note: Annotated[Text, To("skos:note", "ja")] = None


@record("kk:Rule")
class Rule(Record):
    """A rule by which something is derived, named so that it can be shown and disputed."""

    iri: IRI
    name: Annotated[Words, To("skos:prefLabel", "words")]
    definition: Annotated[Words, To("skos:definition", "words")]


@record("prov:Entity")
class GraphSource(Record):
    """What a named graph was made from. Its IRI is the graph's."""

    iri: IRI
    title: Annotated[Words, To("dcterms:title", "words")]
    sources: Annotated[Iris, To("prov:wasDerivedFrom")] = ()


@record("prov:Activity")
class Transcription(Record):
    """That a program transcribed a document, and which version of it."""

    iri: IRI
    ja: Ja
    en: En = None
    used: Annotated[IRI, To("prov:used")]


@record()
class Transcribed(Record):
    """Of a graph that a program wrote from a document: by what it was made, and who has checked it when."""

    iri: IRI
    by: Annotated[IRI, To("prov:wasGeneratedBy")]
    status: Annotated[str, To("kk:reviewStatus", "code")]
    reviewer: Annotated[Iri, To("prov:wasAttributedTo")] = None
    reviewed: Annotated[PartialDate | None, To("dcterms:modified", "date")] = None


@record()
class DocumentUrl(Record):
    """Where a document lies, as one source says that differs from the registry."""

    iri: IRI
    url: Annotated[str, To("schema:url", "uri")]


@record()
class PanelStart(Record):
    """When a panel's deliberation began, as one source says; written about the panel in that source's graph."""

    iri: IRI
    start: Annotated[PartialDate, To("schema:startDate", "date")]
    evidence: EvidenceIris
