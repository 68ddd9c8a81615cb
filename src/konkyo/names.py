"""By what a thing is found: its names and numbers, folded, as plain triples of a graph of their own.

SPARQL cannot fold width and case the way Japanese wants it, so the build does it once; a look-up is then one
exact match in the store's index, and a search for a part of a name reads these short texts and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from konkyo.text import fold
from konkyo.vocabulary import ID, KK, PREFIXES

if TYPE_CHECKING:
    from konkyo.store import Store

# What is looked up by name. Steps of logic models are found through their project: their texts are sentences.
KINDS = (
    "kk:Strategy",
    "kk:Edition",
    "kk:Section",
    "kk:Panel",
    "kk:Policy",
    "kk:Measure",
    "kk:Project",
    "kk:Objective",
    "kk:Indicator",
    "kk:Citation",
    "eli:LegalResource",
    "org:Organization",
)
_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if name != "id")
_NUMBERS = """SELECT DISTINCT ?s ?kind ?name WHERE {
  VALUES ?class { %s } ?s a ?class ; dcterms:identifier ?name .
  OPTIONAL { ?class rdfs:label ?kind FILTER (LANG(?kind) = "ja") }
}"""
_LABELS = """SELECT DISTINCT ?s ?name WHERE {
  VALUES ?class { %s } VALUES ?p { skos:prefLabel skos:altLabel } ?s a ?class ; ?p ?name .
}"""
_CITED = "SELECT DISTINCT ?s ?name WHERE { ?s a kk:Citation ; kk:statedText ?name }"
# A measure is also found by the number and name under which a document of some year shows it.
_SHOWN = (
    "SELECT DISTINCT ?s ?name WHERE { ?s kk:hasAppearance ?a . ?a dcterms:identifier|kk:statedText ?name }"
)


def search_keys(store: Store, graph: str) -> Iterator[str]:
    """Yield lines of N-Quads in ``graph``: each findable thing's folded names and numbers, sorted."""
    from konkyo.emit import literal  # with it comes every record; who only looks a name up needs none

    classes = " ".join(KINDS)
    keys = {
        (row["s"].value, fold(row["name"].value))
        for query in (_LABELS % classes, _CITED, _SHOWN)
        for row in store.select(_PREFIXES + query)
    }
    for row in store.select(_PREFIXES + _NUMBERS % classes):
        iri, number = row["s"].value, fold(row["name"].value)
        keys.add((iri, fold(row["kind"].value if row["kind"] is not None else "") + number))
        # A bare number means a project or a document; an indicator's needs its kind before it.
        if not number.isdecimal():
            keys.add((iri, number))
    for row in store.select(f"{_PREFIXES}SELECT DISTINCT ?s WHERE {{ ?s a kk:Project }}"):
        iri = row["s"].value
        if iri.startswith(f"{ID}project/"):
            keys |= {(iri, iri.rsplit("/", 1)[-1]), (iri, fold("予算事業") + iri.rsplit("/", 1)[-1])}
    for iri, key in sorted(keys):
        if key:
            yield f"<{iri}> <{KK}searchKey> {literal(key)} <{graph}> .\n"


def found_by(store: Store, text: str) -> list[str]:
    """Return the IRIs whose name or number is ``text``, or else those of whose names it is a part, shortest first."""
    import pyoxigraph as ox

    key = str(ox.Literal(fold(text)))
    exact = store.select(f"SELECT DISTINCT ?s WHERE {{ ?s <{KK}searchKey> {key} }} ORDER BY ?s")
    if found := [row["s"].value for row in exact]:
        return found
    partial = store.select(
        f"SELECT ?s (MIN(STRLEN(?k)) AS ?n) WHERE {{ ?s <{KK}searchKey> ?k FILTER(CONTAINS(?k, {key})) }} "
        "GROUP BY ?s ORDER BY ?n ?s"
    )
    return [row["s"].value for row in partial]
