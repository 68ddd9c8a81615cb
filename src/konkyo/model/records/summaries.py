"""What a build makes of everything it holds, so that a question about all of it need not read all of it."""

from __future__ import annotations

from typing import Annotated

from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.records.base import Iri, Iris, Record, Text, To, record


@record()
class Summaries(Record):
    """The graph of what is made here, and the rules by which."""

    iri: IRI
    rules: Annotated[Iris, To("kk:rule")]


@record("kk:YearlyBudget")
class YearlyBudget(Record):
    """The amounts of a thing that one document tells for one fiscal year, by their stage, in yen; None for what it does not tell."""

    iri: IRI
    owner: Annotated[IRI, To("kk:hasYearlyBudget", "inverse")]
    own_year_of: Annotated[Iri, To("kk:budgetOfReviewYear", "inverse")] = None
    year: Annotated[IRI, To("kk:fiscalYear")]
    source: Annotated[IRI, To("oa:hasSource")]
    initial: Annotated[int | None, To("kk:initialYen", "integer")]
    supplementary: Annotated[int | None, To("kk:supplementaryYen", "integer")]
    carryover: Annotated[int | None, To("kk:carryoverYen", "integer")]
    reserve: Annotated[int | None, To("kk:reserveYen", "integer")]
    total: Annotated[int | None, To("kk:totalYen", "integer")]
    executed: Annotated[int | None, To("kk:executedYen", "integer")]


@record("kk:Gap")
class FoundGap(Record):
    """That something is missing: the rows of its stored query show it."""

    iri: IRI
    kind: Annotated[str, To("kk:kind", "code")]
    about: Annotated[IRI, To("kk:about")]
    year: Annotated[IRI, To("kk:fiscalYear")]


@record("kk:Tally")
class Tally(Record):
    """How many things there are: those that a line of ``summary`` names (``number`` is its place), or those of a class."""

    iri: IRI
    name: Annotated[Words | None, To("skos:prefLabel", "words")] = None
    number: Annotated[Text, To("dcterms:identifier", "plain")] = None
    of_class: Annotated[Iri, To("kk:about")] = None
    count: Annotated[int, To("rdf:value", "integer")]
