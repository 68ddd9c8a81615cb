"""``konkyo report``."""

from __future__ import annotations

import argparse
from pathlib import Path

from konkyo.cli.options import (
    Say,
    format_option,
    ministry_option,
    named,
    open_option,
    output_option,
    since_option,
    year_option,
)
from konkyo.cli.progress import waiting
from konkyo.cli.writing import deliver, deliver_csv, open_page
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "thing",
        nargs="?",
        type=named,
        metavar="THING",
        help=say(
            "戦略、版、施策、予算事業、測定指標など（省くと政府全体）",
            "a strategy, edition, measure, project, indicator … (default: the whole government)",
        ),
    )
    ministry_option(parser, say)
    year_option(parser, say)
    since_option(parser, say)
    format_option(
        parser,
        say,
        ("html", "csv", "text"),
        ja="出力の形式（既定は書き先の拡張子。なければ html）",
        en="format of the output (default: by the file's ending, else html)",
    )
    output_option(
        parser,
        say,
        "書き先（html の既定は konkyo-report.html、他は標準出力）",
        "where to write (default: konkyo-report.html for html, standard output for others)",
        by_kind=True,
    )
    open_option(parser, say)


_ENDINGS = {".csv": "csv", ".txt": "text", ".html": "html", ".htm": "html"}


def run(options: argparse.Namespace) -> int:
    """Write a report of a thing, a ministry or the government as a page, as CSV or as text."""
    from konkyo.api import open_graph
    from konkyo.graph.asked_years import period
    from konkyo.present.report import make, prepare, render_html, report_csv, report_text

    if options.thing is not None and options.ministry is not None:
        raise KonkyoError(
            Words("名称と --ministry は一緒に使えません。", "A thing and --ministry cannot be used together.")
        )
    store = open_graph(options.store, lang=options.lang).store
    output: Path | None = options.output
    form = options.format or (_ENDINGS.get(output.suffix.lower()) if output else None) or "html"
    if options.open and form != "html":
        raise KonkyoError(Words("--open で開けるのは html だけです。", "--open is for html alone."))
    if form == "html":
        prepare()
    with waiting(options.lang):
        made = make(
            store, options.thing, of_ministry=options.ministry, year=period(options.year, options.since)
        )
    match form:
        case "csv":
            deliver_csv(report_csv(made, options.lang), output, options.lang)
        case "text":
            deliver(report_text(made, options.lang), output, options.lang)
        case _:
            output = output or Path("konkyo-report.html")
            deliver(render_html(made, options.lang), output, options.lang)
            if options.open:
                open_page(output, options.lang)
    return 0
