"""A report as text for a terminal and as CSV: one table as a file, or all numbers of the report one a line."""

from __future__ import annotations

from konkyo.common.words import Words
from konkyo.present.report.model import Cell, Column, Question, Report, Table
from konkyo.present.report.texts import RULES, TEXTS
from konkyo.present.text.advice import shell_command, worded
from konkyo.present.text.csv import written
from konkyo.present.text.terminal import safe
from konkyo.present.text.yen import UNIT, amount

_YEN = Words("（円）", " (yen)")


def heading(column: Column, lang: str, *, exact: bool = False) -> str:
    """Return the heading of a column; of amounts with the unit, which is the yen in a file (``exact``)."""
    unit = (_YEN if exact else UNIT).of(lang) if column.kind == "yen" else ""
    return _line(column.heading.of(lang)) + unit


def shown(cell: Cell, column: Column, lang: str) -> str:
    """Return a cell for people: numbers with separators, amounts in 億円 or million yen, nothing for what is absent."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, int):
        return amount(cell.value, lang) if column.kind == "yen" else f"{cell.value:,}"
    return _line(cell.value.of(lang))


def _line(text: str) -> str:
    return safe(" ".join(text.split()))


def _plain(cell: Cell, lang: str) -> str | int | None:
    return _line(cell.value.of(lang)) if isinstance(cell.value, Words) else cell.value


def csv_of(table: Table, lang: str) -> str:
    """Return one table as CSV; numbers are bare, what is absent is empty."""
    lines = [*table.rows, *([table.total] if table.total else [])]
    head = [heading(column, lang, exact=True) for column in table.columns]
    return written([head, *([_plain(cell, lang) for cell in line] for line in lines)])


def report_csv(report: Report, lang: str) -> str:
    """Return the report as CSV, a line for each cell: section, row, column, value, sources and the queries."""
    head = (
        Words("部分", "section"),
        Words("行", "row"),
        Words("列", "column"),
        Words("値", "value"),
        Words("出典", "sources"),
        Words("問合せ", "queries"),
    )
    lines: list[list[str | int | None]] = [[words.of(lang) for words in head]]
    for section in report.sections:
        table = section.table
        for line in [*table.rows, *([table.total] if table.total else [])]:
            for column, cell in list(zip(table.columns, line, strict=True))[1:]:
                sources = "; ".join(report.references[number - 1].of(lang) for number in cell.references)
                lines.append(
                    [
                        _line(section.title.of(lang)),
                        _plain(line[0], lang),
                        heading(column, lang, exact=True),
                        _plain(cell, lang),
                        sources,
                        "; ".join(map(command, section.queries)),
                    ]
                )
    return written(lines)


def report_text(report: Report, lang: str) -> str:
    """Return the report as plain text: each table as lines with tabs, then sources and files."""
    lines = [f"{_line(report.title.of(lang))} — {_line(report.kind.of(lang))}", ""]
    lines += [f"{_line(name.of(lang))}: {_line(worded(said).of(lang))}" for name, said in report.facts]
    if report.lead:
        lines.append(_line(report.lead.sentence.of(lang)))
        lines += [f"{_line(what.of(lang))}: {_line(value.of(lang))}" for value, what in report.lead.figures]
    lines += [safe(note.of(lang)) for note in report.notes]
    for section in report.sections:
        table = section.table
        lines += ["", f"## {_line(section.title.of(lang))}"]
        lines += [_line(section.finding.of(lang))] if section.finding else []
        lines += [safe(worded(note).of(lang)) for note in section.notes]
        lines.append("\t".join(heading(column, lang) for column in table.columns))
        for line in [*table.rows, *([table.total] if table.total else [])]:
            cells = []
            for column, cell in zip(table.columns, line, strict=True):
                marks = "".join(f"[{number}]" for number in cell.references)
                cells.append(" ".join(part for part in (shown(cell, column, lang), marks) if part))
            lines.append("\t".join(cells))
        lines += (
            [f"{TEXTS['from'].of(lang)}: {'; '.join(map(command, section.queries))}"]
            if section.queries
            else []
        )
    lines += ["", f"## {TEXTS['rules'].of(lang)}", *(rule.of(lang) for rule in RULES)]
    if report.references:
        lines += ["", f"## {TEXTS['references'].of(lang)}"]
        lines += [f"[{n}] {safe(words.of(lang))}" for n, words in enumerate(report.references, 1)]
    lines += ["", f"## {TEXTS['files'].of(lang)}"]
    lines += [f"{safe(name)}\t{digest}" for name, digest in report.files]
    return "\n".join(lines) + "\n"


def command(question: Question) -> str:
    """Return the command that answers a question at a terminal."""
    return shell_command(question.name, question.values, stored=question.stored)
