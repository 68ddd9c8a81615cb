"""Which triples a query needs, as plain joins: for servers that answer no more than joins reliably.

Virtuoso 7.2 was seen to give the same row twice under DISTINCT, to lose rows beside MINUS, and not to end sums, each
time depending on how it chose to begin. What it joins is right. So a query that asks for more is taken apart: the server
gives the triples that each of its patterns can match, and the query is run on these here.

The answer is the same, since every part of a query only ever looks at triples that one of its patterns matches; and where
a part is asked for together with what it is joined to, what is left out could not have been joined. Filters are not sent:
without them more comes, never less.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyoxigraph as ox

    from konkyo.store import Answer

# A term as SPARQL writes it: ``?name``, ``<iri>`` or a literal.
Pattern = tuple[str, str, str]

MOST_ROWS = 3_000_000
_BATCH = 500
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

_QUOTED = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n\r]*""",
    re.DOTALL,
)
_MORE = re.compile(
    r"\b(?:OPTIONAL|MINUS|EXISTS|UNION|BIND|HAVING|ORDER|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT|OFFSET)\b"
    r"|\bSELECT\b.*\bSELECT\b|[|^/]|[\w)][+*]|\w\?(?!\w)",
    re.IGNORECASE | re.DOTALL,
)


class TooMany(Exception):
    """A query needs more rows than are brought here."""


@dataclass(frozen=True, slots=True)
class Values:
    """What variables may be: rows of terms, none of them missing."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        rows = " ".join(f"({' '.join(row)})" for row in self.rows)
        return f"VALUES ({' '.join(self.names)}) {{ {rows} }}"


@dataclass(frozen=True, slots=True)
class Block:
    """Patterns that all have to match, and what some of their variables may be."""

    patterns: frozenset[Pattern] = frozenset()
    values: frozenset[Values] = frozenset()

    def select(self, names: Iterable[str], *, distinct: bool = False) -> str:
        """Return the query that gives what these variables of the block may be. There must be at least one."""
        lines = [
            *sorted(map(str, self.values)),
            *(f"{' '.join(pattern)} ." for pattern in sorted(self.patterns)),
        ]
        return f"SELECT {'DISTINCT ' * distinct}{' '.join(names)} WHERE {{ {' '.join(lines)} }}"

    def __or__(self, other: Block) -> Block:
        return Block(self.patterns | other.patterns, self.values | other.values)

    @property
    def names(self) -> set[str]:
        """Return the variables of the patterns."""
        return {term for pattern in self.patterns for term in pattern if term[0] == "?"}

    def seen_from(self, names: Container[str], mark: int) -> Block:
        """Return the block with all variables but these made others, which ``mark`` tells from those of the same name."""

        def renamed(term: str) -> str:
            return term if term[0] != "?" or term in names else f"{term}_{mark}"

        return Block(
            frozenset((renamed(s), renamed(p), renamed(o)) for s, p, o in self.patterns),
            frozenset(Values(tuple(map(renamed, v.names)), v.rows) for v in self.values),
        )

    def connected(self, some: Iterable[Pattern]) -> Block:
        """Return some patterns and all that shared variables connect them with."""
        kept = frozenset(some)
        names = Block(kept).names
        while True:
            values = frozenset(v for v in self.values if names.intersection(v.names))
            more = {p for p in self.patterns - kept if names.intersection(p)}
            kept |= more
            grown = Block(kept).names.union(*(v.names for v in values))
            if not more and grown == names:
                return Block(kept, values)
            names = grown

    def around(self, some: Iterable[Pattern]) -> Block:
        """Return some patterns and what narrows them down: the shortest way to each term and VALUES that they hang on.

        All else would only multiply the rows.
        """
        own = frozenset(some)
        given = {name for v in self.values for name in v.names}
        # A class narrows little down, and there is no way on from it.
        others = sorted(p for p in self.patterns - own if p[1] != _TYPE or _open(p[2]))
        ways: dict[str, tuple[Pattern, ...]] = dict.fromkeys(Block(own).names, ())
        frontier = set(ways)
        while frontier:
            found: dict[str, tuple[Pattern, ...]] = {}
            for name in sorted(frontier):
                for pattern in others:
                    if name in pattern:
                        for term in pattern:
                            if _open(term) and term not in ways:
                                found.setdefault(term, (*ways[name], pattern))
            ways |= found
            frontier = set(found)
        kept = set(own)
        for pattern in others:
            near = [ways[term] for term in pattern if term in ways]
            if near and _fixed(pattern, given):
                kept |= {pattern, *min(near, key=len)}
        names = Block(frozenset(kept)).names
        kept |= {p for p in self.patterns if p[1] == _TYPE and not _open(p[2]) and p[0] in names}
        return Block(frozenset(kept), frozenset(v for v in self.values if names.intersection(v.names)))


def _open(term: str) -> bool:
    return term[0] == "?"


def _fixed(pattern: Pattern, given: set[str]) -> bool:
    """Return whether a pattern says of itself what it is about: by a subject or object, or by a variable of VALUES."""
    subject, _, object_ = pattern
    return not (_open(subject) and _open(object_)) or not given.isdisjoint(pattern)


@dataclass(frozen=True, slots=True)
class Closure:
    """A path of any length from ``start`` to ``end``; ``block`` says what these may be.

    ``simple``: it is ``predicate|predicate …`` repeated, so that whoever follows these from the start finds all of it.
    """

    start: str
    predicates: tuple[str, ...]
    end: str
    simple: bool
    block: Block


@dataclass(slots=True)
class Needs:
    """What a query needs: blocks of patterns that stand together, each with those whose triples are to be kept.

    A block is what is asked for; beside it stands all that it is connected with, which may tell what to begin with.
    """

    joins: dict[tuple[Block, Block], set[Pattern]] = field(default_factory=dict)
    closures: list[Closure] = field(default_factory=list)

    def want(self, own: Iterable[Pattern], context: Block) -> None:
        """Note that the triples of these patterns are needed, as far as they fit the context."""
        left = set(own)
        while left:
            part = {left.pop()}
            while more := {p for p in left if any(term[0] == "?" and term in q for q in part for term in p)}:
                part |= more
                left -= more
            whole = context | Block(frozenset(part))
            self.joins.setdefault((whole.around(part), whole.connected(part)), set()).update(part)


def is_plain(text: str) -> bool:
    """Return whether a query is a join, perhaps filtered or counted, that a server may answer by itself."""
    return not _MORE.search(_QUOTED.sub(" i ", text))


def needs(text: str) -> Needs | None:
    """Return what a query needs, or None where that cannot be said: named graphs, DESCRIBE."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(text)).algebra
    except (
        Exception
    ):  # rdflib raises whatever its parser or a bad term does; the query was found to be valid before
        return None
    try:
        return _Walk().of(algebra)
    except _Unknown:
        return None


