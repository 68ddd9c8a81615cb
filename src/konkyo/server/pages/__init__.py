"""Pages for people and the JSON API: search, one thing, ministries, strategies, gaps, years compared, and about the data.

Everything is rendered on the server, in a worker beside the data, works without JavaScript, and links to what it
states. The texts of the data are untrusted: templates escape them, and no page has a script or an inline style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konkyo.server.pages.problems import problem_page

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from konkyo.server.settings import Settings

__all__ = ["problem_page", "routes"]


def routes(settings: Settings) -> list[BaseRoute]:
    """Return the routes of the pages, for the app to put after its own."""
    from konkyo.server.pages.routes import made

    return made(settings)
