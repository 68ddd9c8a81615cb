"""The web application: which address is answered by what, and how failures look."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from konkyo import __version__
from konkyo.common.errors import KonkyoError
from konkyo.server import preload
from konkyo.server.dataset import description
from konkyo.server.dataset.routes import dataset, void
from konkyo.server.http.problems import Problem
from konkyo.server.http.rate_limit import TooMany
from konkyo.server.http.settings import Settings
from konkyo.server.http.untaken import UntakenAnswers
from konkyo.server.json_api.routes import api_routes
from konkyo.server.linked_data.routes import thing
from konkyo.server.linked_data.vocabulary import shapes, vocabulary, vocabulary_part
from konkyo.server.metrics import RequestMetrics
from konkyo.server.middleware import RequestMiddleware
from konkyo.server.pages.problems import problem_response
from konkyo.server.pages.respond import answer_cache, pages_under_way
from konkyo.server.pages.routes import page_routes
from konkyo.server.pages.wanted_tables import asked_first
from konkyo.server.sparql import terms
from konkyo.server.sparql.routes import sparql
from konkyo.server.workers.failures import problem_of
from konkyo.server.workers.process import WorkerFailure
from konkyo.server.workers.service import ClientGone, Duties, Service, service
from konkyo.server.workers.stopped import Busy, OverLimit
from konkyo.store import current_version

log = logging.getLogger("konkyo.server")

_DUTIES = Duties(preload.queries, preload.pages, preload.tables, description.count, asked_first)
_FAILURES = (Problem, KonkyoError, HTTPException, Busy, TooMany, OverLimit, WorkerFailure, Exception)


def make_app(store_folder: Path, settings: Settings) -> Starlette:
    """Return the application for a store folder. Its workers start with it; KonkyoError where there is no store."""
    inside = Service(store_folder, settings, _DUTIES)
    figures = RequestMetrics(inside)
    untaken = UntakenAnswers(settings.untaken_bytes)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            await inside.start()
        except Exception as error:
            app.state.failure = error
            await inside.close()  # some of its processes may have come up
            raise
        try:
            yield
        finally:
            await app.state.under_way.close()
            await inside.close()

    app = Starlette(
        routes=[*_routes(), *page_routes(), *api_routes()],
        lifespan=lifespan,
        middleware=[Middleware(RequestMiddleware, settings=settings, figures=figures, untaken=untaken)],
        exception_handlers={**dict.fromkeys(_FAILURES, _failed), ClientGone: _client_gone},
    )
    app.router.redirect_slashes = False
    app.state.failure = None
    app.state.settings = settings
    app.state.service = inside
    app.state.figures = figures
    app.state.untaken = untaken
    app.state.answers = answer_cache()
    app.state.under_way = pages_under_way()
    return app


def _routes() -> list[BaseRoute]:
    read_write = ["GET", "HEAD", "POST"]
    return [
        Route("/sparql", sparql, methods=read_write),
        Route("/sparql/", sparql, methods=read_write),
        Route("/sparql/terms", terms.answer),
        Route("/.well-known/void", void),
        Route("/dataset", dataset),
        Route("/dataset.{suffix:str}", dataset),
        Route("/ns", vocabulary),
        Route("/ns.{suffix:str}", vocabulary),
        Route("/ns/{part:path}", vocabulary_part),
        Route("/shape", shapes),
        Route("/shape.{suffix:str}", shapes),
        *(Route(f"/{kind}/{{key:path}}", thing) for kind in ("id", "code", "graph")),
        Route("/health", _health),
        Route("/ready", _ready),
        Route("/metrics", _metrics),
    ]


# --- the server itself ------------------------------------------------------------------------------


async def _health(request: Request) -> Response:
    """Tell whether the server can answer: 200, or 503 where it has no worker or no store."""
    return _told(request, _state(service(request)))


async def _ready(request: Request) -> Response:
    """Tell whether visitors may be sent here: 200, or 503 while the tables that are asked for most are being made."""
    serve = service(request)
    state = _state(serve)
    return _told(request, "preparing" if state == "ok" and not serve.prepared else state)


def _state(serve: Service) -> str:
    try:
        current_version(serve.queries.folder)
    except (KonkyoError, OSError):
        return "failing"
    pools = (serve.queries, serve.pages, serve.tables)
    return "ok" if all(pool.ready for pool in pools) else "failing"


def _told(request: Request, state: str) -> Response:
    serve = service(request)
    pools = {"queries": serve.queries, "pages": serve.pages, "tables": serve.tables}
    body = {
        "status": state,
        "konkyo": __version__,
        "data": serve.version if state != "failing" else "",
        "workers": {name: len(pool.pids) for name, pool in pools.items()},
        "network": "cut off" if serve.queries.cut_off else "not cut off",
    }
    return JSONResponse(body, 200 if state == "ok" else 503, {"Cache-Control": "no-store"})


async def _metrics(request: Request) -> Response:
    body, media = request.app.state.figures.text()
    return Response(body, headers={"Content-Type": media, "Cache-Control": "no-store"})


# --- failures ---------------------------------------------------------------------------------------


async def _failed(request: Request, error: Exception) -> Response:
    return problem_response(request, problem_of(request, error))


async def _client_gone(request: Request, error: Exception) -> Response:
    return Response(status_code=499)
