"""The stored queries and what traces and views ask: the same answers from every store, the sheet's graph in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.graph import stored_queries
from konkyo.graph.stored_queries import queries_dir
from konkyo.store import EmbeddedStore, Store
from konkyo.store.remote.store import RemoteStore
from support.remote_stores import filler, rows
from support.servers import KINDS, Server

QUESTIONS = [
    ("新成長戦略", None),
    ("受講者数", None),
    ("国際戦略の推進", None),
    ("新成長戦略", "受講者数"),
    ("測定指標3", None),
]


@pytest.fixture(scope="module")
def filled(servers: Callable[[str], Server], built_store: EmbeddedStore) -> Callable[[str], RemoteStore]:
    """Return a function that fills the server of a kind with the carried graph."""
    return filler(servers, built_store)


@pytest.fixture(params=list(KINDS))
def remote(request: pytest.FixtureRequest, filled: Callable[[str], RemoteStore]) -> RemoteStore:
    return filled(request.param)


@pytest.mark.parametrize("name", stored_queries.names())
def test_stored_queries_answer_alike(remote: Store, built_store: EmbeddedStore, name: str) -> None:
    text = stored_queries.stored(name).text
    assert rows(remote.select(text)) == rows(built_store.select(text))


@pytest.mark.parametrize("name", sorted(path.stem for path in (queries_dir() / "construct").glob("*.rq")))
def test_rules_construct_alike(remote: RemoteStore, built_store: EmbeddedStore, name: str) -> None:
    text = (queries_dir() / "construct" / f"{name}.rq").read_text(encoding="utf-8")
    assert set(map(str, remote.construct(text))) == set(map(str, built_store.construct(text)))


@pytest.mark.parametrize(("thing", "other"), QUESTIONS)
def test_traces_are_alike(remote: Store, built_store: EmbeddedStore, thing: str, other: str | None) -> None:
    there = KnowledgeGraph(remote).trace(thing, other).to_json()
    assert there == KnowledgeGraph(built_store).trace(thing, other).to_json()


@pytest.mark.parametrize("thing", [None, "測定指標3"])
def test_views_are_alike(remote: Store, built_store: EmbeddedStore, thing: str | None) -> None:
    there, here = (KnowledgeGraph(store).network(thing) for store in (remote, built_store))
    assert dict(there.nodes(data=True)) == dict(here.nodes(data=True))
    assert sorted(there.edges(keys=False)) == sorted(here.edges(keys=False))


def test_the_graphs_hold_the_same(remote: Store, built_store: EmbeddedStore) -> None:
    assert remote.graphs() == built_store.graphs()
    for name in built_store.graphs():
        assert set(remote.triples(name)) == set(built_store.triples(name)), name
