"""Tables at a terminal: no number is cut, the name has the room, an answer is a line."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from konkyo.present.text.grid import Grid

HEADS = ["名称", "府省庁", "当初予算の記載がある事業", "合計", "備考"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(grid: Grid, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    out = Terminal()
    grid.print(out)
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).splitlines()]


def sample(**options: Any) -> Grid:
    grid = Grid(HEADS, numeric={2, 3}, **options)
    grid.add(
        "経済財政運営と改革の基本方針に関する見本の長い名称を持つ戦略", "総務省", "182", "約2.76兆円", ""
    )
    grid.add("見本", "経済産業省", "1,182", "1,234,567,890,123", "")
    return grid


@pytest.mark.parametrize("width", [60, 80, 120, 300])
def test_one_line_an_answer(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = printed(sample(), width, monkeypatch)
    assert all(cell_len(line) <= width for line in lines)
    rows = lines[next(n for n, line in enumerate(lines) if line.startswith("─")) + 1 :]
    assert len(rows) == 2
    assert rows[0].startswith("経済財政運営と改革") and "182" in rows[0] and "約2.76兆円" in rows[0]
    assert rows[1].split() == ["見本", "経済産業省", "1,182", "1,234,567,890,123"]
    assert ("…" in rows[0]) == (width < 120)


def test_a_column_without_a_text_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any("備考" in line for line in printed(sample(), 120, monkeypatch))


def test_a_long_heading_goes_on_over_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    head = printed(sample(), 80, monkeypatch)
    above = head[: next(n for n, line in enumerate(head) if line.startswith("─"))]
    assert len(above) > 1 and not any("…" in line for line in above)


def test_folded_texts_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = printed(sample(folded=True), 60, monkeypatch)
    assert not any("…" in line for line in lines)
    assert len(lines) > 5


def test_where_numbers_have_no_room_a_row_is_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = printed(sample(), 30, monkeypatch)
    text = "".join(line.strip() for line in lines)
    assert lines[0].startswith("経済財政") and "1,234,567,890,123" in text and "合計: 約2.76兆円" in text


def test_what_is_left_out_at_a_terminal_is_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = sample(left_out=(1,))
    assert not any("総務省" in line for line in printed(grid, 120, monkeypatch))
    out = io.StringIO()
    grid.print(out)
    assert out.getvalue().splitlines()[2].split("\t") == [
        "見本",
        "経済産業省",
        "1,182",
        "1,234,567,890,123",
        "",
    ]


@given(
    st.integers(10, 200),
    st.lists(
        st.tuples(
            st.text("総務省abc・… ", max_size=60), st.integers(0, 10**15), st.text("あいu", max_size=30)
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_no_number_is_ever_cut(width: int, rows: list[tuple[str, int, str]]) -> None:
    grid = Grid(["名称", "額", "注"], numeric={1})
    for name, number, note in rows:
        grid.add(name, f"{number:,}", note)
    with pytest.MonkeyPatch.context() as patch:
        text = "\n".join(printed(grid, width, patch))
    whole = re.sub(r"\s", "", text)
    for _, number, _ in rows:
        assert f"{number:,}" in (text if width > 24 else whole)
