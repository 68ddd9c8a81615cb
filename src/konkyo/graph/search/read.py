"""Answers a search: exact before prefix before part of a name before a word of a description."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from konkyo.common.errors import KonkyoError
from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.graph.asked_years import AskedYear, since_of, year_of
from konkyo.graph.lookup.search_keys import spellings
from konkyo.graph.search.direct import by_store
from konkyo.graph.search.gather import TextOfThing
from konkyo.graph.search.grams import MOST, phrase
from konkyo.graph.search.index_file import index_of, reading
from konkyo.graph.search.kinds import BY_NAME, GROUPS, NAMES
from konkyo.graph.search.model import LIMIT, MATCHES, MAX_LIMIT, Hit, Results, SearchQuery
from konkyo.graph.search.near import near
from konkyo.graph.years import year_scope

if TYPE_CHECKING:
    from konkyo.store import Store


def search(
    store: Store,
    text: str,
    *,
    kinds: Iterable[str] = (),
    limit: int = LIMIT,
    offset: int = 0,
    year: AskedYear = None,
) -> Results:
    """Return what a text finds, best first; ``kinds`` are names of groups to which it is narrowed.

    Each thing is found by all its names, and by what the latest documents that show it say of it. Of a ``year`` only what its
    documents show is found, by what they say, and what is of no year: plans, laws, ministries; of a :class:`~konkyo.graph.asked_years.Period`
    nothing that only documents before its first year show.

    Several words find what has all of them, also where one stands in the name of the thing's ministry. How signs are
    written does not count (:mod:`konkyo.common.name_form`). An empty text finds nothing. Raises KonkyoError for an unknown group or a bad page.
    """
    kinds = tuple(dict.fromkeys(kinds))
    _checked(kinds, limit, offset)
    text = text.encode("utf-8", "replace").decode()  # half a sign from a command line or an address is none
    whole = name_form(text)[:MOST]
    parts = list(dict.fromkeys(part for word in text.split() if (part := name_form(word)[:MOST])))[:20]
    if not whole:
        return Results(text, 0, limit=limit, offset=offset)
    scope = year_scope(store, year)
    wanted = [NAMES.index(name) for name in kinds] or list(range(len(GROUPS)))
    question = SearchQuery(
        text, whole, parts, wanted, limit, offset, _meant(store, text), year_of(year), since_of(year)
    )
    path = index_of(store)
    found = _by_index(path, question) if path else by_store(store, question)
    return replace(found, of=scope.told, near=() if found.total else tuple(near(store, text)))


def search_all(store: Store, text: str, *, kinds: Iterable[str] = (), year: AskedYear = None) -> Results:
    """Return everything that a text finds, page after page; otherwise as :func:`search`."""
    found = search(store, text, kinds=kinds, limit=MAX_LIMIT, year=year)
    hits = list(found.hits)
    while len(hits) < found.total:
        more = search(store, text, kinds=kinds, limit=MAX_LIMIT, offset=len(hits), year=year).hits
        hits += more
        if not more:
            break
    return replace(found, hits=tuple(hits), limit=len(hits))


def _meant(store: Store, text: str) -> list[str]:
    if len(text) > MOST:
        return []
    from konkyo.graph.lookup.editions import meant

    return meant(store, text)


def _checked(kinds: Sequence[str], limit: int, offset: int) -> None:
    if unknown := [kind for kind in kinds if kind not in BY_NAME]:
        listed = ", ".join(NAMES)
        raise KonkyoError(
            Words(f"種類「{unknown[0]}」はありません。", f"There is no kind {unknown[0]!r}."),
            hint=Words(f"使えるもの: {listed}", f"It may be: {listed}"),
        )
    if not 1 <= limit <= MAX_LIMIT or not 0 <= offset <= 10_000_000:
        raise KonkyoError(
            Words(
                f"件数は1から{MAX_LIMIT:,}まで、開始位置は0以上にしてください。",
                f"The limit must be 1 to {MAX_LIMIT:,}, the offset 0 or more.",
            )
        )


# --- by the index -----------------------------------------------------------------------------------

# Kept aside once, since both the counts and the page are made from it.
_FOUND = """CREATE TEMP TABLE best AS SELECT thing, rank, grp, length, iri FROM (SELECT thing, MIN(rank) AS rank FROM (
  SELECT id AS thing, 0 AS rank FROM thing WHERE iri IN (%s)
  %s
  UNION ALL SELECT unit.thing, 2 FROM gram JOIN unit ON unit.id = gram.rowid WHERE gram MATCH :named AND {year}
  UNION ALL SELECT unit.thing, 3 FROM gram JOIN unit ON unit.id = gram.rowid WHERE gram MATCH :told AND {year}
) GROUP BY thing) CROSS JOIN thing ON id = thing"""
# Which units of things count: those of the year asked for and of none, else each thing's latest.
_OF_YEAR = "(unit.year IS NULL OR unit.year = :year)"
_CURRENT = "unit.current"
_SINCE = "(unit.year IS NULL OR unit.year >= :since)"
# What was found by its units has one.
_ELSEWHERE = """DELETE FROM best WHERE rank < 2
AND NOT EXISTS (SELECT 1 FROM unit WHERE unit.thing = best.thing AND {year})"""
_NAMED = """UNION ALL SELECT thing, 0 FROM name WHERE key = :whole{0}
  UNION ALL SELECT thing, 1 FROM name WHERE key >= :whole{0} AND key < :beyond{0}"""
# A text that names a hundred documents means none of them.
_MOST_MEANT = 100
# Citations that differ only in how signs are written are one: the first of them. CROSS: what was found is walked, not all things.
_ONCE = """DELETE FROM best WHERE grp = :cited AND thing NOT IN (
  SELECT MIN(id) FROM best CROSS JOIN thing ON id = best.thing WHERE best.grp = :cited GROUP BY form(ja))"""
_COUNTS = "SELECT grp, COUNT(*) FROM best GROUP BY grp"
_HITS = """SELECT id, thing.iri, kind, thing.grp, number, ja, en, ministry, rank, years FROM (
  SELECT * FROM best WHERE grp IN (%s) ORDER BY rank, grp, length, iri LIMIT :limit OFFSET :offset
) AS best CROSS JOIN thing ON id = best.thing ORDER BY rank, best.grp, best.length, best.iri"""


def _by_index(path: Path, question: SearchQuery) -> Results:
    whole, parts = _phrase(question.whole), [_phrase(part) for part in question.parts]
    # Nearly every text has の in it: one sign alone is looked for in names only.
    named, told = f"{{names}} : ({whole})", f"{{texts}} : ({whole})" if len(question.whole) > 1 else '"none"'
    if len(parts) > 1:
        # One of the words must be the thing's own: else all that a ministry does would be found.
        every, some = " AND ".join(parts), " OR ".join(parts)
        named += f" OR ({{names context}} : ({every}) AND {{names}} : ({some}))"
        told += f" OR (({every}) AND {{names texts}} : ({some}))"
    values: dict[str, Any] = {"named": named, "told": told}
    ways = spellings(question.whole)
    for place, way in enumerate(ways):
        values |= {f"whole{place}": way, f"beyond{place}": way + "\U0010ffff"}
    meant = {f"meant{place}": iri for place, iri in enumerate(question.meant[:_MOST_MEANT])}
    with reading(path) as index:
        index.execute("PRAGMA temp_store = MEMORY")
        index.create_function("form", 1, name_form, deterministic=True)
        exact = " ".join(_NAMED.format(place) for place in range(len(ways)))
        year = _CURRENT if question.year is None else _OF_YEAR
        years = {"year": question.year, "since": question.since}
        if question.since is not None:
            year = f"({year} AND {_SINCE})"
        asked = _FOUND.replace("{year}", year) % (", ".join(f":{name}" for name in meant), exact)
        index.execute(asked, values | meant | years)
        index.execute(_ELSEWHERE.replace("{year}", year), years)
        index.execute(_ONCE, {"cited": NAMES.index("citation")})
        counted = dict(index.execute(_COUNTS).fetchall())
        # Group numbers are our own, so that they may stand in the text.
        narrowed = _HITS % ", ".join(map(str, question.wanted))
        rows = index.execute(narrowed, {"limit": question.limit, "offset": question.offset}).fetchall()
        texts = _texts(index, [row[0] for row in rows])
        shown = {row[0]: tuple(map(int, row[9].split())) for row in rows}
        ministries = _ministries(index, {row[7] for row in rows if row[7]})
    hits = []
    for number, iri, kind, grp, code, ja, en, ministry, rank, _ in rows:
        said = question.told(texts.get(number, ()), shown[number])
        found_in, pieces = question.where(ja, en, [("number", code or ""), *said])
        hits.append(
            Hit(
                iri, kind, NAMES[grp], Words(ja, en or ja), code, ministries.get(ministry), MATCHES[rank], found_in,
                pieces, shown[number],
            )
        )  # fmt: skip
    total = sum(counted.get(grp, 0) for grp in question.wanted)
    groups = {name: counted[grp] for grp, name in enumerate(NAMES) if grp in counted}
    return Results(question.text, total, groups, tuple(hits), question.limit, question.offset)


def _phrase(folded: str) -> str:
    """Return the full-text expression that finds a folded text as a part, however it is spelled."""
    ways = [phrase(way) for way in spellings(folded)]
    return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"


def _texts(index: sqlite3.Connection, things: list[int]) -> dict[int, list[TextOfThing]]:
    found: dict[int, list[TextOfThing]] = {}
    for start in range(0, len(things), 500):
        some = things[start : start + 500]
        marks = ", ".join("?" * len(some))
        query = f"SELECT thing, field, text, year FROM text WHERE thing IN ({marks}) ORDER BY thing, place"  # noqa: S608
        for thing, *told in index.execute(query, some):
            found.setdefault(thing, []).append(TextOfThing(*told))
    return found


def _ministries(index: sqlite3.Connection, iris: set[str]) -> dict[str, Words]:
    marks = ", ".join("?" * len(iris))
    query = f"SELECT iri, ja, en FROM thing WHERE iri IN ({marks})"  # noqa: S608
    return {iri: Words(ja, en or ja) for iri, ja, en in index.execute(query, sorted(iris))}
