"""Temporary folders go at the end, and what a killed process left goes at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from konkyo.common.temporary import temporary_folder
from support.children import environment
from support.waiting import until


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_goes_with_all_that_is_in_it(place: Path) -> None:
    with pytest.raises(RuntimeError), temporary_folder() as folder:
        (folder / "a").mkdir()
        assert folder.parent == place
        with temporary_folder() as other:
            assert folder.exists() and other != folder
        raise RuntimeError
    assert not [*place.iterdir()]


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_what_a_killed_process_left_goes(place: Path) -> None:
    code = "from konkyo.common.temporary import *\nimport time\nwith temporary_folder() as f:\n (f / 'a').touch(); time.sleep(999)"
    with subprocess.Popen([sys.executable, "-c", code], env=environment()) as child:
        (left,) = until(lambda: [*place.glob("konkyo-*/a")], "the folder of the child")
        with temporary_folder():
            assert left.exists(), "a living process has lost its folder"
        os.kill(child.pid, signal.SIGKILL)
    assert left.exists()
    with temporary_folder() as own:
        assert {path for path in place.iterdir() if path.is_dir()} == {own}
    assert not [*place.iterdir()]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
def test_no_link_is_followed(place: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x", encoding="ascii")
    (place / "konkyo-0").symlink_to(kept)
    (place / "konkyo-0.lock").touch()
    (place / "konkyo-1").mkdir()
    (place / "konkyo-1.lock").symlink_to(kept / "file")
    with temporary_folder():
        pass
    assert (kept / "file").read_text(encoding="ascii") == "x" and (place / "konkyo-1").exists()
