"""``konkyo search``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from konkyo.cli.options import Say, format_option, year_option
from konkyo.cli.progress import waiting
from konkyo.cli.writing import deliver_json, write
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.graph.search import Hit, Results
    from konkyo.graph.years import YearTold

MATCHES = {
    "exact": Words("一致", "exact"),
    "prefix": Words("前方一致", "beginning"),
    "part": Words("部分一致", "part"),
    "text": Words("説明文", "text"),
}


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    from konkyo.graph.search.kinds import NAMES

    parser.add_argument(
        "text",
        nargs="+",
        metavar="TEXT",
        help=say(
            "名称、番号、引用の表記、説明文の一部（複数の語はすべてを含むもの）",
            "part of a name, number, citation or description (of several words, what has all of them)",
        ),
    )
    parser.add_argument(
        "--kind",
        action="append",
        choices=NAMES,
        default=[],
        metavar="KIND",
        help=say(f"この種類だけ（{', '.join(NAMES)}）", f"only this kind ({', '.join(NAMES)})"),
    )
    year_option(
        parser,
        say,
        "この年度の資料に載るものだけを、その記載で探す（2024、令和6年度など。既定はそれぞれの一番新しい年度）",
        "only what documents of this year show, by what they say (2024, R6 …; default: each as the latest show it)",
    )
    format_option(parser, say, ("table", "csv", "json"), "table")
    parser.add_argument(
        "--ids",
        action="store_true",
        help=say("画面の表にも識別子を出す", "show the keys in the table of a terminal too"),
    )
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help=say("件数（既定は20）", "how many (default: 20)")
    )
    parser.add_argument(
        "--offset", type=int, default=0, metavar="N", help=say("最初のN件を飛ばす", "skip the first N")
    )


def run(options: argparse.Namespace) -> int:
    """Search and print what was found."""
    from konkyo.api import open_graph
    from konkyo.graph.search import search

    graph = open_graph(options.store, lang=options.lang)
    with waiting(options.lang):
        found = search(
            graph.store,
            " ".join(options.text),
            kinds=options.kind,
            limit=options.limit,
            offset=options.offset,
            year=options.year,
        )
    if options.format == "json":
        deliver_json(found.to_json(), None, options.lang)
        return 0
    heads = [heading.of(options.lang) for heading in _HEADINGS]
    rows = [_row(hit, found.of, options.lang) for hit in found.hits]
    if options.format == "csv":
        from konkyo.present.text.csv import written

        write(None, written([heads, *rows]))
        return 0
    from konkyo.present.text.grid import Grid

    grid = Grid(heads, whole=(0, 1), left_out=() if options.ids else (_KEY,))
    for row in rows:
        grid.add(*row)
    if rows or not sys.stdout.isatty():
        grid.print(sys.stdout)
    print(_summary(found).of(options.lang), file=sys.stderr)
    return 0


_HEADINGS = (
    Words("種類", "kind"),
    Words("番号", "number"),
    Words("名称", "name"),
    Words("府省庁", "ministry"),
    Words("当たり方", "match"),
    Words("箇所", "where"),
    Words("識別子", "key"),
    Words("年度", "year"),
)
_KEY = 6


def _row(hit: Hit, told: YearTold, lang: str) -> list[str]:
    from konkyo.common.text import number_of
    from konkyo.graph.search import BY_NAME
    from konkyo.model.identifiers import key_of

    where = "".join(piece.text for piece in hit.pieces)
    return [
        BY_NAME[hit.group].words.of(lang),
        number_of(hit.number or "", lang),
        hit.label.of(lang),
        hit.ministry.of(lang) if hit.ministry else "",
        MATCHES[hit.match].of(lang),
        "" if where in (hit.label.ja, hit.label.en) else where,
        key_of(hit.iri),
        # That of the documents by which it was found.
        str(told.year if told.asked and hit.years else next(iter(hit.years), "")),
    ]


def _summary(found: Results) -> Words:
    from konkyo.graph.search import BY_NAME

    ja = "、".join(f"{BY_NAME[name].words.ja}{count:,}" for name, count in found.groups.items())
    en = ", ".join(f"{BY_NAME[name].words.en} {count:,}" for name, count in found.groups.items())
    shown = len(found.hits)
    of = found.of.words() or Words("", "")
    others = ", ".join(map(str, found.of.others))
    if of.ja:
        more = (
            Words(f"。ほかに{others}年度（--year）", f"; others: {others} (--year)")
            if others
            else Words("", "")
        )
        of = Words(f"。{of.ja}による{more.ja}", f"; by {of.en}{more.en}")
    return Words(
        f"{found.total:,}件のうち{shown:,}件" + (f"（全体: {ja}）" if ja else "") + of.ja,
        f"{shown:,} of {found.total:,}" + (f" (in all: {en})" if en else "") + of.en,
    )
