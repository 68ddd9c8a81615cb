"""Which project of a review goes on from which of the review before: as sheets state it, as rules derive it, as people judge it.

A claim is made of two neighbouring reviews at a time. People's judgements come first, then what sheets state, then names, equal amounts,
summaries, other ministries, and last splits and mergers: who has found a partner is asked no more. Two projects of one name are never crossed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from konkyo.build.lineage.judged import Judged
from konkyo.build.lineage.matched import (
    Joined,
    Neighbours,
    follow_amounts,
    follow_moves,
    follow_names,
    follow_summaries,
    follow_sums,
    namesakes,
)
from konkyo.build.lineage.shown import Shown, Tellings, reviews_of
from konkyo.build.lineage.stated import follow_former_names, follow_numbers, follow_old_numbers
from konkyo.citations.judgements import read_judgements
from konkyo.common.words import Words
from konkyo.model.graphs import LINEAGE
from konkyo.model.identifiers import IRI, digest, exact_digest, key_of, thing
from konkyo.model.ntriples import n_quads
from konkyo.model.records import Agent, GraphSource, Lineage, LineageTarget, Record
from konkyo.model.rules import (
    SAME_PROJECT_AMOUNTS,
    SAME_PROJECT_MOVED,
    SAME_PROJECT_NAME,
    SAME_PROJECT_SUMMARY,
    SPLIT_OR_MERGED,
)

if TYPE_CHECKING:
    from pathlib import Path

    from konkyo.store import EmbeddedStore, Store

_KINDS = {
    "": Words("シートの記す番号・旧称で", "by the number or former name that a sheet states"),
    SAME_PROJECT_NAME.iri: Words("名称で", "by name"),
    SAME_PROJECT_AMOUNTS.iri: Words("額の一致で", "by equal amounts"),
    SAME_PROJECT_SUMMARY.iri: Words("概要で", "by summary"),
    SAME_PROJECT_MOVED.iri: Words("他の府省庁の同じ名称で", "by name in another ministry"),
    SPLIT_OR_MERGED.iri: Words("分割・統合として額の和で", "as splits and mergers by sums of amounts"),
}


@dataclass(slots=True)
class Lines:
    """What was joined: ``numbered`` are links that sheets state, with the project that is meant; ``joined`` all others."""

    numbered: list[tuple[str, str]] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    unclear: Counter[str] = field(default_factory=Counter)

    def counts(self) -> Counter[str]:
        """Return the number of links by rule; "" for stated ones, "judged" for those of people."""
        counts = Counter("judged" if made.who else made.rule or "" for made in self.joined)
        counts[""] += len(self.numbered)
        return +counts

    def note(self) -> Words | None:
        """Return how many projects go on, and what was left open; None where there is nothing to join."""
        left, counts = self.unclear, self.counts()
        if not (counts or left):
            return None
        told = [(words, counts[kind]) for kind, words in _KINDS.items() if counts[kind] or not kind]
        if counts["judged"]:
            told.append((Words("人の判断で", "by people's judgements"), counts["judged"]))
        ja = "、".join(f"{words.ja}{number:,}件" for words, number in told)
        en = ", ".join(f"{number:,} {words.en}" for words, number in told)
        ja = f"前の年度のレビューから続く事業として、{ja}を結びました。"
        en = f"Projects go on from one of an earlier review: {en}."
        if left.total():
            ja += (
                f"結ばなかったもの: 番号の年度のシートがない{left['elsewhere']:,}件、番号の先の名称も額も違う{left['other']:,}件、"
                f"同じ府省庁に同じ名称が複数ある{left['namesakes']:,}件、人が別とした{left['judged']:,}件。"
            )
            en += (
                f" Left open: {left['elsewhere']:,} numbers of sheets that are not here, {left['other']:,} that lead to another name and other "
                f"amounts, {left['namesakes']:,} names that several projects of a ministry have, {left['judged']:,} that people judged to be two."
            )
        return Words(ja, en)


def trace_projects(store: EmbeddedStore, notes: list[Words], judgements: Path) -> int:
    """Say in a graph of its own which projects go on from which; return the number of facts. What is left open is told in ``notes``."""
    if LINEAGE in store.graphs():
        store.drop(LINEAGE)
    lines = join(store, Judged(read_judgements(judgements)))
    note = lines.note()
    if note is None:
        return 0
    notes.append(note)
    return store.load(LINEAGE, n_quads(records(lines), LINEAGE))


def join(store: Store, judged: Judged | None = None) -> Lines:
    """Read the projects of all reviews, and join those that go on; nothing where there are no sheets of single reviews."""
    lines, judged = Lines(), judged or Judged()
    reviews = reviews_of(store)
    if not reviews:
        return lines

    told = Tellings(store)
    by_people = judged.links(reviews)
    stated: list[tuple[Shown, Shown]] = []
    for link, owner, target in follow_numbers(store, reviews, told, lines.unclear):
        if judged.apart(owner.iri, target.iri):
            lines.unclear["judged"] += 1
        else:
            lines.numbered.append((link, target.iri))
            stated.append((owner, target))
    old_numbers = follow_old_numbers(store, reviews, told, lines.unclear)
    for year in sorted(reviews):
        olds = reviews.get(year - 1, [])
        # What RS knows by one 予算事業ID is one project as it is.
        if not any(one.single for one in olds):
            continue
        pair = Neighbours(olds, reviews[year], judged.apart)
        for made in (*by_people, *old_numbers):
            if (made.before.year, made.owner.year) == (year - 1, year):
                pair.add(made)
        for owner, before in stated:
            if (before.year, owner.year) == (year - 1, year):
                pair.take(owner, before)
        follow_former_names(pair)
        follow_names(pair)
        follow_amounts(pair, told)
        follow_summaries(pair, told)
        follow_moves(pair, told)
        follow_sums(pair, told)
        told.forget_before(year)
        lines.joined += pair.joined
        lines.unclear["namesakes"] += namesakes(pair)
        lines.unclear["judged"] += len(pair.refused)
    return lines


def records(lines: Lines) -> Iterator[Record]:
    """Yield what was joined as records."""
    yield GraphSource(
        iri=LINEAGE, title=Words("どの事業がどれから続くか", "Which project goes on from which")
    )
    for link, meant in lines.numbered:
        yield LineageTarget(iri=IRI(link), basis=IRI(meant))
    people = sorted({made.who for made in lines.joined if made.who})
    for who in people:
        yield Agent(iri=_agent(who), ja=who)
    for made in lines.joined:
        rule = made.rule.rpartition("/")[2] if made.rule else "judged" if made.who else "stated"
        yield Lineage(
            iri=thing(
                "lineage", rule, exact_digest(key_of(made.owner.iri), key_of(made.before.iri), made.words)
            ),
            owner=IRI(made.owner.iri),
            basis=IRI(made.before.iri),
            stated=made.words or None,
            level="interpreted" if made.who else "derived" if made.rule else "stated",
            rule=made.rule,
            reason=made.reason,
            author=_agent(made.who) if made.who else None,
            derived_from=(IRI(made.owner.appearance), IRI(made.before.appearance)) if made.rule else (),
            evidence=IRI(made.column or made.owner.column),
            row=made.row or made.owner.row,
        )


def _agent(who: str) -> IRI:
    return thing("agent", f"u-{digest(who)}")
