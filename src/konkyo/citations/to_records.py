"""Resolutions as records: what each citation denotes, and the plans that only citations name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from konkyo.citations.parse.scan import compatible
from konkyo.citations.resolve import Resolution
from konkyo.common.dates import PartialDate
from konkyo.common.text import fold
from konkyo.model.identifiers import IRI, digest, key_of, thing
from konkyo.model.records import Agent, CitedEdition, CitedStrategy, Denotation, Record, Unidentified
from konkyo.model.rules import CITATION_DENOTES

# The key of an edition that is known by its date; of one that is known by a year it begins with a letter.
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_UNREGISTERED = "登録簿にない計画等。題名は引用による。"


def denotations(resolved: Mapping[str, list[Resolution]], citations: Mapping[str, IRI]) -> Iterator[Record]:
    """Yield the denotations of citations (text to IRI), and the strategies and editions that no registry holds.

    The order depends on the identifiers alone. A resolution that is not sure claims nothing of what it denotes: the
    citation then says which document of those that it names is not identified. Registered strategies are written by
    whoever holds the registry.
    """
    named = sorted(
        (
            (citations[text], number, made)
            for text, several in resolved.items()
            for number, made in enumerate(several, 1)
        ),
        key=lambda item: (item[0], item[1]),
    )
    for citation, group in groupby(named, key=lambda item: item[0]):
        unsure = dict.fromkeys(made.title or "-" for _, _, made in group if made.status == "unsure")
        if unsure:
            yield Unidentified(iri=citation, titles=tuple(unsure))
    found = [item for item in named if item[2].status != "unsure"]
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
    dates = sorted({made.date for made in several if made.date}, key=lambda date: (-len(date.iso), date.iso))
    # Several dates under one edition are stated by different citations: none of them is taken over another. A year or
    # month is no other date than the day in it.
    agree = bool(dates) and all(compatible(dates[0], other) for other in dates)
    date = dates[0] if agree else _date_of(iri) if not dates and label == "-" else None
    marks = [] if label == "-" or all(fold(part) in fold(title) for part in label.split("・")) else [label]
    mark = "、".join([*marks, *([date.iso] if date else [])])
    name = f"{title}（{mark}）" if mark else title
    return CitedEdition(
        iri=iri,
        ja=name,
        title=title,
        # What it is called by is no other name as well (SKOS, S13).
        other_names=tuple(sorted({made.title for made in telling} - {title, name, ""})),
        issued=date,
        # Without either, the citations at hand do not say which edition they mean: others do, and the key is theirs.
        label=label if label != "-" else None if date else iri.rpartition("/")[2],
    )


def _date_of(edition: IRI) -> PartialDate | None:
    """Return the date that an edition is known by where its key is one: other citations have been seen to state it."""
    found = _DATE.fullmatch(edition.rpartition("/")[2])
    return PartialDate(*(int(part) for part in found.groups() if part)) if found else None


def _most(names: list[str]) -> str:
    """Return the name that is written most often, else the shortest; ``-`` where none is written."""
    found = Counter(name for name in names if name)
    return min(found, key=lambda name: (-found[name], len(name), name), default="-")
