"""What a worker returns: an answer with its head, or a marker that stands for a problem."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypedDict

from konkyo.common.words import Words
from konkyo.server.workers.task import Task


class ToldProblem(TypedDict):
    """A problem that is no fault of the question's form, as values of JSON."""

    status: int
    message: list[str]
    hint: list[str] | None
    more: dict[str, Any]


class Head(TypedDict, total=False):
    """What stands before a body: its media type and headers of its own, or the problem in its place."""

    media: str
    headers: dict[str, str]
    problem: ToldProblem


Made = tuple[Head, bytes]
PageTask = Task[[dict[str, Any], Mapping[str, Any]], Made]
"""Makes a page, or an answer of the JSON API, from the plain context and the parameters."""
HTML = "text/html; charset=utf-8"
JSON = "application/json"


def html(body: bytes, **headers: str) -> Made:
    """Return a page."""
    return {"media": HTML, "headers": headers}, body


def jsonable(value: Any) -> Made:
    """Return values of JSON as an answer."""
    return {"media": JSON}, json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace")


def missing(status: int, message: Words, hint: Words | None = None, **more: Any) -> Made:
    """Return the marker by which a worker tells of a problem that is no fault of the question's form.

    ``more`` are members that the JSON of the problem has besides.
    """
    told = ToldProblem(status=status, message=list(message), hint=list(hint) if hint else None, more=more)
    return {"problem": told}, b""
