"""``konkyo diff``."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

from konkyo.cli.citing import cite_option, print_citation
from konkyo.cli.parser import Say, write
from konkyo.errors import KonkyoError
from konkyo.words import Words


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    both = say(
        "年度（2023、令和5年度など）、又はストア（フォルダー、SPARQLサーバーのアドレス、その設定ファイル）",
        "a year (2023, R5 …), or a store: its folder, a SPARQL server's address, or its settings file",
    )
    parser.add_argument("before", metavar="A", help=both)
    parser.add_argument("after", metavar="B", help=both)
    parser.add_argument(
        "--ministry",
        metavar="NAME",
        help=say("府省庁（名称の一部でもよい）", "a ministry (or part of its name)"),
    )
    parser.add_argument(
        "--measure",
        metavar="NAME",
        help=say(
            "施策（名称の一部でもよい）。それ自体と、置かれた予算事業の根拠をまとめて比べる",
            "a measure (or part of its name): its own bases and those of the projects placed under it, together",
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
            "変化の数の上限（表の既定は50、0で全て）", "how many changes at the most (tables: 50; 0: all)"
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
    """Print what changed between two years, or between two stores."""
    from konkyo.api import open_graph
    from konkyo.diff import diff, is_build
    from konkyo.output import diffs as made

    limit = options.limit
    if limit is not None and limit < 0:
        raise KonkyoError(Words("--limit は0以上の数です。", "--limit is a number from 0 on."))
    # Two builds are opened by their own places: the store that a command has besides is not wanted.
    builds = is_build(options.before) and is_build(options.after)
    store = None if builds else open_graph(options.store, lang=options.lang).store
    answer = diff(store, options.before, options.after, ministry=options.ministry, measure=options.measure)
    match options.format:
        case "csv":
            text: str | bytes = made.to_csv(answer, options.lang, limit or 0)
        case "json":
            data = answer.to_json()
            data["changes"] = data["changes"][: limit or None]
            text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        case "turtle":
            text = made.to_turtle(answer, limit or 0)
        case _:
            stream = io.StringIO() if options.output else sys.stdout
            made.print_diff(answer, stream, options.lang, 50 if limit is None else limit)
            text = stream.getvalue() if isinstance(stream, io.StringIO) else ""
    if text or options.output:
        write(options.output, text)
    if options.output:
        done = Words(f"{options.output} に書きました。", f"Written to {options.output}.")
        print(done.of(options.lang), file=sys.stderr)
    if options.cite:
        asked = {
            "before": answer.before.year,
            "after": answer.after.year,
            "ministry": answer.after.ministry,
            "measure": answer.measure,
        }
        apart = options.format != "table" or options.output is not None
        result = {
            name: value
            for name, value in answer.to_json().items()
            if name not in ("before", "after", "notes")
        }
        stores = () if answer.before.store is answer.after.store else (answer.before.store,)
        print_citation(answer.after.store, "diff", asked, result, options.lang, apart=apart, also=stores)
    return 0
