"""Hostile files: each ends with words, within its limits, and with nothing executed or fetched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.sources.documents import reading
from konkyo.sources.forms.reading import read_sheets
from support.hostile_files import KINDS, SHEETS, XLSX


def test_what_makes_filling_slow_ends_its_own_process_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a file that is read in no time, filling a form would take minutes."""
    (tmp_path / "slow.xlsx").write_bytes(XLSX["amounts without end"]())
    monkeypatch.setattr(reading, "SECONDS", 1)
    assert main(["transcribe", str(tmp_path / "slow.xlsx"), "-o", str(tmp_path / "made.yaml")]) == 4
    said = capsys.readouterr().out
    assert "時間がかかりすぎます" in said and "→" in said
    assert not (tmp_path / "made.yaml").exists()


def test_a_big_file_meets_the_limit_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big.txt").write_bytes("施策名\n".encode() * 900_000)
    monkeypatch.setattr(reading, "MEMORY", 150_000_000)
    with pytest.raises(KonkyoError) as caught:
        read_sheets(tmp_path / "big.txt")
    assert "大きすぎる" in caught.value.message.ja


def test_a_sheet_with_a_macro_is_read_and_the_macro_is_not(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsm"
    path.write_bytes(SHEETS["a sheet with a macro.xlsx"]())
    _, (sheet,) = read_sheets(path)
    assert sheet.data["政策名"]["値"] == "例示の安全を確保すること"


@pytest.mark.endurance
@pytest.mark.parametrize("name", [*KINDS, *SHEETS])
def test_each_kind_ends_with_words(name: str, tmp_path: Path) -> None:
    if name in SHEETS:
        path, data, codes = tmp_path / name.replace(" ", "-"), SHEETS[name](), {0}
    else:
        ending, make = KINDS[name]
        path, data, codes = tmp_path / f"a{ending}", make(), {0, 4}
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "konkyo", "transcribe", str(path), "-o", str(tmp_path / "made")],
        capture_output=True,
        text=True,
        env={**os.environ, "KONKYO_LANG": "ja"},
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode in codes and "Traceback" not in said, said[-2000:]
    assert done.returncode == 0 or "→" in said
