"""What is made once a run, by the process that needs it first, and shared by all its processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


class Once:
    """Folders below one of the run's, each made once. Who asks while another process makes it waits for that."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def folder(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of a name, which ``make`` fills where nobody did; it is not to be written to then."""
        folder, made = self.root / name, self.root / f"{name}.made"
        with FileLock(self.root / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a process left that did not end
                folder.mkdir()
                make(folder)
                made.touch()
        return folder
