"""The triples of any CONSTRUCT query as a networkx graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.common.words import Words
from konkyo.graph.facts import load_facts
from konkyo.graph.network import RELATIONS, Network
from konkyo.graph.reader import Reader
from konkyo.model.namespaces import KK, C, expand, shorten
from konkyo.questions.subgraph.attributes import node_attributes

if TYPE_CHECKING:
    import networkx as nx

# --- any triples ------------------------------------------------------------------------------------

# Properties whose object is the ground of their subject: drawn the other way round, as the rest of the picture.
_AGAINST = {
    "dcterms:isPartOf": ("hasPart", None),
    "dcterms:creator": ("produced", None),
    "kk:ministry": ("responsible", None),
    "kk:justifiedBy": ("justifies", None),
    "kk:statedBasis": ("justifies", "stated"),
    "kk:informedBy": ("takenUp", "stated"),
}
_NAMES = ("skos:prefLabel", "rdfs:label", "dcterms:title")


def triples_to_networkx(
    network: Network, triples: Iterable[ox.Triple], *, title: Words, limit: int
) -> tuple[nx.MultiDiGraph[str], int]:
    """Return the triples of a CONSTRUCT query as a graph, and how many nodes there were before the limit.

    IRIs are nodes and the triples between them edges; types, labels and other literals go to the nodes they
    belong to. What the store knows of a node is shown too. Past the limit the node with most triples stays, and
    from there on whichever of those that are joined to it has the most.
    """
    import networkx as nx

    reader = network.reader
    kind_of, label_of = expand("rdf:type"), {expand(name) for name in _NAMES}
    nodes: Counter[str] = Counter()
    edges: list[tuple[str, str, str]] = []
    typed: dict[str, str] = {}
    literals: dict[str, list[tuple[str, ox.Literal]]] = {}
    for triple in sorted(triples, key=str):
        if not isinstance(triple.subject, ox.NamedNode):
            continue  # konkyo's data has no blank nodes, and one has no name to show
        subject, predicate, value = triple.subject.value, triple.predicate.value, triple.object
        nodes[subject] += 1
        if isinstance(value, ox.Literal):
            literals.setdefault(subject, []).append((predicate, value))
        elif isinstance(value, ox.NamedNode) and predicate == kind_of:
            typed.setdefault(subject, value.value)
        elif isinstance(value, ox.NamedNode):
            nodes[value.value] += 1
            edges.append((subject, predicate, value.value))
    drawn = sorted(_most_joined(nodes, edges, limit) if limit and len(nodes) > limit else nodes)
    inside = set(drawn)
    network.load(drawn)
    load_facts(reader, drawn)
    used = {predicate for _, predicate, _ in edges} | {p for pairs in literals.values() for p, _ in pairs}
    reader.load([*used, *typed.values(), *(KK + reader.kind(iri) for iri in drawn)])
    reader.load(value.value for pairs in literals.values() for _, value in pairs if value.value.startswith(C))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=title._asdict(), focus=None, ends=None)
    for iri in drawn:
        made = node_attributes(network, iri)
        if not reader.known(iri):
            made["kind"] = shorten(typed[iri]).rsplit(":", 1)[-1] if iri in typed else "Thing"
        kind = KK + made["kind"] if reader.kind(iri) != "Thing" else typed.get(iri, "")
        reader.load([kind] if kind else [])
        made["kindLabel"] = _kind_name(reader, kind) if kind else {"ja": "もの", "en": "Thing"}
        texts: dict[str, str] = {}
        for predicate, value in literals.get(iri, ()):
            if predicate in label_of:
                texts.setdefault(value.language if value.language in ("ja", "en") else "ja", value.value)
            else:
                text = {"ja": value.value, "en": value.value}
                made["facts"].append({"name": _name(reader, predicate), "text": text})
        if texts:
            made["label"] = {"ja": texts.get("ja") or texts.get("en"), "en": texts.get("en")}
        graph.add_node(iri, **made)
    for subject, predicate, item in edges:
        if subject not in inside or item not in inside:
            continue
        relation, level = _AGAINST.get(shorten(predicate), (None, None))
        start, end = (item, subject) if relation else (subject, item)
        label = RELATIONS[relation]._asdict() if relation else _name(reader, predicate)
        graph.add_edge(
            start, end, relation=relation or shorten(predicate), label=label, level=level, rule=None, reason=None,
            author=None, evidence=[],
        )  # fmt: skip
    return graph, len(nodes)


def _most_joined(
    nodes: Mapping[str, int], edges: Iterable[tuple[str, str, str]], limit: int
) -> dict[str, None]:
    """Return the nodes of most triples that hang together: the busiest alone may have nothing to do with each other."""
    near: dict[str, set[str]] = {}
    for start, _, end in edges:
        near.setdefault(start, set()).add(end)
        near.setdefault(end, set()).add(start)
    chosen: dict[str, None] = {}
    for seed in sorted(nodes, key=lambda iri: (-nodes[iri], iri)):
        queue = [(-nodes[seed], seed)]
        while queue and len(chosen) < limit:
            iri = heappop(queue)[1]
            if iri not in chosen:
                chosen[iri] = None
                for other in sorted(near.get(iri, ())):
                    heappush(queue, (-nodes[other], other))
        if len(chosen) >= limit:
            break
    return chosen


def _kind_name(reader: Reader, iri: str) -> dict[str, str]:
    """Return the label of a class, or its local name: a prefix says nothing to a reader."""
    if reader.known(iri):
        return reader.label(iri)._asdict()
    return dict.fromkeys(("ja", "en"), iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1])


def _name(reader: Reader, iri: str) -> dict[str, str]:
    """Return the label of a loaded property or class, or its prefixed name."""
    if reader.known(iri):
        return reader.label(iri)._asdict()
    return dict.fromkeys(("ja", "en"), shorten(iri))
