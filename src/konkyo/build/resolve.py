"""What each citation of a store denotes, by the registry and people's judgements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol

from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.model.graphs import (
    DENOTATIONS,
)
from konkyo.model.identifiers import IRI, below, digest, graph, thing
from konkyo.model.namespaces import KK
from konkyo.model.records import CitedEdition, GraphSource, Record

if TYPE_CHECKING:
    from konkyo.citations.judgements import Judgements
    from konkyo.citations.resolve import Resolution, Resolver
    from konkyo.citations.title_index import TitleObservation
    from konkyo.common.dates import PartialDate
    from konkyo.sources.registry import Registry
    from konkyo.sources.sheet.naming import ResolvedTitle, ResolveTitle
    from konkyo.store import EmbeddedStore


class ResolveAll(Protocol):
    """Who resolves citations together, as :func:`konkyo.citations.resolve.resolve_all` does."""

    def __call__(
        self,
        strings: Iterable[str],
        registry: Registry,
        judgements: Judgements | None,
        seen: Iterable[TitleObservation],
    ) -> dict[str, list[Resolution]]:
        """Return the resolutions of each string."""


def resolve_citations(
    store: EmbeddedStore, registry: Registry, notes: list[Words], resolve: ResolveAll | None = None
) -> Iterator[Record]:
    """Yield what each citation of the store denotes, by the registry and people's judgements in its folder.

    Which judgements cannot be used is added to ``notes``. ``resolve`` resolves them elsewhere than in this process.
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
    resolved = (resolve or resolve_all)(citations, registry, judgements, seen)
    # An edition that a sheet names and citations mean is described by the sheet.
    rows = store.select(f"SELECT DISTINCT ?e WHERE {{ ?e a <{KK}Edition> ; <{KK}writtenName> ?name }}")
    named = {row["e"].value for row in rows}
    for record in denotations(resolved, citations):
        if not (isinstance(record, CitedEdition) and record.iri in named):
            yield record
    # A registered strategy is written where it is cited; what a sheet names stands in the registry's graph.
    rows = store.select(f"SELECT DISTINCT ?s WHERE {{ GRAPH <{graph('strategies')}> {{ ?s a ?kind }} }}")
    written = {row["s"].value for row in rows}
    used = {made.strategy for several in resolved.values() for made in several}
    for record in registry.records_of(used):
        if record.iri not in written:
            yield record
    yield from law_denotations(match_laws(laws_of(store), judgements))


def titles_of(registry: Registry) -> ResolveTitle:
    """Return how a sheet's titles are resolved: by the rules of citations, with what people have judged.

    What no rule tells is a document of its own, since the sheet's cell names one.
    """

    @cache
    def resolver() -> Resolver:
        from konkyo.citations.judgements import read_judgements
        from konkyo.citations.resolve import Resolver
        from konkyo.citations.review import believed
        from konkyo.citations.title_index import SEEN, read_observations

        seen = read_observations(registry.folder / SEEN)
        made_by_people = read_judgements(registry.folder / "judgements.csv")
        return Resolver(registry, believed(made_by_people, registry, (), seen)[0], seen)

    def resolve(name: str, date: PartialDate | None) -> ResolvedTitle:
        from konkyo.sources.sheet.naming import ResolvedTitle

        text = f"{name}（{_said(date)}）" if date else name
        made = resolver().resolve([text])[text]
        one = made[0] if len(made) == 1 else None
        known = one is not None and one.registered and one.status != "unsure"
        strategy = one.strategy if one and (known or not one.registered) else _own_title(name)
        edition = one.edition if one and strategy == one.strategy else None
        if edition is None and date:
            edition = below(strategy, date.iso)
        held = {item.iri for strategy in registry.known for item in strategy.editions}
        return ResolvedTitle(strategy, edition, known, edition in held, name, one.label if one else None)

    return resolve


def _own_title(name: str) -> IRI:
    return thing("strategy", digest(name_form(name)))


def _said(date: PartialDate) -> str:
    """Return a date as a citation states it."""
    parts = ((date.year, "年"), (date.month, "月"), (date.day, "日"))
    return "".join(f"{number}{unit}" for number, unit in parts if number is not None)
