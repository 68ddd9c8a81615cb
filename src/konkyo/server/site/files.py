"""What each part of a site yields: a file with its place."""

from __future__ import annotations

from typing import NamedTuple


class SiteFile(NamedTuple):
    """A file of a site.

    ``path`` is its place below the site's folder, with ``/`` and without one at its beginning (``search/index.html``). A page
    (``….html``) may link by the server's addresses (``/page/id/…``, ``/static/konkyo.css``, ``/search``, with ``?lang=en`` for
    the English one): the writer makes them relative, and takes away those that lead to nothing on the site.
    """

    path: str
    content: bytes
