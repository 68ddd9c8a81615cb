"""Where data lie: those that the package carries (in a wheel below the package, in a checkout at its top), and the store."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DEFAULT_STORE = Path(".konkyo")
"""The store of who names none, in the folder where a command runs."""

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def _carried(name: str) -> Path:
    for root in (_PACKAGE / "_carried", _PACKAGE.parent.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"the installed package lacks its folder {name!r}: install konkyo again")


def ontology_dir() -> Path:
    """Return the folder with konkyo.ttl, codes.ttl, shapes.ttl and the examples."""
    return _carried("ontology")


def graphs_dir() -> Path:
    """Return the folder with the transcribed sheets, the registries and the built Turtle."""
    return _carried("graphs")
