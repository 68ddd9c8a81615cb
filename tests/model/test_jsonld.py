"""JSON-LD under the vocabulary's context says what the triples say, whatever they hold, and is plain to read."""

from __future__ import annotations

import io
import json
import string

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset

from konkyo.common.paths import graphs_dir, ontology_dir
from konkyo.model.jsonld import write_jsonld
from konkyo.model.namespaces import GRAPH, ID, KK, PREFIXES, XSD, C, expand
from konkyo.model.syntax import serialized

CONTEXT = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
TERMS = sorted(CONTEXT)
NAMED = sorted(
    expand(entry["@id"])
    for entry in CONTEXT.values()
    if isinstance(entry, dict) and "@id" in entry and entry["@id"].partition(":")[0] in PREFIXES
)
LOCAL = st.text(string.ascii_letters + string.digits + "-._/", min_size=1, max_size=12)
IRIS = st.one_of(
    st.builds(lambda base, local: ox.NamedNode(base + local), st.sampled_from(sorted(PREFIXES.values())), LOCAL),
    st.sampled_from([ox.NamedNode(iri) for iri in (*PREFIXES.values(), ID + "//x", C + "result", "urn:x:y", "https://a.example/見本?q=1#f")]),
    st.builds(lambda name: ox.NamedNode(C + name), st.sampled_from([t for t in TERMS if t.isalnum()])),
)  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
DATATYPES = st.sampled_from(["integer", "decimal", "date", "anyURI", "string", "boolean", "double"])
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(lambda t, lang: ox.Literal(t, language=lang), TEXTS, st.sampled_from(["ja", "en", "de"])),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
        st.one_of(TEXTS, st.integers().map(str), st.sampled_from(["007", "+1", "1.50", "1e3", "true", "9" * 30])),
        DATATYPES,
    ),
)  # fmt: skip
PREDICATES = st.one_of(IRIS, st.sampled_from([ox.NamedNode(iri) for iri in NAMED]))
QUADS = st.builds(
    ox.Quad,
    st.one_of(IRIS, st.just(ox.BlankNode("b"))),
    PREDICATES,
    st.one_of(IRIS, LITERALS, st.just(ox.BlankNode("b"))),
    st.one_of(st.just(ox.DefaultGraph()), IRIS),
)


def written(quads: list[ox.Quad]) -> bytes:
    out = io.BytesIO()
    write_jsonld(quads, out)
    return out.getvalue()


@given(st.lists(QUADS, max_size=12))
def test_what_is_written_is_read_back(quads: list[ox.Quad]) -> None:
    quads.sort(key=lambda quad: (str(quad.graph_name), str(quad.subject)))
    back = ox.Dataset(ox.parse(written(quads), format=ox.RdfFormat.JSON_LD, rename_blank_nodes=True))
    assert len(set(quads)) == len(back)
    for dataset in (back, whole := ox.Dataset(quads)):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert back == whole


@pytest.mark.parametrize("order", [1, -1])
def test_a_thing_in_pieces_is_one_thing(order: int) -> None:
    """Statements that do not stand together are none the less read as they are."""
    graph = ox.NamedNode(GRAPH + "g")
    quads = [
        ox.Quad(ox.NamedNode(ID + name), ox.NamedNode(KK + "statedText"), ox.Literal(text), graph)
        for name, text in (("a", "1"), ("b", "2"), ("a", "3"))
    ][::order]
    assert set(ox.parse(written(quads), format=ox.RdfFormat.JSON_LD)) == set(quads)


def test_a_document_reads_as_plain_json() -> None:
    text = f"""@prefix kk: <{KK}> . @prefix c: <{C}> . @prefix id: <{ID}> . @prefix skos: <{PREFIXES["skos"]}> .
        id:x a kk:BudgetFigure, skos:Concept ; kk:amountYen 1200 ; kk:budgetStage c:initial, c:result ;
        skos:prefLabel "額"@ja, "amount"@en, "額面"@ja ; kk:statedText "千円" ; kk:fiscalYear <{ID}fy/2011> ."""
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    (node,) = json.loads(serialized(triples, ox.RdfFormat.JSON_LD))["graph"]
    assert node == {
        "iri": "id:x",
        "type": ["BudgetFigure", "skos:Concept"],
        "amountYen": 1200,
        "budgetStage": ["c:initial", "c:result"],
        "prefLabel": {"ja": ["額", "額面"], "en": "amount"},
        "statedText": {"@value": "千円"},
        "fiscalYear": "id:fy/2011",
    }


def test_another_library_reads_the_same() -> None:
    graph = ox.NamedNode(GRAPH + "g")
    text = f"""<{ID}a> <{KK}kind> <{C}plan> ; <{KK}note> "x"@ja, "y" ; <{KK}lowerBound> 1.50 ; <{KK}evidence> _:b ."""
    quads = [ox.Quad(*quad.triple, graph) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    read = Dataset()
    read.parse(data=written(quads), format="json-ld")
    assert len(read.graph(graph.value)) == len(quads)


def test_under_the_served_context_a_document_means_the_same(sheet_quads: list[ox.Quad]) -> None:
    document = json.loads(written(sheet_quads))
    document["@context"] = CONTEXT
    assert set(ox.parse(json.dumps(document).encode(), format=ox.RdfFormat.JSON_LD)) == set(sheet_quads)


@pytest.fixture
def sheet_quads() -> list[ox.Quad]:
    path = graphs_dir() / "built" / "soumu-23-15.ttl"
    graph = ox.NamedNode(GRAPH + "soumu-23-15")
    quads = [ox.Quad(*quad.triple, graph) for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    return sorted(quads, key=lambda quad: str(quad.subject))
