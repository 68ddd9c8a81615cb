from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.common.words import Words, counted
from konkyo.graph.lookup.things import find
from konkyo.present.text.mermaid import _quoted, mermaid
from konkyo.present.text.traces import tree
from konkyo.questions.trace import between, trace
from konkyo.questions.usage import Usage
from konkyo.store import EmbeddedStore
from support import asked_graph


@given(st.text())
def test_a_mermaid_label_cannot_end_itself(text: str) -> None:
    inside = _quoted(text)[1:-1]
    assert not re.search(r"[\"\[\]<>|{}\n\r`&]", inside)


def test_mermaid_names_every_node_once(built_store: EmbeddedStore) -> None:
    text = mermaid(trace(built_store, find(built_store, "測定指標3")), "ja")
    declared = re.findall(r"^  (n\d+)\[", text, re.MULTILINE)
    used = set(re.findall(r"\bn\d+\b", re.sub(r'"[^"]*"', "", text)))
    assert len(declared) == len(set(declared)) and used == set(declared)


def test_chains_show_each_step_with_its_claim(built_store: EmbeddedStore) -> None:
    answer = between(
        built_store, find(built_store, "新成長戦略"), find(built_store, "測定指標3"), level="stated"
    )
    text = "\n".join(tree(answer, "ja").lines())
    assert text.count("道筋") == 2 and text.count("［明記］") == 2
    assert "指標: 測定指標3" in text


def _use(projects: int, spellings: int) -> Usage:
    return Usage("x", Words("甲", "A"), spellings, projects, (), ())


@pytest.mark.parametrize(
    ("use", "ja", "en"),
    [
        (_use(57, 0), "甲: 57事業", "A: 57 projects"),  # a law by its number, in no spelling
        (_use(1, 1), "甲: 1事業（引用の表記1）", "A: 1 project (1 spelling)"),
        (_use(1200, 2), "甲: 1,200事業（引用の表記2）", "A: 1,200 projects (2 spellings)"),
    ],
)
def test_what_rests_is_counted_with_the_spellings_that_there_are(use: Usage, ja: str, en: str) -> None:
    graph = asked_graph.embedded()
    answer = replace(trace(graph, find(graph, "運営と改革の基本方針")), uses=(use,))
    for lang, head in (("ja", ja), ("en", en)):
        assert head in [re.sub("^[│├└─ ]+", "", line) for line in tree(answer, lang).lines()]


@pytest.mark.parametrize(
    "name", ["測定指標3", "新成長戦略", "施策目標 b", "ＩＣＴ分野における国際戦略の推進"]
)
def test_english_has_the_brackets_of_english(built_store: EmbeddedStore, name: str) -> None:
    answer = trace(built_store, find(built_store, name))
    said = "\n".join(tree(answer, "en").lines())
    assert not re.search("[［］「」]", said)
    assert not re.search("（(by |plain|derived|stated|interpreted)", said)
    assert "[総務省23-⑮ L" in said and "・L" not in said
    assert "［総務省23-⑮ L" in "\n".join(tree(answer, "ja").lines())


def test_one_is_singular_in_english() -> None:
    assert counted(1, "row") == "1 row" and counted(0, "ministry", "ministries") == "0 ministries"
    assert counted(1234, "more row") == "1,234 more rows"
