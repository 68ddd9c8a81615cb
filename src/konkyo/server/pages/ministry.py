"""The page of a ministry: its money by year, its policies and measures, its projects, and the strategies they rest on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Words
from konkyo.graph.budgets import figures, last_amounts
from konkyo.graph.lookup.things import Thing
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import PROLOGUE, select_each, values_of
from konkyo.graph.years import YearScope, year_scope
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, html
from konkyo.server.pages.money import ended
from konkyo.server.pages.properties import properties
from konkyo.server.pages.render import render
from konkyo.server.pages.showing import cite
from konkyo.store import Store


def ministry(graph: KnowledgeGraph, at: PageContext, asked: Mapping[str, Any], thing: Thing) -> Made:
    """Return a ministry's page; its projects are paged."""
    store, reader = graph.store, Reader(graph.store)
    scope = year_scope(store, asked.get("year"))
    own = _own(store, thing.iri, scope)
    projects = [iri for iri, (_, kind) in own.items() if kind == "Project"]
    initial, executed = (figures(store, projects, stage, scope) for stage in ("initial", "executed"))
    years = sorted({*initial, *executed})
    # Each project at its last initial budget, the greatest first; one without any comes after them, by its name.
    last = last_amounts(initial)
    ranked = sorted(projects, key=lambda iri: (-last.get(iri, (0, -1))[1], own[iri][0], iri))
    limit, offset = asked.get("limit") or 50, asked.get("offset") or 0
    reader.load([thing.iri])
    reader.load_evidence([thing.iri])
    body = render(
        "ministry.html", at,
        title=thing.label, thing=thing, total=len(projects), limit=limit, offset=offset,
        years=[(year, _sum(initial.get(year)), _sum(executed.get(year)), len(initial.get(year, ()))) for year in years],
        projects=[(iri, own[iri][0], last.get(iri)) for iri in ranked[offset : offset + limit]],
        policies=_policies(store, own, projects, scope), strategies=_strategies(store, reader, projects, scope),
        properties=[] if at.static else properties(reader, thing.iri), cite=cite(reader, at, thing),
        ended=ended(store, scope), of=scope.told,
    )  # fmt: skip
    return html(body)


def _own(store: Store, iri: str, scope: YearScope) -> dict[str, tuple[str, str]]:
    """Return a ministry's policies, measures and projects with name and kind, as documents of the year show them."""
    # The years first: of ten reviews one is shown, and what is of the others need not be read.
    of = f"{values_of('g', scope.graphs())} GRAPH ?g {{ ?s kk:ministry {ox.NamedNode(iri)} }}"
    rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ {of} }}")
    every = {row["s"].value for row in rows}
    shown = sorted(every - scope.absent(every))
    kinds: dict[str, str] = {}
    of_kind = "?s a ?class FILTER(?class IN (kk:Policy, kk:Measure, kk:Project))"
    for key, row in select_each(store, shown, "?class", of_kind):
        kind = row["class"].value.rsplit("#", 1)[-1]
        if kind != "Policy" or key not in kinds:  # a measure is typed as a policy too
            kinds[key] = kind
    in_japanese = '?s skos:prefLabel ?name FILTER(LANG(?name) = "ja")'
    names = {key: row["name"].value for key, row in select_each(store, kinds, "?name", in_japanese)}
    return {key: (names.get(key, key), kind) for key, kind in kinds.items()}


def _sum(amounts: Mapping[str, int] | None) -> int | None:
    return sum(amounts.values()) if amounts else None


def _policies(
    store: Store, own: Mapping[str, tuple[str, str]], projects: list[str], scope: YearScope
) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """Return policies with their measures and the number of projects placed under each; loose measures last."""
    above: dict[str, list[str]] = defaultdict(list)
    placed: Counter[str] = Counter()
    frame = [iri for iri, (_, kind) in own.items() if kind != "Project"]
    rows = select_each(store, sorted([*frame, *projects]), "?whole", "?s dcterms:isPartOf ?whole")
    pairs = dict.fromkeys((item, row["whole"].value) for item, row in rows)
    kept = scope.stated((pair for pair in pairs if own[pair[0]][1] == "Project"), "kk:Placement")
    for item, whole in pairs:
        if own[item][1] != "Project":
            above[whole].append(item)
        elif (item, whole) in kept:
            placed[whole] += 1
    policies = sorted((iri for iri in frame if own[iri][1] == "Policy"), key=lambda iri: (own[iri][0], iri))
    inside = {item for items in above.values() for item in items}
    made = [
        (
            iri,
            own[iri][0],
            [(m, own[m][0], placed[m]) for m in sorted(above.get(iri, ()), key=lambda m: own[m][0])],
        )
        for iri in policies
    ]
    loose = [iri for iri in frame if own[iri][1] == "Measure" and iri not in inside]
    if loose:
        made.append(("", "", [(m, own[m][0], placed[m]) for m in sorted(loose, key=lambda m: own[m][0])]))
    return made


def _strategies(
    store: Store, reader: Reader, projects: list[str], scope: YearScope
) -> list[tuple[str, Words, int]]:
    """Return the strategies on which most of the projects rest, at most twenty."""
    pattern = "?s kk:justifiedBy ?o . ?o a kk:Strategy"
    if not scope.is_plain:
        pattern = (
            "?s kk:hasJustification ?link . ?link kk:basisStrategy ?o ; kk:reviewYear ?review "
            f"FILTER(?review = <{scope.iri}>)"
        )
    rows = select_each(store, sorted(projects), "?o", pattern)
    counts = Counter(strategy for _, strategy in {(project, row["o"].value) for project, row in rows})
    most = sorted(counts, key=lambda iri: (-counts[iri], iri))[:20]
    labels = reader.labels(most)
    return [(iri, labels[iri], counts[iri]) for iri in most if iri in labels]
