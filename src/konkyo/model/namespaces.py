"""Namespaces as plain strings: importing rdflib only to name a term would triple a command's start-up.

That every ``kk:`` and code name used in the package is declared in ``ontology/`` is checked by a test.
"""

from __future__ import annotations

from functools import lru_cache

BASE = "https://w3id.org/konkyo/"
KK = BASE + "ns#"
C = BASE + "code/"
ID = BASE + "id/"
GRAPH = BASE + "graph/"

BIBO = "http://purl.org/ontology/bibo/"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
ELI = "http://data.europa.eu/eli/ontology#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TIME = "http://www.w3.org/2006/time#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "kk": KK,
    "c": C,
    "id": ID,
    "bibo": BIBO,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "eli": ELI,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "time": TIME,
    "xsd": XSD,
}

LINE_FRAGMENT_SCHEME = "http://tools.ietf.org/rfc/rfc5147"
PDF_FRAGMENT_SCHEME = "http://tools.ietf.org/rfc/rfc8118"
# How the spreadsheets of Office Open XML refer to a cell: sheet!A1.
WORKBOOK_REFERENCE_SCHEME = "https://ecma-international.org/publications-and-standards/standards/ecma-376/"
# XPointer: a path to an element of an XML file, here of the document part of a Word file.
XML_FRAGMENT_SCHEME = "http://tools.ietf.org/rfc/rfc3023"


@lru_cache(maxsize=4096)
def expand(name: str) -> str:
    """Return the IRI of a prefixed name such as ``kk:Measure``.

    Raises KeyError for an unknown prefix.
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """Return ``iri`` with the longest known prefix, or unchanged if none fits."""
    best = max(
        (item for item in PREFIXES.items() if iri.startswith(item[1])), key=lambda i: len(i[1]), default=None
    )
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri
