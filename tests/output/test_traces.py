from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from konkyo.output.traces import _quoted, mermaid, tree
from konkyo.store import EmbeddedStore
from konkyo.things import find
from konkyo.trace import between, trace


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
