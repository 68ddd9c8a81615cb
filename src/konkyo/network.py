"""The graph as people think of it: from the grounds to what rests on them.

Nodes are strategies, editions, sections, panels, reports, measures, objectives, indicators, projects; an edge
runs from what justifies to what is justified. Links (justification, uptake) are nodes in RDF and edges here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from konkyo.reader import EvidenceText, Reader
from konkyo.vocabulary import ID, KK, expand
from konkyo.words import Words

if TYPE_CHECKING:
    import networkx as nx

    from konkyo.store import Store

# Properties that run from the grounds to what rests on them, and those that run the other way.
_DOWN = {"dcat:hasVersion": "hasVersion", "kk:hasObjective": "hasObjective", "kk:hasIndicator": "hasIndicator"}
_UP = {"dcterms:isPartOf": "hasPart", "dcterms:creator": "produced"}
_LINKS = {"kk:hasJustification": "justifies", "kk:hasUptake": "takenUp"}

RELATIONS: Mapping[str, Words] = {
    "hasVersion": Words("版", "has edition"),
    "hasPart": Words("部分", "has part"),
    "produced": Words("取りまとめ", "produced"),
    "justifies": Words("位置付け", "justifies"),
    "takenUp": Words("提言の活用", "advice used by"),
    "hasObjective": Words("目標", "has objective"),
    "hasIndicator": Words("指標", "has indicator"),
    "responsible": Words("所管", "responsible for"),
}

# The layers of a drawing, from the strategies at the left to the indicators at the right.
_LAYERS = {
    "Strategy": 0,
    "Panel": 0,
    "Edition": 1,
    "Section": 2,
    "Organization": 4,
    "Policy": 5,
    "Measure": 5,
    "Objective": 6,
    "Project": 6,
    "Indicator": 7,
    "LogicStep": 7,
}
KINDS = tuple(_LAYERS)
_LEVELS = ("stated", "derived", "interpreted", "rejected")


@dataclass(frozen=True, slots=True)
class Edge:
    """One step from a ground to what rests on it; ``link`` is the link's IRI where the step is a claim."""

    source: str
    target: str
    relation: str
    link: str | None = None
    level: str | None = None


