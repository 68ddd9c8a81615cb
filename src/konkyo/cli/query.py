"""``konkyo query``."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from konkyo.cli.citing import cite_option, print_citation
from konkyo.cli.limited import is_inside, limit_options, run_limited
from konkyo.cli.options import Say, excel_option, format_option, limit_option, output_option, since_option
from konkyo.cli.progress import waiting
from konkyo.cli.writing import deliver, deliver_csv, deliver_drawn
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph
    from konkyo.graph.stored_queries import StoredQuery
    from konkyo.store import Answer


_FIRST = 30
"""Rows that a terminal shows of a table: a screen of 40 lines with what stands around them."""


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    parser.add_argument(
        "query",
        nargs="?",
        metavar="QUERY",
        help=say(
            "SPARQL、ファイル、保存済みの問合せの名前、又は - (標準入力)",
            "SPARQL, a file, the name of a stored query, or - for standard input",
        ),
    )
    parser.add_argument(
        "parameters",
        nargs="*",
        metavar="NAME=VALUE",
        help=say("保存済みの問合せの引数", "parameters of a stored query"),
    )
    parser.add_argument(
        "--list", action="store_true", help=say("保存済みの問合せを並べる", "list the stored queries")
    )
    parser.add_argument(
        "--show",
        action="store_true",
        help=say("実行せずに問合せの文を見せる", "show the query's text and do not run it"),
    )
    format_option(
        parser,
        say,
        ("table", "csv", "tsv", "json", "xml", "turtle", "nt", "jsonld"),
        ja="出力の形式（既定は table、CONSTRUCTなら turtle）",
        en="format (default: table; turtle for CONSTRUCT)",
    )
    excel_option(parser, say)
    parser.add_argument(
        "--labels",
        action="store_true",
        help=say(
            "CSV・TSVに、IRIのほかに名称の列を置き、見出しを表示の言語にする",
            "in CSV and TSV put a column of names beside the IRIs, with headings in the language of the output",
        ),
    )
    limit_option(
        parser,
        say,
        f"行数（画面の表の既定は{_FIRST}、ほかは全て。0で全て）",
        f"how many rows (default: {_FIRST} in a table at a terminal, else all; 0: all)",
    )
    output_option(parser, say)
    since_option(parser, say)
    cite_option(parser, say)
    limit_options(parser, say, timed=True)


def run(options: argparse.Namespace) -> int:
    """Run a query and print its answer."""
    if options.list or not options.query:
        return _list(options.lang)
    from konkyo.api import open_graph
    from konkyo.graph.stored_queries import find, parse
    from konkyo.store import is_remote

    read = _stdin() if options.query == "-" else ""
    stored = parse("query", read) if options.query == "-" else find(options.query)
    parameters = _parameters(options.parameters)
    if options.since is not None:
        parameters["since"] = options.since
    if options.show:
        print(stored.text.rstrip())
        return 0
    elsewhere = options.store is not None and is_remote(options.store)
    if not (elsewhere or is_inside() or _is_carried(stored)):
        return run_limited(options, read)
    graph = open_graph(options.store, lang=options.lang)
    text = graph.bound(stored, parameters)
    with waiting(options.lang):
        answer = graph.store.query(text)
    rows = _print(graph, stored, answer, options)
    if rows == 0 and stored.columns:
        from konkyo.present.text.terminal import safe

        with waiting(options.lang):
            told = graph.why_empty(stored, parameters)
        for words in told:
            print(safe(words.of(options.lang)), file=sys.stderr)
    if options.cite:
        from konkyo.questions.provenance import answer_json

        # An answer is read once only, so the query is run again for its hash.
        asked = {"name": stored.name, "sparql": text}
        apart = options.format not in (None, "table")
        print_citation(
            graph.store, "query", asked, answer_json(graph.store.query(text)), options.lang, apart=apart
        )
    return 0


def _is_carried(query: StoredQuery) -> bool:
    """Return whether a query is one of the package's own, which no stranger wrote."""
    from konkyo.graph.stored_queries import names, stored

    return query.name in names() and query == stored(query.name)


