"""The chains between two things, from the ground to what rests on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code, Note, Value
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.asked_years import AskedYear
from konkyo.graph.links import BasisLink, LinkFilter, basis_links, parts
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.network import LENGTH, Edge, Network
from konkyo.model.kinds import GROUNDS, PLANS
from konkyo.questions.claims import Claim, Claims
from konkyo.questions.trace.answer import Chains, Step
from konkyo.questions.trace.filters import scope_of

if TYPE_CHECKING:
    from konkyo.store import Store

# How many of the nearest things are named where there is no chain.
_NEAREST = 3
_ENDS = ("Strategy", "Panel", "LegalResource")
# What a document is part of is its place and no ground of it.
_PLACE = ("hasVersion", "hasPart", "produced")


def between(
    store: Store,
    one: Thing,
    other: Thing,
    *,
    level: str | None = None,
    limit: int = 100,
    length: int = LENGTH,
    year: AskedYear = None,
) -> Chains:
    """Return the chains between two things, whichever of them is the ground of the other, shortest first.

    At most ``limit`` chains of at most ``length`` steps, of what documents of ``year`` state (by default the latest review that
    tells of the one of them that is no document). ``level`` keeps the chains whose least certain step is of it. Chains that
    differ only in how a document is spelled are one. Raises KonkyoError where both ends are the same thing.
    """
    if one.iri == other.iri:
        raise KonkyoError(
            Words(
                f"両端が同じもの（{one.title('ja')}）です。", f"Both ends are the same: {one.title('en')}."
            ),
            hint=Words("二つの異なるものを指定してください。", "Name two different things."),
        )
    scope = scope_of(store, other if one.kind in GROUNDS else one, year)
    network = Network(store, scope)
    start, end = one, other
    paths = network.paths(one.iri, other.iri, level=level, limit=limit + 1, length=length)
    if not paths:
        paths = network.paths(other.iri, one.iri, level=level, limit=limit + 1, length=length)
        if paths:
            start, end = other, one
    more = len(paths) > limit
    merged = _merged(paths[:limit])
    made = Claims(network, (rest for chain in merged for step in chain for rest in step.rests)).claims
    claims = {(link, c.place[-1].iri, c.owner.iri): c for c in made for link in c.links}
    nodes = {
        one.iri,
        other.iri,
        *(node for chain in merged for step in chain for node in (step.source, step.target)),
    }
    things = {thing.iri: thing for thing in describe(network.reader, sorted(nodes))}
    chains = [
        tuple(Step(things[s.source], things[s.target], s.relation, _claim(s, claims)) for s in chain)
        for chain in merged
    ]
    missing: list[Note] = []
    if not chains:
        missing = list(_none(network, one, other, level, length))
    if more:
        missing.append(Advice(Code.FIRST_CHAINS, {"limit": limit}))
    return Chains(start, end, tuple(chains), tuple(missing), scope.told)


class _Hop:
    """A step of a path; a citation between a document and who cites it is part of the step."""

    def __init__(self, source: str, target: str, relation: str, rest: BasisLink | None) -> None:
        self.source, self.target, self.relation = source, target, relation
        self.rests = [rest] if rest else []


def _claim(hop: _Hop, claims: dict[tuple[str, str, str], Claim]) -> Claim | None:
    return claims[hop.rests[0].link, hop.source, hop.target] if hop.rests else None


def _hops(path: Sequence[Edge]) -> list[_Hop]:
    found: list[_Hop] = []
    for position, edge in enumerate(path):
        before = path[position - 1] if position else None
        if edge.relation == "denotes" and position + 1 < len(path):
            continue
        rest = None
        source = edge.source
        if edge.link and before and before.relation == "denotes":
            source = before.source
            rest = BasisLink(
                source,
                edge.target,
                edge.link,
                edge.relation,
                edge.level or "stated",
                edge.source,
                before.link,
                before.level,
            )
        elif edge.link:
            rest = BasisLink(source, edge.target, edge.link, edge.relation, edge.level or "stated")
        found.append(_Hop(source, edge.target, edge.relation, rest))
    return found


def _merged(paths: Iterable[Sequence[Edge]]) -> list[list[_Hop]]:
    """Return the paths as steps; paths over the same nodes, citations aside, are one with all their links."""
    found: dict[tuple[tuple[str, ...], ...], list[_Hop]] = {}
    for path in paths:
        hops = _hops(path)
        key = tuple(
            (h.source, h.target, h.relation, *((r.level + (r.how or "")) for r in h.rests)) for h in hops
        )
        if key not in found:
            found[key] = hops
            continue
        for known, hop in zip(found[key], hops, strict=True):
            known.rests += [rest for rest in hop.rests if rest not in known.rests]
    return list(found.values())


def _none(network: Network, one: Thing, other: Thing, level: str | None, length: int) -> Iterable[Note]:
    """Say that there is no chain, and what is there instead: grounds that both have, or those of each."""
    only = Words("（この水準で）", " of this level") if level else Words("", "")
    yield Advice(Code.NO_CHAIN, {"one": one.label, "other": other.label, "length": length, "only": only})
    if longer := _longer(network, one, other, level, length):
        yield longer
        return
    if told := _of_ministry(network, one, other) or _of_ministry(network, other, one):
        yield told
        return
    if told := _other_editions(network, one, other) or _other_editions(network, other, one):
        yield told
        return
    above = [_distances(network, thing.iri) for thing in (one, other)]
    common = sorted(
        above[0].keys() & above[1].keys() - {one.iri, other.iri}, key=lambda n: (above[0][n] + above[1][n], n)
    )
    if common:
        yield Advice(Code.COMMON_GROUNDS, {"found": _titles(network, common)})
        return
    both = _resting(network, one) & _resting(network, other)
    if both:
        named = _titles(network, sorted(both))
        if (more := len(both) - _NEAREST) > 0:
            named = Words(f"{named.ja}ほか{more:,}件", f"{named.en}; {more:,} more")
        yield Advice(Code.RESTING_ON_BOTH, {"count": len(both), "found": named})
        return
    for thing, distances in zip((one, other), above, strict=True):
        near = sorted(
            (n for n in distances if n != thing.iri and network.kind(n) in _ENDS),
            key=lambda n: (_ENDS.index(network.kind(n)), distances[n], n),
        )
        if near:
            yield Advice(Code.NEAREST_GROUNDS, {"label": thing.label, "found": _titles(network, near)})


def _titles(network: Network, nodes: Sequence[str]) -> Words:
    """Return the first few of several things, by their kinds and names."""
    found = describe(network.reader, nodes[:_NEAREST])
    return Words("、".join(t.title("ja") for t in found), "; ".join(t.title("en") for t in found))


def _resting(network: Network, thing: Thing) -> set[str]:
    """Return what rests on a document or its parts; nothing for what is no document."""
    if thing.kind not in GROUNDS:
        return set()
    reader = network.reader
    return {
        rest.owner
        for rest in basis_links(reader.store, parts(reader, thing.iri), LinkFilter(scope=network.scope))
        if rest.level != "rejected"
    }


def _longer(network: Network, one: Thing, other: Thing, level: str | None, length: int) -> Advice | None:
    """Say which chain there would be with more steps, or with claims of any level."""
    for allowed in dict.fromkeys((level, None)):
        if allowed == level and length >= LENGTH:
            continue
        ways = network.paths(one.iri, other.iri, level=allowed, limit=1, length=LENGTH)
        ways = ways or network.paths(other.iri, one.iri, level=allowed, limit=1, length=LENGTH)
        if not ways:
            continue
        steps = len(ways[0])
        if allowed == level:
            return Advice(Code.LONGER_CHAIN, {"steps": steps})
        if steps <= length:
            return Advice(Code.CHAIN_OF_OTHER_LEVEL)
    return None


def _of_ministry(network: Network, ministry: Thing, ground: Thing) -> Advice | None:
    """Say how much of a ministry rests on a document: a ministry itself rests on nothing."""
    if ministry.kind != "Organization" or ground.kind not in GROUNDS:
        return None
    reader = network.reader
    link_filter = LinkFilter(ministry=ministry.iri, scope=network.scope)
    owners = {
        r.owner
        for r in basis_links(reader.store, parts(reader, ground.iri), link_filter)
        if r.level != "rejected"
    }
    if not owners:
        return None
    values: dict[str, Value] = {
        "count": len(owners),
        "ministry": ministry.label,
        "ministry_name": ministry.label.ja,
        "ground": ground.label,
        "ground_name": ground.label.ja,
    }
    return Advice(Code.MINISTRY_RESTS, values)


def _other_editions(network: Network, document: Thing, other: Thing) -> Advice | None:
    """Say which other editions or sections of the document's strategy the other thing rests on."""
    network.grow([document.iri, other.iri], "up")
    own = network.place_of(document.iri)
    whole = own[0]
    if document.kind not in ("Edition", "Section") or network.kind(whole) != "Strategy":
        return None
    near = sorted(
        node
        for node in _distances(network, other.iri)
        if network.kind(node) in ("Edition", "Section")
        and node not in own
        and network.place_of(node)[0] == whole
    )
    if not near:
        return None
    return Advice(Code.OTHER_EDITIONS, {"label": other.label, "found": _titles(network, near)})


def _distances(network: Network, start: str) -> dict[str, int]:
    """Return what a thing rests on with the number of steps to it; rejected links are not followed.

    What a document is part of comes with the documents that are rested on, not with the start itself.
    """
    network.grow([start], "up")
    found = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for edge in network.edges(node, "up"):
            if node == start and edge.relation in _PLACE and network.kind(start) in PLANS:
                continue
            if edge.level != "rejected" and edge.source not in found:
                found[edge.source] = found[node] + 1
                queue.append(edge.source)
    return {node: steps for node, steps in found.items() if network.kind(node) != "Citation"}
