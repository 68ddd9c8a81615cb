"""How many things of each kind a store holds, as the stored query `summary` counts them.

Whoever tells such a number takes it from here, so that one thing has one number wherever it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.common.words import Words
from konkyo.graph.stored_queries import run

if TYPE_CHECKING:
    from konkyo.store import Store


NONE = ox.Literal(0)


def counts(store: Store) -> list[tuple[Words, int]]:
    """Return what is counted and how often it is there, zeros included."""
    return [
        (Words(row["item"].value, row["english"].value), int(row["count"].value))
        for row in run(store, "summary")
    ]


# What these classes hold is counted by `summary`, told apart where a class alone would mix two things: a measure is
# typed as a policy as well, a part of an indicator as an indicator, a sheet as an edition.
COUNTED = frozenset(
    {
        "EvaluationSheet", "Policy", "Measure", "Project", "Strategy", "Edition", "Citation", "Indicator", "Panel",
        "Cooperation", "Justification", "Uptake", "BudgetFigure",
    }
)  # fmt: skip
