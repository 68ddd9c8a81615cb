"""One contract for every store: Oxigraph in memory, on disk and as a server, rdflib's own engine, Virtuoso."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from konkyo.common.errors import KonkyoError
from konkyo.model.namespaces import XSD
from konkyo.model.ntriples import literal
from konkyo.store import EmbeddedStore, Store
from support.examples import examples
from support.rdflib_store import RdflibStore
from support.remote_stores import EXAMPLES, connect, emptied
from support.servers import Server

G, H = "https://example.org/g", "https://example.org/h"
S, P = "https://example.org/s", "https://example.org/p"


@pytest.fixture(params=["memory", "disk", "rdflib", "oxigraph-server", "virtuoso"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, servers: Callable[[str], Server]
) -> Iterator[Store]:
    if request.param in ("oxigraph-server", "virtuoso"):
        remote = emptied(connect(servers(request.param), prefix=EXAMPLES))
        yield remote
        remote.close()
    elif request.param == "rdflib":
        yield RdflibStore()
    elif request.param == "memory":
        yield EmbeddedStore()
    else:
        yield EmbeddedStore(ox.Store(str(tmp_path / "disk")))
        gc.collect()


def quad(graph: str, o: str, s: str = S, p: str = P) -> str:
    return f"<{s}> <{p}> {o} <{graph}> .\n"


def objects(store: Store, graph: str) -> set[str]:
    return {str(triple.object) for triple in store.triples(graph)}


def test_an_empty_store(store: Store) -> None:
    assert store.graphs() == []
    assert list(store.select("SELECT * { ?s ?p ?o }")) == []
    assert bool(store.query("ASK { ?s ?p ?o }")) is False
    assert list(store.triples(G)) == []
    assert list(store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")) == []


def test_loading_replaces_one_graph_and_leaves_the_others(store: Store) -> None:
    assert store.load(G, [quad(G, '"1"'), quad(G, '"2"')]) == 2
    assert store.load(H, iter([quad(H, '"3"')])) == 1
    assert store.load(G, [quad(G, '"4"')]) == 1
    assert objects(store, G) == {'"4"'} and objects(store, H) == {'"3"'}
    assert store.graphs() == [G, H]
    assert store.load(G, []) == 0
    assert objects(store, G) == set() and objects(store, H) == {'"3"'}
    assert store.graphs() == [H]


def test_the_default_graph_is_the_union(store: Store) -> None:
    store.load(G, [quad(G, '"1"')])
    store.load(H, [quad(H, '"2"')])
    assert {row["o"].value for row in store.select("SELECT ?o { ?s ?p ?o }")} == {"1", "2"}
    # A join across graphs: what one source says of what another one names.
    store.load(H, [quad(H, f"<{S}>", s="https://example.org/t")])
    (row,) = store.select(f"SELECT ?t ?o {{ ?t <{P}> ?s . ?s <{P}> ?o FILTER isLiteral(?o) }}")
    assert row["t"].value == "https://example.org/t" and row["o"].value == "1"


def test_named_graphs_can_be_asked_for(store: Store) -> None:
    store.load(G, [quad(G, '"1"')])
    store.load(H, [quad(H, '"1"')])
    assert [row["g"].value for row in store.select("SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")] == [
        G,
        H,
    ]


def test_a_fact_of_two_graphs_is_one_distinct_answer(store: Store) -> None:
    """Oxigraph's union keeps it twice, against SPARQL: so queries say DISTINCT, and then all agree."""
    store.load(G, [quad(G, '"1"')])
    store.load(H, [quad(H, '"1"')])
    assert len(list(store.select("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }"))) == 1
    (row,) = store.select("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }")
    assert row["n"].value == "1"
    assert len(list(store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        f'"2011-07"^^<{XSD}gYearMonth>',
        f'"2011"^^<{XSD}gYear>',
        f'"2011-07-01"^^<{XSD}date>',
        f'"3955984000"^^<{XSD}integer>',
        f'"http://a/%20?b=c#d"^^<{XSD}anyURI>',
        '"総務省"@ja',
        '"a\\"b\\\\c\\nd\\te"',
        "<https://example.org/日本>",
    ],
)
def test_terms_come_back_as_they_were(store: Store, text: str) -> None:
    store.load(G, [quad(G, text)])
    (wanted,) = ox.parse(quad(G, text).encode(), format=ox.RdfFormat.N_QUADS)
    assert [triple.object for triple in store.triples(G)] == [wanted.object]
    assert [row["o"] for row in store.select("SELECT ?o { ?s ?p ?o }")] == [wanted.object]
    assert [triple.object for triple in store.construct("CONSTRUCT WHERE { ?s ?p ?o }")] == [wanted.object]


@pytest.mark.parametrize("number", ["7", "7.50", "0.1", "100000000000"])
def test_decimals_keep_their_value(store: Store, number: str) -> None:
    store.load(G, [quad(G, f'"{number}"^^<{XSD}decimal>')])
    (row,) = store.select("SELECT ?o { ?s ?p ?o }")
    assert Decimal(row["o"].value) == Decimal(number) and row["o"].datatype.value == XSD + "decimal"
    (row,) = store.select("SELECT (?o * 2 AS ?d) { ?s ?p ?o }")
    assert Decimal(row["d"].value) == 2 * Decimal(number)


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), max_size=6, unique=True)
)
def test_any_texts_survive(store: Store, texts: list[str]) -> None:
    assert store.load(G, (quad(G, literal(text, "@ja")) for text in texts)) == len(texts)
    assert {row["o"].value for row in store.select("SELECT ?o { ?s ?p ?o }")} == set(texts)


Ask = Callable[[Store], object]


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.query("SELEC ?s { ?s ?p ?o }"),
        lambda store: store.query(""),
        lambda store: store.query("どの戦略か"),
        lambda store: store.query("SELECT * { ?s unknown:p ?o }"),
        lambda store: store.select("ASK { ?s ?p ?o }"),
        lambda store: store.select("CONSTRUCT WHERE { ?s ?p ?o }"),
        lambda store: store.construct("SELECT * { ?s ?p ?o }"),
    ],
)
def test_what_is_no_such_query_is_told(store: Store, ask: Ask) -> None:
    with pytest.raises(KonkyoError) as caught:
        ask(store)
    assert caught.value.message.ja != caught.value.message.en


@pytest.mark.parametrize(
    "text", ["DROP ALL", "CLEAR DEFAULT", "DELETE WHERE { ?s ?p ?o }", f"INSERT DATA {{ <{S}> <{P}> 1 }}"]
)
def test_a_query_cannot_change_the_store(store: Store, text: str) -> None:
    store.load(G, [quad(G, '"1"')])
    with pytest.raises(KonkyoError):
        store.query(text)
    assert objects(store, G) == {'"1"'}


def test_a_federated_call_that_fails_is_no_empty_answer(store: Store) -> None:
    with pytest.raises((KonkyoError, OSError)):
        list(store.select("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"))


def test_a_line_that_is_no_quad_is_refused(store: Store) -> None:
    store.load(H, [quad(H, '"1"')])
    with pytest.raises(Exception, match=r"."):
        store.load(G, ["this is no quad\n"])
    assert objects(store, H) == {'"1"'}


def test_many_lines_pass_the_stream_in_pieces(store: Store) -> None:
    text = "国" * 4000
    count = 300  # more than one piece of the stream, and a line larger than a reader's buffer
    assert store.load(G, (quad(G, literal(f"{number}{text}")) for number in range(count))) == count
    assert len(list(store.triples(G))) == count
