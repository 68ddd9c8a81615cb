"""What is done around every request: the prefix, security headers, CORS, the log and the figures."""

from __future__ import annotations

import json
import logging
import re
from time import perf_counter
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from konkyo.common.words import Words
from konkyo.server.http.hosts import is_known
from konkyo.server.http.problems import Problem
from konkyo.server.http.settings import Settings
from konkyo.server.http.untaken import LARGE, PART, UntakenAnswers
from konkyo.server.metrics import RequestMetrics
from konkyo.server.pages.problems import problem_response
from konkyo.server.workers.service import service

log = logging.getLogger("konkyo.server.requests")

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'; frame-src 'self'"
)
_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}
_EXPOSED = (
    "ETag, Link, Location, Retry-After, X-Konkyo-Data, X-Konkyo-Limit, X-Konkyo-Truncated, X-SPARQL-MaxRows"
)
_INSIDE = ("/health", "/ready", "/metrics")

# What is left out of a logged query: texts and numbers. IRIs and comments are told apart so that they cannot hide one.
_LITERAL = re.compile(
    r"(<[^<>\"{}|^`\x00-\x20]*>)|\#[^\n\r]*|\"{3}.*?\"{3}|'{3}.*?'{3}|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
    r"|(?<![\w:.?$-])[0-9][0-9.eE+-]*|[\"'].*",
    re.DOTALL,
)
_MOST_LOGGED = 2000
_UNTAKEN = Problem(
    503,
    Words(
        "大きな答えを受け取り終えていない要求が多すぎます。",
        "Too many large answers have not been taken yet.",
    ),
    hint=Words(
        "前の答えを受け取ってから、もう一度どうぞ。", "Take the answers to those before, then try again."
    ),
    headers={"Retry-After": "5"},
)


_TARGET = re.compile(rb"https?://([^/?#@]+)(/.*)?", re.IGNORECASE | re.DOTALL)


