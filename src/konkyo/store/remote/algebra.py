"""A query as the algebra of SPARQL, by rdflib."""

from __future__ import annotations

from typing import Any


def algebra_of(text: str) -> Any:
    """Return the algebra of a query, or None where rdflib has none: what it does not know, an engine may."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return translateQuery(parseQuery(text)).algebra
    except (
        Exception
    ):  # it raises whatever its parser or a bad term does; the query was found to be valid before
        return None
