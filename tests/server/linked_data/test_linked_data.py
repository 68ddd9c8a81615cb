"""Every IRI of the data answers under the server's own address."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, RDFS, VOID, Graph, URIRef
from rdflib.compare import isomorphic

from konkyo.model.namespaces import BASE, GRAPH, ID, KK, C
from konkyo.store import building
from support.serving import Running, running
from support.waiting import until

FORMS = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
}
THINGS = [ID + "strategy/shin-seicho", ID + "strategy/shin-seicho/2010-06-18/s-3.3", ID + "fy/2011", C + "stated", GRAPH + "soumu-23-15", GRAPH + "ontology"]  # fmt: skip


@pytest.mark.parametrize("iri", THINGS)
def test_a_thing_sends_to_what_is_known_of_it(carried: Running, iri: str) -> None:
    path = "/" + iri.removeprefix(BASE)
    for suffix, (media, _) in FORMS.items():
        response = carried.get(path, headers={"Accept": media})
        assert response.status_code == 303 and response.headers["location"] == f"{path}.{suffix}"
        assert 'rel="alternate"' in response.headers["link"] and response.headers["vary"] == "Accept"
    for accept in ("text/html", "text/html,application/xhtml+xml,*/*;q=0.8"):
        response = carried.get(path, headers={"Accept": accept})
        assert response.status_code == 303 and response.headers["location"] == f"/page{path}"
    assert carried.get(path, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("iri", THINGS[:4])
def test_a_description_in_each_form(carried: Running, iri: str, suffix: str) -> None:
    media, form = FORMS[suffix]
    response = carried.get(f"/{iri.removeprefix(BASE)}.{suffix}", headers={"Accept": "*/*"})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media
    assert f'<{iri}>; rel="describes"' in response.headers["link"]
    graph = Graph().parse(data=response.content, format=form)
    assert (URIRef(iri), RDF.type, None) in graph
    known = carried.client.get(
        f"{carried.url}/{iri.removeprefix(BASE)}.{suffix}",
        headers={"If-None-Match": response.headers["etag"], "Accept": "*/*"},
    )
    assert known.status_code == 304


def test_every_iri_of_the_data_answers(carried: Running) -> None:
    """A sample of all that the data names under its own base, and each answers."""
    query = f"SELECT DISTINCT ?x {{ {{ ?x ?p ?o }} UNION {{ ?s ?p ?x }} FILTER(ISIRI(?x) && STRSTARTS(STR(?x), '{BASE}')) }} ORDER BY ?x"
    iris = [row["x"]["value"] for row in carried.ask(query).json()["results"]["bindings"]]
    assert len(iris) > 500
    for iri in iris[::25]:
        path = "/" + iri.removeprefix(BASE).partition("#")[0]
        response = carried.get(quote(path), headers={"Accept": "text/turtle"}, follow_redirects=True)
        assert response.status_code == 200, iri


def test_what_is_not_there_is_explained(carried: Running) -> None:
    for path in (
        "/id/nothing/here",
        "/id/nothing.ttl",
        "/code/nothing",
        "/graph/nothing",
        "/id/nothing.html",
    ):
        response = carried.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
        assert response.status_code == 404
    response = carried.get("/id/nothing/here", headers={"Accept": "text/turtle"})
    assert f"{ID}nothing/here" in response.text and "/search" in response.text
    assert carried.get("/id/nothing", params={"lang": "ja"}).text.startswith("見つかりません")
    html = carried.get("/id/nothing", headers={"Accept": "text/html"})
    assert html.status_code == 404 and html.headers["content-type"].startswith("text/html")


def test_what_is_gone_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "store"

    def build(*names: str) -> None:
        with building(folder) as store:
            graph = GRAPH + "x"
            store.load(graph, [f"<{ID}{name}> <{KK}p> 'v' <{graph}> .\n".replace("'", '"') for name in names])

    build("old", "both")
    build("both", "dotted.ttl")
    with running(folder, workers=1) as made:
        accept = {"Accept": "text/turtle"}
        response = made.get("/id/old", headers=accept)
        assert response.status_code == 410 and "before the last build" in response.text
        assert made.get("/id/old.nt", headers=accept).status_code == 410
        assert made.get("/id/both", headers=accept).status_code == 303
        assert made.get("/id/never", headers=accept).status_code == 404
        # A key may itself end like a suffix.
        assert made.get("/id/dotted.ttl", headers=accept).headers["location"] == "/id/dotted.ttl.ttl"
        assert made.get("/id/dotted.ttl.ttl", headers=accept).status_code == 200


def test_what_many_things_point_to_is_described_whole_or_says_that_it_is_not(tmp_path: Path) -> None:
    folder, much = tmp_path / "store", URIRef(ID + "x/much")
    with building(folder) as store:
        graph = GRAPH + "x"
        own = [f'<{much}> <{KK}p> "{n}" <{graph}> .\n' for n in range(5)]
        # One that points to itself is both its own and incoming, and there once.
        pointing = [f"<{ID}x/{n}> <{KK}q> <{much}> <{graph}> .\n" for n in range(1200)]
        store.load(graph, [*own, *pointing, f"<{much}> <{KK}q> <{much}> <{graph}> .\n"])
        store.load(GRAPH + "y", [line.replace(f"<{graph}>", f"<{GRAPH}y>") for line in pointing[:100]])
    with running(folder, workers=1, max_rows=1206) as made:
        for suffix, (_, form) in FORMS.items():
            response = made.get(f"/id/x/much.{suffix}")
            assert len(Graph().parse(data=response.content, format=form)) == 1206
            assert "x-konkyo-truncated" not in response.headers
    with running(folder, workers=1, max_rows=1205) as made:
        for suffix, (_, form) in FORMS.items():
            response = made.get(f"/id/x/much.{suffix}")
            told = Graph().parse(data=response.content, format=form)
            # Its own triples, and that all others are left out: the body says it by itself.
            assert set(told.subjects()) == {much, URIRef(f"{made.url}/id/x/much.{suffix}")}
            assert len(list(told.predicate_objects(much))) == 6
            assert response.headers["x-konkyo-truncated"] == "rows=6"
        (document,) = told.subjects(FOAF.primaryTopic, much)
        assert {(note.language, "1,201" in note) for note in told.objects(document, RDFS.comment)} == {
            ("ja", True),
            ("en", True),
        }  # type: ignore[union-attr, operator]
        (link,) = told.objects(document, RDFS.seeAlso)
        answer = made.client.get(str(link), headers={"Accept": "text/turtle"})
        given = Graph().parse(data=answer.content, format="turtle")
        assert answer.status_code == 200 and 1100 <= len(given) <= 1201
    for limit in ({"max_rows": 5}, {"max_bytes": 1000}):
        with running(folder, workers=1, **limit) as made:
            response = made.get("/id/x/much.ttl")
            assert response.status_code == 413 and "OFFSET" in response.text
            assert response.headers["x-konkyo-limit"] == next(iter(limit)).removeprefix("max_")


@pytest.mark.parametrize("path", ["/ns", "/ns.ttl", "/ns.nt", "/ns.jsonld", "/ns.rdf"])
def test_the_vocabulary(carried: Running, path: str) -> None:
    form = FORMS[path.partition(".")[2] or "ttl"][1]
    response = carried.get(path, headers={"Accept": "*/*" if "." in path else "text/turtle"})
    graph = Graph().parse(data=response.content, format=form)
    assert (URIRef(KK + "Measure"), RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class")) in graph
    page = carried.get("/ns", headers={"Accept": "text/html"})
    assert page.status_code == 200 and "Measure" in page.text


def read(running: Running, path: str, accept: str = "text/turtle") -> Graph:
    """Return what an address of the vocabulary answers, by its Content-Type."""
    response = running.get(path, headers={"Accept": accept})
    assert response.status_code == 200, path
    media = response.headers["content-type"].partition(";")[0]
    return Graph().parse(data=response.content, format=next(f for m, f in FORMS.values() if m == media))


def test_every_version_of_the_vocabulary_is_served(carried: Running) -> None:
    """Who follows owl:versionIRI or owl:priorVersion comes to that version."""
    today = read(carried, "/ns")
    ontology = URIRef(BASE + "ns")
    (own,) = today.objects(ontology, OWL.versionIRI)
    (prior,) = today.objects(ontology, OWL.priorVersion)
    for version, has_law_number in ((own, False), (prior, True)):
        path = str(version).removeprefix(BASE[:-1])
        for form in ("", ".ttl", ".nt", ".jsonld", ".rdf"):
            graph = read(carried, path + form)
            assert (ontology, OWL.versionIRI, version) in graph
            law = URIRef(KK + "lawNumber")
            assert ((law, RDF.type, OWL.DatatypeProperty) in graph) and (
                ((law, OWL.deprecated, None) in graph) is not has_law_number
            )
        assert carried.get(f"{path}/context.jsonld").json().keys() == {"@context"}
    assert isomorphic(read(carried, str(own).removeprefix(BASE[:-1])), today)
    assert (ontology, OWL.versionIRI, prior) in read(carried, "/ns/0.1.0", "text/html,*/*;q=0.8")
    for path in ("/ns/0.0.9", "/ns/0.1.0.html", "/ns/x", "/ns/../codes", "/ns/0.0.9/context.jsonld"):
        assert carried.get(path, headers={"Accept": "text/turtle"}).status_code in (404, 406), path


@pytest.mark.parametrize("path", ["/ns", "/ns/0.1.0", "/ns/codes/0.2.0"])
def test_the_vocabulary_is_one_graph_in_every_form(carried: Running, path: str) -> None:
    """As Turtle it had been without its code lists."""
    first, *others = [
        canonical(read(carried, path + form)) for form in ("", ".ttl", ".nt", ".jsonld", ".rdf")
    ]
    assert all(other == first for other in others)
    codes = canonical(read(carried, "/ns/codes"))
    assert codes <= first or path == "/ns/0.1.0"


@pytest.mark.parametrize("part", ["/ns/codes", "/ns/mappings", "/ns/usage", "/ns/shapes", "/shape"])
def test_the_parts_of_the_vocabulary_are_served(carried: Running, part: str) -> None:
    first, *others = [
        canonical(read(carried, part + form)) for form in ("", ".ttl", ".nt", ".jsonld", ".rdf")
    ]
    assert len(first) > 50 and all(other == first for other in others)


def canonical(graph: Graph) -> set[ox.Quad]:
    """Return a graph with names for its blank nodes that follow from the graph; of thousands of them rdflib takes minutes."""
    found = ox.Dataset(ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(found)


def test_the_context_is_served_and_read(carried: Running) -> None:
    """A document may name the context by its address; what it says is what the document with the context in it says."""
    context = carried.get("/ns/context.jsonld")
    assert context.headers["content-type"] == "application/ld+json"
    thing = {"iri": "id:x", "type": "Measure", "prefLabel": {"ja": "見本"}}
    named = {"@context": carried.url + "/ns/context.jsonld", **thing}
    carrying = {"@context": context.json()["@context"], **thing}
    one, two = (Graph().parse(data=json.dumps(d), format="json-ld") for d in (named, carrying))
    assert isomorphic(one, two) and (URIRef(ID + "x"), RDF.type, URIRef(KK + "Measure")) in one


def test_json_ld_of_a_thing_speaks_the_words_of_the_context(carried: Running) -> None:
    document = carried.get("/id/fy/2011.jsonld").json()
    (year,) = (node for node in document["graph"] if node["iri"] == "id:fy/2011")
    assert year["type"] == "FiscalYear" and year["prefLabel"]["en"] == "FY2011"


@pytest.mark.parametrize(
    "path", ["/.well-known/void", "/dataset", "/dataset.nt", "/dataset.jsonld", "/dataset.rdf"]
)
def test_the_data_are_described(carried: Running, path: str) -> None:
    form = FORMS[path.partition("dataset.")[2] or "ttl"][1]
    response = carried.get(path, headers={"Accept": "*/*"})
    assert response.status_code == 200
    graph = Graph().parse(data=response.content, format=form)
    whole = URIRef(carried.url + "/dataset")
    assert (whole, RDF.type, DCAT.Dataset) in graph and (whole, RDF.type, VOID.Dataset) in graph
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    for one in (whole, service):
        assert {title.language for title in graph.objects(one, DCTERMS.title)} == {"ja", "en"}  # type: ignore[union-attr]
    assert (whole, VOID.sparqlEndpoint, URIRef(carried.url + "/sparql")) in graph
    sheet = URIRef(GRAPH + "soumu-23-15")
    assert (whole, VOID.subset, sheet) in graph
    (source,) = graph.objects(sheet, URIRef("http://purl.org/dc/terms/source"))
    assert graph.value(source, URIRef(KK + "sha256"))
    total = graph.value(whole, VOID.triples)
    if total is not None:  # counted in the background
        count = carried.ask("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").json()
        assert int(total) == int(count["results"]["bindings"][0]["n"]["value"])
        assert sum(int(n) for n in graph.objects(None, VOID.triples)) == 2 * int(total)


def test_the_numbers_are_there_soon(carried: Running) -> None:
    until(lambda: "void:triples" in carried.get("/dataset.ttl").text, "the numbers of the data")
    page = carried.get("/dataset", headers={"Accept": "text/html"}, params={"lang": "ja"})
    assert "soumu-h24-15.txt" in page.text and "件の事実" in page.text


def test_behind_a_prefix_and_another_address(store_folder: Path) -> None:
    with running(store_folder, workers=1, prefix="/konkyo", base="https://example.go.jp/konkyo") as made:
        bare = made.url.removesuffix("/konkyo")
        for url in (made.url, bare):  # the proxy may take the prefix away or leave it
            response = made.client.get(url + "/id/fy/2011", headers={"Accept": "text/turtle"})
            assert response.headers["location"] == "/konkyo/id/fy/2011.ttl"
            assert "</konkyo/id/fy/2011.nt>" in response.headers["link"]
            response = made.client.get(url + "/sparql", headers={"Accept": "text/turtle"})
            assert "<https://example.go.jp/konkyo/sparql>" in response.text
        page = made.get("/sparql", headers={"Accept": "text/html"})
        assert 'action="/konkyo/sparql#answer-h"' in page.text
