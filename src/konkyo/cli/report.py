"""``konkyo report``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from konkyo.cli.parser import Say, write
from konkyo.errors import KonkyoError
from konkyo.words import Words


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "thing",
        nargs="?",
        metavar="THING",
        help=say(
            "戦略、版、施策、予算事業、測定指標など（省くと政府全体）",
            "a strategy, edition, measure, project, indicator … (default: the whole government)",
        ),
    )
    parser.add_argument("--ministry", metavar="NAME", help=say("一つの府省庁", "one ministry"))
    parser.add_argument(
        "--format",
        choices=("html", "csv", "text"),
        help=say(
            "出力の形式（既定は書き先の拡張子。なければ html）",
            "format of the output (default: by the file's ending, else html)",
        ),
    )
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        metavar="FILE",
        help=say(
            "書き先（html の既定は konkyo-report.html、他は標準出力）",
            "where to write (default: konkyo-report.html for html, standard output for others)",
        ),
    )


_ENDINGS = {".csv": "csv", ".txt": "text", ".html": "html", ".htm": "html"}


def run(options: argparse.Namespace) -> int:
    """Write a report of a thing, a ministry or the government as a page, as CSV or as text."""
    from konkyo.api import open_graph
    from konkyo.report import make, render_html, report_csv, report_text

    if options.thing is not None and options.ministry is not None:
        raise KonkyoError(
            Words("名称と --ministry は一緒に使えません。", "A thing and --ministry cannot be used together.")
        )
    store = open_graph(options.store, lang=options.lang).store
    made = make(store, options.thing, of_ministry=options.ministry)
    ending = _ENDINGS.get(options.output.suffix.lower()) if options.output else None
    output: Path | None = options.output
    match options.format or ending or "html":
        case "csv":
            # The sign at the start tells spreadsheets that the file is UTF-8.
            write(output, ("\ufeff" if output else "") + report_csv(made, options.lang))
        case "text":
            write(output, report_text(made, options.lang))
        case _:
            output = output or Path("konkyo-report.html")
            write(output, render_html(made, options.lang))
    if output:
        print(
            Words(f"{output} に書きました。", f"Written to {output}.").of(options.lang),
            file=sys.stderr,
        )
    return 0
