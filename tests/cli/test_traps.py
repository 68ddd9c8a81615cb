"""No command runs code that lies in the current folder, beside the data or in PYTHONPATH."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from konkyo.common import child
from support import rs_rows
from support.command import run
from support.serving import running
from support.traps import Traps
from support.waiting import GUARD, LONG_GUARD

SCRIPT = [sys.executable, "-P", "-c", "import sys; from konkyo.__main__ import main; sys.exit(main())"]
COMMANDS = {
    "build of RS files": ["--store", "made", "build", "rs"],
    "build of sheets": ["--store", "made", "build", "--check", "--turtle", "turtle"],
    "demo": ["--store", "made", "demo"],
    "info": ["info"],
    "check": ["check"],
    "search": ["search", "新成長戦略"],
    "query": ["query", "SELECT * { ?s ?p ?o } LIMIT 1"],
    "stored query": ["query", "summary", "--cite"],
    "trace": ["trace", "新成長戦略"],
    "gaps": ["gaps"],
    "diff": ["diff", "2012", "2012"],
    "view": ["view", "--output", "view.html"],
    "export": ["export", "--format", "csv", "--output", "exported"],
    "parquet": ["export", "--format", "parquet", "--output", "parquet"],
    "report": ["report", "総務省", "--output", "report.html"],
    "resolve": ["resolve", "新成長戦略（平成22年6月18日）"],
    "schema": ["schema", "sheet"],
    "ontology": ["ontology", "--output", "ontology.html"],
    "help": ["help"],
    "mcp": ["mcp"],
}


@pytest.fixture
def traps(tmp_path: Path) -> Traps:
    made = Traps(tmp_path / "here")
    files = made.folder / "rs"
    files.mkdir()
    rs_rows.write_zip(files, "1-2", [rs_rows.row("1-2")])
    return made


def environment(store: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "KONKYO_STORE": str(store), "PYTHONPATH": "", **more}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_in_a_folder_full_of_traps(traps: Traps, store_folder: Path, name: str) -> None:
    traps.lay()
    done = subprocess.run(
        [*SCRIPT, *COMMANDS[name]],
        cwd=traps.folder, env=environment(store_folder), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        timeout=LONG_GUARD,
    )  # fmt: skip
    assert traps.sprung == ""
    assert done.returncode == 0, done.stderr


def test_the_server_in_a_folder_full_of_traps(traps: Traps, store_folder: Path) -> None:
    traps.lay()
    command = [*SCRIPT, "serve", "--port", "0", "--log", "none", "--workers", "1"]
    with subprocess.Popen(
        command, cwd=traps.folder, env=environment(store_folder), stdout=subprocess.PIPE, encoding="utf-8"
    ) as server:
        try:
            assert server.stdout
            address = server.stdout.readline().split()[0]
            for path in ("", "sparql?query=ASK{}", "gaps", "search?q=総務省"):
                assert httpx.get(address + path, timeout=GUARD, trust_env=False).status_code == 200
        finally:
            server.terminate()
    assert address.startswith("http://127.0.0.1:")
    assert traps.sprung == ""


@pytest.mark.parametrize("name", ["build of RS files", "query"])
def test_processes_that_are_started_look_into_no_pythonpath(
    traps: Traps, store_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    traps.lay()
    monkeypatch.setenv("KONKYO_STORE", str(store_folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", str(traps.folder)]))
    done = run(*COMMANDS[name], cwd=traps.folder)
    assert traps.sprung == ""
    assert done.returncode == 0, done.stderr


def test_workers_look_into_no_pythonpath(
    traps: Traps, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    traps.lay()
    monkeypatch.chdir(traps.folder)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", str(traps.folder)]))
    with running(store_folder, workers=1) as made:
        assert made.ask("ASK {}").json()["boolean"] is True
        assert made.get("/gaps").status_code == 200
    assert traps.sprung == ""


@pytest.mark.parametrize("name", ["build of RS files", "query", "gaps", "report"])
def test_a_command_takes_no_module_from_pythonpath(traps: Traps, store_folder: Path, name: str) -> None:
    # What Python imports before a line of konkyo's is run, it takes from where it is told to.
    traps.lay(
        [
            "csv",
            "json",
            "zipfile",
            "sqlite3",
            "tempfile",
            "argparse",
            "rdflib",
            "networkx",
            "pyoxigraph",
            "numpy",
            "rich",
            "httpx",
            "jinja2",
        ]
    )
    path = os.pathsep.join([str(traps.folder), "", child.ROOT])
    done = subprocess.run(
        [*SCRIPT, *COMMANDS[name]],
        cwd=traps.folder, env=environment(store_folder, PYTHONPATH=path), capture_output=True, encoding="utf-8",
        timeout=LONG_GUARD,
    )  # fmt: skip
    assert traps.sprung == ""
    assert done.returncode == 0, done.stderr
