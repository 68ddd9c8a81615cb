"""Tables over the whole graph: what is missing, and what changed between two years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.query import StoredQuery, stored
from konkyo.reader import Reader
from konkyo.vocabulary import BASE, ID, KK, XSD
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.api import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows under columns (``name``, ``label``); a cell is a text, a number, None, or ``{"iri", "label"}``."""

    columns: list[dict[str, Any]]
    rows: Sequence[dict[str, Any]]


def listing(graph: KnowledgeGraph, query: StoredQuery, values: dict[str, str]) -> Listing:
    """Return the rows of a stored query with the labels of what they name."""
    answer = graph.store.select(query.bind(values))
    names = [variable.value for variable in answer.variables]
    rows = [[solution[name] for name in names] for solution in answer]
    iris = {t.value for row in rows for t in row if isinstance(t, ox.NamedNode) and t.value.startswith(BASE)}
    labels = Reader(graph.store).labels(sorted(iris))
    columns = [
        {"name": name, "label": query.columns.get(name, Words(name, name))._asdict()} for name in names
    ]
    return Listing(columns, [dict(zip(names, (_cell(t, labels) for t in row), strict=True)) for row in rows])


def _cell(term: Any, labels: dict[str, Words]) -> Any:
    if isinstance(term, ox.NamedNode):
        words = labels.get(term.value, Words(term.value, term.value))
        return {"iri": term.value, "label": words._asdict()}
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "integer":
        return int(term.value)
    return None if term is None else term.value


def changes(
    graph: KnowledgeGraph, before: str, after: str, thing: str | None = None, ministry: str | None = None
) -> Listing:
    """Return what changed between two fiscal years (IRIs)."""
    values = {"before": before.removeprefix(f"{ID}fy/"), "after": after.removeprefix(f"{ID}fy/")}
    if thing:
        values["element"] = thing
    return listing(graph, stored("changes-between-years"), values)


def years(graph: KnowledgeGraph) -> list[tuple[int, Words]]:
    """Return the fiscal years that budget figures or appearances name, oldest first."""
    rows = graph.store.select(
        f"SELECT DISTINCT ?y WHERE {{ {{ ?s a <{KK}Appearance> }} UNION {{ ?s a <{KK}IndicatorValue> }} ?s <{KK}fiscalYear> ?y }}"
    )
    found = sorted(row["y"].value for row in rows)
    labels = Reader(graph.store).labels(found)
    return [(int(iri.removeprefix(f"{ID}fy/")), labels[iri]) for iri in found if iri in labels]
