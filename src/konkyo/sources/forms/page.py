"""One sheet of a document being read: its boxes, which of them a field has taken, and what was found to be unsure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from konkyo.sources.documents import Box, Document
from konkyo.sources.forms.form import Form
from konkyo.sources.forms.years import year_of

Cell = dict[str, Any]
# Ministries have evaluated their policies since 2001: of 28年度 and 5年度 without an era, the years nearest to this one are meant.
MIDDLE = 2016


@dataclass(slots=True)
class Sheet:
    """The boxes of one evaluation sheet. ``year`` is the one that its title names."""

    document: Document
    form: Form
    boxes: list[Box]
    year: int | None = None
    numbers: list[Box] = field(default_factory=list)
    taken: set[Box] = field(default_factory=set)
    unsure: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _looked: bool = False

    @property
    def near(self) -> int:
        """Return a year that tells the era of years without one: the title's, else the first that is written whole."""
        return self._stated if self._stated is not None else MIDDLE

    @property
    def era_certainty(self) -> str | None:
        """How sure a year is that is written without its era: read from the layout where no year tells the era."""
        return None if self._stated is not None else "配置"

    @property
    def _stated(self) -> int | None:
        if self.year is None and not self._looked:
            self._looked = True
            self.year = next(
                (year for box in self.boxes if (year := year_of(box.text, None)) is not None), None
            )
        return self.year

    def labelled(self, spellings: frozenset[str], among: Iterable[Box] | None = None) -> list[Box]:
        """Return the boxes that bear a label, in reading order."""
        return [box for box in (self.boxes if among is None else among) if self.form.bears(box, spellings)]

    def take(self, *boxes: Box) -> None:
        """Note that fields hold what these boxes say."""
        self.taken.update(boxes)

    def cell(
        self, text: str, *boxes: Box, certainty: str | None = None, note: str | None = None, **more: Any
    ) -> Cell:
        """Return a cell of the transcription, and take its boxes. In ruled tables it is plain unless said otherwise."""
        self.take(*boxes)
        sure = certainty or ("明白" if all(box.ruled for box in boxes) else "配置")
        made: Cell = {"値": text, **more, **place(self.document, boxes), "確度": sure}
        if note:
            made["注"] = note
        return made

    @property
    def rest(self) -> list[Box]:
        """Return what no field has taken, labels left out."""
        return [box for box in self.boxes if box not in self.taken]


def place(document: Document, boxes: Iterable[Box]) -> Cell:
    """Return where boxes stand, as a transcription says it: lines of a text, fragments of other files."""
    places = list(dict.fromkeys(one for box in boxes for one in box.place.split("\n")))
    if document.kind == "text":
        return {"行": int(places[0]) if len(places) == 1 else _ranges([int(one) for one in places])}
    return {"場所": places[0] if len(places) == 1 else places}


def _ranges(lines: list[int]) -> Any:
    found: list[list[int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    made = [first if first == last else f"{first}-{last}" for first, last in found]
    return made[0] if len(made) == 1 else made
