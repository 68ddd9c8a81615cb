"""The parts of a site that are no pages of the server: what lies beside them as it is, and the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from konkyo.api import KnowledgeGraph
from konkyo.server import pages
from konkyo.server.site.files import SiteFile
from konkyo.server.site.rendering import Site, vocabulary_files

_STATIC = Path(pages.__file__).resolve().parent / "static"


def _vocabulary(graph: KnowledgeGraph, site: Site) -> Iterator[SiteFile]:
    yield from vocabulary_files(graph)


def _static(graph: KnowledgeGraph, site: Site) -> Iterator[SiteFile]:
    yield from (
        SiteFile(f"static/{path.name}", path.read_bytes())
        for path in sorted(_STATIC.iterdir())
        if path.is_file()
    )


BESIDE: Mapping[str, Callable[[KnowledgeGraph, Site], Iterator[SiteFile]]] = {
    "vocabulary": _vocabulary,
    "static": _static,
}
