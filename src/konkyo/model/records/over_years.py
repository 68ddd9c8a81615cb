"""What several reviews tell of one thing: a derived claim of its own, apart from what each review states."""

from __future__ import annotations

from typing import Annotated

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.records.base import Column, Iri, Iris, Ja, Record, Row, Text, To, record
from konkyo.model.records.review import Level, ReviewYear


@record("kk:OverYears")
class OverYears(Record):
    """One step or indicator over the years; ``versions`` are those of the reviews, ``ja`` the words of the latest."""

    iri: IRI
    ja: Ja
    level: Annotated[str, To("kk:claimLevel", "code")] = "derived"
    rule: Annotated[IRI, To("kk:rule")]
    versions: Annotated[Iris, To("dcterms:isVersionOf", "inverse")]


@record("kk:Project")
class ReviewProject(Record):
    """A project as the sheet of one review tells it; ``number`` is the sheet's 事業番号, which changes from year to year."""

    iri: IRI
    number: Annotated[str, To("dcterms:identifier", "plain")]
    ministry: Annotated[IRI, To("kk:ministry")]
    year: ReviewYear
    themes: Annotated[tuple[str, ...], To("kk:theme", "code")] = ()


@record("kk:Lineage")
class Lineage(Record):
    """That a project goes on from one of an earlier review; without ``basis`` only the words that name it are known."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasLink", "inverse")]
    basis: Annotated[Iri, To("kk:basis")] = None
    stated: Annotated[Text, To("kk:statedText", "ja")] = None
    level: Level = "stated"
    rule: Annotated[Iri, To("kk:rule")] = None
    reason: Annotated[Words | None, To("dcterms:description", "words")] = None
    author: Annotated[Iri, To("prov:wasAttributedTo")] = None
    derived_from: Annotated[Iris, To("prov:wasDerivedFrom")] = ()
    evidence: Column
    row: Row


@record()
class LineageTarget(Record):
    """Which project it is that a sheet names by its number."""

    iri: IRI
    basis: Annotated[IRI, To("kk:basis")]
