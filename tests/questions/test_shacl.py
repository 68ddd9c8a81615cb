"""Shapes as SPARQL find what pySHACL finds, and refuse what they do not know."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rdflib import SH, BNode, Graph
from rdflib.query import Result

from konkyo.common.paths import ontology_dir
from konkyo.model import namespaces
from konkyo.questions import check
from konkyo.questions.shacl import ShapesGraph, UnknownShape, queries
from konkyo.store import EmbeddedStore
from support.rdflib_store import prepared

EXAMPLES = ontology_dir() / "examples"
FILES = sorted(EXAMPLES.glob("*/*.ttl"))
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <https://example.org/> .
"""
Finding = tuple[str, str, str | None]
"""Shape, focus node, value; a blank node is no more than ``_``, since its name is another in each engine."""


def found_by_konkyo(data: EmbeddedStore, shapes: str) -> set[Finding]:
    graph = ShapesGraph(ox.parse(shapes, ox.RdfFormat.TURTLE))
    kind, lower = "https://example.org/Kind", "https://example.org/Lower"
    subclasses = {kind: frozenset({kind, lower})}
    return {
        (query.shape, text(row["this"]), blamed(row["this"], row["value"]))
        for query in queries(graph, subclasses)
        for row in data.select(query.text)
    }


def text(term: ox.Term) -> str:
    return "_" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def blamed(focus: ox.Term, value: ox.Term | None) -> str | None:
    return None if value is None or value == focus else text(value)


class PreparedGraph(Graph):
    """A graph that reads each query text once: pySHACL asks the same one anew for every single node."""

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Result:
        return super().query(prepared(query_object), *args, **kwargs)


def found_by_pyshacl(data: EmbeddedStore, shapes: str) -> set[Finding]:
    # Both engines get what the store holds: it writes 007 as 7.
    lines = "".join(f"{fact.triple} .\n" for fact in data.matching())
    graph = PreparedGraph().parse(data=lines, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=Graph().parse(data=shapes), inplace=True)
    found = set()
    for result in report.objects(None, SH.result):
        shape, focus, value = (report.value(result, p) for p in (SH.sourceShape, SH.focusNode, SH.value))
        focus, value = ("_" if isinstance(term, BNode) else term for term in (focus, value))
        found.add((str(shape), str(focus), None if value is None or value == focus else str(value)))
    return found


def store(triples: Iterable[ox.Triple | ox.Quad]) -> EmbeddedStore:
    data = EmbeddedStore()
    data.add(triples)
    return data


# ---- Each part of SHACL that konkyo's shapes may use ----

