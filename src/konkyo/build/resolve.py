"""What each citation of a store denotes, by the registry and people's judgements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from konkyo.common.words import Words
from konkyo.model.graphs import (
    DENOTATIONS,
)
from konkyo.model.identifiers import IRI, graph
from konkyo.model.namespaces import KK
from konkyo.model.records import GraphSource, Record

if TYPE_CHECKING:
    from konkyo.sources.registry import Registry
    from konkyo.store import EmbeddedStore


def resolve_citations(store: EmbeddedStore, registry: Registry, notes: list[Words]) -> Iterator[Record]:
    """Yield what each citation of the store denotes, by the registry and people's judgements in its folder.

    Which judgements cannot be used is added to ``notes``.
    """
    from konkyo.citations.judgements import read_judgements
    from konkyo.citations.laws import law_denotations, laws_of, match_laws
    from konkyo.citations.resolve import resolve_all
    from konkyo.citations.review import believed
    from konkyo.citations.title_index import SEEN, read_observations
    from konkyo.citations.to_records import denotations

    rows = store.select(f"SELECT ?c ?text WHERE {{ ?c a <{KK}Citation> ; <{KK}statedText> ?text }}")
    citations = {row["text"].value: IRI(row["c"].value) for row in rows}
    seen = read_observations(registry.folder / SEEN)
    made_by_people = read_judgements(registry.folder / "judgements.csv")
    judgements, wrong = believed(made_by_people, registry, citations, seen)
    notes += wrong
    yield GraphSource(iri=DENOTATIONS, title=Words("引用が指すもの", "What citations denote"))
    resolved = resolve_all(citations, registry, judgements, seen)
    yield from denotations(resolved, citations)
    # A registered strategy is written where it is cited; what a sheet names stands in the registry's graph.
    rows = store.select(f"SELECT DISTINCT ?s WHERE {{ GRAPH <{graph('strategies')}> {{ ?s a ?kind }} }}")
    written = {row["s"].value for row in rows}
    used = {made.strategy for several in resolved.values() for made in several}
    for record in registry.records_of(used):
        if record.iri not in written:
            yield record
    yield from law_denotations(match_laws(laws_of(store), judgements))
