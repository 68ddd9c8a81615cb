"""What the words of a citation were taken for: the document, why, and by whom; and how else it is cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konkyo.common.advice import Advice, Code
from konkyo.common.words import Words
from konkyo.graph.lookup.things import Thing, describe
from konkyo.graph.network import Network
from konkyo.graph.sparql import PROLOGUE, select_each, terms
from konkyo.model.levels import LEVELS
from konkyo.model.namespaces import C

if TYPE_CHECKING:
    from konkyo.store import Store

# So many of the other ways in which a document is cited are named, the shortest ones.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class DenotationView:
    """One document that a citation was taken for: ``place`` from the strategy down to it, at a level, for a reason.

    ``rule`` stands for what was derived, ``author`` for what a person decided. A rejected one was considered and is not
    followed. ``spellings`` counts the other citations that were taken for it, of which ``others`` are some.
    """

    place: tuple[Thing, ...]
    level: str
    level_label: Words
    reason: Words | None
    rule: Words | None
    author: Words | None
    spellings: int
    others: tuple[Thing, ...]


def denotation_views(store: Store, citation: str) -> tuple[DenotationView, ...]:
    """Return what a citation (its IRI) was taken for, the most certain first; nothing where that could not be told."""
    network = Network(store)
    reader = network.reader
    reader.load([citation])
    denotations = reader.objects(citation, "kk:hasDenotation")
    reader.load(denotations)
    codes = ("kk:rule", "prov:wasAttributedTo", "kk:claimLevel")
    reader.load(value for each in denotations for name in codes for value in reader.objects(each, name))
    targets = {each: reader.objects(each, "kk:denotes") for each in denotations}
    network.grow({target for found in targets.values() for target in found}, "up")
    made = []
    for denotation, found in targets.items():
        level = (reader.one(denotation, "kk:claimLevel") or f"{C}derived").rsplit("/", 1)[-1]
        rule, author = (reader.one(denotation, name) for name in codes[:2])
        for target in found:
            others = _cited_as(store, target, citation)
            made.append(
                DenotationView(
                    place=tuple(describe(reader, network.place_of(target))),
                    level=level,
                    level_label=reader.labels([C + level]).get(C + level, Words(level, level)),
                    reason=reader.literals(denotation, "dcterms:description"),
                    rule=reader.label(rule) if rule else None,
                    author=reader.label(author) if author else None,
                    spellings=len(others),
                    others=tuple(describe(reader, others[:_NAMED])),
                )
            )
    return tuple(sorted(made, key=lambda m: (LEVELS.index(m.level), [thing.iri for thing in m.place])))


def _cited_as(store: Store, document: str, but: str) -> list[str]:
    """Return the other citations that were taken for a document, the shortest first; of those of one width only one."""
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?c ?k WHERE {{ ?d kk:denotes {terms([document])} ; kk:claimLevel ?level . "
        "?c kk:hasDenotation ?d ; kk:searchKey ?k FILTER(?level != c:rejected) }"
    )
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row["k"].value, []).append(row["c"].value)
    return [min(keys[key]) for key in sorted(keys, key=lambda key: (len(key), key)) if but not in keys[key]]


def unidentified(store: Store, citations: Iterable[str]) -> Iterator[Advice]:
    """Say which documents citations name beside those that they were taken for: nobody knows which they are."""
    rows = select_each(store, sorted(set(citations)), "?title", "?s kk:unidentifiedText ?title")
    found = sorted((citation, row["title"].value) for citation, row in rows)
    if titles := dict.fromkeys(title for _, title in found):
        named = Words(
            "".join(f"「{title}」" for title in titles), ", ".join(f"“{title}”" for title in titles)
        )
        yield Advice(Code.UNIDENTIFIED, {"titles": named})


def unknown(thing: Thing) -> Advice:
    """Say that it is not known what a citation means; ``words`` are those that were read."""
    return Advice(Code.MEANING_UNKNOWN, {"words": thing.label.ja.replace("'", "’")})
