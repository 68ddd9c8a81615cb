"""``konkyo gaps``."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from konkyo.cli.citing import cite_option, print_citation
from konkyo.cli.parser import Say, write
from konkyo.errors import KonkyoError
from konkyo.words import Words


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "--ministry",
        metavar="NAME",
        help=say("府省庁（名称の一部でもよい）", "a ministry (or part of its name)"),
    )
    parser.add_argument(
        "--year",
        metavar="Y",
        help=say(
            "資料の年度（2024、令和6年度など。既定は一番新しい年度）",
            "year of the documents (2024, R6 …; default: the latest)",
        ),
    )
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
        "--format",
        choices=("table", "csv", "json", "turtle"),
        default="table",
        help=say("出力の形式", "format of the output"),
    )
    parser.add_argument(
        "--limit",
        type=int,
        metavar="N",
        help=say(
            "種類ごとの行数の上限（表の既定は20、0で全て）",
            "how many rows of each kind at the most (default for tables: 20; 0: all)",
        ),
    )
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="FILE",
        help=say("書き先（既定は標準出力）", "where to write (default: standard output)"),
    )
    cite_option(parser, say)


def run(options: argparse.Namespace) -> int:
    """Print what is missing: counts by kind and ministry, or with --kind the gaps themselves."""
    import json

    from konkyo.api import open_graph
    from konkyo.gaps import NAMES
    from konkyo.output import gaps as made

    limit = options.limit
    if limit is not None and limit < 0:
        raise KonkyoError(Words("--limit は0以上の数です。", "--limit is a number from 0 on."))
    graph = open_graph(options.store, lang=options.lang)
    kinds = list(NAMES) if "all" in options.kind else options.kind
    answer = graph.gaps(ministry=options.ministry, year=options.year, kinds=kinds)
    match options.format:
        case "csv":
            text: str | bytes = made.to_csv(answer, options.lang, limit or 0)
        case "json":
            data = answer.to_json()
            for kind in data["kinds"]:
                kind["gaps"] = kind["gaps"][: limit or None]
            text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        case "turtle":
            text = made.to_turtle(answer, limit or 0)
        case _:
            stream = io.StringIO() if options.output else sys.stdout
            if options.kind:
                made.print_lists(answer, stream, options.lang, 20 if limit is None else limit)
            else:
                made.print_summary(answer, stream, options.lang)
            text = stream.getvalue() if isinstance(stream, io.StringIO) else ""
    if text or options.output:
        write(options.output, text)
    if options.output:
        done = Words(f"{options.output} に書きました。", f"Written to {options.output}.")
        print(done.of(options.lang), file=sys.stderr)
    if options.cite:
        asked = {
            "ministry": answer.ministry,
            "year": answer.year,
            "kinds": [found.kind.name for found in answer.found],
        }
        apart = options.format != "table" or options.output is not None
        print_citation(graph.store, "gaps", asked, answer.to_json(), options.lang, apart=apart)
    return 0
