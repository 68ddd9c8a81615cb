"""The mappings to other vocabularies: of terms that there are, each of one kind and with its reason in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Literal, Node

from konkyo.common.paths import ontology_dir
from konkyo.model import namespaces

RELATIONS = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch}
GIF = namespaces.BASE + "ns/mappings#"
# What cannot be looked up without a network, as it stands in the published vocabularies: CPSV-AP 3, Wikidata, IMI core 2.
LOOKED_UP = {
    "http://purl.org/vocab/cpsv#": {"PublicService"},
    "http://data.europa.eu/m8g/": {"hasLegalResource", "hasCompetentAuthority"},
    "http://www.wikidata.org/entity/": {"Q3331189", "Q43229", "P2860"},
    "http://imi.go.jp/ns/core/rdf#": {"組織型", "文書型", "期間型", "金額"},
}


@pytest.fixture(scope="module")
def mappings() -> Graph:
    return Graph().parse(ontology_dir() / "mappings.ttl")


def mapped(mappings: Graph) -> set[tuple[Node, Node, Node]]:
    return {triple for triple in mappings if triple[1] in RELATIONS}


def test_each_mapping_has_its_reason_in_both_languages(mappings: Graph) -> None:
    told = {}
    for axiom in mappings.subjects(RDF.type, OWL.Axiom):
        key = tuple(
            mappings.value(axiom, p)
            for p in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
        )
        assert key not in told
        told[key] = {
            o.language for o in mappings.objects(axiom, RDFS.comment) if isinstance(o, Literal) and o
        }
    assert set(told) == mapped(mappings)
    assert all(languages == {"ja", "en"} for languages in told.values())


def test_a_term_is_mapped_to_another_in_one_way(mappings: Graph, ontology: Graph) -> None:
    pairs = [(source, target) for source, _, target in mapped(mappings)]
    assert len(pairs) == len(set(pairs)) > 20
    for source, _ in pairs:
        assert str(source).startswith(namespaces.KK) and (source, RDF.type, None) in ontology


def test_what_is_mapped_to_is_there(mappings: Graph) -> None:
    known = json.loads((Path(__file__).parent / "vocabularies.json").read_text(encoding="utf-8"))
    known = {namespace: set(names) for namespace, names in known.items()} | LOOKED_UP
    spaces = set()
    for _, _, target in mapped(mappings):
        if str(target).startswith(GIF):  # GIF has no IRIs: the item is described, with its source
            assert {o.language for o in mappings.objects(target, SKOS.prefLabel)} == {"ja", "en"}  # type: ignore[union-attr]
            assert list(mappings.objects(target, DCTERMS.source))
            spaces.add(GIF)
            continue
        (space,) = (namespace for namespace in known if str(target).startswith(namespace))
        assert str(target).removeprefix(space) in known[space], target
        spaces.add(space)
    assert spaces == {*LOOKED_UP, GIF, namespaces.SCHEMA, namespaces.ELI}


def test_an_exact_mapping_joins_two_of_a_kind(mappings: Graph, ontology: Graph) -> None:
    """A class is mapped to a class and a property to a property, as the first letter of the name says."""
    for source, _, target in mapped(mappings):
        name = str(target).rpartition("#")[2].rpartition("/")[2]
        if str(target).startswith(
            (namespaces.SCHEMA, namespaces.ELI, "http://purl.org/vocab/cpsv#", "http://data.europa.eu/m8g/")
        ):
            is_class = (source, RDF.type, URIRef(str(OWL.Class))) in ontology
            assert name[0].isupper() is is_class, (source, target)
