"""The kind of answer a query has, and whether a server's answer is whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from konkyo.common.text import whole
from konkyo.store.embedded import only
from konkyo.store.query_errors import QUERY_ERRORS, query_error
from konkyo.store.remote.bound import always_bound

if TYPE_CHECKING:
    import httpx


_PROLOGUE = re.compile(r"(?:\s+|\#[^\n\r]*|\bPREFIX\s+[^\s:]*:\s*<[^<>]*>|\bBASE\s*<[^<>]*>)*", re.IGNORECASE)
# Virtuoso names blank nodes as no other server does, and with signs that no name of one may have.
_BLANK_OF_VIRTUOSO = re.compile(rb'("type": "bnode", "value": ")nodeID://')


def with_plain_blanks(body: bytes) -> bytes:
    """Return an answer in JSON with the names of blank nodes as they may be."""
    return _BLANK_OF_VIRTUOSO.sub(rb"\1", body)


def split_prologue(text: str) -> tuple[str, str]:
    """Return the prefixes that a query begins with, and the rest."""
    match = _PROLOGUE.match(text)
    end = match.end() if match else 0
    return text[:end], text[end:]


def form_of(text: str) -> type[ox.QuerySolutions] | type[ox.QueryBoolean] | type[ox.QueryTriples]:
    """Return what kind of answer a query has. Raises KonkyoError for what is none, such as an update.

    Asking an empty store tells, with the same words as a store of one's own.
    """
    try:
        return type(ox.Store().query(text))
    except QUERY_ERRORS as error:
        raise query_error(error) from error


def may_lack_rows(headers: httpx.Headers) -> bool:
    """Return whether an answer may lack rows: Virtuoso says so by naming its limit, and answers 200."""
    return "X-SPARQL-MaxRows" in headers


def read_through(body: bytes, text: str) -> None:
    """Raise SyntaxError or ValueError for rows that are no answer to a query: else it comes in the midst of another module's work."""
    rows = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(rows, ox.QuerySolutions):
        return
    names = [variable.value for variable in rows.variables]
    told, left_open = set(names), set[str]()
    for number, row in enumerate(rows):
        # What has no row may well name no variable.
        if number == 0 and (lacking := variables_of(text) - told):
            raise ValueError(f"no {', '.join(sorted(lacking))}")
        if any(isinstance(term, ox.Triple) for term in row):
            raise ValueError("a triple for a term")
        left_open.update(name for name, term in zip(names, row, strict=True) if term is None)
    # Most queries leave nothing open, and taking one apart costs more than its answer.
    if left_open and (missing := left_open & always_bound(text)):
        raise ValueError(f"a row without {', '.join(sorted(missing))}")


def variables_of(text: str) -> set[str]:
    """Return the variables that a SELECT answers."""
    rows = only(ox.Store().query(text), ox.QuerySolutions)
    return {variable.value for variable in rows.variables}


def graph_names(rows: Iterable[ox.QuerySolution], nonsense: Callable[[str], Exception]) -> list[str]:
    """Return the names of graphs that a server lists, sorted. Raises what ``nonsense`` makes of a text in place of a name."""
    found = set()
    for row in rows:
        if isinstance(row["g"], ox.Literal):
            raise nonsense(f"{row['g']}")
        # A graph without a name of its own is none of konkyo's.
        if isinstance(row["g"], ox.NamedNode):
            found.add(row["g"].value)
    return sorted(found)


def as_triples(triples: Iterable[ox.Triple]) -> ox.QueryTriples:
    """Return triples as what a store of one's own answers; one that comes twice is one."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    return only(store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"), ox.QueryTriples)


_OPEN = re.compile(r"\bVALUES \?\w+ \{ UNDEF \}")


def without_open_values(text: str) -> str:
    """Return a query without the VALUES that leave a parameter open, as stored queries have them: they say nothing."""
    return _OPEN.sub("", text)


def number(told: object, nonsense: Callable[[str], Exception]) -> int:
    """Return a number that a server counted, a text or a term. Raises what ``nonsense`` makes of anything else."""
    found = whole(told.value if isinstance(told, ox.Literal) else told)
    if found is None:
        raise nonsense(f"{told}")
    return found


def counted(rows: Iterable[ox.QuerySolution], nonsense: Callable[[str], Exception]) -> int:
    """Return the number that a row has and nothing else. Raises what ``nonsense`` makes of other rows."""
    found = [*rows]
    if len(found) != 1 or len(found[0]) != 1:
        raise nonsense("no count")
    return number(found[0][0], nonsense)


def page_of(body: bytes, nonsense: Callable[[str], Exception]) -> tuple[list[str], list[Any]]:
    """Return the variables and the rows of an answer in JSON, as they stand there."""
    try:
        found = json.loads(body)
        return [*found["head"]["vars"]], [*found["results"]["bindings"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise nonsense(str(error)) from None
