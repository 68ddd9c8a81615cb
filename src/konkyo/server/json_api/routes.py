"""The routes of the JSON API and of its description."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.http.addresses import absolute
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import language
from konkyo.server.http.parameters import read
from konkyo.server.http.problems import Problem, problem_json
from konkyo.server.json_api.openapi import description
from konkyo.server.json_api.schema import ROUTES
from konkyo.server.json_api.schema import Route as Described
from konkyo.server.pages.respond import WorkerProblem, answer
from konkyo.server.pages.routes import Endpoint
from konkyo.server.workers.service import service


def _api(route: Described) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            asked = read(request.query_params, route.params)
            return await answer(request, route.task, asked, route.tables(asked))
        except Problem as problem:
            more = problem.more if isinstance(problem, WorkerProblem) else {}
            return problem_json(problem, language(request), **more)
        except KonkyoError as error:
            return problem_json(Problem(400, error.message, hint=error.hint), language(request))

    return endpoint


def api_routes() -> list[BaseRoute]:
    """Return the routes of the API and of its description."""
    return [
        *(Route(route.path, _api(route), methods=["GET"]) for route in ROUTES),
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
    problem = Problem(
        404,
        Words("そのAPIはありません。", "There is no such API."),
        hint=Words("/api/openapi.json に一覧があります。", "/api/openapi.json lists what there is."),
    )
    return problem_json(problem, language(request))
