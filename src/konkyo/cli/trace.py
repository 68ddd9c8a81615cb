"""``konkyo trace``."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from konkyo.cli.citing import cite_option, print_citation
from konkyo.cli.options import (
    Say,
    format_option,
    limit_option,
    ministry_option,
    named,
    number,
    output_option,
    since_option,
    year_option,
)
from konkyo.cli.progress import waiting
from konkyo.cli.writing import deliver, deliver_csv, deliver_drawn, deliver_json
from konkyo.model.levels import HELD


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "thing",
        type=named,
        metavar="THING",
        help=say("名称（一部でもよい）、番号、識別子、IRI", "a label (or part of one), number, key or IRI"),
    )
    parser.add_argument("other", nargs="?", metavar="OTHER", help=say("もう一方", "the other end"))
    parser.add_argument(
        "--level",
        choices=HELD,
        help=say(
            "この水準の主張だけを見る（stated: 資料の明記だけ）",
            "only claims of this level (stated: what sources say)",
        ),
    )
    format_option(parser, say, ("tree", "csv", "json", "mermaid", "html", "prose"), "tree")
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
    output_option(parser, say)
    ministry_option(
        parser,
        say,
        "戦略から下へ: この府省庁のものだけ",
        "down from a strategy: only what is of this ministry",
    )
    parser.add_argument(
        "--edition",
        metavar="DATE|NAME",
        help=say(
            "戦略から下へ: この版だけ（2023、令和5年6月、2023-06-16、第6次、版の名称 など）",
            "down from a strategy: only this edition (2023, 2023-06, 令和5年6月16日, 第6次, its name)",
        ),
    )
    year_option(parser, say)
    since_option(parser, say)
    parser.add_argument(
        "--share",
        action="store_true",
        help=say(
            "戦略から下へ: 事業の金額を、引く戦略の数で均等に割って示す（既定は全額）",
            "down from a strategy: divide each project's money equally among the strategies it cites (default: in full)",
        ),
    )
    limit_option(
        parser,
        say,
        "箇所ごとに挙げる数、道筋の数の上限（0で全て）",
        "how many things to list for each place, or chains (0: all)",
        default=20,
    )
    parser.add_argument(
        "--length",
        type=number(0),
        metavar="N",
        help=say("二つの間の道筋の段数の上限", "how many steps a chain between two things may have"),
    )
    parser.add_argument(
        "--evidence",
        action="store_true",
        help=say(
            "端末でも、箇所・引用・理由を全て見せる（パイプとファイルには常に全て）",
            "show places, quotes and reasons at a terminal too (pipes and files always have all)",
        ),
    )
    cite_option(parser, say)


def run(options: argparse.Namespace) -> int:
    """Trace a thing, or the chains between two; print it as a tree, prose, CSV, JSON, Mermaid, or a page."""
    from konkyo.api import open_graph
    from konkyo.questions.trace import Trace

    graph = open_graph(options.store, lang=options.lang)
    with waiting(options.lang):
        answer = graph.trace(
            options.thing,
            options.other,
            level=options.level,
            ministry=options.ministry,
            edition=options.edition,
            year=options.year,
            since=options.since,
            limit=options.limit or (None if options.other is None else sys.maxsize),
            length=options.length,
            share=options.share,
        ).answer
    to = options.output, options.lang
    match options.format:
        case "json":
            deliver_json(answer.to_json(), *to)
        case "mermaid":
            from konkyo.present.text.mermaid import mermaid

            deliver(mermaid(answer, options.lang), *to)
        case "csv":
            from konkyo.present.text.claim_table import claims_csv

            deliver_csv(claims_csv(answer, options.lang), *to)
        case "prose":
            from konkyo.present.prose import paragraph

            deliver(paragraph(answer, options.lang), *to)
        case "html":
            from konkyo.present.view import render_html
            from konkyo.questions.trace import nodes_of

            focus = answer.thing if isinstance(answer, Trace) else answer.start
            page = render_html(
                graph.network(
                    focus.iri, nodes=nodes_of(graph.store, answer), year=options.year, since=options.since
                ),
                lang=options.lang,
            )
            deliver(page, *to)
        case _:
            from konkyo.present.text.brief import brief_tree
            from konkyo.present.text.terminal import print_tree
            from konkyo.present.text.traces import tree

            # A screen has room for the answer; a pipe or a file takes all of it.
            short = isinstance(answer, Trace) and options.output is None and sys.stdout.isatty()
            if (
                isinstance(answer, Trace)
                and short
                and not options.evidence
                and answer.thing.kind != "Citation"
            ):
                made = brief_tree(answer, options.lang)
            else:
                made = tree(answer, options.lang)
            deliver_drawn(partial(print_tree, made), *to)
    if options.cite:
        filters = ("level", "ministry", "edition", "year", "since", "share", "limit", "length")
        asked = {name: value for name in filters if (value := getattr(options, name)) not in (None, False)}
        things = [answer.thing.iri] if isinstance(answer, Trace) else [answer.start.iri, answer.end.iri]
        apart = options.format != "tree" or options.output is not None
        print_citation(
            graph.store, "trace", {"things": things, **asked}, answer.to_json(), options.lang, apart=apart
        )
    return 0
