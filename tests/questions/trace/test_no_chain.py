"""Where no chain is shown, what is said instead is so: longer ones, other editions, a ministry's projects."""

from __future__ import annotations

import pytest

from konkyo.graph.lookup.things import find
from konkyo.present.text.advice import worded
from konkyo.questions.trace import between
from konkyo.store import EmbeddedStore
from support.asked_graph import embedded


@pytest.fixture(scope="module")
def asked() -> EmbeddedStore:
    return embedded()


def told(store: EmbeddedStore, one: str, other: str, **how: object) -> list[str]:
    answer = between(store, find(store, one), find(store, other), **how)  # type: ignore[arg-type]
    assert not answer.chains and "道筋" in answer.missing[0].ja
    assert not any("--" in note.of(lang) for note in answer.missing for lang in ("ja", "en"))
    return [worded(note).ja for note in answer.missing[1:]]


def test_a_longer_chain_is_told_with_the_option_that_shows_it(built_store: EmbeddedStore) -> None:
    (said,) = told(built_store, "新成長戦略", "受講者数", length=1)
    assert said == "5段の道筋はあります。`--length 5` で見られます。"
    assert between(
        built_store, find(built_store, "新成長戦略"), find(built_store, "受講者数"), length=5
    ).chains


def test_a_chain_of_another_level_is_told(asked: EmbeddedStore) -> None:
    (said,) = told(asked, "骨太の方針2023", "project/101", level="interpreted")
    assert "--level" in said and "次を挙げています" not in said


def test_of_a_ministry_it_is_said_how_much_of_it_rests_on_the_document(asked: EmbeddedStore) -> None:
    for ends in (("org/kou", "骨太の方針2023"), ("骨太の方針2023", "org/kou")):
        (said,) = told(asked, *ends)
        assert "2件" in said and "--ministry 甲務省" in said


def test_the_other_edition_is_named_and_no_document_rests_on_what_it_is_part_of(asked: EmbeddedStore) -> None:
    for ends in (("骨太の方針2022", "project/102"), ("project/102", "骨太の方針2022")):
        (said,) = told(asked, *ends)
        assert (
            said
            == "「事業102」が挙げるのは、同じ計画の次の版・箇所です: Edition 運営と改革の基本方針（2023-06-16）"
        )


def test_a_plan_without_anything_near_is_not_said_to_rest_on_itself(asked: EmbeddedStore) -> None:
    assert told(asked, "熱源基本計画", "project/104") == []
    (near,) = told(asked, "熱源基本計画", "project/101")
    assert near.startswith("「事業101」が挙げるもののうち近いもの") and "熱源" not in near
