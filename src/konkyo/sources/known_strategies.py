"""What the registry tells whoever resolves citations: strategies, their editions and sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from konkyo.common.dates import PartialDate
from konkyo.common.text import place_key
from konkyo.model.identifiers import IRI, below


@dataclass(frozen=True, slots=True)
class KnownEdition:
    """What a citation may say of a registered edition: its dates, its labels (第6次), the names only it bears."""

    iri: IRI
    date: PartialDate
    labels: tuple[str, ...]
    aliases: tuple[str, ...]
    other_dates: tuple[PartialDate, ...]
    sections: tuple[tuple[str, IRI], ...] = ()

    def section(self, place: str) -> IRI | None:
        """Return the one section that a place as cited names, by its number, its heading or the path to it."""
        wanted = place_key(place)
        found = {iri for key, iri in self.sections if key == wanted}
        return found.pop() if wanted and len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class KnownStrategy:
    """What a citation may say of a registered strategy. ``once``: it was decided once, there is one edition.

    ``amended``: one text is amended again and again, and often cited by the date of its first adoption.
    """

    iri: IRI
    ja: str
    aliases: tuple[str, ...]
    body: str | None
    once: bool
    amended: bool
    predecessor: IRI | None
    successor: IRI | None
    different_from: tuple[IRI, ...]
    editions: tuple[KnownEdition, ...]


def section_keys(edition: IRI, item: Mapping[str, Any], above: tuple[str, str]) -> Iterator[tuple[str, IRI]]:
    """Yield how a citation may name each registered section: number, heading, both, or the whole path to it."""
    for child in item.get("sections", []):
        section = below(edition, f"s-{child['key']}")
        number, heading = child.get("number", ""), child.get("heading", "")
        numbers, labels = above[0] + number, above[1] + heading_of(number, heading)
        names = (
            number,
            heading,
            number + heading,
            labels,
            numbers + heading if number else "",
            numbers if number else "",
        )
        yield from ((key, section) for key in sorted({place_key(name) for name in names} - {""}))
        yield from section_keys(edition, child, (numbers, labels))


def heading_of(number: str, heading: str) -> str:
    """Return a section's number and heading as one label."""
    space = " " if number and heading and number[-1].isascii() and number[-1] in ".0123456789" else ""
    return f"{number}{space}{heading}"
