"""Data that a page of the site loads as it needs it: scripts that call one function, since a page opened from a folder may not fetch."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

from konkyo.present.templates import own_text
from konkyo.present.view.data import json_for_script
from konkyo.server.site.files import SiteFile

_SCRIPTS = Path(__file__).resolve().parent / "scripts"


@cache
def script(name: str) -> str:
    """Return the text of a script of ours."""
    return own_text(_SCRIPTS / name)


def part(folder: str, name: str, value: object) -> SiteFile:
    """Return a value of JSON as a script that hands it to the page under a name (``g/12``)."""
    text = f"konkyoPart({json_for_script(name)},{json_for_script(value)});\n"
    return SiteFile(f"{folder}/{name}.js", text.encode("utf-8", "replace"))


def base64_of(content: bytes) -> str:
    """Return bytes as a text that a script may hold."""
    return base64.b64encode(content).decode()
