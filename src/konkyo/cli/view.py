"""``konkyo view``."""

from __future__ import annotations

import argparse

from konkyo.cli.parser import write
from konkyo.words import Words


def run(options: argparse.Namespace) -> int:
    """Write the network of a thing, or of the whole graph, as one HTML file."""
    from konkyo.api import open_graph

    view = open_graph(options.store, lang=options.lang).view(options.thing, depth=options.depth)
    write(options.output, view.html())
    print(
        Words(
            f"{options.output} に書きました（{view.graph.number_of_nodes()}点、{view.graph.number_of_edges()}本）。ブラウザーで開いてください。",
            f"Written to {options.output} ({view.graph.number_of_nodes()} nodes, {view.graph.number_of_edges()} edges). "
            "Open it in a browser.",
        ).of(options.lang)
    )
    return 0
