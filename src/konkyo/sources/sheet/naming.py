"""What a sheet's names denote: what the registry holds, else things of their own that are known by their names.

The registry adds dates, aliases and English names; it forbids nothing. A thing of its own has an identifier made of
the form in which names are compared, so that two sheets that name it mean one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from konkyo.common.dates import PartialDate
from konkyo.common.name_form import name_form, plain_signs
from konkyo.common.speeches import read_speech
from konkyo.common.text import place_key
from konkyo.model.identifiers import IRI, below, digest, thing
from konkyo.model.namespaces import ID
from konkyo.model.records import (
    Edition,
    NamedEdition,
    NamedMinistry,
    NamedPanel,
    NamedPlace,
    NamedSection,
    NamedSpeech,
    NamedStrategy,
    NamedUnit,
    Record,
)
from konkyo.sources.registry import NotRegistered, Registry


@dataclass(frozen=True, slots=True)
class ResolvedTitle:
    """What a title with its date denotes by the rules of citations: a strategy, and its edition where one is told.

    ``registered`` says of each whether the registry describes it; ``label`` is what tells the edition (2014, 第6期).
    """

    strategy: IRI
    edition: IRI | None
    registered_strategy: bool
    registered_edition: bool
    name: str
    label: str | None


ResolveTitle = Callable[[str, PartialDate | None], ResolvedTitle]


class Naming:
    """Looks the names of one sheet up, and records what only the sheet names."""

    def __init__(self, registry: Registry, resolve: ResolveTitle, add: Callable[[Record], None]) -> None:
        self._registry = registry
        self._resolve = resolve
        self._add = add
        self._made: set[IRI] = set()
        self._reports: dict[str, IRI] = {}

    def ministry(self, name: str) -> IRI:
        """Return the ministry of this name."""
        try:
            return self._registry.ministry(name)
        except NotRegistered:
            return self._own(NamedMinistry(iri=thing("org", f"n-{digest(name)}"), names=(name,)))

    def unit(self, ministry: IRI, names: str) -> IRI:
        """Return the innermost unit of a path of names (``局 課``) in a ministry."""
        path = names.split()
        parent = ministry
        for depth, name in enumerate(path, start=1):
            try:
                unit = self._registry.unit(ministry, " ".join(path[:depth]))
            except NotRegistered:
                within = None if parent == ministry else parent
                unit = below(ministry, f"u-{digest(*path[:depth])}")
                self._own(NamedUnit(iri=unit, names=(name,), unit_of=ministry, part_of=within))
            parent = unit
        return parent

    def panel(self, name: str) -> IRI:
        """Return the panel of this name."""
        try:
            return self._registry.panel(name)
        except NotRegistered:
            return self._own(NamedPanel(iri=thing("panel", digest(name_form(name))), names=(name,)))

    def place(self, name: str) -> IRI:
        """Return the country or region of this name."""
        try:
            return self._registry.place(name)
        except NotRegistered:
            return self._own(NamedPlace(iri=thing("place", digest(name_form(name))), names=(name,)))

    def report(self, panel: IRI, title: str) -> IRI:
        """Return the report of a panel; the sheet may name it again among the documents at hand."""
        try:
            return self._registry.document(title, None)
        except NotRegistered:
            key = name_form(title)
            report = thing("report", digest(panel.removeprefix(ID), key))
            self._reports[key] = report
            return self._own(NamedEdition(iri=report, names=(title,), title=_title(title), creator=panel))

    def document(self, name: str, date: PartialDate | None) -> IRI:
        """Return the edition that a name and its date denote, or the strategy where no edition is told."""
        try:
            return self._registry.document(name, date)
        except NotRegistered:
            pass
        if report := self._reports.get(name_form(name)):
            return report
        if speech := self._speech(name, date):
            return speech
        found = self._resolve(name, date)
        if found.registered_strategy:
            self._registry.use(found.strategy)
        else:
            self._own(NamedStrategy(iri=found.strategy, names=(found.name,)))
        if found.edition and not found.registered_edition:
            mark = found.label or (date.iso if date else None)
            self._own(
                NamedEdition(
                    iri=found.edition,
                    names=(f"{name}（{mark}）" if mark and mark not in name else name,),
                    title=_title(name),
                    of=found.strategy,
                    issued=date,
                    label=None if date else mark or found.edition.rpartition("/")[2],
                )
            )
        return found.edition or found.strategy

    def _speech(self, name: str, date: PartialDate | None) -> IRI | None:
        """Return the speech in the Diet that a name is, if a session or a date tells it from others."""
        said = read_speech(name)
        if said is None or (said.session is None and date is None):
            return None
        when = str(said.session) if said.session else date.iso if date else ""
        # A session has one 施政方針演説; statements of ministers are told apart by office and house.
        of_all = said.kind == "施政方針演説"
        where = () if of_all else (said.office or "", said.house or "")
        title = said.kind if of_all else f"{said.office or ''}{said.kind}"
        series = thing("strategy", f"n-{digest('speech', title)}")
        self._own(NamedStrategy(iri=series, names=(title,), kind="diet-speech"))
        parts = (f"第{said.session}回国会" if said.session else None, None if of_all else said.house, title)
        return self._own(
            NamedSpeech(
                iri=below(series, f"e-{digest(said.kind, when, *where)}"),
                names=(_title(name),),
                of=series,
                label=f"第{said.session}回国会" if said.session else None,
                title=" ".join(filter(None, parts)),
                session=said.session,
                house=said.house,
                office=said.office,
                issued=date,
            )
        )

    def registered_urls(self) -> dict[IRI, str | None]:
        """Return where the registry says that its documents lie."""
        return {one.iri: one.url for one in self._registry.strategies if isinstance(one, Edition)}

    def section(self, document: IRI, headings: Sequence[str]) -> IRI:
        """Return the section of a document with this path of headings, from the outermost to the innermost."""
        parent = document
        for depth, heading in enumerate(headings, start=1):
            try:
                section = self._registry.section(document, headings[:depth])
            except NotRegistered:
                path = "/".join(place_key(one) for one in headings[:depth])
                section = below(document, f"s-{digest(path)}")
                number = _NUMBER.match(heading)
                self._own(
                    NamedSection(
                        iri=section,
                        names=(heading,),
                        number=number.group().strip() if number else None,
                        parent=parent,
                    )
                )
            parent = section
        return parent

    def _own(self, record: Record) -> IRI:
        if record.iri not in self._made:
            self._made.add(record.iri)
            self._add(record)
        return record.iri


def _title(name: str) -> str:
    """Return a title in plain signs: a document has one title, however wide two sheets write it."""
    return " ".join(plain_signs(name).split())


# 第3章, Ⅱ., ３．, （１）, ①, ア: how sections are numbered.
_NUMBER = re.compile(
    r"\s*(?:第\s*[0-9０-９一二三四五六七八九十百]+\s*[編部章節款目項]|[（(][0-9０-９ⅰ-ⅿⅠ-Ⅿa-zａ-ｚア-ン一二三四五六七八九十]{1,3}[)）]"
    r"|[①-⑳㉑-㉟㊱-㊿]|[0-9０-９]{1,3}(?:[.．\-－‐][0-9０-９]{1,3})*[.．、]?(?![0-9０-９年月日])|[Ⅰ-Ⅿⅰ-ⅿ]+[.．、]?)"
)
