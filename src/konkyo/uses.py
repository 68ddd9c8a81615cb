"""What rests on a strategy, in numbers: projects, ministries and initial budgets, each project counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.reader import Reader
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.store import Store

_QUERY = """PREFIX kk: <https://w3id.org/konkyo/ns#>
PREFIX c: <https://w3id.org/konkyo/code/>
SELECT DISTINCT ?ground ?project ?ministry ?year ?figure ?yen WHERE {
  VALUES ?ground { %s }
  ?project kk:justifiedBy ?ground ; a kk:Project .
  OPTIONAL { ?project kk:ministry ?ministry }
  OPTIONAL {
    ?project kk:hasBudgetFigure ?figure .
    ?figure kk:reviewYear ?year ; kk:fiscalYear ?year ; kk:budgetStage c:initial ; kk:amountYen ?yen .
  }
}"""
_SPELLINGS = """PREFIX kk: <https://w3id.org/konkyo/ns#>
SELECT ?ground (COUNT(DISTINCT ?citation) AS ?n) WHERE {
  VALUES ?ground { %s }
  ?denotation kk:denotes ?ground . ?citation kk:hasDenotation ?denotation .
} GROUP BY ?ground"""


@dataclass(frozen=True, slots=True)
class Use:
    """How much rests on one ground. ``budgets`` are the initial budgets of the review years, in yen, by year.

    A project whose initial budget of the year is not stated is in ``projects`` and adds nothing to a sum.
    """

    ground: str
    label: Words
    spellings: int
    projects: int
    ministries: tuple[tuple[Words, int], ...]
    budgets: tuple[tuple[Words, int], ...]


def uses(store: Store, reader: Reader, grounds: Iterable[str]) -> list[Use]:
    """Return the use of each ground that any project rests on, in the order given."""
    grounds = list(grounds)
    if not grounds:
        return []
    values = " ".join(str(ox.NamedNode(ground)) for ground in grounds)
    projects: dict[str, set[str]] = {}
    ministries: dict[str, dict[str, set[str]]] = {}
    money: dict[str, dict[str, dict[str, int]]] = {}
    for row in store.select(_QUERY % values):
        ground, project = row["ground"].value, row["project"].value
        projects.setdefault(ground, set()).add(project)
        if row["ministry"] is not None:
            ministries.setdefault(ground, {}).setdefault(row["ministry"].value, set()).add(project)
        if row["yen"] is not None:
            # By its figure, so that a project which cites the ground in ten ways is counted once.
            years = money.setdefault(ground, {}).setdefault(row["year"].value, {})
            years[row["figure"].value] = int(row["yen"].value)
    spellings = {row["ground"].value: int(row["n"].value) for row in store.select(_SPELLINGS % values)}
    found = [ground for ground in grounds if ground in projects]
    labels = reader.labels(
        [*found, *{m for g in ministries.values() for m in g}, *{y for g in money.values() for y in g}]
    )
    return [
        Use(
            ground=ground,
            label=labels[ground],
            spellings=spellings.get(ground, 0),
            projects=len(projects[ground]),
            ministries=tuple(
                (labels[iri], len(members))
                for iri, members in sorted(
                    ministries.get(ground, {}).items(), key=lambda item: (-len(item[1]), item[0])
                )
            ),
            budgets=tuple(
                (labels[year], sum(figures.values()))
                for year, figures in sorted(money.get(ground, {}).items())
            ),
        )
        for ground in found
    ]
