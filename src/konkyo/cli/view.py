"""``konkyo view``."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from konkyo.cli.options import (
    Say,
    limit_option,
    ministry_option,
    named,
    open_option,
    output_option,
    since_option,
    year_option,
)
from konkyo.cli.progress import waiting
from konkyo.cli.writing import open_page, write
from konkyo.common.text import one_line
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "thing",
        nargs="?",
        type=named,
        metavar="THING",
        help=say(
            "中心に置くもの（省くと全体。大きなグラフでは、戦略と府省庁の間の帯の図）",
            "what to look at (default: everything; of a big graph, bands between strategies and ministries)",
        ),
    )
    parser.add_argument(
        "--depth",
        type=int,
        metavar="N",
        help=say("たどる段数（既定は端まで）", "how many steps to follow (default: all)"),
    )
    parser.add_argument(
        "--between",
        nargs=2,
        metavar=("A", "B"),
        help=say("二つのものを結ぶ道筋だけ", "only the chains between two things"),
    )
    ministry_option(
        parser,
        say,
        "一つの府省庁の政策・施策・事業とその根拠",
        "one ministry's policies, measures and projects, and what they rest on",
    )
    year_option(parser, say)
    since_option(parser, say)
    parser.add_argument(
        "--query",
        metavar="FILE",
        help=say(
            "CONSTRUCTの問合せ（ファイル、文、又は名前）の答え",
            "the answer of a CONSTRUCT query (file, text or name)",
        ),
    )
    limit_option(
        parser,
        say,
        "多くてもN点まで（既定は300、0は無制限）。超える分は関わりの深い順に選ぶ",
        "at most N nodes (default 300, 0: no limit), the most relevant ones",
    )
    output_option(parser, say, "書き先", "where to write", default="konkyo-view.html")
    open_option(parser, say)


def run(options: argparse.Namespace) -> int:
    """Write one HTML file: the overview of a big graph, or a network of a thing, a path, a ministry, a query's answer, or all."""
    from konkyo.api import open_graph
    from konkyo.questions.overview import is_fog

    graph = open_graph(options.store, lang=options.lang)
    chosen = (options.thing, options.depth, options.between, options.ministry, options.query, options.limit)
    whole = all(option is None for option in chosen) and is_fog(graph.store)
    _overview(graph, options) if whole else _network(graph, options)
    if options.open:
        open_page(options.output, options.lang)
    return 0


def _overview(graph: KnowledgeGraph, options: argparse.Namespace) -> None:
    from konkyo.present.overview import lead

    with _nothing_thrown_away(), waiting(options.lang):
        page = graph.overview(options.year, since=options.since)
        write(options.output, page.html())
    told = page.overview.years[-1]
    says = lead(page.overview, told)
    print(
        Words(
            f"{options.output} に全体像を書きました（{told.of.ja}）。ブラウザーで開いてください。\n{says.ja}\n"
            "一つのもののネットワークは、その名前を付けると書けます。",
            f"The overview ({told.of.en}) is in {options.output}. Open it in a browser.\n{says.en}\n"
            "Name a thing for the network around it.",
        ).of(options.lang)
    )


def _network(graph: KnowledgeGraph, options: argparse.Namespace) -> None:
    from konkyo.common.advice import joined
    from konkyo.present.text.advice import worded

    with _nothing_thrown_away(), waiting(options.lang):
        view = graph.view(
            options.thing,
            depth=options.depth,
            between=tuple(options.between) if options.between else None,
            ministry=options.ministry,
            query=options.query,
            limit=options.limit,
            year=options.year,
            since=options.since,
        )
        write(options.output, view.html())
    if note := joined(view.graph.graph["notes"], worded):
        print(one_line(note.of(options.lang)), file=sys.stderr)
    print(
        Words(
            f"{options.output} に書きました（{view.graph.number_of_nodes()}点、{view.graph.number_of_edges()}本）。ブラウザーで開いてください。",
            f"Written to {options.output} ({view.graph.number_of_nodes()} nodes, {view.graph.number_of_edges()} edges). "
            "Open it in a browser.",
        ).of(options.lang)
    )


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Put off the search for unused cycles: what a picture is made of is used to its end, and there are millions of pieces."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
