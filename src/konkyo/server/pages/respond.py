"""From a request to a page's place, and from what a worker made to an answer with its tag."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from konkyo.common.errors import KonkyoError
from konkyo.server.http.addresses import SAFE, absolute
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import language
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, PageTask
from konkyo.server.pages.render import render
from konkyo.server.pages.wanted_tables import Tables
from konkyo.server.workers.pool import WorkerResult
from konkyo.server.workers.service import service
from konkyo.server.workers.table_cache import Table

# Pages and answers kept for those who ask the same again; a new version of the data has other keys.
CACHE_BYTES = 32 << 20
CACHE_ONE = 2 << 20
VARY = "Accept, Accept-Language, Cookie"


def answer_cache() -> LRUCache[str, Made]:
    """Return a cache for the answers asked for last, up to a size."""
    return LRUCache(CACHE_BYTES, getsizeof=lambda made: len(made[1]))


def page_context(request: Request, version: str) -> PageContext:
    """Return where the page of a request stands."""
    root = request.scope.get("root_path", "")
    query = tuple((name, value) for name, value in request.query_params.multi_items() if name != "lang")
    return PageContext(
        lang=language(request),
        chosen=request.query_params.get("lang") in ("ja", "en"),
        root=root,
        origin=absolute(request, "").rstrip("/"),
        # Two slashes at its beginning would make a link to another host.
        path="/" + quote(str(request.scope["path"]).removeprefix(root), safe=SAFE).lstrip("/"),
        query=query,
        version=version,
    )


async def answer(request: Request, page: PageTask, asked: dict[str, Any], tables: Tables) -> Response:
    """Return what a worker makes of a request: 304 where the client has it, else the answer.

    ``tables`` are those over the whole graph that the page reads, which are made before.
    """
    serve = service(request)
    version = serve.version
    if unchanged := conditional(request, version):
        unchanged.headers["Vary"] = VARY
        return unchanged
    cache: LRUCache[str, Made] = request.app.state.answers
    at = page_context(request, version).plain()
    wanted = page.call(at, asked)
    kept = cache.get(wanted.key(version))
    if kept is None:
        answered = await _made(request, page, at, asked, tables)
        version = answered.version
        kept = answered.value
        if len(kept[1]) <= CACHE_ONE:
            cache[wanted.key(version)] = kept
    head, body = kept
    headers = {
        "ETag": etag(request, version),
        "Vary": VARY,
        "Cache-Control": "no-cache",
        "Content-Language": language(request),
        **head.get("headers", {}),
    }
    return Response(body, headers=headers, media_type=head["media"])


async def _made(
    request: Request, page: PageTask, at: dict[str, Any], asked: dict[str, Any], tables: Tables
) -> WorkerResult[Made]:
    """Run a page's task with its tables; twice where a build put new data in place between the two."""
    serve = service(request)
    for again in (True, False):
        made = await asyncio.gather(*map(serve.table, tables.values()), return_exceptions=True)
        found: dict[str, Table] = {}
        for name, table in zip(tables, made, strict=True):
            if not isinstance(table, BaseException):
                found[name] = table
            elif not isinstance(table, KonkyoError):  # what cannot be asked so is told by the task
                raise table
        with_tables = {**asked, "tables": {name: str(table.path) for name, table in found.items()}}
        answered = await serve.run(request, page.call(at, with_tables))
        if all(table.version == answered.version for table in found.values()) or not again:
            break
    return answered


def page_response(request: Request, template: str, *, at: PageContext, **values: Any) -> Response:
    """Return a page of the server."""
    headers = {"Vary": VARY, "Content-Language": at.lang}
    return HTMLResponse(render(template, at, **values), headers=headers)
