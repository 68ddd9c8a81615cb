"""``konkyo resolve --measures`` and ``--laws``: what of a store may be the same, listed and not merged."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from konkyo.cli.writing import write
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.citations.judgements import Judgements
    from konkyo.citations.review import Pair
    from konkyo.citations.similarity import RenamedMeasure

_VERDICTS = {
    "same": Words("同じ", "same"),
    "different": Words("別", "different"),
    "unsure": Words("不明", "unsure"),
}


def measure_pairs(options: argparse.Namespace) -> list[Pair]:
    """Return the renamed measures of the store as pairs for people."""
    from konkyo.citations.review import Pair

    return [
        Pair(
            one.earlier.iri,
            one.later.iri,
            f"{one.ministry}: {one.earlier.name}（{one.earlier.year}）",
            f"{one.ministry}: {one.later.name}（{one.later.year}）",
            one.score,
            one.reason,
            one.earlier.projects + one.later.projects,
        )
        for one in _renamed(options)
    ]


def list_measures(options: argparse.Namespace, judgements: Judgements) -> int:
    """Print the measures that may have been renamed; those that people judged to be two are left out."""
    lang = options.lang
    heads = [
        Words("近さ", "likeness"),
        Words("府省庁", "ministry"),
        Words("前の名称", "earlier name"),
        Words("年度", "year"),
        Words("事業", "projects"),
        Words("後の名称", "later name"),
        Words("年度", "year"),
        Words("事業", "projects"),
        Words("判断", "judgement"),
        Words("理由", "reason"),
    ]
    rows = []
    for one in _renamed(options):
        row = judgements.of(one.earlier.iri, one.later.iri)
        if row is not None and row.verdict == "different":
            continue
        judged = f"{_VERDICTS[row.verdict].of(lang)} ({row.who})" if row else ""
        first, second = one.earlier, one.later
        rows.append(
            [
                f"{one.score:.2f}",
                one.ministry,
                *(first.name, str(first.year), str(first.projects)),
                *(second.name, str(second.year), str(second.projects)),
                judged,
                one.reason.of(lang),
            ]
        )
    return _print(
        options,
        heads,
        rows,
        Words(f"改称かもしれない施策の組: {len(rows)}", f"Measures that may have been renamed: {len(rows)}"),
    )


def list_laws(options: argparse.Namespace, judgements: Judgements) -> int:
    """Print the laws without an id whose name a law with an id bears: what is claimed, and what is not sure."""
    from konkyo.api import open_graph
    from konkyo.citations.laws import laws_of, match_laws

    lang = options.lang
    heads = [
        Words("記載", "as written"),
        Words("条項", "articles"),
        Words("法令ID", "law id"),
        Words("判断", "decision"),
        Words("理由", "reason"),
    ]
    found = match_laws(laws_of(open_graph(options.store, lang=lang).store), judgements)
    rows = [
        [
            one.name,
            one.place or "",
            one.law_id or " ".join(one.possible),
            (Words("同じ", "same") if one.law_id else Words("不確か", "unsure")).of(lang),
            one.reason.of(lang),
        ]
        for one in sorted(found, key=lambda one: (one.law_id is not None, one.name))
    ]
    sure = sum(one.law_id is not None for one in found)
    return _print(
        options,
        heads,
        rows,
        Words(
            f"法令IDのない法令: 同じ名の法令に結び付けたもの{sure}、不確かなもの{len(rows) - sure}",
            f"Laws without an id: {sure} taken for the law of the same name, {len(rows) - sure} not sure",
        ),
    )


def _renamed(options: argparse.Namespace) -> list[RenamedMeasure]:
    from konkyo.api import open_graph
    from konkyo.citations.similarity import measures_of, renamed_measures

    return renamed_measures(measures_of(open_graph(options.store, lang=options.lang).store))


def _print(options: argparse.Namespace, heads: list[Words], rows: list[list[str]], title: Words) -> int:
    lang = options.lang
    names = [head.of(lang) for head in heads]
    if options.format == "csv":
        from konkyo.present.text.csv import written

        write(None, written([names, *rows]))
        return 0
    from konkyo.present.text.grid import Grid

    print(title.of(lang))
    if rows:
        grid = Grid(names)
        for row in rows:
            grid.add(*row)
        grid.print(sys.stdout)
    return 0
