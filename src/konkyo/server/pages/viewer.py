"""The network around a thing, as the interactive page that fetches neighbours from this server on a click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from konkyo.reader import Reader
from konkyo.server.pages.at import At
from konkyo.server.pages.markers import Made, html
from konkyo.server.pages.showing import is_ministry, shows
from konkyo.things import find
from konkyo.vocabulary import ID

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph

_MOST = 1000  # as the route's parameter has it


@shows
def view(graph: KnowledgeGraph, at: At, asked: Mapping[str, Any]) -> Made:
    """Return the viewer's page; its own scripts are allowed by their hashes, and it may ask this server only."""
    from konkyo.view import content_policy, render_html

    thing = find(graph.store, asked["thing"])
    if is_ministry(Reader(graph.store), thing):
        drawn = graph.network(ministry=thing.iri, limit=asked["limit"])
    else:
        drawn = graph.network(thing.iri, depth=asked["depth"], limit=asked["limit"])
        if counted := drawn.graph["counted"]:
            # The note of the command names options that an address has not.
            more = min(asked["limit"] * 2, _MOST)
            address = at.url("/view", thing=thing.iri.removeprefix(ID), depth=asked["depth"], limit=more)
            how = (
                {"ja": f" 多くするには: {address}", "en": f" For more: {address}"}
                if more > asked["limit"]
                else {}
            )
            drawn.graph["note"] = {lang: said + how.get(lang, "") for lang, said in counted.items()}
    page = render_html(
        drawn,
        lang=at.lang,
        neighbours_url=f"{at.root}/api/network?thing={{iri}}",
        page_url=f"{at.root}/page?iri={{iri}}",
    )
    policy = content_policy(page) + "; frame-ancestors 'self'"
    return html(page.encode("utf-8", "replace"), headers={"Content-Security-Policy": policy})
