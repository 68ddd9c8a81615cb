"""Answers that every route gives alike: problems, languages, and whether a client has the answer already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from konkyo.common.words import Words

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
    421: Words("別のサーバーへの要求です", "Misdirected request"),
    429: Words("一度に多すぎます", "Too many at once"),
    500: Words("サーバーの故障です", "Server failure"),
    503: Words("混み合っています", "Busy"),
    504: Words("上限に達しました", "Limit reached"),
}
_NO_TITLE = Words("要求が読めません", "Bad request")


class Problem(Exception):
    """A request that is not answered as it wishes: status, what is wrong, and what to do.

    ``more`` are members of its own in JSON.
    """

    def __init__(
        self,
        status: int,
        message: Words,
        *,
        hint: Words | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message.en)
        self.status = status
        self.message = message
        self.hint = hint
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    @property
    def title(self) -> Words:
        """Return what kind of problem it is."""
        return _TITLES.get(self.status, _NO_TITLE)

    def text(self, lang: str) -> str:
        """Return the problem as plain text."""
        lines = [f"{self.title.of(lang)} ({self.status})", self.message.of(lang)]
        return "\n".join([*lines, *([self.hint.of(lang)] if self.hint else [])]) + "\n"


PROBLEM = "application/problem+json"


def problem_json(problem: Problem, lang: str) -> Response:
    """Return a problem as JSON (RFC 9457)."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title.of(lang),
        "status": problem.status,
        "detail": problem.message.of(lang),
    }
    if problem.hint:
        body["hint"] = problem.hint.of(lang)
    known = {"Cache-Control": "no-store", "Content-Language": lang, "Vary": "Accept-Language, Cookie"}
    return JSONResponse(body | problem.more, problem.status, known | problem.headers, media_type=PROBLEM)
