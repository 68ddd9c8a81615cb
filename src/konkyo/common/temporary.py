"""Temporary folders that do not stay behind: what a process that was killed has left, the next one removes."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "konkyo-"
_LOCK = ".lock"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder of one's own that goes at the end of the block."""
    root = Path(tempfile.gettempdir())
    _remove_what_is_left(root)
    folder = root / f"{_PREFIX}{secrets.token_hex(8)}"
    # The lock is held before there is a folder: a folder whose lock is free is nobody's any more.
    with FileLock(f"{folder}{_LOCK}", mode=0o600):
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):  # Windows removes no file that is open; the next process does
                Path(f"{folder}{_LOCK}").unlink()


def _remove_what_is_left(root: Path) -> None:
    for lock in [*root.glob(f"{_PREFIX}*{_LOCK}")]:
        folder = lock.with_suffix("")
        if not (_is_own(folder, stat.S_ISDIR) and _is_own(lock, stat.S_ISREG)):
            continue
        with suppress(Timeout, OSError), FileLock(lock, timeout=0, mode=0o600):
            shutil.rmtree(folder, ignore_errors=True)
            lock.unlink()


def _is_own(path: Path, kind: Callable[[int], bool]) -> bool:
    """Return whether a path is one's own, of a kind, and no link: others may write into the same place."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return kind(found.st_mode) and (sys.platform == "win32" or found.st_uid == os.geteuid())