class _Unknown(Exception):
    """A part of a query that this module does not know."""


class _Walk:
    """Goes through rdflib's algebra. ``must`` says what any solution of a part has to match, ``visit`` what it needs."""

    def __init__(self) -> None:
        self.found = Needs()
        self.fresh = (f"?konkyo_{number}" for number in count())
        # Blocks are asked for again and again, and what has no name must get the same one each time.
        self.known: dict[int, _Basic] = {}
        self.kept: list[Any] = []

    def of(self, algebra: Any) -> Needs:
        if algebra.name not in ("SelectQuery", "ConstructQuery", "AskQuery") or algebra.datasetClause:
            raise _Unknown(algebra.name)
        self.visit(algebra.p, Block())
        return self.found

    def must(self, part: Any) -> Block:
        match part.name:
            case "BGP":
                return self.basic(part).must
            case "Join":
                return self.must(part.p1) | self.must(part.p2)
            case "LeftJoin" | "Minus":
                return self.must(part.p1)
            case "Union":
                return Block()
            case "values":
                return Block(values=frozenset(self.values(part.res)))
            case "Project":
                return self.must(part.p).seen_from(_returned(part), id(part))
            case "Graph":
                raise _Unknown(part.name)
            case _ if "p" in part:
                return self.must(part.p)
        raise _Unknown(part.name)

    def visit(self, part: Any, context: Block) -> None:
        match part.name:
            case "BGP":
                self.visit_basic(self.basic(part), context)
            case "Join":
                self.visit(part.p1, context | self.must(part.p2))
                self.visit(part.p2, context | self.must(part.p1))
            case "LeftJoin" | "Minus":
                self.visit(part.p1, context)
                inner = self.inside(part.p1, context)
                self.visit(part.p2, inner)
                if part.name == "LeftJoin":
                    self.visit_expression(part.expr, inner | self.must(part.p2))
            case "Union":
                self.visit(part.p1, context)
                self.visit(part.p2, context)
            case "values":
                pass
            case "Project":
                self.visit(part.p, context.seen_from(_returned(part), id(part)))
            case "Slice":
                # Which rows come first depends on all of them.
                self.visit(part.p, Block())
            case "Filter" | "Extend":
                self.visit(part.p, context)
                self.visit_expression(part.expr, self.inside(part.p, context))
            case "Graph":
                raise _Unknown(part.name)
            case _ if "p" in part:
                self.visit(part.p, context)
            case _:
                raise _Unknown(part.name)

    def inside(self, part: Any, context: Block) -> Block:
        """Return the context of what is only looked at beside a part: OPTIONAL, MINUS, EXISTS.

        It sees what comes from outside through the variables of that part alone: whether it matches is settled before
        it is joined with the rest.
        """
        must = self.must(part)
        return must | context.seen_from(must.names, id(part))

    def visit_expression(self, expression: Any, context: Block) -> None:
        """Look for EXISTS and NOT EXISTS in an expression."""
        from rdflib.plugins.sparql.parserutils import CompValue

        if isinstance(expression, (list, tuple)):
            for item in expression:
                self.visit_expression(item, context)
        elif isinstance(expression, CompValue):
            if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
                self.visit(self.translated(expression.graph), context)
                return
            for item in expression.values():
                self.visit_expression(item, context)

    def translated(self, group: Any) -> Any:
        from rdflib.plugins.sparql.algebra import translateGroupGraphPattern

        if group.name != "GroupGraphPatternSub":
            return group
        made = translateGroupGraphPattern(group)
        self.kept.append(made)
        return made

    def basic(self, part: Any) -> _Basic:
        if id(part) not in self.known:
            made = _Basic()
            for s, p, o in part.triples:
                made.add(self.term(s), p, self.term(o), self)
            self.known[id(part)] = made
        return self.known[id(part)]

    def visit_basic(self, basic: _Basic, context: Block) -> None:
        context |= basic.must
        self.found.want(basic.must.patterns, context)
        for branches in basic.branches:
            for branch in branches:
                self.visit_basic(branch, context)
        for start, path, end in basic.closures:
            closure = Closure(start, tuple(sorted(_predicates(path))), end, _is_simple(path), context)
            self.found.closures.append(closure)

    def values(self, rows: Iterable[Mapping[Any, Any]]) -> Iterator[Values]:
        """Yield what a VALUES says of its variables, unless something in it is left open."""
        found = list(rows)
        variables = sorted({name for row in found for name in row})
        lines = []
        for row in found:
            terms = tuple(self.term(row[name]) if row[name] != "UNDEF" else "?" for name in variables)
            if any(term[0] == "?" for term in terms):
                return
            lines.append(terms)
        if lines:
            yield Values(tuple(f"?{name}" for name in variables), tuple(lines))

    def term(self, node: Any) -> str:
        from rdflib.term import BNode, Literal, URIRef, Variable

        if isinstance(node, Variable):
            return f"?{node}"
        if isinstance(node, URIRef):
            return f"<{node}>"
        if isinstance(node, Literal) and node.datatype is None:
            return node.n3()
        if isinstance(node, BNode):
            return f"?konkyo_b{node}"
        # rdflib may have written a number anew, and servers differ in which numbers they take for the same.
        return next(self.fresh)


