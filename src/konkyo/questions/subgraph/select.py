"""What a view shows: everything, around a thing, between two, a ministry, or a query's triples; never too much.

A picture of thousands of boxes answers nothing, so past a limit only the most relevant things are drawn, and
the note of the view says how many were left out and how to get them. :mod:`konkyo.questions.subgraph.rank` says
what is relevant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code, Note
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.asked_years import AskedYear
from konkyo.graph.budgets import sizes
from konkyo.graph.lookup.things import Thing, find_ministry
from konkyo.graph.network import Network, whole
from konkyo.graph.sparql import PROLOGUE, terms
from konkyo.graph.years import YearTold, year_scope
from konkyo.model.kinds import DRAWN, GROUNDS, RANK
from konkyo.questions.subgraph.counts import counts_of_kinds
from konkyo.questions.subgraph.notes import left_out, tell
from konkyo.questions.subgraph.rank import (
    Choice,
    first,
    grounds_of,
    heaviest,
    ministries_of,
    nearer,
    on_strategies,
    with_ministries,
)
from konkyo.questions.subgraph.triples import triples_to_networkx
from konkyo.questions.trace import between as chains_between
from konkyo.questions.trace.filters import scope_of

if TYPE_CHECKING:
    import networkx as nx

    from konkyo.store import Store

LIMIT = 300
DEPTH = 20
# No picture needs more, and a walk of the whole government would take minutes.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Things to draw (IRIs loaded in ``network``), what to look at first, and what the reader should know.

    ``ends`` are the two things whose chains the page shall light up. ``folded`` are citations that are no boxes but
    part of the links that lead through them: what is cited a hundred ways is drawn once. ``counted`` is the note
    that says how many things were left out. ``of`` says of which
    year the picture is.
    """

    network: Network
    nodes: tuple[str, ...]
    title: Words
    focus: str | None = None
    ends: tuple[str, str] | None = None
    notes: tuple[Note, ...] = ()
    folded: tuple[str, ...] = ()
    counted: Words | None = None
    of: YearTold | None = None


def everything(store: Store, *, limit: int = LIMIT, year: AskedYear = None) -> Selection:
    """Select the whole graph, or its most relevant part; of the review of ``year``, by default the latest."""
    scope = year_scope(store, year)
    title = Words("政策の根拠のつながり", "What policies rest on")
    counts, ministries = counts_of_kinds(store, scope), ministries_of(store)
    total = sum(counts.values()) + len({org for several in ministries.values() for org in several})
    if not limit or total <= limit:
        network, nodes = whole(store, scope)
        return Selection(network, tuple(sorted(nodes)), title, of=scope.told)
    network = Network(store, scope)
    chosen, folded = on_strategies(store, network, limit, ministries)
    if not chosen:
        choice = Choice(ministries, limit)
        for kind in DRAWN:
            if not choice.full and kind in counts:
                heavy = heaviest(store, kind, limit)
                inside = network.of_scope(heavy)
                for iri in heavy:
                    if iri in inside:
                        choice.add([iri])
        chosen = list(choice.things)
        _join(network, chosen)
    notes = _with_advice(left_out(total, len(with_ministries(chosen, ministries))), Code.VIEW_OF_PART)
    return Selection(
        network, tuple(sorted(chosen)), title, notes=notes, folded=tuple(sorted(folded)), of=scope.told
    )


def around(
    store: Store,
    thing: Thing,
    *,
    depth: int | None = None,
    limit: int = LIMIT,
    wanted: Iterable[str] = (),
    year: AskedYear = None,
) -> Selection:
    """Select what a thing rests on and what rests on it, at most ``depth`` steps away.

    A citation between a document and who cites it is no step of its own. ``wanted`` are IRIs to draw in any case, and
    then nothing else.
    """
    title = Words(
        f"{thing.label.ja} の根拠のつながり", f"What {thing.label.en} rests on and what it supports"
    )
    scope = scope_of(store, thing, year)
    network = Network(store, scope)
    if nodes := sorted(set(wanted)):
        network.grow([thing.iri], "up")
        network.grow([thing.iri], "down")
        network.grow(nodes, "up")
        return Selection(network, tuple(nodes), title, focus=thing.iri, of=scope.told)
    network.load([thing.iri])
    steps = DEPTH if depth is None else depth
    distance: dict[str, int] = {thing.iri: 0}
    towards: dict[str, str] = {}  # the next thing on the way to the focus
    cut = False
    for direction in ("up", "down"):
        seen = {thing.iri}
        frontier = {thing.iri}
        for step in range(1, steps + 1):
            fresh = _next(network, frontier, seen, direction, step, distance, towards)
            if not fresh:
                break
            # Citations lead on within the same step.
            cited = {node for node in fresh if network.kind(node) == "Citation"}
            if cited:
                fresh |= _next(network, cited, seen | fresh, direction, step, distance, towards)
            seen |= fresh
            frontier = fresh
            if len(seen) > MOST:
                cut = True
                break
    ministries = ministries_of(store, distance)
    lead = _by_document(store, network, thing, distance, limit)
    nodes, folded = first(store, network, distance, towards, limit, ministries, lead)
    # What is part of a link is no thing that is left out.
    total = len(with_ministries(distance.keys() - folded, ministries))
    shown = len(with_ministries(nodes, ministries))
    projects = [
        sum(network.kind(iri) == "Project" for iri in several)
        for several in (distance.keys() - folded, nodes)
    ]
    counted = left_out(total, shown, more=cut, projects=projects)
    return Selection(
        network, tuple(sorted(nodes)), title, focus=thing.iri,
        notes=_with_advice(counted, Code.DEPTH_OR_LIMIT, total=total), folded=tuple(sorted(folded)),
        counted=counted, of=scope.told,
    )  # fmt: skip


