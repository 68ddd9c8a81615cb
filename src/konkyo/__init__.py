"""konkyo: which strategy is named behind this measure, on what evidence, with what money and what result?

import konkyo

kg = konkyo.open()                       # the store .konkyo, or the graph that the package carries
kg.query("justifications")               # a stored query, a file, or SPARQL
kg.trace("新成長戦略")                    # what rests on it, with evidence
kg.view().save("network.html")           # one offline page
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError

if TYPE_CHECKING:
    from pathlib import Path

    from konkyo.api import KnowledgeGraph
    from konkyo.common.words import Language

__version__ = "0.1.0"

__all__ = ["KonkyoError", "__version__", "open"]


def open(store: str | Path | None = None, *, lang: Language | None = None) -> KnowledgeGraph:
    """Open a store folder, or by default ``KONKYO_STORE``, ``.konkyo``, or the graph that the package carries.

    ``lang`` is the language of what is shown (``ja`` or ``en``). Raises KonkyoError.
    """
    from konkyo.api import open_graph

    return open_graph(store, lang=lang)
