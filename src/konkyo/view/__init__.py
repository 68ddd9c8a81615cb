"""A chosen subgraph as one HTML file: networkx, through pyvis, into a page that works offline.

Everything heavy (jinja2, pyvis, networkx) is imported on the first call: commands that draw nothing
should not pay for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["render_html", "write_html"]


def render_html(graph: nx.MultiDiGraph[Any], *, lang: str = "ja") -> str:
    """Return the page as text. The graph is only read; the same graph gives the same text.

    ``graph`` has the attributes described in ``konkyo.network``; ``lang`` (``ja`` or ``en``) is the
    language the page starts in, and its reader can switch. Save the text as UTF-8 without changing
    line ends: the Content-Security-Policy of the page holds hashes of its scripts.
    """
    from konkyo.view.page import render

    return render(graph, "en" if lang == "en" else "ja")


def write_html(graph: nx.MultiDiGraph[Any], path: Path, lang: str = "ja") -> Path:
    """Write the page to ``path`` (its folder is made if need be) and return the path.

    A reader never sees half a page: the text goes to a file beside it, which then takes its name.
    """
    from konkyo.view.page import save

    path = Path(path)
    save(render_html(graph, lang=lang), path)
    return path
