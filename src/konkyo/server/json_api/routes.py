"""The routes of the JSON API and of its description."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from konkyo.common.words import Words
from konkyo.server.http.addresses import absolute
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import language
from konkyo.server.http.problems import Problem
from konkyo.server.json_api.openapi import description
from konkyo.server.json_api.schema import ROUTES
from konkyo.server.pages.routes import page_endpoint
from konkyo.server.workers.service import service


def api_routes() -> list[BaseRoute]:
    """Return the routes of the API and of its description."""
    return [
        *(
            Route(route.path, page_endpoint(route.task, route.params, route.tables), methods=["GET"])
            for route in ROUTES
        ),
        Route("/api", _described, methods=["GET"]),
        Route("/api/openapi.json", _openapi, methods=["GET"]),
        Route("/openapi.json", _described, methods=["GET"]),
        Route("/api/{rest:path}", _no_api, methods=["GET"]),
    ]


async def _openapi(request: Request) -> Response:
    version = service(request).version
    if unchanged := conditional(request, version):
        return unchanged
    made = description(absolute(request, "") or "/", language(request))
    headers = {"ETag": etag(request, version), "Vary": "Accept-Language, Cookie", "Cache-Control": "no-cache"}
    return JSONResponse(made, headers=headers)


async def _described(request: Request) -> Response:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/api/openapi.json", 308)


async def _no_api(request: Request) -> Response:
    raise Problem(
        404,
        Words("そのAPIはありません。", "There is no such API."),
        hint=Words("/api/openapi.json に一覧があります。", "/api/openapi.json lists what there is."),
    )
