"""From a request to a page's place, and from what a worker made to an answer with its tag."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any
from urllib.parse import quote

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.http.addresses import SAFE, absolute
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import best, language
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, PageTask, embeddable
from konkyo.server.pages.render import render
from konkyo.server.pages.wanted_tables import Tables
from konkyo.server.workers.pool import WorkerResult
from konkyo.server.workers.service import service
from konkyo.server.workers.stopped import OverLimit
from konkyo.server.workers.table_cache import Table
from konkyo.server.workers.under_way import UnderWay

# Pages and answers kept for those who ask the same again; a new version of the data has other keys.
CACHE_BYTES = 32 << 20
CACHE_ONE = 2 << 20
VARY = "Accept, Accept-Language, Cookie"
# A reader who waits longer is told that the page is being prepared.
TOLD_SECONDS = 4.0
_AGAIN_SECONDS = 3


def answer_cache() -> LRUCache[str, Made]:
    """Return a cache for the answers asked for last, up to a size."""
    return LRUCache(CACHE_BYTES, getsizeof=lambda made: len(made[1]))


def pages_under_way() -> UnderWay[WorkerResult[Made]]:
    """Return the pages that are being made while their readers are told so."""

    def keep(task: asyncio.Task[WorkerResult[Made]]) -> bool:
        error = task.exception()
        # What is too large for the cache is still there for the reader who comes back.
        return isinstance(error, OverLimit) if error else len(task.result().value[1]) > CACHE_ONE

    return UnderWay(keep)


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

    ``tables`` are those over the whole graph that the page reads, which are made before. Where that takes long, a reader with a
    browser is told so, while the page is made on.
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
        making = partial(_made, request, page, at, asked, tables)
        if _is_read(request):
            under_way: UnderWay[WorkerResult[Made]] = request.app.state.under_way
            task = under_way.task(wanted.key(version), partial(making, patient=True))
            done, _ = await asyncio.wait({task}, timeout=TOLD_SECONDS)
            if not done:
                return _being_prepared(request)
            answered = task.result()
        else:
            answered = await making()
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


def _is_read(request: Request) -> bool:
    """Return whether a reader with a browser asks for a page."""
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    accepts = best(request.headers.get("accept"), ["text/plain", "text/html"])
    return accepts == "text/html" and not path.startswith("/api/")


def _being_prepared(request: Request) -> Response:
    """Return the page that tells its reader to wait; the browser asks again by itself."""
    at = page_context(request, "")
    again = str(_AGAIN_SECONDS)
    headers = {"Cache-Control": "no-store", "Retry-After": again, "Refresh": again, "Vary": VARY}
    title = Words("準備しています", "Being prepared")
    body = render("preparing.html", at, title=title, seconds=_AGAIN_SECONDS)
    if at.path.startswith("/embed/"):
        headers |= embeddable(body)[0]["headers"]
    return HTMLResponse(body, 202, {**headers, "Content-Language": at.lang})


async def _made(
    request: Request,
    page: PageTask,
    at: dict[str, Any],
    asked: dict[str, Any],
    tables: Tables,
    *,
    patient: bool = False,
) -> WorkerResult[Made]:
    """Run a page's task with its tables; twice where a build put new data in place between the two."""
    serve = service(request)
    for again in (True, False):
        making = (serve.table(table, patient=patient) for table in tables.values())
        made = await asyncio.gather(*making, return_exceptions=True)
        found: dict[str, Table] = {}
        for name, table in zip(tables, made, strict=True):
            if not isinstance(table, BaseException):
                found[name] = table
            elif not isinstance(table, KonkyoError):  # what cannot be asked so is told by the task
                raise table
        with_tables = {**asked, "tables": {name: str(table.path) for name, table in found.items()}}
        answered = await serve.run(request, page.call(at, with_tables), patient=patient)
        if all(table.version == answered.version for table in found.values()) or not again:
            break
    return answered


def page_response(request: Request, template: str, *, at: PageContext, **values: Any) -> Response:
    """Return a page of the server."""
    headers = {"Vary": VARY, "Content-Language": at.lang}
    return HTMLResponse(render(template, at, **values), headers=headers)
