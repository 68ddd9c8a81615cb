"""What a server says of an error, for people."""

from __future__ import annotations

import json
import re

from konkyo.common.text import printable

_ECHO = re.compile(r"(?:^|\n)\s*SPARQL query:.*", re.DOTALL)
_MARKUP = re.compile(r"<(?:script|style).*?</(?:script|style)>|<[^>]{0,500}>", re.DOTALL | re.IGNORECASE)


def said(body: bytes) -> str:
    """Return the first words of a server's error, on one line, without markup or signs that steer a terminal."""
    text = _MARKUP.sub(" ", _ECHO.sub("", _sentence(body[:20_000].decode("utf-8", "replace"))))
    return printable(" ".join(text.split()), 200)


def _sentence(text: str) -> str:
    """Return what is meant for people of an error that is a JSON object, as several servers give it; else the text itself."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return text
    found = (
        [told.get(name) for name in ("detailedMessage", "exception", "message")]
        if isinstance(told, dict)
        else []
    )
    return next((one for one in found if isinstance(one, str)), text)
