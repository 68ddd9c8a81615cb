"""Files appear whole or not at all."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.common.files import replacing, write_whole
from support.absent import NOT_HERE
from support.waiting import GUARD


def test_a_file_is_replaced_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    file.write_text("old")
    write_whole(file, "a\r\nb\n根拠")
    assert file.read_bytes() == "a\r\nb\n根拠".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["表.csv"]
    (tmp_path / "plain").touch()
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_what_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("old")
    with pytest.raises(RuntimeError), replacing(file) as part:
        part.write_text("half")
        raise RuntimeError
    assert file.read_text() == "old" and list(tmp_path.iterdir()) == [file]


def test_a_file_keeps_its_mode_and_a_link_its_file(tmp_path: Path) -> None:
    file, link = tmp_path / "secret", tmp_path / "link"
    file.write_text("old")
    file.chmod(0o600)
    link.symlink_to(file)
    write_whole(link, "new")
    assert link.is_symlink() and file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason=NOT_HERE + "pipes with names")
@pytest.mark.parametrize(
    "command", [["trace", "受講者数", "--format", "csv"], ["export", "--format", "nquads"]]
)
def test_a_pipe_is_written_into_and_stays_a_pipe(command: list[str], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert main([*command, "--output", str(pipe)]) == 0
    reader.join(GUARD)
    assert not reader.is_alive() and pipe.is_fifo() and len(got[0]) > 100
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.parametrize("place", ["missing/x", ".", "/", "file/x", "x" * 300])
def test_a_place_that_cannot_be_written_to_is_told(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(KonkyoError, match="cannot be written"):
        write_whole(Path(place), "x")
    assert main(["trace", "受講者数", "-o", place]) == 2
    assert "書けません" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
