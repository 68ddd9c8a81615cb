"""The site's search: a page, its scripts, and the index in parts. Nothing but the site's own files is ever asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Language, Words
from konkyo.server.site.files import SiteFile
from konkyo.server.site.frame import by_script
from konkyo.server.site.search_index import index_files

ADDRESS = "/search"
FOLDER = "search"
_SCRIPTS = ("search.js", "search_page.js")
_TITLE = Words("検索", "Search")
_NO_SCRIPT = Words(
    "検索にはJavaScriptが要ります。使えないときは、戦略・計画の一覧と府省庁の一覧からたどってください。",
    "The search needs JavaScript. Without it, the lists of strategies and of ministries lead to everything.",
)


def files(
    graph: KnowledgeGraph, page_of: Callable[[str], str | None], *, base: str = "", version: str = ""
) -> Iterator[SiteFile]:
    """Yield the pages, scripts and index of the search.

    ``page_of`` tells the file of a thing's Japanese page by its IRI (None: it has none); the English one is below ``en/``.
    """
    yield from by_script(ADDRESS, _TITLE, _body, _SCRIPTS, base=base, version=version)
    yield from index_files(graph.store, FOLDER, page_of)


def _body(lang: Language) -> Markup:
    return Markup(
        '<noscript><p class="note">{}</p></noscript>\n<p id="search-status" role="status"></p>\n'
        '<nav class="tabs" id="search-kinds" aria-label="{}"></nav>\n<div id="search-results"></div>'
    ).format(_NO_SCRIPT.of(lang), Words("種類", "Kinds").of(lang))