def _read_target(scope: Scope) -> Problem | None:
    """Take an absolute target (``GET http://host/path``) apart: its host goes before the Host header (RFC 9112, 3.2.2)."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    if raw.startswith(b"/") or (raw == b"*" and scope["method"] == "OPTIONS"):
        return None
    found = _TARGET.fullmatch(raw)
    if found is None:
        return Problem(400, Words("要求の宛先が読めません。", "The target of the request cannot be read."))
    scope["raw_path"] = found[2] or b"/"
    scope["path"] = unquote(scope["raw_path"].decode("ascii", "replace"))
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    scope["headers"] = [(b"host", found[1]), *others]
    return None


def _knows_any(scope: Scope) -> bool:
    """Return whether a client wants an answer only where there is none (``If-None-Match: *``)."""
    known = Headers(scope=scope).get("if-none-match", "")
    return scope["method"] in ("GET", "HEAD") and known.strip() == "*"


def shape(query: str) -> str:
    """Return a query for the log, with ``…`` for each literal and without comments."""
    text = _LITERAL.sub(lambda found: found[1] or "…", query[:_MOST_LOGGED])
    return " ".join(text.split())


class RequestMiddleware:
    """Middleware for plain HTTP; it changes no body."""

    def __init__(
        self, app: ASGIApp, settings: Settings, figures: RequestMetrics, untaken: UntakenAnswers
    ) -> None:
        self.app = app
        self.settings = settings
        self.figures = figures
        self._told_of_hosts = False
        self.untaken = untaken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = {**scope, "state": {**scope.get("state", {})}}
        refused = _read_target(scope)
        path = self._strip_prefix(scope)
        refused = refused or self._refused(scope, path)
        began = perf_counter()
        status, size = 0, 0
        any_known = _knows_any(scope)
        send = self._bounded(scope, receive, send)

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if any_known and message["status"] == 200 and "etag" in headers:
                    message["status"] = 304
                    del headers["content-length"]
                status = message["status"]
                self._add_headers(path, status, headers)
            elif status == 304:
                message = {**message, "body": b""}
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            if refused is not None:
                await problem_response(Request(scope), refused)(scope, receive, sending)
            elif scope["method"] == "OPTIONS":
                await self._options(path, sending)
            else:
                await self.app(scope, receive, sending)
        finally:
            seconds = perf_counter() - began
            self.figures.observe(path, scope["method"], status, seconds)
            if self.settings.log != "none" and path not in _INSIDE:
                self._log(scope, path, status, size, seconds)

    def _bounded(self, scope: Scope, receive: Receive, send: Send) -> Send:
        """Return a ``send`` that hands a large answer on in parts, or refuses it where too much waits to be taken."""
        request = Request(scope)
        held: Message | None = None
        refused = False

        async def bounded(message: Message) -> None:
            nonlocal held, refused
            if refused:
                return
            if message["type"] == "http.response.start":
                held = message
                return
            body: bytes = message.get("body", b"")
            large = len(body) > LARGE
            client = service(request).client(request) if large else ""
            if large and not self.untaken.take(client, len(body)):
                refused = True
                await problem_response(request, _UNTAKEN)(scope, receive, send)
                return
            try:
                if (start := held) is not None:
                    held = None
                    await send(start)
                for at in range(0, max(1, len(body)), PART):
                    more = at + PART < len(body) or message.get("more_body", False)
                    await send({**message, "body": body[at : at + PART], "more_body": more})
            finally:
                if large:
                    self.untaken.free(client, len(body))

        return bounded

    def _strip_prefix(self, scope: Scope) -> str:
        """Set ``root_path``, whether the proxy in front takes the prefix away or not; return the path without it."""
        prefix, path = self.settings.prefix, scope["path"]
        if prefix:
            if path == prefix or path.startswith(prefix + "/"):
                path = path[len(prefix) :] or "/"
            scope["root_path"] = prefix
            scope["path"] = prefix + path
        return str(path)

    def _refused(self, scope: Scope, path: str) -> Problem | None:
        """Return why a request is not answered at all: another host is meant, or its end is told in two ways."""
        headers = Headers(scope=scope)
        if "content-length" in headers and "transfer-encoding" in headers:
            words = Words(
                "本文の長さが二通りに書かれています。", "The length of the body is told in two ways."
            )
            return Problem(400, words, headers={"Connection": "close"})
        host = headers.get("host")
        if host is None or path in _INSIDE or is_known(self.settings, host):
            return None
        if not self._told_of_hosts:
            self._told_of_hosts = True
            log.warning(
                "a request for the host %.100r, which is not known: if it is yours, name it to the server",
                host,
            )
        return Problem(
            421,
            Words("この名前のサーバーではありません。", "This is not the server of that name."),
            hint=Words(
                "運用する方は、この名前をサーバーの設定に加えてください。",
                "Whoever runs it has to add the name to the settings of the server.",
            ),
        )

    def _add_headers(self, path: str, status: int, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if "accept" not in headers.get("vary", "").lower().replace(" ", "").split(","):
            headers.add_vary_header("Accept")
        if "cache-control" not in headers and status < 400:
            headers["cache-control"] = "no-cache"  # kept by a browser, and asked about by its ETag
        if self.settings.cors and path not in _INSIDE:
            headers["access-control-allow-origin"] = "*"
            headers["access-control-expose-headers"] = _EXPOSED
        else:
            headers.setdefault("cross-origin-resource-policy", "same-origin")

    async def _options(self, path: str, send: Send) -> None:
        methods = "GET, HEAD, POST, OPTIONS" if path.rstrip("/") == "/sparql" else "GET, HEAD, OPTIONS"
        headers = [(b"allow", methods.encode())]
        if self.settings.cors and path not in _INSIDE:
            headers += [
                (b"access-control-allow-methods", methods.encode()),
                (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
                (b"access-control-max-age", b"86400"),
            ]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _log(self, scope: Scope, path: str, status: int, size: int, seconds: float) -> None:
        client = scope.get("client") or ("",)
        line: dict[str, Any] = {
            "method": scope["method"],
            "path": path[:500],
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 1),
            "client": client[0],
        }
        if (query := scope["state"].get("query")) is not None:
            line["query"] = query[:_MOST_LOGGED] if self.settings.log == "queries" else shape(query)
        # As JSON, so that nothing in a path can begin a line of its own.
        log.info("%s", json.dumps(line, ensure_ascii=True))
