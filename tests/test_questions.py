"""The ten questions of the help and the three of the README, asked of the published files of 2024: every line shown is what a command prints."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from support.command import run
from support.readme_questions import DEMO, QUESTIONS, THREE, asked


def shown(lines: list[str], output: list[str]) -> str | None:
    """Return the first line that the output does not have in its place; a line may be cut by ``…`` at its end."""
    rest = iter(output)
    for line in lines:
        if line.strip(" │") == "…":
            continue
        wanted = line.rstrip()
        begin = wanted.removesuffix("…")
        if not any(
            found.rstrip() == wanted or (begin != wanted and found.startswith(begin)) for found in rest
        ):
            return line
    return None


def test_there_are_ten_and_each_is_asked() -> None:
    assert len(QUESTIONS) == 10
    assert all(asked(text) and all(lines for _, lines in asked(text)) for _, text in QUESTIONS)
    assert len(asked(THREE)) == 3 and all(lines for _, lines in asked(THREE))


def test_the_demo_prints_what_the_readme_shows(tmp_path: Path) -> None:
    done = run("demo", cwd=tmp_path, COLUMNS="200")
    assert done.returncode == 0 and len(DEMO.splitlines()) > 5
    assert shown(DEMO.splitlines(), done.stdout.splitlines()) is None, done.stdout[:3000]


ALL = [*QUESTIONS, ("readme", THREE)]


@pytest.mark.parametrize(("question", "text"), ALL, ids=[question for question, _ in ALL])
def test_the_answer_is_what_the_page_shows(
    question: str, text: str, real_folder: Path, tmp_path: Path
) -> None:
    for command, lines in asked(text):
        name, *words = shlex.split(command)
        assert name == "konkyo"
        done = run(*words, cwd=tmp_path, KONKYO_STORE=str(real_folder), COLUMNS="200")
        assert done.returncode == 0, (command, done.stderr)
        assert shown(lines, done.stdout.splitlines()) is None, (command, done.stdout[:3000])


def test_a_line_that_is_not_there_is_noticed() -> None:
    output = ["a", "├─ b（1）", "c"]
    assert shown(["a", "…", "├─ b…", "c"], output) is None
    assert shown(["c", "a"], output) == "a" and shown(["├─ b（2）"], output) == "├─ b（2）"
