"""A network as a networkx graph with everything that a view shows, as JSON-like attributes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from konkyo.common.advice import Advice, Code, Note
from konkyo.common.text import fold
from konkyo.common.words import Words
from konkyo.graph.chart_data import figures, values_to_draw
from konkyo.graph.fact import FactKey
from konkyo.graph.facts import OF_FACTS, evidence, facts, load_facts
from konkyo.graph.network import RELATIONS, Edge, Network
from konkyo.graph.reader import NAMES, OF_PLACES, EvidenceText
from konkyo.graph.sparql import select_each
from konkyo.model.kinds import LAYERS
from konkyo.model.namespaces import KK
from konkyo.questions.subgraph.notes import tell

if TYPE_CHECKING:
    import networkx as nx

# The column of what has none of its own.
_MIDDLE = 40
_STEPS = {"activity": 0, "output": 1, "outcome": 2}

# Links whose basis and owner may both be drawn and that the network of justifications does not walk.
_OTHER_LINKS = {
    "Placement": ("placed", Words("位置付けの施策", "places")),
    "StepConnection": ("leadsTo", Words("つながる段階", "leads to")),
    "ProjectRelation": ("related", Words("関連事業", "related project")),
}
# Past as many things a picture says of projects and steps only what they are.
DETAILED = 1000
_BRIEF = ("Project", "LogicStep")

_WORDS = {**RELATIONS, **dict(_OTHER_LINKS.values())}

_CODES_OF_LINKS = ("kk:rule", "prov:wasAttributedTo", "kk:uptakeManner")
_OF_LINKS = (*_CODES_OF_LINKS, "dcterms:description", *OF_PLACES)
_OF_BRIEF = (*NAMES, "kk:kind", "schema:url", "kk:ministry", "kk:searchKey")
_OF_NODES = tuple(dict.fromkeys([*OF_FACTS, *_OF_BRIEF, "dcterms:isPartOf"]))


def to_networkx(
    network: Network,
    nodes: Iterable[str],
    *,
    title: Words,
    focus: str | None = None,
    notes: Iterable[Note] = (),
    ends: tuple[str, str] | None = None,
    folded: Iterable[str] = (),
) -> nx.MultiDiGraph[str]:
    """Return nodes and the edges among them as a networkx graph with everything that a view shows as attributes.

    ``ends`` are two nodes whose chains the page lights up at its start. ``folded`` are citations to draw as part of
    the links that lead through them, from what they denote to what cites it.
    """
    import networkx as nx

    reader = network.reader
    drawn = sorted(set(nodes))
    network.load(drawn)
    # The figures and steps of thousands of projects are tens of megabytes that nobody reads in one picture.
    brief = {node for node in drawn if network.kind(node) in _BRIEF} if len(drawn) > DETAILED else set()
    reader.load_only((node for node in drawn if node in brief), _OF_BRIEF)
    reader.load_only((node for node in drawn if node not in brief), _OF_NODES)
    links_between = _other_links(network, drawn)
    said = {(edge.source, edge.target) for edge in links_between}
    # The plain triple beside a link says the same once more.
    plain = [edge for edge in network.subgraph(drawn) if edge.link or (edge.source, edge.target) not in said]
    edges = [*plain, *links_between]
    through = _through(network, drawn, folded)
    ministries = sorted({org for node in drawn for org in reader.objects(node, "kk:ministry")} - set(drawn))
    links = [
        edge.link
        for edge in (*edges, *(edge for pairs in through.values() for pair in pairs for edge in pair))
        if edge.link
    ]
    reader.load_only(links, _OF_LINKS)
    reader.load_only((before.target for pairs in through.values() for before, _ in pairs), NAMES)
    load_facts(reader, [node for node in (*drawn, *ministries) if node not in brief], network.scope)
    reader.load(value for link in links for name in _CODES_OF_LINKS for value in reader.objects(link, name))
    reader.load_evidence(links)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=title._asdict(), focus=focus, ends=ends)
    tell(graph, [*notes, *([Advice(Code.IN_BRIEF, {"most": DETAILED})] if brief else [])])
    for node in [*drawn, *ministries]:
        graph.add_node(node, **(_in_brief if node in brief else node_attributes)(network, node))
    for edge in edges:
        graph.add_edge(edge.source, edge.target, **_edge(network, edge))
    for (start, end), pairs in through.items():
        graph.add_edge(start, end, **_joined(network, pairs))
    # A ministry stands before the first of its things; what is below a measure need not be tied to it once more.
    below = {edge.target for edge in edges if edge.relation in ("hasPart", "placed")}
    for node in drawn:
        for org in reader.objects(node, "kk:ministry"):
            if node not in below:
                graph.add_edge(org, node, **_edge(network, Edge(org, node, "responsible")))
    return graph


def _through(
    network: Network, drawn: Iterable[str], folded: Iterable[str]
) -> dict[tuple[str, str], list[tuple[Edge, Edge]]]:
    """Return the pairs of claims that lead through folded citations, by what they join."""
    inside = set(drawn)
    found: dict[tuple[str, str], list[tuple[Edge, Edge]]] = {}
    for citation in sorted(set(folded) - inside):
        for before in network.edges(citation, "up"):
            for after in network.edges(citation, "down"):
                if (
                    before.source in inside
                    and after.target in inside
                    and "rejected" not in (before.level, after.level)
                ):
                    found.setdefault((before.source, after.target), []).append((before, after))
    return found


def _joined(network: Network, pairs: list[tuple[Edge, Edge]]) -> dict[str, Any]:
    """Return one link for all the citations by which a thing rests on another: no surer than what they denote is."""
    before, after = pairs[0]
    made = _edge(network, after)
    how = _claim(network, before)
    made.update(level=how["level"] or made["level"], rule=how["rule"], author=how["author"])
    spellings = [network.reader.label(edge.target) for edge, _ in pairs]
    cited = Words(
        "、".join(f"「{item.ja}」" for item in spellings), ", ".join(f"“{item.en}”" for item in spellings)
    )
    made["reason"] = {"ja": f"引用：{cited.ja}", "en": f"Cited as {cited.en}"}
    for _, edge in pairs[1:]:
        made["evidence"] += _evidence(network, edge)
    return made


def _other_links(network: Network, drawn: list[str]) -> list[Edge]:
    """Return placements, steps that lead on and related projects among the nodes, unless the network has them."""
    inside = set(drawn)
    known = {edge.link for edge in network.subgraph(drawn) if edge.link}
    kinds = ", ".join(f"kk:{kind}" for kind in _OTHER_LINKS)
    found = set()
    # From the grounds: a project has many more links than lead to what is drawn.
    pattern = (
        f"?l kk:basis ?s ; a ?k FILTER(?k IN ({kinds})) ?o kk:hasLink ?l OPTIONAL {{ ?l kk:claimLevel ?v }}"
    )
    for ground, row in select_each(network.reader.store, drawn, "?l ?k ?o ?v", pattern):
        link, owner = row["l"].value, row["o"].value
        if link not in known and owner in inside and ground != owner:
            relation, _ = _OTHER_LINKS[row["k"].value.removeprefix(KK)]
            said = row["v"].value.rsplit("/", 1)[-1] if row["v"] else None
            found.add(Edge(ground, owner, relation, link, said))
    if network.scope:
        kept = network.scope.links(edge.link for edge in found if edge.link)
        found = {edge for edge in found if edge.link in kept}
    return sorted(found, key=lambda edge: (edge.target, edge.link or "", edge.source))


def _layer(network: Network, node: str) -> int:
    kind = network.reader.kind(node)
    layer = LAYERS.get(kind, _MIDDLE)
    if kind == "Section":  # deeper sections stand further to the right, at most up to the measures
        depth = sum(1 for item in network.place_of(node) if network.kind(item) == "Section")
        layer += min(depth - 1, 9)
    elif kind == "LogicStep":
        layer += _STEPS.get((network.reader.one(node, "kk:kind") or "").rsplit("/", 1)[-1], 0)
    elif kind == "Indicator":
        whole = network.reader.one(node, "dcterms:isPartOf")
        layer += 5 if whole else 0
    return layer


def _names(network: Network, iri: str) -> list[str]:
    """Return by what konkyo finds a thing besides its label: other names, kind and number (:mod:`konkyo.graph.lookup.search_keys`)."""
    # The page folds labels, too, and knows no other form: that of the label is another name for it.
    known = [fold(text) for text in network.reader.label(iri)]
    found: list[str] = []
    for key in sorted(network.reader.objects(iri, "kk:searchKey"), key=lambda key: (-len(key), key)):
        if not any(key in name for name in (*known, *found)):
            found.append(key)
    return found


def node_attributes(network: Network, iri: str) -> dict[str, Any]:
    """Return what a view shows of a node; :func:`konkyo.graph.facts.load_facts` must have been called for it."""
    reader = network.reader
    label = reader.label(iri)
    return {
        "kind": reader.kind(iri),
        "label": {"ja": label.ja, "en": label.en if label.en != label.ja else None},
        "names": _names(network, iri),
        "layer": _layer(network, iri),
        "facts": [
            {
                "name": fact.name._asdict(),
                "text": fact.text._asdict(),
                **({"money": True} if fact.key is FactKey.BUDGET else {}),
            }
            for fact in facts(reader, iri, network.scope)
        ],
        "values": values_to_draw(reader, iri),
        "figures": figures(reader, iri),
        "evidence": _by_row(evidence(reader, iri)),
        "url": reader.one(iri, "schema:url"),
    }


def _edge(network: Network, edge: Edge) -> dict[str, Any]:
    return {**_claim(network, edge), "evidence": _evidence(network, edge)}


def _evidence(network: Network, edge: Edge) -> list[dict[str, Any]]:
    return [_plain(item) for item in network.reader.evidence(edge.link)] if edge.link else []


def _claim(network: Network, edge: Edge) -> dict[str, Any]:
    """Return what a view shows of an edge, but for its evidence."""
    reader = network.reader
    made: dict[str, Any] = {
        "relation": edge.relation,
        "label": _WORDS[edge.relation]._asdict(),
        "level": edge.level,
        "rule": None,
        "reason": None,
        "author": None,
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
    return made


def _in_brief(network: Network, iri: str) -> dict[str, Any]:
    """Return what a picture of thousands of things shows of a project or a step: what it is, not its figures."""
    reader = network.reader
    label, number = reader.label(iri), reader.one(iri, "dcterms:identifier")
    fact = {"name": {"ja": "番号", "en": "Number"}, "text": {"ja": number, "en": number}}
    return {
        "kind": reader.kind(iri),
        "label": {"ja": label.ja, "en": label.en if label.en != label.ja else None},
        "names": _names(network, iri),
        "layer": _layer(network, iri),
        "facts": [fact] if number else [],
        "values": [],
        "figures": [],
        "evidence": [],
        "url": reader.one(iri, "schema:url"),
    }


def _by_row(items: Iterable[EvidenceText]) -> list[dict[str, Any]]:
    """Return evidence for the page; cells of one row of a table are one piece, with all their columns."""
    rows: dict[tuple[Any, ...], list[EvidenceText]] = {}
    for item in items:
        alone = item.row is None or item.words or item.note
        key = (item.iri,) if alone else (item.source, item.row, item.certainty)
        rows.setdefault(key, []).append(item)
    found = []
    for group in rows.values():
        made = _plain(group[0])
        if len(group) > 1:
            columns = "」「".join(dict.fromkeys(item.column or "" for item in group))
            made.update(place=f"{group[0].row}行目 列「{columns}」", field="")
        found.append(made)
    return found


def _plain(item: EvidenceText) -> dict[str, Any]:
    return {
        "source": item.source.ja,
        "place": item.place.ja,
        "field": item.field.ja,
        "words": item.words,
        "certainty": item.certainty._asdict() if item.certainty else None,
        "note": item.note,
    }
