"""What a command says while it works, at a terminal alone."""

from __future__ import annotations

import io
import sys

import pytest

from konkyo.build.stages import Stage, Stages
from konkyo.cli.progress import progress, waiting
from support.waiting import until


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_and_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with waiting("ja", patience=0):
        until(lambda: "調べています" in terminal.getvalue(), "the terminal to be told")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_it_is_taken_away_before_an_error_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(ValueError, match="wrong"), waiting("en", patience=0):
        until(lambda: "looking" in terminal.getvalue(), "the terminal to be told")
        raise ValueError("wrong")
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_what_ends_soon_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with waiting("ja", patience=600):
        pass
    assert terminal.getvalue() == ""


def test_a_file_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    with waiting("ja", patience=0):
        pass
    assert file.getvalue() == ""


def test_the_stages_of_a_build_share_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress("ja") as show:
        show("file.zip", 3, 3)
        stages = Stages(show)
        for stage in Stage:
            stages.begin(stage)
        stages.end()
    shown = terminal.getvalue()
    assert "file.zip" in shown
    assert f"{len(Stage)}/{len(Stage)}" in shown
    assert Stage.INDEX.value.ja in shown
    assert Stage.INDEX.value.en not in shown


@pytest.mark.parametrize(("long", "lines"), [(-1.0, len(Stage)), (600.0, 0)])
def test_a_log_has_the_stages_that_took_long(
    monkeypatch: pytest.MonkeyPatch, long: float, lines: int
) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    monkeypatch.setattr("konkyo.cli.progress._LONG", long)
    with progress("en") as show:
        stages = Stages(show)
        for stage in Stage:
            stages.begin(stage)
        stages.end()
    told = file.getvalue().splitlines()
    assert len(told) == lines
    assert all(line.startswith("making: ") and line.endswith(" s)") for line in told)
