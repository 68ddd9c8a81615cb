from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo import KonkyoError
from konkyo.store import EmbeddedStore
from konkyo.things import Ambiguous, find

INDICATOR = "https://w3id.org/konkyo/id/indicator/soumu-23-15/3"


@pytest.mark.parametrize(
    "text",
    [
        INDICATOR,
        "indicator/soumu-23-15/3",
        "測定指標3",
        "測定指標 ３",
        "ICT分野に関する人材育成セミナー等の受講者数",
        "ＩＣＴ分野に関する人材育成セミナー等の受講者数",
        "受講者数",
        "Participants of seminars",
    ],
)
def test_ways_to_name_an_indicator(built_store: EmbeddedStore, text: str) -> None:
    assert find(built_store, text).iri == INDICATOR


@pytest.mark.parametrize("text", ["政策15", "ICT分野における国際戦略の推進", "国際戦略の推進"])
def test_a_measure_by_the_number_of_its_appearance(built_store: EmbeddedStore, text: str) -> None:
    assert find(built_store, text).kind == "Measure"


def test_an_exact_label_wins_over_its_parts(built_store: EmbeddedStore) -> None:
    assert find(built_store, "新たな情報通信技術戦略").iri.endswith("strategy/aratana-ict")
    assert find(built_store, "日本再生戦略").iri.endswith("strategy/nihon-saisei")
    assert find(built_store, "日本再生の基本戦略").iri.endswith("strategy/nihon-saisei-kihon")


def test_candidates(built_store: EmbeddedStore) -> None:
    with pytest.raises(Ambiguous) as caught:
        find(built_store, "日本再生の")
    assert len(caught.value.candidates) == 2  # the strategy and its edition


@given(text=st.text(max_size=60))
def test_any_text_finds_something_or_says_so(built_store: EmbeddedStore, text: str) -> None:
    try:
        found = find(built_store, text)
    except KonkyoError:
        return
    assert found.iri.startswith("https://w3id.org/konkyo/")
