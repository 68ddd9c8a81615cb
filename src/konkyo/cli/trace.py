"""``konkyo trace``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from konkyo.cli.parser import Say, write
from konkyo.words import Words


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "thing",
        metavar="THING",
        help=say("名称（一部でもよい）、番号、識別子、IRI", "a label (or part of one), number, key or IRI"),
    )
    parser.add_argument("other", nargs="?", metavar="OTHER", help=say("もう一方", "the other end"))
    parser.add_argument(
        "--level",
        choices=("stated", "derived", "interpreted"),
        help=say(
            "この水準の主張だけを見る（stated: 資料の明記だけ）",
            "only claims of this level (stated: what sources say)",
        ),
    )
    parser.add_argument(
        "--format",
        choices=("tree", "json", "mermaid", "html"),
        default="tree",
        help=say("出力の形式", "format of the output"),
    )
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="FILE",
        help=say("書き先（既定は標準出力）", "where to write (default: standard output)"),
    )

    parser.add_argument(
        "--limit",
        type=int,
        default=20,
        metavar="N",
        help=say("一覧に出す数の上限（0で全て）", "how many things to list at the most (0: all)"),
    )


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
