"""Whether a client has an answer already: tags of answers (RFC 9110)."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from konkyo.server.http.negotiation import language


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
