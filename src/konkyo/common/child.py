"""Processes that konkyo starts: all of them begin here, and take their modules from the installation only.

Python itself would look first into the current folder (``python -m``) or into ``PYTHONPATH``: a ``csv.py`` that lies
beside somebody's data would be run as code.
"""

from __future__ import annotations

import os
import runpy
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[2])
"""The folder that this konkyo was imported from."""


def command(module: str, *arguments: str) -> list[str]:
    """Return the command line of a process that runs a module of konkyo; it belongs with :func:`environment`."""
    # -P: neither the current folder nor the one of this file is looked into.
    own_site = ["-s"] if sys.flags.no_user_site else []
    return [sys.executable, "-P", *own_site, str(Path(__file__).resolve()), module, *arguments]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of such a process: this one's, without where Python would look for other modules."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, "PYTHONSAFEPATH": "1", **more}


def trust_the_installation() -> None:
    """Take modules from the installation alone in this process too; what has been imported stays."""
    if not sys.flags.safe_path:
        del sys.path[:1]
    named = {str(Path(part).absolute()) for part in os.environ.get("PYTHONPATH", "").split(os.pathsep)}
    sys.path[:] = [part for part in sys.path if str(Path(part).absolute()) not in named]
    _find_what_lies_beside()


def _find_what_lies_beside() -> None:
    # Last: other packages in konkyo's folder go before no module of Python.
    if ROOT not in sys.path:
        sys.path.append(ROOT)


def _begin() -> None:
    """Run the module that the command line names, of the konkyo that this file belongs to."""
    spec = PathFinder.find_spec("konkyo", [ROOT])
    assert spec and spec.loader
    sys.modules["konkyo"] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules["konkyo"])
    _find_what_lies_beside()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _begin()
