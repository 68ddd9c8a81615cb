"""``konkyo view``."""

from __future__ import annotations

import argparse
import sys

from konkyo.cli.parser import write
from konkyo.words import Words


def run(options: argparse.Namespace) -> int:
    """Write a network as one HTML file: the whole graph, a thing, a path, a ministry, or a query's answer."""
    from konkyo.api import open_graph

    view = open_graph(options.store, lang=options.lang).view(
        options.thing,
        depth=options.depth,
        between=tuple(options.between) if options.between else None,
        ministry=options.ministry,
        query=options.query,
        limit=options.limit,
    )
    write(options.output, view.html())
    if note := view.graph.graph.get("note"):
        print(note[options.lang], file=sys.stderr)
    print(
        Words(
            f"{options.output} に書きました（{view.graph.number_of_nodes()}点、{view.graph.number_of_edges()}本）。ブラウザーで開いてください。",
            f"Written to {options.output} ({view.graph.number_of_nodes()} nodes, {view.graph.number_of_edges()} edges). "
            "Open it in a browser.",
        ).of(options.lang)
    )
    return 0
