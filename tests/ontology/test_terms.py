"""What must hold of the vocabulary itself, whatever the data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import owlrl
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.term import Literal, Node

from konkyo.common.paths import graphs_dir, ontology_dir
from konkyo.graph.stored_queries import queries_dir
from konkyo.model import namespaces

KK = Namespace(namespaces.KK)
C = Namespace(namespaces.C)
ONTOLOGY = URIRef(namespaces.BASE + "ns")
DEVELOPERS = URIRef(namespaces.ID + "agent/konkyo-developers")
STATUS = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
EXAMPLE = URIRef("http://purl.org/vocab/vann/example")
PACKAGE = Path(namespaces.__file__).parents[1]
IRI_OR_NAME = re.compile(
    r"https://w3id\.org/konkyo/(?P<space>ns#|code/)(?P<local>[A-Za-z0-9_-]+)|(?<![\w:/@-])(?P<prefix>kk|c):(?P<name>[A-Za-z][\w-]*)"
)


def declared(ontology: Graph, codes: Graph) -> set[str]:
    subjects = {str(s) for graph in (ontology, codes) for s in graph.subjects(RDF.type)}
    return {iri for iri in subjects if iri.startswith((namespaces.KK, namespaces.C))}


def named_in(text: str) -> set[str]:
    """Return the kk: and c: IRIs that a text names, written out or with a prefix."""
    found = set()
    for match in IRI_OR_NAME.finditer(text):
        if match["local"]:
            found.add((namespaces.KK if match["space"] == "ns#" else namespaces.C) + match["local"])
        else:
            found.add((namespaces.KK if match["prefix"] == "kk" else namespaces.C) + match["name"])
    return found


def terms(ontology: Graph) -> list[Node]:
    return sorted({s for s in ontology.subjects(RDF.type) if str(s).startswith(namespaces.KK)}, key=str)


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(
        o.language or ""
        for o in graph.objects(subject, predicate)
        if isinstance(o, Literal) and str(o).strip()
    )


def test_every_term_is_labelled_and_defined_in_both_languages(ontology: Graph) -> None:
    assert len(terms(ontology)) > 70
    for term in terms(ontology):
        assert languages(ontology, term, RDFS.label) == ["en", "ja"], term
        assert languages(ontology, term, SKOS.definition) == ["en", "ja"], term
        assert list(ontology.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY], term


def test_every_code_is_labelled_defined_and_in_one_list(codes: Graph) -> None:
    schemes = set(codes.subjects(RDF.type, SKOS.ConceptScheme))
    concepts = set(codes.subjects(RDF.type, SKOS.Concept))
    assert len(schemes) == 20
    for node in schemes | concepts:
        assert languages(codes, node, SKOS.prefLabel) == ["en", "ja"], node
        assert languages(codes, node, SKOS.definition) == ["en", "ja"], node
    for concept in concepts:
        (scheme,) = codes.objects(concept, SKOS.inScheme)
        assert scheme in schemes and (concept, SKOS.topConceptOf, scheme) in codes
        assert (scheme, SKOS.hasTopConcept, concept) in codes
        assert [str(n) for n in codes.objects(concept, SKOS.notation)] == [
            str(concept).removeprefix(namespaces.C)
        ]


def test_the_code_lists_have_a_header(codes: Graph) -> None:
    """It names every list, whose it is and under which licence; so does each list itself."""
    (header,) = codes.subjects(RDF.type, OWL.Ontology)
    schemes = set(codes.subjects(RDF.type, SKOS.ConceptScheme))
    assert set(codes.objects(header, DCTERMS.hasPart)) == schemes
    assert list(codes.objects(header, DCTERMS.isPartOf)) == [ONTOLOGY]
    for node in (header, *schemes):
        assert list(codes.objects(node, DCTERMS.creator)) == [DEVELOPERS]
        assert len(list(codes.objects(node, DCTERMS.license))) == 1
        assert len(list(codes.objects(node, OWL.versionInfo))) == 1
    for date in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified):
        assert len(list(codes.objects(header, date))) == 1


def test_labels_are_not_used_twice(ontology: Graph) -> None:
    """Two classes or two properties of one name could not be told apart on a page."""
    for kinds in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)):
        labels = [
            o for k in kinds for s in ontology.subjects(RDF.type, k) for o in ontology.objects(s, RDFS.label)
        ]
        assert len(labels) == len(set(labels))


def test_of_a_foreign_term_only_its_kind_is_said(ontology: Graph, codes: Graph) -> None:
    ours = (namespaces.KK, namespaces.C, str(ONTOLOGY), str(DEVELOPERS))
    for graph in (ontology, codes):
        for subject, predicate, value in graph:
            assert isinstance(subject, URIRef)
            if not str(subject).startswith(ours):
                assert predicate == RDF.type, subject
                assert value in (
                    OWL.Class,
                    OWL.ObjectProperty,
                    OWL.DatatypeProperty,
                    OWL.AnnotationProperty,
                ), subject


def test_only_owl_rl(ontology: Graph) -> None:
    """No construct beyond simple axioms on named terms: nothing outside the RL profile can be written with these."""
    allowed = {
        *(RDF.type, RDFS.label, RDFS.isDefinedBy, RDFS.seeAlso, RDFS.subClassOf, RDFS.subPropertyOf),
        *(RDFS.domain, RDFS.range, SKOS.definition, OWL.disjointWith, OWL.inverseOf, OWL.deprecated),
        *(SKOS.changeNote, STATUS, EXAMPLE),
    }
    kinds = {
        *(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty),
        *(OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty),
    }
    for term in terms(ontology):
        assert set(ontology.predicates(term)) <= allowed, term
        assert set(ontology.objects(term, RDF.type)) <= kinds, term


def contradictions(graph: Graph) -> list[str]:
    """Close the graph under OWL RL, and return what owlrl reports as errors and what fell into owl:Nothing."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    reported = [str(o) for _, p, o in graph if str(p).endswith("#error")]
    return sorted(reported + [str(s) for s in graph.subjects(RDF.type, OWL.Nothing)])


