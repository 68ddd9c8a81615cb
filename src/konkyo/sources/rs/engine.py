"""What all kinds of RS files share: the columns, the project of a row, evidence, refusals and counts.

One file becomes one named graph, and that graph depends on nothing but the file and the names of ministries
and units that the registry holds, so that a file can be read alone, in another process, and again. What several
files name alike (that a project is one, its ministry, a law's id, a payee) stands in one graph for all of them:
the same triple in two graphs would be two answers to a query, and every sum over them too large.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from konkyo.emit import compiled
from konkyo.errors import KonkyoError
from konkyo.identifiers import IRI, fiscal_year, graph, project, thing
from konkyo.name_form import name_form
from konkyo.records import (
    Account,
    BudgetLine,
    CellEvidence,
    Citation,
    GraphSource,
    Law,
    LawNames,
    LogicStep,
    MeasureNode,
    NamedProject,
    NamedUnit,
    OtherNames,
    PartOf,
    Payee,
    PaymentBlock,
    PolicyNode,
    Project,
    Record,
    RowCount,
    SourceFile,
    UsualName,
)
from konkyo.sources.rs.headers import COMMON, COMMON_1_1, PUBLISHED_ROWS, TITLES
from konkyo.sources.rs.table import RsFile, rows
from konkyo.text import parse_yen
from konkyo.words import Words

# Records of what several files, or the files of several years, name alike.
_COMMON: frozenset[type[Record]] = frozenset(
    {
        *(Project, NamedProject, PolicyNode, MeasureNode, PartOf, NamedUnit, Law, LawNames, Citation),
        *(Account, BudgetLine, LogicStep, Payee, OtherNames, PaymentBlock),
    }
)
COMMON_GRAPH = graph("rs")

# A year's files differ from the published count by late corrections; more than this is worth a look.
_COUNT_TOLERANCE = 0.02
_REASONS_KEPT = 10
_PROGRESS_EVERY = 2000


class RowError(Exception):
    """A row that cannot be read: the column at fault and what is wrong. The row is refused as a whole."""

    def __init__(self, column: str, message: Words) -> None:
        super().__init__(message.en)
        self.column = column
        self.message = message


@dataclass(slots=True)
class Refusal:
    """A refused row: its record number, the column at fault, the reason in both languages."""

    row: int
    column: str
    ja: str
    en: str


@dataclass(slots=True)
class FileReport:
    """What became of one file. ``counts`` holds what a rule decided on, by the rule's name, with its number."""

    label: str
    kind: str
    year: int
    rows: int = 0
    refused: int = 0
    reasons: list[Refusal] = field(default_factory=list)
    facts: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    warnings: list[Words] = field(default_factory=list)
    years: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return what :meth:`from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FileReport:
        """Return the report again."""
        data["reasons"] = [Refusal(**item) for item in data["reasons"]]
        data["warnings"] = [Words(*item) for item in data["warnings"]]
        data["unused"] = tuple(data["unused"])
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Names:
    """What the registry knows: slugs of ministries by the form of their name; units by ministry slug and the forms of their path of names."""

    ministries: Mapping[str, str]
    units: Mapping[str, Mapping[str, str]]
    # Measures that other sources define: what they are stands there, and is not said a second time.
    measures: frozenset[str] = frozenset()


class Importer:
    """Base of the importers, one subclass for each kind of file.

    A subclass asks in ``__init__`` for the columns that it uses, yields a row's records in :meth:`row`, and
    raises RowError before it changes anything. ``not_imported`` names the other columns, each with the reason.
    """

    kind: ClassVar[str]
    not_imported: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, columns: Sequence[str], year: int, names: Names) -> None:
        self.columns = columns
        self.year = year
        self.names = names
        self.review = f"rs-{year}"
        self.review_year = fiscal_year(year)
        self.source = thing("source", self.review, self.kind)
        self.counts: Counter[str] = Counter()
        self.years = {year}
        self.used: set[str] = set()
        self._names_written: dict[IRI, Counter[str]] = {}
        self._seen: set[str] = set()
        self._new: list[str] = []
        self._evidence = f"{thing('evidence', self.review, self.kind)}/r"

    # --- for subclasses -------------------------------------------------------------------------

    def row(self, row: int, cells: list[str], number: str, owner: IRI) -> Iterator[Record]:
        """Yield the records of one row of the project with this 予算事業ID. Raises RowError."""
        raise NotImplementedError

    def end(self) -> Iterator[Record]:
        """Yield the records that are known only after the last row."""
        return iter(())

    def column(self, name: str) -> int:
        """Return the index of a column, which from now on counts as used."""
        self.used.add(name)
        return self.columns.index(name)

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

    def evidence(self, row: int, column: int, words: str | None = None) -> CellEvidence:
        """Return the evidence of one cell."""
        return CellEvidence(
            iri=IRI(f"{self._evidence}{row}/{column + 1}"),
            source=self.source,
            row=row,
            column=self.columns[column],
            words=words,
        )

    def fields(self, row: int, cells: list[str], columns: Sequence[int]) -> list[CellEvidence]:
        """Return the filled ones among these cells as evidence with their words."""
        return [self.evidence(row, column, cells[column]) for column in columns if cells[column].strip()]

    def fiscal(self, year: int) -> IRI:
        """Return the IRI of a fiscal year, and see that the calendar will hold it."""
        self.years.add(year)
        return fiscal_year(year)

    def yen(self, cells: list[str], column: int) -> int | None:
        """Return an amount, or None for an empty cell. Raises RowError."""
        text = cells[column]
        if not text or not text.strip():
            return None
        try:
            return parse_yen(text)
        except ValueError:
            raise RowError(
                self.columns[column],
                Words(f"「{text}」は金額（整数）ではありません。", f"{text!r} is no whole amount."),
            ) from None

    def count(self, cells: list[str], column: int) -> int | None:
        """Return a count of things, or None for an empty cell. Raises RowError."""
        return self.yen(cells, column)

    def year_cell(self, cells: list[str], column: int) -> int | None:
        """Return a western year, or None for an empty cell. Raises RowError."""
        text = cells[column].strip()
        if not text:
            return None
        if not (len(text) == 4 and text.isascii() and text.isdigit() and "1868" <= text <= "2999"):
            raise RowError(
                self.columns[column],
                Words(f"「{text}」は西暦の年度ではありません。", f"{text!r} is no western year."),
            )
        return int(text)

    def code(self, codes: Mapping[str, str], cells: list[str], column: int) -> str:
        """Return the code of a word of the form. Raises RowError for a word that the code list does not have."""
        text = cells[column].strip()
        try:
            return codes[text]
        except KeyError:
            known = "、".join(codes)
            raise RowError(
                self.columns[column],
                Words(
                    f"「{text}」という区分は知られていません（{known}）。",
                    f"{text!r} is not one of the known words ({known}).",
                ),
            ) from None

    def number(self, cells: list[str], column: int) -> str:
        """Return a running number without leading zeros. Raises RowError."""
        text = cells[column].strip()
        if not (text.isascii() and text.isdigit() and len(text) < 8):
            raise RowError(
                self.columns[column],
                Words(f"「{text}」は番号ではありません。", f"{text!r} is no number."),
            )
        return str(int(text))

    def ministry(self, cells: list[str], column: int) -> str:
        """Return the slug of a ministry. Raises RowError where the registry does not have it."""
        try:
            return self.names.ministries[name_form(cells[column])]
        except KeyError:
            raise RowError(
                self.columns[column],
                Words(
                    f"府省庁「{cells[column]}」は登録簿（organizations.yaml の ministries:）にありません。",
                    f"The registry (ministries: in organizations.yaml) has no {cells[column]!r}.",
                ),
            ) from None

    # --- for the engine -------------------------------------------------------------------------

    def settle(self, *, refused: bool) -> None:
        """End a row: forget what a refused one has named first."""
        if refused:
            self._seen.difference_update(self._new)
        self._new.clear()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is; ``total`` is the published number of rows where it is known."""

    label: str
    done: int
    total: int | None


def convert(
    file: RsFile,
    importer_class: type[Importer],
    names: Names,
    write: Callable[[str], object],
    progress: Callable[[Progress], object],
    limit: float = 0.001,
    common: set[int] | None = None,
) -> FileReport:
    """Read one file and write its graph as lines of N-Quads; return what became of it.

    ``common`` is kept over the files of a run: what they name alike is written once.

    Bad rows are refused and counted; more than ``limit`` of all rows (and more than five) raise KonkyoError,
    as does a row of another year.
    """
    importer = importer_class(file.columns, file.year, names)
    report = FileReport(file.label, file.kind, file.year)
    name = graph(file.source)
    emit = _Emitter(name, write, set() if common is None else common, names.measures)
    total = PUBLISHED_ROWS.get(file.year, {}).get(file.kind)
    title = TITLES[file.kind]
    emit(
        GraphSource(
            iri=COMMON_GRAPH,
            title=Words("RSシステムのファイルが共に挙げるもの", "What the files of the RS system name alike"),
        )
    )
    emit(
        GraphSource(
            iri=name,
            title=Words(
                f"RSシステム {file.year}年度 {file.kind} {title.ja}",
                f"RS system {file.year}, {file.kind} {title.en}",
            ),
            sources=(importer.source,),
        )
    )
    emit(
        SourceFile(
            iri=importer.source,
            title=file.label,
            sha256=file.sha256,
            review_year=importer.review_year,
            modified=file.modified,
        )
    )
    leading = COMMON_1_1 if file.kind == "1-1" else COMMON
    year_at, id_at, name_at, ministry_at = (importer.column(leading[i]) for i in (1, 2, 3, 5))
    width, year = len(file.columns), str(file.year)
    try:
        for row, cells in rows(file):
            report.rows += 1
            try:
                if len(cells) != width:
                    raise RowError(
                        file.columns[min(len(cells), width) - 1],
                        Words(
                            f"列が{len(cells)}個で、見出しの{width}個と合いません。",
                            f"It has {len(cells)} cells where the header has {width}.",
                        ),
                    )
                if cells[year_at].strip() != year:
                    raise _mixed_years(file, row, cells[year_at])
                number = importer.number(cells, id_at)
                owner = project(number)
                ministry = importer.ministry(cells, ministry_at)
                made = list(importer.row(row, cells, number, owner))
                if importer.first(owner):
                    emit(Project(iri=owner, names=(cells[name_at],), ministry=thing("org", ministry)))
            except RowError as error:
                report.refused += 1
                importer.settle(refused=True)
                if len(report.reasons) < _REASONS_KEPT:
                    report.reasons.append(Refusal(row, error.column, error.message.ja, error.message.en))
                # Whole files of another layout fail early, not after all their rows.
                if report.refused > 100 + 10 * limit * report.rows:
                    break
                continue
            importer.settle(refused=False)
            for record in made:
                emit(record)
            if not report.rows % _PROGRESS_EVERY:
                progress(Progress(file.label, report.rows, total))
    finally:
        progress(Progress(file.label, report.rows, total))
    if report.refused > max(5, limit * report.rows):
        raise _too_many(file, report)
    for record in (*importer.end(), *importer.usual_names()):
        emit(record)
    emit(RowCount(iri=importer.source, rows=report.rows))
    emit.flush()
    report.facts = emit.lines
    report.counts = dict(sorted(importer.counts.items()))
    report.unused = tuple(column for column in file.columns if column not in importer.used)
    report.years = sorted(importer.years)
    if total is not None and abs(report.rows - total) > _COUNT_TOLERANCE * total:
        report.warnings.append(
            Words(
                f"行数{report.rows:,}は、公表時の{total:,}と違います。",
                f"It has {report.rows:,} rows; as published it had {total:,}.",
            )
        )
    return report


_COMMON_TAIL = f" <{COMMON_GRAPH}> .\n"


class _Emitter:
    """Writes records as lines in a file's graph or in the common one, a batch at a time; counts the former."""

    BATCH = 1 << 18

    def __init__(
        self, name: IRI, write: Callable[[str], object], common: set[int], defined: frozenset[str]
    ) -> None:
        self._defined = defined
        self._tail = f" <{name}> .\n"
        self._common = common
        self._write = write
        self._batch: list[str] = []
        self._size = 0
        self.lines = 0

    def __call__(self, record: Record) -> None:
        # A class is hashable, whatever a frozen dataclass lets mypy think of it.
        cls: Any = type(record)
        if cls in _COMMON or record.iri == COMMON_GRAPH:
            if record.iri in self._defined and cls is MeasureNode:
                return
            text, _ = compiled(cls)(record, _COMMON_TAIL)
            if (key := hash(text)) in self._common:
                return
            self._common.add(key)
        else:
            text, lines = compiled(cls)(record, self._tail)
            self.lines += lines
        self._batch.append(text)
        self._size += len(text)
        if self._size >= self.BATCH:
            self.flush()

    def flush(self) -> None:
        self._write("".join(self._batch))
        self._batch.clear()
        self._size = 0


def _mixed_years(file: RsFile, row: int, found: str) -> KonkyoError:
    return KonkyoError(
        Words(
            f"事業年度「{found}」の行が、{file.year}年度のファイルに混ざっています。",
            f"A row of 事業年度 {found!r} stands in a file of {file.year}.",
        ),
        source=file.label,
        row=row,
        column="事業年度",
        hint=Words("年度ごとのファイルに分けてください。", "Use one file for each year."),
    )


def _too_many(file: RsFile, report: FileReport) -> KonkyoError:
    listed_ja = "\n".join(f"{item.row}行目 列「{item.column}」: {item.ja}" for item in report.reasons)
    listed_en = "\n".join(f"row {item.row}, column {item.column}: {item.en}" for item in report.reasons)
    first = report.reasons[0]
    return KonkyoError(
        Words(
            f"読めない行が多すぎます（{report.rows:,}行のうち{report.refused:,}行）。何も変えずに止めました。",
            f"Too many rows cannot be read ({report.refused:,} of {report.rows:,}). Nothing was changed.",
        ),
        source=file.label,
        row=first.row,
        column=first.column,
        hint=Words(listed_ja, listed_en),
    )
