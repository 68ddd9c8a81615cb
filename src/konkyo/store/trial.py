"""What konkyo needs of any store, as checks that an operator can run against an empty dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.model.namespaces import XSD
from konkyo.model.ntriples import literal
from konkyo.store import Store

PREFIX = "https://example.org/konkyo-trial/"
"""What the names of all graphs of the trial begin with."""
_G, _H = f"{PREFIX}g", f"{PREFIX}h"
_S, _P = f"{PREFIX}s", f"{PREFIX}p"
_TERMS = (
    f'"2011-07"^^<{XSD}gYearMonth>',
    f'"2011"^^<{XSD}gYear>',
    f'"2011-07-01"^^<{XSD}date>',
    f'"3955984000"^^<{XSD}integer>',
    f'"http://a/%20?b=c#d"^^<{XSD}anyURI>',
    '"総務省"@ja',
    '"a\\"b\\\\c\\nd\\te"',
    "<https://example.org/日本>",
)
_LONG_LINES = 300


class Unlike(Exception):
    """A store answered otherwise than it has to; the text says how."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a store has to do: its name, what it means, and what finds out. ``run`` raises Unlike or KonkyoError."""

    name: str
    what: Words
    run: Callable[[Store], None]


def _quad(graph: str, o: str, s: str = _S) -> str:
    return f"<{s}> <{_P}> {o} <{graph}> .\n"


def _wanted(found: object, wanted: object) -> None:
    if isinstance(found, set) and isinstance(wanted, set):
        found, wanted = found - wanted, wanted - found
    if found != wanted:
        raise Unlike(f"{found!r:.200} != {wanted!r:.200}")


def _objects(store: Store, graph: str) -> set[str]:
    return {str(triple.object) for triple in store.triples(graph)}


def _replaces(store: Store) -> None:
    store.load(_G, [_quad(_G, '"1"'), _quad(_G, '"2"')])
    store.load(_H, [_quad(_H, '"3"')])
    store.load(_G, [_quad(_G, '"4"')])
    _wanted((_objects(store, _G), _objects(store, _H)), ({'"4"'}, {'"3"'}))
    store.load(_G, [])
    _wanted(store.graphs(), [_H])


def _joins_graphs(store: Store) -> None:
    store.load(_G, [_quad(_G, '"1"')])
    store.load(_H, [_quad(_H, f"<{_S}>", s=f"{PREFIX}t")])
    rows = list(store.select(f"SELECT ?t ?o {{ ?t <{_P}> ?s . ?s <{_P}> ?o FILTER isLiteral(?o) }}"))
    _wanted([(row["t"].value, row["o"].value) for row in rows], [(f"{PREFIX}t", "1")])


def _names_graphs(store: Store) -> None:
    store.load(_G, [_quad(_G, '"1"')])
    store.load(_H, [_quad(_H, '"1"')])
    rows = store.select("SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    _wanted([row["g"].value for row in rows], [_G, _H])
    _wanted(len(list(store.select("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }"))), 1)


def _keeps_terms(store: Store) -> None:
    # Each has a subject of its own: of one subject Virtuoso keeps a month and its first day as one value.
    lines = [_quad(_G, term, s=f"{_S}{number}") for number, term in enumerate(_TERMS)]
    store.load(_G, lines)
    wanted = {str(quad.object) for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)}
    _wanted(_objects(store, _G), wanted)
    _wanted({str(row["o"]) for row in store.select("SELECT ?o { ?s ?p ?o }")}, wanted)


def _counts_exactly(store: Store) -> None:
    for number in ("7.50", "0.1", "100000000000"):
        store.load(_G, [_quad(_G, f'"{number}"^^<{XSD}decimal>')])
        (row,) = store.select("SELECT (?o * 2 AS ?d) { ?s ?p ?o }")
        _wanted(Decimal(row["d"].value), 2 * Decimal(number))


def _tells_nonsense(store: Store) -> None:
    for text in ("SELEC ?s { ?s ?p ?o }", "SELECT * { ?s unknown:p ?o }"):
        try:
            store.query(text)
        except KonkyoError:
            continue
        raise Unlike(f"{text!r} was answered")


def _only_reads(store: Store) -> None:
    store.load(_G, [_quad(_G, '"1"')])
    for text in ("DROP ALL", "DELETE WHERE { ?s ?p ?o }"):
        with suppress(KonkyoError):
            store.query(text)
            raise Unlike(f"{text!r} was taken for a query")
    _wanted(_objects(store, _G), {'"1"'})


def _takes_much(store: Store) -> None:
    text = "国" * 4000
    wanted = {f"{number}{text}" for number in range(_LONG_LINES)}
    store.load(_G, (_quad(_G, literal(one, "@ja")) for one in sorted(wanted)))
    rows = store.select("SELECT ?o { ?s ?p ?o }")
    _wanted({row["o"].value for row in rows} == wanted, True)


CHECKS = (
    Check("replaces", Words("グラフごとに置き換える", "puts a graph in place of the old one"), _replaces),
    Check("joins-graphs", Words("グラフをまたいで結ぶ", "joins facts of two graphs"), _joins_graphs),
    Check("names-graphs", Words("グラフの名を答える", "tells which graph a fact is in"), _names_graphs),
    Check("keeps-terms", Words("値を書かれたまま返す", "gives values back as they were"), _keeps_terms),
    Check("counts-exactly", Words("小数を正確に計算する", "reckons with decimals exactly"), _counts_exactly),
    Check("tells-nonsense", Words("誤った問合せを誤りと答える", "tells what is no query"), _tells_nonsense),
    Check("only-reads", Words("問合せで書き換えられない", "cannot be changed by a query"), _only_reads),
    Check("takes-much", Words("長い文言を3MB受け取る", "takes long texts of 3 MB"), _takes_much),
)


def difference(store: Store, wanted: Store, text: str) -> str:
    """Return how the answer of a query differs from that of a store known to be right; ``""`` where it does not."""
    try:
        found = _rows(store, text)
    except KonkyoError as error:
        return error.message.en
    right = _rows(wanted, text)
    missing, more = (right - found).total(), (found - right).total()
    return f"-{missing} +{more}" if missing or more else ""


def _rows(store: Store, text: str) -> Counter[tuple[str, ...]]:
    answer = store.select(text)
    names = [variable.value for variable in answer.variables]
    return Counter(tuple(str(row[name]) for name in names) for row in answer)