@dataclass(slots=True)
class _Basic:
    """Triple patterns without paths; the ways of each ``|``; and the paths of any length."""

    patterns: set[Pattern] = field(default_factory=set)
    branches: list[list[_Basic]] = field(default_factory=list)
    closures: list[tuple[str, Any, str]] = field(default_factory=list)

    @property
    def must(self) -> Block:
        return Block(frozenset(self.patterns))

    def add(self, s: str, path: Any, o: str, walk: _Walk) -> None:
        from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
        from rdflib.term import Node

        match path:
            case InvPath():
                self.add(o, path.arg, s, walk)
            case SequencePath():
                for number, step in enumerate(path.args, 1):
                    end = o if number == len(path.args) else next(walk.fresh)
                    self.add(s, step, end, walk)
                    s = end
            case AlternativePath():
                self.branches.append([_Basic() for _ in path.args])
                for branch, way in zip(self.branches[-1], path.args, strict=True):
                    branch.add(s, way, o, walk)
            case MulPath():
                self.closures.append((s, path.path, o))
            case NegatedPath():
                self.patterns.add((s, next(walk.fresh), o))
            case Node():
                # A pattern without any variable has no row to show: its object is asked for.
                term = walk.term(path)
                sure = all(item[0] != "?" for item in (s, term, o))
                self.patterns.add((s, term, next(walk.fresh) if sure else o))
            case _:
                raise _Unknown(type(path).__name__)


