"""The published RS files of 2024 in a store: built once a run, beside the tests that do without.

As a program (``python -m support.published ROOT PROCESS``) it makes what :func:`build_once` returns, and ends when
the process does.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from konkyo.build.pipeline import Report, build
from support import absent
from support.once import Once

_REPORT = "report.pickle"
_STORE = "store"


def build_once(once: Once) -> tuple[Path, Report]:
    """Return the store folder, not to be written to, and what its build reported."""
    folder = once.folder("published", _build)
    report: Report = pickle.loads((folder / _REPORT).read_bytes())
    return folder / _STORE, report


def begin(once: Once, process: int) -> subprocess.Popen[bytes]:
    """Begin to build in a process of its own, which lives no longer than another one; who begins waits for its end."""
    tests = Path(__file__).parents[1]
    return subprocess.Popen(
        [sys.executable, "-m", "support.published", str(once.root), str(process)], cwd=tests
    )


def _build(folder: Path) -> None:
    report = build([absent.published()], folder / _STORE)
    (folder / _REPORT).write_bytes(pickle.dumps(report))


def _end_with(process: int) -> None:
    while psutil.pid_exists(process):
        time.sleep(0.5)
    os._exit(1)  # the reading process ends by itself, when nobody takes what it reads


if __name__ == "__main__":
    threading.Thread(target=_end_with, args=[int(sys.argv[2])], daemon=True).start()
    build_once(Once(Path(sys.argv[1])))
