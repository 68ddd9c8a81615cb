"""What a command says while it works, at a terminal alone."""

from __future__ import annotations

import io
import sys

import pytest

from konkyo.cli.progress import waiting
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
