from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from konkyo.output.terminal import Branch, safe


@given(st.text())
def test_nothing_that_is_printed_controls_the_terminal(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in shown)
    assert not any(c in "\u202a\u202b\u202d\u202e\u2066\u2067" for c in shown)


def test_a_tree_of_lines() -> None:
    root = Branch("a")
    child = root.add("b")
    child.add("c")
    root.add("d\x1b[31m")
    assert root.lines() == ["a", "├─ b", "│  └─ c", "└─ d\ufffd[31m"]
