"""``konkyo help``: the list of topics, a page, and what is no topic."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from konkyo.cli import main
from konkyo.cli.parser import COMMANDS, make_parser
from konkyo.common.line_breaks import columns
from konkyo.present.topics import topics
from support.command import good, run


def test_the_list_names_each_topic_in_either_language(tmp_path: Path) -> None:
    japanese = good("help", cwd=tmp_path).splitlines()
    english = good("--lang", "en", "help", cwd=tmp_path).splitlines()
    assert len(japanese) == len(english) == len(topics()) >= 15
    assert any(line.startswith("trace ") and line.endswith("根拠をたどる") for line in japanese)
    assert any(line.startswith("trace ") and line.endswith("what rests on what") for line in english)


@pytest.mark.parametrize("name", [topic.name for topic in topics()])
def test_a_piped_page_is_its_text(name: str, tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "src/konkyo/docs" / f"{name}.md"
    assert good("help", name, cwd=tmp_path) == page.read_text(encoding="utf-8")


def test_an_unknown_topic_names_the_nearest(tmp_path: Path) -> None:
    done = run("help", "trase", cwd=tmp_path)
    assert done.returncode == 2 and "trace" in done.stderr and not done.stdout


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_help_is_wider_than_a_terminal(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    texts = [make_parser(lang, name).format_help() for name in (None, *COMMANDS)]
    assert len(texts) == len(COMMANDS) + 1
    assert [line for text in texts for line in text.splitlines() if columns(line) > 80] == []


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at_a_terminal(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the lines of a page as a terminal of 80 columns without colours shows them."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stdout", terminal := _Terminal())
    assert main(["help", name]) == 0
    return [line.rstrip() for line in terminal.getvalue().splitlines()]


@pytest.mark.parametrize("name", [topic.name for topic in topics()])
def test_no_page_is_wider_than_a_terminal(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = at_a_terminal(name, monkeypatch)
    assert [line for line in shown if cell_len(line) > 80] == []


def test_a_tree_keeps_its_guides_where_a_line_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = at_a_terminal("questions", monkeypatch)
    first = next(number for number, line in enumerate(shown) if "└─ 同定: " in line or "├─ 同定: " in line)
    assert shown[first + 1].startswith(" │  │     │  ")
