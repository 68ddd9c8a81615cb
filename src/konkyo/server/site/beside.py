"""The parts of a site that are no pages of the server: what lies beside them as it is, and the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from konkyo.api import KnowledgeGraph
from konkyo.questions.overview import is_fog
from konkyo.questions.overview_kept import told_overview
from konkyo.server import pages
from konkyo.server.site import browser, search
from konkyo.server.site.files import SiteFile
from konkyo.server.site.rendering import Site, vocabulary_files

_STATIC = Path(pages.__file__).resolve().parent / "static"


def _vocabulary(graph: KnowledgeGraph, site: Site) -> Iterator[SiteFile]:
    yield from vocabulary_files(graph, site)


def _static(graph: KnowledgeGraph, site: Site) -> Iterator[SiteFile]:
    yield from (
        SiteFile(f"static/{path.name}", path.read_bytes())
        for path in sorted(_STATIC.iterdir())
        if path.is_file()
    )


def _pictures(graph: KnowledgeGraph, site: Site) -> Iterator[SiteFile]:
    """Yield the overview's picture for the first page, where there is one."""
    from konkyo.present.overview import picture_svg

    if is_fog(graph.store):
        told = told_overview(graph.store)
        for lang in site.languages:
            yield SiteFile(f"static/overview-{lang}.svg", picture_svg(told, lang).encode("utf-8", "replace"))


def _search(graph: KnowledgeGraph, site: Site) -> Iterator[SiteFile]:
    return search.files(graph, site.page_of, base=site.base, version=site.version)


def _browser(graph: KnowledgeGraph, site: Site) -> Iterator[SiteFile]:
    return browser.files(graph, site.page_of, base=site.base, version=site.version)


BESIDE: Mapping[str, Callable[[KnowledgeGraph, Site], Iterator[SiteFile]]] = {
    "vocabulary": _vocabulary,
    "browser": _browser,
    "search": _search,
    "static": _static,
    "pictures": _pictures,
}
