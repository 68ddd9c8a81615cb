"""``konkyo trace``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from konkyo.cli.citing import cite_option, print_citation
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
        choices=("tree", "csv", "json", "mermaid", "html", "prose"),
        default="tree",
        help=say("出力の形式", "format of the output"),
    )
    parser.add_argument(
        "--prose",
        action="store_const",
        dest="format",
        const="prose",
        help=say(
            "文書に使える段落で、文ごとに出典をつけて答える",
            "answer with a paragraph for a document, each sentence with its source",
        ),
    )
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="FILE",
        help=say("書き先（既定は標準出力）", "where to write (default: standard output)"),
    )
    parser.add_argument(
        "--ministry",
        metavar="NAME",
        help=say("戦略から下へ: この府省庁のものだけ", "down from a strategy: only what is of this ministry"),
    )
    parser.add_argument(
        "--edition",
        metavar="DATE|NAME",
        help=say(
            "戦略から下へ: この版だけ（2023、2023-06-16 など）",
            "down from a strategy: only this edition (2023, 2023-06-16)",
        ),
    )
    parser.add_argument(
        "--year",
        metavar="YEAR",
        help=say(
            "この年度のレビュー又は評価書の主張だけ",
            "only claims of the reviews or sheets of this fiscal year",
        ),
    )
    parser.add_argument(
        "--share",
        action="store_true",
        help=say(
            "戦略から下へ: 事業の金額を、引く戦略の数で均等に割って示す（既定は全額）",
            "down from a strategy: divide each project's money equally among the strategies it cites (default: in full)",
        ),
    )
    parser.add_argument(
        "--limit",
        type=_count,
        default=20,
        metavar="N",
        help=say(
            "箇所ごとに挙げる数、道筋の数の上限（0で全て）",
            "how many things to list for each place, or chains (0: all)",
        ),
    )
    parser.add_argument(
        "--length",
        type=_count,
        metavar="N",
        help=say("二つの間の道筋の段数の上限", "how many steps a chain between two things may have"),
    )
    cite_option(parser, say)


def _count(text: str) -> int:
    if (number := int(text)) < 0:
        raise ValueError(text)
    return number


def run(options: argparse.Namespace) -> int:
    """Trace a thing, or the chains between two; print it as a tree, prose, CSV, JSON, Mermaid, or a page."""
    from konkyo.api import open_graph
    from konkyo.trace import Trace

    graph = open_graph(options.store, lang=options.lang)
    answer = graph.trace(
        options.thing,
        options.other,
        level=options.level,
        ministry=options.ministry,
        edition=options.edition,
        year=options.year,
        limit=options.limit or (None if options.other is None else sys.maxsize),
        length=options.length,
        share=options.share,
    ).answer
    match options.format:
        case "json":
            write(options.output, json.dumps(answer.to_json(), ensure_ascii=False, indent=1) + "\n")
        case "mermaid":
            from konkyo.output.traces import mermaid

            write(options.output, mermaid(answer, options.lang))
        case "csv":
            from konkyo.output.claim_table import claims_csv

            write(options.output, claims_csv(answer, options.lang))
        case "prose":
            from konkyo.prose import paragraph

            write(options.output, paragraph(answer, options.lang))
        case "html":
            from konkyo.trace import nodes_of
            from konkyo.view import render_html

            focus = answer.thing if hasattr(answer, "thing") else answer.start
            page = render_html(
                graph.network(focus.iri, nodes=nodes_of(graph.store, answer)), lang=options.lang
            )
            write(options.output, page)
        case _:
            from konkyo.output.terminal import print_tree
            from konkyo.output.traces import tree

            branch = tree(answer, options.lang)
            if options.output:
                write(options.output, "\n".join(branch.lines()) + "\n")
            else:
                print_tree(branch, sys.stdout)
    if options.cite:
        filters = ("level", "ministry", "edition", "year", "share", "limit", "length")
        asked = {name: value for name in filters if (value := getattr(options, name)) not in (None, False)}
        things = [answer.thing.iri] if isinstance(answer, Trace) else [answer.start.iri, answer.end.iri]
        apart = options.format != "tree" or options.output is not None
        print_citation(
            graph.store, "trace", {"things": things, **asked}, answer.to_json(), options.lang, apart=apart
        )
    if options.output:
        print(
            Words(f"{options.output} に書きました。", f"Written to {options.output}.").of(options.lang),
            file=sys.stderr,
        )
    return 0
