"""The network of grounds: its edges run from what justifies to what is justified, and every walk ends."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.graph.network import RELATIONS, Edge, Network, whole
from konkyo.model.namespaces import GRAPH, ID, KK, C, expand
from konkyo.store import EmbeddedStore
from support.examples import examples
from support.rdflib_store import RdflibStore

S = ID + "strategy/"
SHEET = "soumu-23-15"
MEASURE = ID + "measure/soumu/3ac5d1655a705b21"
INDICATOR_3 = f"{ID}indicator/{SHEET}/3"
HERE = GRAPH + "test"


def graph(*triples: tuple[str, str, str]) -> EmbeddedStore:
    store = EmbeddedStore()
    lines = []
    for s, p, o in triples:
        value = f"<{KK}{o}>" if p == "rdf:type" else f"<{C}{o}>" if p == "kk:claimLevel" else f"<{ID}{o}>"
        lines.append(f"<{ID}{s}> <{expand(p)}> {value} <{HERE}> .\n")
    store.load(HERE, lines)
    return store


def justified(owner: str, basis: str, level: str) -> list[tuple[str, str, str]]:
    link = f"link/{owner}-{basis}-{level}"
    return [
        (owner, "kk:hasJustification", link),
        (link, "rdf:type", "Justification"),
        (link, "kk:basis", basis),
        (link, "kk:claimLevel", level),
    ]


# --- the built graph ------------------------------------------------------------------------------------


def test_down_from_a_strategy_to_the_indicators(built_store: EmbeddedStore) -> None:
    network = Network(built_store)
    reached = network.grow([S + "shin-seicho"], "down")
    kinds = {network.kind(node) for node in reached}
    assert kinds == {"Strategy", "Edition", "Section", "Measure", "Objective", "Indicator"}
    assert {f"{ID}indicator/{SHEET}/{number}" for number in range(1, 6)} <= reached
    assert f"{ID}indicator/{SHEET}/4-missions" in reached
    assert not any(node.startswith(S) and not node.startswith(S + "shin-seicho") for node in reached)


def test_up_from_an_indicator_to_all_four_strategies_and_the_panels(built_store: EmbeddedStore) -> None:
    network = Network(built_store)
    reached = network.grow([INDICATOR_3], "up")
    strategies = {node for node in reached if network.kind(node) == "Strategy"}
    # The roadmap is a part of its strategy, which is therefore above it, too.
    assert {
        S + name for name in ("shin-seicho", "aratana-ict", "aratana-ict-koteihyo", "nihon-saisei-kihon")
    } == strategies
    assert {node for node in reached if network.kind(node) == "Panel"} == {
        ID + "panel/" + name for name in ("ict-global-tenkai", "ict-machizukuri", "kihon-senryaku-board")
    }


def test_with_a_level_only_such_links_are_followed(built_store: EmbeddedStore) -> None:
    network = Network(built_store)
    direct = network.grow([INDICATOR_3], "up", depth=1, level="stated")
    assert direct == {INDICATOR_3, f"{ID}objective/{SHEET}/a"}
    edges = [edge for edge in network.edges(INDICATOR_3, "up") if edge.relation == "justifies"]
    levels = [edge.level for edge in edges]
    assert (levels.count("derived"), levels.count("interpreted"), levels.count("rejected")) == (7, 1, 1)
    assert "stated" not in levels
    stated = [e for e in network.edges(MEASURE, "up") if e.relation == "justifies"] or (
        network.grow([MEASURE], "up")
        and [e for e in network.edges(MEASURE, "up") if e.relation == "justifies"]
    )
    assert [edge.level for edge in stated] == ["stated"] * 7


def test_both_directions_give_the_same_edges(built_store: EmbeddedStore) -> None:
    down, nodes = whole(built_store)
    up = Network(built_store)
    up.grow(sorted(nodes), "up")
    assert down.subgraph(nodes) == up.subgraph(nodes)


def test_every_edge_has_a_known_relation_and_a_level_exactly_where_it_is_a_claim(
    built_store: EmbeddedStore,
) -> None:
    network, nodes = whole(built_store)
    edges = network.subgraph(nodes)
    assert edges == sorted(set(edges), key=lambda e: (e.source, e.target, e.relation, e.link or ""))
    for edge in edges:
        assert edge.relation in RELATIONS and (edge.link is None) == (edge.level is None)
        assert (edge.relation in ("justifies", "takenUp")) == (edge.link is not None)
    assert sum(1 for edge in edges if edge.relation == "justifies") == 7 + 56 + 5 + 1
    assert sum(1 for edge in edges if edge.relation == "takenUp") == 3
    assert sum(1 for edge in edges if edge.relation == "hasObjective") == 3
    assert sum(1 for edge in edges if edge.relation == "hasIndicator") == 5


def test_the_place_of_a_section(built_store: EmbeddedStore) -> None:
    network = Network(built_store)
    section = S + "shin-seicho/2010-06-18/s-3.3"
    network.grow([section], "up")
    place = network.place_of(section)
    assert place[:2] == [S + "shin-seicho", S + "shin-seicho/2010-06-18"] and place[-1] == section
    assert [name.ja for name in network.reader.labels(place[2:]).values()] == [
        "第3章",
        "強みを活かす成長分野",
        "（３）アジア経済戦略",
    ]


def test_paths_from_a_strategy_to_an_indicator(built_store: EmbeddedStore) -> None:
    network = Network(built_store)
    network.grow([S + "shin-seicho"], "down")
    paths = network.paths(S + "shin-seicho", INDICATOR_3)
    assert paths and [len(path) for path in paths] == sorted(len(path) for path in paths)
    for path in paths:
        assert path[0].source == S + "shin-seicho" and path[-1].target == INDICATOR_3
        assert all(one.target == two.source for one, two in pairwise(path))
        assert "rejected" not in [edge.level for edge in path]
    stated = network.paths(S + "shin-seicho", INDICATOR_3, level="stated")
    assert len(stated) == 2  # by each of the two cited sections, through the measure and its objective
    for path in stated:
        assert [e.relation for e in path[-3:]] == ["justifies", "hasObjective", "hasIndicator"]
        assert {edge.level for edge in path} == {None, "stated"}
    assert network.paths(INDICATOR_3, S + "shin-seicho") == []
    assert network.paths(S + "shin-seicho", INDICATOR_3, limit=1) == paths[:1]


def test_a_walk_reads_what_joins_things_and_no_more() -> None:
    store = graph(
        ("p", "rdf:type", "Project"), ("s", "rdf:type", "Strategy"), *justified("p", "s", "stated"),
        *(("p", "kk:hasBudgetFigure", f"figure/{n}") for n in range(50)),
    )  # fmt: skip
    rows: list[str] = []

    class Counting(EmbeddedStore):
        def select(self, text: str) -> list[dict[str, str]]:  # type: ignore[override]
            found = list(store.select(text))
            rows.extend(map(str, found))
            return found  # type: ignore[return-value]

    network = Network(Counting())
    assert network.grow([ID + "p"], "up") == {ID + "p", ID + "s"}
    assert len(rows) == 3  # two kinds and a claim
    assert not any("figure" in row for row in rows)


def test_without_laws_none_is_read_and_with_them_all_are() -> None:
    store = graph(
        ("p", "rdf:type", "Project"), ("law", "rdf:type", "LegalResource"), ("p", "kk:hasLink", "l"),
        ("l", "rdf:type", "LegalCitation"), ("l", "kk:basis", "law"), ("l", "kk:claimLevel", "stated"),
        ("p", "kk:hasLink", "x"), ("x", "rdf:type", "Placement"), ("x", "kk:basis", "m"), ("m", "rdf:type", "Measure"),
    )  # fmt: skip
    network = Network(store)
    assert network.grow([ID + "p"], "up", laws=False) == {ID + "p"}
    assert network.grow([ID + "p"], "up") == {ID + "p", ID + "law"}
    assert [edge.relation for edge in network.edges(ID + "p", "up")] == ["legalBasis"]
    assert network.grow([ID + "law"], "down") == {ID + "p", ID + "law"}


def test_both_engines_give_the_same_network(built_store: EmbeddedStore, rdflib_store: RdflibStore) -> None:
    one, nodes = whole(built_store)
    other, others = whole(rdflib_store)
    assert nodes == others and one.subgraph(nodes) == other.subgraph(others)


# --- small graphs ---------------------------------------------------------------------------------------


def test_a_rejected_link_is_seen_but_no_way() -> None:
    store = graph(
        ("s", "rdf:type", "Section"), ("m", "rdf:type", "Measure"), *justified("m", "s", "rejected")
    )  # fmt: skip
    network = Network(store)
    network.grow([ID + "s"], "down")
    assert [edge.level for edge in network.edges(ID + "s", "down")] == ["rejected"]
    assert network.paths(ID + "s", ID + "m") == []


def test_nothing_is_reached_behind_a_rejected_link() -> None:
    store = graph(
        ("s", "rdf:type", "Section"),
        ("m", "rdf:type", "Measure"),
        ("o", "rdf:type", "Objective"),
        ("m", "kk:hasObjective", "o"),
        *justified("m", "s", "rejected"),
    )
    assert ID + "o" not in Network(store).grow([ID + "s"], "down")


def test_cycles_end() -> None:
    store = graph(
        ("a", "rdf:type", "Section"),
        ("b", "rdf:type", "Section"),
        ("m", "rdf:type", "Measure"),
        ("a", "dcterms:isPartOf", "b"),
        ("b", "dcterms:isPartOf", "a"),
        *justified("m", "a", "stated"),
    )
    network = Network(store)
    assert network.grow([ID + "a"], "up") == {ID + "a", ID + "b"}
    assert network.grow([ID + "a"], "down") == {ID + "a", ID + "b", ID + "m"}
    assert len(network.place_of(ID + "a")) == 2
    (path,) = network.paths(ID + "b", ID + "m")
    assert [(edge.source, edge.target) for edge in path] == [(ID + "b", ID + "a"), (ID + "a", ID + "m")]


def test_a_thing_that_justifies_itself_ends() -> None:
    store = graph(("m", "rdf:type", "Measure"), *justified("m", "m", "stated"))
    network = Network(store)
    assert network.grow([ID + "m"], "down") == {ID + "m"}
    assert network.paths(ID + "m", ID + "m") == [[]]


def test_depth_is_kept_and_can_be_passed_later() -> None:
    chain = [("n0", "rdf:type", "Section")]
    for number in range(1, 9):
        chain += [(f"n{number}", "rdf:type", "Section"), (f"n{number}", "dcterms:isPartOf", f"n{number - 1}")]
    network = Network(graph(*chain))
    assert network.grow([ID + "n0"], "down", depth=3) == {f"{ID}n{number}" for number in range(4)}
    assert len(network.grow([ID + "n0"], "down")) == 9
    assert network.grow([ID + "nowhere"], "down") == {ID + "nowhere"} and network.grow([], "up") == set()


def test_two_claims_between_the_same_two_are_two_edges() -> None:
    store = graph(
        ("s", "rdf:type", "Section"),
        ("m", "rdf:type", "Measure"),
        *justified("m", "s", "stated"),
        *justified("m", "s", "interpreted"),
    )
    network = Network(store)
    network.grow([ID + "s"], "down")
    assert [edge.level for edge in network.edges(ID + "s", "down")] == ["interpreted", "stated"]
    assert len(network.paths(ID + "s", ID + "m")) == 2
    assert len(network.paths(ID + "s", ID + "m", level="stated")) == 1


def test_paths_do_not_explode() -> None:
    """A ladder of 9 rungs with two ways each has 512 paths: the limit holds, the shortest come first."""
    triples = [("n0", "rdf:type", "Section")]
    for number in range(1, 10):
        triples.append((f"n{number}", "rdf:type", "Section"))
        for side in "ab":
            triples += [
                (f"n{number}{side}", "rdf:type", "Section"),
                (f"n{number}{side}", "dcterms:isPartOf", f"n{number - 1}"),
                (f"n{number}", "dcterms:isPartOf", f"n{number}{side}"),
            ]
    network = Network(graph(*triples))
    network.grow([ID + "n0"], "down", depth=50)
    paths = network.paths(ID + "n0", ID + "n9", limit=7)
    assert [len(path) for path in paths] == [18] * 7


nodes = st.integers(0, 5)


@settings(max_examples=examples(30))
@given(st.sets(st.tuples(nodes, nodes), max_size=12))
def test_growing_finds_exactly_what_can_be_reached(pairs: set[tuple[int, int]]) -> None:
    triples = [(f"n{number}", "rdf:type", "Section") for number in range(6)]
    triples += [(f"n{child}", "dcterms:isPartOf", f"n{parent}") for parent, child in pairs]
    network = Network(graph(*triples))
    reached = {0}
    while more := {child for parent, child in pairs if parent in reached} - reached:
        reached |= more
    assert network.grow([ID + "n0"], "down") == {f"{ID}n{number}" for number in reached}
    for number in range(1, 6):
        paths = network.paths(ID + "n0", f"{ID}n{number}")
        assert bool(paths) == (number in reached)
        for path in paths:
            seen = [ID + "n0", *(edge.target for edge in path)]
            assert len(set(seen)) == len(seen)


def test_edges_compare_by_value() -> None:
    assert Edge("a", "b", "justifies", "l", "stated") == Edge("a", "b", "justifies", "l", "stated")
    assert set(RELATIONS) >= {
        "hasVersion",
        "hasPart",
        "justifies",
        "hasObjective",
        "hasIndicator",
        "produced",
        "takenUp",
    }
    assert all(words.ja and words.en for words in RELATIONS.values())
