"""The cells of a table of terms. All texts of the data are escaped here."""

from __future__ import annotations

from html import escape

import pyoxigraph as ox

from konkyo.present.text.query_results import Table, Term, is_number
from konkyo.present.text.terminal import safe
from konkyo.server.http.addresses import place


def cell(table: Table, term: Term | None, lang: str, root: str) -> str:
    """Return one cell, with a link where the term is an IRI."""
    text = escape(safe(table.text(term, lang)))
    if isinstance(term, ox.NamedNode):
        path = place(term.value)
        if path is not None:
            shown = path if path.startswith("/ns") else f"/page{path}"
            return f'<td><a href="{escape(root + shown)}" title="{escape(term.value)}">{text}</a></td>'
        if term.value.startswith(("http://", "https://")):
            return f'<td><a href="{escape(term.value)}" rel="noreferrer">{text}</a></td>'
    elif is_number(term):
        return f'<td class="n">{text}</td>'
    return f"<td>{text}</td>"


def drawn_column(rows: Table) -> int | None:
    """Return the column of which bars are drawn: of those that are all numbers, none below zero, the one that the rows go by,
    largest first; else the first.
    """
    if len(rows) < 2:
        return None
    fitting = [
        place
        for place, name in enumerate(rows.variables)
        if name != "year" and all(_is_amount(row[place]) for row in rows.rows)
    ]
    sorted_by = (
        place
        for place in fitting
        if (values := [amount_of(row[place]) for row in rows.rows]) == sorted(values, reverse=True)
    )
    return next(sorted_by, fitting[0] if fitting else None)


def _is_amount(term: Term | None) -> bool:
    return is_number(term) and amount_of(term) >= 0


def amount_of(term: Term | None) -> int:
    """Return a number of the answer as a whole one, 0 for what is none."""
    try:
        return int(float(term.value)) if isinstance(term, ox.Literal) else 0
    except (ValueError, OverflowError):
        return 0
