"""What is asked of a search, and what is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from konkyo.common.words import Words
from konkyo.graph.search.gather import TextOfThing
from konkyo.graph.search.snippets import Piece, snippet
from konkyo.graph.years import NO_YEAR, YearTold

LIMIT = 20
MAX_LIMIT = 1000
Match = Literal["exact", "prefix", "part", "text"]
MATCHES: tuple[Match, ...] = ("exact", "prefix", "part", "text")


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found. ``kind`` is the local name of its class, ``group`` that of :data:`GROUPS`.

    ``years`` are those in which documents show it, the latest first; none where it is of no year.
    ``match`` says how: the whole of a name or number, its beginning, a part of it, or in a text about the thing.
    ``pieces`` is where, with what was looked for marked; ``found_in`` is ``name``, ``description`` or ``logic``.
    """

    iri: str
    kind: str
    group: str
    label: Words
    number: str | None
    ministry: Words | None
    match: Match
    found_in: str
    pieces: tuple[Piece, ...]
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A thing whose name is like a text."""

    iri: str
    label: Words


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many there are in all, and in each group whichever of them was asked for; ``of`` says of which
    year things and their texts are.
    """

    text: str
    total: int
    groups: Mapping[str, int] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    limit: int = LIMIT
    offset: int = 0
    of: YearTold = NO_YEAR
    near: tuple[Near, ...] = ()
    """Where nothing was found: things whose names are like the text."""

    def to_json(self) -> dict[str, Any]:
        """Return the results as values of JSON; texts are objects with ``ja`` and ``en``."""
        return {
            "text": self.text,
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "kinds": dict(self.groups),
            "of": self.of.to_json(),
            "near": [{"iri": one.iri, "label": one.label._asdict()} for one in self.near],
            "results": [
                {
                    "iri": hit.iri,
                    "kind": hit.group,
                    "class": hit.kind,
                    "label": hit.label._asdict(),
                    "number": hit.number,
                    "ministry": hit.ministry._asdict() if hit.ministry else None,
                    "match": hit.match,
                    "found_in": hit.found_in,
                    "years": list(hit.years),
                    "snippet": [{"text": piece.text, "hit": piece.hit} for piece in hit.pieces],
                }
                for hit in self.hits
            ],
        }


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A text to look for: in its form as a ``whole`` and in its words (``parts``); ``wanted`` are places in ``GROUPS``.

    ``meant`` are the IRIs of documents that the whole means by another name: an edition, what a citation was taken for.
    ``year``: only what documents of it show, and what is of no year; else each thing as the latest documents show it. ``since``: nothing
    that no document of that year or a later one shows, unless it is of no year.
    """

    text: str
    whole: str
    parts: Sequence[str]
    wanted: Sequence[int]
    limit: int
    offset: int
    meant: Sequence[str] = ()
    year: int | None = None
    since: int | None = None

    def told(self, texts: Iterable[TextOfThing], years: Sequence[int]) -> list[tuple[str, str]]:
        """Return the texts of a thing that are of the year of the question, or of no year."""
        year = self.year if self.year is not None else next(iter(years), None)
        return [(text.field, text.words) for text in texts if text.year in (None, year)]

    def where(
        self, ja: str, en: str | None, texts: Iterable[tuple[str, str]]
    ) -> tuple[str, tuple[Piece, ...]]:
        """Return in which text the words stand, and that text with them marked; no pieces where only a number fits."""
        texts = list(texts)
        for words in ([self.whole], list(self.parts)):
            for name, text in [("name", ja), ("name", en or ""), *texts]:
                if pieces := snippet(text, words, around=None if text in (ja, en) else 36):
                    return name, pieces
        return "name", ()
