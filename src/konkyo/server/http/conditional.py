"""Whether a client has an answer already: tags of answers (RFC 9110)."""

from __future__ import annotations

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

from konkyo.server.http.negotiation import language

_TAG = re.compile(r'"[^"]*"')


def etag(request: Request, version: str) -> str:
    """Return the tag of an answer made from this version of the data; it differs by address, form and language."""
    from konkyo import __version__

    parts = [__version__, version, str(request.url), request.headers.get("accept", ""), language(request)]
    return 'W/"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24] + '"'


def conditional(request: Request, version: str) -> Response | None:
    """Return 304 where the client has the answer of this version of the data already, else None."""
    tag = etag(request, version)
    if request.method in ("GET", "HEAD") and is_among(tag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers={"ETag": tag})
    return None


def is_among(tag: str, known: str) -> bool:
    """Return whether If-None-Match names a tag. They compare weakly: ``W/"a"`` and ``"a"`` are the same.

    ``*`` is for :mod:`konkyo.server.middleware`: only when there is an answer it is known that there is one.
    """
    return tag.removeprefix("W/") in _TAG.findall(known)
