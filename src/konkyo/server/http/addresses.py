"""The data's IRIs and this server's addresses: ``https://w3id.org/konkyo/id/…`` is shown at ``/id/…``."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request

from konkyo.model.namespaces import BASE
from konkyo.server.http.hosts import is_known
from konkyo.server.http.settings import settings_of

_SHOWN = ("id/", "code/", "graph/", "ns#")
# A path may hold these as they are (RFC 3986); everything else is percent-encoded, "%" too.
SAFE = "/:@!$&'()*+,;=-._~"


def place(iri: str) -> str | None:
    """Return the path of an IRI of the data on this server, without the prefix; None for an IRI of others."""
    key = iri.removeprefix(BASE)
    if key == iri or not (key == "ns" or key.startswith(_SHOWN)):
        return None
    path, sign, fragment = key.partition("#")
    return f"/{quote(path, safe=SAFE)}{sign}{quote(fragment, safe=SAFE)}"


def iri_of(path: str) -> str:
    """Return the IRI that a (decoded) path without the prefix shows."""
    return BASE + path.lstrip("/")


def absolute(request: Request, path: str) -> str:
    """Return the address of a path (without the prefix) with scheme and host, as the public sees it."""
    base = settings_of(request).base
    if base is not None:
        return base.rstrip("/") + path
    host = request.headers.get("host", "")
    settings = settings_of(request)
    if not is_known(settings, host):
        host = f"{settings.host}:{settings.port}"
    return f"{request.url.scheme}://{host}{request.scope.get('root_path', '')}{path}"
