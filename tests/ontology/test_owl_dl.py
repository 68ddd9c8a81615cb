"""The files of the vocabulary are OWL 2 DL in structure: rdflib scripts for the rules of the mapping to RDF graphs.

https://www.w3.org/TR/owl2-mapping-to-rdf/ and section 11 of https://www.w3.org/TR/owl2-syntax/. rdf:langString, which RDF 1.1 has and
the datatype map of OWL 2 lacks, is the one exception. HermiT, run by hand, finds the vocabulary, its mappings and the example
consistent and every class satisfiable.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef
from rdflib.term import Literal, Node

from konkyo.common.paths import ontology_dir

FILES = ("konkyo.ttl", "codes.ttl", "mappings.ttl", "usage.ttl")
KINDS = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
DATATYPES = {
    *(XSD[n] for n in ("string", "integer", "decimal", "double", "float", "boolean", "dateTime", "anyURI")),
    *(XSD[n] for n in ("nonNegativeInteger", "positiveInteger", "int", "long", "hexBinary", "token")),
    RDF.langString,
}
BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(XSD))
AXIOMS = {
    *(
        RDF.type,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.domain,
        RDFS.range,
        OWL.disjointWith,
        OWL.inverseOf,
    ),
    *(OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget),
}
ANNOTATIONS = {
    *(RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso, OWL.versionInfo, OWL.priorVersion),
    *(OWL.incompatibleWith, OWL.deprecated, OWL.versionIRI),
}


def kinds(graph: Graph, term: Node) -> set[Node]:
    return set(graph.objects(term, RDF.type)) & KINDS


def undeclared_classes(graph: Graph) -> list[Node]:
    """What stands where a class must stand is declared as one."""
    used = set(graph.subjects(RDFS.subClassOf)) | set(graph.objects(None, RDFS.subClassOf))
    used |= set(graph.subjects(OWL.disjointWith)) | set(graph.objects(None, OWL.disjointWith))
    used |= set(graph.objects(None, RDFS.domain))
    used |= {o for s, o in graph.subject_objects(RDFS.range) if OWL.ObjectProperty in kinds(graph, s)}
    used |= {o for o in graph.objects(None, RDF.type) if not str(o).startswith(BUILT_IN)}
    return sorted(node for node in used if (node, RDF.type, OWL.Class) not in graph)


def wrong_datatypes(graph: Graph) -> list[Node]:
    """The range of a data property is a datatype of OWL 2."""
    ranges = (o for s, o in graph.subject_objects(RDFS.range) if OWL.DatatypeProperty in kinds(graph, s))
    return sorted(set(ranges) - DATATYPES)


def properties_of_two_kinds(graph: Graph) -> list[Node]:
    """No IRI is two kinds of property, nor a class and a datatype."""
    several = [term for term in set(graph.subjects(RDF.type)) if len(kinds(graph, term)) > 1]
    return sorted(
        several + [t for t in graph.subjects(RDF.type, OWL.Class) if (t, RDF.type, RDFS.Datatype) in graph]
    )


def undeclared_properties(graph: Graph) -> list[Node]:
    """Every predicate is an axiom's, an annotation of OWL's, or declared."""
    used = set(graph.predicates()) - AXIOMS - ANNOTATIONS
    return sorted(term for term in used if not kinds(graph, term))


def mixed_hierarchies(graph: Graph) -> list[Node]:
    """A property and the one above it are of one kind; so are inverses, which are object properties."""
    mixed = [s for s, o in graph.subject_objects(RDFS.subPropertyOf) if kinds(graph, s) != kinds(graph, o)]
    mixed += [
        s
        for s, o in graph.subject_objects(OWL.inverseOf)
        if not kinds(graph, s) == kinds(graph, o) == {OWL.ObjectProperty}
    ]
    return sorted(mixed)


def wrong_characteristics(graph: Graph) -> list[Node]:
    """Only object properties are inverse functional and the like; no annotation property is anything of that kind."""
    object_only = (OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty)
    object_only += (OWL.SymmetricProperty, OWL.TransitiveProperty, OWL.ReflexiveProperty)
    wrong = [
        s for k in object_only for s in graph.subjects(RDF.type, k) if kinds(graph, s) != {OWL.ObjectProperty}
    ]
    wrong += [
        s
        for s in graph.subjects(RDF.type, OWL.FunctionalProperty)
        if not kinds(graph, s) & {OWL.ObjectProperty, OWL.DatatypeProperty}
    ]
    return sorted(wrong)


def complex_properties(graph: Graph) -> list[Node]:
    """A property that is transitive, or above one that is, may not be functional, inverse functional, irreflexive or asymmetric."""
    complex_ones = set(graph.subjects(RDF.type, OWL.TransitiveProperty)) | set(
        graph.subjects(OWL.propertyChainAxiom)
    )
    above = {o for s in complex_ones for o in graph.transitive_objects(s, RDFS.subPropertyOf)}
    restricted = (
        OWL.FunctionalProperty,
        OWL.InverseFunctionalProperty,
        OWL.IrreflexiveProperty,
        OWL.AsymmetricProperty,
    )
    return sorted(term for term in above if set(graph.objects(term, RDF.type)) & set(restricted))


def wrong_values(graph: Graph) -> list[Node]:
    """An object property leads to things, a data property to literals."""
    return sorted(
        p
        for _, p, o in graph
        if (OWL.ObjectProperty in kinds(graph, p) and isinstance(o, Literal))
        or (OWL.DatatypeProperty in kinds(graph, p) and not isinstance(o, Literal))
    )


def subjects_of_the_language(graph: Graph) -> list[Node]:
    """Nothing is said of a term of RDF, RDFS, OWL or XML Schema."""
    return sorted(s for s in set(graph.subjects()) if isinstance(s, URIRef) and s.startswith(BUILT_IN[0]))


PREFIXES = """@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
RULES: list[tuple[Callable[[Graph], list[Node]], str]] = [
    (undeclared_classes, "kk:Measure rdfs:subClassOf kk:Nowhere ."),
    (wrong_datatypes, "kk:amountYen rdfs:range xsd:date ."),
    (properties_of_two_kinds, "dcterms:creator a owl:ObjectProperty ."),
    (undeclared_properties, "kk:Measure dcterms:audience kk:Policy ."),
    (mixed_hierarchies, "kk:decidedBy rdfs:subPropertyOf dcterms:creator ."),
    (wrong_characteristics, "kk:amountYen a owl:InverseFunctionalProperty ."),
    (complex_properties, "kk:leadsTo a owl:TransitiveProperty ."),
    (wrong_values, "kk:Measure kk:hasObjective 'text' ."),
    (subjects_of_the_language, "rdf:langString a rdfs:Datatype ."),
]


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES], ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("file", [*FILES, "all"])
def test_owl_2_dl(file: str, rule: Callable[[Graph], list[Node]]) -> None:
    """Each file is, and all of them together are, in the structure of OWL 2 DL."""
    graph = Graph()
    for name in FILES if file == "all" else (file,):
        graph.parse(ontology_dir() / name)
    if file == "mappings.ttl" and rule in (undeclared_classes, undeclared_properties):
        graph.parse(ontology_dir() / "konkyo.ttl")  # whose terms it maps
    assert rule(graph) == []


@pytest.mark.parametrize(("rule", "wrong"), RULES, ids=[rule.__name__ for rule, _ in RULES])
def test_a_breach_would_be_found(rule: Callable[[Graph], list[Node]], wrong: str, ontology: Graph) -> None:
    broken = (ontology + Graph()).parse(data=PREFIXES + wrong, format="turtle")
    assert rule(broken)
