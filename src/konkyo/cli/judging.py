"""``konkyo resolve --review`` and ``--back``: asking people about the pairs that are not sure, and taking answers back."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

if TYPE_CHECKING:
    from konkyo.citations.judgements import Verdict
    from konkyo.citations.resolve import Resolver
    from konkyo.citations.review import Pair

_ANSWERS: dict[str, Verdict] = {"s": "same", "d": "different", "u": "unsure"}


def reviewed(options: argparse.Namespace) -> Iterator[str]:
    """Yield the citations of the official file that is reviewed, if there is one; it is read only if they are asked for."""
    from konkyo.citations.title_index import citations_of

    if options.string and not (options.measures or options.projects):
        yield from citations_of(Path(options.string))


def _pairs(resolver: Resolver, options: argparse.Namespace) -> list[Pair]:
    from konkyo.citations import review
    from konkyo.citations.title_index import SEEN, citations_of, read_observations
    from konkyo.common.paths import graphs_dir

    if options.measures or options.projects:
        from konkyo.cli.alike import measure_pairs, project_pairs

        return (measure_pairs if options.measures else project_pairs)(options)
    if options.string is not None:
        citations = citations_of(Path(options.string))
        found = review.pairs_of_strings(resolver.resolve(citations), citations)
    else:
        found = review.pairs_of_observations(
            read_observations((options.registry or graphs_dir()) / SEEN), resolver
        )
    names = {}
    for strategy in resolver.index.strategies.values():
        names[strategy.iri] = strategy.ja
        for edition in strategy.editions:
            names[edition.iri] = f"{strategy.ja}（{'、'.join((*edition.labels, edition.date.iso))}）"
    return review.pairs(found, names)


def review(resolver: Resolver, options: argparse.Namespace, file: Path) -> int:
    """Show the pairs that wait for a person one by one, and write the answers to the file of judgements."""
    from konkyo.citations.judgements import Judgement, append, read_judgements
    from konkyo.present.text.grid import Grid
    from konkyo.present.text.terminal import safe

    lang = options.lang
    # What was judged is not asked again, even where the judgement cannot be used.
    judgements = read_judgements(file)
    waiting = [pair for pair in _pairs(resolver, options) if judgements.of(pair.left, pair.right) is None]
    print(Words(f"不確かな組: {len(waiting)}", f"Pairs that are not sure: {len(waiting)}").of(lang))
    ask = Words(
        "同じ s / 別 d / 分からない u / 飛ばす Enter / 終わる q: ",
        "same s / different d / unsure u / skip Enter / quit q: ",
    )
    for number, pair in enumerate(waiting, start=1):
        print(f"\n[{number}/{len(waiting)}] {pair.score:.2f}")
        print(f"  A {safe(pair.left_text)}  <{pair.left}>")
        print(f"  B {safe(pair.right_text)}  <{pair.right}>")
        if pair.sides:
            grid = Grid(["", "A", "B"])
            for name, left, right in pair.sides:
                grid.add(name.of(lang), safe(left), safe(right))
            grid.print(sys.stdout)
        number_of = Words(f"（{pair.citations}件）", f"({pair.citations})").of(lang) if pair.citations else ""
        print(f"  {safe(pair.reason.of(lang))} {number_of}".rstrip())
        if options.list:
            continue
        try:
            answer = input(ask.of(lang)).strip().lower()
            if answer == "q":
                break
            if answer not in _ANSWERS:
                continue
            why = input(Words("理由: ", "Why: ").of(lang)).strip()
        except EOFError:
            break
        row = Judgement(
            pair.left,
            pair.right,
            _ANSWERS[answer],
            options.who or getpass.getuser(),
            date.today().isoformat(),
            why,
            pair.left_text,
            pair.right_text,
        )
        append(file, row)
        print(Words(f"{file} に記しました。", f"Written to {file}.").of(lang))
    return 0


def take_back(options: argparse.Namespace, file: Path) -> int:
    """Take the user's own judgement on a pair back. Raises KonkyoError where there is none."""
    from konkyo.citations.judgements import Judgement, append, read_judgements

    left, right = options.back
    who = options.who or getpass.getuser()
    mine = [
        row
        for row in read_judgements(file).rows
        if row.pair == tuple(sorted((left, right))) and row.who == who
    ]
    if not mine or mine[-1].verdict == "back":
        raise KonkyoError(
            Words(f"{who} のこの組の判断はありません。", f"{who} has judged no such pair."), source=str(file)
        )
    append(file, Judgement(left, right, "back", who, date.today().isoformat()))
    print(Words("判断を取り消しました。", "The judgement is taken back.").of(options.lang))
    return 0
