"""Taking a query apart: run on the triples that it needs it answers as on all of them, and little more is fetched."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.graph import stored_queries
from konkyo.graph.stored_queries import queries_dir
from konkyo.store import EmbeddedStore
from konkyo.store.remote import fetch, fetch_plan
from support.examples import examples
from support.query_cases import FOLDERS
from support.remote_stores import rows

PREFIX = "PREFIX : <https://example.org/> "


class Cutting:
    """A server on a store, which gives no more than some rows at once and counts those that it gave."""

    def __init__(self, store: ox.Store, most: int) -> None:
        self.store = store
        self.most = most
        self.given = 0

    def rows(self, join: str) -> tuple[ox.QuerySolutions, bool]:
        assert fetch_plan.is_plain(join), join
        whole = self.all_rows(join)
        count = len(list(whole))
        self.given += min(count, self.most)
        return self.all_rows(f"{join} LIMIT {self.most}"), count > self.most

    def all_rows(self, join: str) -> ox.QuerySolutions:
        answer = self.store.query(join, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        return answer

    def counted(self, join: str) -> int:
        return int(next(self.rows(join)[0])[0].value)


def taken_apart(text: str, store: ox.Store, most: int = 1_000_000) -> tuple[list[tuple[str, ...]], int]:
    """Return the answer from what a query needs of a store, and how many rows were given for it."""
    wanted = fetch_plan.fetch_plan_of(text)
    assert wanted is not None, text
    server = Cutting(store, most)
    return rows(fetch.answer(text, wanted, server)), server.given


def is_taken_apart(text: str) -> bool:
    """Return whether a query is neither a join by itself nor about named graphs."""
    return not fetch_plan.is_plain(text) and "GRAPH" not in text


APART = [folder for folder in FOLDERS if is_taken_apart(stored_queries.stored(folder.name).text)]


@pytest.mark.parametrize("folder", APART, ids=[folder.name for folder in APART])
def test_stored_queries_answer_as_on_the_whole(folder: Path) -> None:
    store = ox.Store()
    store.extend(ox.parse(path=folder / "data.trig", format=ox.RdfFormat.TRIG))
    text = stored_queries.stored(folder.name).text
    assert taken_apart(text, store)[0] == rows(store.query(text, use_default_graph_as_union=True))


@pytest.mark.parametrize(
    "path", sorted((queries_dir() / "construct").glob("*.rq")), ids=lambda path: path.stem
)
def test_rules_construct_as_on_the_whole(path: Path, built_store: EmbeddedStore) -> None:
    text = path.read_text(encoding="utf-8")
    store = ox.Store()
    for graph in built_store.graphs():
        store.extend(ox.Quad(*triple, ox.NamedNode(graph)) for triple in built_store.triples(graph))
    assert taken_apart(text, store)[0] == rows(store.query(text, use_default_graph_as_union=True))


NODES = st.integers(0, 4).map(lambda number: ox.NamedNode(f"https://example.org/n{number}"))
EDGES = st.sampled_from([ox.NamedNode(f"https://example.org/{name}") for name in "pqr"])
VALUE = st.one_of(NODES, st.sampled_from([ox.Literal("a", language="ja"), ox.Literal(1), ox.Literal("1")]))
DATA = st.sets(st.builds(ox.Quad, NODES, EDGES, VALUE), max_size=14)
HARD = [
    "SELECT * { ?a :p ?b OPTIONAL { ?b :q ?c } OPTIONAL { ?c :r ?d } }",
    "SELECT * { OPTIONAL { ?a :p ?b } ?b :q ?c }",
    "SELECT * { ?a :p ?b OPTIONAL { ?c :q ?d FILTER(?b = ?d) } }",
    "SELECT * { ?a :p ?b MINUS { ?b :q ?c VALUES ?c { :n1 :n2 } } }",
    "SELECT * { ?a :p ?b FILTER NOT EXISTS { ?b :q/:r ?c } }",
    "SELECT * { ?a :p ?b FILTER(EXISTS { ?a :q ?c FILTER NOT EXISTS { ?c :r ?b } } || ?b = :n1) }",
    "SELECT * { { ?a :p ?b } UNION { ?a :q ?b . ?b :r ?c } VALUES ?a { :n0 :n1 } }",
    "SELECT * { ?a :p+ ?b . ?b :q ?c }",
    "SELECT * { ?a :q ?b . ?b :p* ?c . ?c :r ?d }",
    "SELECT * { :n0 (:p|:q)* ?b . ?b :r ?c }",
    "SELECT * { ?a :r ?b . ?b ^:q? ?c }",
    "SELECT * { ?a :r ?b . ?b (:p/^:q)+ ?c }",
    "SELECT * { ?a (:p|^:q|:r/:p) ?b . ?b :q ?c }",
    "SELECT * { ?a !(:p|:q) ?b OPTIONAL { ?b :p ?c } }",
    "SELECT ?a (COUNT(DISTINCT ?c) AS ?n) { ?a :p ?b OPTIONAL { ?b :q ?c } } GROUP BY ?a HAVING (COUNT(?b) > 1) ORDER BY ?a",
    "SELECT * { { SELECT ?a (COUNT(?b) AS ?n) { ?a :p ?b } GROUP BY ?a } ?a :q ?b }",
    "SELECT * { { SELECT DISTINCT ?a { ?a :p ?b . ?b :q ?c } ORDER BY ?a LIMIT 1 } ?a :r ?c }",
    "SELECT * { VALUES (?a ?b) { (:n0 UNDEF) (UNDEF :n1) } ?a :p ?b OPTIONAL { ?b :q ?c } }",
    "SELECT * { VALUES (?a ?i) { (:n0 1) (:n1 2) (:n0 3) } { ?a :p ?b } UNION { ?a :q ?b BIND(?i AS ?n) } }",
    "SELECT * { VALUES (?a ?b ?i) { (:n0 UNDEF 1) (:n1 :n1 1) } ?a :p ?b OPTIONAL { ?b :q ?i } }",
    "SELECT * { VALUES ?b { 1 'a'@ja :n1 } ?a :p ?b OPTIONAL { ?a :q 1 . ?a ?p '1' } }",
    "SELECT ?a ?x { ?a :p ?b BIND(IF(EXISTS { ?b :q ?c }, 1, 2) AS ?x) OPTIONAL { ?a :r ?x } }",
    "ASK { ?a :p ?b OPTIONAL { ?b :q ?c } FILTER(!BOUND(?c)) }",
    "CONSTRUCT { ?a :made ?c } { ?a :p ?b . { ?b :q ?c } UNION { ?b :r ?c } }",
    "SELECT * { :n0 :p :n1 OPTIONAL { :n1 :q :n2 . ?x :r :n2 } }",
]


@pytest.mark.parametrize("text", HARD)
@settings(max_examples=examples(25))
@given(data=DATA)
def test_any_data_are_answered_as_on_the_whole(text: str, data: set[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(data)
    assert not fetch_plan.is_plain(text)
    expected = rows(store.query(PREFIX + text))
    assert taken_apart(PREFIX + text, store)[0] == expected
    assert taken_apart(PREFIX + text, store, most=2)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?o WHERE { VALUES ?s { <https://example.org/a/b*> } ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s a <x:y> FILTER(LANG(?s) = 'ja' && ?s != \"a|b OPTIONAL\") } # MINUS",
        "SELECT * { ?s ?p ?o } LIMIT 1",
    ],
)
def test_joins_go_as_they_are(text: str) -> None:
    assert fetch_plan.is_plain(text)


@pytest.mark.parametrize(
    "given", ["?a { :n7 :n8 }", "(?i ?a) { (1 :n7) (2 :n8) }", "(?a ?x) { (:n7 UNDEF) (:n8 7) }"]
)
def test_only_what_can_be_joined_is_asked_for(given: str) -> None:
    store = ox.Store()
    for number in range(1000):
        node = ox.NamedNode(f"https://example.org/n{number}")
        for name in "pqr":
            store.add(ox.Quad(node, ox.NamedNode(f"https://example.org/{name}"), ox.Literal(number)))
    text = f"{PREFIX}SELECT * {{ VALUES {given} ?a :p ?w OPTIONAL {{ ?a :q ?y }} FILTER NOT EXISTS {{ ?a :z ?z }} }}"
    answer, asked = taken_apart(text, store)
    assert len(answer) == 2 and asked == 4


def test_named_graphs_are_not_taken_apart() -> None:
    assert fetch_plan.fetch_plan_of("SELECT * { GRAPH ?g { ?s ?p ?o } OPTIONAL { ?s ?q ?o } }") is None
    assert fetch_plan.fetch_plan_of("DESCRIBE ?s { ?s ?p ?o OPTIONAL { ?s ?q ?o } }") is None
