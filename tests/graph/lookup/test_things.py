from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo import KonkyoError
from konkyo.graph.lookup.things import Ambiguous, find
from konkyo.model.namespaces import ID
from konkyo.store import EmbeddedStore, Store
from support import asked_graph

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


@pytest.fixture(scope="module", params=["embedded", "by_sparql"])
def asked(request: pytest.FixtureRequest) -> Store:
    made: Store = getattr(asked_graph, request.param)()
    return made


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # An edition by its own name, in whatever width; its plan by the spelling of a citation.
        ("運営と改革の基本方針2023", "strategy/hone/2023-06-16"),
        ("骨太の方針2023", "strategy/hone/2023-06-16"),
        ("骨太の方針 ２０２３（令和５年６月16日閣議決定）", "strategy/hone/2023-06-16"),
        ("第6次熱源基本計画", "strategy/ene/2021-10-22"),
        ("強靭化基本計画", "strategy/kyojin"),
        ("女性版骨太の方針2023", "strategy/josei/2023-06-13"),
        # A plan that was decided once and is called as its edition is.
        ("一度きりの大綱", "strategy/once"),
        # What names two documents, or none that is known, stands for itself.
        ("骨太の方針2023、熱源基本計画", "citation/5"),
        ("どれか分からない方針", "citation/6"),
        ("熱源の見通し", "citation/7"),
        ("citation/1", "citation/1"),
        # A ministry before payees of the same name.
        ("甲務省", "org/kou"),
    ],
)
def test_what_is_meant_comes_before_how_it_is_written(asked: Store, text: str, wanted: str) -> None:
    assert find(asked, text).iri == ID + wanted


def test_candidates_are_documents_first_and_no_citation_twice(asked: Store) -> None:
    with pytest.raises(Ambiguous) as caught:
        find(asked, "基本方針20")
    found = [thing.iri.removeprefix(ID) for thing in caught.value.candidates]
    assert found[-1] == "citation/1" and "citation/2" not in found
    assert [iri.split("/")[0] for iri in found] == sorted((iri.split("/")[0] for iri in found), reverse=True)
    assert find(asked, "強靭化基本").iri == ID + "strategy/kyojin"


def test_an_edition_that_is_not_there_is_told_with_those_that_are(asked: Store) -> None:
    with pytest.raises(KonkyoError) as caught:
        find(asked, "骨太の方針2011")
    assert caught.value.hint
    assert (
        caught.value.hint.ja.startswith("「運営と改革の基本方針」の版: ")
        and "2016-06-02" in caught.value.hint.ja
    )