def _stdin() -> str:
    from konkyo.graph.stored_queries import MAX_QUERY_BYTES

    text = sys.stdin.read(MAX_QUERY_BYTES + 1)
    if len(text) > MAX_QUERY_BYTES:
        raise KonkyoError(Words("問合せが大きすぎます。", "The query is too large."), source="-")
    return text


def _parameters(items: list[str]) -> dict[str, str]:
    made = {}
    for item in items:
        name, sign, value = item.partition("=")
        if not sign:
            raise KonkyoError(
                Words(f"「{item}」は 名前=値 の形ではありません。", f"{item!r} is not NAME=VALUE."),
                hint=Words(
                    "例: konkyo query rests-on-strategy strategy=新成長戦略",
                    "As in: konkyo query rests-on-strategy strategy=新成長戦略",
                ),
            )
        made[name] = value
    return made


def _list(lang: str) -> int:
    from konkyo.graph.stored_queries import grouped
    from konkyo.present.text.terminal import Branch, print_tree

    for label, queries in grouped():
        if sys.stdout.isatty():
            group = Branch(label.of(lang), "bold")
            for query in queries:
                line = group.add(f"{query.name}  {query.title.of(lang)}")
                for parameter in query.parameters:
                    line.add(f"{parameter.name}=  {parameter.label.of(lang)} ({parameter.told()})", "dim")
            print_tree(group, sys.stdout)
            continue
        for query in queries:
            print(f"{query.name}\t{query.title.of(lang)}")
            for parameter in query.parameters:
                print(f"  {parameter.name}=…\t{parameter.label.of(lang)} ({parameter.told()})")
    return 0


def _print(
    graph: KnowledgeGraph, stored: StoredQuery, answer: Answer, options: argparse.Namespace
) -> int | None:
    """Print an answer; return how many rows it has, where it is a table for people or an office."""
    import pyoxigraph as ox

    from konkyo.present.text.csv import BOM
    from konkyo.present.text.query_results import check_rows_format, serialize, table

    to = options.output, options.lang
    for_people = options.format in (None, "table")
    most = options.limit or None
    if options.excel or options.labels:
        if not isinstance(answer, ox.QuerySolutions) or options.format not in (
            (None, "csv") if options.excel else ("csv", "tsv")
        ):
            raise KonkyoError(
                Words("--excel はSELECTのCSVだけに使えます。", "--excel is for the CSV of a SELECT alone.")
                if options.excel
                else Words(
                    "--labels はSELECTのCSVとTSV（--format csv、tsv）だけに使えます。",
                    "--labels is for the CSV and TSV of a SELECT alone (--format csv, tsv).",
                ),
            )
        with waiting(options.lang):
            made = table(graph.store, answer, stored.columns, most=most)
        if options.excel:
            deliver(BOM + made.to_csv(options.lang), *to)
        else:
            deliver_csv(made.to_csv(options.lang, iris=True, tabs=options.format == "tsv"), *to)
        return len(made)
    if isinstance(answer, ox.QueryTriples):
        form = "turtle" if for_people else options.format
        deliver(serialize(answer if most is None else islice(answer, most), form), *to)
    elif not for_people and most is not None and isinstance(answer, ox.QuerySolutions):
        from konkyo.server.sparql.results import write_rows

        check_rows_format(options.format)
        deliver(write_rows(answer, options.format, most, sys.maxsize).body, *to)
    elif not for_people:
        deliver(serialize(answer, options.format), *to)
    elif isinstance(answer, ox.QueryBoolean):
        deliver((Words("はい", "yes") if answer else Words("いいえ", "no")).of(options.lang) + "\n", *to)
    else:
        with waiting(options.lang):
            if options.limit is None and options.output is None and sys.stdout.isatty():
                most = _FIRST
            made = table(graph.store, answer, stored.columns, most=most)
            made.of = len(made) + made.cut + sum(1 for _ in answer)
        made.title = stored.title if stored.name != "query" else None
        deliver_drawn(partial(made.print, lang=options.lang), *to)
        return len(made)
    return None
