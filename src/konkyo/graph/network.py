"""The graph as people think of it: from the grounds to what rests on them.

Nodes are strategies, editions, sections, panels, reports, measures, objectives, indicators, projects; an edge
runs from what justifies to what is justified. Links (justification, uptake) are nodes in RDF and edges here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE, select_each
from konkyo.model.kinds import DRAWN, ELEMENTS, KINDS
from konkyo.model.levels import weakest

if TYPE_CHECKING:
    from konkyo.graph.years import YearScope
    from konkyo.store import Store

# Properties that run from the grounds to what rests on them, and those that run the other way.
_DOWN = {
    "dcat:hasVersion": "hasVersion",
    "kk:hasObjective": "hasObjective",
    "kk:hasIndicator": "hasIndicator",
    "kk:hasLogicStep": "hasPart",
}
_UP = {"dcterms:isPartOf": "hasPart", "dcterms:creator": "produced"}
# What a walk reads of a thing on its way; a project has eighty triples more.
_BONES = {"down": tuple(_DOWN), "up": tuple(_UP)}


# Nothing is their version, their objective or their indicator, and there are thousands of them.
_WHOLE = ("Project", "Citation")


class _Claim(NamedTuple):
    """A kind of link that is an edge here: by which property it is owned, and by which it names its ground.

    ``owner`` is the only kind of thing that has any, where there is but one. A citation has nothing but denotations.
    """

    owned: str
    basis: str
    relation: str
    kind: str | None = None
    owner: str | None = None


# A denotation says what a citation means. Of the links that have no property of their own only the citation of a law
# is a ground.
_CLAIMS = (
    _Claim("kk:hasJustification", "kk:basis", "justifies"),
    _Claim("kk:hasUptake", "kk:basis", "takenUp"),
    _Claim("kk:hasDenotation", "kk:denotes", "denotes", owner="Citation"),
)
_LAW = _Claim("kk:hasLink", "kk:basis", "legalBasis", "kk:LegalCitation")

RELATIONS: Mapping[str, Words] = {
    "hasVersion": Words("版", "has edition"),
    "hasPart": Words("部分", "has part"),
    "produced": Words("取りまとめ", "produced"),
    "justifies": Words("位置付け", "justifies"),
    "takenUp": Words("提言の活用", "advice used by"),
    "hasObjective": Words("目標", "has objective"),
    "hasIndicator": Words("指標", "has indicator"),
    "denotes": Words("引用", "cited as"),
    "legalBasis": Words("根拠法令", "legal basis of"),
    "responsible": Words("所管", "responsible for"),
}

# Of what may be drawn is begun with these classes: bodies and laws come with what they belong to.
SEEDS = " ".join(kind.term for kind in KINDS if kind.layer is not None and kind.term.startswith("kk:"))

# No chain of the sheets or of the review files is longer: strategy, edition, sections, citation, project, measure …
LENGTH = 12


@dataclass(frozen=True, slots=True)
class Edge:
    """One step from a ground to what rests on it; ``link`` is the link's IRI where the step is a claim."""

    source: str
    target: str
    relation: str
    link: str | None = None
    level: str | None = None


def _followed(edge: Edge, level: str | None) -> bool:
    return edge.level != "rejected" and (
        level is None or edge.level is None or weakest(edge.level, level) == level
    )


