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
    f"?s <{expand('kk:writtenName')}> ?name",
)


def preferred(store: EmbeddedStore, own: str) -> Iterator[str]:
    """Yield lines of N-Quads that label, in graph ``own``, what review files and sheets name and no other graph labels.

    A name as written that is not the preferred label is another label: no name is both.
    """
    best: dict[str, tuple[int, int, int, str, str]] = {}
    for rank, way in enumerate(_WAYS):
        within = f"GRAPH ?g {{ {way} }}" if way is _WAYS[-1] else f"GRAPH ?g {{ {way} }} {_IN_REVIEW}"
        for row in store.select(f"SELECT ?g ?s ?name WHERE {{ {within} }}"):
            name: str = row["name"].value
            graph: str = row["g"].value
            year = int(graph[len(_REVIEW) :].split("/")[0]) if graph.startswith(_REVIEW) else 0
            # The graph's name decides between two files of one year, so that the order of rows does not.
            found = (-year, rank, len(name) if rank else 0, graph if not rank else "", name)
            iri = row["s"].value
            if iri not in best or found < best[iri]:
                best[iri] = found
    # Few of them are labelled elsewhere: ministries and units of the registry, measures of a sheet.
    labelled: dict[str, set[str]] = {}
    for row in store.select(
        f"SELECT DISTINCT ?s ?name WHERE {{ GRAPH ?g {{ ?s <{SKOS}prefLabel>|<{SKOS}altLabel> ?name }} "
        f'FILTER(LANG(?name) = "ja" && ?g != <{own}> && ?g != <{_COMMON}> && !STRSTARTS(STR(?g), "{_REVIEW}")) }}'
    ):
        labelled.setdefault(row["s"].value, set()).add(row["name"].value)
    for iri in sorted(best.keys() - labelled.keys()):
        yield f"<{iri}> <{SKOS}prefLabel> {literal(best[iri][-1], '@ja')} <{own}> .\n"
    written = f"SELECT DISTINCT ?s ?name WHERE {{ GRAPH ?g {{ ?s <{expand('kk:writtenName')}> ?name }} }}"
    names = sorted((row["s"].value, row["name"].value) for row in store.select(written))
    for iri, name in names:
        if name not in labelled.get(iri, {best[iri][-1]}):
            yield f"<{iri}> <{SKOS}altLabel> {literal(name, '@ja')} <{own}> .\n"
