"""``konkyo gaps``."""

from __future__ import annotations

import argparse

from konkyo.cli.citing import cite_option, print_citation
from konkyo.cli.options import (
    Say,
    format_option,
    limit_option,
    ministry_option,
    output_option,
    since_option,
    year_option,
)
from konkyo.cli.progress import waiting
from konkyo.cli.writing import deliver, deliver_csv, deliver_drawn, deliver_json


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    ministry_option(parser, say)
    year_option(
        parser,
        say,
        "資料の年度（2024、令和6年度など。既定は一番新しい年度）",
        "year of the documents (2024, R6 …; default: the latest)",
    )
    since_option(parser, say)
    parser.add_argument(
        "--kind",
        nargs="+",
        metavar="KIND",
        default=[],
        help=say(
            "この種類を一覧にする（all で全て。種類は、付けずに実行すると出る）",
            "list these kinds (all: every kind); without it the kinds are counted and named",
        ),
    )
    parser.add_argument(
        "--evidence",
        action="store_true",
        help=say(
            "端末の一覧にも、箇所を見せる（パイプとファイルには常に）",
            "show places in lists at a terminal too (pipes and files always have them)",
        ),
    )
    format_option(parser, say, ("table", "csv", "json", "turtle"), "table")
    limit_option(
        parser,
        say,
        "種類ごとの行数の上限（表の既定は20、0で全て）",
        "how many rows of each kind at the most (default for tables: 20; 0: all)",
    )
    output_option(parser, say)
    cite_option(parser, say)


def run(options: argparse.Namespace) -> int:
    """Print what is missing: counts by kind and ministry, or with --kind the gaps themselves."""
    from konkyo.api import open_graph
    from konkyo.present.text import gaps as made
    from konkyo.questions.gaps import NAMES

    limit, to = options.limit, (options.output, options.lang)
    graph = open_graph(options.store, lang=options.lang)
    kinds = list(NAMES) if "all" in options.kind else options.kind
    with waiting(options.lang):
        answer = graph.gaps(
            ministry=options.ministry, year=options.year, since=options.since, kinds=kinds
        ).answer
        if kinds or options.format != "table" or options.cite:
            answer.read()
    match options.format:
        case "csv":
            deliver_csv(made.to_csv(answer, options.lang, limit or 0), *to)
        case "json":
            data = answer.to_json()
            for kind in data["kinds"]:
                kind["gaps"] = kind["gaps"][: limit or None]
            deliver_json(data, *to)
        case "turtle":
            deliver(made.to_turtle(answer, limit or 0), *to)
        case _ if options.kind:
            most = 20 if limit is None else limit
            deliver_drawn(
                lambda stream: made.print_lists(
                    answer, stream, options.lang, most, evidence=options.evidence
                ),
                *to,
            )
        case _:
            deliver_drawn(lambda stream: made.print_summary(answer, stream, options.lang), *to)
    if options.cite:
        asked = {
            "ministry": answer.ministry,
            "year": answer.year,
            "kinds": [found.kind.name for found in answer.found],
            **({"since": options.since} if options.since else {}),
        }
        apart = options.format != "table" or options.output is not None
        print_citation(graph.store, "gaps", asked, answer.to_json(), options.lang, apart=apart)
    return 0
