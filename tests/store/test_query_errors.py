"""What is wrong with a query is said with its place, and what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.common.errors import KonkyoError
from konkyo.store import EmbeddedStore
from konkyo.store.query_errors import marked


@pytest.mark.parametrize(
    ("query", "ja", "hint"),
    [
        ("SELECT ?x {\n ?x a kk:Strategy }", "2行目の接頭辞 kk:", "PREFIX kk: <https://w3id.org/konkyo/ns#>"),
        ("SELECT ?x { ?x a nope:Thing }", "1行目の接頭辞 nope:", "PREFIX nope: <…>"),
        ("SELECT ?x {\n ?x ?p ?o } LIMI 3", "2行目", "?x ?p ?o } LIMI 3"),
        ("SELECT ?x　{ ?x ?p ?o }", "1行目10字目", "半角"),
        ("SELECT ?x { ?x ?p '総務省' ) }", "1行目", "^"),
    ],
)
def test_the_place_is_marked(query: str, ja: str, hint: str) -> None:
    with pytest.raises(KonkyoError) as told:
        EmbeddedStore().query(query)
    assert ja in told.value.message.ja and len(told.value.message.ja) < 400
    assert told.value.hint is not None and hint in told.value.hint.ja


def test_a_japanese_sign_is_as_wide_as_two() -> None:
    assert marked("?x ?p '総務省' )", 1, 13).splitlines() == ["?x ?p '総務省' )", " " * 15 + "^"]


@given(st.text(max_size=300), st.integers(-2, 400), st.integers(-2, 400))
def test_no_text_and_no_place_breaks_it(text: str, line: int, column: int) -> None:
    assert len(marked(text, line, column)) < 400


def test_a_query_of_one_long_line_is_shown_around_the_place() -> None:
    query = "SELECT ?x { " + "?x ?p ?o . " * 10_000 + ")"
    with pytest.raises(KonkyoError) as told:
        EmbeddedStore().query(query)
    assert told.value.hint is not None and len(told.value.hint.ja) < 400
