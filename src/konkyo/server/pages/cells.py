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
            return f"<td><a href='{escape(root + shown)}' title='{escape(term.value)}'>{text}</a></td>"
        if term.value.startswith(("http://", "https://")):
            return f"<td><a href='{escape(term.value)}' rel='noreferrer'>{text}</a></td>"
    elif is_number(term):
        return f"<td class='n'>{text}</td>"
    return f"<td>{text}</td>"
