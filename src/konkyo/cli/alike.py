"""``konkyo resolve --measures``, ``--projects`` and ``--laws``: what of a store may be the same, listed and not merged."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from konkyo.cli.writing import write
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.build.lineage.open_pairs import OpenPair
    from konkyo.build.lineage.shown import Shown, Told
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
        judged = _judged(judgements, one.earlier.iri, one.later.iri, lang)
        if judged is None:
            continue
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


def project_pairs(options: argparse.Namespace) -> list[Pair]:
    """Return the projects of the store that may go on from one of the review before as pairs for people."""
    from konkyo.citations.review import Pair

    return [
        Pair(
            one.earlier.iri,
            one.later.iri,
            _shown(one.earlier),
            _shown(one.later),
            one.score,
            one.reason,
            0,
            tuple(_side_by_side(one)),
        )
        for one in _open_pairs(options)
    ]


def _open_pairs(options: argparse.Namespace) -> list[OpenPair]:
    from konkyo.api import open_graph
    from konkyo.build.lineage.open_pairs import open_pairs

    return open_pairs(open_graph(options.store, lang=options.lang).store)


def _shown(one: Shown) -> str:
    return f"{one.year} {one.number} {' '.join(one.name.split())}"


def _side_by_side(one: OpenPair) -> Iterator[tuple[Words, str, str]]:
    """Yield what two sheets tell: first year, initial budgets by fiscal year in 百万円, the beginning of the summary."""
    sides: tuple[Told, Told] = (one.told_earlier, one.told_later)
    left, right = (side.start.rpartition("/")[2] or "-" for side in sides)
    yield Words("開始年度", "first year"), left, right
    years = sorted({year for side in sides for stage, year in side.amounts if stage == "initial"})
    for year in years:
        left, right = (_millions(side.amounts.get(("initial", year))) for side in sides)
        yield Words(f"{year}年度 当初予算（百万円）", f"initial budget {year} (百万円)"), left, right
    left, right = (" ".join(side.summary.split())[:_SUMMARY] or "-" for side in sides)
    yield Words("概要", "summary"), left, right


_SUMMARY = 120


def _millions(yen: int | None) -> str:
    return "-" if yen is None else f"{yen / 1_000_000:,.3f}".rstrip("0").rstrip(".")


def list_projects(options: argparse.Namespace, judgements: Judgements) -> int:
    """Print the projects that may go on from one of the review before; those that people judged to be two are left out."""
    lang = options.lang
    heads = [
        Words("近さ", "likeness"),
        Words("前の事業", "earlier project"),
        Words("後の事業", "later project"),
        Words("判断", "judgement"),
        Words("理由", "reason"),
        Words("前のIRI", "earlier IRI"),
        Words("後のIRI", "later IRI"),
    ]
    rows = []
    for one in _open_pairs(options):
        judged = _judged(judgements, one.earlier.iri, one.later.iri, lang)
        if judged is None:
            continue
        both = (one.earlier, one.later)
        rows.append(
            [
                f"{one.score:.2f}",
                *map(_shown, both),
                judged,
                one.reason.of(lang),
                *(side.iri for side in both),
            ]
        )
    return _print(
        options,
        heads,
        rows,
        Words(f"続くかもしれない事業の組: {len(rows)}", f"Projects that may go on: {len(rows)}"),
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


def _judged(judgements: Judgements, earlier: str, later: str, lang: str) -> str | None:
    """Return what people judged of two things, empty where nobody has; None where they are not one."""
    row = judgements.of(earlier, later)
    if row is None:
        return ""
    return None if row.verdict == "different" else f"{_VERDICTS[row.verdict].of(lang)} ({row.who})"


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
