"""Answers a search where there is no index: a graph in memory, a server. The same answer, by SPARQL; it takes longer.

The store is asked for names and texts that have every sign of a word, however it is written; whether the word is
really in them is told here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.common.name_form import DASHES, name_form, table
from konkyo.common.words import Words
from konkyo.graph.lookup.search_keys import spellings
from konkyo.graph.lookup.things import all_ministries
from konkyo.graph.search.gather import (
    DESCRIBED,
    IDENTIFIERS,
    KEYS,
    OWNERS,
    STEP_TEXTS,
    SearchEntry,
    is_number,
    labels_of,
    pairs,
    several,
    superseded,
    texts,
    things,
    years_of,
)
from konkyo.graph.search.kinds import NAMES
from konkyo.graph.search.model import MATCHES, Hit, Results, SearchQuery

if TYPE_CHECKING:
    from konkyo.store import Store


@dataclass(slots=True)
class _Fit:
    """How a thing fits: by which words its names and its texts do, and how the whole does (a place in MATCHES)."""

    named: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    rank: int | None = None

    def whole(self, rank: int) -> None:
        """Note that the whole fits so well, or better."""
        self.rank = rank if self.rank is None else min(rank, self.rank)


def by_store(store: Store, question: SearchQuery) -> Results:
    """Answer a question from the graph alone."""
    fits = _fits(store, question)
    if len(question.parts) > 1:
        _several_words(store, fits, question)
    for iri in question.meant:
        fits.setdefault(iri, _Fit()).whole(0)
    shown = _of_year(store, fits, question)
    ranks = {iri: fit.rank for iri, fit in fits.items() if fit.rank is not None}
    found = sorted(_once(_things(store, ranks)), key=lambda t: (ranks[t.iri], t.group, len(t.ja), t.iri))
    counted = [0] * len(NAMES)
    for thing in found:
        counted[thing.group] += 1
    kept = [thing for thing in found if thing.group in question.wanted]
    page = kept[question.offset : question.offset + question.limit]
    groups = {name: count for name, count in zip(NAMES, counted, strict=True) if count}
    hits = tuple(_hits(store, page, ranks, question, shown))
    return Results(question.text, len(kept), groups, hits, question.limit, question.offset)


def _of_year(store: Store, fits: dict[str, _Fit], question: SearchQuery) -> dict[str, list[int]]:
    """Leave out what documents of the year do not show; return the years of what is left."""
    shown = years_of(store, fits)
    older = superseded(store, fits) if question.year is None else set()
    for iri in [
        iri
        for iri in fits
        if iri in older
        or question.year not in (None, *shown.get(iri, (question.year,)))
        or (question.since is not None and max(shown.get(iri, ()), default=question.since) < question.since)
    ]:
        del fits[iri]
    return shown


def _fits(store: Store, question: SearchQuery) -> dict[str, _Fit]:
    """Return how things fit that have any of the words in a name, a number or a text of their own."""
    fits: dict[str, _Fit] = {}
    whole, parts = question.whole, question.parts
    # Keys are in their form already. What has the whole has each of its words.
    some = " || ".join(f"CONTAINS(STR(?o), {ox.Literal(way)})" for part in parts for way in spellings(part))
    for pattern in (KEYS, IDENTIFIERS):
        for iri, value, _ in pairs(store, pattern, having=f"FILTER({some})"):
            key, fit = name_form(value), fits.setdefault(iri, _Fit())
            if key.startswith(whole):
                fit.whole(0 if key == whole else 1)
            if not is_number(iri, key):
                fit.named.update(part for part in parts if _in(part, key))
                if _in(whole, key):
                    fit.whole(2)
    # Nearly every text has の in it: one sign alone is looked for in names only.
    if len(whole) > 1:
        told: dict[str, _Fit] = {}
        for pattern in (*DESCRIBED, STEP_TEXTS):
            for iri, value, _ in pairs(store, pattern, having=_likely(parts)):
                text = name_form(value)
                if any(_in(part, text) for part in parts):
                    told.setdefault(iri, _Fit())
        # Of a text it is known now that some year says it; which year that is, is asked of the few that have it.
        texts_of, shown = texts(store, told, among=told), years_of(store, told)
        for iri, fit in told.items():
            for _, value in question.told(texts_of.get(iri, ()), shown.get(iri, ())):
                text = name_form(value)
                fit.told |= {part for part in parts if _in(part, text)}
                if _in(whole, text):
                    fit.whole(3)
        told = {iri: fit for iri, fit in told.items() if fit.told}
        # Evidence and readings are described too; what is searched has names.
        for iri in several(store, KEYS, told.keys() - fits.keys()):
            fits[iri] = _Fit()
        for iri, fit in told.items():
            if iri in fits:
                fits[iri].told = fit.told
                if fit.rank is not None:
                    fits[iri].whole(fit.rank)
    return fits


def _several_words(store: Store, fits: dict[str, _Fit], question: SearchQuery) -> None:
    """Let things fit that have all words, some perhaps in the name of their ministry, but one of them of their own."""
    every = set(question.parts)
    names = several(store, KEYS, all_ministries(store))
    for iri, numbers in several(store, IDENTIFIERS, names).items():
        names[iri] += map(name_form, numbers)
    by_ministry = {
        org: {part for part in every for key in own if _in(part, key)} for org, own in names.items()
    }
    helpful = set().union(*by_ministry.values())
    asked = {
        iri
        for iri, fit in fits.items()
        if not every <= fit.named and (fit.named or fit.told) and every - fit.named - fit.told <= helpful
    }
    owners = several(store, OWNERS, asked) if helpful else {}
    for iri, fit in fits.items():
        above = set().union(*(by_ministry.get(org, set()) for org in owners.get(iri, ())))
        if fit.named and every <= fit.named | above:
            fit.whole(2)
        elif (fit.named or fit.told) and every <= fit.named | fit.told | above:
            fit.whole(3)


def _in(part: str, form: str) -> bool:
    """Return whether a form is a part of another."""
    return any(way in form for way in spellings(part))


def _things(store: Store, found: Iterable[str]) -> Iterator[SearchEntry]:
    found = set(found)
    keys = several(store, KEYS, found)
    return things(
        store, keys, several(store, OWNERS, found), all_ministries(store), labels_of(store, found), found
    )


def _once(found: Iterable[SearchEntry]) -> Iterator[SearchEntry]:
    """Leave citations out that differ from one before them only in how signs are written."""
    cited: set[str] = set()
    for thing in found:
        if thing.kind == "Citation":
            if (key := name_form(thing.ja)) in cited:
                continue
            cited.add(key)
        yield thing


def _hits(
    store: Store,
    page: list[SearchEntry],
    ranks: dict[str, int],
    question: SearchQuery,
    shown_in: Mapping[str, list[int]],
) -> Iterator[Hit]:
    iris = {thing.iri for thing in page}
    described = texts(store, iris, among=iris)
    ministries = {thing.owners[0] for thing in page if thing.owners}
    labels = {own.iri: Words(own.ja, own.en or own.ja) for own in _things(store, ministries)}
    for thing in page:
        years = shown_in.get(thing.iri, ())
        shown = [("name", name) for name in thing.also] + question.told(described.get(thing.iri, ()), years)
        found_in, pieces = question.where(thing.ja, thing.en, [("number", thing.code or ""), *shown])
        owner = labels.get(thing.owners[0]) if thing.owners else None
        label = Words(thing.ja, thing.en or thing.ja)
        match = MATCHES[ranks[thing.iri]]
        yield Hit(
            thing.iri,
            thing.kind,
            NAMES[thing.group],
            label,
            thing.code,
            owner,
            match,
            found_in,
            pieces,
            tuple(years),
        )


# --- texts as they are written ----------------------------------------------------------------------

# More ways to write a sign than that (a Latin letter has a hundred) would cost the store more than they keep out.
_MOST_WAYS = 8
_MOST_SIGNS = 12


def _likely(parts: Iterable[str]) -> str:
    """Return a filter that lets every text pass which in its form has any of the words, and keeps most others out."""
    words = [_signs(part) for part in parts]
    if not all(words):
        return ""
    return "FILTER(" + " || ".join(words) + ")"


def _signs(part: str) -> str:
    """Return the condition that a text has each sign of a word in one of the ways in which it is written."""
    told = []
    for sign in dict.fromkeys(part):
        ways = (sign, *_ways().get(sign, ()))
        # A sign with a mark (が) may be written as two, which folding joins.
        if unicodedata.normalize("NFD", sign) == sign and len(ways) <= _MOST_WAYS:
            told.append(" || ".join(f"CONTAINS(STR(?o), {ox.Literal(way)})" for way in ways))
    return "(" + " && ".join(f"({one})" for one in told[:_MOST_SIGNS]) + ")" if told else ""


@cache
def _ways() -> dict[str, tuple[str, ...]]:
    """Return for each sign of a form the other signs whose form is, or holds, it."""
    ways: dict[str, list[str]] = {}
    # What lies beyond is its own form.
    for sign in map(chr, range(0x30000)):
        if ord(sign) in table() or unicodedata.normalize("NFKC", sign).casefold() != sign:
            for part in set(name_form(sign)):
                ways.setdefault(part, []).append(sign)
    # What stands before it decides which of the two a dash is.
    for dash in "-ー":
        ways[dash] = [*ways[dash], *DASHES, "ー"]
    return {part: tuple(found) for part, found in ways.items()}
