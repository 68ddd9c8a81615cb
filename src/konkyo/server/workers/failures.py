"""What becomes of a failure: a problem with its status, words and advice."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.http.problems import Problem
from konkyo.server.http.rate_limit import TooMany
from konkyo.server.workers.service import service
from konkyo.server.workers.stopped import Busy, OverLimit

log = logging.getLogger("konkyo.server")

_RETRY_SECONDS = 5
_RETRY = {"Retry-After": str(_RETRY_SECONDS)}
_BUSY = Words(
    f"今は混み合っています。{_RETRY_SECONDS}秒ほど後にもう一度どうぞ。",
    f"The server is busy. Try again in {_RETRY_SECONDS} seconds.",
)
_FAILED = Words(
    "サーバーの内部で失敗しました。記録に詳しく書いてあります。",
    "Something failed inside the server; its log tells more.",
)
_HTTP_WORDS = {
    404: Words("このアドレスには何もありません。", "There is nothing at this address."),
    405: Words("このアドレスはこの方法を受け付けません。", "This address does not take this method."),
}


def problem_of(request: Request, error: Exception) -> Problem:
    """Return a failure as its client gets it; what nobody foresaw goes to the log."""
    match error:
        case Problem():
            return error
        case KonkyoError():
            return Problem(400, error.message, hint=error.hint)
        case HTTPException():
            words = _HTTP_WORDS.get(error.status_code, Words(error.detail, error.detail))
            return Problem(error.status_code, words, headers=error.headers)
        case Busy():
            return Problem(503, _BUSY, headers=_RETRY)
        case TooMany():
            return _too_many(service(request).clients.most)
        case OverLimit():
            return _over_limit(error)
    log.error("failure at %s: %s: %s", request.url.path[:500], type(error).__name__, error)
    return Problem(500, _FAILED)


def _too_many(most: int) -> Problem:
    words = Words(
        f"一つのアドレスから同時に実行できる問合せとページは、それぞれ{most}件までです。",
        f"One address may have {most} queries at work at a time, and as many pages.",
    )
    hint = Words(
        "前の答えを待ってから、もう一度どうぞ。", "Wait for the answers to those before, then try again."
    )
    return Problem(429, words, hint=hint, headers=_RETRY)


def _over_limit(error: OverLimit) -> Problem:
    hint = error.hint or Words(
        "条件を加えるか、LIMITで行を減らしてください。", "Add conditions, or take fewer rows with LIMIT."
    )
    headers = {"X-Konkyo-Limit": error.limit}
    if error.retry is not None:
        headers["Retry-After"] = str(error.retry)
    return Problem(504, error.words, hint=hint, headers=headers)