class Network:
    """Nodes and edges loaded so far; grows on demand, upwards or downwards, in batches."""

    def __init__(self, store: Store) -> None:
        self.reader = Reader(store)
        self._edges: dict[Edge, None] = {}
        self._from: dict[str, list[Edge]] = {}
        self._to: dict[str, list[Edge]] = {}
        self._grown: dict[str, set[str]] = {"up": set(), "down": set()}

    # --- growing --------------------------------------------------------------------------------

    def grow(self, seeds: Iterable[str], direction: str, *, depth: int = 20, level: str | None = None) -> set[str]:
        """Load what the seeds rest on (``up``) or what rests on them (``down``), at most ``depth`` steps away.

        With ``level`` (``stated``) only links of that claim level are followed. Returns the IRIs reached.
        """
        frontier, seen = set(seeds), set(seeds)
        for _ in range(depth):
            if not frontier:
                break
            self._expand(sorted(frontier - self._grown[direction]), direction)
            self._grown[direction] |= frontier
            edges = (edge for node in sorted(frontier) for edge in self.edges(node, direction))
            reached = {
                edge.source if direction == "up" else edge.target
                for edge in edges
                if level is None or edge.level in (None, level)
            }
            frontier = reached - seen
            seen |= reached
        return seen

    def _expand(self, nodes: list[str], direction: str) -> None:
        reader = self.reader
        reader.load(nodes)
        if direction == "down":
            reader.load_incoming(nodes, [*_UP, "kk:basis"])
            links = [link for node in nodes for link in reader.subjects(node, "kk:basis")]
            reader.load_incoming(links, list(_LINKS))
            reader.load(links)
            near = [item for node in nodes for name in _DOWN for item in reader.objects(node, name)]
            near += [item for node in nodes for name in _UP for item in reader.subjects(node, name)]
            near += [owner for link in links for name in _LINKS for owner in reader.subjects(link, name)]
            reader.load(near)
            for node in nodes:
                self._edges_down(node)
        else:
            reader.load_incoming(nodes, list(_DOWN))
            links = [link for node in nodes for name in _LINKS for link in reader.objects(node, name)]
            reader.load(links)
            near = [item for node in nodes for name in _DOWN for item in reader.subjects(node, name)]
            near += [item for node in nodes for name in _UP for item in reader.objects(node, name)]
            near += [item for link in links for item in reader.objects(link, "kk:basis")]
            reader.load(near)
            for node in nodes:
                self._edges_up(node)

    def _edges_down(self, node: str) -> None:
        reader = self.reader
        for name, relation in _DOWN.items():
            for target in reader.objects(node, name):
                self._add(Edge(node, target, relation))
        for name, relation in _UP.items():
            for target in reader.subjects(node, name):
                self._add(Edge(node, target, relation))
        for link in reader.subjects(node, "kk:basis"):
            for name, relation in _LINKS.items():
                for owner in reader.subjects(link, name):
                    self._add(Edge(node, owner, relation, link, self._level(link)))

    def _edges_up(self, node: str) -> None:
        reader = self.reader
        for name, relation in _DOWN.items():
            for source in reader.subjects(node, name):
                self._add(Edge(source, node, relation))
        for name, relation in _UP.items():
            for source in reader.objects(node, name):
                self._add(Edge(source, node, relation))
        for name, relation in _LINKS.items():
            for link in reader.objects(node, name):
                for basis in reader.objects(link, "kk:basis"):
                    self._add(Edge(basis, node, relation, link, self._level(link)))

    def _level(self, link: str) -> str | None:
        value = self.reader.one(link, "kk:claimLevel")
        return value.rsplit("/", 1)[-1] if value else None

    def _add(self, edge: Edge) -> None:
        if edge in self._edges or not (self._drawn(edge.source) and self._drawn(edge.target)):
            return
        # An objective is part of its measure and its measure's objective: one step, not two.
        if edge.relation == "hasPart" and self.kind(edge.target) == "Objective":
            return
        self._edges[edge] = None
        self._from.setdefault(edge.source, []).append(edge)
        self._to.setdefault(edge.target, []).append(edge)

    def _drawn(self, iri: str) -> bool:
        return self.kind(iri) in _LAYERS

    # --- reading --------------------------------------------------------------------------------

    def kind(self, iri: str) -> str:
        """Return the kind of a loaded node (local name of its class)."""
        return self.reader.kind(iri)

    def edges(self, node: str, direction: str) -> list[Edge]:
        """Return the loaded edges that lead up from a node or down from it, in a fixed order."""
        found = self._to if direction == "up" else self._from
        return sorted(found.get(node, []), key=lambda e: (e.relation, e.source, e.target, e.link or ""))

    def place_of(self, iri: str) -> list[str]:
        """Return the nodes above a section or edition up to its strategy, outermost first, and itself last."""
        path = [iri]
        while True:
            above = [e.source for e in self.edges(path[0], "up") if e.relation in ("hasPart", "hasVersion")]
            above = [node for node in above if node not in path]
            if not above or self.kind(path[0]) not in ("Section", "Edition"):
                return path
            path.insert(0, above[0])

    def paths(self, start: str, end: str, *, level: str | None = None, limit: int = 100) -> list[list[Edge]]:
        """Return the directed paths from a ground to what rests on it, shortest first, at most ``limit``.

        No path visits a node twice, so cycles end. Both ends must have been grown towards each other.
        """
        useful = self.grow([end], "up", level=level)
        found: list[list[Edge]] = []
        queue: deque[tuple[str, list[Edge]]] = deque([(start, [])])
        while queue and len(found) < limit:
            node, path = queue.popleft()
            if node == end:
                found.append(path)
                continue
            visited = {start, *(edge.target for edge in path)}
            for edge in self.edges(node, "down"):
                if edge.target in useful and edge.target not in visited and edge.level != "rejected":
                    if level is None or edge.level in (None, level):
                        queue.append((edge.target, [*path, edge]))
        return found

    def subgraph(self, nodes: Iterable[str]) -> list[Edge]:
        """Return the loaded edges among these nodes."""
        inside = set(nodes)
        return sorted(
            (edge for edge in self._edges if edge.source in inside and edge.target in inside),
            key=lambda e: (e.source, e.target, e.relation, e.link or ""),
        )


