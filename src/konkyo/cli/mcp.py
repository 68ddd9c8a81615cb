"""``konkyo mcp``."""

from __future__ import annotations

import argparse
import sys

from konkyo.cli.options import Say, number
from konkyo.cli.serve import checked_base, seconds, store_folder
from konkyo.common.temporary import temporary_folder
from konkyo.common.words import Words


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "--base",
        metavar="URL",
        help=say(
            "このストアのページがあるアドレス（答えにページへのリンクを付ける）",
            "address at which pages of this store stand (answers then link to them)",
        ),
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=30.0,
        metavar="S",
        help=say("一つの問いの時間の上限（秒、既定は30）", "time limit of one call in seconds (default: 30)"),
    )
    parser.add_argument(
        "--max-rows",
        type=number(1, 10**9),
        default=1000,
        metavar="N",
        help=say("SPARQLの答えの行の上限（既定は1000）", "rows of an answer of SPARQL (default: 1000)"),
    )


def run(options: argparse.Namespace) -> int:
    """Answer an assistant until it goes."""
    from konkyo.server import assistant
    from konkyo.server.http.settings import Settings

    checked_base(options.base)
    settings = Settings(
        base=options.base,
        lang=options.lang,
        workers=1,
        at_once=4,
        per_client=0,
        seconds=options.timeout,
        max_rows=options.max_rows,
        log="none",
    )
    if sys.stdin.isatty():
        words = Words(
            "アシスタントが標準入出力で使うためのものです。設定の書き方: `konkyo help mcp`。終わるには Ctrl+C。",
            "This is for an assistant, over standard input and output; `konkyo help mcp` shows its settings. Ctrl+C ends it.",
        )
        print(words.of(options.lang), file=sys.stderr)
    with temporary_folder() as temporary:
        assistant.run(store_folder(options, temporary), settings)
    return 0
