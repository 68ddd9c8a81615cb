"""Reading a request of the SPARQL protocol: by GET, by a form, or a query as the body of a POST."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from konkyo.common.text import whole
from konkyo.common.words import Words
from konkyo.server.http.problems import Problem
from konkyo.server.workers.service import ClientGone, service

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
_MAX_FIELDS = 200


@dataclass(slots=True)
class SparqlRequest:
    """What a request asks: one query, the dataset of the protocol, and the form wished for in the address.

    ``truncate``: an answer beyond the limits is wanted as far as they go.
    """

    query: str | None = None
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    wanted: str | None = None
    truncate: bool = False


async def read_request(request: Request) -> SparqlRequest:
    """Read a request. Raises Problem where it is not as the protocol wants it."""
    pairs = _pairs(request.scope["query_string"])
    if request.method != "POST":
        return _from_pairs(pairs, get=True)
    media, parameters = _content_type(request)
    if media == UPDATE:
        raise _read_only()
    if media not in (FORM, DIRECT):
        raise Problem(
            415,
            Words(
                f"POSTの本文は {FORM} か {DIRECT} にしてください。",
                f"The body of a POST is to be {FORM} or {DIRECT}.",
            ),
            headers={"Accept-Post": f"{FORM}, {DIRECT}"},
        )
    if parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, Words("本文はUTF-8にしてください。", "The body is to be UTF-8."))
    body = await _body(request, service(request).settings.max_query_bytes)
    if media == FORM:
        return _from_pairs([*pairs, *_pairs(body)])
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise bad_request("本文がUTF-8ではありません。", "The body is not UTF-8.") from None
    return _from_pairs([*pairs, ("query", text)])


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except ValueError:  # no ASCII, no UTF-8 behind the percent signs, or too many fields
        raise bad_request(
            "パラメーターが読めません（UTF-8のパーセント符号化にしてください）。",
            "The parameters cannot be read (percent-encode them as UTF-8).",
        ) from None


def _from_pairs(pairs: list[tuple[str, str]], *, get: bool = False) -> SparqlRequest:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values or "using-graph-uri" in values or "using-named-graph-uri" in values:
        raise _read_only()
    queries = values.get("query", [])
    if len(queries) > 1:
        raise bad_request("問合せは一つにしてください。", "There must be one query only.")
    text = queries[0] if queries else None
    if text is not None and not text.strip():
        if not get:
            raise bad_request("問合せが空です。", "The query is empty.")
        text = None
    return SparqlRequest(
        text,
        values.get("default-graph-uri", []),
        values.get("named-graph-uri", []),
        next(iter(values.get("format", [])), None),
        any(value.lower() in ("1", "true", "yes") for value in values.get("truncate", [])),
    )


def _content_type(request: Request) -> tuple[str, dict[str, str]]:
    media, *rest = (part.strip() for part in request.headers.get("content-type", "").split(";"))
    found = (part.partition("=") for part in rest)
    return media.lower(), {name.strip().lower(): value.strip().strip('"') for name, _, value in found}


async def _body(request: Request, limit: int) -> bytes:
    """Read a body up to its limit, in the time that a client has for it."""
    words = Words(f"問合せは{limit:,}バイトまでです。", f"A query may have {limit:,} bytes.")
    if (whole(request.headers.get("content-length")) or 0) > limit:
        raise Problem(413, words)
    body = bytearray()
    try:
        async with asyncio.timeout(service(request).settings.body_seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise Problem(413, words, headers={"Connection": "close"})
    except TimeoutError:
        raise Problem(
            408, Words("本文が届きません。", "The body does not arrive."), headers={"Connection": "close"}
        ) from None
    except ClientDisconnect:
        raise ClientGone from None
    return bytes(body)


def bad_request(ja: str, en: str) -> Problem:
    """Return the problem of a request that cannot be read."""
    return Problem(400, Words(ja, en))


def _read_only() -> Problem:
    return Problem(
        403,
        Words(
            "読むだけのサーバーです。更新（update）は受け付けません。",
            "This server is for reading; it takes no update.",
        ),
    )