def whole(store: Store) -> tuple[Network, set[str]]:
    """Load everything that is drawn; for small graphs."""
    network = Network(store)
    kinds = " ".join(f"<{KK}{kind}>" for kind in KINDS if kind != "Organization")
    text = f"SELECT DISTINCT ?s WHERE {{ VALUES ?k {{ {kinds} }} ?s a ?k }} ORDER BY ?s"
    seeds = [row["s"].value for row in store.select(text)]
    nodes = network.grow(seeds, "down")
    # A sheet is an edition as a document, but no ground of a measure.
    return network, {node for node in nodes if network.kind(node) in _LAYERS}


def to_networkx(
    network: Network, nodes: Iterable[str], *, title: Words, focus: str | None = None, note: Words | None = None
) -> nx.MultiDiGraph[str]:
    """Return nodes and the edges among them as a networkx graph with everything that a view shows as attributes."""
    import networkx as nx

    reader = network.reader
    drawn = sorted(set(nodes))
    edges = network.subgraph(drawn)
    details = _Details(reader)
    details.load(drawn, [edge.link for edge in edges if edge.link])
    ministries = {org: None for node in drawn for org in reader.objects(node, "kk:ministry")}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=title._asdict(), focus=focus, note=note._asdict() if note else None
    )
    reader.load(ministries)
    for node in [*drawn, *(org for org in ministries if org not in drawn)]:
        graph.add_node(node, **details.node(node, _layer(network, node)))
    for edge in edges:
        graph.add_edge(edge.source, edge.target, **details.edge(edge))
    for node in drawn:
        for org in reader.objects(node, "kk:ministry"):
            graph.add_edge(org, node, **details.edge(Edge(org, node, "responsible")))
    return graph


def _layer(network: Network, node: str) -> int:
    kind = network.kind(node)
    layer = _LAYERS.get(kind, 4)
    if kind == "Section":  # deeper sections stand further to the right, at most up to the measures
        depth = sum(1 for item in network.place_of(node) if network.kind(item) == "Section")
        layer = min(layer + depth - 1, 4)
    if kind == "Indicator" and network.reader.one(node, "dcterms:isPartOf"):
        layer += 1
    return layer


