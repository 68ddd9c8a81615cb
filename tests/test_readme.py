"""The README's commands run, in its order, and its example sheet builds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from konkyo.cli.parser import COMMANDS
from support.waiting import LONG_GUARD

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_every_konkyo_command_runs(tmp_path: Path) -> None:
    konkyo = tmp_path / "bin" / "konkyo"
    konkyo.parent.mkdir()
    konkyo.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m konkyo "$@"\n', encoding="utf-8")
    konkyo.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    (work / "sheet.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("konkyo ")]
    assert len(lines) > 15
    environment = {**os.environ, "PATH": f"{konkyo.parent}:{os.environ['PATH']}", "PYTHONUTF8": "1"}
    for line in ["konkyo demo", *lines]:
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONG_GUARD,
        )
        assert done.returncode == 0, (line, done.stderr)
        assert done.stdout or ">" in line or "--output" in line, line
    traced = subprocess.run(
        ["bash", "-c", "konkyo trace 例としての件数"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
    ).stdout
    assert "アジア経済戦略" in traced and "未達成" in traced


def test_the_python_example_runs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", blocks("python")[0]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=LONG_GUARD,
    )
    assert done.returncode == 0, done.stderr
    assert "受講者数" in done.stdout and (tmp_path / "view.html").is_file()


def test_every_command_is_in_the_readme() -> None:
    assert {name for name in COMMANDS if f"konkyo {name}" not in README} == set()


def test_the_set_up_commands_name_files_that_are_there() -> None:
    root = Path(__file__).parents[1]
    for name in (".ci/test", ".ci/run", ".ci/setup", ".ci/lock", "graphs/sheets/soumu-23-15.yaml"):
        assert name in README and (root / name).is_file()
    assert shutil.which("bash")


def test_pictures_are_there() -> None:
    for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (Path(__file__).parents[1] / name).is_file()
