"""``konkyo info``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from konkyo.cli.options import Say
from konkyo.cli.progress import waiting
from konkyo.common.words import Words, counted

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph
    from konkyo.present.text.query_results import Table


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the option."""
    parser.add_argument(
        "--all",
        action="store_true",
        help=say(
            "画面にも、名前付きグラフと、そのほかの種類ごとの数を出す",
            "show the named graphs and the counts of all other classes at a terminal too",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Print the sources, how many things there are, and what is not there."""
    from concurrent.futures import ThreadPoolExecutor

    from konkyo.api import open_graph

    lang = options.lang
    graph = open_graph(options.store, lang=lang)
    with waiting(lang):
        # Side by side: the store answers in native code, which holds up no other thread.
        with ThreadPoolExecutor(1) as pool:
            others = pool.submit(_others, graph)
            # First what people ask for; the graphs are many, and are for those who look for one.
            tables = [_held(graph.query("summary"), lang), graph.query("sources"), others.result()]
        missing = _missing(graph.store.graphs())
        first = _first(graph)
    for words in first:
        print(words.of(lang))
    shown = tables if options.all or not sys.stdout.isatty() else tables[:1]
    for table in shown:
        table.print(sys.stdout, lang)
    if len(shown) < len(tables):
        rest = [len(table) for table in tables[1:]]
        words = Words(
            f"名前付きグラフ{rest[0]}とその標題、そのほかの種類{rest[1]}の数: --all",
            f"{counted(rest[0], 'named graph')} with titles, counts of {rest[1]} other classes: --all",
        )
        print(words.of(lang))
    for words in missing:
        print(words.of(lang))
    return 0


def _first(graph: KnowledgeGraph) -> list[Words]:
    """Return what people ask first: which years there are, and how many ministries."""
    from konkyo.graph.counts import ministries
    from konkyo.graph.years import year_scope

    told = year_scope(graph.store, None).told
    kinds = (
        (Words("レビュー", "reviews of"), told.reviews),
        (Words("評価書", "evaluation sheets of"), told.sheets),
    )
    parts = [
        Words(f"{words.ja} {listed}", f"{words.en} {listed}")
        for words, years in kinds
        if (listed := ", ".join(map(str, sorted(years))))
    ]
    made = []
    if parts:
        ja, en = (Words("、", "; ").of(lang).join(part.of(lang) for part in parts) for lang in ("ja", "en"))
        made.append(Words(f"年度: {ja}", f"Years: {en}"))
    if count := ministries(graph.store):
        words = Words(
            f"府省庁: {count}（予算事業・政策のあるもの）",
            f"Ministries: {count} (with budget projects or policies)",
        )
        made.append(words)
    return made


def _held(summary: Table, lang: str) -> Table:
    """Return what there is any of, in one language."""
    from konkyo.graph.counts import NONE

    name = summary.variables.index("item" if lang == "ja" else "english")
    number = summary.variables.index("count")
    rows = [[row[name], row[number]] for row in summary.rows if row[number] != NONE]
    variables = [summary.variables[name], summary.variables[number]]
    return replace(summary, variables=variables, rows=rows)


def _others(graph: KnowledgeGraph) -> Table:
    """Return how many things there are of the classes that the summary does not count."""
    from konkyo.graph.counts import of_classes

    made = graph.query(of_classes(graph.store))
    made.title = Words("そのほかの種類ごとの数", "Things of each other class")
    made.headings = {"class": Words("種類", "class"), "count": Words("数", "count")}
    return made


def _missing(graphs: list[str]) -> list[Words]:
    """Return what a user may expect and does not find."""
    from konkyo.model.graphs import JUDGIT, year_and_kind

    found: dict[int, set[str]] = {}
    for name in graphs:
        if of_review := year_and_kind(name):
            found.setdefault(of_review[0], set()).add(of_review[1])
    if not found:
        return [
            Words(
                "行政事業レビュー（RSシステム）のファイルはまだありません。`konkyo build フォルダー` で読み込めます。",
                "There are no files of the RS system yet; `konkyo build FOLDER` reads them.",
            )
        ]
    from konkyo.sources.rs import IMPORTERS

    missing = []
    for year, kinds in sorted(found.items()):
        absent = [kind for kind in IMPORTERS if kind not in kinds]
        if absent and kinds - {JUDGIT}:
            listed = ", ".join(absent)
            missing.append(
                Words(
                    f"{year}年のRSファイルのうち、まだないもの: {listed}",
                    f"Files of the RS system of {year} that are not there: {listed}",
                )
            )
    return missing
