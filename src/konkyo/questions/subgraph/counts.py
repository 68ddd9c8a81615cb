"""How much there is to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.graph.network import SEEDS
from konkyo.graph.sparql import PROLOGUE
from konkyo.graph.years import YearScope
from konkyo.model.namespaces import KK

if TYPE_CHECKING:
    from konkyo.store import Store


def counts_of_kinds(store: Store, scope: YearScope) -> dict[str, int]:
    """Count what can be drawn. A measure is typed as a policy too, and a sheet as an edition, but it is no ground."""
    counts = _counts_of_all(store)
    if scope.iri:
        shown: dict[str, str] = {}
        for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?s ?k WHERE {{ ?s kk:hasAppearance ?a ; a ?k }}"):
            kind = row["k"].value.removeprefix(KK)
            if kind in counts and shown.get(row["s"].value) != "Measure":
                shown[row["s"].value] = kind
        for iri in scope.absent(shown):
            counts[shown[iri]] -= 1
        rows = store.select(
            f"{PROLOGUE}SELECT ?k (COUNT(DISTINCT ?s) AS ?n) WHERE {{ VALUES ?k {{ kk:LogicStep kk:Indicator }} ?s a ?k ; kk:reviewYear ?y "
            f"FILTER(?y != {ox.NamedNode(scope.iri)}) }} GROUP BY ?k"
        )
        for row in rows:
            if row["k"] is not None:
                counts[row["k"].value.removeprefix(KK)] -= int(row["n"].value)
    return counts


def _counts_of_all(store: Store) -> dict[str, int]:
    rows = store.select(
        f"{PROLOGUE}SELECT ?k (COUNT(DISTINCT ?s) AS ?n) WHERE {{ VALUES ?k {{ {SEEDS} }} ?s a ?k "
        "FILTER (?k NOT IN (kk:Policy, kk:Edition) || NOT EXISTS { ?s a ?own "
        f'FILTER (?own != ?k && STRSTARTS(STR(?own), "{KK}")) }}) }} GROUP BY ?k'
    )
    return {row["k"].value.removeprefix(KK): int(row["n"].value) for row in rows}
