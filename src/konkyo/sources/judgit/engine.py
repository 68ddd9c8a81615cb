"""The sheets of one year into a graph: refusals, counts and the report, as for the RS files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from konkyo.common.words import Words
from konkyo.model.identifiers import graph
from konkyo.model.records import (
    Account,
    NamedMinistry,
    NamedUnit,
    OtherNames,
    Payee,
    Record,
    RowCount,
)
from konkyo.sources.judgit.files import JudgitFile, sheets
from konkyo.sources.judgit.form import NUMBER, YEAR
from konkyo.sources.judgit.importer import Sheets
from konkyo.sources.judgit.reading import Sheet, parse, read
from konkyo.sources.rs.engine import (
    LIMIT,
    Emitter,
    FileReport,
    Progress,
    Refusals,
    empty_rows,
)
from konkyo.sources.rs.importer import Names, RowError

# What the sheets of several years, and the RS files, name alike.
_SHARED: frozenset[type[Record]] = frozenset({NamedMinistry, NamedUnit, Account, Payee, OtherNames})
_PROGRESS_EVERY = 200


def convert(
    file: JudgitFile,
    names: Names,
    write: Callable[[str], object],
    progress: Callable[[Progress], object],
    limit: float = LIMIT,
    common: set[int] | None = None,
) -> FileReport:
    """Read the sheets of one year and write their graph as lines of N-Quads; return what became of them.

    A line that is no sheet is refused and counted; more than ``limit`` of them raise KonkyoError, as for the RS files.
    """
    importer = Sheets(file.year, names)
    report = FileReport(file.label, file.kind, file.year)
    emit = Emitter(graph(file.source), write, set() if common is None else common, _SHARED)
    title = Words(
        f"行政事業レビューシート {file.year}年度（JUDGIT）", f"review sheets of {file.year} (JUDGIT)"
    )
    emit.open(file, importer, title)
    left: Counter[str] = Counter()
    empty: list[int] = []
    refusals = Refusals(report, file, limit)
    try:
        for row, line in sheets(file, empty):
            report.rows += 1
            try:
                sheet = _sheet(importer, file, line, left)
            except RowError as error:
                importer.settle(refused=True)
                part = file.part(row)
                refusals.add(row, f"{part}: {error.column}" if part else error.column, error)
                if refusals.hopeless:
                    break
                continue
            for record in importer.sheet(row, sheet):
                emit(record)
            for record in importer.unregistered():
                emit(record)
            importer.settle(refused=False)
            if not report.rows % _PROGRESS_EVERY:
                progress(Progress(file.label, report.rows, None))
    finally:
        progress(Progress(file.label, report.rows, None))
    refusals.check()
    for record in (*importer.usual_names(), *importer.columns()):
        emit(record)
    emit(RowCount(iri=importer.source, rows=file.rows))
    emit.flush()
    report.tell(importer, emit.lines)
    report.left = dict(sorted(left.items()))
    if empty:
        report.warnings.append(empty_rows(empty))
    return report


def _sheet(importer: Sheets, file: JudgitFile, line: bytes, left: Counter[str]) -> Sheet:
    """Return the sheet of a line. Raises RowError for what is none of this year, or has the number of another one."""
    sheet = read(parse(line), left)
    if sheet.year != file.year:
        raise RowError(
            YEAR,
            Words(
                f"{file.year}年度ではなく{sheet.year}年度のシートです。",
                f"It is a sheet of {sheet.year}, not of {file.year}.",
            ),
        )
    if not importer.first(f"sheet {sheet.ministry} {sheet.number}"):
        raise RowError(
            NUMBER,
            Words(
                f"{sheet.ministry}の{sheet.number}のシートが前にもあります。",
                f"A sheet {sheet.number} of {sheet.ministry} stands here a second time.",
            ),
        )
    return sheet
