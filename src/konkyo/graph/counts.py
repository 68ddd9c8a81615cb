"""How many things of each kind a store holds, as the stored query `summary` counts them.

Whoever tells such a number takes it from here, so that one thing has one number wherever it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.common.words import Words
from konkyo.graph.sparql import PROLOGUE, terms
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import GRAPH, KK

if TYPE_CHECKING:
    from konkyo.store import Store


NONE = ox.Literal(0)


def counts(store: Store) -> list[tuple[Words, int]]:
    """Return what is counted and how often it is there, zeros included."""
    return [
        (Words(row["item"].value, row["english"].value), int(row["count"].value))
        for row in run(store, "summary")
    ]


def ministries(store: Store) -> int:
    """Return how many ministries have budget projects or policies."""
    rows = store.select(f"{PROLOGUE}SELECT (COUNT(DISTINCT ?m) AS ?count) WHERE {{ ?s kk:ministry ?m }}")
    return next((int(row["count"].value) for row in rows), 0)


# What these classes hold is counted by `summary`, told apart where a class alone would mix two things: a measure is
# typed as a policy as well, a part of an indicator as an indicator, a sheet as an edition.
_COUNTED = frozenset(
    {
        "EvaluationSheet", "Policy", "Measure", "Project", "Strategy", "Edition", "Citation", "Indicator", "Panel",
        "Cooperation", "Justification", "Uptake", "BudgetFigure",
    }
)  # fmt: skip
# What a build makes of all the rest tells nothing that is not counted there.
_MADE = frozenset({"YearlyBudget", "Gap", "Tally"})

_OF_CLASSES = """SELECT ?class ?count WHERE {
  { ?counted kk:about ?class ; rdf:value ?count ; a kk:Tally }
  UNION {
    # Only for a store whose build counted nothing: else the rest is not looked at.
    { SELECT ?none WHERE { { SELECT (COUNT(*) AS ?none) WHERE { ?any a kk:Tally } } FILTER(?none = 0) } }
    {
      SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE { VALUES ?class { %s } ?thing a ?class } GROUP BY ?class
    }
  }
}
ORDER BY DESC(?count) ?class"""


def of_classes(store: Store) -> str:
    """Return the query for how many things there are of each class that the summary does not count."""
    rows = store.select(f"{PROLOGUE}SELECT ?c WHERE {{ GRAPH <{GRAPH}ontology> {{ ?c a owl:Class }} }}")
    classes = {row["c"].value for row in rows if row["c"].value.startswith(KK)}
    others = classes - {KK + name for name in _COUNTED | _MADE}
    return PROLOGUE + _OF_CLASSES % terms(sorted(others))
