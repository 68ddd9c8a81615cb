"""The registries: strategies with editions and sections, reports, panels, ministries, places.

A name is looked up in the form in which names are compared (:mod:`konkyo.common.name_form`); nothing is merged by likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from konkyo.common.dates import PartialDate
from konkyo.common.errors import KonkyoError
from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.model.identifiers import IRI
from konkyo.model.records import Record, Strategy
from konkyo.sources.registry_entries import RegistryEntries
from konkyo.sources.yaml_document import Document


class NotRegistered(LookupError):
    """A name that no registry holds; ``hint`` says what to add, and where."""

    def __init__(self, message: Words, hint: Words) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint


class Registry(RegistryEntries):
    """Both registries, as records and as look-ups by folded name."""

    def ministry(self, name: str) -> IRI:
        """Return the ministry of this name. Raises NotRegistered."""
        return self._get("organizations.yaml", "ministries", Words("府省庁", "ministry"), name)

    def unit(self, ministry: IRI, names: str) -> IRI:
        """Return the unit with this path of names (``局 課``) in a ministry. Raises NotRegistered."""
        return self._get("organizations.yaml", ministry, Words("部局", "unit"), names)

    def panel(self, name: str) -> IRI:
        """Return the panel of this name. Raises NotRegistered."""
        return self._get("organizations.yaml", "panels", Words("会議体", "panel"), name)

    def place(self, name: str) -> IRI:
        """Return the country or region of this name. Raises NotRegistered."""
        return self._get("organizations.yaml", "places", Words("国・地域", "place"), name)

    def strategy(self, name: str) -> IRI:
        """Return the strategy with this name or alias. Raises NotRegistered."""
        found = self._get("strategies.yaml", "strategies", Words("戦略", "strategy"), name)
        self.use(found)
        return found

    def use(self, strategy: IRI) -> None:
        """Have a strategy that only citations name written to the graph, with all its editions."""
        held = {record.iri for record in self.strategies}
        self.strategies.extend(record for record in self.records_of([strategy]) if record.iri not in held)
        for one in self._with_named([strategy]):
            self.cited.pop(one, None)

    def use_named(self, things: Set[str]) -> None:
        """Use each strategy of which one of these IRIs is a record: itself, an edition, a section."""
        for strategy, records in [*self.cited.items()]:
            if not things.isdisjoint(record.iri for record in records):
                self.use(strategy)

    def records_of(self, strategies: Iterable[IRI]) -> list[Record]:
        """Return the records of strategies that only citations name, of those they name, and of who decided them.

        Each record stands once, in an order that the identifiers alone decide.
        """
        found: dict[IRI, Record] = {}
        for strategy in self._with_named(strategies):
            for record in self.cited.get(strategy, ()):
                found[record.iri] = record
                for decider in record.deciders if isinstance(record, Strategy) else ():
                    if decider in self._decider_records:
                        found[decider] = self._decider_records[decider]
        return list(found.values())

    def _with_named(self, strategies: Iterable[IRI]) -> list[IRI]:
        found: set[IRI] = set()
        waiting = list(strategies)
        while waiting:
            strategy = waiting.pop()
            if strategy not in found:
                found.add(strategy)
                waiting.extend(self._named_by.get(strategy, ()))
        return sorted(found)

    def document(self, name: str, date: PartialDate | None) -> IRI:
        """Return the edition of a strategy decided on ``date``, or the report of this name.

        An undated mention of a strategy is the strategy itself: no edition is guessed. Raises NotRegistered.
        """
        report = self._names.get(("reports", name_form(name)))
        found = report or self.strategy(name)
        if date is None:
            return found
        editions = self._editions[found]
        if date.iso not in editions:
            known = "、".join(editions) or "なし"
            raise NotRegistered(
                Words(
                    f"「{name}」の{date.iso}の版は登録簿にありません（登録済み: {known}）。",
                    f"The registry has no edition of {name!r} of {date.iso} (it has: {known}).",
                ),
                Words(
                    f"日付を確かめるか、{self.folder / 'strategies.yaml'} に editions: の一項目を加えてください。",
                    f"Check the date, or add an item under editions: in {self.folder / 'strategies.yaml'}.",
                ),
            )
        return editions[date.iso]

    def is_decider(self, name: str) -> bool:
        """Return whether a strategy's ``body`` may be this: a ministry or one of ``deciders:``."""
        return name_form(name) in self._deciders

    def section(self, edition: IRI, headings: Sequence[str]) -> IRI:
        """Return the section of an edition with this path of headings, or this last one if it is the only such.

        Raises NotRegistered.
        """
        return self._get("strategies.yaml", edition, Words("関係部分", "section"), " > ".join(headings))

    def section_of_strategy(self, strategy: IRI, heading: str) -> IRI:
        """Return the one section with this heading in any edition of a strategy. Raises NotRegistered."""
        found = {
            self._names[edition, name_form(heading)]
            for edition in self._editions[strategy].values()
            if (edition, name_form(heading)) in self._names
        }
        if len(found) != 1:
            return self._get("strategies.yaml", strategy, Words("関係部分", "section"), heading)
        return found.pop()

    def _get(self, file: str, scope: str, kind: Words, name: str) -> IRI:
        try:
            return self._names[scope, name_form(name)]
        except KeyError:
            path = self.folder / file
            raise NotRegistered(
                Words(
                    f"{kind.ja}「{name}」は登録簿にありません。", f"The registry has no {kind.en} {name!r}."
                ),
                Words(
                    f"綴りを確かめるか、{path} に加えてください（キーは英小文字の語）。",
                    f"Check the spelling, or add it to {path} under a key of lower-case letters.",
                ),
            ) from None


def registered(document: Document, path: Sequence[str | int], error: NotRegistered) -> KonkyoError:
    """Return the error of a document that names what no registry holds."""
    return document.error(path, error.message, error.hint)
