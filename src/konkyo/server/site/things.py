"""Which things have a page of their own on a site, by kind."""

from __future__ import annotations

from collections.abc import Mapping

from konkyo.graph.sparql import PROLOGUE
from konkyo.server.http.addresses import place
from konkyo.store import Store

# What is looked for, cited and linked. A cell of a source, an amount or a payment is told of on the page of what it belongs to;
# there are hundreds of thousands of them, and a host of files takes tens of thousands. So it is with payees, citations and offices.
KINDS: Mapping[str, str] = {
    "strategy": "?s a kk:Strategy",
    "edition": "?s a kk:Edition",
    "section": "?s a kk:Section",
    "law": "?s a eli:LegalResource",
    "panel": "?s a kk:Panel",
    "ministry": "?s a org:Organization . FILTER EXISTS { ?x kk:ministry ?s }",
    "policy": "?s a kk:Policy",
    "measure": "?s a kk:Measure",
    "project": "?s a kk:Project",
    "objective": "?s a kk:Objective",
    "indicator": "?s a kk:Indicator",
    "sheet": "?s a kk:EvaluationSheet",
    "cooperation": "?s a kk:Cooperation",
    "source": "?s a kk:SourceFile",
    "rule": "?s a kk:Rule",
    "code": "?s a skos:Concept",
    "code list": "?s a skos:ConceptScheme",
}


def by_kind(store: Store) -> dict[str, list[str]]:
    """Return the IRIs of the things that have a page, sorted, by kind; a thing of two kinds stands under both.

    What has no address on the server, as an IRI of another vocabulary, has none on a site; the named graphs are a kind too.
    """
    found = {
        kind: {row["s"].value for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ {where} }}")}
        for kind, where in KINDS.items()
    }
    found["graph"] = set(store.graphs())
    return {kind: sorted(filter(_has_page, iris)) for kind, iris in found.items()}


def _has_page(iri: str) -> bool:
    path = place(iri)
    return path is not None and not path.startswith("/ns")
