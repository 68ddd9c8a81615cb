"""A problem as its client can read it: as a page with the search box, so that a visitor gets on, as JSON, or as text."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from konkyo.server.http.negotiation import best, language
from konkyo.server.http.problems import Problem, problem_json
from konkyo.server.pages.render import render
from konkyo.server.pages.respond import page_context


def problem_response(request: Request, problem: Problem) -> Response:
    """Return a problem: HTML for a browser, JSON below /api, else plain text."""
    lang = language(request)
    headers = {"Cache-Control": "no-store", "Content-Language": lang, **problem.headers}
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    if path.startswith("/api/"):
        return problem_json(problem, lang)
    if best(request.headers.get("accept"), ["text/plain", "text/html"]) == "text/html":
        page = render("problem.html", page_context(request, ""), title=problem.title, problem=problem)
        return HTMLResponse(page, problem.status, headers)
    return PlainTextResponse(problem.text(lang), problem.status, headers)
