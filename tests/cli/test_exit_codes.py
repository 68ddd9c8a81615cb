"""What a command ends with when something goes wrong that is no fault of the input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from konkyo.cli import TRACEBACK, UNFORESEEN, UNWRITTEN, main
from konkyo.graph import stored_queries
from konkyo.store import EmbeddedStore
from support.waiting import LONG_GUARD

FULL = Path("/dev/full")
KONKYO = [sys.executable, "-m", "konkyo"]
ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "utf-8"}


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "summary"],
        ["query", "summary", "--format", "csv"],
        ["trace", "新成長戦略"],
        ["schema", "sheet"],
    ],
)
@pytest.mark.parametrize(("lang", "says"), [("ja", "答えを書き出せません"), ("en", "cannot be written")])
def test_a_full_disk_is_a_plain_error(store_folder: Path, arguments: list[str], lang: str, says: str) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [*KONKYO, "--store", str(store_folder), "--lang", lang, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=ENVIRONMENT,
            timeout=LONG_GUARD,
        )
    assert done.returncode == UNWRITTEN, done.stderr
    assert says in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_where_even_errors_have_no_room_the_code_tells(store_folder: Path) -> None:
    with FULL.open("w") as full:
        for name, code in (("nothing of this name", 2), ("新成長戦略", UNWRITTEN)):
            command = [*KONKYO, "--store", str(store_folder), "trace", name]
            assert subprocess.run(command, stdout=full, stderr=full, env=ENVIRONMENT).returncode == code


@pytest.mark.skipif(os.name != "posix", reason="closes standard output as a shell does")
def test_a_closed_output_is_no_fault_of_the_program(store_folder: Path) -> None:
    command = f'"$@" --store "{store_folder}" query summary >&-'
    done = subprocess.run(["sh", "-c", command, "sh", *KONKYO], capture_output=True, env=ENVIRONMENT)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("lang", "says"), [("ja", "プログラムの誤り"), ("en", "fault of the program")])
def test_an_unforeseen_error_is_short_and_no_violation(
    store_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lang: str,
    says: str,
) -> None:
    def broken(text: str) -> stored_queries.StoredQuery:
        raise RuntimeError(f"{text}\nis broken")

    monkeypatch.setattr(stored_queries, "find", broken)
    arguments = ["--store", str(store_folder), "--lang", lang, "query", "summary"]
    assert main(arguments) == UNFORESEEN
    told = capsys.readouterr().err
    assert says in told and "RuntimeError: summary is broken" in told and "Traceback" not in told
    assert TRACEBACK in told
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(RuntimeError):
        main(arguments)


def test_a_store_out_of_room_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, store_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(self: EmbeddedStore, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(EmbeddedStore, "query", full)
    assert main(["--store", str(store_folder), "--lang", "en", "query", "summary"]) == UNWRITTEN
    assert "No space left on device" in capsys.readouterr().err
