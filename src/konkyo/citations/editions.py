"""Which edition of a known strategy is meant, by the edition and the date that a citation states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from konkyo.citations import reasons
from konkyo.citations.index import Index
from konkyo.citations.names import Named
from konkyo.citations.reading import CitedDocument
from konkyo.identifiers import IRI, below
from konkyo.sources.registry import KnownEdition, KnownStrategy
from konkyo.text import PartialDate
from konkyo.words import Words

# A date within a month of an edition's is a slip of the pen, or another body's decision on the same text;
# of a strategy that was decided but once, one within a year.
_MONTH, _YEAR = 31, 400


@dataclass(frozen=True, slots=True)
class Answer:
    """The edition, by which rule, how surely, and why. ``asked``: the edition that a person should compare."""

    method: str
    status: Literal["exact", "similar", "unsure"]
    score: float
    reason: Words
    edition: IRI | None = None
    strategy: IRI | None = None
    asked: IRI | None = None
    date_is_anothers: bool = False


class Editions:
    """The registered editions."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def of(self, document: CitedDocument, named: Named) -> Answer:
        """Decide the edition of a document whose strategy is known."""
        strategy, labels, date = named.strategy, named.labels, document.date
        by_date = self.index.by_date(strategy, date) if date else []
        anothers = bool(document.borrowed and date and not by_date and strategy.editions)
        if anothers:
            date = None  # the date belongs to the last title of the list only
        answer = self._decide(named, strategy, labels, date, by_date)
        if not anothers:
            return answer
        return Answer(
            answer.method,
            answer.status,
            answer.score,
            answer.reason,
            answer.edition,
            answer.strategy,
            answer.asked,
            date_is_anothers=True,
        )

    def _decide(
        self,
        named: Named,
        strategy: KnownStrategy,
        labels: tuple[str, ...],
        date: PartialDate | None,
        by_date: list[KnownEdition],
    ) -> Answer:
        by_label = self.index.by_label(strategy, labels)
        if named.edition and not by_label and not by_date:
            by_label = [named.edition]
        if len(by_label) > 1:
            by_label = [one for one in by_label if one in by_date] or by_label
        if len(by_label) == 1:
            return self._labelled(named, by_label[0], date, by_date)
        if len(by_label) > 1:
            return self._open(strategy, labels, date, "several-editions")
        if date is None:
            return self._undated(strategy, labels)
        if len(by_date) == 1:
            (edition,) = by_date
            known = self.index.labels[edition.iri]
            if any(label[0] == "n" for label in labels) and any(label[0] == "n" for label in known):
                return self._open(strategy, labels, date, "edition-against-date")
            method = "edition-name" if named.how == "edition-name" else "title-date"
            return _exact(method, edition, reasons.dated(strategy.ja, edition.date.iso))
        if by_date:
            return self._open(strategy, labels, date, "date-too-coarse")
        if _years_only(labels) and len(near := _near(strategy, date)) == 1:
            reason = reasons.near(strategy.ja, near[0].date.iso, date.iso)
            return Answer("near-date", "similar", 0.85, reason, edition=near[0].iri)
        return self._chained(strategy, labels, date) or self._open(
            strategy, labels, date, "edition-not-registered"
        )

    def _labelled(
        self, named: Named, edition: KnownEdition, date: PartialDate | None, by_date: list[KnownEdition]
    ) -> Answer:
        name = named.strategy.ja
        if date and edition not in by_date and abs(_days(edition.date) - _days(date)) > _MONTH:
            if by_date or not named.labels:
                # Name and date speak of two editions, or only a name of its own speaks for this one.
                return self._open(named.strategy, named.labels, date, "edition-against-date", edition)
            reason = reasons.against_date(name, edition.date.iso, date.iso)
            return Answer("title-edition-against-date", "similar", 0.8, reason, edition=edition.iri)
        method = "title-edition" if named.how == "name" else named.how
        return _exact(method, edition, reasons.named(name, edition.date.iso))

    def _undated(self, strategy: KnownStrategy, labels: tuple[str, ...]) -> Answer:
        name = strategy.ja
        if labels:
            of_year = [one for one in strategy.editions if f"y{one.date.year}" in labels]
            if _years_only(labels) and len(of_year) == 1:
                (edition,) = of_year
                reason = reasons.of_year(name, edition.date.year, edition.date.iso)
                return Answer("title-year", "exact", 0.95, reason, edition=edition.iri)
            return self._open(strategy, labels, None, "edition-not-registered")
        if strategy.once and len(strategy.editions) == 1:
            (edition,) = strategy.editions
            return Answer(
                "only-edition", "exact", 0.95, reasons.only(name, edition.date.iso), edition=edition.iri
            )
        return Answer("undated", "exact", 1.0, reasons.undated(name))

    def _open(
        self,
        strategy: KnownStrategy,
        labels: tuple[str, ...],
        date: PartialDate | None,
        method: str,
        asked: KnownEdition | None = None,
    ) -> Answer:
        """The strategy is known; its edition is not among those registered, or cannot be told."""
        key = edition_key(labels, date)
        if asked is None and strategy.editions:
            asked = min(strategy.editions, key=lambda one: abs(_days(one.date) - _days(date or one.date)))
        reason = reasons.edition_open(strategy.ja, key, "、".join(one.date.iso for one in strategy.editions))
        return Answer(
            method,
            "unsure",
            0.5,
            reason,
            edition=below(strategy.iri, key),
            asked=asked.iri if asked else strategy.iri,
        )

    def _chained(self, strategy: KnownStrategy, labels: tuple[str, ...], date: PartialDate) -> Answer | None:
        """Return the edition of a successor or predecessor decided on this date: the old name, the new text."""
        for other in (strategy.successor, strategy.predecessor):
            known = self.index.strategies.get(other) if other else None
            found = self.index.by_date(known, date) if known and date.month is not None else []
            if known and len(found) == 1:
                borne = self.index.labels[found[0].iri]
                if not labels or not borne or set(labels) & borne:
                    reason = reasons.renamed(known.ja, found[0].date.iso)
                    return Answer("renamed", "exact", 0.95, reason, found[0].iri, known.iri)
        return None


def _exact(method: str, edition: KnownEdition, reason: Words) -> Answer:
    return Answer(method, "exact", 1.0, reason, edition=edition.iri)


def _years_only(labels: Iterable[str]) -> bool:
    return all(label[0] == "y" for label in labels)


def _days(date: PartialDate) -> int:
    """Return a number of days that is good enough to tell near from far."""
    return date.year * 372 + ((date.month or 6) - 1) * 31 + (date.day or 15)


def _near(strategy: KnownStrategy, date: PartialDate) -> list[KnownEdition]:
    if date.day is None:
        return []
    reach = _YEAR if strategy.once else _MONTH
    return [one for one in strategy.editions if one.date.day and abs(_days(one.date) - _days(date)) <= reach]


def edition_key(labels: Iterable[str], date: PartialDate | None) -> str:
    """Return the last part of an unregistered edition's IRI: its labels, else its date."""
    text = " ".join(labels) or (date.iso if date else "")
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.") or "unstated"