def _predicates(path: Any) -> set[str]:
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
    from rdflib.term import URIRef

    match path:
        case URIRef():
            return {f"<{path}>"}
        case InvPath():
            return _predicates(path.arg)
        case MulPath():
            return _predicates(path.path)
        case AlternativePath() | SequencePath():
            return set().union(*map(_predicates, path.args))
    raise _Unknown(type(path).__name__)


def _returned(query: Any) -> set[str]:
    return {f"?{name}" for name in query.PV}


def _is_simple(path: Any) -> bool:
    from rdflib.paths import AlternativePath
    from rdflib.term import URIRef

    ways = path.args if isinstance(path, AlternativePath) else [path]
    return all(isinstance(way, URIRef) for way in ways)


class Server(Protocol):
    """What a server has to be able to do."""

    def rows(self, join: str) -> tuple[ox.QuerySolutions, bool]:
        """Return the rows of a join, and whether the server may have cut them."""

    def all_rows(self, join: str) -> ox.QuerySolutions:
        """Return all rows of a join, in as many pages as it takes."""


def answer(text: str, wanted: Needs, server: Server) -> Answer:
    """Run a query here on the triples that it needs. Raises TooMany."""
    import pyoxigraph as ox

    here = ox.Store()
    found = 0
    sizes: dict[Pattern, int] = {}
    for (block, whole), own in wanted.joins.items():
        for row in _rows(server, block, whole, own, sizes):
            here.extend(ox.Quad(*_matched(pattern, row)) for pattern in own)
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
            counted, _ = server.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {' '.join(pattern)} }}")
            sizes[pattern] = int(next(iter(counted))[0].value)
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
    import pyoxigraph as ox

    steps = Values(("?p",), tuple((predicate,) for predicate in closure.predicates))
    nodes = _starts(here, closure) if closure.simple else None
    if nodes is None:
        for row in server.all_rows(f"SELECT ?s ?p ?o WHERE {{ {steps} ?s ?p ?o }}"):
            here.add(ox.Quad(row["s"], row["p"], row["o"]))
        return
    seen: set[str] = set()
    while nodes:
        seen |= nodes
        found: set[str] = set()
        for batch in _batches(sorted(nodes)):
            among = Values(("?s",), tuple((node,) for node in batch))
            for row in server.all_rows(f"SELECT ?s ?p ?o WHERE {{ {among} {steps} ?s ?p ?o }}"):
                here.add(ox.Quad(row["s"], row["p"], row["o"]))
                found.add(str(row["o"]))
        nodes = {node for node in found - seen if node[0] == "<"}


def _starts(here: ox.Store, closure: Closure) -> set[str] | None:
    """Return the IRIs at which a path can start, or None where nothing says so."""
    import pyoxigraph as ox

    if closure.start[0] != "?":
        return {closure.start}
    known = closure.block.around(p for p in closure.block.patterns if closure.start in p)
    if not known.patterns:
        return None
    rows = here.query(known.select([closure.start], distinct=True))
    assert isinstance(rows, ox.QuerySolutions)
    return {str(row[0]) for row in rows if isinstance(row[0], ox.NamedNode)}


def _batches(nodes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(nodes), _BATCH):
        yield nodes[start : start + _BATCH]


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
