"""Problems as pages and as JSON (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, JSONResponse, Response

from konkyo.words import Words

if TYPE_CHECKING:
    from starlette.requests import Request

    from konkyo.server.replies import Problem

MEDIA = "application/problem+json"


def problem_json(
    problem: Problem, lang: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """Return a problem as ``application/problem+json``; ``more`` are members of its own."""
    from konkyo.server.replies import TITLES

    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, Words("要求が読めません", "Bad request")).of(lang),
        "status": problem.status,
        "detail": problem.message.of(lang),
    }
    if problem.hint:
        body["hint"] = problem.hint.of(lang)
    known = {"Cache-Control": "no-store", "Content-Language": lang, "Vary": "Accept-Language, Cookie"}
    return JSONResponse(
        {**body, **more}, problem.status, {**known, **problem.headers, **(headers or {})}, media_type=MEDIA
    )


def problem_page(request: Request, problem: Problem, lang: str) -> Response:
    """Return a problem as a page with the search box, so that a visitor gets on."""
    from konkyo.server.pages.render import render
    from konkyo.server.pages.requests import at_of
    from konkyo.server.replies import TITLES

    at = at_of(request, "")
    title = TITLES.get(problem.status, Words("要求が読めません", "Bad request"))
    page = render("problem.html", at, title=title, problem=problem, status=problem.status)
    return HTMLResponse(page, problem.status)
