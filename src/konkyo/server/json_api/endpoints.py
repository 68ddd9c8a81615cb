"""What the JSON API answers: functions that run in a worker, one for each route of :mod:`konkyo.server.json_api.schema`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from konkyo.api import KnowledgeGraph
from konkyo.common.errors import NotFound
from konkyo.common.jsonable import jsonable as plain
from konkyo.common.words import Words
from konkyo.graph.lookup.things import Ambiguous, find
from konkyo.server.http.parameters import asked_years
from konkyo.server.http.problems import Problem
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, PageTask, jsonable
from konkyo.server.pages.showing import shows

if TYPE_CHECKING:
    from konkyo.graph.stored_queries import StoredQuery

Asked = Mapping[str, Any]
Function = Callable[[KnowledgeGraph, PageContext, Asked], Made]


def _answers(function: Function) -> PageTask:
    """Register a task, in which a name that fits nothing or several things becomes its problem."""

    @shows
    @wraps(function)
    def answer(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
        try:
            return function(graph, at, asked)
        except Ambiguous as error:
            hint = Words("IRI又は識別子で指定してください。", "Name it by its IRI or key.")
            more = {"candidates": plain(error.candidates)}
            raise Problem(409, error.message, hint=hint, more=more) from error
        except NotFound as error:
            raise Problem(404, error.message) from error

    return answer


def paged(at: PageContext, name: str, items: Sequence[Any], total: int, asked: Asked, **more: Any) -> Made:
    """Return one page of a list with its total and the links to this page and its neighbours."""
    limit, offset = int(asked["limit"]), int(asked["offset"])
    links = {"self": at.here(limit=limit, offset=offset)}
    if offset + limit < total:
        links["next"] = at.here(limit=limit, offset=offset + limit)
    if offset:
        links["prev"] = at.here(limit=limit, offset=max(0, offset - limit))
    made = {"total": total, "limit": limit, "offset": offset, "links": links, name: list(items), **more}
    return jsonable(made)


def part(items: Sequence[Any], asked: Asked) -> Sequence[Any]:
    """Return the page of a list that was asked for."""
    return items[asked["offset"] : asked["offset"] + asked["limit"]]


@_answers
def search(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Answer /api/search."""
    from konkyo.graph.search import search as look

    found = look(
        graph.store,
        asked["q"],
        kinds=asked["kind"],
        limit=asked["limit"],
        offset=asked["offset"],
        year=asked_years(asked),
    )
    made = found.to_json()
    more = {name: made[name] for name in ("kinds", "of", "near")}
    return paged(at, "results", made["results"], found.total, asked, text=found.text, **more)


@_answers
def entity(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Answer /api/entity."""
    from konkyo.graph.chart_data import figures, values
    from konkyo.graph.facts import facts, load_facts
    from konkyo.graph.reader import Reader
    from konkyo.questions.trace.filters import scope_of
    from konkyo.server.pages.properties import properties

    thing = find(graph.store, asked["thing"], year=asked["year"])
    reader, scope = Reader(graph.store), scope_of(graph.store, thing, asked_years(asked))
    reader.load([thing.iri])
    # Everything that is said of it is said of all years.
    rows = properties(reader, thing.iri)
    load_facts(reader, [thing.iri], scope, over_reviews=True)
    return jsonable(
        {
            "thing": plain(thing),
            "page": at.absolute(thing.iri),
            "of": scope.told.to_json(),
            "facts": plain(list(facts(reader, thing.iri, scope))),
            "values": values(reader, thing.iri),
            "figures": figures(reader, thing.iri),
            "properties": [
                {
                    "property": row.iri,
                    "label": row.label._asdict(),
                    "total": row.total,
                    "values": [
                        {"iri": value.iri, "label": plain(value.label)} if value.iri else
                        {"text": value.text, "lang": value.lang}
                        for value in row.values
                    ],
                }
                for row in rows
            ],
        }
    )  # fmt: skip


@_answers
def trace(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Answer /api/trace."""
    from konkyo.questions.trace import trace as follow

    thing = find(graph.store, asked["thing"], year=asked["year"])
    filters = {name: asked[name] for name in ("level", "ministry", "edition") if asked[name]}
    answer = follow(graph.store, thing, limit=asked["claims"], year=asked_years(asked), **filters)
    groups = part(answer.groups, asked)
    made = replace(answer, groups=tuple(groups)).to_json()
    shown = made.pop("groups")
    return paged(at, "groups", shown, len(answer.groups), asked, **made)


@_answers
def between(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Answer /api/between."""
    from konkyo.questions.trace import between as chains

    year = asked_years(asked)
    one, other = (find(graph.store, asked[end], year=asked["year"]) for end in ("from", "to"))
    # Chains are counted as far as this page and the next one go.
    wanted = asked["offset"] + asked["limit"] + 1
    found = chains(graph.store, one, other, level=asked["level"], limit=min(wanted, 500), year=year)
    made = found.to_json()
    shown = part(made.pop("chains"), asked)
    return paged(at, "chains", shown, len(found.chains), asked, **made)


@_answers
def gaps(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Answer /api/gaps."""
    from konkyo.server.pages.gaps import listed

    rows, total, more = listed(graph, asked)
    return paged(at, "rows", rows, total, asked, **more)


@_answers
def diff(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Answer /api/diff."""
    from konkyo.server.pages.compare import listed

    rows, total, more = listed(graph, asked)
    return paged(at, "rows", rows, total, asked, **more)


@_answers
def network(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Answer /api/network, which the viewer asks for neighbours."""
    from konkyo.present.view import network_json

    thing = find(graph.store, asked["thing"], year=asked["year"])
    drawn = graph.network(thing.iri, depth=asked["depth"], limit=asked["limit"], year=asked_years(asked))
    return {"media": "application/json"}, network_json(drawn).encode("utf-8", "replace")


@_answers
def query(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Answer /api/query: the stored queries, or the rows of one."""
    from konkyo.graph.stored_queries import names, stored
    from konkyo.present.text.query_results import page_of

    if not asked["name"]:
        listed = [_told(stored(name)) for name in names()]
        return paged(at, "rows", part(listed, asked), len(listed), asked)
    wanted = stored(asked["name"])
    text = graph.bound(wanted, _values(wanted, asked["value"]))
    made, total = page_of(graph.store, text, wanted.columns, skip=asked["offset"], most=asked["limit"])
    return paged(at, "rows", made.to_json(), total, asked, query={**_told(wanted), "sparql": text})


def _told(wanted: StoredQuery) -> dict[str, Any]:
    return {
        "name": wanted.name,
        "title": wanted.title._asdict(),
        "parameters": [
            {
                "name": one.name,
                "kind": one.kind,
                "label": one.label._asdict(),
                "choices": list(one.choices),
            }
            for one in wanted.parameters
        ],
        "columns": [{"name": name, "label": heading._asdict()} for name, heading in wanted.columns.items()],
    }


def _values(wanted: StoredQuery, given: Sequence[str]) -> dict[str, str]:
    values = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign:
            listed = ", ".join(f"{one.name}=…" for one in wanted.parameters) or "-"
            raise Problem(
                400,
                Words(f"「{item}」は 名前=値 の形ではありません。", f"{item!r} is not NAME=VALUE."),
                hint=Words(f"使えるもの: {listed}", f"There are: {listed}"),
            )
        values[name] = value
    return values
