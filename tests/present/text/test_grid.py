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


def by_year(lang: str) -> Grid:
    heads = ["府省庁", "レビュー", "年度", "事業", "予算", "予算の記載がある事業", "執行額", "注"]
    grid = Grid(heads, numeric={3, 4, 5, 6}, lang=lang)
    for ministry in ("見本の省", "長い名の庁と委員会"):
        for year in (2021, 2022, 2023):
            grid.add(ministry, "令和6年度", f"{year}年度", str(year - 2000), f"約2,{year - 1900}.5億円", str(year - 2000),
                     f"約9,{year - 1900}.1億円", f"見本の注{year}")  # fmt: skip
    return grid


def test_where_not_all_has_room_columns_are_told_once_or_named_and_no_row_is_a_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wide = printed(by_year("ja"), 160, monkeypatch)
    assert "令和6年度" in wide[-1] and "見本の注2023" in wide[-1]
    lines = printed(by_year("ja"), 54, monkeypatch)
    assert all(cell_len(line) <= 54 for line in lines)
    assert lines[0] == "レビュー: 令和6年度"
    rows = [line.split() for line in lines if "億円" in line]
    assert len(rows) == 6
    assert rows[0] == ["見本の省", "2021年度", "21", "約2,121.5億円"]
    # The name is whole, as long as that costs no number.
    assert rows[5][0] == "長い名の庁と委員会"
    assert lines[-3] == "「事業」と同じ値の列: 予算の記載がある事業"
    assert "".join(lines[-2:]).startswith("幅に入らない列:執行額、注（")
    english = printed(by_year("en"), 54, monkeypatch)
    assert "Same as “事業”: 予算の記載がある事業" in english


def test_a_latin_heading_is_not_cut_in_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = Grid(["ministry", "projects", "initial budget"], numeric={1, 2})
    for number in range(3):
        grid.add("Ministry of Economy, Trade and Industry", str(number), f"{number} tn")
    assert not any("…" in line for line in printed(grid, 70, monkeypatch))


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
