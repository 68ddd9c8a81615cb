"""A chosen subgraph as one HTML file: networkx, through pyvis, into a page that works offline.

Everything heavy (jinja2, pyvis, networkx) is imported on the first call: commands that draw nothing
should not pay for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.common.files import unwritable, write_whole

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["content_policy", "network_json", "render_html", "write_html"]


def render_html(
    graph: nx.MultiDiGraph[Any],
    *,
    lang: str = "ja",
    neighbours_url: str | None = None,
    page_url: str | None = None,
    more_url: str | None = None,
) -> str:
    """Return the page as text. The graph is only read; the same graph gives the same text.

    ``graph`` has the attributes described in ``konkyo.graph.network``; ``lang`` (``ja`` or ``en``) is the
    language the page starts in, and its reader can switch. Save the text as UTF-8 without changing
    line ends: the Content-Security-Policy of the page holds hashes of its scripts.

    A server that hands the page out can let its reader load neighbours that are not in the graph:
    ``neighbours_url`` is the path to ask, such as ``/api/network?thing={iri}``, where the percent-encoded IRI
    takes the place of ``{iri}``; it answers with :func:`network_json`. The page may then connect to its own
    origin (``connect-src 'self'``), and to nothing without it. A node's attribute ``more`` (a number, optional)
    says how many neighbours are not in the graph. ``page_url`` is the path of the server's page of a thing,
    which the panel then links to. ``more_url`` is the path of a page that shows more of what the note says was left
    out. Raises ValueError for an address that is no path, or has no ``{iri}`` where it should.
    """
    from konkyo.present.view.page import render

    return render(
        graph,
        "en" if lang == "en" else "ja",
        neighbours_url=neighbours_url,
        page_url=page_url,
        more_url=more_url,
    )


def network_json(graph: nx.MultiDiGraph[Any]) -> str:
    """Return a graph as the JSON text with which a server answers a page that asks for neighbours.

    Its members are ``nodes``, ``edges`` and ``note`` (``{"ja", "en"}`` or null: what was left out). A node has
    ``iri``, ``kind``, ``kindLabel``, ``label`` (``{"ja", "en"}``), ``names`` (other texts by which it is found),
    ``layer`` (the column, a number), ``facts`` (``[{"name", "text"}]`` in both languages), ``values`` and ``figures`` (as in ``konkyo.graph.facts``), ``evidence``
    (``[{"source", "place", "field", "words", "note", "certainty"}]``), ``url`` and ``more`` (a number or null).
    An edge has ``from`` and ``to`` (IRIs), ``relation``, ``label``, ``level`` (``stated``, ``derived``,
    ``interpreted``, ``rejected`` or ``structure``), ``repeats`` (whether it says only what other edges say),
    ``rule``, ``reason``, ``author`` and ``evidence``. The page needs ``iri``, ``kind``, ``label``, ``from`` and
    ``to``, and skips what it does not know; things and edges that it has already are kept as they are.
    """
    from konkyo.present.view.data import json_for_script, network_of

    return json_for_script(network_of(graph))


def content_policy(page: str) -> str:
    """Return the Content-Security-Policy of a page of :func:`render_html`, for a server to send as a header too.

    A header that allows less would stop the page's scripts, which stand in it and are allowed by their hashes.
    """
    from konkyo.present.view.page import policy_of

    return policy_of(page)


def write_html(graph: nx.MultiDiGraph[Any], path: Path, lang: str = "ja") -> Path:
    """Write the page to ``path`` (its folder is made if need be) and return the path.

    A reader never sees half a page (:func:`konkyo.common.files.write_whole`). Raises KonkyoError where it cannot be written.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    write_whole(path, render_html(graph, lang=lang))
    return path
