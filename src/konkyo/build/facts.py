"""Facts as rows of a table, for engines that know SQL and no RDF; and what a task of such an engine does.

A row is a line of N-Quads in other words: its IRIs are shortened, its literals without quotation marks and escapes. Each task is a
function of what it is given alone, so that it can run on another machine, and again where that one has failed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from konkyo.common.errors import KonkyoError
from konkyo.model.namespaces import GRAPH, PREFIXES, expand, shorten
from konkyo.model.ntriples import literal

if TYPE_CHECKING:
    from konkyo.citations.judgements import Judgements
    from konkyo.citations.resolve import Resolution
    from konkyo.citations.title_index import TitleObservation
    from konkyo.sources.found import ReviewFile
    from konkyo.sources.registry import Registry
    from konkyo.sources.rs import Names

IRI_TYPE, TEXT = "iri", "xsd:string"
REPORT, REFUSED = "report", "refused"


class Fact(NamedTuple):
    """One fact: its graph (``rs-2024/1-3``), subject, predicate (``kk:amountYen``), and its object as a value with a type.

    The type is ``iri``, a language (``@ja``) or a datatype (``xsd:integer``). A row without graph tells what became of a file.
    """

    graph: str
    subject: str
    predicate: str
    object: str
    type: str


def fact(line: str) -> Fact:
    """Return a line of N-Quads, as records are written, as a row."""
    subject, predicate, rest = line.split(" ", 2)
    term, name, _ = rest.rsplit(" ", 2)
    if term[0] == "<":
        value, kind = _short(term[1:-1]), IRI_TYPE
    else:
        end = term.rindex('"')
        quoted, kind = term[: end + 1], term[end + 1 :]
        # What N-Triples escapes, JSON escapes alike.
        value = json.loads(quoted) if "\\" in quoted else quoted[1:-1]
        kind = _short(kind[3:-1]) if kind.startswith("^^") else kind or TEXT
    return Fact(name[1:-1].removeprefix(GRAPH), _short(subject[1:-1]), _short(predicate[1:-1]), value, kind)


def line(row: Fact) -> str:
    """Return a row as the line of N-Quads that it was."""
    if row.type == IRI_TYPE:
        term = f"<{_long(row.object)}>"
    else:
        suffix = row.type if row.type[0] == "@" else "" if row.type == TEXT else f"^^<{_long(row.type)}>"
        term = literal(row.object, suffix)
    return f"<{_long(row.subject)}> <{_long(row.predicate)}> {term} <{GRAPH}{row.graph}> .\n"


_short = lru_cache(maxsize=1 << 16)(shorten)


def _long(name: str) -> str:
    return expand(name) if name.partition(":")[0] in PREFIXES else name


def facts_of_file(file: ReviewFile, names: Names) -> Iterator[Fact]:
    """Yield a row that tells what became of a file, then its facts; of a file that is refused that row alone."""
    from konkyo.sources.worker import convert_file, error_as_json

    # The text of a file waits on the disk: a task's memory does not grow with it.
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as lines:
        try:
            report = convert_file(file, names, lines.write, lambda _: None)
        except KonkyoError as error:
            yield Fact("", file.source, REFUSED, json.dumps(error_as_json(file, error)), TEXT)
            return
        yield Fact("", file.source, REPORT, json.dumps(report.as_json()), TEXT)
        lines.seek(0)
        yield from map(fact, lines)


class Resolving(NamedTuple):
    """What citations are resolved with; ``elsewhere`` is what those of all tasks tell of titles."""

    registry: Registry
    judgements: Judgements | None
    seen: list[TitleObservation]
    elsewhere: tuple[TitleObservation, ...] = ()

    def observe(self, strings: Iterable[str]) -> Iterator[TitleObservation]:
        """Yield what the citations of one task tell."""
        from konkyo.citations.resolve import Resolver

        yield from Resolver(self.registry, self.judgements, self.seen).observe(strings)

    def resolve(self, strings: Iterable[str]) -> Iterator[tuple[str, list[Resolution]]]:
        """Yield the citations of one task, each with what it denotes."""
        from konkyo.citations.resolve import Resolver

        resolver = Resolver(self.registry, self.judgements, self.seen)
        yield from resolver.resolve(strings, self.elsewhere).items()
