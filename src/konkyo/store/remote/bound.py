"""Which variables every row of a query has a value for: a server's row that lacks one is no answer to it."""

from __future__ import annotations

from typing import Any

from konkyo.store.remote.algebra import algebra_of


def always_bound(text: str) -> set[str]:
    """Return the variables of a SELECT that no row of its answer can leave open, as far as that can be told from the query.

    A value that is reckoned is not among them, unless it is a count: an error in an expression leaves it open.
    """
    algebra = algebra_of(text)
    return set() if algebra is None else {str(name) for name in _bound(algebra)}


def _bound(part: Any) -> set[Any]:
    match part.name:
        case "BGP":
            return {name for triple in part.triples for name in _variables(triple)}
        case "Join":
            return _bound(part.p1) | _bound(part.p2)
        case "LeftJoin" | "Minus":
            return _bound(part.p1)
        case "Union":
            return _bound(part.p1) & _bound(part.p2)
        case "values":
            rows = part.res
            return {
                name for row in rows for name in row if all(one.get(name, "UNDEF") != "UNDEF" for one in rows)
            }
        case "Extend":
            inner = _bound(part.p)
            return inner | {part.var} if _sure(part.expr, inner) else inner
        case "AggregateJoin":
            return _aggregated(part)
        case "Project":
            return _bound(part.p) & set(part.PV)
        case "Graph":
            return _bound(part.p) | _variables([part.term])
        case _:
            return _bound(part.p) if "p" in part else set()


def _aggregated(part: Any) -> set[Any]:
    """Return what groups have for sure: how many there are, and what they are grouped by."""
    inner = _bound(part.p.p) if part.p.expr else set()
    return {
        one.res
        for one in part.A
        if one.name == "Aggregate_Count" or (one.name == "Aggregate_Sample" and one.vars in inner)
    }


def _sure(expression: Any, bound: set[Any]) -> bool:
    """Return whether an expression is a term, or a variable that has a value."""
    from rdflib.term import Literal, URIRef

    return isinstance(expression, (Literal, URIRef)) or (isinstance(expression, str) and expression in bound)


def _variables(terms: Any) -> set[Any]:
    from rdflib.term import Variable

    return {term for term in terms if isinstance(term, Variable)}
