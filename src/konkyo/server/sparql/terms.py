"""What the editor of the query page completes: the prefixes, classes, properties and codes that the data has, from the ontology."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from konkyo.common.paths import ontology_dir
from konkyo.model.namespaces import OWL, PREFIXES, RDF, RDFS, SKOS, shorten
from konkyo.server.http.conditional import conditional, etag
from konkyo.server.http.negotiation import language
from konkyo.server.workers.service import service

Kind = Literal["class", "property", "code"]
_DCAM = "http://purl.org/dc/dcam/"
_KINDS: dict[str, Kind] = {
    f"{OWL}Class": "class",
    f"{OWL}ObjectProperty": "property",
    f"{OWL}DatatypeProperty": "property",
    f"{SKOS}Concept": "code",
}


@cache
def terms() -> tuple[tuple[str, Kind, dict[str, str]], ...]:
    """Return all terms: prefixed name, kind, and its label by language (none for those of other vocabularies)."""
    kinds: dict[str, Kind] = {f"{RDF}type": "property", f"{RDFS}label": "property"}
    labels: dict[str, dict[str, str]] = {}
    for name in ("konkyo.ttl", "codes.ttl", "usage.ttl"):
        for quad in ox.parse(path=ontology_dir() / name, format=ox.RdfFormat.TURTLE):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if predicate == f"{RDF}type" and isinstance(value, ox.NamedNode) and value.value in _KINDS:
                kinds[subject.value] = _KINDS[value.value]
            elif predicate in (f"{RDFS}label", f"{SKOS}prefLabel") and isinstance(value, ox.Literal):
                labels.setdefault(subject.value, {})[value.language or ""] = value.value
            elif predicate.startswith(_DCAM) and isinstance(value, ox.NamedNode):
                # Of other vocabularies what stands in the data is known by its use.
                kinds.setdefault(subject.value, "property")
                kinds.setdefault(value.value, "class")
    named = ((shorten(iri), kind, labels.get(iri, {})) for iri, kind in sorted(kinds.items()))
    return tuple(item for item in named if not item[0].startswith("http"))


async def answer(request: Request) -> Response:
    """Answer the terms with their labels in the reader's language, as JSON."""
    version, lang = service(request).version, language(request)
    if unchanged := conditional(request, version):
        return unchanged
    told: dict[str, Any] = {
        "prefixes": PREFIXES,
        "terms": [
            {"name": name, "kind": kind, "label": label.get(lang, "")} for name, kind, label in terms()
        ],
    }
    headers = {"ETag": etag(request, version), "Vary": "Accept-Language, Cookie", "Cache-Control": "no-cache"}
    return JSONResponse(told, headers=headers)
