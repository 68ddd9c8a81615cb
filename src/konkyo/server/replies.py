"""Answers that every route gives alike: problems, languages, and whether a client has the answer already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from konkyo.common.words import Language, Words
from konkyo.server.negotiate import wishes
from konkyo.server.service import service

_TITLES = {
    400: Words("要求が読めません", "Bad request"),
    403: Words("できません", "Not allowed"),
    404: Words("見つかりません", "Not found"),
    405: Words("この方法では使えません", "Method not allowed"),
    406: Words("その形式では答えられません", "Not acceptable"),
    408: Words("要求が届きません", "The request did not arrive"),
    410: Words("なくなりました", "Gone"),
    413: Words("大きすぎます", "Too large"),
    415: Words("その形式の要求は読めません", "Unsupported media type"),
    429: Words("一度に多すぎます", "Too many at once"),
    500: Words("サーバーの故障です", "Server failure"),
    503: Words("混み合っています", "Busy"),
    504: Words("上限に達しました", "Limit reached"),
}
_NO_TITLE = Words("要求が読めません", "Bad request")


class Problem(Exception):
    """A request that is not answered as it wishes: status, what is wrong, and what to do."""

    def __init__(
        self,
        status: int,
        message: Words,
        *,
        hint: Words | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message.en)
        self.status = status
        self.message = message
        self.hint = hint
        self.headers = dict(headers or {})

    @property
    def title(self) -> Words:
        """Return what kind of problem it is."""
        return _TITLES.get(self.status, _NO_TITLE)

    def text(self, lang: str) -> str:
        """Return the problem as plain text."""
        lines = [f"{self.title.of(lang)} ({self.status})", self.message.of(lang)]
        return "\n".join([*lines, *([self.hint.of(lang)] if self.hint else [])]) + "\n"


PROBLEM = "application/problem+json"


def problem_json(
    problem: Problem, lang: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """Return a problem as JSON (RFC 9457); ``more`` are members of its own."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title.of(lang),
        "status": problem.status,
        "detail": problem.message.of(lang),
    }
    if problem.hint:
        body["hint"] = problem.hint.of(lang)
    known = {"Cache-Control": "no-store", "Content-Language": lang, "Vary": "Accept-Language, Cookie"}
    return JSONResponse(
        {**body, **more}, problem.status, {**known, **problem.headers, **(headers or {})}, media_type=PROBLEM
    )


def language(request: Request) -> Language:
    """Return the language of an answer: ``?lang=``, the cookie ``lang``, Accept-Language, the server's own."""
    for wish in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wish in ("ja", "en"):
            return "ja" if wish == "ja" else "en"
    liked = wishes(request.headers.get("accept-language", ""))
    for name, quality in sorted(liked, key=lambda wish: -wish[1]):
        short = name.partition("-")[0]
        if quality and short in ("ja", "en"):
            return "ja" if short == "ja" else "en"
    return service(request).settings.lang


def etag(request: Request, version: str) -> str:
    """Return the tag of an answer made from this version of the data; it differs by address, form and language."""
    from konkyo import __version__

    parts = [__version__, version, str(request.url), request.headers.get("accept", ""), language(request)]
    return 'W/"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24] + '"'


def conditional(request: Request, version: str) -> Response | None:
    """Return 304 where the client has the answer of this version of the data already, else None."""
    tag = etag(request, version)
    known = {item.strip() for item in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers={"ETag": tag})
    return None
