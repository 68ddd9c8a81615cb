"""Resolutions as records: what each citation denotes, and the plans that only citations name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from konkyo.citations.resolve import Resolution
from konkyo.identifiers import IRI, digest, key_of, thing
from konkyo.records import Agent, CitedEdition, CitedStrategy, Denotation, Record
from konkyo.rules import CITATION_DENOTES
from konkyo.text import fold

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
    cited: dict[IRI, list[Resolution]] = {}
    for made in resolutions:
        cited.setdefault(made.strategy, []).append(made)
    for strategy, several in sorted(cited.items()):
        versions: dict[IRI, list[Resolution]] = {}
        for made in several:
            if made.edition:
                versions.setdefault(made.edition, []).append(made)
        # Of several editions the plan bears the name that they share; of one, the name of it.
        shared = len({made.labels for made in several}) > 1 or several[0].method == "another-body"
        first = _most([made.name if shared else made.title for made in several])
        yield CitedStrategy(
            iri=strategy,
            ja=first,
            # What names one of several editions is that edition's name.
            other_names=tuple(
                sorted({made.title for made in several if not (shared and made.labels)} - {first, ""})
            ),
            kind="other",
            editions=tuple(sorted(versions)),
            note=_UNREGISTERED,
        )
        for edition, those in sorted(versions.items()):
            yield _edition(edition, those)


def _edition(iri: IRI, several: list[Resolution]) -> CitedEdition:
    """Return an edition under its own title: one that says which it is before one that does not."""
    telling = [made for made in several if made.label]
    title = _most([made.title for made in telling or several])
    label = _most([made.label for made in telling if made.title == title and made.label])
    dates = {made.date for made in several if made.date}
    # Several dates under one edition are stated by different citations: none of them is taken over another.
    date = dates.pop() if len(dates) == 1 else None
    marks = [] if label == "-" or all(fold(part) in fold(title) for part in label.split("・")) else [label]
    mark = "、".join([*marks, *([date.iso] if date else [])])
    return CitedEdition(
        iri=iri,
        ja=f"{title}（{mark}）" if mark else title,
        title=title,
        other_names=tuple(sorted({made.title for made in telling} - {title, ""})),
        issued=date,
    )


def _most(names: list[str]) -> str:
    """Return the name that is written most often, else the shortest; ``-`` where none is written."""
    found = Counter(name for name in names if name)
    return min(found, key=lambda name: (-found[name], len(name), name), default="-")
