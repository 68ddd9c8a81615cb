"""The routes of the pages, of the viewer, and of the one style sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.staticfiles import StaticFiles

from konkyo.common.words import Words
from konkyo.model.levels import HELD
from konkyo.server.http.addresses import place
from konkyo.server.http.parameters import ABOUT, SINCE, Param, read
from konkyo.server.pages import compare, entity, gaps, help, listings, overview, site, stored, viewer
from konkyo.server.pages.made import PageTask
from konkyo.server.pages.respond import answer, page_context
from konkyo.server.pages.wanted_tables import (
    TablesOf,
    no_tables,
    tables_of_gaps,
    tables_of_home,
    tables_of_overview,
    tables_of_report,
    tables_of_years,
)
from konkyo.server.pages.written import written_routes
from konkyo.server.workers.service import service

Endpoint = Callable[[Request], Awaitable[Response]]
_FILES = StaticFiles(directory=Path(__file__).resolve().parent / "static")

_LIMIT = Param("limit", Words("件数", "How many"), "integer", default=50, least=1, most=1000)
_OFFSET = Param(
    "offset", Words("始めの位置", "Where to begin"), "integer", default=0, least=0, most=10_000_000
)
_KIND = Param("kind", Words("種類", "Kind"), several=True)
_YEAR = Param("year", Words("年度（既定は一番新しいレビュー）", "Year (default: the latest review)"), "year")
_TEXT = (Param("q", Words("探す語", "What to look for")), _KIND, _YEAR, SINCE, _LIMIT, _OFFSET)
THING = (
    Param("level", Words("主張の水準", "Claim level"), choices=HELD),
    Param("ministry", Words("府省庁", "Ministry")),
    Param("edition", Words("版", "Edition")),
    _YEAR,
    SINCE,
    _LIMIT,
    _OFFSET,
)
_YEARS = (
    Param("before", Words("先の年度", "The earlier year"), "year"),
    Param("after", Words("後の年度", "The later year"), "year"),
    Param("ministry", Words("府省庁", "Ministry")),
    Param("measure", Words("一つの施策だけ", "One measure only")),
    Param("project", Words("一つの予算事業だけ", "One budget project only")),
    ABOUT,
    SINCE,
    _LIMIT,
    _OFFSET,
)
_GAPS = (
    Param("ministry", Words("府省庁", "Ministry")),
    Param("year", Words("年度", "Year"), "year"),
    SINCE,
    Param("count", Words("件数も数える", "Count too"), "integer", default=1, least=0, most=1),
    _LIMIT,
    _OFFSET,
)
_VIEW = (
    Param("thing", Words("もの", "The thing"), required=True),
    Param("depth", Words("何段先まで", "How many steps away"), "integer", default=2, least=0, most=20),
    Param("limit", Words("件数", "How many"), "integer", default=80, least=1, most=1000),
    _YEAR,
    SINCE,
)
_REPORT = (
    Param("thing", Words("もの（省くと政府全体）", "The thing (default: the government)")),
    _YEAR,
    SINCE,
)
_LIST = (
    Param("q", Words("名称に含む語", "A word of the name")),
    Param(
        "sort",
        Words("並べる列（- で逆順）", "The column to sort by (- for the other way)"),
        choices=tuple(f"{sign}{name}" for name in listings.SORTS for sign in ("", "-")),
    ),
    _YEAR,
    Param("limit", Words("件数", "How many"), "integer", default=500, least=1, most=5000),
    _OFFSET,
)
_IRI = (Param("iri", Words("IRI", "IRI"), required=True),)

# Path, what a worker runs, the parameters that may stand in the address, and the tables that are read.
PAGES: tuple[tuple[str, PageTask, tuple[Param, ...], TablesOf], ...] = (
    ("/", site.home, (_YEAR,), tables_of_home),
    ("/search", site.found, _TEXT, no_tables),
    ("/strategies", listings.page, _LIST, tables_of_overview),
    ("/strategies.csv", listings.sheet, _LIST, tables_of_overview),
    ("/ministries", listings.page, _LIST, tables_of_overview),
    ("/ministries.csv", listings.sheet, _LIST, tables_of_overview),
    ("/laws", listings.page, _LIST, tables_of_overview),
    ("/laws.csv", listings.sheet, _LIST, tables_of_overview),
    ("/panels", listings.page, _LIST, no_tables),
    ("/panels.csv", listings.sheet, _LIST, no_tables),
    ("/overview", overview.overview, (_YEAR,), tables_of_overview),
    ("/about", site.about, (), no_tables),
    ("/gaps", gaps.overview, _GAPS, tables_of_gaps),
    ("/gaps/{name}", gaps.kind, _GAPS, tables_of_gaps),
    ("/queries", stored.listing, (), no_tables),
    ("/queries/{name}.csv", stored.sheet, stored.fields(), no_tables),
    *(
        (f"/embed{path}", listings.embedded, _LIST, no_tables if path == "/panels" else tables_of_overview)
        for path in listings.LISTINGS
    ),
    ("/embed/report", viewer.embedded_report, _REPORT, tables_of_report),
    ("/embed/{name}", stored.embedded, (*stored.fields(), _LIMIT, _OFFSET), no_tables),
    ("/queries/{name}", stored.one, (*stored.fields(), _LIMIT, _OFFSET), no_tables),
    ("/compare", compare.page, _YEARS, tables_of_years),
    ("/page/{kind:str}/{key:path}", entity.page, THING, no_tables),
    ("/view", viewer.view, _VIEW, no_tables),
    ("/report", viewer.report, _REPORT, tables_of_report),
)


def page_routes() -> list[BaseRoute]:
    """Return all routes."""
    return [
        *written_routes(),
        *(
            Route(path, page_endpoint(page, params, tables), methods=["GET"])
            for path, page, params, tables in PAGES
        ),
        Route("/help", help.index, methods=["GET"]),
        Route("/help/{name}", help.page, methods=["GET"]),
        Route("/page", _foreign, methods=["GET"]),
        Route("/static/{name}", _static, methods=["GET"]),
    ]


def page_endpoint(page: PageTask, params: tuple[Param, ...], tables: TablesOf) -> Endpoint:
    """Return what answers requests by a task, from these parameters and tables."""

    async def endpoint(request: Request) -> Response:
        asked = {**read(request.query_params, params), **request.path_params}
        return await answer(request, page, asked, tables(asked))

    return endpoint


async def _foreign(request: Request) -> Response:
    """Send who asks for an IRI of the data to its page; show what is known of others."""
    iri = str(read(request.query_params, _IRI)["iri"])
    if place(iri) is not None:
        return RedirectResponse(page_context(request, service(request).version).page(iri), 303)
    asked = {**read(request.query_params, (*_IRI, *THING)), "kind": "", "key": ""}
    return await answer(request, entity.page, asked, {})


async def _static(request: Request) -> Response:
    response = await _FILES.get_response(request.path_params["name"], request.scope)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


__all__ = ["PAGES", "page_routes"]