DATA = (
    PREFIXES
    + """
:Lower rdfs:subClassOf :Kind .
:one a :Kind ; :p 1 ; :q 2 . :two a :Lower ; :p 1, 5 ; :q 3 . :three a :Kind ; :p 1, 2, 3 ; :q 1.5 .
:none a :Kind . :word a :Kind ; :p "word" ; :q "x" . :iri a :Kind ; :p :one, :other ; :q :one .
:ja a :Kind ; :p "語"@ja, "word"@en-GB . :twice a :Kind ; :p "語"@ja, "言葉"@ja, "a"@en . :mixed a :Kind ; :p "語"@ja, "word", 7 .
:date a :Kind ; :p "2010-06-18"^^xsd:date, "2010-02-30"^^xsd:date ; :q "2011-01-01"^^xsd:date .
:month a :Kind ; :p "2010-06"^^xsd:gYearMonth, "2010"^^xsd:gYear . :bad a :Kind ; :p "abc"^^xsd:integer .
:big a :Kind ; :p 99999999999999999999999 . :half a :Kind ; :p 0.5, -3 ; :q 0.25 . :empty a :Kind ; :p " " .
:chain a :Kind ; :r :chain2 . :chain2 :r :chain3 . :chain3 a :Kind ; :r :chain4 . :chain4 a :Other . :chain5 a :Kind ; :r [ a :Kind ] .
"""
)
CONDITIONS = [
    "sh:path :p ; sh:minCount 1", "sh:path :p ; sh:minCount 3", "sh:path :p ; sh:maxCount 0", "sh:path :p ; sh:maxCount 2",
    "sh:path :p ; sh:class :Kind", "sh:path :r ; sh:class :Other", "sh:class :Lower", "sh:nodeKind sh:IRI", "sh:nodeKind sh:Literal",
    "sh:path :p ; sh:nodeKind sh:IRI", "sh:path :p ; sh:nodeKind sh:Literal", "sh:path :r ; sh:nodeKind sh:BlankNode",
    "sh:path :p ; sh:datatype xsd:integer", "sh:path :p ; sh:datatype xsd:decimal", "sh:path :p ; sh:datatype xsd:date",
    "sh:path :p ; sh:pattern '^[0-9a-f]+$'", "sh:pattern 'on'", "sh:path :p ; sh:minLength 2", "sh:path :p ; sh:minLength 1",
    "sh:path :p ; sh:languageIn ( 'ja' )",
    "sh:path :p ; sh:languageIn ( 'en' 'ja' )", "sh:path :p ; sh:uniqueLang true", "sh:path :p ; sh:in ( 1 :one '語'@ja )",
    "sh:path :p ; sh:hasValue 1", "sh:path :p ; sh:hasValue :one", "sh:path :p ; sh:node [ sh:class :Kind ]",
    "sh:not [ sh:path :p ; sh:minCount 1 ]", "sh:path :p ; sh:not [ sh:datatype xsd:integer ]",
    "sh:or ( [ sh:path :p ; sh:minCount 2 ] [ sh:path :q ; sh:minCount 1 ] )", "sh:path :p ; sh:or ( [ sh:class :Kind ] [ sh:minLength 2 ] )",
    "sh:xone ( [ sh:path :p ; sh:minCount 1 ] [ sh:path :q ; sh:minCount 1 ] [ sh:class :Lower ] )",
    "sh:path :p ; sh:qualifiedValueShape [ sh:languageIn ( 'ja' ) ] ; sh:qualifiedMinCount 1",
    "sh:path :p ; sh:qualifiedValueShape [ sh:languageIn ( 'ja' ) ] ; sh:qualifiedMaxCount 1",
    "sh:path :p ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 2",
    "sh:path [ sh:inversePath :p ] ; sh:minCount 1", "sh:path ( :r :r ) ; sh:maxCount 0", "sh:path [ sh:oneOrMorePath :r ] ; sh:maxCount 1",
    "sh:path [ sh:alternativePath ( :p :q ) ] ; sh:minCount 3", "sh:path ( :r [ sh:inversePath :r ] ) ; sh:minCount 1",
    "sh:node [ sh:property [ sh:path :p ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ] , [ sh:path :q ; sh:minCount 1 ] ]",
    "sh:property :Inner", "sh:property :Inner, :Other",
    "sh:sparql [ sh:select 'SELECT $this ?value { $this <https://example.org/p> ?value FILTER ( isLiteral(?value) && STRLEN(STR(?value)) = 1 ) }' ]",
]  # fmt: skip
INNER = """
:Inner a sh:PropertyShape ; sh:path :p ; sh:minCount 1 ; sh:datatype xsd:integer .
:Other a sh:PropertyShape ; sh:path :q ; sh:maxCount 0 .
"""


@pytest.mark.parametrize("targets", ["sh:targetClass :Kind", "sh:targetSubjectsOf :p", "sh:targetClass :Lower, :Other ; sh:targetSubjectsOf :q, :r"])  # fmt: skip
@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_condition_finds_what_pyshacl_finds(condition: str, targets: str) -> None:
    shapes = f"{PREFIXES}{INNER}:Shape a sh:{'Property' if condition.startswith('sh:path') else 'Node'}Shape ; {targets} ; {condition} ."
    data = store(ox.parse(DATA, ox.RdfFormat.TURTLE))
    assert found_by_konkyo(data, shapes) == found_by_pyshacl(data, shapes)


@pytest.mark.parametrize(
    "condition", ["minInclusive 2", "maxInclusive 1.0", "lessThanOrEquals :q", "lessThanOrEquals :r"]
)
def test_each_comparison_finds_what_pyshacl_finds(condition: str) -> None:
    """But of a date and a number, where pySHACL follows Python; of blank nodes, where it ends; of 65 bits."""
    shapes = f"{PREFIXES}:Shape a sh:PropertyShape ; sh:targetClass :Kind ; sh:path :p ; sh:{condition} ."
    data = store(
        fact
        for fact in ox.parse(DATA, ox.RdfFormat.TURTLE)
        if not isinstance(fact.object, ox.BlankNode)
        and not re.search("/(date|month|big)>", str(fact.subject))
    )
    assert found_by_konkyo(data, shapes) == found_by_pyshacl(data, shapes)


