"""The addresses of a written site (``konkyo site``), led to those of the server: a site can become a server without a dead link."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from konkyo.server.http.addresses import SAFE

_PART = re.compile(r"(.*)/offset-([0-9]+)")


def written_routes() -> list[BaseRoute]:
    """Return the routes of files of a site that the server has under another address."""
    paths = ("/index.html", "/{path:path}/index.html", "/page/{path:path}/", "/en", "/en/{path:path}")
    return [Route(path, _as_on_a_site, methods=["GET", "HEAD"]) for path in paths]


async def _as_on_a_site(request: Request) -> Response:
    """Send who comes by an address of a site to the page: ``/en/strategies/offset-50/index.html`` to ``/strategies?offset=50&lang=en``."""
    root = str(request.scope.get("root_path", ""))
    path = str(request.scope["path"]).removeprefix(root).removesuffix("index.html").strip("/")
    first, _, rest = path.partition("/")
    english = first == "en"
    path = rest if english else path
    part = _PART.fullmatch(path)
    asked = {**({"offset": part[2]} if part else {}), **({"lang": "en"} if english else {})}
    # Two slashes at its beginning would lead to another host.
    target = f"{root}/{quote(part[1] if part else path, safe=SAFE).lstrip('/')}"
    return RedirectResponse(target + (f"?{urlencode(asked)}" if asked else ""), 308)
