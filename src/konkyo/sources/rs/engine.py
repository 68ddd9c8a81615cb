"""What all kinds of RS files share: the columns, the project of a row, evidence, refusals and counts.

One file becomes one named graph, and that graph depends on nothing but the file and the names of ministries
and units that the registry holds, so that a file can be read alone, in another process, and again. What several
files name alike (that a project is one, its ministry, a law's id, a payee) stands in one graph for all of them:
the same triple in two graphs would be two answers to a query, and every sum over them too large.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.model.graphs import review_source
from konkyo.model.identifiers import IRI, graph, project, thing
from konkyo.model.ntriples import compiled
from konkyo.model.records import (
    Account,
    BudgetLine,
    Citation,
    GraphSource,
    Law,
    LawNames,
    LogicStep,
    MeasureNode,
    NamedMinistry,
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
)
from konkyo.sources.rs.forms import lay_out
from konkyo.sources.rs.headers import NEEDED_OF_1_1, NEEDED_OF_ALL, PUBLISHED_ROWS, TITLES
from konkyo.sources.rs.importer import Importer, Names, RowError
from konkyo.sources.rs.table import RsFile, rows
from konkyo.sources.rs.wording import digits

if TYPE_CHECKING:
    from konkyo.sources.found import ReviewFile

# Records of what several files, or the files of several years, name alike.
COMMON: frozenset[type[Record]] = frozenset(
    {
        *(Project, NamedProject, PolicyNode, MeasureNode, PartOf, NamedMinistry, NamedUnit, Law, LawNames),
        *(Citation, Account, BudgetLine, LogicStep, Payee, OtherNames, PaymentBlock),
    }
)
COMMON_GRAPH = graph("rs")
SHARED_GRAPH = GraphSource(
    iri=COMMON_GRAPH,
    title=Words("RSシステムのファイルが共に挙げるもの", "What the files of the RS system name alike"),
)

# A year's files differ from the published count by late corrections; more than this is worth a look.
_COUNT_TOLERANCE = 0.02
_REASONS_KEPT = 10
LIMIT = 0.001
"""The part of a file's rows that may be refused: one of a thousand, and so none of a file with fewer."""
_PROGRESS_EVERY = 2000


@dataclass(slots=True)
class Refusal:
    """A refused row: its record number, the column at fault, the reason in both languages."""

    row: int
    column: str
    ja: str
    en: str


