"""A report as one HTML page that opens offline: no script, nothing loaded, everything from data escaped."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from konkyo.common.advice import worded_notes
from konkyo.present.report.bars import draw as draw_bars
from konkyo.present.report.heats import BINS, shade
from konkyo.present.report.model import Cell, Column, Heat, Money, Plot, Report, Scales, Section, Starts
from konkyo.present.report.starts import drawn as draw_starts
from konkyo.present.report.tables import csv_of, heading, shown
from konkyo.present.report.texts import RULES, TEXTS
from konkyo.present.small_multiples import Multiples
from konkyo.present.small_multiples import draw as draw_multiples
from konkyo.present.templates import own_text, policy_hash, templates
from konkyo.present.text.terminal import safe
from konkyo.present.text.yen import exact

if TYPE_CHECKING:
    from markupsafe import Markup

_HERE = Path(__file__).resolve().parent


SERVED_AT = "konkyo-served-at:"
"""Stands in a page for the query of its address and the server's, which whoever serves it puts in its place: see :func:`served`."""


def served(page: str, address: str, query: str, *, part: bool = False) -> str:
    """Return a page of ``render_html(…, embedding=True)`` with the addresses by which it is had; as a ``part`` it shows what its
    address points at (``#money``) and nothing else, for a frame of another page.
    """
    asked = f"?{query}" if query else ""
    page = page.replace(f"{SERVED_AT}/", escape(address) + "/").replace(SERVED_AT, escape(asked))
    return page.replace("<html ", '<html class="part" ', 1) if part else page


def render_html(report: Report, lang: str, *, embedding: bool = False) -> str:
    """Return the page; with ``embedding`` each section has what puts it into another page, which a server completes."""
    from markupsafe import Markup

    style = own_text(_HERE / "page.css")
    return (
        templates(_HERE, keep_trailing_newline=True)
        .get_template("page.html.jinja")
        .render(
            lang=lang,
            policy=content_policy(),
            style=Markup(style),  # noqa: S704 - ours
            t={name: words.of(lang) for name, words in TEXTS.items()},
            title=safe(report.title.of(lang)),
            kind=safe(report.kind.of(lang)),
            facts=[(safe(name.of(lang)), safe(words.of(lang))) for name, words in report.facts],
            lead=safe(report.lead.sentence.of(lang)) if report.lead else None,
            figures=[(safe(value.of(lang)), safe(what.of(lang))) for value, what in report.lead.figures]
            if report.lead
            else [],
            notes=[safe(note.of(lang)) for note in report.notes],
            sections=[_section(section, lang) for section in report.sections],
            rules=[rule.of(lang) for rule in RULES],
            references=[safe(words.of(lang)) for words in report.references],
            files=[(safe(name), digest) for name, digest in report.files],
            marks=_marks,
            served_at=SERVED_AT if embedding else None,
        )
    )


def content_policy() -> str:
    """Return the Content-Security-Policy of every report, for a server to send as a header too."""
    style = policy_hash(own_text(_HERE / "page.css"))
    return f"default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'"


def _section(section: Section, lang: str) -> dict[str, Any]:
    from markupsafe import Markup

    counts = len(section.plot.columns) if isinstance(section.plot, Heat) else 0
    made: dict[str, Any] = {
        "id": section.key,
        "title": safe(section.title.of(lang)),
        "finding": safe(section.finding.of(lang)) if section.finding else None,
        "notes": [safe(note.of(lang)) for note in worded_notes(section.notes)],
        "columns": [
            {"heading": heading(column, lang), "numeric": column.kind != "text"}
            for column in section.table.columns
        ],
        "rows": [_row(row, section.table.columns, lang, counts) for row in section.table.rows],
        "total": _row(section.table.total, section.table.columns, lang) if section.table.total else None,
        "queries": [safe(query.plain()) for query in section.queries],
        # The sign at the start tells spreadsheets that it is UTF-8.
        "csv": "data:text/csv;charset=utf-8," + quote("\ufeff" + csv_of(section.table, lang)),
        "picture": None,
        "shades": _SHADES if counts else (),
    }
    if section.plot is not None and not counts:
        made["picture"] = Markup(_drawn(section.plot, section.key, lang))  # noqa: S704 - made as trees, which escape texts
    return made


# The shades of a map's cells and the counts that they stand for.
_SHADES = tuple(
    (number, f"{low}" if low == high else f"{low}–{high or ''}")
    for number, (low, high) in enumerate(zip((1, *(b + 1 for b in BINS)), (*BINS, 0), strict=True), 1)
)


def _drawn(plot: Plot, name: str, lang: str) -> str:
    match plot:
        case Multiples():
            return draw_multiples(plot, lang)
        case Money():
            return draw_bars(plot, lang)
        case Starts():
            return draw_starts(plot, lang)
        case Scales():
            from konkyo.present.report.plots import draw

            return draw(plot, name, lang)
        case _:
            raise TypeError(plot)


def _row(
    row: tuple[Cell, ...], columns: tuple[Column, ...], lang: str, counts: int = 0
) -> list[dict[str, Any]]:
    """Return the cells of a row; the last ``counts`` of them are those of a map, and have its shades."""
    return [
        {
            "text": shown(cell, column, lang),
            "exact": exact(cell.value).of(lang)
            if column.kind == "yen" and isinstance(cell.value, int)
            else None,
            "references": cell.references,
            "class": _class(cell, column) if place < len(row) - counts else f"cell h{shade(_count(cell))}",
        }
        for place, (cell, column) in enumerate(zip(row, columns, strict=True))
    ]


def _count(cell: Cell) -> int:
    return cell.value if isinstance(cell.value, int) else 0


def _class(cell: Cell, column: Column) -> str:
    if column.kind == "text":
        return "text"
    return "number zero" if cell.value == 0 else "number"


def _marks(numbers: tuple[int, ...]) -> Markup:
    """Return links to the references of a cell."""
    from markupsafe import Markup

    if not numbers:
        return Markup("")
    links = Markup(" ").join(Markup('<a href="#r{0}">[{0}]</a>').format(number) for number in numbers)
    return Markup(' <span class="marks">{}</span>').format(links)
