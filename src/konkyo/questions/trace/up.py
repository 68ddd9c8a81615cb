"""Why does this exist: a thing and what contains it, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code, Note, Value
from konkyo.common.words import Words, first_of
from konkyo.graph.facts import facts, load_facts
from konkyo.graph.links import BasisLink, LinkFilter
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.network import Network
from konkyo.graph.said import load_said, said
from konkyo.model.identifiers import review_of_project
from konkyo.model.kinds import GROUNDS
from konkyo.model.namespaces import expand
from konkyo.questions.claims import Claim, Claims
from konkyo.questions.trace.answer import ClaimGroup, ReportSaid, Trace
from konkyo.questions.trace.denotations import unidentified
from konkyo.questions.trace.filters import TraceFilters
from konkyo.questions.trace.logic import logic

if TYPE_CHECKING:
    from konkyo.graph.reader import Reader
    from konkyo.store import Store

_CLAIMS = ("justifies", "takenUp", "legalBasis")
_CONTAINERS = ("hasObjective", "hasIndicator", "hasPart")


def up(
    store: Store, thing: Thing, filters: TraceFilters, limit: int | None, reader: Reader | None = None
) -> Trace:
    """Return what a thing rests on, itself and through what contains it, best first (:func:`konkyo.questions.claims.rank`)."""
    network = Network(store, filters.scope, reader)
    network.grow([thing.iri], "up")
    nodes = _containers(network, thing.iri)
    found = {node: list(_basis_links(network, node, filters.link_filter)) for node in nodes}
    made = Claims(
        network, (basis_link for basis_links in found.values() for basis_link in basis_links)
    ).claims
    things = {item.iri: item for item in describe(network.reader, nodes)}
    by_relation: dict[tuple[str, str], list[Claim]] = {}
    relations = {
        basis_link.link: basis_link.relation for basis_links in found.values() for basis_link in basis_links
    }
    for claim in made:
        by_relation.setdefault((claim.owner.iri, relations[claim.links[0]]), []).append(claim)

    def claims(relation: str) -> tuple[Claim, ...]:
        return tuple(claim for node in nodes for claim in by_relation.get((node, relation), ()))

    # What is missing is told by all of the claims, whatever part of them is shown.
    whole = []
    for node in nodes:
        own = tuple(by_relation.get((node, "justifies"), ()))
        whole.append(ClaimGroup(things[node], own, len(own)))
    load_facts(network.reader, [thing.iri], filters.scope, over_reviews=True)
    advice = claims("takenUp")
    cited = {
        basis_link.citation
        for basis_links in found.values()
        for basis_link in basis_links
        if basis_link.citation
    }
    return Trace(
        thing=thing,
        direction="up",
        level=filters.link_filter.level,
        kept=filters.words,
        facts=tuple(facts(network.reader, thing.iri, filters.scope)),
        groups=tuple(replace(group, claims=group.claims[:limit]) for group in whole),
        advice=advice,
        advised=tuple(_advised(network, advice)),
        laws=claims("legalBasis"),
        logic=logic(network, thing, filters.scope),
        uses=(),
        share=False,
        of=filters.scope.told,
        missing=(
            *(
                _only_related(network, thing)
                or _missing(network.reader, whole, advice, filters.link_filter.level)
            ),
            *unidentified(store, cited),
        ),
    )


def _advised(network: Network, advice: Iterable[Claim]) -> Iterable[ReportSaid]:
    """Yield what the reports that were used say, each once."""
    reports = {claim.place[-1].iri: claim.place[-1] for claim in advice}
    network.reader.load(reports)
    load_said(network.reader, reports)
    for iri, report in reports.items():
        if told := tuple(said(network.reader, iri)):
            yield ReportSaid(report, told)


def _basis_links(network: Network, node: str, link_filter: LinkFilter) -> Iterable[BasisLink]:
    for edge in network.edges(node, "up"):
        if edge.relation not in _CLAIMS or edge.link is None:
            continue
        level = edge.level or "stated"
        meant = [
            e for e in network.edges(edge.source, "up") if e.relation == "denotes" and e.level != "rejected"
        ]
        denoted = [e for e in meant if link_filter.allows(level, e.level)]
        for meaning in denoted:
            yield BasisLink(
                meaning.source,
                node,
                edge.link,
                edge.relation,
                level,
                edge.source,
                meaning.link,
                meaning.level,
            )
        # Only what the source says, or nothing that its words were taken for: they stand for themselves.
        if not denoted and link_filter.allows(level):
            yield BasisLink(edge.source, node, edge.link, edge.relation, level)


def _containers(network: Network, start: str) -> list[str]:
    """Return a thing, and what contains it, nearest first: indicator, objective, measure."""
    found = [start]
    for node in found:
        for edge in network.edges(node, "up"):
            if (
                edge.relation in _CONTAINERS
                and edge.source not in found
                and network.kind(edge.source) not in GROUNDS
            ):
                found.append(edge.source)
    return found


def drawn(network: Network, owners: Iterable[str]) -> set[str]:
    """Return things and what contains them, so that a drawing shows how they hang together."""
    owners = list(owners)
    network.grow(owners, "up")
    return {node for owner in owners for node in _containers(network, owner)}


def _only_related(network: Network, thing: Thing) -> tuple[Advice, ...]:
    """Return who names a project of which no sheet was read: that it names no plan would say nothing."""
    reader = network.reader
    if thing.kind != "Project":
        return ()
    if reader.objects(thing.iri, "kk:ministry"):
        return _only_a_means(reader, thing)
    reader.load_incoming([thing.iri], ["kk:relatedProject"])
    owners = sorted(reader.subjects(thing.iri, "kk:relatedProject"))
    if not owners:
        return ()
    named = [Words(one.title("ja"), one.title("en")) for one in describe(reader, owners)]
    return (Advice(Code.ONLY_RELATED, {"owners": first_of(named, _OWNERS)}),)


def _only_a_means(reader: Reader, thing: Thing) -> tuple[Advice, ...]:
    """Return whose means a project is of which no sheet of a review was read."""
    if reader.objects(thing.iri, "kk:hasAppearance"):
        return ()
    links = reader.nodes(thing.iri, "kk:hasLink")
    reader.load(links)
    # The year of a placement is made by the build only where a sheet states it.
    placed = [link for link in links if expand("kk:Placement") in reader.nodes(link, "rdf:type")]
    measures = {
        measure
        for link in placed
        if reader.objects(link, "kk:statedIn")
        for measure in reader.nodes(link, "kk:basis")
    }
    if not measures:
        return ()
    named = [Words(one.title("ja"), one.title("en")) for one in describe(reader, sorted(measures))]
    return (Advice(Code.ONLY_A_MEANS, {"owners": first_of(named, _OWNERS)}),)


_OWNERS = 5


def _missing(
    reader: Reader, groups: list[ClaimGroup], advice: tuple[Claim, ...], level: str | None
) -> Iterable[Advice]:
    own, above = groups[0], groups[1:]
    stated_above = next((g for g in above if any(c.level == "stated" for c in g.claims)), None)
    kind = _within_a_sentence(own.thing)
    if not any(claim.level == "stated" for claim in own.claims):
        if stated_above:
            values: dict[str, Value] = {
                "kind": kind,
                "container": _within_a_sentence(stated_above.thing),
                "label": stated_above.thing.label,
                "count": len(stated_above.claims),
            }
            yield Advice(Code.THROUGH_CONTAINER, values)
        else:
            yield _no_strategy(reader, own.thing, kind)
    if own.thing.kind == "Project" and stated_above:
        # A project of one year and a sheet of another share their measure, and nothing more is known.
        sources = sorted({item.source for c in stated_above.claims for item in c.evidence})
        documents = Words("、".join(d.ja for d in sources), ", ".join(d.en for d in sources))
        above_it = _within_a_sentence(stated_above.thing)
        yield Advice(Code.STATED_ELSEWHERE, {"kind": above_it, "documents": documents})
    asked = level is None and own.thing.kind in ("Objective", "Indicator")
    if asked and not any(claim.level == "interpreted" for group in groups for claim in group.claims):
        yield Advice(Code.NO_INTERPRETATION)
    evaluated = own.thing.kind in ("Measure", "Objective", "Indicator")
    if evaluated and not advice and level in (None, "stated"):
        yield Advice(Code.NO_ADVICE_USED)


def _no_strategy(reader: Reader, thing: Thing, kind: Words) -> Advice:
    """Return that no strategy is stated, or that the source of a project (a table of sheets) has no field that could state one."""
    if review := review_of_project(thing.iri):
        shown = reader.nodes(thing.iri, "kk:hasAppearance")
        reader.load(shown)
        if shown and not any(reader.objects(one, "kk:row") for one in shown):
            return Advice(Code.NO_STRATEGY, {"kind": kind})
        return Advice(Code.NO_FIELD_FOR_STRATEGIES, {"year": review[0]})
    return Advice(Code.NO_STRATEGY, {"kind": kind})


def of_itself(missing: Iterable[Note]) -> tuple[Note, ...]:
    """Return what is not found, for what has projects: what is not said of the thing itself may be said of them."""
    return tuple(
        replace(note, code=Code.NO_STRATEGY_OF_ITSELF)
        if isinstance(note, Advice) and note.code is Code.NO_STRATEGY
        else note
        for note in missing
    )


def _within_a_sentence(thing: Thing) -> Words:
    """Return what kind of thing it is, as it stands within a sentence."""
    return Words(thing.kind_label.ja, thing.kind_label.en.lower())
