"""``konkyo trace``."""

from __future__ import annotations

import argparse
import json
import sys

from konkyo.cli.parser import write
from konkyo.words import Words


def run(options: argparse.Namespace) -> int:
    """Trace a thing, or the chains between two; print it as a tree, JSON, Mermaid, or a page."""
    from konkyo.api import open_graph

    graph = open_graph(options.store, lang=options.lang)
    answer = graph.trace(options.thing, options.other, level=options.level).answer
    match options.format:
        case "json":
            write(options.output, json.dumps(answer.to_json(), ensure_ascii=False, indent=1) + "\n")
        case "mermaid":
            from konkyo.output.traces import mermaid

            write(options.output, mermaid(answer, options.lang))
        case "html":
            from konkyo.view import render_html

            focus = answer.thing if hasattr(answer, "thing") else answer.start
            page = render_html(graph.network(focus.iri, nodes=set(answer.nodes)), lang=options.lang)
            write(options.output, page)
        case _:
            from konkyo.output.terminal import print_tree
            from konkyo.output.traces import tree

            branch = tree(answer, options.lang, options.limit)
            if options.output:
                write(options.output, "\n".join(branch.lines()) + "\n")
            else:
                print_tree(branch, sys.stdout)
    if options.output:
        print(
            Words(f"{options.output} に書きました。", f"Written to {options.output}.").of(options.lang),
            file=sys.stderr,
        )
    return 0