def _next(
    network: Network,
    frontier: set[str],
    seen: set[str],
    direction: str,
    step: int,
    distance: dict[str, int],
    towards: dict[str, str],
) -> set[str]:
    """Return what is one step from the frontier and was not seen, noting how far it is and over which thing."""
    fresh = network.grow(frontier, direction, depth=1) - seen
    for node in sorted(fresh):
        if step < distance.get(node, step + 1):
            distance[node] = step
            towards[node] = nearer(network, node, direction, frontier)
    return fresh


def _by_document(
    store: Store, network: Network, thing: Thing, distance: Mapping[str, int], limit: int
) -> list[str]:
    """Return what of a strategy to draw first: the editions that most rests on, and by turns what rests on each.

    An edition on which twice as much rests comes twice as often; of its projects the biggest come first. Nothing
    where all fits.
    """
    if thing.kind != "Strategy" or not limit or len(distance) <= limit:
        return []
    editions = [e.target for e in network.edges(thing.iri, "down") if e.relation == "hasVersion"]
    below = {edition: _resting(network, edition, distance) for edition in editions}
    # What names no edition rests on the strategy itself.
    below[thing.iri] = _resting(network, thing.iri, distance, but=set(editions))
    below = {document: found for document, found in below.items() if found}
    projects = {iri for found in below.values() for iri in found if network.kind(iri) == "Project"}
    money = sizes(store, projects, network.scope)
    left = {
        document: sorted(found, key=lambda iri: (RANK.get(network.kind(iri), 99), -money.get(iri, 0), iri))
        for document, found in below.items()
    }
    order = sorted(below, key=lambda document: (-len(below[document]), document))
    chosen = dict.fromkeys(order[: max(1, limit // 3)])
    documents = list(chosen)
    while len(chosen) < limit:
        open_ones = [document for document in documents if left[document]]
        if not open_ones:
            break
        # Each comes once before any comes twice; then by what has been shown of it.
        taken = {d: len(below[d] & chosen.keys()) for d in open_ones}
        turn = min(open_ones, key=lambda d: (taken[d] > 0, -len(below[d]) / (taken[d] + 1), d))
        chosen.setdefault(left[turn].pop(0))
    return list(chosen)


def _resting(
    network: Network, document: str, distance: Mapping[str, int], but: Iterable[str] = ()
) -> set[str]:
    """Return the measures and projects that rest on a document or on a part of it, among those that were reached."""
    seen, queue = {document, *but}, [document]
    found = set()
    while queue:
        for edge in network.edges(queue.pop(), "down"):
            if edge.target in seen or edge.target not in distance or edge.level == "rejected":
                continue
            seen.add(edge.target)
            if network.kind(edge.target) in ("Measure", "Project"):
                found.add(edge.target)
            else:
                queue.append(edge.target)
    return found


def between(
    store: Store, one: Thing, other: Thing, *, limit: int = LIMIT, year: AskedYear = None
) -> Selection:
    """Select the chains between two things. Where there is none, the two are shown and the note says so."""
    found = chains_between(store, one, other, year=year)
    network = Network(store, scope_of(store, other if one.kind in GROUNDS else one, year))
    network.grow([found.end.iri], "up")
    network.grow(found.nodes, "up", depth=1)
    ways = [[found.start.iri, *(step.target.iri for step in chain)] for chain in found.chains]
    ministries = ministries_of(store, found.nodes)
    start = {found.start.iri, found.end.iri, *(ways[0] if ways else ())}  # the shortest in any case
    chosen = Choice(ministries, max(limit, len(with_ministries(start, ministries))) if limit else 0)
    chosen.add(start)
    # Whole chains, the shortest first: a chain with a gap would be none.
    drawn = next((number for number, way in enumerate(ways) if not chosen.add(way)), len(ways))
    notes: list[Note] = list(found.missing)
    if drawn < len(ways):
        total = len(with_ministries({found.start.iri, found.end.iri}.union(*ways), ministries))
        notes.append(Advice(Code.SHORTEST_CHAINS, {"count": len(ways), "drawn": drawn, "total": total}))
    title = Words(
        f"{found.start.label.ja} から {found.end.label.ja} への道筋",
        f"Chains from {found.start.label.en} to {found.end.label.en}",
    )
    return Selection(
        network, tuple(sorted(chosen.things)), title, focus=found.end.iri, notes=tuple(notes),
        ends=(found.start.iri, found.end.iri) if ways else None, of=found.of,
    )  # fmt: skip


def of_ministry(store: Store, name: str, *, limit: int = LIMIT, year: AskedYear = None) -> Selection:
    """Select a ministry's policies, measures and projects, as documents of a year show them, and what they rest on.

    ``name`` is the ministry's name (also part of it), its key, or its IRI. Raises KonkyoError where it fits
    none, or several.
    """
    ministry, scope = find_ministry(store, name), year_scope(store, year)
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?s ?project WHERE {{ ?s kk:ministry {terms([ministry.iri])} "
        "BIND (EXISTS { ?s a kk:Project } AS ?project) } ORDER BY ?s"
    )
    own = {row["s"].value: row["project"].value == "true" for row in rows}
    for iri in scope.absent(own):
        del own[iri]
    projects = [iri for iri, project in own.items() if project]
    network = Network(store, scope)
    # Projects are many and have much to load: only those that are chosen in the end are.
    network.load([ministry.iri, *(iri for iri, project in own.items() if not project)])
    frame = [iri for iri, project in own.items() if not project and network.kind(iri) in DRAWN]
    # What policies and measures rest on and contain is drawn with them; projects hang on measures by their placement.
    nodes = {*frame, *network.grow(frame, "up", depth=DEPTH), *network.grow(frame, "down", depth=1)}
    nodes |= network.grow([iri for iri in nodes if network.kind(iri) == "Objective"], "down", depth=2)
    nodes -= {ministry.iri, *projects}
    ranked = sorted(
        (iri for iri in nodes if network.kind(iri) not in ("Project", "LogicStep")),
        key=lambda iri: (RANK.get(network.kind(iri), 99), -len(network.edges(iri, "up")), iri),
    )
    money = sizes(store, projects, scope)
    projects.sort(key=lambda iri: (-money.get(iri, 0), iri))
    # All of them are looked for even where few are drawn: the note says how many there are.
    grounds, folded = grounds_of(network, projects, MOST)
    every = [ministry.iri, *ranked, *(iri for iri in grounds if iri not in nodes), *projects]
    ministries = ministries_of(store, every)
    total = len(with_ministries(every, ministries))
    chosen = Choice(ministries, limit)
    if limit and total > limit:
        # What a sheet says of one measure must not crowd out the projects: a tenth of the picture is for it at first.
        core = [iri for iri in ranked if network.kind(iri) in ("Policy", "Measure", "Strategy")]
        rest = [iri for iri in ranked if iri not in set(core)]
        some, later = rest[: limit // 10], rest[limit // 10 :]
        room = max(0, limit - 1 - len(core) - len(some))
        # A sixth of the picture at most is for the strategies behind the projects.
        most, _ = grounds_of(network, projects[:room], min(limit // 6, room // 3))
        behind = [iri for iri in most if iri not in nodes]
        every = [ministry.iri, *core, *some, *behind, *projects, *later, *grounds]
    for iri in every:
        chosen.add([iri])
    title = Words(f"{ministry.label.ja} の政策・施策・事業", f"Policies and projects of {ministry.label.en}")
    order = Words("事業は予算の大きい順です。", "Projects come by the size of their budget.")
    counted = left_out(total, len(with_ministries(chosen.things, ministries)), order)
    return Selection(
        network, tuple(sorted(chosen.things)), title, notes=_with_advice(counted, Code.ALL_OF_MINISTRY, total=total),
        folded=tuple(sorted(folded)), counted=counted, of=scope.told,
    )  # fmt: skip


def _join(network: Network, nodes: list[str]) -> None:
    """Load the edges among nodes that were chosen by a query."""
    network.load(nodes)
    network.grow(nodes, "up", depth=1)


def of_query(store: Store, text: str, *, title: Words, limit: int = LIMIT) -> nx.MultiDiGraph[str]:
    """Return the graph of a CONSTRUCT query's triples. Raises KonkyoError for a query of another form."""
    graph, total = triples_to_networkx(Network(store), store.construct(text), title=title, limit=limit)
    notes = _with_advice(left_out(total, graph.number_of_nodes()), Code.MOST_LINKED, total=total)
    if not total:
        notes = (Words("問合せの答えは空でした。", "The query's answer was empty."),)
    tell(graph, notes)
    return graph


def _with_advice(counted: Words | None, code: Code, **values: int) -> tuple[Note, ...]:
    """Return how many things were left out with the advice on how to see them; nothing where all are shown."""
    return (counted, Advice(code, values)) if counted else ()


def checked(depth: int | None, limit: int) -> None:
    """Raise KonkyoError for a depth or limit that means nothing."""
    if depth is not None and depth < 0:
        raise KonkyoError(Advice(Code.DEPTH_BELOW_ZERO))
    if limit < 0:
        raise KonkyoError(Advice(Code.LIMIT_BELOW_ZERO))