@pytest.mark.parametrize("data", ["examples", "built"])
def test_owl_rl_consistent(ontology: Graph, codes: Graph, data: str) -> None:
    """The closure over ontology and data finds no contradiction and puts nothing into owl:Nothing."""
    graph = ontology + codes
    files = (
        [ontology_dir() / "examples" / "base.ttl"]
        if data == "examples"
        else sorted((graphs_dir() / "built").glob("*.ttl"))
    )
    for file in files:
        graph.parse(file)
    assert contradictions(graph) == []


def test_a_contradiction_would_be_found(ontology: Graph) -> None:
    """An edition that is typed as a section, too; a number that is none."""
    node = URIRef(namespaces.ID + "x")
    for bad in ((node, RDF.type, KK.Section), (node, KK.amountYen, Literal("many", datatype=XSD.integer))):
        graph = ontology + Graph()
        graph.add((node, RDF.type, KK.Edition))
        graph.add(bad)
        assert contradictions(graph), bad


def test_specific_links_are_links_to_provenance_tools(ontology: Graph, codes: Graph) -> None:
    graph = (ontology + codes).parse(ontology_dir() / "examples" / "base.ttl")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    prov = Namespace(namespaces.PROV)
    measure, stated, section = (URIRef(namespaces.ID + n) for n in ("measure", "stated", "section"))
    assert (measure, KK.hasLink, stated) in graph and (measure, prov.qualifiedInfluence, stated) in graph
    assert (stated, RDF.type, prov.EntityInfluence) in graph
    assert (measure, prov.wasInfluencedBy, section) in graph
    rejected = URIRef(namespaces.ID + "section-2")
    assert not list(graph.triples((URIRef(namespaces.ID + "indicator"), prov.wasInfluencedBy, rejected)))
    # A placement, a responsibility or a related project influences nothing.
    link, project = (URIRef(namespaces.ID + n) for n in ("link", "project"))
    graph.add((project, KK.hasLink, link))
    graph.add((link, RDF.type, KK.Placement))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert (link, RDF.type, KK.Link) in graph and (link, RDF.type, prov.EntityInfluence) not in graph
    assert (project, prov.qualifiedInfluence, link) not in graph


def test_every_reused_term_exists(ontology: Graph, codes: Graph, shapes: Graph) -> None:
    known = json.loads((Path(__file__).parent / "vocabularies.json").read_text(encoding="utf-8"))
    used: set[str] = set()
    graphs = [ontology, codes, shapes, Graph().parse(ontology_dir() / "usage.ttl")]
    graphs += [Graph().parse(file) for file in sorted((ontology_dir() / "examples").rglob("*.ttl"))]
    for graph in graphs:
        used |= {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    sources = "".join(file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob("*.py")))
    for prefix, namespace in namespaces.PREFIXES.items():
        used |= {namespace + name for name in re.findall(rf'"{prefix}:([A-Za-z]\w*)"', sources)}
    for iri in sorted(used):
        for namespace, names in known.items():
            if iri.startswith(namespace) and iri != namespace:
                assert iri.removeprefix(namespace) in names, iri


def files_that_name_terms() -> list[Path]:
    files = [ontology_dir() / name for name in ("konkyo.ttl", "codes.ttl", "shapes.ttl", "context.jsonld")]
    files += (ontology_dir() / "examples").rglob("*.ttl")
    files += graphs_dir().rglob("*.ttl")
    files += queries_dir().rglob("*.rq")
    files += (ontology_dir() / "ask").glob("*.rq")
    files += (file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "model" / "namespaces.py")
    return sorted(files)


def test_nothing_undeclared_is_used(ontology: Graph, codes: Graph) -> None:
    known = declared(ontology, codes)
    for file in files_that_name_terms():
        if file.name != "unknown-term.ttl":  # the example of just that
            assert named_in(file.read_text(encoding="utf-8")) <= known, file


def test_no_term_is_unused(ontology: Graph, codes: Graph) -> None:
    """A term stands in a shape, an example, a query or the data. The context names them all, so it does not count."""
    used: set[str] = set()
    for file in files_that_name_terms():
        if file.name not in ("konkyo.ttl", "codes.ttl", "context.jsonld"):
            used |= named_in(file.read_text(encoding="utf-8"))
    kept = {*ontology.subjects(OWL.inverseOf), *ontology.subjects(OWL.deprecated)}
    unused = {iri for iri in declared(ontology, codes) if iri.startswith(namespaces.KK)} - used
    assert unused == {str(term) for term in kept}  # inverses and terms of the past stand in no data
    schemes = {str(s) for s in codes.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes <= used  # a code list is used as a whole; not each of its codes stands in an example
