"""What a worker returns: an answer with its head, or a marker that stands for a problem."""

from __future__ import annotations

import json
from typing import Any

from konkyo.common.words import Words

Made = tuple[dict[str, Any], bytes]
HTML = "text/html; charset=utf-8"
JSON = "application/json"


def html(body: bytes, status: int = 200, **head: Any) -> Made:
    """Return a page."""
    return {"status": status, "media": HTML, **head}, body


def jsonable(value: Any, **head: Any) -> Made:
    """Return values of JSON as an answer."""
    return {"media": JSON, **head}, json.dumps(value, ensure_ascii=False, default=str).encode(
        "utf-8", "replace"
    )


def redirect(location: str, status: int = 303) -> Made:
    """Send the client elsewhere."""
    return {"location": location, "status": status}, b""


def missing(status: int, message: Words, hint: Words | None = None, **more: Any) -> Made:
    """Return the marker by which a worker tells of a problem that is no fault of the question's form.

    ``more`` are members that the JSON of the problem has besides.
    """
    told = {"status": status, "message": list(message), "hint": list(hint) if hint else None, "more": more}
    return {"problem": told}, b""
