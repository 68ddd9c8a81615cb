"""Which claims a trace keeps, in the words of who asks and in the terms of the graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.asked_years import AskedYear
from konkyo.graph.links import LinkFilter
from konkyo.graph.lookup.things import Thing, find_ministry
from konkyo.graph.years import YearScope, year_scope
from konkyo.model.codes import label_of
from konkyo.model.kinds import GROUNDS
from konkyo.model.levels import HELD

if TYPE_CHECKING:
    from konkyo.store import Store


@dataclass(frozen=True, slots=True)
class TraceFilters:
    """What is kept: ``link_filter`` in IRIs and of the year of ``scope``, ``edition`` as it was typed; ``words`` say it to a reader."""

    link_filter: LinkFilter
    scope: YearScope
    edition: str | None = None
    words: tuple[Words, ...] = ()


def trace_filters(
    store: Store,
    thing: Thing,
    *,
    level: str | None = None,
    ministry: str | None = None,
    edition: str | None = None,
    year: AskedYear = None,
) -> TraceFilters:
    """Return the filters that a user names, of the year of a thing. Raises KonkyoError for a level, ministry or year that is
    not there.
    """
    words = []
    if level is not None:
        if level not in HELD:
            raise KonkyoError(Words(f"水準「{level}」はありません。", f"There is no level {level!r}."))
        name = label_of(level)
        words.append(Words(f"水準: {name.ja}", f"level: {name.en}"))
    office = find_ministry(store, ministry) if ministry is not None else None
    if office:
        words.append(Words(f"府省庁: {office.label.ja}", f"ministry: {office.label.en}"))
    # Nothing is known of a year without documents, which is not the same as a year in which nothing rests on it.
    scope = scope_of(store, thing, year)
    if scope.told.asked:
        words.append(Words(f"年度: {scope.year}年度", f"year: FY{scope.year}"))
    if scope.since is not None:
        words.append(Words(f"年度: {scope.since}年度以降", f"years: from FY{scope.since} on"))
    if edition is not None:
        words.append(Words(f"版: {edition}", f"edition: {edition}"))
    link_filter = LinkFilter(level, office.iri if office else None, scope)
    return TraceFilters(link_filter, scope, edition, tuple(words))


def scope_of(store: Store, thing: Thing, year: AskedYear) -> YearScope:
    """Return the scope of a thing: of its own documents' years; what documents of a year say of a plan is of the store's years."""
    own = thing.kind not in GROUNDS and thing.kind != "Organization"
    return year_scope(store, year, thing=thing.iri if own else None)


def editions(store: Store, parts: Iterable[Thing], text: str) -> list[Thing]:
    """Return the editions among a strategy's parts that a user means: by year, date, number, or name.

    Raises KonkyoError, with those that there are, where none fits.
    """
    from konkyo.graph.lookup.editions import among

    known = {thing.iri: thing for thing in parts if thing.kind == "Edition"}
    found = [known[iri] for iri in among(store, known, text)]
    if not found:
        raise KonkyoError(
            Words(f"「{text}」という版はありません。", f"There is no edition {text!r}."),
            hint=Words(
                "版: " + ("、".join(t.label.ja for t in known.values()) or "なし"),
                "Editions: " + ("; ".join(t.label.en for t in known.values()) or "none"),
            ),
        )
    return found
