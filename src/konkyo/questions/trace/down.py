"""What rests on it: a strategy, its editions and sections, the measures and projects behind them, and their money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code, Note, Value
from konkyo.common.words import Words, first_of
from konkyo.graph.facts import facts, load_facts
from konkyo.graph.links import BasisLink, LinkFilter, basis_links, merge_key, parts
from konkyo.graph.lookup.search_keys import same_words
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.network import Network
from konkyo.model.levels import LEVELS
from konkyo.questions.claims import Claim, Claims
from konkyo.questions.trace.answer import ClaimGroup, Trace
from konkyo.questions.trace.filters import TraceFilters, editions
from konkyo.questions.usage import Usage, usages_of

if TYPE_CHECKING:
    from konkyo.graph.reader import Reader
    from konkyo.store import Store

_DOCUMENTS = ("Strategy", "Edition")


def down(
    store: Store, thing: Thing, filters: TraceFilters, limit: int | None, *, share: bool = False
) -> Trace:
    """Return what rests on a document and its parts, in the order of the documents; ``limit`` things on each."""
    network = Network(store, filters.scope)
    reader = network.reader
    inside = parts(reader, thing.iri)
    if thing.kind == "Citation":
        # What is written the same but for its width is another node and no other citation.
        inside += [iri for iri in same_words(store, thing.iri) if iri != thing.iri]
    things = {item.iri: item for item in describe(reader, inside)}
    if filters.edition is not None:
        chosen = editions(store, things.values(), filters.edition)
        inside = list(dict.fromkeys(part for edition in chosen for part in parts(reader, edition.iri)))
    rows = basis_links(store, inside, filters.link_filter)
    by_ground: dict[str, list[BasisLink]] = {}
    for row in rows:
        by_ground.setdefault(row.ground, []).append(row)
    cut = {ground: _best(found, limit) for ground, found in by_ground.items()}
    claims: dict[str, list[Claim]] = {}
    for claim in Claims(network, (basis_link for found in cut.values() for basis_link in found)).claims:
        claims.setdefault(claim.place[-1].iri, []).append(claim)
    groups = [
        ClaimGroup(
            things[node], tuple(claims[node]), len({merge_key(basis_link) for basis_link in by_ground[node]})
        )
        for node in inside
        if node in by_ground
    ]
    documents = _documents(reader, things, inside)
    uncited = [
        things[node]
        for node, below in documents.items()
        if things[node].kind == "Edition" and not any(part in by_ground for part in below)
    ]
    load_facts(reader, [thing.iri], filters.scope)
    return Trace(
        thing=thing,
        direction="down",
        level=filters.link_filter.level,
        kept=filters.words,
        facts=tuple(facts(reader, thing.iri, filters.scope)),
        groups=tuple(groups),
        advice=(),
        laws=(),
        logic=(),
        uses=tuple(_uses(store, reader, documents, rows, things, filters, share=share)),
        share=share,
        of=filters.scope.told,
        missing=tuple(_missing(thing, groups, uncited, filters, _by_denotation(store, inside, filters))),
    )


def _documents(reader: Reader, things: Mapping[str, Thing], inside: Iterable[str]) -> dict[str, list[str]]:
    kinds = (*_DOCUMENTS, "LegalResource")
    return {node: parts(reader, node) for node in inside if things[node].kind in kinds}


def _uses(
    store: Store,
    reader: Reader,
    documents: Mapping[str, list[str]],
    rows: list[BasisLink],
    things: Mapping[str, Thing],
    filters: TraceFilters,
    *,
    share: bool,
) -> list[Usage]:
    """Return the use of documents. Of an edition by itself the share is the one that it has beside all others."""
    if not share or filters.edition is None:
        return usages_of(store, reader, documents, rows, share=share, scope=filters.scope)
    everything = _documents(reader, things, things)
    found = usages_of(
        store,
        reader,
        everything,
        basis_links(store, things, filters.link_filter),
        share=True,
        scope=filters.scope,
    )
    return [use for use in found if use.ground in documents]


def _best(found: list[BasisLink], limit: int | None) -> list[BasisLink]:
    """Return the links of the first ``limit`` owners: what is stated first, then in the order of the IRIs."""
    ordered = sorted(
        found, key=lambda r: (LEVELS.index(r.level), LEVELS.index(r.how) if r.how else 0, r.owner, r.link)
    )
    if limit is None:
        return ordered
    keys = dict.fromkeys(merge_key(basis_link) for basis_link in ordered)
    chosen = set(list(keys)[:limit])
    return [basis_link for basis_link in ordered if merge_key(basis_link) in chosen]


def _by_denotation(store: Store, inside: Sequence[str], filters: TraceFilters) -> int:
    """Return how many things rest on a document by a citation, where only what is stated was asked for."""
    if filters.link_filter.level != "stated":
        return 0
    every = basis_links(store, inside, LinkFilter(None, filters.link_filter.ministry, filters.scope))
    return len({basis_link.owner for basis_link in every if basis_link.citation})


def _missing(
    thing: Thing, groups: Sequence[ClaimGroup], uncited: Sequence[Thing], filters: TraceFilters, cited: int
) -> Iterable[Note]:
    if not groups:
        stated = Words("（資料の明記に限る）", " by what a source states")
        only = Words("（絞り込みの範囲で）", " (within these filters)")
        values: dict[str, Value] = {
            "label": thing.label,
            "stated": stated if filters.link_filter.level == "stated" else Words("", ""),
            "only": only if filters.words else Words("", ""),
        }
        yield Advice(Code.NOTHING_RESTS, values)
    if cited:
        yield Advice(Code.BY_DENOTATION, {"count": cited})
    if groups and uncited and not filters.words:
        yield Advice(
            Code.NOTHING_CITES, {"label": first_of([edition.label for edition in uncited], _EDITIONS)}
        )


_EDITIONS = 3
