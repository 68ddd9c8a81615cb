"""What things are called by that several files or years name: one preferred label each, over the whole store.

A file says how it writes a name; two years may write it differently, and a thing has one preferred label in a
language. The latest year's way is taken; within it what a file says it writes most often, else the shortest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from konkyo.model.graphs import COMMON, year_and_kind
from konkyo.model.namespaces import SKOS, expand
from konkyo.model.ntriples import literal

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore

# The ways in which a thing is named, the most telling first. The last one knows no year.
_WAYS = (
    f"?s <{expand('kk:usualName')}> ?name",
    f"?s <{expand('kk:hasAppearance')}> ?a . ?a <{expand('kk:statedText')}> ?name",
    f"?s <{expand('kk:writtenName')}> ?name",
)


def preferred(store: EmbeddedStore, own: str) -> Iterator[str]:
    """Yield lines of N-Quads that label, in graph ``own``, what review files name and no other graph labels.

    A name as written that is not the preferred label is another label: no name is both.
    """
    best: dict[str, tuple[int, int, int, str, str]] = {}
    graphs = {name: year_and_kind(name) for name in store.graphs()}
    reviews = {name: review[0] for name, review in graphs.items() if review}
    for rank, way in enumerate(_WAYS):
        for graph, year in ({COMMON: 0} if way is _WAYS[-1] else reviews).items():
            for row in store.select(f"SELECT ?s ?name WHERE {{ GRAPH <{graph}> {{ {way} }} }}"):
                name: str = row["name"].value
                # The graph's name decides between two files of one year, so that the order of rows does not.
                found = (-year, rank, len(name) if rank else 0, graph if not rank else "", name)
                iri = row["s"].value
                if iri not in best or found < best[iri]:
                    best[iri] = found
    # Few of them are labelled elsewhere: ministries and units of the registry, measures of a sheet.
    labelled: dict[str, set[str]] = {}
    for graph in graphs.keys() - reviews.keys() - {own, COMMON}:
        for row in store.select(
            f"SELECT ?s ?name WHERE {{ GRAPH <{graph}> {{ ?s <{SKOS}prefLabel>|<{SKOS}altLabel> ?name }} "
            'FILTER(LANG(?name) = "ja") }'
        ):
            labelled.setdefault(row["s"].value, set()).add(row["name"].value)
    for iri in sorted(best.keys() - labelled.keys()):
        yield f"<{iri}> <{SKOS}prefLabel> {literal(best[iri][-1], '@ja')} <{own}> .\n"
    written = (
        f"SELECT DISTINCT ?s ?name WHERE {{ GRAPH <{COMMON}> {{ ?s <{expand('kk:writtenName')}> ?name }} }}"
    )
    names = sorted((row["s"].value, row["name"].value) for row in store.select(written))
    for iri, name in names:
        if name not in labelled.get(iri, {best[iri][-1]}):
            yield f"<{iri}> <{SKOS}altLabel> {literal(name, '@ja')} <{own}> .\n"
