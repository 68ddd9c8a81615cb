"""What is made of a graph may replace it: it is read until the last line is made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from konkyo.build.waiting import load_made
from konkyo.store import EmbeddedStore

GRAPH = "https://example.org/g"


def numbers(store: EmbeddedStore) -> list[int]:
    return sorted(int(triple.object.value) for triple in store.triples(GRAPH))


def more(store: EmbeddedStore) -> Iterator[str]:
    """Yield the numbers of a graph, and those ten greater, each looked up when it is wanted."""
    for number in numbers(store):
        assert number in numbers(store)
        for one in (number, number + 10):
            yield f'<a:a> <a:b> "{one}" <{GRAPH}> .\n'


def test_a_graph_is_replaced_by_what_is_made_of_it() -> None:
    store = EmbeddedStore()
    store.load(GRAPH, [f'<a:a> <a:b> "{number}" <{GRAPH}> .\n' for number in (1, 2, 3)])
    assert load_made(store, GRAPH, more(store)) == 6
    assert numbers(store) == [1, 2, 3, 11, 12, 13]


def test_a_graph_stays_where_the_making_fails() -> None:
    store = EmbeddedStore()
    store.load(GRAPH, [f'<a:a> <a:b> "1" <{GRAPH}> .\n'])

    def failing() -> Iterator[str]:
        yield from more(store)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        load_made(store, GRAPH, failing())
    assert numbers(store) == [1]
