"""A page of the site that no page of the server has the body of: search and SPARQL, which run in the browser."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from konkyo.common.words import Language, Words
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.render import SITE_POLICY, render


def site_context(lang: Language, path: str, *, base: str, version: str) -> PageContext:
    """Return where a page of the site stands: ``path`` is the server's address of it, ``base`` the public one of the site."""
    return PageContext(
        lang=lang,
        chosen=lang == "en",
        root="",
        origin=base,
        path=path,
        query=(),
        version=version,
        static=True,
    )


def framed(
    title: Words, body: Markup, at: PageContext, *, scripts: Sequence[str] = (), policy: str = SITE_POLICY
) -> bytes:
    """Return a page with the site's header and footer around a body of HTML.

    ``scripts`` are addresses such as ``/static/search.js``; they are loaded with ``defer``. ``policy`` is the page's
    Content-Security-Policy.
    """
    return render("framed.html", at, title=title, body=body, scripts=scripts, policy=policy)