class Network:
    """Nodes and edges loaded so far; grows on demand, upwards or downwards, in batches.

    Growing reads of the things on the way only their kinds and what joins them, a tenth of what there is: whoever
    wants to say more of one loads it in ``reader``. Of a ``scope`` it follows what documents of its year state.
    """

    def __init__(self, store: Store, scope: YearScope | None = None, reader: Reader | None = None) -> None:
        self.reader = reader or Reader(store)
        # Only where there is anything of another year: what it costs to leave that out, one year need not pay.
        self.scope = scope if scope is not None and scope.iri else None
        self._known = ("rdf:type", "kk:reviewYear") if self.scope else ("rdf:type",)
        self._absent: dict[str, bool] = {}
        self._bones = Reader(store)
        self._edges: dict[Edge, None] = {}
        self._from: dict[str, list[Edge]] = {}
        self._to: dict[str, list[Edge]] = {}
        self._grown: dict[tuple[str, bool], set[str]] = {}

    # --- growing --------------------------------------------------------------------------------

    def load(self, nodes: Iterable[str]) -> None:
        """Load what :meth:`kind` tells of these nodes, without any edge."""
        self._bones.load_only(nodes, self._known)

    def grow(
        self,
        seeds: Iterable[str],
        direction: str,
        *,
        depth: int = 20,
        level: str | None = None,
        laws: bool = True,
    ) -> set[str]:
        """Load what the seeds rest on (``up``) or what rests on them (``down``), at most ``depth`` steps away.

        With ``level`` no link is followed that is less certain; a rejected link never is. Without ``laws`` no
        citation of a law is read: there are thousands, and above a law is nothing.
        Returns the IRIs reached.
        """
        frontier, seen = set(seeds), set(seeds)
        grown = self._grown.setdefault((direction, laws), set())
        for _ in range(depth):
            if not frontier:
                break
            self._expand(
                sorted(frontier - grown - self._grown.get((direction, True), set())), direction, laws=laws
            )
            grown |= frontier
            edges = (edge for node in sorted(frontier) for edge in self.edges(node, direction))
            reached = {
                edge.source if direction == "up" else edge.target for edge in edges if _followed(edge, level)
            }
            frontier = reached - seen
            seen |= reached
        return seen

    def _expand(self, nodes: list[str], direction: str, *, laws: bool) -> None:
        bones = self._bones
        bones.load_only(nodes, (*self._known, *_BONES[direction]))
        if direction == "down":
            bones.load_incoming(nodes, list(_UP))
            edges = [
                *(Edge(node, near, relation) for node in nodes for name, relation in _DOWN.items()
                  for near in bones.nodes(node, name)),
                *(Edge(node, near, relation) for node in nodes for name, relation in _UP.items()
                  for near in bones.subjects(node, name)),
            ]  # fmt: skip
        else:
            parts = [node for node in nodes if self.kind(node) not in _WHOLE]
            bones.load_incoming(parts, list(_DOWN))
            edges = [
                *(Edge(near, node, relation) for node in parts for name, relation in _DOWN.items()
                  for near in bones.subjects(node, name)),
                *(Edge(near, node, relation) for node in nodes for name, relation in _UP.items()
                  for near in bones.nodes(node, name)),
            ]  # fmt: skip
        for claim in (*_CLAIMS, _LAW) if laws else _CLAIMS:
            edges += self._claims(claim, nodes, direction)
        bones.load_only((end for edge in edges for end in (edge.source, edge.target)), self._known)
        if self.scope:
            edges = self._of_scope(self.scope, edges)
        for edge in edges:
            self._add(edge)

    def of_scope(self, nodes: Iterable[str]) -> set[str]:
        """Return those of these nodes that documents of the scope's year show, or that are of no year."""
        nodes = set(nodes)
        if not self.scope:
            return nodes
        fresh = sorted(node for node in nodes if node not in self._absent)
        self._bones.load_only(fresh, self._known)
        absent = self.scope.absent(node for node in fresh if self.kind(node) in ELEMENTS)
        for node in fresh:
            review = self._bones.one(node, "kk:reviewYear")
            self._absent[node] = node in absent or review not in (None, self.scope.iri)
        return {node for node in nodes if not self._absent[node]}

    def _of_scope(self, scope: YearScope, edges: list[Edge]) -> list[Edge]:
        """Return the edges that are of the scope: links, placements of projects, and things that its documents show."""
        inside = self.of_scope(end for edge in edges for end in (edge.source, edge.target))
        edges = [edge for edge in edges if edge.source in inside and edge.target in inside]
        stated = {edge.link for edge in edges if edge.link and edge.relation != "denotes"}
        links = scope.links(stated)
        placed = {
            (edge.target, edge.source)
            for edge in edges
            if edge.relation == "hasPart" and self.kind(edge.target) == "Project"
        }
        elsewhere = placed - scope.stated(placed, "kk:Placement")
        return [
            edge
            for edge in edges
            if (edge.link not in stated or edge.link in links) and (edge.target, edge.source) not in elsewhere
        ]

    def _claims(self, claim: _Claim, nodes: list[str], direction: str) -> list[Edge]:
        """Return the edges of one kind of link that lead up from some nodes or down from them."""
        up = f"?s {claim.owned} ?l . ?l {claim.basis} ?o"
        ends = up if direction == "up" else f"?l {claim.basis} ?s . ?o {claim.owned} ?l"
        kind = f" . ?l a {claim.kind}" if claim.kind else ""
        found = []
        if direction == "up":
            cites = claim.owner == "Citation"
            nodes = [node for node in nodes if (self.kind(node) == "Citation") is cites]
        pattern = f"{ends}{kind} OPTIONAL {{ ?l kk:claimLevel ?v }}"
        for node, row in select_each(self._bones.store, nodes, "?l ?o ?v", pattern):
            near, value = row["o"].value, row["v"]
            source, target = (near, node) if direction == "up" else (node, near)
            said = value.value.rsplit("/", 1)[-1] if value else None
            found.append(Edge(source, target, claim.relation, row["l"].value, said))
        return found

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
        return self.kind(iri) in DRAWN

    # --- reading --------------------------------------------------------------------------------

    def kind(self, iri: str) -> str:
        """Return the kind of a loaded node (local name of its class)."""
        return self._bones.kind(iri)

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

    def paths(
        self, start: str, end: str, *, level: str | None = None, limit: int = 100, length: int | None = None
    ) -> list[list[Edge]]:
        """Return the directed paths from a ground to what rests on it, shortest first, at most ``limit``.

        No path visits a node twice, so cycles end, nor has more than ``length`` steps. ``level`` is that of a path's least certain step.
        """
        useful = self.grow([end], "up", level=level)
        found: list[list[Edge]] = []
        queue: deque[tuple[str, list[Edge]]] = deque([(start, [])] if start in useful else [])
        while queue and len(found) < limit:
            node, path = queue.popleft()
            if node == end:
                if level is None or weakest(*(edge.level for edge in path)) == level:
                    found.append(path)
                continue
            if length is not None and len(path) >= length:
                continue
            visited = {start, *(edge.target for edge in path)}
            for edge in self.edges(node, "down"):
                if _followed(edge, level) and edge.target in useful and edge.target not in visited:
                    queue.append((edge.target, [*path, edge]))
        return found

    def subgraph(self, nodes: Iterable[str]) -> list[Edge]:
        """Return the loaded edges among these nodes."""
        inside = set(nodes)
        return sorted(
            (edge for edge in self._edges if edge.source in inside and edge.target in inside),
            key=lambda e: (e.source, e.target, e.relation, e.link or ""),
        )


def whole(store: Store, scope: YearScope | None = None) -> tuple[Network, set[str]]:
    """Load everything that is drawn; for small graphs."""
    network = Network(store, scope)
    text = f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ VALUES ?k {{ {SEEDS} }} ?s a ?k }} ORDER BY ?s"
    seeds = sorted(network.of_scope(row["s"].value for row in store.select(text)))
    nodes = network.grow(seeds, "down")
    # A sheet is an edition as a document, but no ground of a measure.
    return network, {node for node in nodes if network.kind(node) in DRAWN}