class _Details:
    """What a view shows of a node or an edge, as JSON-like values."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def load(self, nodes: list[str], links: list[str]) -> None:
        reader = self.reader
        reader.load([*nodes, *links])
        reader.load_incoming(nodes, ["kk:assesses"])
        more = [
            value
            for node in nodes
            for name in ("kk:hasValue", "kk:hasBudgetFigure", "kk:ministry", "kk:responsibleUnit", "dcterms:type")
            for value in reader.objects(node, name)
        ]
        more += [item for node in nodes for item in reader.subjects(node, "kk:assesses")]
        more += [
            value
            for link in links
            for name in ("kk:rule", "prov:wasAttributedTo", "kk:claimLevel", "kk:uptakeManner")
            for value in reader.objects(link, name)
        ]
        reader.load(more)
        reader.load(
            value
            for item in more
            for name in ("kk:valueRole", "kk:fiscalYear", "kk:budgetStage", "kk:result", "kk:claimLevel", "kk:possibleStage")
            for value in reader.objects(item, name)
        )
        reader.load_evidence([*nodes, *links, *more])
        reader.load(expand(f"kk:{reader.kind(node)}") for node in nodes)

    def node(self, iri: str, layer: int) -> dict[str, Any]:
        reader = self.reader
        label = reader.label(iri)
        has_english = any(getattr(term, "language", None) == "en" for term in reader._out[iri].get(expand("skos:prefLabel"), []))
        return {
            "kind": reader.kind(iri),
            "label": {"ja": label.ja, "en": label.en if has_english else None},
            "layer": layer,
            "facts": [{"name": name._asdict(), "text": text._asdict()} for name, text in facts(reader, iri)],
            "evidence": [_plain(item) for item in self._node_evidence(iri)],
            "url": reader.one(iri, "schema:url"),
        }

    def _node_evidence(self, iri: str) -> list[EvidenceText]:
        reader = self.reader
        found = reader.evidence(iri)
        for name in ("kk:hasValue", "kk:hasBudgetFigure"):
            for item in reader.objects(iri, name):
                found += reader.evidence(item)
        return list({item.iri: item for item in found}.values())

    def edge(self, edge: Edge) -> dict[str, Any]:
        reader = self.reader
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
            reason = reader.literals(edge.link, "dcterms:description") or (reader.label(manner) if manner else None)
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


ROLES = ("baseline", "target", "result")


def facts(reader: Reader, iri: str) -> list[tuple[Words, Words]]:
    """Return the facts of a loaded node as pairs of name and text: values, verdicts, money, dates, numbers."""
    found: list[tuple[Words, Words]] = []

    def put(name: Words, value: Words | str | None) -> None:
        if value:
            found.append((name, value if isinstance(value, Words) else Words(value, value)))

    put(Words("番号", "Number"), reader.one(iri, "dcterms:identifier"))
    put(Words("年月日", "Date"), reader.one(iri, "dcterms:issued"))
    put(Words("分野", "Field"), reader.one(iri, "kk:policyField"))
    put(Words("要約", "Summary"), reader.literals(iri, "dcterms:description"))
    for name, words in (("kk:ministry", Words("府省庁", "Ministry")), ("kk:responsibleUnit", Words("担当", "Office"))):
        for value in reader.objects(iri, name):
            put(words, reader.label(value))
    values = sorted(reader.objects(iri, "kk:hasValue"), key=lambda v: ROLES.index(_code(reader, v, "kk:valueRole")))
    for value in values:
        role, year = reader.one(value, "kk:valueRole"), reader.one(value, "kk:fiscalYear")
        when = reader.label(year) if year else Words("", "")
        text = reader.one(value, "kk:statedText") or ""
        put(reader.label(role) if role else Words("値", "Value"), Words(f"{text}（{when.ja}）", f"{text} ({when.en})"))
    for item in reader.subjects(iri, "kk:assesses"):
        result, level = reader.one(item, "kk:result"), reader.one(item, "kk:claimLevel")
        if result and level:
            verdict, how = reader.label(result), reader.label(level)
            put(Words("達成", "Verdict"), Words(f"{verdict.ja}（{how.ja}）", f"{verdict.en} ({how.en})"))
    for name, text in _money(reader, iri):
        put(name, text)
    put(Words("注", "Note"), reader.literals(iri, "skos:note"))
    return found


def _code(reader: Reader, iri: str, name: str) -> str:
    return (reader.one(iri, name) or "").rsplit("/", 1)[-1]


def _money(reader: Reader, iri: str) -> list[tuple[Words, Words]]:
    placed: list[tuple[str, str, tuple[Words, Words]]] = []
    for figure in reader.objects(iri, "kk:hasBudgetFigure"):
        year, stage = reader.one(figure, "kk:fiscalYear"), reader.one(figure, "kk:budgetStage")
        yen = int(reader.one(figure, "kk:amountYen") or 0)
        amount = Words(f"{yen:,}円", f"{yen:,} yen")
        when = reader.label(year) if year else Words("年度不明", "year unknown")
        if stage:
            what = reader.label(stage)
        else:
            options = [reader.label(item) for item in reader.objects(figure, "kk:possibleStage")]
            what = Words(
                "区分不明（" + "・".join(o.ja for o in options) + "のいずれか）" if options else "区分不明",
                "stage unknown (one of " + ", ".join(o.en for o in options) + ")" if options else "stage unknown",
            )
        name = Words(f"{when.ja} {what.ja}", f"{when.en} {what.en}")
        placed.append((year or "~", stage or "~", (name, amount)))
    return [item for _, _, item in sorted(placed, key=lambda entry: (entry[0], entry[1], entry[2]))]


__all__ = ["ID", "KINDS", "RELATIONS", "Edge", "Network", "facts", "to_networkx", "whole"]
