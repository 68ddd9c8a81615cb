"""What an operator can run against a store: each check holds where it has to, and fails where its fault is put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox
import pytest

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.store import EmbeddedStore
from konkyo.store.trial import CHECKS, Check, Unlike, difference

BY_NAME = {check.name: check for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_it_holds_for_a_store_that_keeps_the_contract(check: Check) -> None:
    check.run(EmbeddedStore())


class Adds(EmbeddedStore):
    """It adds to a graph instead of putting a new one in its place."""

    def load(self, graph: str, quads: Iterable[str]) -> int:
        held = [
            f"{triple.subject} {triple.predicate} {triple.object} <{graph}> .\n"
            for triple in self.triples(graph)
        ]
        return super().load(graph, [*held, *quads])


class Answers(EmbeddedStore):
    """It takes anything for a query, and an update too."""

    def query(self, text: str) -> object:  # type: ignore[override]
        try:
            return super().query(text)
        except KonkyoError:
            return super().query("ASK {}")


class Trims(EmbeddedStore):
    """It keeps the first thousand signs of a text."""

    def load(self, graph: str, quads: Iterable[str]) -> int:
        def cut() -> Iterator[str]:
            for line in quads:
                head, quote, rest = line.partition('"')
                yield line if len(line) < 2000 else f'{head}{quote}{rest[:1000]}"@ja <{graph}> .\n'

        return super().load(graph, cut())


@pytest.mark.parametrize(
    ("made", "name"),
    [(Adds, "replaces"), (Answers, "tells-nonsense"), (Answers, "only-reads"), (Trims, "takes-much")],
)
def test_a_store_that_does_not_keep_it_is_found(made: Callable[[], EmbeddedStore], name: str) -> None:
    with pytest.raises(Unlike):
        BY_NAME[name].run(made())


def test_how_an_answer_differs_is_told() -> None:
    right, wrong = EmbeddedStore(), EmbeddedStore()
    graph = "https://example.org/g"
    right.load(graph, [f'<{graph}> <{graph}> "{number}" <{graph}> .\n' for number in range(3)])
    wrong.load(graph, [f'<{graph}> <{graph}> "{number}" <{graph}> .\n' for number in range(1, 5)])
    text = "SELECT ?o { ?s ?p ?o }"
    assert difference(right, right, text) == ""
    assert difference(wrong, right, text) == "-1 +2"
    # How often a row comes counts too.
    assert difference(right, right, "SELECT ?s { ?s ?p ?o }") == ""

    class Fails(EmbeddedStore):
        def select(self, text: str) -> ox.QuerySolutions:
            raise KonkyoError(Words("応答がありません。", "No answer."))

    assert difference(Fails(), right, text) == "No answer."
