"""The pages that are about no one thing: home, search, lists, gaps, years compared, and about the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Words
from konkyo.graph.counts import counts
from konkyo.graph.reader import Reader
from konkyo.graph.search import BY_NAME, GROUPS, search
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.years import year_scope
from konkyo.model.namespaces import GRAPH
from konkyo.server.http.parameters import asked_years
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, html
from konkyo.server.pages.render import render
from konkyo.server.pages.showing import data_hash, shows
from konkyo.server.pages.tables import home_told
from konkyo.store import Store

Asked = Mapping[str, Any]
# Results of each kind that the first page of a search shows.
_FIRST = 5
_PLAN = Words("戦略・計画等（版の記載なし）", "plan, no edition known")
_EDITION = Words("版（日付の記載なし）", "edition, undated")


@shows
def home(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the first page: a box to search, and ways in."""
    told = home_told(graph, asked)
    of = year_scope(graph.store, asked["year"]).told
    body = render("home.html", at, title=Words("政策の根拠をたどる", "What policies rest on"), of=of, **told)
    return html(body)


def _counts(store: Store) -> list[tuple[Words, int]]:
    """Return what there is any of, as `konkyo query summary` counts it."""
    return [(words, count) for words, count in counts(store) if count]


@shows
def found(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the results of a search: the first of each kind, or one kind page by page."""
    text, kinds = asked["q"] or "", [kind for kind in asked["kind"] if kind in BY_NAME]
    limit, year = asked["limit"] or 50, asked_years(asked)
    whole = search(graph.store, text, kinds=kinds, limit=limit, offset=asked["offset"], year=year)
    grouped = not kinds and whole.total > limit
    shown = []
    for group in GROUPS:
        # Each kind by its best, so that seven thousand projects hide no strategy.
        hits = (
            search(graph.store, text, kinds=[group.name], limit=_FIRST, year=year).hits
            if grouped and whole.groups.get(group.name)
            else tuple(hit for hit in whole.hits if hit.group == group.name)
        )
        if hits:
            shown.append((group, hits))
    told = versions_told(graph.store, {hit.iri: hit.kind for _, hits in shown for hit in hits})
    title = (
        Words(f"「{text}」の検索結果", f"Results for “{text}”") if text.strip() else Words("検索", "Search")
    )
    body = render(
        "results.html", at, title=title, text=text, kinds=kinds, groups=shown, results=whole, all_groups=GROUPS,
        grouped=grouped, told=told,
    )  # fmt: skip
    return html(body)


def versions_told(store: Store, kinds: Mapping[str, str]) -> dict[str, Words]:
    """Return what tells a plan and its editions apart, which may bear one name: how many there are, or when it was issued.

    ``kinds`` are those of things by their IRIs.
    """
    plans = {iri: kind for iri, kind in kinds.items() if kind in ("Strategy", "Edition")}
    reader = Reader(store)
    reader.load(plans)
    made = {}
    for iri, kind in plans.items():
        if kind == "Strategy":
            count = len(reader.objects(iri, "dcat:hasVersion"))
            made[iri] = (
                Words(f"戦略・計画等（全{count}版）", f"plan, {count} edition{'s' if count > 1 else ''}")
                if count
                else _PLAN
            )
        else:
            issued = reader.one(iri, "dcterms:issued")
            made[iri] = Words(f"{issued}の版", f"edition of {issued}") if issued else _EDITION
    return made


@shows
def about(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return what the data is: its sources with their hashes, its version, licences, and how to get at it."""
    sources = graph.store.select(
        f"{PROLOGUE}SELECT ?s ?title ?sha ?rows ?lines ?modified WHERE {{ ?s a kk:SourceFile . OPTIONAL {{ ?s dcterms:title ?title }} "
        "OPTIONAL { ?s kk:sha256 ?sha } OPTIONAL { ?s kk:rowCount ?rows } OPTIONAL { ?s kk:lineCount ?lines } "
        "OPTIONAL { ?s dcterms:modified ?modified } } ORDER BY ?s"
    )
    names = ("title", "sha", "rows", "lines", "modified")
    files = [
        {
            "iri": row["s"].value,
            **{name: row[name].value if row[name] is not None else None for name in names},
        }
        for row in sources
    ]
    graphs = [(name, name.removeprefix(GRAPH)) for name in graph.store.graphs()]
    title = Words("このデータについて", "About this data")
    return html(
        render(
            "about.html",
            at,
            title=title,
            files=files,
            graphs=graphs,
            data=data_hash(graph.store),
            counts=_counts(graph.store),
        )
    )
