"""What things are called by that several files or years name: one preferred label each, over the whole store.

A file says how it writes a name; two years may write it differently, and a thing has one preferred label in a
language. The latest year's way is taken; within it what a file says it writes most often, else the shortest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from konkyo.model.namespaces import GRAPH, SKOS, expand
from konkyo.model.ntriples import literal

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore

_COMMON = f"{GRAPH}rs"
_REVIEW = f"{GRAPH}rs-"
_IN_REVIEW = f'FILTER(STRSTARTS(STR(?g), "{_REVIEW}"))'
# The ways in which a thing is named, the most telling first. The last one knows no year.
_WAYS = (
    f"?s <{expand('kk:usualName')}> ?name",
    f"?s <{expand('kk:hasAppearance')}> ?a . ?a <{expand('kk:statedText')}> ?name",
    f"?s <{SKOS}altLabel> ?name",
)


def preferred(store: EmbeddedStore, own: str) -> Iterator[str]:
    """Yield lines of N-Quads that label, in graph ``own``, what review files name and no other graph labels."""
    best: dict[str, tuple[int, int, int, str, str]] = {}
    for rank, way in enumerate(_WAYS):
        within = f"VALUES ?g {{ <{_COMMON}> }} GRAPH ?g {{ {way} }}"
        if way is not _WAYS[-1]:
            within = f"GRAPH ?g {{ {way} }} {_IN_REVIEW}"
        for row in store.select(f"SELECT ?g ?s ?name WHERE {{ {within} }}"):
            name: str = row["name"].value
            graph: str = row["g"].value
            year = int(graph[len(_REVIEW) :].split("/")[0]) if graph != _COMMON else 0
            # The graph's name decides between two files of one year, so that the order of rows does not.
            found = (-year, rank, len(name) if rank else 0, graph if not rank else "", name)
            iri = row["s"].value
            if iri not in best or found < best[iri]:
                best[iri] = found
    # Few of them are labelled elsewhere: ministries and units of the registry, measures of a sheet.
    labelled = {
        row["s"].value
        for row in store.select(
            f"SELECT DISTINCT ?s WHERE {{ GRAPH ?g {{ ?s <{SKOS}prefLabel> ?name }} "
            f'FILTER(LANG(?name) = "ja" && ?g != <{own}> && ?g != <{_COMMON}> && !STRSTARTS(STR(?g), "{_REVIEW}")) }}'
        )
    }
    for iri in sorted(best.keys() - labelled):
        yield f"<{iri}> <{SKOS}prefLabel> {literal(best[iri][-1], '@ja')} <{own}> .\n"
