"""Templates and other texts of pages, which stand in the folder of the module that uses them."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def own_text(path: Path) -> str:
    """Return a file of ours, with the same bytes on every system."""
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def templates(folder: Path, **options: Any) -> Environment:
    """Return the environment of a folder's templates: escaping, and strict about names."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, **options,
    )  # fmt: skip


def policy_hash(text: str) -> str:
    """Return what a Content-Security-Policy calls a script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def framed(page: str) -> str:
    """Return a page in a frame of its own without the notebook's origin, so that nothing of it reaches the notebook."""
    return (
        f'<iframe srcdoc="{escape(page, quote=True)}" sandbox="allow-scripts allow-popups allow-downloads" title="konkyo" '
        'style="width:100%;height:640px;border:1px solid #ccc"></iframe>'
    )
