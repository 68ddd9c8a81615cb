"""What runs in a worker to describe the data: counts, sources, and the descriptions as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from konkyo.api import KnowledgeGraph
from konkyo.graph.sparql import PROLOGUE
from konkyo.model import namespaces
from konkyo.model.namespaces import BASE, DCAT, DCTERMS, GRAPH, ID, KK, PROV, RDF, XSD
from konkyo.model.syntax import serialized
from konkyo.server.http.negotiation import GRAPH_FORMS
from konkyo.server.workers.task import Task

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FOAF = "http://xmlns.com/foaf/0.1/"
FORMATS = "http://www.w3.org/ns/formats/"
_PREFIXES = {
    "sd": SD, "void": VOID, "foaf": FOAF, "formats": FORMATS, "dcat": DCAT, "dcterms": DCTERMS, "xsd": XSD,
    "kk": KK, "prov": PROV, "graph": GRAPH, "id": ID,
}  # fmt: skip
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_OTHERS = ("dcat", "dcterms", "org", "prov", "skos", "time", "oa", "bibo", "schema")
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@Task
def count(graph: KnowledgeGraph) -> dict[str, dict[str, int]]:
    """Return how many triples each graph has (``graphs``), and how many things each class (``classes``)."""
    by_graph = "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?x { ?s ?p ?o } } GROUP BY ?x"
    by_class = "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s a ?x } GROUP BY ?x"
    return {
        name: {row["x"].value: int(row["n"].value) for row in graph.store.select(text)}
        for name, text in (("graphs", by_graph), ("classes", by_class))
    }


@Task
def sources(graph: KnowledgeGraph, *, lang: str) -> list[dict[str, str | None]]:
    """Return the named graphs with their titles and what they were read from: ``graph``, ``title``, ``file``, ``modified``, ``sha256``."""
    found = {name: {"graph": name, "title": None, "file": None, "modified": None, "sha256": None} for name in graph.store.graphs()}  # fmt: skip
    text = f"""{PROLOGUE}SELECT ?g ?title ?file ?modified ?sha256 {{
  GRAPH ?g {{ ?g dcterms:title ?title FILTER(LANG(?title) = "{"en" if lang == "en" else "ja"}") }}
  OPTIONAL {{ GRAPH ?g {{ ?source a kk:SourceFile ; dcterms:title ?file .
    OPTIONAL {{ ?source dcterms:modified ?modified }} OPTIONAL {{ ?source kk:sha256 ?sha256 }} }} }}
}} ORDER BY ?g ?file"""
    for row in graph.store.select(text):
        entry = found[row["g"].value]
        for name in ("title", "file", "modified", "sha256"):
            if row[name] is not None and entry[name] is None:
                entry[name] = row[name].value
    return [found[name] for name in sorted(found)]


class _Describer:
    """Collects triples; ``self.add("dcterms:title", …)`` with plain values."""

    def __init__(self) -> None:
        self.triples: dict[ox.Triple, None] = {}

    def add(self, subject: ox.NamedNode | ox.BlankNode, name: str, value: Any) -> None:
        prefix, _, local = name.partition(":")
        predicate = ox.NamedNode({"rdf": RDF, **_PREFIXES}[prefix] + local)
        self.triples[ox.Triple(subject, predicate, value)] = None

    def kind(self, subject: ox.NamedNode | ox.BlankNode, *classes: str) -> None:
        for name in classes:
            prefix, _, local = name.partition(":")
            self.add(subject, "rdf:type", ox.NamedNode(_PREFIXES[prefix] + local))


@Task
def describe(
    graph: KnowledgeGraph,
    *,
    about: str,
    form: str,
    endpoint: str,
    dataset: str,
    root: str,
    counted: dict[str, dict[str, int]] | None,
    modified: str,
) -> bytes:
    """Return the description of the ``service`` or the ``dataset`` in a form of RDF."""
    made = _Describer()
    numbers = counted or {"graphs": {}, "classes": {}}
    if about == "service":
        _service(made, graph, endpoint, dataset, numbers)
    else:
        _dataset(made, graph, endpoint, dataset, root, numbers, modified)
    chosen = GRAPH_FORMS[form]
    prefixes = _PREFIXES if chosen == ox.RdfFormat.TURTLE else None
    return serialized(made.triples, chosen, prefixes)


def _service(
    made: _Describer,
    graph: KnowledgeGraph,
    endpoint: str,
    dataset: str,
    numbers: dict[str, dict[str, int]],
) -> None:
    service = ox.NamedNode(f"{endpoint}#service")
    offered = ox.NamedNode(f"{endpoint}#dataset")
    default = ox.NamedNode(f"{endpoint}#default")
    made.kind(service, "sd:Service")
    made.add(service, "sd:endpoint", ox.NamedNode(endpoint))
    made.add(service, "sd:supportedLanguage", ox.NamedNode(SD + "SPARQL11Query"))
    made.add(service, "sd:feature", ox.NamedNode(SD + "UnionDefaultGraph"))
    for name in (*_RESULTS, *_RDF):
        made.add(service, "sd:resultFormat", ox.NamedNode(FORMATS + name))
    made.add(service, "sd:defaultDataset", offered)
    made.kind(offered, "sd:Dataset")
    made.add(offered, "sd:defaultGraph", default)
    made.kind(default, "sd:Graph", "void:Dataset")
    if numbers["graphs"]:
        made.add(default, "void:triples", ox.Literal(sum(numbers["graphs"].values())))
    made.add(default, "dcterms:isPartOf", ox.NamedNode(dataset))
    for name in graph.store.graphs():
        entry = ox.NamedNode(f"{endpoint}#named-{name.removeprefix(GRAPH)}")
        made.add(offered, "sd:namedGraph", entry)
        made.kind(entry, "sd:NamedGraph")
        made.add(entry, "sd:name", ox.NamedNode(name))
        content = ox.NamedNode(f"{endpoint}#graph-{name.removeprefix(GRAPH)}")
        made.add(entry, "sd:graph", content)
        made.kind(content, "sd:Graph")
        if name in numbers["graphs"]:
            made.add(content, "void:triples", ox.Literal(numbers["graphs"][name]))


def _dataset(
    made: _Describer,
    graph: KnowledgeGraph,
    endpoint: str,
    dataset: str,
    root: str,
    numbers: dict[str, dict[str, int]],
    modified: str,
) -> None:
    whole = ox.NamedNode(dataset)
    made.kind(whole, "dcat:Dataset", "void:Dataset")
    _titled(made, whole, "konkyo: 政策の根拠の知識グラフ", "konkyo: what public measures rest on")
    for text, lang in (
        ("政策評価書と行政事業レビューから読み取った、施策・事業の根拠となる戦略、指標、予算と、その証拠。資料が述べる事実は、それぞれの公表者のものです。", "ja"),
        ("Strategies, indicators and money behind public measures, read from evaluation sheets and review sheets, with the evidence. What the sources state are facts of their publishers.", "en"),
    ):  # fmt: skip
        made.add(whole, "dcterms:description", ox.Literal(text, language=lang))
    made.add(whole, "dcterms:license", ox.NamedNode(_LICENCE))
    made.add(whole, "dcterms:modified", _time(modified))
    made.add(whole, "foaf:homepage", ox.NamedNode(root))
    made.add(whole, "void:sparqlEndpoint", ox.NamedNode(endpoint))
    made.add(whole, "void:uriSpace", ox.Literal(BASE))
    made.add(whole, "void:exampleResource", ox.NamedNode(ID + "strategy/shin-seicho"))
    for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML"):
        made.add(whole, "void:feature", ox.NamedNode(FORMATS + name))
    for iri in (KK, *(namespaces.PREFIXES[name] for name in _OTHERS)):
        made.add(whole, "void:vocabulary", ox.NamedNode(iri))
    if numbers["graphs"]:
        made.add(whole, "void:triples", ox.Literal(sum(numbers["graphs"].values())))
        made.add(whole, "void:classes", ox.Literal(len(numbers["classes"])))
    for position, (name, things) in enumerate(sorted(numbers["classes"].items()), start=1):
        part = ox.NamedNode(f"{dataset}#class-{position}")
        made.add(whole, "void:classPartition", part)
        made.add(part, "void:class", ox.NamedNode(name))
        made.add(part, "void:entities", ox.Literal(things))
    _distribution(made, whole, endpoint, dataset)
    for subject in graph.store.graphs():
        part = ox.NamedNode(subject)
        made.add(whole, "void:subset", part)
        made.kind(part, "void:Dataset")
        if subject in numbers["graphs"]:
            made.add(part, "void:triples", ox.Literal(numbers["graphs"][subject]))
        for triple in _stated(graph, subject):
            made.triples[triple] = None


def _titled(made: _Describer, thing: ox.NamedNode, ja: str, en: str) -> None:
    """Add a title, which DCAT-AP wants of a dataset and of a service."""
    for title, lang in ((ja, "ja"), (en, "en")):
        made.add(thing, "dcterms:title", ox.Literal(title, language=lang))


def _distribution(made: _Describer, whole: ox.NamedNode, endpoint: str, dataset: str) -> None:
    """Add how the data can be had: through the endpoint."""
    service = ox.NamedNode(f"{endpoint}#service")
    way = ox.NamedNode(f"{dataset}#sparql")
    made.add(whole, "dcat:distribution", way)
    made.kind(way, "dcat:Distribution")
    made.add(way, "dcat:accessURL", ox.NamedNode(endpoint))
    made.add(way, "dcat:accessService", service)
    made.add(way, "dcterms:license", ox.NamedNode(_LICENCE))
    made.kind(service, "dcat:DataService")
    _titled(made, service, "konkyo: SPARQLで問い合わせる", "konkyo: the SPARQL endpoint")
    made.add(service, "dcat:endpointURL", ox.NamedNode(endpoint))
    made.add(service, "dcat:servesDataset", whole)
    made.add(service, "dcterms:conformsTo", ox.NamedNode("http://www.w3.org/TR/sparql11-protocol/"))


def _stated(graph: KnowledgeGraph, name: str) -> Iterator[ox.Triple]:
    """Yield what the store says of a graph and of the files that it was read from."""
    yield from graph.store.construct(f"CONSTRUCT {{ <{name}> ?p ?o }} WHERE {{ <{name}> ?p ?o }}")
    yield from graph.store.construct(
        f"CONSTRUCT {{ <{name}> <{DCTERMS}source> ?f . ?f ?p ?o }} "
        f"WHERE {{ GRAPH <{name}> {{ ?f a <{KK}SourceFile> ; ?p ?o }} }}"
    )


def _time(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "dateTime"))
