"""Lines of Japanese: no wider than asked, nothing lost, no sign where it may not stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from konkyo.common.line_breaks import NO_START, columns, lines, pieces

TEXTS = st.text(st.sampled_from("あ計ー、。（）「」aZ9-% …\u3000"), max_size=60)


@given(TEXTS, st.integers(4, 30))
def test_no_line_is_wider_but_what_cannot_be_broken(text: str, width: int) -> None:
    broken = lines(text, width)
    assert "".join(broken).replace(" ", "") == "".join(text.split())
    assert all(columns(line) <= width or len(pieces(line)) == 1 for line in broken)
    assert " " in pieces(text) or not any(line[0] in NO_START for line in broken[1:])


def test_japanese_breaks_between_signs_and_english_between_words() -> None:
    assert lines("計画（改訂）、及び案。", 8) == ["計画（改", "訂）、及", "び案。"]
    assert lines("what rests on what", 10) == ["what rests", "on what"]
