"""Traces of invented graphs: up, down and between tell the same, whatever hangs on what, and SPARQL alone agrees."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.graph.lookup.things import describe
from konkyo.graph.reader import Reader
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import ID, KK, RDF, C
from konkyo.questions.trace import Trace, between, trace
from konkyo.store import EmbeddedStore
from support.examples import examples

GRAPH = "https://w3id.org/konkyo/graph/invented"
DCAT, DCTERMS = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
STRATEGIES = [f"strategy/{s}" for s in "ab"]
EDITIONS = [f"{s}/{year}" for s in STRATEGIES for year in (2020, 2023)]
SECTIONS = [f"{edition}/s-1" for edition in EDITIONS[::2]]
CITATIONS = [f"citation/{n}" for n in range(4)]
OWNERS = ["measure/x/m", "project/1", "project/2", "project/3"]
GROUNDS = STRATEGIES + EDITIONS + SECTIONS
LEVELS = ("stated", "derived", "interpreted", "rejected")

Link = tuple[str, str, str]
links = st.lists(
    st.tuples(st.sampled_from(OWNERS), st.sampled_from(GROUNDS + CITATIONS), st.sampled_from(LEVELS)),
    max_size=12,
)
denotations = st.lists(
    st.tuples(st.sampled_from(CITATIONS), st.sampled_from(GROUNDS), st.sampled_from(LEVELS[1:])), max_size=8
)


def lines(found: list[Link], meant: list[Link]) -> list[str]:
    def triple(s: str, p: str, o: str) -> str:
        return f"<{ID}{s}> <{p}> <{o if '://' in o else ID + o}> <{GRAPH}> .\n"

    made = [triple(s, RDF + "type", KK + "Strategy") for s in STRATEGIES]
    for edition in EDITIONS:
        strategy = edition.rsplit("/", 1)[0]
        made += [
            triple(edition, RDF + "type", KK + "Edition"),
            triple(strategy, DCAT + "hasVersion", edition),
        ]
    for section in SECTIONS:
        edition = section.rsplit("/", 1)[0]
        made += [
            triple(section, RDF + "type", KK + "Section"),
            triple(section, DCTERMS + "isPartOf", edition),
        ]
    made += [triple(c, RDF + "type", KK + "Citation") for c in CITATIONS]
    for owner in OWNERS:
        kind = "Measure" if owner.startswith("measure") else "Project"
        made.append(triple(owner, RDF + "type", KK + kind))
        if kind == "Project":
            made.append(triple(owner, DCTERMS + "isPartOf", OWNERS[0]))
    # Projects that name one another, and a logic model that runs in a circle: neither is a ground.
    made += [
        triple("project/1", KK + "relatedProject", "project/2"),
        triple("project/2", KK + "relatedProject", "project/1"),
    ]
    for step, following in (("step/1", "step/2"), ("step/2", "step/1")):
        made += [
            triple(step, RDF + "type", KK + "LogicStep"),
            triple("project/1", KK + "hasLogicStep", step),
        ]
        made.append(triple(step, KK + "leadsTo", following))
    for number, (owner, ground, level) in enumerate(found):
        link = f"link/{number}"
        made += [
            triple(link, RDF + "type", KK + "Justification"),
            triple(owner, KK + "hasJustification", link),
        ]
        made += [triple(link, KK + "basis", ground), triple(link, KK + "claimLevel", C + level)]
    for number, (citation, ground, level) in enumerate(meant):
        node = f"denotation/{number}"
        made += [triple(node, RDF + "type", KK + "Denotation"), triple(citation, KK + "hasDenotation", node)]
        made += [triple(node, KK + "denotes", ground), triple(node, KK + "claimLevel", C + level)]
    return made


def store_of(found: list[Link], meant: list[Link]) -> EmbeddedStore:
    store = EmbeddedStore()
    store.load(GRAPH, lines(found, meant))
    return store


def told(answer: Trace) -> set[tuple[str, str, str, str | None]]:
    """What an answer says: who, what it rests on, by which link, and how a citation was read."""
    return {
        (claim.owner.iri, claim.place[-1].iri, link, claim.how)
        for group in answer.groups
        for claim in group.claims
        for link in claim.links
        if claim.level != "rejected"
    }


@settings(max_examples=examples(60))
@given(found=links, meant=denotations)
def test_up_and_down_tell_the_same(found: list[Link], meant: list[Link]) -> None:
    store = store_of(found, meant)
    reader = Reader(store)
    down = set().union(
        *(told(trace(store, thing)) for thing in describe(reader, [ID + s for s in STRATEGIES]))
    )
    up = set().union(*(told(trace(store, thing)) for thing in describe(reader, [ID + o for o in OWNERS])))
    unread = {claim for claim in up if claim[1].startswith(ID + "citation/")}
    assert up - unread == down
    read = {ID + citation for citation, _, level in meant if level != "rejected"}
    assert not {claim[1] for claim in unread} & read


@settings(max_examples=examples(60))
@given(found=links, meant=denotations)
def test_sparql_alone_tells_the_same(found: list[Link], meant: list[Link]) -> None:
    store = store_of(found, meant)
    for thing in describe(Reader(store), [ID + s for s in STRATEGIES]):
        answer = {(owner, ground, how) for owner, ground, _, how in told(trace(store, thing))}
        rows = {
            (row["owner"].value, row["basis"].value, row["how"].value.removeprefix(C) if row["how"] else None)
            for row in run(store, "rests-on-strategy", strategy=thing.iri)
        }
        assert answer == rows


@settings(max_examples=examples(40))
@given(found=links, meant=denotations)
def test_a_limit_hides_nothing_from_the_count(found: list[Link], meant: list[Link]) -> None:
    store = store_of(found, meant)
    for thing in describe(Reader(store), [ID + s for s in STRATEGIES]):
        whole, cut = trace(store, thing), trace(store, thing, limit=1)
        assert [(g.thing, g.total) for g in whole.groups] == [(g.thing, g.total) for g in cut.groups]
        assert all(g.total == len(g.claims) for g in whole.groups)
        assert all(
            len(g.claims) == 1 and g.claims[0] in w.claims
            for g, w in zip(cut.groups, whole.groups, strict=True)
        )
        assert whole.uses == cut.uses


@settings(max_examples=examples(40))
@given(found=links, meant=denotations)
def test_chains_are_the_same_from_either_end_and_there_where_a_trace_is(
    found: list[Link], meant: list[Link]
) -> None:
    store = store_of(found, meant)
    grounds = describe(Reader(store), [ID + s for s in STRATEGIES])
    owners = describe(Reader(store), [ID + o for o in OWNERS])
    for strategy, owner in product(grounds, owners):
        one, other = between(store, strategy, owner), between(store, owner, strategy)
        assert one.chains == other.chains
        # A project rests on what its measure rests on, too: both are among the groups of its trace.
        rests = any(
            claim.place[0] == strategy and claim.level != "rejected"
            for group in trace(store, owner).groups
            for claim in group.claims
        )
        assert bool(one.chains) == rests
        assert one.chains or one.missing
        for chain in one.chains:
            nodes = [chain[0].source.iri, *(step.target.iri for step in chain)]
            assert (nodes[0], nodes[-1]) == (strategy.iri, owner.iri) and len(set(nodes)) == len(nodes)
