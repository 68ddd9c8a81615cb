"""The overview: bands from strategies to ministries, in a page that brings its rows and asks nothing more of this server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, html
from konkyo.server.pages.showing import shows
from konkyo.server.pages.tables import overview_told


@shows
def overview(graph: KnowledgeGraph, at: PageContext, asked: Mapping[str, Any]) -> Made:
    """Return the overview's page; its own scripts are allowed by their hashes, and what is opened links to the other pages."""
    from konkyo.present.overview import content_policy, render_html

    # A written page stands in a folder beside those of the things.
    page_url = "../page/id/{path}/index.html" if at.static else f"{at.root}/page?iri={{iri}}"
    page = render_html(overview_told(graph, asked), at.lang, page_url=page_url, home_url=at.url("/"))
    policy = content_policy(page) + "; frame-ancestors 'self'"
    return html(page.encode("utf-8", "replace"), **{"Content-Security-Policy": policy})
