"""What is asked by name, and what a trace says of citations, measures and ministries, is the same on a server."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from konkyo.graph.lookup.editions import among, named
from konkyo.graph.lookup.things import find
from konkyo.graph.search import search
from konkyo.model.namespaces import ID
from konkyo.questions.subgraph.select import around
from konkyo.questions.trace import trace
from konkyo.store import EmbeddedStore, Store
from support import asked_graph
from support.remote_stores import connect, emptied
from support.servers import ASKED_EVERYTHING, Server

NAMES = [
    "運営と改革の基本方針２０２３", "骨太の方針2023（令和５年６月16日閣議決定）", "第六次熱源基本計画", "強靭化基本計画", "一度きりの大綱",
    "甲務省", "甲の推進", "どれか分からない方針", "citation/1", "citation/7",
]  # fmt: skip


@pytest.fixture(scope="module")
def here() -> EmbeddedStore:
    return asked_graph.embedded()


@pytest.fixture(scope="module", params=ASKED_EVERYTHING)
def there(request: pytest.FixtureRequest, servers: Callable[[str], Server], here: EmbeddedStore) -> Store:
    store = emptied(connect(servers(request.param)))
    for graph in here.graphs():
        store.load(graph, (f"{triple} <{graph}> .\n" for triple in here.triples(graph)))
    return store


@pytest.mark.parametrize("text", NAMES)
def test_a_name_and_its_trace(here: EmbeddedStore, there: Store, text: str) -> None:
    one, other = find(here, text), find(there, text)
    assert one == other
    assert trace(here, one).to_json() == trace(there, other).to_json()
    assert named(here, text) == named(there, text)
    assert search(here, text).to_json() == search(there, text).to_json()


@pytest.mark.parametrize("text", ["2023", "令和5年6月", "第6次", "骨太の方針2023", "6", "第6次熱源基本計画"])
def test_an_edition(here: EmbeddedStore, there: Store, text: str) -> None:
    editions = [f"{ID}strategy/{key}" for key in ("hone/2023-06-16", "hone/2022-06-07", "ene/2021-10-22")]
    assert among(here, editions, text) == among(there, editions, text)


def test_what_is_drawn_of_a_plan(here: EmbeddedStore, there: Store) -> None:
    drawn = [around(store, find(store, "骨太の方針"), depth=2, limit=4) for store in (here, there)]
    assert drawn[0].nodes == drawn[1].nodes and drawn[0].notes == drawn[1].notes
    assert any("/project/" in node for node in drawn[0].nodes)
