"""A folder full of files that Python or a library would run or read, if it looked into the current folder."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

# Python itself runs these at its start, from PYTHONPATH, before a line of konkyo.
AT_START = {"sitecustomize", "usercustomize"}
PARTS = {"konkyo/__init__", "konkyo/__main__", "konkyo/cli", "konkyo/api"}


@cache
def _every() -> frozenset[str]:
    """Return the modules of Python, of all packages that are installed, and of konkyo."""
    return frozenset({*sys.stdlib_module_names, *packages_distributions(), *AT_START, *PARTS})


class Traps:
    """Traps in a folder; each one that is run leaves its name in a file beside the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sprung = folder.parent / "sprung"
        folder.mkdir(parents=True)

    def lay(self, names: Iterable[str] = ()) -> None:
        """Lay a trap for each of these modules, or of Python, of all packages that are installed, and of konkyo."""
        code = f"with open({str(self._sprung)!r}, 'a') as told: told.write(__name__ + ' ')\n"
        for name in names or _every():
            path = self.folder / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(code, encoding="utf-8")
        (self.folder / "matplotlibrc").write_bytes(b"\xff\xfe: no setting\n")
        (self.folder / "trap.pth").write_text(f"import os; exec({code!r})\n", encoding="utf-8")

    @property
    def sprung(self) -> str:
        """Return which traps were run."""
        return self._sprung.read_text(encoding="utf-8") if self._sprung.exists() else ""
