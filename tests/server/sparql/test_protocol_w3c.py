"""The tests of the W3C for the SPARQL 1.1 Protocol and its service descriptions, against the running server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

from konkyo.store import building
from support.absent import NOT_HERE
from support.serving import SHARED, Running, running

SUITE = SHARED / "data" / "w3c-protocol"
pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(),
    reason=f"{NOT_HERE}the W3C protocol tests beside the repository (../shared/data/w3c-protocol)",
)

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"),
}  # fmt: skip


@dataclass
class Case:
    name: str
    requests: list[dict[str, Any]] = field(default_factory=list)

    @property
    def updates(self) -> bool:
        """Whether the server would have to write, were the request good."""
        return self.name.startswith("update_")


def cases() -> list[Case]:
    if not SUITE.is_dir():
        return []
    graph = Graph().parse(SUITE / "protocol" / "manifest.ttl")
    found = []
    for entry in Collection(graph, next(graph.objects(None, MF.entries))):
        case = Case(str(entry).partition("#")[2])
        for request in Collection(graph, graph.value(graph.value(entry, MF.action), HT.requests)):
            case.requests.append(read(graph, request))
        found.append(case)
    return found


def read(graph: Graph, request: Any) -> dict[str, Any]:
    def text(subject: Any, predicate: URIRef) -> str | None:
        value = graph.value(subject, predicate)
        return None if value is None else str(value)

    headers = graph.value(request, HT.headers)
    body = graph.value(request, HT.body)
    response = graph.value(request, HT.resp)
    return {
        "method": text(request, HT.methodName),
        "path": text(request, HT.absolutePath),
        "headers": {
            text(item, HT.fieldName): text(item, HT.fieldValue) for item in Collection(graph, headers)
        }
        if headers is not None
        else {},
        "body": (text(body, CNT.chars) or "").encode(text(body, CNT.characterEncoding) or "utf-8")
        if body is not None
        else None,
        "status": [str(item)[-3] for item in graph.objects(response, MF.expectedStatus)],
        "boolean": text(response, MF.expectedBoolean),
        "format": text(response, MF.expectedFormat),
    }


CASES = cases()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("w3c") / "store"
    with building(folder) as store:
        for number in (1, 2, 3):
            iri = DATA.format(number)
            lines = (SUITE / "protocol" / f"data{number}.nt").read_text().splitlines()
            store.load(iri, [line.rstrip(" .") + f" <{iri}> .\n" for line in lines if line.strip()])
    with running(folder) as made:
        yield made


def send(endpoint: Running, request: dict[str, Any]) -> httpx.Response:
    parts = urlsplit(request["path"])
    target = f"{endpoint.url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    return endpoint.client.request(
        request["method"], target, headers=request["headers"], content=request["body"]
    )


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 34
    assert sum(case.updates for case in CASES) == 7


@pytest.mark.parametrize("case", [c for c in CASES if not c.updates], ids=lambda case: case.name)
def test_a_request_is_answered_as_the_protocol_wants(endpoint: Running, case: Case) -> None:
    for request in case.requests:
        response = send(endpoint, request)
        assert str(response.status_code)[0] in {code[0] for code in request["status"]}, response.text
        media = response.headers["content-type"].partition(";")[0]
        if request["format"]:
            assert media in FORMATS[request["format"]]
        if request["boolean"]:
            parsed = ox.parse_query_results(
                response.content, format=ox.QueryResultsFormat.from_media_type(media)
            )
            assert str(bool(parsed)).lower() == request["boolean"]
        if response.status_code >= 400:
            assert media == "text/plain" and len(response.text) > 10


@pytest.mark.parametrize("case", [c for c in CASES if c.updates], ids=lambda case: case.name)
def test_an_update_is_refused(endpoint: Running, case: Case) -> None:
    refused = [
        response for request in case.requests if (response := send(endpoint, request)).status_code == 403
    ]
    assert refused, "the test has no update"
    for response in refused:
        assert "takes no update" in response.text
    count = endpoint.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    assert count["results"]["bindings"][0]["n"]["value"] == "3"


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("media", FORMATS["RDF"])
def test_the_service_describes_itself(endpoint: Running, path: str, media: str) -> None:
    response = endpoint.get(path, headers={"Accept": media})
    assert response.status_code == 200 and response.headers["content-type"].startswith(media)
    form = {"application/ld+json": "json-ld", "application/n-triples": "nt", "application/rdf+xml": "xml"}
    graph = Graph().parse(data=response.content, format=form.get(media, "turtle"))
    (service,) = graph.subjects(SD.endpoint, URIRef(f"{endpoint.url}/sparql"))
    assert (service, RDF.type, SD.Service) in graph
    conforms(graph)
    names = {str(name) for name in graph.objects(None, SD.name)}
    assert names == {DATA.format(number) for number in (1, 2, 3)}


def conforms(graph: Graph) -> None:
    """What the schema of service descriptions says: the classes at both ends of each property, and nothing unknown."""
    schema = {
        SD.endpoint: (SD.Service, None),
        SD.defaultDataset: (SD.Service, SD.Dataset),
        SD.supportedLanguage: (SD.Service, None),
        SD.feature: (SD.Service, None),
        SD.resultFormat: (SD.Service, None),
        SD.defaultGraph: (SD.Dataset, SD.Graph),
        SD.namedGraph: (SD.Dataset, SD.NamedGraph),
        SD.name: (SD.NamedGraph, None),
        SD.graph: (SD.NamedGraph, SD.Graph),
    }
    for subject, predicate, value in graph:
        if str(predicate).startswith(str(SD)):
            domain, reach = schema[URIRef(predicate)]
            assert (subject, RDF.type, domain) in graph
            assert reach is None or (value, RDF.type, reach) in graph
    for feature in graph.objects(None, SD.feature):
        assert feature in (SD.DereferencesURIs, SD.UnionDefaultGraph, SD.RequiresDataset, SD.EmptyGraphs, SD.BasicFederatedQuery)  # fmt: skip
    for language in graph.objects(None, SD.supportedLanguage):
        assert language == SD.SPARQL11Query


def test_the_suite_ran(endpoint: Running) -> None:
    assert Path(endpoint.service.queries.folder, "CURRENT").is_file()
