"""What things are called by that several files or years name: one preferred label each, over the whole store.

A file says how it writes a name; two years may write it differently, and a thing has one preferred label in a
language. The latest year's way is taken; within it what a file says it writes most often, else the shortest. A law is
called by its name, without the articles and remarks that a cell adds to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from konkyo.citations.laws import title_of_law
from konkyo.model.graphs import COMMON, review_years
from konkyo.model.namespaces import ID, SKOS, expand
from konkyo.model.ntriples import literal

if TYPE_CHECKING:
    from konkyo.store import EmbeddedStore

_LAW = f"{ID}law/"
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
    graphs = store.graphs()
    reviews = review_years(graphs)
    for rank, way in enumerate(_WAYS):
        for graph, year in (
            {name: reviews.get(name, 0) for name in graphs} if way is _WAYS[-1] else reviews
        ).items():
            for row in store.select(f"SELECT ?s ?name WHERE {{ GRAPH <{graph}> {{ {way} }} }}"):
                name: str = row["name"].value
                # The graph's name decides between two files of one year, so that the order of rows does not.
                found = (-year, rank, len(name) if rank else 0, graph if not rank else "", name)
                iri = row["s"].value
                if iri not in best or found < best[iri]:
                    best[iri] = found
    # Few of them are labelled elsewhere: ministries and units of the registry, measures of a sheet.
    labelled: dict[str, set[str]] = {}
    for graph in set(graphs) - reviews.keys() - {own, COMMON}:
        for row in store.select(
            f"SELECT ?s ?name WHERE {{ GRAPH <{graph}> {{ ?s <{SKOS}prefLabel>|<{SKOS}altLabel> ?name }} "
            'FILTER(LANG(?name) = "ja") }'
        ):
            labelled.setdefault(row["s"].value, set()).add(row["name"].value)
    called = {iri: _called(iri, found[-1]) for iri, found in best.items()}
    for iri in sorted(called.keys() - labelled.keys()):
        yield f"<{iri}> <{SKOS}prefLabel> {literal(called[iri], '@ja')} <{own}> .\n"
    written = f"SELECT DISTINCT ?s ?name WHERE {{ GRAPH ?g {{ ?s <{expand('kk:writtenName')}> ?name }} }}"
    names = sorted((row["s"].value, row["name"].value) for row in store.select(written))
    for iri, name in names:
        if name not in labelled.get(iri, {called[iri]}):
            yield f"<{iri}> <{SKOS}altLabel> {literal(name, '@ja')} <{own}> .\n"


def _called(iri: str, written: str) -> str:
    """Return the label for a name as written."""
    official = iri.startswith(_LAW) and "/" not in iri[len(_LAW) :]
    return title_of_law(written) if official else written
