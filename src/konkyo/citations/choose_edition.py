"""Which edition of a known strategy is meant, by the edition and the date that a citation states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from konkyo.citations import reasons
from konkyo.citations.match_titles import NamedStrategy
from konkyo.citations.parse.reading import CitedDocument
from konkyo.citations.parse.scan import compatible
from konkyo.citations.title_index import Index
from konkyo.common.dates import PartialDate
from konkyo.common.text import fold
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI, below
from konkyo.sources.known_strategies import KnownEdition, KnownStrategy

# A title may name its edition (第6次, 2023) and give a date a few days off: the title tells. Further off it is open.
_MONTH = 31
# How sure a strategy is whose name is exact, while the date or the edition beside it is none that is known.
_NAME_ALONE = 0.9
# A registered name that only stands within the words of a title is never as sure as the title itself.
_NAME_WITHIN = 0.95
# A council's numbered paper or its answer is not the plan that the cabinet decides after it.
_ANOTHERS = re.compile(
    r"[^ 、。,()「」]{1,12}審(?:議会)?第[0-9一二三四五六七八九十百]+号|[^ 、。,()「」]{0,12}(?:答申|諮問(?!会議))"
)


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """The edition, by which rule, how surely, and why. ``asked``: the edition that a person should compare.

    ``stated`` keeps mentions of an edition apart that the registry does not hold; it is no edition.
    """

    method: str
    status: Literal["exact", "similar", "unsure"]
    score: float
    reason: Words
    edition: IRI | None = None
    strategy: IRI | None = None
    stated: IRI | None = None
    asked: IRI | None = None
    date_is_anothers: bool = False


class Editions:
    """The registered editions."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def issued_by_another(self, document: CitedDocument, strategy: KnownStrategy) -> str | None:
        """Return the words by which a citation is of another body's paper on the same matter: 中教審第206号, 答申.

        None where the registered names say the same, or the date is that of one of the editions.
        """
        match = _ANOTHERS.search(fold(document.decision or "")) or _ANOTHERS.search(fold(document.title))
        if match is None or any(_ANOTHERS.search(fold(name)) for name in (strategy.ja, *strategy.aliases)):
            return None
        date = document.date
        return None if date and date.month and self.index.by_date(strategy, date) else match.group()

    def of(self, document: CitedDocument, named: NamedStrategy) -> EditionChoice:
        """Decide the edition of a document whose strategy is known."""
        strategy, labels, date = named.strategy, named.labels, document.date
        by_date = self.index.by_date(strategy, date) if date else []
        anothers = bool(document.borrowed and date and not by_date and strategy.editions)
        if anothers:
            date = None  # the date belongs to the last title of the list only
        answer = self._decide(named, strategy, labels, date, by_date)
        if named.how == "generic-name":
            reason = reasons.completed(strategy.ja, answer.reason)
            answer = replace(answer, method=named.how, score=min(answer.score, _NAME_WITHIN), reason=reason)
        if named.how == "name-within":
            reason = reasons.within(strategy.ja, answer.reason)
            answer = replace(answer, score=min(answer.score, _NAME_WITHIN), reason=reason)
        return replace(answer, date_is_anothers=True) if anothers else answer

    def _decide(
        self,
        named: NamedStrategy,
        strategy: KnownStrategy,
        labels: tuple[str, ...],
        date: PartialDate | None,
        by_date: list[KnownEdition],
    ) -> EditionChoice:
        by_label = self.index.by_label(strategy, labels)
        if named.edition and not by_label and not by_date:
            by_label = [named.edition]
        if len(by_label) > 1:
            by_label = [one for one in by_label if one in by_date] or by_label
        if len(by_label) == 1:
            return self._labelled(named, by_label[0], date, by_date)
        if len(by_label) > 1:
            return self._open(named, labels, date, "several-editions")
        if date is None:
            return self._undated(named, labels)
        if len(by_date) == 1:
            (edition,) = by_date
            if strategy.amended and edition == min(strategy.editions, key=lambda one: one.date.iso):
                reason = reasons.adopted(strategy.ja, edition.date.iso)
                return EditionChoice("first-adoption", "exact", 1.0, reason, stated=edition.iri)
            known = self.index.labels[edition.iri]
            if any(label[0] == "n" for label in labels) and any(label[0] == "n" for label in known):
                return self._open(named, labels, date, "edition-against-date")
            method = "edition-name" if named.how == "edition-name" else "title-date"
            other = None if compatible(edition.date, date) else date.iso
            return _exact(method, edition, reasons.dated(strategy.ja, edition.date.iso, other))
        if by_date:
            return self._open(named, labels, date, "date-too-coarse")
        return self._chained(strategy, labels, date) or self._open(
            named, labels, date, "edition-not-registered"
        )

    def _labelled(
        self,
        named: NamedStrategy,
        edition: KnownEdition,
        date: PartialDate | None,
        by_date: list[KnownEdition],
    ) -> EditionChoice:
        """Decide where the title names one edition; the date beside it may be none or another's."""
        name = named.strategy.ja
        method = "title-edition" if named.how == "name" else named.how
        if date is None or edition in by_date:
            return _exact(method, edition, reasons.named(name, edition.date.iso))
        days = abs(_days(edition.date) - _days(date))
        # Name and date speak of two editions, or only a name of its own speaks for this one.
        if by_date or (not named.labels and days > _MONTH):
            return self._open(named, named.labels, date, "edition-against-date", edition)
        if days > _MONTH and not _another_year(edition.date, date):
            return self._open(named, named.labels, date, "edition-not-registered", edition)
        reason = reasons.against_date(name, edition.date.iso, date.iso)
        return EditionChoice("title-edition-against-date", "similar", 0.8, reason, edition=edition.iri)

    def _undated(self, named: NamedStrategy, labels: tuple[str, ...]) -> EditionChoice:
        strategy, name = named.strategy, named.strategy.ja
        if labels:
            of_year = [one for one in strategy.editions if f"y{one.date.year}" in labels]
            if _years_only(labels) and len(of_year) == 1:
                (edition,) = of_year
                reason = reasons.of_year(name, edition.date.year, edition.date.iso)
                return EditionChoice("title-year", "exact", 0.95, reason, edition=edition.iri)
            return self._open(named, labels, None, "edition-not-registered")
        if strategy.once and len(strategy.editions) == 1:
            (edition,) = strategy.editions
            return EditionChoice(
                "only-edition", "exact", 0.95, reasons.only(name, edition.date.iso), edition=edition.iri
            )
        return EditionChoice("undated", "exact", 1.0, reasons.undated(name))

    def _open(
        self,
        named: NamedStrategy,
        labels: tuple[str, ...],
        date: PartialDate | None,
        method: str,
        asked: KnownEdition | None = None,
    ) -> EditionChoice:
        """The strategy is known by name; its edition is not among those registered, or cannot be told.

        A name that only one edition bears does not speak for the strategy: with another date it is not sure.
        """
        strategy, key = named.strategy, edition_key(labels, date)
        if asked is None and strategy.editions:
            asked = min(strategy.editions, key=lambda one: abs(_days(one.date) - _days(date or one.date)))
        reason = reasons.edition_open(
            strategy.ja, key, "、".join(one.date.iso for one in strategy.editions), method
        )
        sure = named.edition is None
        return EditionChoice(
            method,
            "exact" if sure else "unsure",
            _NAME_ALONE if sure else 0.5,
            reason,
            stated=below(strategy.iri, key),
            asked=asked.iri if asked else strategy.iri,
        )

    def _chained(
        self, strategy: KnownStrategy, labels: tuple[str, ...], date: PartialDate
    ) -> EditionChoice | None:
        """Return the edition of a successor or predecessor decided on this date: the old name, the new text."""
        for other in (strategy.successor, strategy.predecessor):
            known = self.index.strategies.get(other) if other else None
            found = self.index.by_date(known, date) if known and date.month is not None else []
            if known and len(found) == 1:
                borne = self.index.labels[found[0].iri]
                # 第6期科学技術基本計画 is the successor's 第6期; a year in the old name is no edition of the new one.
                if not labels or {label for label in labels if label[0] != "y"} & borne:
                    reason = reasons.renamed(known.ja, found[0].date.iso)
                    return EditionChoice("renamed", "exact", 0.95, reason, found[0].iri, known.iri)
        return None


def _exact(method: str, edition: KnownEdition, reason: Words) -> EditionChoice:
    return EditionChoice(method, "exact", 1.0, reason, edition=edition.iri)


def _years_only(labels: Iterable[str]) -> bool:
    return all(label[0] == "y" for label in labels)


def _days(date: PartialDate) -> int:
    """Return a number of days that is good enough to tell near from far."""
    return date.year * 372 + ((date.month or 6) - 1) * 31 + (date.day or 15)


def _another_year(one: PartialDate, other: PartialDate) -> bool:
    """Whether two days are of the same month and day, and only their years differ: 令和5年 for 令和6年."""
    return one.day is not None and (one.month, one.day) == (other.month, other.day)


def edition_key(labels: Iterable[str], date: PartialDate | None) -> str:
    """Return the last part of an unregistered edition's IRI: its labels, else its date."""
    text = " ".join(labels) or (date.iso if date else "")
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.") or "unstated"
