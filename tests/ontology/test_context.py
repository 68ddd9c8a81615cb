"""The JSON-LD context: everything that konkyo's data holds can be written with it and read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph
from rdflib.compare import isomorphic

from konkyo.common.paths import graphs_dir, ontology_dir
from konkyo.model import namespaces


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    loaded = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))
    assert set(loaded) == {"@context"}
    return dict(loaded["@context"])


def read(context: dict[str, Any], *things: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps({"@context": context, "graph": list(things)}), format="json-ld")


def test_every_term_has_a_name_in_the_context(context: dict[str, Any], ontology: Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if not str(term).startswith(namespaces.KK) or (term, OWL.deprecated, None) in ontology:
                continue
            entry = context[str(term).rpartition("#")[2]]
            if of := ontology.value(term, OWL.inverseOf):
                assert entry == {"@reverse": namespaces.shorten(str(of)), "@type": "@id"}
            else:
                assert (entry if isinstance(entry, str) else entry["@id"]) == namespaces.shorten(str(term))


def test_prefixes_agree(context: dict[str, Any]) -> None:
    assert {p: context.get(p) for p in namespaces.PREFIXES if p not in ("rdfs",)} == {
        p: iri for p, iri in namespaces.PREFIXES.items() if p not in ("rdfs",)
    }


def test_a_short_document_says_what_it_should(context: dict[str, Any]) -> None:
    graph = read(
        context,
        {
            "iri": "id:value",
            "type": "IndicatorValue",
            "statedText": "100人以上",
            "valueRole": "result",
            "boundType": "at-least",
            "lowerBound": "100.0",
            "unitText": "人",
            "fiscalYear": "id:fy/2011",
            "prefLabel": {"ja": "実績", "en": "result"},
        },
    )
    wanted = Graph().parse(
        data="""
        @prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://w3id.org/konkyo/id/value> a kk:IndicatorValue ; kk:statedText "100人以上"@ja ; kk:valueRole c:result ;
            kk:boundType c:at-least ; kk:lowerBound 100.0 ; <https://schema.org/unitText> "人"@ja ;
            kk:fiscalYear <https://w3id.org/konkyo/id/fy/2011> ; skos:prefLabel "実績"@ja, "result"@en .
        """
    )
    assert isomorphic(graph, wanted)


def test_every_code_may_be_written_by_its_notation(
    context: dict[str, Any], ontology: Graph, codes: Graph
) -> None:
    """A code that is spelt like a term of the context (result) must not turn into that term."""
    pairs = [(str(s).rpartition("#")[2], o) for s, o in ontology.subject_objects(RDFS.seeAlso)]
    assert len(pairs) > 15
    for name, scheme in pairs:
        for code in codes.subjects(SKOS.inScheme, scheme):
            notation = str(code).removeprefix(namespaces.C)
            assert list(read(context, {"iri": "id:x", name: notation}).objects()) == [code]


def data_files() -> list[Path]:
    return [ontology_dir() / "examples" / "base.ttl", *sorted((graphs_dir() / "built").glob("*.ttl"))]


@pytest.mark.parametrize("file", data_files(), ids=lambda f: f.stem)
def test_round_trip(file: Path, context: dict[str, Any]) -> None:
    graph = Graph().parse(file)
    text = graph.serialize(format="json-ld", context=context)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)
