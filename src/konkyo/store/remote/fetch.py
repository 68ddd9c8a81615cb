"""Bringing the triples that a query needs from a server, and running the query on them here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from konkyo.store.remote.patterns import Block, Values

if TYPE_CHECKING:
    import pyoxigraph as ox

    from konkyo.store import Answer
    from konkyo.store.remote.patterns import Closure, FetchPlan, Pattern

MOST_ROWS = 3_000_000
_BATCH = 500


class TooMany(Exception):
    """A query needs more rows than are brought here."""


class Unfit(Exception):
    """A row that no pattern can have matched."""


class Server(Protocol):
    """What a server has to be able to do."""

    def rows(self, join: str) -> tuple[ox.QuerySolutions, bool]:
        """Return the rows of a join, and whether the server may have cut them."""

    def all_rows(self, join: str) -> ox.QuerySolutions:
        """Return all rows of a join, in as many pages as it takes."""

    def counted(self, join: str) -> int:
        """Return the number that a query counts."""


def answer(text: str, wanted: FetchPlan, server: Server) -> Answer:
    """Run a query here on the triples that it needs. Raises TooMany, and Unfit for rows that are none of these triples."""
    import pyoxigraph as ox

    here = ox.Store()
    found = 0
    sizes: dict[Pattern, int] = {}
    for (block, whole), own in wanted.joins.items():
        for row in _rows(server, block, whole, own, sizes):
            here.extend(_quad(*_matched(pattern, row)) for pattern in own)
            found += 1
            if found > MOST_ROWS:
                raise TooMany
    for closure in wanted.closures:
        _follow(here, closure, server)
    return here.query(text)


def _rows(
    server: Server, block: Block, whole: Block, own: set[Pattern], sizes: dict[Pattern, int]
) -> Iterator[ox.QuerySolution]:
    """Yield the rows of a block. Where they are many, for some hundred values of one variable at a time.

    To page through a join by OFFSET costs a server the whole join for each page. ``sizes`` keeps how many triples a
    pattern matches by itself.
    """
    names = sorted(Block(frozenset(own)).names)
    rows, cut = server.rows(block.select(names))
    if not cut:
        yield from rows
        return
    # A subject is never a literal, of which two may be the same number.
    subjects = {pattern[0] for pattern in block.patterns if pattern[0][0] == "?"}
    ways = [(pattern, key) for pattern in whole.patterns for key in subjects.intersection(pattern)]
    if not ways:
        yield from server.all_rows(block.select(names))
        return
    for pattern, _ in ways:
        if pattern not in sizes:
            sizes[pattern] = server.counted(f"SELECT (COUNT(*) AS ?n) WHERE {{ {' '.join(pattern)} }}")
    rarest, key = min(ways, key=lambda way: (sizes[way[0]], way))
    batches = list(_batches(_keys(server, rarest, key)))
    while batches:
        batch = batches.pop()
        part = Block(block.patterns, block.values | {Values((key,), tuple((value,) for value in batch))})
        rows, cut = server.rows(part.select(names))
        if not cut:
            yield from rows
        elif len(batch) > 1:
            batches += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
        else:
            yield from server.all_rows(part.select(names))


def _keys(server: Server, pattern: Pattern, key: str) -> list[str]:
    import pyoxigraph as ox

    found = server.all_rows(Block(frozenset({pattern})).select([key]))
    return sorted({str(row[0]) for row in found if isinstance(row[0], ox.NamedNode)})


def _follow(here: ox.Store, closure: Closure, server: Server) -> None:
    """Bring what a path of any length may walk over: step by step from where it can start, or else all of it."""
    steps = Values(("?p",), tuple((predicate,) for predicate in closure.predicates))
    nodes = _starts(here, closure) if closure.simple else None
    if nodes is None:
        for row in server.all_rows(f"SELECT ?s ?p ?o WHERE {{ {steps} ?s ?p ?o }}"):
            here.add(_quad(row["s"], row["p"], row["o"]))
        return
    seen: set[str] = set()
    while nodes:
        seen |= nodes
        found: set[str] = set()
        for batch in _batches(sorted(nodes)):
            among = Values(("?s",), tuple((node,) for node in batch))
            for row in server.all_rows(f"SELECT ?s ?p ?o WHERE {{ {among} {steps} ?s ?p ?o }}"):
                here.add(_quad(row["s"], row["p"], row["o"]))
                found.add(str(row["o"]))
        nodes = {node for node in found - seen if node[0] == "<"}


def _starts(here: ox.Store, closure: Closure) -> set[str] | None:
    """Return the IRIs at which a path can start, or None where nothing says so."""
    import pyoxigraph as ox

    if closure.start[0] != "?":
        return {closure.start}
    known = closure.block.selective_part(p for p in closure.block.patterns if closure.start in p)
    if not known.patterns:
        return None
    rows = here.query(known.select([closure.start], distinct=True))
    assert isinstance(rows, ox.QuerySolutions)
    return {str(row[0]) for row in rows if isinstance(row[0], ox.NamedNode)}


def _batches(nodes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(nodes), _BATCH):
        yield nodes[start : start + _BATCH]


def _quad(subject: Any, predicate: Any, value: Any) -> ox.Quad:
    import pyoxigraph as ox

    try:
        return ox.Quad(subject, predicate, value)
    except TypeError:
        raise Unfit(f"{subject} {predicate} {value}") from None


def _matched(pattern: Pattern, row: ox.QuerySolution) -> Any:
    """Return the subject, predicate and object that a pattern matched in a row."""
    return [row[term[1:]] if term[0] == "?" else _parsed(term) for term in pattern]


def _parsed(term: str) -> ox.NamedNode | ox.Literal:
    import pyoxigraph as ox

    if term[0] == "<":
        return ox.NamedNode(term[1:-1])
    (quad,) = ox.parse(f"<a:a> <a:a> {term} .", format=ox.RdfFormat.TURTLE)
    found = quad.object
    assert isinstance(found, ox.Literal)
    return found
