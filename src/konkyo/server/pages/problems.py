"""A problem as a page with the search box, so that a visitor gets on."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from konkyo.server.pages.render import render
from konkyo.server.pages.requests import at_of
from konkyo.server.replies import TITLES, Problem
from konkyo.words import Words


def problem_page(request: Request, problem: Problem, lang: str) -> Response:
    """Return the page of a problem."""
    title = TITLES.get(problem.status, Words("要求が読めません", "Bad request"))
    page = render("problem.html", at_of(request, ""), title=title, problem=problem, status=problem.status)
    return HTMLResponse(page, problem.status)
