"""First screens at a terminal of 80 columns, and the same commands into a pipe."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from konkyo.cli import main, query
from konkyo.present.text.grid import Grid

ROWS = 5


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def getvalue(self) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", super().getvalue())


@pytest.fixture
def seen(
    store_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Return what a command of the carried store shows: at a terminal, or with ``pipe=True`` into a pipe."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(query, "_FIRST", ROWS)

    def run(*line: str, pipe: bool = False) -> str:
        out: io.StringIO = io.StringIO() if pipe else Terminal()
        with monkeypatch.context() as patched:
            patched.setattr("sys.stdout", out)
            assert main([*line, "--store", str(store_folder), "--lang", "en"]) == 0
        return out.getvalue() + capsys.readouterr().err

    return run


def test_a_long_table_shows_its_first_rows_and_how_many_there_are(seen: Callable[..., str]) -> None:
    whole = seen("query", "summary", pipe=True).splitlines()[1:]
    assert len(whole) > ROWS
    shown = seen("query", "summary")
    assert f"{ROWS} of {len(whole)} rows (--limit 0: all" in shown
    # Headings, the line below them, the title, and the count.
    assert len(shown.splitlines()) == ROWS + 4
    assert f"\n{len(whole)} rows" in seen("query", "summary", "--limit", "0")


def test_a_limit_means_the_same_in_each_form(seen: Callable[..., str]) -> None:
    whole = seen("query", "summary", pipe=True).splitlines()
    assert seen("query", "summary", "--limit", "2", pipe=True).splitlines() == whole[:3]
    for form in ("csv", "tsv"):
        some = seen("query", "summary", "--format", form, "--limit", "2", pipe=True).splitlines()
        assert len(some) == 3 and "evaluation sheets" in some[1]
    full, some = (
        json.loads(seen("query", "summary", "--format", "json", "--limit", n, pipe=True)) for n in "02"
    )
    assert some["results"]["bindings"] == full["results"]["bindings"][:2]
    assert seen("query", "summary", "--labels", "--format", "csv", "--limit", "2", pipe=True).count("\n") == 3


def test_what_the_rows_shown_share_is_not_told_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for part, told in ((False, "ministry: one ministry"), (True, "ministry (the rows shown): one ministry")):
        grid, out = Grid(["project", "ministry", "remark"], lang="en"), Terminal()
        grid.part = part
        for number in range(4):
            grid.add(f"{number} {'long name ' * 5}", "one ministry", "remark " * 5)
        grid.print(out)
        assert out.getvalue().splitlines()[0].rstrip() == told


def test_editions_stand_with_their_plan(seen: Callable[..., str]) -> None:
    apart = seen("search", "新成長戦略", "--kind", "strategy", pipe=True)
    assert "strategy/shin-seicho/2010-06-18\t" in apart
    shown = seen("search", "新成長戦略", "--kind", "strategy")
    assert "New Growth Strategy (and 1 edition)" in shown and "2010-06-18" not in shown
    assert "3 of 3" in apart and "3 of 3" in shown


def test_each_kind_that_was_found_has_its_option(seen: Callable[..., str]) -> None:
    shown = seen("search", "戦略", "--limit", "1")
    assert "Strategies and plans: " in shown and "(--kind strategy)" in shown
    assert "--kind" not in seen("search", "戦略", "--limit", "1", pipe=True)


def test_info_begins_with_years_and_fits_a_screen(seen: Callable[..., str]) -> None:
    shown = seen("info").splitlines()
    assert shown[0] == "Years: evaluation sheets of 2012" and shown[1].startswith("Ministries: 1 ")
    assert len(shown) <= 40 and any("--all" in line for line in shown)
    assert len(seen("info", "--all").splitlines()) > len(shown)
    assert "graph" in seen("info", pipe=True)


def test_gaps_fit_a_screen_and_say_where_the_meaning_is(seen: Callable[..., str]) -> None:
    shown = seen("gaps")
    assert len(shown.splitlines()) <= 40 and "--kind KIND" in shown
    assert "(--kind superseded-only): " in seen("gaps", pipe=True)


def test_the_plan_that_is_meant_comes_first(seen: Callable[..., str]) -> None:
    shown = seen("resolve", "骨太の方針2023").splitlines()
    assert "→ 経済財政運営と改革の基本方針（2023-06-16）" in shown[1]
    assert [line for line in shown if "How it was read" in line] == [shown[-2]]


def test_the_whole_graph_is_not_written_to_a_terminal(
    store_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", Terminal())
    assert main(["export", "--store", str(store_folder)]) == 2
    assert "--output" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "why"), [("ja", "そこはフォルダーです"), ("en", "Is a directory")])
def test_why_a_file_cannot_be_written_is_told_in_the_language(
    store_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, why: str
) -> None:
    line = ["gaps", "--store", str(store_folder), "--output", str(tmp_path), "--lang", lang]
    assert main(line) == 2
    assert why in capsys.readouterr().err
