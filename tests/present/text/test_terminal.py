from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.lookup.things import Ambiguous, Thing
from konkyo.present.text.grid import Grid
from konkyo.present.text.terminal import Branch, choose_colour, one_line, print_tree, safe


@given(st.text())
def test_nothing_that_is_printed_controls_the_terminal(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in shown)
    assert not any(unicodedata.bidirectional(c) in CONTROLS for c in shown)
    assert one_line(text).splitlines() in ([], [one_line(text)])


# What Unicode calls controls of direction, and separators of paragraphs that no text file has.
CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
BAD = "名\r\n前\u202e\x1b[2J\u2028末\u061c"


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stream", [io.StringIO, Screen])
def test_a_label_breaks_no_tree_and_no_table(stream: type[io.StringIO]) -> None:
    tree = Branch("根" + BAD)
    tree.add(BAD).add(BAD)
    grid = Grid(["頭" + BAD, "2"])
    grid.title = BAD
    grid.add(BAD, "値")
    for draw, lines in ((lambda out: print_tree(tree, out), 3), (grid.print, None)):
        out = stream()
        draw(out)
        said = out.getvalue()
        assert not any(sign in said for sign in "\r\u202e\u2028\u061c") and "\x1b[2J" not in said
        whole = [line for line in said.split("\n") if line.strip()]
        assert all("前" in line for line in whole if "名" in line)
        assert lines is None or len(whole) == lines


def test_errors_and_lists_of_candidates_keep_their_lines() -> None:
    thing = Thing(
        "https://w3id.org/konkyo/id/strategy/x", "Strategy", Words("戦略", "strategy"), Words(BAD, BAD)
    )
    for lang in ("ja", "en"):
        said = Ambiguous("探す" + BAD, [thing, thing], 3).report(lang)
        assert len(said.splitlines()) == 5, said
        assert not any(sign in said for sign in "\r\u202e\u2028\x1b\u061c")
    error = KonkyoError(
        Words("悪い\n値", "bad\nvalue"), source="a\nb", hint=Words("一\n二\u202e", "1\n2\u202e")
    )
    assert error.report("ja") == "a b: 悪い 値\n  → 一\n    二\ufffd"


def test_a_tree_of_lines() -> None:
    root = Branch("a")
    child = root.add("b")
    child.add("c")
    root.add("d\x1b[31m")
    assert root.lines() == ["a", "├─ b", "│  └─ c", "└─ d\ufffd[31m"]


@pytest.mark.parametrize(
    ("chosen", "variables", "stream", "coloured"),
    [
        ("auto", {}, Screen, True), ("auto", {}, io.StringIO, False), ("auto", {"NO_COLOR": "1"}, Screen, False),
        ("auto", {"FORCE_COLOR": "1"}, io.StringIO, True), ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, io.StringIO, False),
        ("always", {"NO_COLOR": "1"}, io.StringIO, True), ("never", {"FORCE_COLOR": "1"}, Screen, False), ("never", {}, Screen, False),
    ],
)  # fmt: skip
def test_colours_are_chosen_by_the_option_then_by_the_environment(
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    variables: dict[str, str],
    stream: type[io.StringIO],
    coloured: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", **variables}.items():
        monkeypatch.setenv(name, value)
    tree = Branch("根", "green")
    tree.add("葉" * 90)
    out = stream()
    choose_colour(chosen)
    try:
        print_tree(tree, out)
    finally:
        choose_colour("auto")
    text = out.getvalue()
    assert ("\x1b[32m" in text) == coloured
    # What goes into a pipe is one line for each, coloured or not.
    assert stream is Screen or len(text.splitlines()) == 2
