"""The forms in which an answer can be had, and which one a client means."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
from starlette.requests import Request

from konkyo.common.words import Language, Words
from konkyo.server.http.problems import Problem
from konkyo.server.http.settings import settings_of

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
    "n3": "turtle",  # each Turtle is N3, which clients ask for by habit
    "text/n3": "turtle",
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

    ``wanted`` is a form's name from the address (``format=csv``, ``format=text/csv``) and goes before Accept.
    """
    # A plus that was not escaped arrives as a space.
    if wanted := (wanted or "").strip().lower().replace(" ", "+"):
        for name in (wanted, _NAMES.get(wanted)):
            for media, form in offered.items():
                if name in (form, media):
                    return media, form
        return None
    chosen = best(accept, list(offered))
    return None if chosen is None else (chosen, offered[chosen])


def header(media: str) -> str:
    """Return a Content-Type with the encoding where the type does not fix it."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


SUFFIXES = {"ttl": "turtle", "nt": "nt", "jsonld": "jsonld", "rdf": "rdf"}
"""Suffixes of addresses that name a form."""

MEDIA = {
    suffix: next(media for media, own in GRAPHS.items() if own == form) for suffix, form in SUFFIXES.items()
}
"""The media type of each suffix."""

DATA = {media: form for media, form in GRAPHS.items() if form != "html"}


def unfit(offered: dict[str, str]) -> Problem:
    """Return the problem of a client that takes none of the forms on offer."""
    listed = ", ".join(sorted(offered))
    return Problem(
        406,
        Words(
            "望まれた形式（Accept、format）では答えられません。",
            "None of the forms wished for (Accept, format) can be given.",
        ),
        hint=Words(f"使えるもの: {listed}", f"There are: {listed}"),
    )


def suffix_of(request: Request) -> str | None:
    """Return the form that an address's suffix names, None where it has no suffix. Raises Problem for an unknown one."""
    suffix = request.path_params.get("suffix")
    if suffix is None:
        return None
    if suffix == "html":
        return "html"
    if suffix not in SUFFIXES:
        listed = ", ".join(f".{name}" for name in (*SUFFIXES, "html"))
        raise Problem(
            404,
            Words("この形式はありません。", "There is no such form."),
            hint=Words(f"あるもの: {listed}", f"There are: {listed}"),
        )
    return SUFFIXES[suffix]


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered media type that fits an Accept header best, or None where none is acceptable.

    Of equal wishes the first on offer wins, as it does where there is no header.
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    wished = wishes(accept)
    chosen, quality = None, 0.0
    for media in offered:
        wish = _quality(media, wished)
        if wish > quality:
            chosen, quality = media, wish
    return chosen


def wishes(accept: str) -> list[tuple[str, float]]:
    """Return what an Accept or Accept-Language header names, in lower case, with its quality from 0 to 1."""
    found = []
    for item in accept[:4000].split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        # "nan" is a number too, and larger and smaller than none.
        found.append((name, quality if quality == quality else 0.0))
    return found


def _quality(media: str, wished: list[tuple[str, float]]) -> float:
    """Return how much a media type is wished for; the most exact wish counts."""
    kind = media.partition("/")[0]
    ranks = {media: 3, f"{kind}/*": 2, "*/*": 1, "*": 1}
    found = [(ranks[name], quality) for name, quality in wished if name in ranks]
    return max(found)[1] if found else 0.0


def language(request: Request) -> Language:
    """Return the language of an answer: ``?lang=``, the cookie ``lang``, Accept-Language, the server's own."""
    for wish in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wish in ("ja", "en"):
            return "ja" if wish == "ja" else "en"
    liked = wishes(request.headers.get("accept-language", ""))
    for name, quality in sorted(liked, key=lambda wish: -wish[1]):
        short = name.partition("-")[0]
        if quality and short in ("ja", "en"):
            return "ja" if short == "ja" else "en"
    return settings_of(request).lang


GRAPH_FORMS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
