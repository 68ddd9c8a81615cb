"""The pitfalls of OOPS! and the wishes of LOV that a script can see without a network, each with what would break it.

https://oops.linkeddata.es/catalogue.jsp and the metadata recommendations of Linked Open Vocabularies. Not here, since a script cannot
tell: P01 to P03, P09, P14 to P18, P23, P31, P33. P37 and content negotiation are in the tests of the server.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.term import Literal, Node

from konkyo.common.paths import ontology_dir
from konkyo.model import namespaces

ONTOLOGY = URIRef(namespaces.BASE + "ns")
DCAM = Namespace("http://purl.org/dc/dcam/")
VANN = Namespace("http://purl.org/vocab/vann/")
STATUS = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
PROPERTY = (OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def vocabulary(ontology: Graph) -> Graph:
    """The vocabulary with what the data use, which says more than domains and ranges do."""
    return (ontology + Graph()).parse(ontology_dir() / "usage.ttl")


def ours(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    found = {URIRef(str(s)) for kind in kinds for s in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if str(term).startswith(namespaces.KK))


def local(term: Node) -> str:
    return str(term).removeprefix(namespaces.KK)


def today(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    """Return our terms without inverses, which stand in no data, and without terms of the past."""
    past = {*graph.subjects(OWL.deprecated), *graph.subjects(OWL.inverseOf)}
    return [term for term in ours(graph, *kinds) if term not in past]


def p04_unconnected(g: Graph) -> list[Node]:
    joined = {
        o
        for p in (DCAM.domainIncludes, DCAM.rangeIncludes, RDFS.domain, RDFS.range)
        for o in g.objects(None, p)
    }
    joined |= set(g.objects(None, RDFS.subClassOf))
    return [term for term in ours(g, OWL.Class) if term not in joined]


def p05_wrong_inverses(g: Graph) -> list[Node]:
    pairs = (
        (p, q, a, b)
        for p, q in g.subject_objects(OWL.inverseOf)
        for a, b in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain))
    )
    return [
        p for p, q, a, b in pairs if set(g.objects(p, a)) and set(g.objects(p, a)) != set(g.objects(q, b))
    ]


def p06_cycles(g: Graph) -> list[Node]:
    steps = (RDFS.subClassOf, RDFS.subPropertyOf)
    return [s for p in steps for s, o in g.subject_objects(p) if s in set(g.transitive_objects(o, p))]


def p07_merged(g: Graph) -> list[Node]:
    return [term for term in ours(g, OWL.Class) if re.search(r"[a-z](And|Or)[A-Z]", local(term))]


def p08_without_words(g: Graph) -> list[Node]:
    def languages(term: Node, predicate: URIRef) -> set[str | None]:
        return {o.language for o in g.objects(term, predicate) if isinstance(o, Literal) and o.strip()}

    wanted = {"ja", "en"}
    return [
        t
        for t in ours(g, OWL.Class, *PROPERTY)
        for p in (RDFS.label, SKOS.definition)
        if languages(t, p) != wanted
    ]


def p10_nothing_disjoint(g: Graph) -> list[Node]:
    return [] if len(list(g.subject_objects(OWL.disjointWith))) > 5 else [ONTOLOGY]


def p11_nowhere(g: Graph) -> list[Node]:
    """Properties of which neither domain nor use is known, and object properties that lead nowhere."""
    ends = {RDFS.range, DCAM.rangeIncludes, RDFS.seeAlso}
    lost = [t for t in today(g, *PROPERTY) if not {RDFS.domain, DCAM.domainIncludes} & set(g.predicates(t))]
    return lost + [t for t in today(g, OWL.ObjectProperty) if not ends & set(g.predicates(t))]


def p12_p32_of_one_label(g: Graph) -> list[Node]:
    found: list[Node] = []
    for kinds in ((OWL.Class,), PROPERTY):
        labels = Counter(label for term in ours(g, *kinds) for label in g.objects(term, RDFS.label))
        found += [label for label, count in labels.items() if count > 1]
    return found


def p13_without_inverse(g: Graph) -> list[Node]:
    """Of what hangs on its owner the way back is declared; a cell that belongs to a thing is found by its place."""
    owning = [term for term in today(g, OWL.ObjectProperty) if re.match(r"has[A-Z]", local(term))]
    return [
        term for term in owning if local(term) != "hasField" and not list(g.subjects(OWL.inverseOf, term))
    ]


def p19_several_domains(g: Graph) -> list[Node]:
    return [
        t for t in ours(g, *PROPERTY) for p in (RDFS.domain, RDFS.range) if len(list(g.objects(t, p))) > 1
    ]


def p20_misused_words(g: Graph) -> list[Node]:
    terms = ours(g, OWL.Class, *PROPERTY)
    same = [t for t in terms if set(g.objects(t, RDFS.label)) & set(g.objects(t, SKOS.definition))]
    return same + [t for t in terms for label in g.objects(t, RDFS.label) if len(label) > 50]


def p21_miscellaneous(g: Graph) -> list[Node]:
    return [term for term in ours(g, OWL.Class) if re.search(r"Misc|Other|Unknown|Various", local(term))]


def p22_names(g: Graph) -> list[Node]:
    wrong = [term for term in ours(g, OWL.Class) if not re.fullmatch(r"([A-Z][a-z]+)+", local(term))]
    return wrong + [
        t for t in ours(g, *PROPERTY) if not re.fullmatch(r"[a-z]+([A-Z][a-z]+)*|sha256", local(t))
    ]


def p24_to_p31_equivalences(g: Graph) -> list[Node]:
    """Nothing is said to be the same as another, or the inverse of itself (P24, P25, P27, P30, P31)."""
    same = [s for p in (OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs) for s in g.subjects(p)]
    return same + [s for s, o in g.subject_objects(OWL.inverseOf) if s == o]


def p26_inverse_of_symmetric(g: Graph) -> list[Node]:
    return [
        t for t in g.subjects(RDF.type, OWL.SymmetricProperty) if list(g.triples((t, OWL.inverseOf, None)))
    ]


def p28_p29_symmetric_or_transitive(g: Graph) -> list[Node]:
    """What leads from one class to another can be neither."""
    terms = [t for k in (OWL.SymmetricProperty, OWL.TransitiveProperty) for t in g.subjects(RDF.type, k)]
    return [t for t in terms if set(g.objects(t, RDFS.domain)) != set(g.objects(t, RDFS.range))]


def p34_p35_untyped(g: Graph) -> list[Node]:
    named = {
        node
        for triple in g
        for node in triple
        if isinstance(node, URIRef) and str(node).startswith(namespaces.KK)
    }
    return sorted(named - {URIRef(str(s)) for s in g.subjects(RDF.type)})


def p36_p38_p39_p41_header(g: Graph) -> list[Node]:
    """An ontology is declared, without a suffix in its IRI, with its namespace and its licence."""
    (iri,) = g.subjects(VANN.preferredNamespaceUri, Literal(namespaces.KK))
    good = (
        (ONTOLOGY, RDF.type, OWL.Ontology) in g
        and not re.search(r"\.(owl|rdf|ttl|n3)$", str(iri))
        and len(list(g.objects(ONTOLOGY, DCTERMS.license))) == 1
    )
    return [] if good else [ONTOLOGY]


def lov_metadata(g: Graph) -> list[Node]:
    """Title and description in English, agents that are things with a name, dates, version, prefix and language."""
    texts = {
        p
        for p in (DCTERMS.title, DCTERMS.description)
        for o in g.objects(ONTOLOGY, p)
        if getattr(o, "language", None) == "en"
    }
    missing: list[Node] = [p for p in (DCTERMS.title, DCTERMS.description) if p not in texts]
    for role in (DCTERMS.creator, DCTERMS.publisher):
        agents = list(g.objects(ONTOLOGY, role))
        named = [a for a in agents if isinstance(a, URIRef) and list(g.objects(a, SKOS.prefLabel))]
        missing += [] if agents and named == agents else [role]
    for date in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified):
        dates = [o for o in g.objects(ONTOLOGY, date) if isinstance(o, Literal) and o.datatype == XSD.date]
        missing += [] if len(dates) == 1 else [date]
    single = (
        OWL.versionInfo,
        OWL.versionIRI,
        OWL.priorVersion,
        DCTERMS.bibliographicCitation,
        DCTERMS.license,
    )
    missing += [p for p in single if len(list(g.objects(ONTOLOGY, p))) != 1]
    prefixes = [str(o) for o in g.objects(ONTOLOGY, VANN.preferredNamespacePrefix)]
    missing += (
        []
        if [p for p in prefixes if re.fullmatch(r"[a-z]{2,17}", p)] == prefixes != []
        else [VANN.preferredNamespacePrefix]
    )
    return missing + (
        [] if {"ja", "en"} == {str(o) for o in g.objects(ONTOLOGY, DCTERMS.language)} else [DCTERMS.language]
    )


def lov_terms(g: Graph) -> list[Node]:
    """Each term is defined by the ontology and has a known status; a term of the past is told to be one."""
    known = {"stable", "testing", "unstable", "archaic"}
    wrong = []
    for term in ours(g, OWL.Class, *PROPERTY):
        status = [str(o) for o in g.objects(term, STATUS)]
        past = (term, OWL.deprecated, Literal(True)) in g
        if len(status) != 1 or status[0] not in known or (status[0] == "archaic") is not past:
            wrong.append(term)
        if list(g.objects(term, RDFS.isDefinedBy)) != [ONTOLOGY]:
            wrong.append(term)
    return wrong


PREFIXES = """@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
# Each check, with triples that it must refuse.
CHECKS: list[tuple[Callable[[Graph], list[Node]], str]] = [
    (p04_unconnected, "kk:Island a owl:Class ."),
    (p05_wrong_inverses, "kk:objectiveOf rdfs:domain kk:Project ."),
    (p06_cycles, "kk:Policy rdfs:subClassOf kk:Measure ."),
    (p07_merged, "kk:MeasureOrProject a owl:Class ."),
    (p08_without_words, "kk:Bare a owl:Class ; rdfs:label 'bare'@en ."),
    (p11_nowhere, "kk:lost a owl:ObjectProperty ."),
    (p12_p32_of_one_label, "kk:Twin a owl:Class ; rdfs:label 'measure'@en ."),
    (p13_without_inverse, "kk:hasLoss a owl:ObjectProperty ."),
    (p19_several_domains, "kk:leadsTo rdfs:domain kk:Project ."),
    (p20_misused_words, "kk:Measure rdfs:label '施策である政策で、政府共通の様式でいう施策の階層にあり、府省庁が評価の対象とする、とても長い名前のもの'@ja ."),
    (p21_miscellaneous, "kk:OtherThing a owl:Class ."),
    (p22_names, "kk:bad_name a owl:DatatypeProperty ."),
    (p24_to_p31_equivalences, "kk:leadsTo owl:inverseOf kk:leadsTo ."),
    (p26_inverse_of_symmetric, "kk:objectiveOf a owl:SymmetricProperty ."),
    (p28_p29_symmetric_or_transitive, "kk:hasObjective a owl:TransitiveProperty ."),
    (p34_p35_untyped, "kk:Measure rdfs:subClassOf kk:Nowhere ."),
    (p36_p38_p39_p41_header, "<https://w3id.org/konkyo/ns> dcterms:license <https://example.org/other> ."),
    (lov_metadata, "<https://w3id.org/konkyo/ns> dcterms:creator 'somebody' ."),
    (lov_terms, "kk:Measure owl:deprecated true ."),
]  # fmt: skip


@pytest.mark.parametrize(
    "check", [*(check for check, _ in CHECKS), p10_nothing_disjoint], ids=lambda check: check.__name__
)
def test_no_pitfall(check: Callable[[Graph], list[Node]], vocabulary: Graph) -> None:
    assert check(vocabulary) == []


@pytest.mark.parametrize(("check", "wrong"), CHECKS, ids=[check.__name__ for check, _ in CHECKS])
def test_a_pitfall_would_be_found(
    check: Callable[[Graph], list[Node]], wrong: str, vocabulary: Graph
) -> None:
    broken = (vocabulary + Graph()).parse(data=PREFIXES + wrong, format="turtle")
    assert check(broken)


def test_without_disjoint_classes_the_pitfall_is_found(vocabulary: Graph) -> None:
    broken = vocabulary + Graph()
    broken.remove((None, OWL.disjointWith, None))
    assert p10_nothing_disjoint(broken)
