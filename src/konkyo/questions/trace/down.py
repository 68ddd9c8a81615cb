"""What rests on it: a strategy, its editions and sections, the measures and projects behind them, and their money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code, Note, Value
from konkyo.common.words import Words
from konkyo.graph.facts import facts, load_facts
from konkyo.graph.links import Keep, Rest, parts, rests, same
from konkyo.graph.lookup.search_keys import same_words
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.network import Network
from konkyo.model.levels import LEVELS
from konkyo.questions.claims import Claim, Claims
from konkyo.questions.trace.answer import Held, Trace
from konkyo.questions.trace.keeping import Kept, editions
from konkyo.questions.usage import Use, uses_of

if TYPE_CHECKING:
    from konkyo.graph.reader import Reader
    from konkyo.store import Store

_DOCUMENTS = ("Strategy", "Edition")


def down(store: Store, thing: Thing, kept: Kept, limit: int | None, *, share: bool = False) -> Trace:
    """Return what rests on a document and its parts, in the order of the documents; ``limit`` things on each."""
    network = Network(store, kept.scope)
    reader = network.reader
    inside = parts(reader, thing.iri)
    if thing.kind == "Citation":
        # What is written the same but for its width is another node and no other citation.
        inside += [iri for iri in same_words(store, thing.iri) if iri != thing.iri]
    things = {item.iri: item for item in describe(reader, inside)}
    if kept.edition is not None:
        chosen = editions(store, things.values(), kept.edition)
        inside = list(dict.fromkeys(part for edition in chosen for part in parts(reader, edition.iri)))
    rows = rests(store, inside, kept.keep)
    by_ground: dict[str, list[Rest]] = {}
    for row in rows:
        by_ground.setdefault(row.ground, []).append(row)
    cut = {ground: _best(found, limit) for ground, found in by_ground.items()}
    claims: dict[str, list[Claim]] = {}
    for claim in Claims(network, (rest for found in cut.values() for rest in found)).claims:
        claims.setdefault(claim.place[-1].iri, []).append(claim)
    groups = [
        Held(things[node], tuple(claims[node]), len({same(rest) for rest in by_ground[node]}))
        for node in inside
        if node in by_ground
    ]
    documents = _documents(reader, things, inside)
    uncited = [
        things[node]
        for node, below in documents.items()
        if things[node].kind == "Edition" and not any(part in by_ground for part in below)
    ]
    load_facts(reader, [thing.iri], kept.scope)
    return Trace(
        thing=thing,
        direction="down",
        level=kept.keep.level,
        kept=kept.words,
        facts=tuple(facts(reader, thing.iri, kept.scope)),
        groups=tuple(groups),
        advice=(),
        laws=(),
        logic=(),
        uses=tuple(_uses(store, reader, documents, rows, things, kept, share=share)),
        share=share,
        of=kept.scope.told,
        missing=tuple(_missing(thing, groups, uncited, kept, _by_denotation(store, inside, kept))),
    )


def _documents(reader: Reader, things: Mapping[str, Thing], inside: Iterable[str]) -> dict[str, list[str]]:
    kinds = (*_DOCUMENTS, "LegalResource")
    return {node: parts(reader, node) for node in inside if things[node].kind in kinds}


def _uses(
    store: Store,
    reader: Reader,
    documents: Mapping[str, list[str]],
    rows: list[Rest],
    things: Mapping[str, Thing],
    kept: Kept,
    *,
    share: bool,
) -> list[Use]:
    """Return the use of documents. Of an edition by itself the share is the one that it has beside all others."""
    if not share or kept.edition is None:
        return uses_of(store, reader, documents, rows, share=share, scope=kept.scope)
    everything = _documents(reader, things, things)
    found = uses_of(store, reader, everything, rests(store, things, kept.keep), share=True, scope=kept.scope)
    return [use for use in found if use.ground in documents]


def _best(found: list[Rest], limit: int | None) -> list[Rest]:
    """Return the rests of the first ``limit`` owners: what is stated first, then in the order of the IRIs."""
    ordered = sorted(
        found, key=lambda r: (LEVELS.index(r.level), LEVELS.index(r.how) if r.how else 0, r.owner, r.link)
    )
    if limit is None:
        return ordered
    keys = dict.fromkeys(same(rest) for rest in ordered)
    chosen = set(list(keys)[:limit])
    return [rest for rest in ordered if same(rest) in chosen]


def _by_denotation(store: Store, inside: Sequence[str], kept: Kept) -> int:
    """Return how many things rest on a document by a citation, where only what is stated was asked for."""
    if kept.keep.level != "stated":
        return 0
    every = rests(store, inside, Keep(None, kept.keep.ministry, kept.scope))
    return len({rest.owner for rest in every if rest.citation})


def _missing(
    thing: Thing, groups: Sequence[Held], uncited: Sequence[Thing], kept: Kept, cited: int
) -> Iterable[Note]:
    if not groups:
        stated = Words("と明記された", " by what a source states")
        only = Words("（絞り込みの範囲で）", " (within these filters)")
        values: dict[str, Value] = {
            "label": thing.label,
            "stated": stated if kept.keep.level == "stated" else Words("", ""),
            "only": only if kept.words else Words("", ""),
        }
        yield Advice(Code.NOTHING_RESTS, values)
    if cited:
        yield Advice(Code.BY_DENOTATION, {"count": cited})
    if groups and not kept.words:
        for edition in uncited:
            yield Advice(Code.NOTHING_CITES, {"label": edition.label})
