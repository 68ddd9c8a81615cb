"""The commands of the README and of the topics run, every link leads somewhere, and the example sheet builds."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from konkyo.cli.commands_page import page
from konkyo.cli.parser import COMMANDS
from support.command import run
from support.documents import DOCUMENTS, ROOT, TOPICS, blocks, commands
from support.waiting import LONG_GUARD

README = (ROOT / "README.md").read_text(encoding="utf-8")
TRANSCRIBE = (ROOT / "src/konkyo/docs/transcribe.md").read_text(encoding="utf-8")
PYTHON = (ROOT / "src/konkyo/docs/python.md").read_text(encoding="utf-8")


def test_every_konkyo_command_runs(tmp_path: Path) -> None:
    (tmp_path / "graphs").symlink_to(ROOT / "graphs")  # as in a checkout
    (tmp_path / "sheet.yaml").write_text(blocks(TRANSCRIBE, "yaml")[0], encoding="utf-8")
    assert len(commands()) > 30
    for line in ["konkyo demo", *commands()]:
        command, _, target = line.partition(" > ")
        done = run(*shlex.split(command)[1:], cwd=tmp_path)
        assert done.returncode == 0, (line, done.stderr)
        assert done.stdout or target or "--output" in line, line
    traced = run("trace", "例としての件数", cwd=tmp_path).stdout
    assert "アジア経済戦略" in traced and "未達成" in traced
    assert "例示推進基本計画" in run("trace", "例示の安全を確保すること", cwd=tmp_path).stdout


def test_the_python_example_runs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", blocks(PYTHON, "python")[0]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=LONG_GUARD,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "受講者数" in done.stdout and (tmp_path / "view.html").is_file()


def test_every_command_is_in_the_documents() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert {name for name in COMMANDS if f"konkyo {name}" not in told} == set()


def test_the_set_up_commands_name_files_that_are_there() -> None:
    for name in (".ci/test", ".ci/run", ".ci/setup", ".ci/lock"):
        assert name in README and (ROOT / name).is_file()
    assert shutil.which("bash")


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        place = path.parent / name if name else path
        assert place.exists(), target
        assert not anchor or anchor in _anchors(place), target


def test_no_page_is_long() -> None:
    assert len(README.splitlines()) <= 220
    for path in TOPICS:
        if path.name == "commands.md":  # generated
            continue
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 200, path.name


def test_the_readme_links_every_topic() -> None:
    assert {path.name for path in TOPICS if f"(src/konkyo/docs/{path.name})" not in README} == set()


def test_the_page_of_commands_is_what_the_parsers_say() -> None:
    shown = (ROOT / "src/konkyo/docs/commands.md").read_text(encoding="utf-8")
    assert shown == page(), "python -m konkyo.cli.commands_page > src/konkyo/docs/commands.md"
