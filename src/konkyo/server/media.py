"""The forms in which an answer can be had, and which one a client means."""

from __future__ import annotations

from konkyo.server.negotiate import best

RESULTS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/html": "html",
}
"""Media types for the answer of a SELECT or ASK; of equal wishes the first wins."""

GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/plain": "nt",
    "text/html": "html",
}
"""Media types for a graph."""

_NAMES = {
    "ttl": "turtle",
    "ntriples": "nt",
    "n-triples": "nt",
    "json-ld": "jsonld",
    "rdf+xml": "rdf",
    "rdfxml": "rdf",
    "xml": "rdf",
    "json": "jsonld",
}


def choose(accept: str | None, wanted: str | None, offered: dict[str, str]) -> tuple[str, str] | None:
    """Return the media type and the form for a client; None where nothing on offer is acceptable.

    ``wanted`` is a form's name from the address (``format=csv``) and goes before Accept, if it is on offer.
    """
    for name in (wanted, _NAMES.get(wanted or "")):
        for media, form in offered.items():
            if name == form:
                return media, form
    chosen = best(accept, list(offered))
    return None if chosen is None else (chosen, offered[chosen])


def header(media: str) -> str:
    """Return a Content-Type with the encoding where the type does not fix it."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
