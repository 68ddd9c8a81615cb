"""What a report is made of, whatever it is written as: sections with a table, a picture's data, and references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from konkyo.common.advice import Note
from konkyo.common.words import Words
from konkyo.graph.reader import EvidenceText
from konkyo.model.kinds import ELEMENTS
from konkyo.present.small_multiples import Multiples

REPORTED = ("Strategy", "Edition", "LegalResource", *ELEMENTS)
"""The kinds of things that have a report, beside ministries."""
Kind = Literal["text", "count", "yen"]
Value = Words | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``count`` are whole numbers, ``yen`` whole yen, of which the heading names no unit."""

    heading: Words
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the numbers of the references that it comes from. None is absent, which is never 0."""

    value: Value
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; ``total`` stands below them."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The amounts of one stage of the budget, one for each year: whole yen, None where nothing is stated."""

    stage: str
    name: Words
    amounts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """Bars by year."""

    years: tuple[Words, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """A map of counts: ``counts[row][column]``, 0 where there is none."""

    rows: tuple[Words, ...]
    columns: tuple[Words, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of an indicator: its bounds as numbers where its words give any."""

    role: str
    name: Words
    text: str
    year: Words | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """One indicator with its marks, on a scale of its own."""

    label: Words
    unit: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Scales:
    """Indicators below each other."""

    scales: tuple[Scale, ...]


@dataclass(frozen=True, slots=True)
class Starts:
    """Counts by the fiscal year in which something began, and the date (ISO, or its beginning) of what they are compared with."""

    years: tuple[int, ...]
    counts: tuple[int, ...]
    first: str


Plot = Money | Heat | Scales | Starts | Multiples


@dataclass(frozen=True, slots=True)
class Question:
    """What gives the numbers of a section: a stored query, or else a trace, with the values of its parameters."""

    name: str
    values: Mapping[str, str]
    stored: bool = True

    def plain(self) -> str:
        """Return the question as a reader without a command line names it: ``editions strategy=strategy/kihon-keikaku``."""
        return " ".join([self.name, *(f"{parameter}={value}" for parameter, value in self.values.items())])


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: what it is about, and what is found. ``queries`` are the questions whose answers its numbers are."""

    key: str
    title: Words
    table: Table
    plot: Plot | None = None
    notes: tuple[Note, ...] = ()
    queries: tuple[Question, ...] = ()
    finding: Words | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """What a report says first: a sentence, and at most three figures, each with what it is."""

    sentence: Words
    figures: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; ``references`` are the places of sources, numbered from 1, ``files`` the data it was made from."""

    title: Words
    kind: Words
    facts: tuple[tuple[Words, Note], ...]
    notes: tuple[Words, ...]
    sections: tuple[Section, ...]
    references: tuple[Words, ...]
    files: tuple[tuple[str, str], ...]
    lead: Lead | None = None


@dataclass
class References:
    """Numbers places in sources, each once."""

    found: dict[tuple[str, str], int] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)

    def numbers(self, evidence: Iterable[EvidenceText]) -> tuple[int, ...]:
        """Return the numbers of the places of some evidence, in rising order."""
        return tuple(sorted({self._number(item) for item in evidence}))

    def _number(self, item: EvidenceText) -> int:
        certainty = item.certainty or Words("", "")
        words = Words(
            _place(item.source.ja, item.place.ja, item.field.ja, certainty.ja, "（{}）"),
            _place(item.source.en, item.place.en, item.field.en, certainty.en, " ({})"),
        )
        if (number := self.found.get(words)) is None:
            self.words.append(words)
            number = self.found[words] = len(self.words)
        return number


def _place(source: str, place: str, field: str, certainty: str, bracket: str) -> str:
    text = " ".join(part for part in (source, place, field) if part)
    return text + (bracket.format(certainty) if certainty else "")


def text(value: str | Words) -> Cell:
    """Return a cell with a text."""
    return Cell(value if isinstance(value, Words) else Words(value, value))


def totals(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column]) -> tuple[Cell, ...]:
    """Return the line below rows that exclude each other: the sums of all columns of numbers, absent ones aside."""
    made = [text(Words("合計", "Total"))]
    for position in range(1, len(columns)):
        values = [row[position].value for row in rows]
        numbers = [value for value in values if isinstance(value, int)]
        made.append(Cell(sum(numbers) if numbers and columns[position].kind != "text" else None))
    return tuple(made)
