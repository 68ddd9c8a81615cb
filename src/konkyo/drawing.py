"""A network as a networkx graph with everything that a view shows, as JSON-like attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.common.text import fold
from konkyo.common.words import Words
from konkyo.graph.chart_data import figures, values_to_draw
from konkyo.graph.facts import evidence, facts, load_facts
from konkyo.graph.network import RELATIONS, Edge, Network
from konkyo.graph.reader import NAMES, EvidenceText, Reader
from konkyo.graph.sparql import batches, numbered
from konkyo.model.namespaces import KK, C, expand, shorten

if TYPE_CHECKING:
    import networkx as nx

# Columns from left to right; sections and steps of a logic model take the numbers between. Gaps do not count.
LAYERS = {
    "Strategy": 0,
    "Panel": 0,
    "Edition": 10,
    "Section": 20,
    "Citation": 20,
    "LegalResource": 20,
    "Organization": 40,
    "Policy": 45,
    "Measure": 50,
    "Objective": 60,
    "Project": 60,
    "Indicator": 70,
    "LogicStep": 70,
}
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
_OF_LINKS = (*_CODES_OF_LINKS, "dcterms:description", "kk:evidence")
_OF_BRIEF = (*NAMES, "dcterms:type", "schema:url", "kk:ministry", "kk:searchKey")


def to_networkx(
    network: Network,
    nodes: Iterable[str],
    *,
    title: Words,
    focus: str | None = None,
    note: Words | None = None,
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
    reader.load(node for node in drawn if node not in brief)
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
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=title._asdict(), focus=focus, note=_note(note, bool(brief)), ends=ends
    )
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
    how = _edge(network, before)
    made.update(level=how["level"] or made["level"], rule=how["rule"], author=how["author"])
    spellings = [network.reader.label(edge.target) for edge, _ in pairs]
    cited = Words(
        "、".join(f"「{item.ja}」" for item in spellings), ", ".join(f"“{item.en}”" for item in spellings)
    )
    made["reason"] = {"ja": f"引用：{cited.ja}", "en": f"Cited as {cited.en}"}
    made["evidence"] = [item for _, edge in pairs for item in _edge(network, edge)["evidence"]]
    return made


def _other_links(network: Network, drawn: list[str]) -> list[Edge]:
    """Return placements, steps that lead on and related projects among the nodes, unless the network has them."""
    inside = set(drawn)
    known = {edge.link for edge in network.subgraph(drawn) if edge.link}
    names = {expand(f"kk:{kind}"): relation for kind, (relation, _) in _OTHER_LINKS.items()}
    kinds = ", ".join(f"<{kind}>" for kind in names)
    has, basis, level, of = (
        f"<{expand(name)}>" for name in ("kk:hasLink", "kk:basis", "kk:claimLevel", "rdf:type")
    )
    found = set()
    # From the grounds: a project has many more links than lead to what is drawn.
    for batch in batches(drawn):
        text = (
            f"SELECT ?i ?l ?k ?o ?v WHERE {{ {numbered(batch)} ?l {basis} ?s . ?l {of} ?k FILTER(?k IN ({kinds})) "
            f"?o {has} ?l OPTIONAL {{ ?l {level} ?v }} }}"
        )
        for row in network.reader.store.select(text):
            ground, link, owner = batch[int(row["i"].value)], row["l"].value, row["o"].value
            if link not in known and owner in inside and ground != owner:
                said = row["v"].value.rsplit("/", 1)[-1] if row["v"] else None
                found.add(Edge(ground, owner, names[row["k"].value], link, said))
    if network.scope:
        kept = network.scope.links(edge.link for edge in found if edge.link)
        found = {edge for edge in found if edge.link in kept}
    return sorted(found, key=lambda edge: (edge.target, edge.link or "", edge.source))


def _layer(network: Network, node: str) -> int:
    kind = network.reader.kind(node)
    layer = LAYERS.get(kind, 40)
    if kind == "Section":  # deeper sections stand further to the right, at most up to the measures
        depth = sum(1 for item in network.place_of(node) if network.kind(item) == "Section")
        layer += min(depth - 1, 9)
    elif kind == "LogicStep":
        layer += _STEPS.get((network.reader.one(node, "dcterms:type") or "").rsplit("/", 1)[-1], 0)
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
            {"name": fact.name._asdict(), "text": fact.text._asdict()}
            for fact in facts(reader, iri, network.scope)
        ],
        "values": values_to_draw(reader, iri),
        "figures": figures(reader, iri),
        "evidence": _by_row(evidence(reader, iri)),
        "url": reader.one(iri, "schema:url"),
    }


def _edge(network: Network, edge: Edge) -> dict[str, Any]:
    reader = network.reader
    made: dict[str, Any] = {
        "relation": edge.relation,
        "label": _WORDS[edge.relation]._asdict(),
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


def _note(note: Words | None, brief: bool) -> dict[str, str] | None:
    if brief:
        more = Words(
            f"{DETAILED:,}件を超える図では事業と段階の金額・証拠を省いています。`konkyo view 事業の名称` で見られます。",
            f"In a picture of more than {DETAILED:,} things the figures and evidence of projects and steps are left out; "
            "`konkyo view PROJECT` shows them.",
        )
        note = Words(f"{note.ja} {more.ja}", f"{note.en} {more.en}") if note else more
    return note._asdict() if note else None


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
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=title._asdict(), focus=None, note=None, ends=None)
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
