"""What a worker returns for a page or the JSON API: a body with its head."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypedDict

from konkyo.server.workers.task import Task


class Head(TypedDict, total=False):
    """What stands before a body: its media type, and headers of its own."""

    media: str
    headers: dict[str, str]


Made = tuple[Head, bytes]
PageTask = Task[[dict[str, Any], Mapping[str, Any]], Made]
"""Makes a page, or an answer of the JSON API, from the plain context and the parameters."""
HTML = "text/html; charset=utf-8"
JSON = "application/json"
# Texts of a page are escaped, so that this finds what a template wrote.
_LINK_OF_A_CELL = re.compile(rb'(<td>|<th scope="row">)<a href=')


def html(body: bytes, **headers: str) -> Made:
    """Return a page."""
    return {"media": HTML, "headers": headers}, body


def embeddable(body: bytes) -> Made:
    """Return a page for a frame of any other page. It takes no input and holds nothing of its reader.

    What the cells of its table lead to opens beside the frame.
    """
    body = _LINK_OF_A_CELL.sub(rb'\1<a target="_blank" href=', body)
    policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    return html(body, **{"Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "cross-origin"})


def jsonable(value: Any) -> Made:
    """Return values of JSON as an answer."""
    return {"media": JSON}, json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace")
