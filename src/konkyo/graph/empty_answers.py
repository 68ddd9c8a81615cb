"""Why a stored query found nothing: the years that it has rows of, what its parameters were taken for, and which files the store lacks.

Someone who asks for a year of which there is nothing sees no row, as someone who asks for what is not so: an answer without rows
says which of the two it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.common.words import Words, counted
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.stored_queries import SINCE, StoredQuery
from konkyo.graph.years import absent_files, years
from konkyo.model.identifiers import year_number

if TYPE_CHECKING:
    from konkyo.graph.lookup.things import Thing
    from konkyo.store import Store


def why_empty(
    store: Store, query: StoredQuery, values: Mapping[str, str], things: Mapping[str, Thing]
) -> list[Words]:
    """Return what there is to say of an answer without rows: ``values`` are the parameters as they were bound, ``things`` those
    of them that name a thing. The query is run once more, without its years, where it was given any.
    """
    of_years = {one.name: one.label for one in query.parameters if one.kind == "year"} | {
        SINCE.name: SINCE.label
    }
    given = {name: label for name, label in of_years.items() if values.get(name)}
    if given:
        others = {name: value for name, value in values.items() if name not in given}
        if (rows := _rows_by_year(store, query.bind(others), list(given))) is not None:
            return [_of_other_years(query, given, *rows)]
    taken = (_taken_for(query, name, thing) for name, thing in things.items())
    return [*taken, *_not_there(store), *_instead(store, query)]


def _rows_by_year(store: Store, text: str, names: list[str]) -> tuple[int, list[int]] | None:
    """Return how many rows there are without the years, and of which years; None where there are none either."""
    answer = store.select(text)
    known = [one.value for one in answer.variables]
    # A parameter that is no column of its own chooses the review that a row is of.
    columns = {
        known.index(name if name in known else "review") for name in names if {name, "review"} & {*known}
    }
    found, rows = set[int](), 0
    for row in answer:
        rows += 1
        for place in columns:
            if isinstance(term := row[place], ox.NamedNode):
                found.add(year_number(term.value))
    if not rows:
        return None
    return rows, sorted(found) if columns else list(years(store))


def _of_other_years(query: StoredQuery, given: Mapping[str, Words], rows: int, held: list[int]) -> Words:
    ja, en = "、".join(given), ", ".join(given)
    there = ", ".join(map(str, held))
    return Words(
        f"{ja} を付けなければ{rows:,}行あります" + (f"（ある年度: {there}）。" if held else "。"),
        f"Without {en} there are {counted(rows, 'row')}" + (f" (of {there})." if held else "."),
    )


def _not_there(store: Store) -> Iterator[Words]:
    """Yield which files of reviews the store lacks: of what they alone tell no query finds anything."""
    for year, files in years(store).items():
        if absent := ", ".join(absent_files(files)):
            yield Words(
                f"{year}年のRSファイルのうち、このストアにないもの: {absent}",
                f"Files of the RS system of {year} that this store does not hold: {absent}",
            )


def _instead(store: Store, query: StoredQuery) -> Iterator[Words]:
    """Yield what tells something alike where the file of a query is not there: what payees used the money for (5-3)."""
    if query.name not in ("payments-by-payee", "payments-of-projects"):
        return
    some = f"{PROLOGUE}SELECT ?s WHERE {{ ?s a kk:MoneyUse ; kk:payee ?p ; kk:amountYen ?y }} LIMIT 1"
    if any(True for _ in store.select(some)):
        yield Words(
            "費目・使途の額（5-3、支払の一部）は支出先別にあります: uses-by-payee",
            "Of what payees used the money for (5-3, parts of the payments) there are amounts: uses-by-payee",
        )


def _taken_for(query: StoredQuery, name: str, thing: Thing) -> Words:
    label = next(one.label for one in query.parameters if one.name == name)
    return Words(
        f"{name}（{label.ja}）は{thing.kind_label.ja}「{thing.label.ja}」としました。",
        f"{name} ({label.en}) was taken for: {thing.kind_label.en} {thing.label.of('en')}.",
    )
