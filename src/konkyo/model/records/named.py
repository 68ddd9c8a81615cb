"""Things that a sheet names and no registry holds: known by their names as written.

Several sheets may name one thing in several spellings; :mod:`konkyo.build.preferred_labels` chooses the label.
"""

from __future__ import annotations

from typing import Annotated

from konkyo.common.dates import PartialDate
from konkyo.model.identifiers import IRI
from konkyo.model.records.base import Iri, Iris, Record, Text, To, record

Names = Annotated[tuple[str, ...], To("kk:writtenName", "ja")]
NOT_REGISTERED = "登録簿にないもの。名称は評価書による。"


@record("kk:Strategy")
class NamedStrategy(Record):
    """A plan, known by the title that a sheet gives it."""

    iri: IRI
    names: Names
    kind: Annotated[str, To("kk:kind", "code")] = "other"
    editions: Annotated[Iris, To("dcat:hasVersion")] = ()
    note: Annotated[Text, To("skos:note", "ja")] = NOT_REGISTERED


@record("kk:Edition")
class NamedEdition(Record):
    """An edition of a plan, known by a date or a label, or the report of a panel."""

    iri: IRI
    names: Names
    title: Annotated[str, To("dcterms:title", "ja")]
    of: Annotated[Iri, To("dcat:hasVersion", "inverse")] = None
    issued: Annotated[PartialDate | None, To("dcterms:issued", "date")] = None
    label: Annotated[Text, To("kk:editionLabel", "ja")] = None
    creator: Annotated[Iri, To("dcterms:creator")] = None
    note: Annotated[Text, To("skos:note", "ja")] = NOT_REGISTERED


@record("kk:Speech", "kk:Edition")
class NamedSpeech(Record):
    """A speech in the Diet, known by its session or its date, by house and by whose office it is."""

    iri: IRI
    names: Names
    title: Annotated[str, To("dcterms:title", "ja")]
    of: Annotated[Iri, To("dcat:hasVersion", "inverse")] = None
    label: Annotated[Text, To("kk:editionLabel", "ja")] = None
    session: Annotated[int | None, To("kk:dietSession", "integer")] = None
    house: Annotated[Text, To("kk:dietHouse", "ja")] = None
    office: Annotated[Text, To("kk:speakerOffice", "ja")] = None
    issued: Annotated[PartialDate | None, To("dcterms:issued", "date")] = None
    note: Annotated[Text, To("skos:note", "ja")] = NOT_REGISTERED


@record("kk:Section")
class NamedSection(Record):
    """A section, known by its number and words as a sheet cites them."""

    iri: IRI
    names: Names
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    parent: Annotated[IRI, To("dcterms:isPartOf")]


@record("kk:Panel")
class NamedPanel(Record):
    """A council, board or study group."""

    iri: IRI
    names: Names


@record("dcterms:Location")
class NamedPlace(Record):
    """A country or region."""

    iri: IRI
    names: Names
