"""Offices in charge: a path of units below a ministry, by the registry or by their names."""

from __future__ import annotations

import re
from collections.abc import Generator

from konkyo.common.name_form import name_form
from konkyo.model.identifiers import IRI, digest, thing
from konkyo.model.records import NamedUnit, Record
from konkyo.sources.rs.importer import Importer

# （教養） alone, 食品製造課（課長以外）; 政策統括官（防災担当） is a name.
REMARK = re.compile(r"^[（(][^（）()]*[）)]$|[（(][^（）()]*(?:以外|会計)[）)]$")
_AGENCY = re.compile(r"(?:庁|委員会)$")


class OfficeImporter(Importer):
    """What the sources that name offices share."""

    def unit(self, ministry: str, path: list[str]) -> Generator[Record, None, IRI]:
        """Yield the units of a path that are new, and return the innermost one's IRI."""
        path = _named_once(path)
        ministry, path, before = self._whose(ministry, path)
        known = self.names.units.get(ministry, {})
        top = thing("org", ministry)
        parent, said = top, ""
        for depth, name in enumerate(path, start=1):
            said += name_form(name).removeprefix(before)
            before = ""
            if said in known:
                parent = IRI(known[said])
                continue
            unit = thing("org", ministry, f"u-{digest(*path[:depth])}")
            self.called(unit, name)
            if self.first(unit):
                yield NamedUnit(
                    iri=unit, names=(name,), unit_of=top, part_of=None if parent == top else parent
                )
            parent = unit
        return parent

    def _whose(self, ministry: str, path: list[str]) -> tuple[str, list[str], str]:
        """Return the ministry whose office a path is, the path below it, and the name of it that leads the first unit.

        An office may belong to another ministry than the one whose project it is, or to an agency of another:
        水産庁, 国土交通省　気象庁. The registry says whose an agency is.
        """
        form = name_form(path[0])
        if slug := self.names.ministries.get(form):
            return slug, path[1:], ""
        for name, slug in self.names.ministries.items():
            if form.removeprefix(name) != form and form.removeprefix(name) in self.names.units.get(slug, {}):
                return slug, path, name
        owners = [slug for slug, units in self.names.units.items() if form in units]
        own = len(owners) == 1 and _AGENCY.search(form)
        return owners[0] if own else ministry, path, ""


def _named_once(path: list[str]) -> list[str]:
    """Return a path without the names that repeat the one before: 府省庁 and 局・庁 may both say 消防庁, which is one office.

    >>> _named_once(["消防庁", "消防庁", "国民保護・防災部"])
    ['消防庁', '国民保護・防災部']
    """
    forms = [name_form(name) for name in path]
    return [name for name, form, before in zip(path, forms, ["", *forms], strict=False) if form != before]