UNKNOWN = [
    "sh:targetNode :one ; sh:class :Kind", "sh:targetObjectsOf :p ; sh:class :Kind", "sh:targetClass :Kind ; sh:closed true",
    "sh:targetClass :Kind ; sh:deactivated true ; sh:class :Kind", "sh:targetClass :Kind ; sh:path :p ; sh:datatype xsd:hexBinary",
    "sh:targetClass :Kind ; sh:minCount 1", "sh:targetClass :Kind ; sh:path :p ; sh:property [ sh:path :q ; sh:minCount 1 ]",
    "sh:targetClass :Kind ; sh:path [ sh:zeroOrMorePath :p ] ; sh:minCount 1", "sh:targetClass :Kind ; sh:property [ sh:path :q ; sh:minCount 1 ]",
    "sh:targetClass :Kind ; sh:or ( [ sh:path :p ; sh:equals :q ] )", "sh:targetClass :Kind ; sh:path :p ; sh:pattern 'A' ; sh:flags 'i'",
    "sh:targetClass :Kind ; sh:sparql [ sh:ask 'ASK {}' ]", "sh:targetClass :Kind ; sh:not [ sh:sparql [ sh:select 'SELECT $this {}' ] ]",
    "sh:targetClass :Kind ; sh:path :p ; sh:minCount :one", "sh:targetClass :Kind ; sh:path :p ; sh:nodeKind sh:IRIOrLiteral",
    "a rdfs:Class ; sh:class :Kind", "sh:targetClass [ ] ; sh:class :Kind", "sh:targetClass :Kind ; sh:node :Nowhere",
]  # fmt: skip


@pytest.mark.parametrize("says", UNKNOWN)
def test_what_is_not_known_is_refused_and_not_left_out(says: str) -> None:
    shapes = ShapesGraph(ox.parse(f"{PREFIXES}:Shape a sh:NodeShape ; {says} .", ox.RdfFormat.TURTLE))
    with pytest.raises(UnknownShape):
        queries(shapes, {})


# ---- konkyo's own shapes ----


@cache
def shapes_text() -> str:
    return (ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")


def joined(files: Iterable[Path]) -> set[ox.Triple]:
    """Return base.ttl and examples in one graph, each example's own names apart from the others'."""
    triples = [quad.triple for quad in ox.parse(path=EXAMPLES / "base.ttl")]
    for file in files:
        example = file.read_text(encoding="utf-8").replace("konkyo/id/ex/", f"konkyo/id/ex/{file.stem}-")
        triples += [quad.triple for quad in ox.parse(example, ox.RdfFormat.TURTLE, rename_blank_nodes=True)]
    return set(triples)


def found(data: EmbeddedStore) -> set[Finding]:
    shape = namespaces.BASE + "shape#"
    return {
        (shape + item.shape, "_" if "/" not in item.focus else item.focus, item.value)
        for item in check._check(data)
    }


def test_the_examples_find_what_pyshacl_finds() -> None:
    data = store([*joined(FILES), *check._terms()])
    by_konkyo = found(data)
    assert len(by_konkyo) >= len(list(EXAMPLES.glob("invalid/*.ttl")))
    assert by_konkyo == found_by_pyshacl(data, shapes_text())


@settings(max_examples=2, deadline=None, phases=[Phase.generate])
@given(st.integers(0, 2**32))
def test_changed_data_find_what_pyshacl_finds(seed: int) -> None:
    """Facts go, come to another owner, lead elsewhere or come twice; a value stays of the kind that its property has.

    What is of another datatype is found by both engines; but what more is found of it depends on how an engine
    compares a word with a number.
    """
    chance = random.Random(seed)
    facts = sorted(joined(chance.sample(FILES, 40)), key=str)
    changed = set(facts)
    for _ in range(100):
        fact = chance.choice(facts)
        same = [other for other in facts if other.predicate == fact.predicate]
        match chance.randrange(4):
            case 0:
                changed.discard(fact)
            case 1:
                changed.discard(fact)
                changed.add(ox.Triple(fact.subject, fact.predicate, chance.choice(same).object))
            case 2:
                changed.add(ox.Triple(fact.subject, fact.predicate, chance.choice(same).object))
            case 3:
                changed.add(ox.Triple(chance.choice(facts).subject, fact.predicate, fact.object))
    data = store([*changed, *check._terms()])
    assert found(data) == found_by_pyshacl(data, shapes_text())
