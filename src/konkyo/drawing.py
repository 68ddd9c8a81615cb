"""A network as a networkx graph with everything that a view shows, as JSON-like attributes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from konkyo.facts import evidence, facts, load_facts
from konkyo.network import LAYERS, RELATIONS, Edge, Network
from konkyo.reader import EvidenceText
from konkyo.words import Words

if TYPE_CHECKING:
    import networkx as nx


_OF_LINKS = ("kk:rule", "prov:wasAttributedTo", "kk:claimLevel", "kk:uptakeManner")


def to_networkx(
    network: Network,
    nodes: Iterable[str],
    *,
    title: Words,
    focus: str | None = None,
    note: Words | None = None,
) -> nx.MultiDiGraph[str]:
    """Return nodes and the edges among them as a networkx graph with everything that a view shows as attributes."""
    import networkx as nx

    reader = network.reader
    drawn = sorted(set(nodes))
    edges = network.subgraph(drawn)
    ministries = sorted({org for node in drawn for org in reader.objects(node, "kk:ministry")} - set(drawn))
    links = [edge.link for edge in edges if edge.link]
    reader.load(links)
    load_facts(reader, [*drawn, *ministries])
    reader.load(value for link in links for name in _OF_LINKS for value in reader.objects(link, name))
    reader.load_evidence(links)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=title._asdict(), focus=focus, note=note._asdict() if note else None
    )
    for node in [*drawn, *ministries]:
        graph.add_node(node, **_node(network, node))
    for edge in edges:
        graph.add_edge(edge.source, edge.target, **_edge(network, edge))
    for node in drawn:
        for org in reader.objects(node, "kk:ministry"):
            graph.add_edge(org, node, **_edge(network, Edge(org, node, "responsible")))
    return graph


def _layer(network: Network, node: str) -> int:
    kind = network.kind(node)
    layer = LAYERS.get(kind, 4)
    if kind == "Section":  # deeper sections stand further to the right, at most up to the measures
        depth = sum(1 for item in network.place_of(node) if network.kind(item) == "Section")
        layer = min(layer + depth - 1, 4)
    if kind == "Indicator" and network.reader.one(node, "dcterms:isPartOf"):
        layer += 1
    return layer


def _node(network: Network, iri: str) -> dict[str, Any]:
    reader = network.reader
    label = reader.label(iri)
    return {
        "kind": reader.kind(iri),
        "label": {"ja": label.ja, "en": label.en if label.en != label.ja else None},
        "layer": _layer(network, iri),
        "facts": [{"name": fact.name._asdict(), "text": fact.text._asdict()} for fact in facts(reader, iri)],
        "evidence": [_plain(item) for item in evidence(reader, iri)],
        "url": reader.one(iri, "schema:url"),
    }


def _edge(network: Network, edge: Edge) -> dict[str, Any]:
    reader = network.reader
    made: dict[str, Any] = {
        "relation": edge.relation,
        "label": RELATIONS[edge.relation]._asdict(),
        "level": edge.level,
        "rule": None,
        "reason": None,
        "author": None,
        "evidence": [],
    }
    if edge.link:
        rule, author = reader.one(edge.link, "kk:rule"), reader.one(edge.link, "prov:wasAttributedTo")
        manner = reader.one(edge.link, "kk:uptakeManner")
        reason = reader.literals(edge.link, "dcterms:description") or (
            reader.label(manner) if manner else None
        )
        made["rule"] = reader.label(rule)._asdict() if rule else None
        made["reason"] = reason._asdict() if reason else None
        made["author"] = reader.label(author).ja if author else None
        made["evidence"] = [_plain(item) for item in reader.evidence(edge.link)]
    return made


def _plain(item: EvidenceText) -> dict[str, Any]:
    return {
        "source": item.source.ja,
        "place": item.place.ja,
        "field": item.field.ja,
        "words": item.words,
        "certainty": item.certainty._asdict() if item.certainty else None,
        "note": item.note,
    }
