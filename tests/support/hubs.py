"""Graphs in which one thing has very many of something, put to the shapes: ``python -m tests.support.hubs KIND NUMBER``.

Prints how many rows each SPARQL constraint gave. A constraint that joins everything of an owner with everything of
it does not end here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pyoxigraph as ox

from konkyo.model.namespaces import ID, PREFIXES
from konkyo.questions import check
from konkyo.store import EmbeddedStore


def years(number: int) -> Iterator[str]:
    """One project with so many fiscal years; the last one's total is wrong."""
    for key in range(number):
        yield from _budget(f"fy/{key}", key, wrong=key == number - 1)


def reviews(number: int) -> Iterator[str]:
    """One project with one fiscal year in so many reviews, of which the last has a wrong total."""
    for key in range(number):
        yield from _budget("fy/one", key, wrong=key == number - 1)


def _budget(year: str, key: int, *, wrong: bool) -> Iterator[str]:
    for stage, yen in (("total", 7 if wrong else 6), ("initial", 1), ("supplementary", 2), ("carryover", 3)):
        yield f"<p> kk:hasBudgetFigure <{key}/{stage}> . <{key}/{stage}> a kk:BudgetFigure ; kk:budgetStage c:{stage} ."
        yield f"<{key}/{stage}> kk:fiscalYear <{year}> ; kk:amountYen {yen} ."
    if wrong:
        # The build adds this to each total that differs from the stages of its document.
        yield f"<{key}/total> kk:sumOfStages 6 ."
    yield f"<p> kk:totalBudget <{key}/total> ; kk:initialBudget <{key}/initial> ."
    if year != "fy/one" or wrong:
        yield f"<p> kk:latestInitialBudget <{key}/initial> ."


def citations(number: int) -> Iterator[str]:
    """One project with so many citations, each of another section; the last link was rejected."""
    for key in range(number):
        level = "c:rejected" if key == number - 1 else "c:stated"
        yield f"<p> kk:hasJustification <link/{key}> ; kk:justifiedBy <section/{key}>, <edition/{key}>, <strategy/{key}> ; kk:statedBasis <cited/{key}> ."
        yield f"<link/{key}> a kk:Justification ; kk:claimLevel {level} ; kk:basis <cited/{key}> ."
        yield f"<link/{key}> kk:basisStrategy <strategy/{key}> ; kk:basisEdition <edition/{key}> ; kk:basisSection <section/{key}> ; kk:denotationLevel c:derived ."
        yield f"<cited/{key}> kk:hasDenotation <means/{key}> . <means/{key}> kk:denotes <section/{key}> ; kk:claimLevel c:derived ."
        yield f"<section/{key}> a kk:Section ; dcterms:isPartOf <edition/{key}> . <strategy/{key}> dcat:hasVersion <edition/{key}> ."
        yield f"<p> kk:hasUptake <advice/{key}> ; kk:informedBy <report/{key}> . <advice/{key}> a kk:Uptake ; kk:claimLevel {level} ; kk:basis <report/{key}> ."


def citing(number: int) -> Iterator[str]:
    """So many projects that cite one edition; the last link was rejected."""
    yield "<strategy> a kk:Strategy ; dcat:hasVersion <edition> . <edition> a kk:Edition ."
    for key in range(number):
        level = "c:rejected" if key == number - 1 else "c:stated"
        yield f"<p/{key}> kk:hasJustification <link/{key}> ; kk:justifiedBy <edition>, <strategy> ; kk:statedBasis <cited/{key}> ."
        yield f"<link/{key}> a kk:Justification ; kk:claimLevel {level} ; kk:basis <cited/{key}> ."
        yield f"<link/{key}> kk:basisStrategy <strategy> ; kk:basisEdition <edition> ; kk:denotationLevel c:derived ."
        yield f"<cited/{key}> kk:hasDenotation <means/{key}> . <means/{key}> kk:denotes <edition> ; kk:claimLevel c:derived ."


def editions(number: int) -> Iterator[str]:
    """One strategy with so many editions; the last is another's."""
    for key in range(number):
        yield f"<strategy{'/other' if key == number - 1 else ''}> dcat:hasVersion <edition/{key}> ."
        yield f"<strategy> dcat:hasVersion <before/{key}> . <edition/{key}> dcat:previousVersion <before/{key}> ."


def parts(number: int) -> Iterator[str]:
    """So many figures, each with a part that has year and stage of it; the last one has no stage."""
    for key in range(number):
        stage = "" if key == number - 1 else "kk:budgetStage c:total ; "
        yield f"<whole/{key}> a kk:BudgetFigure ; {stage}kk:fiscalYear <fy> . <part/{key}> a kk:BudgetFigure ; dcterms:isPartOf <whole/{key}> ."


KINDS = {kind.__name__: kind for kind in (years, reviews, citations, citing, editions, parts)}
_CORE = {"parts": "BudgetPlaced"}
"""The shapes without SPARQL that a kind is for."""


def rows(kind: str, number: int) -> dict[str, int]:
    """Return what each SPARQL constraint, or the shape that the kind is for, finds in such a graph."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    data = EmbeddedStore()
    data.add(ox.parse(prefixes + "\n".join(KINDS[kind](number)), ox.RdfFormat.TURTLE, base_iri=ID))
    data.add(check._terms())
    return {
        query.shape.rpartition("#")[2]: found
        for query in check._queries(check._subclasses(data))
        if (query.text.startswith("PREFIX") or query.shape.endswith(f"#{_CORE.get(kind)}"))
        and (found := sum(1 for _ in data.select(query.text)))
    }


if __name__ == "__main__":
    print(rows(sys.argv[1], int(sys.argv[2])))
