"""What is left to people: the pairs of which the machine does not know whether they are the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from konkyo.citations.judgements import Judgements
from konkyo.citations.parse.reading import CitedDocument
from konkyo.citations.parse.titles import Title
from konkyo.citations.resolve import Resolution, Resolver
from konkyo.citations.title_index import TitleObservation
from konkyo.common.text import fold
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.sources.registry import Registry

# Two titles of one day, neither registered, this like each other: one may be a slip of the other.
_ALIKE = 92.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one: identifiers, texts for people, how like they are, why it is not known.

    ``sides`` are more lines for people, each with its name and what either side says.
    """

    left: str
    right: str
    left_text: str
    right_text: str
    score: float
    reason: Words
    citations: int
    sides: tuple[tuple[Words, str, str], ...] = ()


def pairs_of_observations(
    sights: Iterable[TitleObservation], resolver: Resolver
) -> list[tuple[Resolution, int]]:
    """Resolve what the carried table has seen, without the strings themselves; with the number of citations."""
    found = []
    for sight in sights:
        apart = Title(sight.title, sight.key, sight.labels, " ".join(sight.labels) or None)
        document = CitedDocument(sight.title, apart, apart, sight.date, (), None, None, None)
        found.append((resolver.of_document(document, fold(sight.title), 0), sight.citations))
    return found


def believed(
    judgements: Judgements, registry: Registry, strings: Iterable[str], seen: Collection[TitleObservation]
) -> tuple[Judgements, list[Words]]:
    """Return the judgements that may be used, and what is wrong with the others (:meth:`Judgements.believed`).

    What the strings and the carried table name is looked up only if the registry does not know everything.
    """
    known: set[str] = {strategy.iri for strategy in registry.known}
    known.update(edition.iri for strategy in registry.known for edition in strategy.editions)
    if judgements.named() - known:
        resolver = Resolver(registry, seen=seen)
        made = [one for several in resolver.resolve(strings).values() for one in several]
        made += [one for one, _ in pairs_of_observations(seen, resolver)]
        known.update(iri for one in made for iri in (one.strategy, one.edition) if iri)
    return judgements.believed(registry.known, known)


def pairs_of_strings(
    resolved: Mapping[str, list[Resolution]], citations: Mapping[str, int]
) -> list[tuple[Resolution, int]]:
    """Return the resolutions of strings with the number of citations."""
    return [(one, citations.get(raw, 1)) for raw, made in resolved.items() for one in made]


def pairs(found: Iterable[tuple[Resolution, int]], names: Mapping[IRI, str]) -> list[Pair]:
    """Return the pairs that wait for a person, most cited first; ``names`` are those of registered things."""
    made: dict[tuple[str, str], Pair] = {}
    of_day: dict[str, dict[str, tuple[Resolution, int]]] = defaultdict(dict)
    for one, number in found:
        if one.pair is not None:
            known = made.get(one.pair)
            text = names.get(one.pair[1], one.pair[1])
            made[one.pair] = Pair(
                *one.pair, _text(one), text, one.score, one.reason, number + (known.citations if known else 0)
            )
        elif not one.registered and one.status == "new" and one.date and one.date.day and one.edition:
            earlier = of_day[one.date.iso].get(one.edition)
            of_day[one.date.iso][one.edition] = (one, number + (earlier[1] if earlier else 0))
    for day in of_day.values():
        for pair in _of_one_day(day):
            made.setdefault((pair.left, pair.right), pair)
    return sorted(made.values(), key=lambda pair: (-pair.citations, pair.left, pair.right))


def _of_one_day(day: Mapping[str, tuple[Resolution, int]]) -> Iterable[Pair]:
    keys = sorted(day)
    titles = [day[key][0].title for key in keys]
    for place, key in enumerate(keys):
        for _, score, other in process.extract(
            titles[place], titles[place + 1 :], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5
        ):
            one, first = day[key]
            two, second = day[keys[place + 1 + other]]
            if one.strategy != two.strategy:
                reason = Words(
                    "どちらも登録簿になく、同じ日の似た名。書き誤りか、別の文書か。",
                    "Neither is registered; like names of one day: a slip, or two documents?",
                )
                yield Pair(
                    one.mention,
                    two.key,
                    _text(one),
                    _text(two),
                    round(score / 100, 3),
                    reason,
                    first + second,
                )


def _text(one: Resolution) -> str:
    stated = "、".join(part for part in (one.label, one.date.iso if one.date else None) if part)
    return f"{one.title}（{stated}）" if stated else one.title
