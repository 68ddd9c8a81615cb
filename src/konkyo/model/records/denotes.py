"""What a citation denotes: a derived claim of its own, apart from the citation that a source states."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from konkyo.common.dates import PartialDate
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.records.base import Iri, Iris, Ja, Record, Text, To, record


@record("kk:Denotation")
class Denotation(Record):
    """That a citation means an edition (or a strategy): by the rule with its score, or by whom."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasDenotation", "inverse")]
    denotes: Annotated[IRI, To("kk:denotes")]
    level: Annotated[str, To("kk:claimLevel", "code")]
    score: Annotated[Decimal, To("kk:score", "decimal")]
    title: Annotated[str, To("kk:statedText", "ja")]
    place: Annotated[Text, To("kk:statedPlace", "ja")] = None
    rule: Annotated[Iri, To("kk:rule")] = None
    author: Annotated[Iri, To("prov:wasAttributedTo")] = None
    reason: Annotated[Words, To("dcterms:description", "words")]


@record()
class Unidentified(Record):
    """What a citation names beside, or instead of, what it denotes, and of which it is not sure which document it is."""

    iri: IRI
    titles: Annotated[tuple[str, ...], To("kk:unidentifiedText", "ja")]


@record("kk:Strategy")
class CitedStrategy(Record):
    """A plan that no registry holds, known by the titles under which it is cited."""

    iri: IRI
    ja: Ja
    other_names: Annotated[tuple[str, ...], To("skos:altLabel", "ja")] = ()
    kind: Annotated[str, To("kk:kind", "code")]
    editions: Annotated[Iris, To("dcat:hasVersion")] = ()
    note: Annotated[Text, To("skos:note", "ja")] = None


@record("kk:Edition")
class CitedEdition(Record):
    """An edition that is known from citations alone; its date and label only where one of them states it."""

    iri: IRI
    ja: Ja
    title: Annotated[str, To("dcterms:title", "ja")]
    other_names: Annotated[tuple[str, ...], To("skos:altLabel", "ja")] = ()
    issued: Annotated[PartialDate | None, To("dcterms:issued", "date")] = None
    label: Annotated[Text, To("kk:editionLabel", "ja")] = None
