"""Why does this measure exist, and what rests on that strategy: chains with their evidence, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from konkyo.claims import Claim, Claims, jsonable, rank
from konkyo.facts import Fact, facts, load_facts
from konkyo.network import Edge, Network
from konkyo.reader import EvidenceText
from konkyo.things import Thing, describe
from konkyo.uses import Use, uses
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.store import Store

_GROUNDS = ("Strategy", "Edition", "Section", "Panel", "EvaluationSheet", "Citation", "LegalResource")
_CLAIMS = ("justifies", "takenUp", "legalBasis")
_DOCUMENTS = ("Strategy", "Edition")
_PARTS = ("hasVersion", "hasPart", "produced", "denotes")
_CONTAINERS = ("hasObjective", "hasIndicator", "hasPart")

Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Held:
    """A thing and the claims about it."""

    thing: Thing
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class LogicLine:
    """A step of a project's logic model and the steps it leads to; ``again`` where those stand elsewhere already."""

    step: Thing
    kind: Words
    evidence: tuple[EvidenceText, ...]
    leads_to: tuple[LogicLine, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer about one thing.

    Upwards, ``groups`` are the thing itself and what contains it (objective, measure), each with its
    justifications; ``advice`` are the panels' reports that were used, ``laws`` the legal bases that are cited,
    ``logic`` the chains from activity to outcome of a project. Downwards, ``groups`` are the places
    of the strategy, each with what rests on it, and ``uses`` the same in numbers by edition. ``missing`` says what the graph does not hold.
    """

    thing: Thing
    direction: Direction
    level: str | None
    facts: tuple[Fact, ...]
    groups: tuple[Held, ...]
    advice: tuple[Claim, ...]
    laws: tuple[Claim, ...]
    logic: tuple[LogicLine, ...]
    uses: tuple[Use, ...]
    missing: tuple[Words, ...]
    nodes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the trace as values of JSON; texts are objects with ``ja`` and ``en``."""
        return {"type": "trace", **jsonable(asdict(self))}


def trace(store: Store, thing: Thing, *, level: str | None = None) -> Trace:
    """Trace a thing: from a strategy, section or panel down, from anything else up.

    ``level`` leaves only claims of that level (``stated``: what a source says itself).
    """
    return _down(store, thing, level) if thing.kind in _GROUNDS else _up(store, thing, level)


def _allowed(edge: Edge, level: str | None) -> bool:
    return edge.level == level if level else True


def _up(store: Store, thing: Thing, level: str | None) -> Trace:
    network = Network(store)
    network.grow([thing.iri], "up")
    containers = _containers(network, thing.iri)
    edges = {
        node: [
            edge for edge in network.edges(node, "up") if edge.relation in _CLAIMS and _allowed(edge, level)
        ]
        for node in containers
    }
    # A rejected link is shown, though it is not followed: what it names must still be placed in its document.
    network.grow((e.source for found in edges.values() for e in found if e.level == "rejected"), "up")
    claims = Claims(network, [edge for found in edges.values() for edge in found])
    things = {item.iri: item for item in describe(network.reader, containers)}
    groups, advice, laws = [], [], []
    for node in containers:
        made = sorted(
            (c for edge in edges[node] if edge.relation == "justifies" for c in claims.claims(edge)),
            key=rank,
        )
        groups.append(Held(things[node], tuple(made)))
        advice += [claims.claim(edge) for edge in edges[node] if edge.relation == "takenUp"]
        laws += [claims.claim(edge) for edge in edges[node] if edge.relation == "legalBasis"]
    nodes = {*containers, *(item.iri for group in groups for claim in group.claims for item in claim.place)}
    nodes |= {item.iri for claim in advice for item in claim.place}
    load_facts(network.reader, [thing.iri])
    return Trace(
        thing=thing,
        direction="up",
        level=level,
        facts=tuple(facts(network.reader, thing.iri)),
        groups=tuple(groups),
        advice=tuple(sorted(advice, key=rank)),
        laws=tuple(sorted(laws, key=rank)),
        logic=_logic(network, thing),
        uses=(),
        missing=tuple(_missing_up(groups, advice, level)),
        nodes=tuple(sorted(nodes)),
    )


def _containers(network: Network, start: str) -> list[str]:
    """Return a thing, and what contains it, nearest first: indicator, objective, measure."""
    found = [start]
    for node in found:
        for edge in network.edges(node, "up"):
            if (
                edge.relation in _CONTAINERS
                and edge.source not in found
                and network.kind(edge.source) not in _GROUNDS
            ):
                found.append(edge.source)
    return found


def _logic(network: Network, thing: Thing) -> tuple[LogicLine, ...]:
    """Return the logic model of a project, from the steps that nothing leads to; cycles end at ``again``."""
    reader = network.reader
    if thing.kind != "Project":
        return ()
    reader.load_incoming([thing.iri], ["dcterms:isPartOf"])
    inside = reader.subjects(thing.iri, "dcterms:isPartOf")
    reader.load(inside)
    steps = {
        item.iri: item for item in describe(reader, [i for i in inside if reader.kind(i) == "LogicStep"])
    }
    reader.load(
        value
        for iri in steps
        for name in ("dcterms:type", "kk:period")
        for value in reader.objects(iri, name)
    )
    reader.load_evidence(steps)
    follows = {iri: [n for n in reader.objects(iri, "kk:leadsTo") if n in steps] for iri in steps}
    led_to = {target for targets in follows.values() for target in targets}
    shown: set[str] = set()

    def line(iri: str) -> LogicLine:
        again = iri in shown and bool(follows[iri])
        shown.add(iri)
        parts = [reader.one(iri, name) for name in ("dcterms:type", "kk:period")]
        labels = [reader.label(part) for part in parts if part]
        return LogicLine(
            step=steps[iri],
            kind=Words("・".join(w.ja for w in labels), ", ".join(w.en for w in labels)),
            evidence=tuple(reader.evidence(iri)),
            leads_to=() if again else tuple(line(target) for target in follows[iri]),
            again=again,
        )

    first = [line(iri) for iri in steps if iri not in led_to]
    # What is left lies on cycles that nothing leads into.
    return (*first, *(line(iri) for iri in steps if iri not in shown))


def _missing_up(groups: list[Held], advice: list[Claim], level: str | None) -> Iterable[Words]:
    own, above = groups[0], groups[1:]
    stated_above = next((g for g in above if any(c.level == "stated" for c in g.claims)), None)
    kind = own.thing.kind_label
    if not any(claim.level == "stated" for claim in own.claims):
        if stated_above:
            measure = stated_above.thing
            yield Words(
                f"この{kind.ja}を名指しする関係部分は資料にありません。{measure.kind_label.ja}を通じて: "
                f"{measure.label.ja}（{len(stated_above.claims)}件の位置付け）",
                f"No section is named for this {kind.en.lower()}; through the {measure.kind_label.en.lower()}: "
                f"{measure.label.en} ({len(stated_above.claims)} justifications)",
            )
        else:
            yield Words(
                f"この{kind.ja}を位置付ける戦略の記載は見つかりません。",
                f"No strategy is stated for this {kind.en.lower()}.",
            )
    if own.thing.kind == "Project" and stated_above:
        # A project of one year and a sheet of another share their measure, and nothing more is known.
        documents = sorted({item.source for c in stated_above.claims for item in c.evidence})
        yield Words(
            f"{stated_above.thing.kind_label.ja}の根拠は{'、'.join(d.ja for d in documents)}の記載であり、"
            "この予算事業のレビューの記載ではありません。",
            f"The grounds of the {stated_above.thing.kind_label.en.lower()} are stated by "
            f"{', '.join(d.en for d in documents)}, not by the review of this project.",
        )
    asked = level is None and own.thing.kind in ("Objective", "Indicator")
    if asked and not any(claim.level == "interpreted" for group in groups for claim in group.claims):
        yield Words("解釈による対応付けはまだありません。", "There is no interpretation of it yet.")
    evaluated = own.thing.kind in ("Measure", "Objective", "Indicator")
    if evaluated and not advice and level in (None, "stated"):
        yield Words(
            "会議体の提言を活用したという記載は見つかりません。", "No use of a panel's advice is stated."
        )


def _down(store: Store, thing: Thing, level: str | None) -> Trace:
    network = Network(store)
    parts = _parts(network, thing.iri)
    edges = {
        node: [
            edge for edge in network.edges(node, "down") if edge.relation in _CLAIMS and _allowed(edge, level)
        ]
        for node in parts
    }
    network.grow([node for node in parts if edges[node]], "up")
    claims = Claims(network, [edge for found in edges.values() for edge in found])
    things = {item.iri: item for item in describe(network.reader, parts)}
    groups = [
        Held(
            things[node],
            tuple(sorted((c for e in edges[node] for c in claims.claims(e) if _through(c, parts)), key=rank)),
        )
        for node in parts
        if edges[node]
    ]
    cited = {item.iri for group in groups for claim in group.claims for item in claim.place}
    uncited = [node for node in parts if things[node].kind == "Edition" and node not in cited]
    load_facts(network.reader, [thing.iri])
    owners = {claim.owner.iri for group in groups for claim in group.claims}
    return Trace(
        thing=thing,
        direction="down",
        level=level,
        facts=tuple(facts(network.reader, thing.iri)),
        groups=tuple(groups),
        advice=(),
        laws=(),
        logic=(),
        uses=tuple(uses(store, network.reader, [n for n in parts if things[n].kind in _DOCUMENTS])),
        missing=tuple(_missing_down(thing, groups, [things[node] for node in uncited], level)),
        nodes=tuple(sorted({thing.iri, *cited, *owners, *_between(network, owners)})),
    )


def _parts(network: Network, start: str) -> list[str]:
    """Return a strategy and its editions and sections, in the order of the documents."""
    found = [start]
    position = 0
    while position < len(found):
        node = found[position]
        network.grow([node], "down", depth=1)
        below = [
            edge.target
            for edge in network.edges(node, "down")
            if edge.relation in _PARTS and edge.level != "rejected" and edge.target not in found
        ]
        found[position + 1 : position + 1] = [n for n in below if network.kind(n) in _GROUNDS]
        position += 1
    return found


def _through(claim: Claim, parts: list[str]) -> bool:
    """Whether a claim's place lies within what is traced: a string that names two documents has two places."""
    return claim.place[-1].kind != "Citation" or len(claim.place) == 1 or claim.place[-2].iri in parts


def _between(network: Network, owners: Iterable[str]) -> set[str]:
    """Return what contains the owners, so that a drawing shows how they hang together."""
    owners = list(owners)
    network.grow(owners, "up")
    return {node for owner in owners for node in _containers(network, owner)}


def _missing_down(
    thing: Thing, groups: list[Held], uncited: list[Thing], level: str | None
) -> Iterable[Words]:
    if not groups:
        how = Words("明記された", "stated") if level == "stated" else Words("", "")
        yield Words(
            f"「{thing.label.ja}」に基づくと{how.ja or ''}する施策は、このグラフにはありません。",
            f"In this graph no measure rests on {thing.label.en}"
            + (" by what a source states." if level else "."),
        )
    for edition in uncited:
        if groups:
            yield Words(
                f"{edition.label.ja} を引く施策はありません。", f"No measure cites {edition.label.en}."
            )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain; ``claim`` stands where the step is a link and not the structure of a document."""

    source: Thing
    target: Thing
    relation: str
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Chains:
    """All chains from a ground to what rests on it, shortest first. No chain is said to be none, in ``missing``."""

    start: Thing
    end: Thing
    chains: tuple[tuple[Step, ...], ...]
    missing: tuple[Words, ...]
    nodes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the chains as values of JSON; texts are objects with ``ja`` and ``en``."""
        return {"type": "chains", **jsonable(asdict(self))}


def between(store: Store, one: Thing, other: Thing, *, level: str | None = None, limit: int = 100) -> Chains:
    """Return the chains between two things, whichever of them is the ground of the other."""
    network = Network(store)
    start, end = one, other
    paths = network.paths(one.iri, other.iri, level=level, limit=limit)
    if not paths:
        paths = network.paths(other.iri, one.iri, level=level, limit=limit)
        if paths:
            start, end = other, one
    claims = Claims(network, [edge for path in paths for edge in path])
    nodes = sorted(
        {one.iri, other.iri, *(node for path in paths for e in path for node in (e.source, e.target))}
    )
    things = {thing.iri: thing for thing in describe(network.reader, nodes)}
    chains = [
        tuple(
            Step(things[e.source], things[e.target], e.relation, claims.claim(e) if e.link else None)
            for e in path
        )
        for path in paths
    ]
    missing = []
    if not chains:
        missing.append(
            Words(
                f"「{one.label.ja}」と「{other.label.ja}」を結ぶ道筋はありません。",
                f"No chain connects {one.label.en} and {other.label.en}.",
            )
        )
    if len(chains) == limit:
        missing.append(
            Words(f"最初の{limit}本だけを示しました。", f"Only the first {limit} chains are shown.")
        )
    return Chains(start, end, tuple(chains), tuple(missing), tuple(nodes))
