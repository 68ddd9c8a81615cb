"""The stored queries that reports are made of, and how their answers are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import ID
from konkyo.present.report.model import Question

if TYPE_CHECKING:
    from konkyo.graph.years import YearScope
    from konkyo.store import Store

Row = Mapping[str, str | None]


@dataclass
class Source:
    """A store, what has been read of it, its stored queries, and the year of the report."""

    store: Store
    reader: Reader
    scope: YearScope

    @property
    def review(self) -> dict[str, str]:
        """Return the parameters of stored queries that leave other reviews out, and years before the first; none where there is no other."""
        review = {"review": f"{self.scope.year}年度"} if self.scope.iri else {}
        return review | self.since

    @property
    def since(self) -> dict[str, str]:
        """Return the parameter of stored queries that leaves years before the first one asked for out; none where all are."""
        return {} if self.scope.since is None else {"since": f"{self.scope.since}年度"}

    def rows(self, name: str, **values: str) -> list[Row]:
        """Return the answer of a stored query: IRIs and literals as strings, None where a variable is unbound."""
        answer = run(self.store, name, **values)
        names = [variable.value for variable in answer.variables]
        return [{key: row[key].value if row[key] is not None else None for key in names} for row in answer]

    def labels(self, iris: Iterable[str | None]) -> dict[str, Words]:
        """Return labels, the key for what has none."""
        wanted = sorted({iri for iri in iris if iri})
        found = self.reader.labels(wanted)
        return {iri: found.get(iri) or Words(key(iri), key(iri)) for iri in wanted}


def key(iri: str) -> str:
    """Return what a user types for an IRI."""
    return iri.removeprefix(ID)


def asked(name: str, **values: str) -> Question:
    """Return a stored query with what it was asked with, as a reader names it."""
    return Question(name, {parameter: key(value) for parameter, value in values.items()})


def number(row: Row, name: str) -> int | None:
    """Return a whole number of a row, or None."""
    value = row[name]
    return None if value is None else int(value)


def iri(row: Row, name: str) -> str:
    """Return what a row always has."""
    value = row[name]
    if value is None:
        raise KeyError(name)
    return value
