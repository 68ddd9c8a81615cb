"""What a shell is told at TAB: commands, options, choices, stored queries and their parameters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from konkyo.cli import main
from konkyo.cli.completion import SHELLS
from konkyo.cli.parser import COMMANDS
from support.waiting import GUARD


def told(line: str, folder: Path) -> set[str]:
    answer = folder / "answer"
    asked = {
        "_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer), "KONKYO_LANG": "ja",
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "konkyo"], env={**os.environ, **asked}, cwd=folder, check=True, timeout=GUARD
    )
    return {word.strip() for word in answer.read_text(encoding="utf-8").splitlines() if word}


def test_commands(tmp_path: Path) -> None:
    assert set(COMMANDS) <= told("konkyo ", tmp_path)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("konkyo trace x --mini", {"--ministry"}),
        ("konkyo search x --kind stra", {"strategy"}),
        ("konkyo query cited-", {"cited-strategies"}),
        ("konkyo query rests-on-strategy str", {"strategy="}),
        ("konkyo gaps --kind unre", {"unresolved-citations"}),
    ],
)
def test_what_could_come_next(line: str, found: set[str], tmp_path: Path) -> None:
    assert told(line, tmp_path) == found


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "konkyo" in script and "_ARGCOMPLETE" in script
