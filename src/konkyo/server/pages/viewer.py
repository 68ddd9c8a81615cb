"""The network around a thing, as the interactive page that fetches neighbours from this server on a click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from konkyo.api import KnowledgeGraph
from konkyo.graph.lookup.things import find
from konkyo.graph.reader import Reader
from konkyo.model.namespaces import ID
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, html
from konkyo.server.pages.showing import is_ministry, shows
from konkyo.server.pages.tables import report_written

_MOST = 1000  # as the route's parameter has it


@shows
def view(graph: KnowledgeGraph, at: PageContext, asked: Mapping[str, Any]) -> Made:
    """Return the viewer's page; its own scripts are allowed by their hashes, and it may ask this server only."""
    from konkyo.present.view import content_policy, render_html

    years, limit = {"year": asked["year"], "since": asked["since"]}, asked["limit"]
    thing = find(graph.store, asked["thing"], year=asked["year"])
    # A ministry is drawn with what is its own, and not by steps.
    depth = None if is_ministry(Reader(graph.store), thing) else asked["depth"]
    drawn = graph.network(thing.iri, depth=depth, limit=limit, **years)
    more = None
    # An address can name a year.
    drawn.graph["note"] = _note(drawn.graph["counted"], drawn.graph.get("of"))
    if drawn.graph["counted"] and limit < _MOST:
        key = thing.iri.removeprefix(ID)
        more = at.url("/view", thing=key, depth=depth, limit=min(limit * 2, _MOST), **years)
    more_asked = "".join(f"&{name}={value}" for name, value in years.items() if value)
    page = render_html(
        drawn,
        lang=at.lang,
        neighbours_url=f"{at.root}/api/network?thing={{iri}}" + more_asked,
        page_url=f"{at.root}/page?iri={{iri}}" + more_asked,
        more_url=more,
    )
    policy = content_policy(page) + "; frame-ancestors 'self'"
    return html(page.encode("utf-8", "replace"), **{"Content-Security-Policy": policy})


@shows
def report(graph: KnowledgeGraph, at: PageContext, asked: Mapping[str, Any]) -> Made:
    """Return the report of a thing, or of the whole government, as the page that is written for offline reading too."""
    return html(_report(graph, at, asked), **{"Content-Security-Policy": _report_policy("'self'")})


@shows
def embedded_report(graph: KnowledgeGraph, at: PageContext, asked: Mapping[str, Any]) -> Made:
    """Return the report for a frame of any other page, which shows the section that its address points at."""
    headers = {"Content-Security-Policy": _report_policy("*"), "Cross-Origin-Resource-Policy": "cross-origin"}
    return html(_report(graph, at, asked, part=True), **headers)


def _report_policy(ancestors: str) -> str:
    from konkyo.present.report import content_policy

    return f"{content_policy()}; frame-ancestors {ancestors}"


def _report(graph: KnowledgeGraph, at: PageContext, asked: Mapping[str, Any], *, part: bool = False) -> bytes:
    from konkyo.present.report import served

    named = {name: asked[name] for name in ("thing", "year", "since") if asked[name]}
    query = urlencode({**named, "lang": at.lang} if at.chosen else named)
    page = served(report_written(graph, asked, at.lang), at.origin, query, part=part)
    return page.encode("utf-8", "replace")


def _note(counted: Mapping[str, str] | None, of: Mapping[str, Any] | None) -> dict[str, str] | None:
    """Return how many things were left out, and which other years the address may name."""
    told = [dict(counted)] if counted else []
    if of and of["others"]:
        years = [str(year) for year in of["others"]]
        told.append(
            {
                "ja": f"ほかに{'・'.join(years)}年度の記載があります（アドレスの year= で選べます）。",
                "en": f"There is more of {', '.join(years)} (year= in the address chooses).",
            }
        )
    return {lang: " ".join(part[lang] for part in told) for lang in ("ja", "en")} if told else None