@dataclass(slots=True)
class FileReport:
    """What became of one file. ``counts`` holds what a rule decided on, by the rule's name, with its number.

    ``header`` says how the file's columns differ from the form published. ``strange`` are words that no code list has and that were kept as written: by column, how often which.
    ``left`` counts the values that were not imported, by their field, where a source has fields and no columns.
    """

    label: str
    kind: str
    year: int
    rows: int = 0
    refused: int = 0
    reasons: list[Refusal] = field(default_factory=list)
    facts: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    strange: dict[str, dict[str, int]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    left: dict[str, int] = field(default_factory=dict)
    header: list[Words] = field(default_factory=list)
    warnings: list[Words] = field(default_factory=list)
    years: list[int] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Return the key of its source and graph."""
        return review_source(self.year, self.kind)

    def tell(self, importer: Importer, facts: int) -> None:
        """Take over what an importer has counted in its file, and the number of its facts."""
        self.facts = facts
        self.counts = dict(sorted(importer.counts.items()))
        self.strange = {
            column: dict(words.most_common()) for column, words in sorted(importer.strange.items())
        }
        self.years = sorted(importer.years)

    def as_json(self) -> dict[str, Any]:
        """Return what :meth:`from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FileReport:
        """Return the report again."""
        data["reasons"] = [Refusal(**item) for item in data["reasons"]]
        for name in ("header", "warnings"):
            data[name] = [Words(*item) for item in data[name]]
        data["unused"] = tuple(data["unused"])
        return cls(**data)


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
    limit: float = LIMIT,
    common: set[int] | None = None,
) -> FileReport:
    """Read one file and write its graph as lines of N-Quads; return what became of it.

    ``common`` is kept over the files of a run: what they name alike is written once.

    Bad rows are refused and counted; more than ``limit`` of all rows raise KonkyoError, as does a row of another year.
    Rows without any value are none, and told.
    """
    layout = lay_out(file.columns, file.label)
    importer = importer_class(layout, file.year, names)
    report = FileReport(file.label, file.kind, file.year)
    emit = Emitter(graph(file.source), write, set() if common is None else common, COMMON, names.measures)
    total = PUBLISHED_ROWS.get(file.year, {}).get(file.kind)
    title = TITLES[file.kind]
    emit.open(
        file,
        importer,
        Words(
            f"RSシステム {file.year}年度 {file.kind} {title.ja}",
            f"RS system {file.year}, {file.kind} {title.en}",
        ),
    )
    leading = NEEDED_OF_1_1 if file.kind == "1-1" else NEEDED_OF_ALL
    year_at, id_at, name_at, ministry_at = (importer.column(name) for name in leading)
    width, year = len(file.columns), str(file.year)
    empty: list[int] = []
    refusals = Refusals(report, file, limit)
    try:
        for row, cells in rows(file, empty):
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
                if digits(cells[year_at]) != year:
                    raise _mixed_years(file, row, cells[year_at])
                # The cell of all columns that this form does not have.
                cells.append("")
                number = importer.number(cells, id_at)
                owner = project(number)
                ministry = importer.ministry(cells, ministry_at)
                made = list(importer.row(row, cells, number, owner))
                if importer.first(owner):
                    emit(
                        Project(
                            iri=owner, number=number, names=(cells[name_at],), ministry=thing("org", ministry)
                        )
                    )
            except RowError as error:
                importer.settle(refused=True)
                refusals.add(row, error.column, error)
                if refusals.hopeless:
                    break
                continue
            importer.settle(refused=False)
            for record in (*importer.unregistered(), *made):
                emit(record)
            if not report.rows % _PROGRESS_EVERY:
                progress(Progress(file.label, report.rows, total))
    finally:
        progress(Progress(file.label, report.rows, total))
    refusals.check()
    for record in (*importer.end(), *importer.usual_names(), *importer.columns()):
        emit(record)
    emit(RowCount(iri=importer.source, rows=report.rows))
    emit.flush()
    report.tell(importer, emit.lines)
    told_elsewhere = {*importer.used, *layout.new}
    report.unused = tuple(
        column for column in file.columns if column not in told_elsewhere and column.strip()
    )
    report.header = layout.told()
    if empty:
        report.warnings.append(empty_rows(empty))
    if total is not None and abs(report.rows - total) > _COUNT_TOLERANCE * total:
        report.warnings.append(
            Words(
                f"行数{report.rows:,}は、公表時の{total:,}と違います。",
                f"It has {report.rows:,} rows; as published it had {total:,}.",
            )
        )
    return report


def empty_rows(numbers: list[int]) -> Words:
    """Return what is told of rows without any value."""
    listed = "、".join(f"{number:,}" for number in numbers[:5]) + ("…" if len(numbers) > 5 else "")
    return Words(
        f"空の行は数えません: {len(numbers):,}行（{listed}行目）。",
        f"Rows without any value are not counted: {len(numbers):,} (row {listed.replace('、', ', ')}).",
    )


_COMMON_TAIL = f" <{COMMON_GRAPH}> .\n"


class Emitter:
    """Writes records as lines in a file's graph or, those ``shared``, in the common one, a batch at a time; counts the former."""

    BATCH = 1 << 18

    def __init__(
        self,
        name: IRI,
        write: Callable[[str], object],
        common: set[int],
        shared: frozenset[type[Record]],
        defined: frozenset[str] = frozenset(),
    ) -> None:
        self._shared = shared
        self._defined = defined
        self._name = name
        self._tail = f" <{name}> .\n"
        self._common = common
        self._write = write
        self._batch: list[str] = []
        self._size = 0
        self.lines = 0

    def open(self, file: ReviewFile, importer: Importer, title: Words) -> None:
        """Write what the graphs are, and which file the own one is made of."""
        self(SHARED_GRAPH)
        self(GraphSource(iri=self._name, title=title, sources=(importer.source,)))
        self(
            SourceFile(
                iri=importer.source,
                title=file.label,
                sha256=file.sha256,
                review_year=importer.review_year,
                modified=file.modified,
            )
        )

    def __call__(self, record: Record) -> None:
        """Write a record; one of the common graph that was written before is left out."""
        # A class is hashable, whatever a frozen dataclass lets mypy think of it.
        cls: Any = type(record)
        if cls in self._shared or record.iri == COMMON_GRAPH:
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
        """Write what is held back."""
        self._write("".join(self._batch))
        self._batch.clear()
        self._size = 0


def _mixed_years(file: RsFile, row: int, found: str) -> KonkyoError:
    return KonkyoError(
        Words(
            f"事業年度「{found}」の行が、{file.year}年度のファイルに混ざっています。",
            f"A row of 事業年度 {found!r} stands in a file of {file.year}.",
        ),
        source=file.place,
        row=row,
        column="事業年度",
        hint=Words("年度ごとのファイルに分けてください。", "Use one file for each year."),
    )


class Refusals:
    """The refused rows of a file: counted, some told, and how many are too many."""

    def __init__(self, report: FileReport, file: ReviewFile, limit: float) -> None:
        self._report, self._file, self._limit = report, file, limit

    def add(self, row: int, column: str, error: RowError) -> None:
        """Count a refused row; keep the reasons of the first ones."""
        self._report.refused += 1
        if len(self._report.reasons) < _REASONS_KEPT:
            self._report.reasons.append(Refusal(row, column, error.message.ja, error.message.en))

    @property
    def hopeless(self) -> bool:
        """Return whether to read on is in vain: whole files of another layout fail early, not after all their rows."""
        return self._report.refused > 100 + 10 * self._limit * self._report.rows

    def check(self) -> None:
        """Raise KonkyoError for a file of which more than its part is refused."""
        if self._report.refused > self._limit * self._report.rows:
            raise _too_many(self._file, self._report)


def _too_many(file: ReviewFile, report: FileReport) -> KonkyoError:
    listed_ja = "\n".join(f"{item.row}行目 列「{item.column}」: {item.ja}" for item in report.reasons)
    listed_en = "\n".join(f"row {item.row}, column {item.column}: {item.en}" for item in report.reasons)
    first = report.reasons[0]
    return KonkyoError(
        Words(
            f"読めない行が多すぎます（{report.rows:,}行のうち{report.refused:,}行）。このファイルは拒みました。",
            f"Too many rows cannot be read ({report.refused:,} of {report.rows:,}): the file is refused.",
        ),
        source=file.place,
        row=first.row,
        column=first.column,
        hint=Words(
            f"{listed_ja}\nファイルを取り直すか、公表元に尋ねてください。",
            f"{listed_en}\nDownload the file again, or ask its publisher.",
        ),
    )
