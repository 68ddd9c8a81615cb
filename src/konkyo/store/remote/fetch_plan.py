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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from konkyo.store.remote.algebra import algebra_of
from konkyo.store.remote.patterns import Block, Closure, FetchPlan, Values

if TYPE_CHECKING:
    from konkyo.store.remote.patterns import Pattern

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


def is_plain(text: str) -> bool:
    """Return whether a query is a join, perhaps filtered or counted, that a server may answer by itself."""
    return not _MORE.search(_QUOTED.sub(" i ", text))


def fetch_plan_of(text: str) -> FetchPlan | None:
    """Return what a query needs, or None where that cannot be said: named graphs, DESCRIBE."""
    if (algebra := algebra_of(text)) is None:
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
        self.found = FetchPlan()
        self.fresh = (f"?konkyo_{number}" for number in count())
        # Blocks are asked for again and again, and what has no name must get the same one each time.
        self.known: dict[int, _Basic] = {}
        self.kept: list[Any] = []

    def of(self, algebra: Any) -> FetchPlan:
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
        """Yield what a VALUES says of those variables of which every row says what a server takes as it is meant."""
        found = list(rows)
        columns = {
            f"?{name}": tuple(self.term(row[name]) if row[name] != "UNDEF" else "?" for row in found)
            for name in sorted({name for row in found for name in row})
        }
        sure = {name: column for name, column in columns.items() if all(term[0] != "?" for term in column)}
        if sure:
            yield Values(tuple(sure), tuple(dict.fromkeys(zip(*sure.values(), strict=True))))

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
