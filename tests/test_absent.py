"""What a machine lacks is told at the end of a run, with what brings it; in CI it is a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BROWSER = "tests/browser/test_served.py"


@pytest.mark.parametrize("ci", [False, True])
def test_a_machine_without_a_browser(tmp_path: Path, ci: bool) -> None:
    # Nothing is on the PATH, so neither is a Chromium.
    environment = {**os.environ, "PATH": str(tmp_path), "CI": str(ci).lower()}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-W", "ignore", BROWSER],
        cwd=Path(__file__).parents[1],
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    *_, what, remedy, _ = done.stdout.splitlines()
    if ci:
        assert done.returncode == 1 and "wanted: Chromium" in done.stdout and "skipped" not in what
    else:
        assert done.returncode == 0 and "`.ci/run`" in remedy
        assert what.strip() == (
            "12 skipped, wanted: Chromium (apt-get install chromium fonts-noto-cjk fontconfig)"
        )
