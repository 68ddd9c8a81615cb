"""``konkyo search``."""

from __future__ import annotations

import argparse
import sys

from konkyo.cli.options import (
    Say,
    format_option,
    limit_option,
    named,
    number,
    output_option,
    since_option,
    year_option,
)
from konkyo.cli.progress import waiting
from konkyo.cli.writing import deliver_csv, deliver_drawn, deliver_json

_TIMES = 5
"""So many times as many results are read as are shown where editions are folded."""


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    from konkyo.graph.search.kinds import GROUPS, NAMES, group_named

    parser.add_argument(
        "text",
        nargs="+",
        type=named,
        metavar="TEXT",
        help=say(
            "名称、番号、引用の表記、説明文の一部（複数の語はすべてを含むもの）",
            "part of a name, number, citation or description (of several words, what has all of them)",
        ),
    )
    parser.add_argument(
        "--kind",
        action="append",
        type=group_named,
        choices=NAMES,
        default=[],
        metavar="KIND",
        help=say(
            f"この種類だけ（{'、'.join(f'{group.words.ja} {group.name}' for group in GROUPS)}）",
            f"only this kind ({', '.join(NAMES)})",
        ),
    )
    year_option(
        parser,
        say,
        "この年度の資料に載るものだけを、その記載で探す（2024、令和6年度など。既定はそれぞれの一番新しい年度）",
        "only what documents of this year show, by what they say (2024, R6 …; default: each as the latest show it)",
    )
    since_option(parser, say)
    format_option(parser, say, ("table", "csv", "json"), "table")
    output_option(parser, say)
    parser.add_argument(
        "--ids",
        action="store_true",
        help=say("画面の表にも識別子を出す", "show the keys in the table of a terminal too"),
    )
    limit_option(
        parser,
        say,
        "件数（既定は20、0は全て）",
        "how many (default: 20; 0: all)",
        default=20,
    )
    parser.add_argument(
        "--offset", type=number(0), default=0, metavar="N", help=say("最初のN件を飛ばす", "skip the first N")
    )


def run(options: argparse.Namespace) -> int:
    """Search and print what was found."""
    from konkyo.api import open_graph
    from konkyo.present.text.search_results import HEADINGS, KEY, folded, kinds_told, row, summary

    graph = open_graph(options.store, lang=options.lang)
    # A reader at a terminal sees each plan once, with how many editions of it were found.
    folds = options.format == "table" and options.output is None and sys.stdout.isatty() and options.limit
    with waiting(options.lang):
        found = graph.search(
            " ".join(options.text),
            kinds=options.kind,
            limit=options.limit * (_TIMES if folds else 1),
            offset=options.offset,
            year=options.year,
            since=options.since,
        ).answer
    to = options.output, options.lang
    if options.format == "json":
        deliver_json(found.to_json(), *to)
        return 0
    heads = [heading.of(options.lang) for heading in HEADINGS]
    if folds:
        found, others = folded(found, options.limit)
    else:
        others = {}
    rows = [row(hit, found.of, options.lang, others.get(hit.iri, 0)) for hit in found.hits]
    if options.format == "csv":
        from konkyo.present.text.csv import written

        deliver_csv(written([heads, *rows]), *to)
        return 0
    from konkyo.present.text.grid import Grid

    grid = Grid(heads, whole=(0, 1), left_out=() if options.ids else (KEY,))
    for cells in rows:
        grid.add(*cells)
    if rows or options.output or not sys.stdout.isatty():
        deliver_drawn(grid.print, *to)
    lists = sys.stdout.isatty() and len(found.groups) > 1 and len(found.hits) < found.total
    told = [summary(found, sum(others.values()), kinds=not lists), *(kinds_told(found) if lists else ())]
    for words in told:
        print(words.of(options.lang), file=sys.stderr)
    return 0
