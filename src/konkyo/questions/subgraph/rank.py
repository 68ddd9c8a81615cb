"""What of a graph is most worth drawing where there is no room for all: chains, the most relevant things first.

The order of relevance is

1. the kinds in the order of :data:`konkyo.model.kinds.KINDS`; an overview begins with the strategies that most rests on, and
   shows of each in turn what rests on it;
2. more money first (:func:`konkyo.graph.budgets.sizes`), then more links, then fewer steps from the focus;
3. the identifier, so that the same graph always gives the same picture.

A thing is drawn with the whole chain that joins it to the focus or to its strategy, or not at all: hundreds of
things side by side that nothing joins say nothing. Citations are not drawn but folded into the links through them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING

from konkyo.graph.budgets import sizes
from konkyo.graph.links import ministries as ministries_stated
from konkyo.graph.network import Network
from konkyo.graph.sparql import PROLOGUE, values_of
from konkyo.model.kinds import DRAWN, RANK
from konkyo.model.namespaces import KK

if TYPE_CHECKING:
    from konkyo.store import Store

# The ministries in charge of a thing, which stand beside it in every picture.
Ministries = Mapping[str, Collection[str]]


def ministries_of(store: Store, things: Iterable[str] | None = None) -> Ministries:
    """Return the ministries of those of these things that have any; of everything where none are given."""
    if things is not None:
        pairs = ministries_stated(store, things)
    else:
        rows = store.select(f"{PROLOGUE}SELECT ?s ?o WHERE {{ ?s kk:ministry ?o }}")
        pairs = ((row["s"].value, row["o"].value) for row in rows)
    found: dict[str, list[str]] = {}
    for thing, ministry in pairs:
        found.setdefault(thing, []).append(ministry)
    return found


def with_ministries(things: Iterable[str], ministries: Ministries) -> set[str]:
    """Return everything that a picture of these things draws: them and their ministries."""
    things = set(things)
    return things.union(*(ministries.get(iri, ()) for iri in things))


class Choice:
    """What is chosen for a picture that draws at most ``limit`` things (0: any number), their ministries among them."""

    def __init__(self, ministries: Ministries, limit: int) -> None:
        self.things: dict[str, None] = {}  # in the order in which they were chosen
        self._ministries = ministries
        self._limit = limit
        self._drawn: set[str] = set()

    def add(self, things: Iterable[str]) -> bool:
        """Add things that belong together if all of them still fit; return whether they did."""
        fresh = dict.fromkeys(iri for iri in things if iri not in self.things)
        drawn = with_ministries(fresh, self._ministries) - self._drawn
        fits = not self._limit or len(self._drawn) + len(drawn) <= self._limit
        if fits:
            self.things.update(fresh)
            self._drawn |= drawn
        return fits

    @property
    def full(self) -> bool:
        """Whether nothing more fits."""
        return bool(self._limit) and len(self._drawn) >= self._limit


def on_strategies(
    store: Store, network: Network, limit: int, ministries: Ministries
) -> tuple[list[str], set[str]]:
    """Return the strategies that most rests on, and by turns what rests on them, biggest first, each with its chain.

    The second answer are the citations of the chains.
    """
    resting = _resting(store, network, max(1, limit // 12))
    order = list(dict.fromkeys(iri for turn in zip_longest(*resting.values()) for iri in turn if iri))[:limit]
    leads = {iri for iri in network.grow(order, "up", laws=False) if network.kind(iri) in DRAWN}
    below = _reached(network, [iri for iri in resting if iri in leads], leads)
    folded = {iri for iri in below if network.kind(iri) == "Citation"}
    chosen = Choice(ministries, limit)
    for iri in order:
        chain = _reached(network, [iri], below, "up")
        # Where not all that it rests on fits, one way down to it may.
        if not chain.isdisjoint(resting) and not chosen.add(sorted(chain - folded)):
            chosen.add(_way_up(network, iri, resting, below) - folded)
    # What is below the measures that are shown, as far as there is room.
    measures = [iri for iri in chosen.things if network.kind(iri) == "Measure"]
    network.grow(measures, "down", depth=3)
    rest = _reached(network, measures, None) - chosen.things.keys()
    for iri in sorted(rest, key=lambda iri: (RANK.get(network.kind(iri), 99), iri)):
        if any(edge.source in chosen.things for edge in network.edges(iri, "up")):
            chosen.add([iri])
    return list(chosen.things), folded


def _resting(store: Store, network: Network, most: int) -> dict[str, list[str]]:
    """Return the strategies that most rests on, and the measures and projects that rest on each, biggest first."""
    filters = "?o a ?k FILTER (?k IN (kk:Measure, kk:Project))"
    rows = store.select(
        f"{PROLOGUE}SELECT ?b (COUNT(DISTINCT ?o) AS ?n) WHERE {{ ?o kk:justifiedBy ?b . ?b a kk:Strategy }} "
        f"GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT {most}"
    )
    tops = [row["b"].value for row in rows if row["b"] is not None]
    resting: dict[str, set[str]] = {top: set() for top in tops}
    kinds: dict[str, str] = {}
    if tops:
        pattern = f"{values_of('b', tops)} ?o kk:justifiedBy ?b . {filters}"
        for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?b ?o ?k WHERE {{ {pattern} }}"):
            resting[row["b"].value].add(row["o"].value)
            kinds[row["o"].value] = row["k"].value.removeprefix(KK)
    else:  # the sheets name sections, and nothing but them
        pattern = f"?o kk:justifiedBy ?b . ?b a kk:Section . {filters}"
        rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?b ?o ?k WHERE {{ {pattern} }}")
        pairs = [(row["b"].value, row["o"].value, row["k"].value) for row in rows]
        network.grow({section for section, _, _ in pairs}, "up")
        for section, thing, kind in pairs:
            for iri in _reached(network, [section], None, "up"):
                if network.kind(iri) == "Strategy":
                    resting.setdefault(iri, set()).add(thing)
                    kinds[thing] = kind.removeprefix(KK)
        tops = sorted(resting, key=lambda iri: (-len(resting[iri]), iri))[:most]
    money = sizes(store, kinds, network.scope)
    return {
        top: sorted(resting[top], key=lambda iri: (RANK[kinds[iri]], -money.get(iri, 0), iri)) for top in tops
    }


def first(
    store: Store,
    network: Network,
    distance: Mapping[str, int],
    towards: Mapping[str, str],
    limit: int,
    ministries: Ministries,
    lead: Iterable[str] = (),
) -> tuple[list[str], set[str]]:
    """Return the most relevant nodes of a neighbourhood, each with all that stands between it and the focus.

    Those of ``lead`` come before all others, in its order. The second answer are the citations that stand between them and are folded into links.
    """
    if not limit or len(with_ministries(distance, ministries)) <= limit:
        return sorted(distance), set()
    folded = {iri for iri, steps in distance.items() if steps and network.kind(iri) == "Citation"}
    money = sizes(store, (iri for iri in distance if network.kind(iri) == "Project"), network.scope)
    place = {iri: number for number, iri in enumerate(lead)}
    ranked = sorted(
        distance.keys() - folded,
        key=lambda iri: (
            place.get(iri, len(place)),
            RANK.get(network.kind(iri), 99),
            -money.get(iri, 0),
            -len(network.edges(iri, "up")) - len(network.edges(iri, "down")),
            distance[iri],
            iri,
        ),
    )
    focus = [iri for iri, steps in distance.items() if not steps]
    chosen = Choice(ministries, max(limit, len(with_ministries(focus, ministries))))
    chosen.add(focus)
    for iri in ranked:
        if chosen.full:
            break
        chain = [iri]
        while (near := towards.get(chain[-1])) is not None and near not in chosen.things:
            chain.append(near)
        chosen.add(each for each in chain if each not in folded)
    return sorted(chosen.things), folded


def grounds_of(network: Network, things: Iterable[str], most: int) -> tuple[list[str], set[str]]:
    """Return at most so many strategies and editions that most of these things rest on, and the citations between.

    A strategy brings its four editions that most of them rest on, or comes without one where none is sure.
    """
    things = list(things)
    network.grow(things, "up", laws=False)
    counts: Counter[str] = Counter()
    for thing in things:
        counts.update(_reached(network, [thing], None, "up") - {thing})
    folded = {iri for iri in counts if network.kind(iri) == "Citation"}
    chosen: dict[str, None] = {}
    for strategy in sorted(counts, key=lambda iri: (-counts[iri], iri)):
        if network.kind(strategy) == "Strategy":
            editions = {edge.target for edge in network.edges(strategy, "down")} & counts.keys()
            editions = {iri for iri in editions if network.kind(iri) == "Edition"}
            group = [strategy, *sorted(editions, key=lambda iri: (-counts[iri], iri))[:4]]
            chosen.update(dict.fromkeys([*chosen, *group][: max(most, 1)]))
        if len(chosen) >= most:
            break
    return list(chosen), folded


def heaviest(store: Store, kind: str, count: int) -> list[str]:
    """Return the things of a kind that the most others point to, at most ``count``."""
    own = "FILTER NOT EXISTS { ?s a kk:Measure }" if kind == "Policy" else ""
    rows = store.select(
        f"{PROLOGUE}SELECT ?s (COUNT(?o) AS ?n) WHERE {{ ?s a kk:{kind} . {own} OPTIONAL {{ ?o ?p ?s }} }} "
        f"GROUP BY ?s ORDER BY DESC(?n) ?s LIMIT {count}"
    )
    return [row["s"].value for row in rows]


def nearer(network: Network, node: str, direction: str, frontier: Iterable[str]) -> str:
    """Return the thing of the frontier from which a walk came to a node, the same for the same graph."""
    back = "down" if direction == "up" else "up"
    inside = set(frontier)
    near = (edge.target if back == "down" else edge.source for edge in network.edges(node, back))
    return min(iri for iri in near if iri in inside)


def _reached(
    network: Network, seeds: list[str], within: set[str] | None, direction: str = "down"
) -> set[str]:
    """Return what is reached from the seeds by loaded edges that are no rejected claims, among some things only."""
    seen, queue = set(seeds), list(seeds)
    while queue:
        for edge in network.edges(queue.pop(), direction):
            near = edge.source if direction == "up" else edge.target
            if near not in seen and edge.level != "rejected" and (within is None or near in within):
                seen.add(near)
                queue.append(near)
    return seen


def _way_up(network: Network, start: str, goals: Collection[str], within: set[str]) -> set[str]:
    """Return the things of a shortest way up to one of the goals, which must lie above."""
    ways, queue = {start: [start]}, [start]
    for node in queue:  # which grows
        if node in goals:
            return set(ways[node])
        for edge in network.edges(node, "up"):
            if edge.source in within and edge.source not in ways and edge.level != "rejected":
                ways[edge.source] = [*ways[node], edge.source]
                queue.append(edge.source)
    return set()
