"""What all importers of RS files share: the columns, evidence, codes, numbers and counts of one file.

The words of a live system are an open list. A word that a code list does not have is kept as a cell of the thing that
it says something about, and counted by column and word; it refuses no row. A row is refused where it cannot be told
what it is about, or where money would be lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import ClassVar, TypeVar

from konkyo.common.amounts import parse_yen
from konkyo.common.name_form import name_form
from konkyo.common.words import Words
from konkyo.model.graphs import review_source
from konkyo.model.identifiers import IRI, column_and_row, digest, fiscal_year, thing
from konkyo.model.identifiers import cell as cell_iri
from konkyo.model.identifiers import column as column_iri
from konkyo.model.records import Cell, FieldCell, HasFields, NamedMinistry, Record, TableColumn, UsualName
from konkyo.sources.rs.forms import Layout
from konkyo.sources.rs.wording import choice, digits, percentage, says_nothing, yes

_Value = TypeVar("_Value")


class RowError(Exception):
    """A row that cannot be read: the column at fault and what is wrong. The row is refused as a whole."""

    def __init__(self, column: str, message: Words) -> None:
        super().__init__(message.en)
        self.column = column
        self.message = message


@dataclass(frozen=True, slots=True)
class Names:
    """What the registry knows: slugs of ministries by the form of their name; units by ministry slug and form of their path."""

    ministries: Mapping[str, str]
    units: Mapping[str, Mapping[str, str]]
    # Measures that other sources define: what they are stands there, and is not said a second time.
    measures: frozenset[str] = frozenset()
    # Slugs of ministries by 法人番号: one body is one node, in whatever role.
    corporate: Mapping[str, str] = field(default_factory=dict)


class Importer:
    """Base of the importers, one subclass for each kind of file.

    A subclass asks in ``__init__`` for the columns that it uses, yields a row's records in :meth:`row`, and
    raises RowError before it changes anything. ``not_imported`` names the other columns, each with the reason.
    """

    kind: ClassVar[str]
    # Of a cell that stands in no column, evidence leads to the row's project.
    anchor: ClassVar[str] = "予算事業ID"
    not_imported: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, layout: Layout, year: int, names: Names) -> None:
        self.layout = layout
        self.year = year
        self.names = names
        self.review = review_source(year, self.kind).partition("/")[0]
        self.review_year = fiscal_year(year)
        self.source = thing("source", review_source(year, self.kind))
        self.counts: Counter[str] = Counter()
        # Words that no code list has: by column, how often which.
        self.strange: dict[str, Counter[str]] = {}
        self.years = {year}
        self.used: set[str] = set()
        self._names_written: dict[IRI, Counter[str]] = {}
        self._seen: set[str] = set()
        self._new: list[str] = []
        self._unregistered: list[Record] = []
        self._columns: dict[int, TableColumn] = {}
        self._anchor = layout.at[self.anchor]

    # --- for subclasses -------------------------------------------------------------------------

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield the records of one row of the project with this 予算事業ID. Raises RowError."""
        raise NotImplementedError

    def end(self) -> Iterator[Record]:
        """Yield the records that are known only after the last row."""
        return iter(())

    def column(self, name: str) -> int:
        """Return the index of a column, which from now on counts as used; that of an empty cell where it is missing."""
        index = self.layout.at.get(name)
        if index is None:
            return len(self.layout.columns)
        self.used.add(self.layout.columns[index])
        return index

    def heading(self, column: int) -> str:
        """Return the heading of a column as the file writes it."""
        columns = self.layout.columns
        return columns[column if column < len(columns) else self._anchor].strip()

    def first(self, key: str) -> bool:
        """Return whether a key is asked for the first time in this file; a refused row does not count."""
        if key in self._seen:
            return False
        self._seen.add(key)
        self._new.append(key)
        return True

    def called(self, iri: IRI, name: str) -> None:
        """Count that a name is written for a thing."""
        self._names_written.setdefault(iri, Counter())[name] += 1

    def usual_names(self) -> Iterator[Record]:
        """Yield the most frequent name of each thing; of equally frequent ones the shortest."""
        for iri, names in self._names_written.items():
            yield UsualName(iri=iri, name=min(names, key=lambda name: (-names[name], len(name), name)))

    def unique(self, row: int, kind: str, *key: str) -> IRI:
        """Return ``id:{kind}/rs-…/{key}``, with the row added where the file has that key already."""
        iri = thing(kind, self.review, *key)
        return iri if self.first(iri) else thing(kind, self.review, *key, f"r{row}")

    def place(self, column: int) -> IRI:
        """Return the IRI of a column, as the evidence of a fact that says its row itself."""
        made = self._columns.get(column)
        if made is None:
            at = column if column < len(self.layout.columns) else self._anchor
            made = self._columns[column] = TableColumn(
                iri=column_iri(self.source, at + 1),
                source=self.source,
                heading=self.heading(column),
                review_year=self.review_year,
            )
        return made.iri

    def cell(self, row: int, column: int, words: str | None = None) -> Cell:
        """Return one cell as evidence: of a fact that has several places, or whose words the cell alone has."""
        place = self.place(column)
        return Cell(iri=cell_iri(place, row), source=self.source, column=place, row=row, words=words)

    def field(self, row: int, column: int, words: str) -> FieldCell:
        """Return one cell as a field with its words."""
        place = self.place(column)
        return FieldCell(iri=cell_iri(place, row), column=place, words=words)

    @staticmethod
    def placed(field: FieldCell) -> FieldCell:
        """Return a field that says its row itself."""
        place = column_and_row(field.iri)
        assert place
        return replace(field, row=int(place[1]))

    def beside(self, where: IRI, fields: Sequence[FieldCell]) -> Iterator[Record]:
        """Yield fields, each with its row, and that they belong to a thing that stands elsewhere."""
        if fields:
            yield from map(self.placed, fields)
            yield HasFields(iri=where, fields=tuple(field.iri for field in fields))

    def fields(self, row: int, cells: list[str], columns: Sequence[int]) -> list[FieldCell]:
        """Return the filled ones among these cells as fields with their words."""
        return [self.field(row, column, cells[column]) for column in columns if cells[column].strip()]

    def fiscal(self, year: int) -> IRI:
        """Return the IRI of a fiscal year, and see that the calendar will hold it."""
        self.years.add(year)
        return fiscal_year(year)

    @staticmethod
    def nothing(cells: list[str], *columns: int) -> bool:
        """Return whether all of these cells are empty or say that there is none."""
        return all(says_nothing(cells[column]) for column in columns)

    def yen(self, cells: list[str], column: int) -> int | None:
        """Return an amount, or None for a cell that is empty or says that there is none. Raises RowError."""
        text = cells[column]
        if not text or says_nothing(text):
            return None
        try:
            return parse_yen(text)
        except ValueError:
            raise RowError(
                self.heading(column),
                Words(f"「{text}」は金額（整数）ではありません。", f"{text!r} is no whole amount."),
            ) from None

    # What follows keeps a word that it does not know: as a cell in ``kept``, and counted.

    def code(
        self, codes: Mapping[str, str], row: int, cells: list[str], column: int, kept: list[FieldCell]
    ) -> str | None:
        """Return the code of a word of the form; None where there is none, or one that the code list does not have.

        ``codes`` comes from :func:`konkyo.sources.rs.wording.choices`.
        """
        text = cells[column]
        if says_nothing(text):
            return None
        code = codes.get(choice(text))
        if code is None:
            self.keep(row, cells, column, kept)
        return code

    def flag(self, row: int, cells: list[str], column: int, kept: list[FieldCell]) -> bool:
        """Return whether a cell says yes."""
        said = yes(cells[column])
        if said is None:
            self.keep(row, cells, column, kept)
        return bool(said)

    def count(self, row: int, cells: list[str], column: int, kept: list[FieldCell]) -> int | None:
        """Return a count of things, or None."""
        return self._read(parse_yen, row, cells, column, kept)

    def rate(self, row: int, cells: list[str], column: int, kept: list[FieldCell]) -> Decimal | None:
        """Return a percentage, or None."""
        return self._read(percentage, row, cells, column, kept)

    def some_year(self, row: int, cells: list[str], column: int, kept: list[FieldCell]) -> int | None:
        """Return a western year, or None."""
        return self._read(_western_year, row, cells, column, kept)

    def keep(self, row: int, cells: list[str], column: int, kept: list[FieldCell]) -> None:
        """Keep a cell whose words are not known, and count them."""
        self.wonder(column, cells[column])
        kept.append(self.field(row, column, cells[column]))

    def wonder(self, column: int, words: str) -> None:
        """Count words of a column that no code list has."""
        self.strange.setdefault(self.heading(column), Counter())[words.strip()] += 1

    def _read(
        self,
        read: Callable[[str], _Value],
        row: int,
        cells: list[str],
        column: int,
        kept: list[FieldCell],
    ) -> _Value | None:
        if says_nothing(cells[column]):
            return None
        try:
            return read(cells[column])
        except ValueError:
            self.keep(row, cells, column, kept)
            return None

    # --- what a row cannot do without -----------------------------------------------------------

    def year_cell(self, cells: list[str], column: int) -> int:
        """Return the western year of a row. Raises RowError."""
        try:
            return _western_year(cells[column])
        except ValueError:
            raise RowError(
                self.heading(column),
                Words(
                    f"「{cells[column]}」は西暦の年度ではありません。",
                    f"{cells[column]!r} is no western year.",
                ),
            ) from None

    def number(self, cells: list[str], column: int) -> str:
        """Return a running number without leading zeros. Raises RowError."""
        number = digits(cells[column])
        if number is None:
            raise RowError(
                self.heading(column),
                Words(f"「{cells[column]}」は番号ではありません。", f"{cells[column]!r} is no number."),
            )
        return number

    def ministry(self, cells: list[str], column: int) -> str:
        """Return the slug of a ministry; one that the registry lacks goes by its name, and is counted. Raises RowError."""
        name = cells[column].strip()
        if not name:
            raise RowError(
                self.heading(column), Words("府省庁の名がありません。", "The ministry is not named.")
            )
        return self.ministry_of(name, column)

    def ministry_of(self, name: str, column: int) -> str:
        """Return the slug of a ministry of this name, which stands in a column."""
        slug = self.names.ministries.get(name_form(name))
        if slug is None:
            slug = f"n-{digest(name)}"
            self.wonder(column, name)
            iri = thing("org", slug)
            self.called(iri, name)
            if self.first(iri):
                self._unregistered.append(NamedMinistry(iri=iri, names=(name,)))
        return slug

    # --- for the engine -------------------------------------------------------------------------

    def unregistered(self) -> list[Record]:
        """Return the ministries that the row just read names first and the registry lacks."""
        found, self._unregistered = self._unregistered, []
        return found

    def columns(self) -> Iterator[Record]:
        """Yield the columns that evidence leads to, each once."""
        yield from {made.iri: made for _, made in sorted(self._columns.items())}.values()

    def settle(self, *, refused: bool) -> None:
        """End a row: forget what a refused one has named first."""
        if refused:
            self._seen.difference_update(self._new)
            self._unregistered.clear()
        self._new.clear()


def _western_year(text: str) -> int:
    year = digits(text.strip().removesuffix("年度").removesuffix("年"))
    if year is None or not "1868" <= year <= "2999":
        raise ValueError(f"{text!r} is no western year")
    return int(year)
