"""Resolutions as records: what each citation denotes, and the plans that only citations name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from konkyo.citations.resolve import Resolution
from konkyo.identifiers import IRI, digest, key_of, thing
from konkyo.records import Agent, CitedEdition, CitedStrategy, Denotation, Record
from konkyo.rules import CITATION_DENOTES

_UNREGISTERED = "登録簿にない計画等。題名は引用による。"


def denotations(resolved: Mapping[str, list[Resolution]], citations: Mapping[str, IRI]) -> Iterator[Record]:
    """Yield the denotations of citations (text to IRI), and the strategies and editions that no registry holds.

    The order depends on the identifiers alone. A resolution that is not sure claims nothing: the citation then
    stands by itself, without a denotation. Registered strategies are written by whoever holds the registry.
    """
    found = sorted(
        (
            (citations[text], number, made)
            for text, several in resolved.items()
            for number, made in enumerate(several, 1)
            if made.status != "unsure"
        ),
        key=lambda item: (item[0], item[1]),
    )
    people: set[str] = set()
    for citation, number, made in found:
        author = None
        if made.judged_by:
            author = thing("agent", f"u-{digest(made.judged_by)}")
            if made.judged_by not in people:
                people.add(made.judged_by)
                yield Agent(iri=author, ja=made.judged_by)
        yield Denotation(
            iri=thing("denotation", key_of(citation).split("/", 1)[1], number),
            owner=citation,
            denotes=made.denoted,
            level="interpreted" if author else "derived",
            score=Decimal(str(round(made.score, 3))),
            title=made.title or "-",
            place=made.place,
            rule=None if author else CITATION_DENOTES.iri,
            author=author,
            reason=made.reason,
        )
    yield from _unregistered([made for _, _, made in found if not made.registered])


def _unregistered(resolutions: list[Resolution]) -> Iterator[Record]:
    titles: dict[IRI, dict[str, int]] = {}
    editions: dict[IRI, dict[IRI, list[Resolution]]] = {}
    for made in resolutions:
        names = titles.setdefault(made.strategy, {})
        names[made.title] = names.get(made.title, 0) + 1
        if made.edition:
            editions.setdefault(made.strategy, {}).setdefault(made.edition, []).append(made)
    for strategy, names in sorted(titles.items()):
        # The title that is written most often, else the shortest, is what the plan is called.
        first, *others = sorted(names, key=lambda name: (-names[name], len(name), name))
        versions = editions.get(strategy, {})
        yield CitedStrategy(
            iri=strategy,
            ja=first or "-",
            other_names=tuple(sorted(others)),
            kind="other",
            editions=tuple(sorted(versions)),
            note=_UNREGISTERED,
        )
        for edition, several in sorted(versions.items()):
            dates = {made.date for made in several if made.date}
            # Several dates under one edition are stated by different citations: none of them is taken over another.
            date = dates.pop() if len(dates) == 1 else None
            label = min((made.label for made in several if made.label), default=None)
            mark = label or (date.iso if date else None)
            yield CitedEdition(
                iri=edition, ja=f"{first}（{mark}）" if mark else first, title=first, issued=date
            )
