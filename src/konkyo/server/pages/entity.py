"""The page about one thing: what is said of it, on what evidence, what it rests on and what rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from konkyo.common.words import Words
from konkyo.graph.fact import Fact, FactKey
from konkyo.graph.facts import facts, load_facts
from konkyo.graph.long_indicators import ROLES, LongIndicator, long_indicators
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.reader import Reader
from konkyo.graph.years import NO_YEAR
from konkyo.model.identifiers import typed
from konkyo.model.kinds import DRAWN
from konkyo.model.namespaces import BASE
from konkyo.present.report.long_run import NOTE, TITLE, multiples, panel_name, told_in_words
from konkyo.present.report.model import REPORTED
from konkyo.present.small_multiples import draw
from konkyo.questions.trace.filters import scope_of
from konkyo.server.http.parameters import asked_years
from konkyo.server.http.problems import Problem
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, html
from konkyo.server.pages.ministry import ministry
from konkyo.server.pages.money import ended
from konkyo.server.pages.parts import (
    above,
    appearances,
    children,
    editions,
    money,
    payments,
    related,
    reviews,
)
from konkyo.server.pages.properties import properties
from konkyo.server.pages.render import render
from konkyo.server.pages.showing import cite, is_ministry, shows

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph
    from konkyo.questions.trace import Trace

# So many indicators are drawn; the tables have all.
_PICTURES = 24
# Claims that one place of a strategy shows at first.
_CLAIMS = 10
# How a sentence ends.
_ENDS = (("ja", "。"), ("en", "."))
_NOTHING = Words("ここには何もありません。", "There is nothing here.")


@shows
def page(graph: KnowledgeGraph, at: PageContext, asked: Mapping[str, Any]) -> Made:
    """Return the page of an IRI: of the data (``kind``/``key``), or of others that the data names (``iri``)."""
    wanted = asked.get("iri") or f"{BASE}{asked['kind']}/{asked['key']}"
    iri = typed(wanted)
    if iri is None:
        raise _unknown(wanted)
    reader = Reader(graph.store)
    reader.load([iri])
    thing = describe(reader, [iri])[0]
    scope = scope_of(graph.store, thing, asked_years(asked))
    # Everything that is said of it is said of all years.
    every = [] if at.static else properties(reader, iri)
    load_facts(reader, [iri], scope, over_reviews=True)
    if not reader.known(iri):
        if iri not in graph.store.graphs():
            raise _unknown(iri)
        thing = replace(thing, kind="Graph", kind_label=Words("名前付きグラフ", "Named graph"))
    if thing.kind == "Concept":
        thing = _code(reader, thing)
    if is_ministry(reader, thing):
        return ministry(graph, at, asked, thing)
    walked = thing.kind in DRAWN and thing.kind != "Organization"
    traced = _traced(graph, thing, asked, reader) if walked else None
    shown = traced.facts if traced else tuple(facts(reader, iri, scope))
    table = money(reader, iri)
    long = long_indicators(reader, iri, scope) if thing.kind == "Project" else []
    pictures = multiples(long[:_PICTURES])
    if table:
        # What stands in the table of money need not stand above it once more; what is not placed stays.
        shown = tuple(f for f in shown if f.key != FactKey.BUDGET)
    body = render(
        "entity.html", at,
        title=Words(thing.title("ja"), thing.title("en")), description=_described(thing, reader.literals(iri, "skos:definition"), traced, shown), thing=thing, facts=shown, trace=traced, money=table,
        uses=_uses(traced), asked=asked, appearances=appearances(reader, iri), properties=every,
        of=scope.told if walked or thing.kind == "Organization" else NO_YEAR,
        children=children(graph.store, reader, thing, scope), editions=editions(graph.store, reader, thing, scope), above=above(reader, thing, scope), payments=payments(graph.store, reader, thing, scope),
        related=related(reader, thing, scope), reviews=reviews(reader, thing, scope), drawn=walked, reported=thing.kind in REPORTED, cite=cite(reader, at, thing),
        long=[(panel_name(item), _long_rows(item)) for item in long], long_title=TITLE, long_note=NOTE,
        draw=lambda lang: Markup(draw(pictures, lang)) if pictures else "",  # noqa: S704 - made as a tree, which escapes texts
        url=reader.one(iri, "schema:url"), definition=reader.literals(iri, "skos:definition"), ended=ended(graph.store, scope) if traced and traced.uses else None, limit=asked.get("limit") or _CLAIMS,
    )  # fmt: skip
    return html(body)


def _described(thing: Thing, definition: Words | None, traced: Trace | None, facts: Sequence[Fact]) -> Words:
    """Return what a link to the page says of the thing: its kind and what names it, or what it is, or some facts of it."""
    kind = thing.kind_label
    if traced and traced.uses:
        use = traced.uses[0]
        return Words(
            f"{kind.ja}。{len(use.ministries):,}府省庁の{use.projects:,}事業が挙げる。",
            f"{kind.en}, named by {use.projects:,} projects of {len(use.ministries):,} ministries.",
        )
    some = facts[:4]
    said = definition or Words(
        *(
            "".join(f"{fact.name.of(lang)}: {fact.text.of(lang)}{sign} " for fact in some)
            for lang, sign in _ENDS
        )
    )
    return Words(*(" ".join(f"{kind.of(lang)}{sign} {said.of(lang)}".split())[:160] for lang, sign in _ENDS))


def _long_rows(item: LongIndicator) -> list[tuple[int, list[Words | None]]]:
    """Return what is told of an indicator by fiscal year: target and result in words."""
    return [(year, [told_in_words(item.told.get((year, role), ())) for role in ROLES]) for year in item.years]


def _code(reader: Reader, thing: Thing) -> Thing:
    """Return a code with its list in the name of its kind: ``コード（主張の水準）``."""
    scheme = reader.one(thing.iri, "skos:inScheme")
    words = reader.labels([scheme]).get(scheme) if scheme else None
    if not words:
        return thing
    kind = thing.kind_label
    return replace(thing, kind_label=Words(f"{kind.ja}（{words.ja}）", f"{kind.en} ({words.en})"))


def _unknown(iri: str) -> Problem:
    hint = Words(
        "上の欄から名称や番号で探せます。データが作り直されて、識別子がなくなったのかもしれません。",
        "Search by name or number above. The data may have been built anew, and the key be gone.",
    )
    return Problem(404, Words(f"{_NOTHING.ja}（{iri[:200]}）", f"{_NOTHING.en} ({iri[:200]})"), hint=hint)


def _traced(graph: KnowledgeGraph, thing: Thing, asked: Mapping[str, Any], reader: Reader) -> Trace:
    from konkyo.questions.trace import trace

    filters: dict[str, Any] = {}
    for name in ("level", "ministry", "edition"):
        if value := asked.get(name):
            filters[name] = str(value)
    limit = asked["limit"] if asked.get("limit", 50) != 50 else _CLAIMS
    return trace(graph.store, thing, limit=limit, year=asked_years(asked), reader=reader, **filters)


def _uses(traced: Trace | None) -> list[dict[str, Any]]:
    """Return what rests on a document in numbers, the whole first, with rows by year for the table."""
    return [
        {
            "label": use.label,
            "projects": use.projects,
            "spellings": use.spellings,
            "ministries": use.ministries,
            "latest": use.latest.year if use.latest else None,
            "last": use.latest,
            "rows": [(b.year, b.initial, b.executed, b.projects) for b in use.budgets],
            "same": [(b.year, b.initial, b.executed, b.projects) for b in use.same],
        }
        for use in (traced.uses if traced else ())
    ]
