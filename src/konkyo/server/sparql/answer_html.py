"""Parts of pages with the answer of a query. All texts of the data are escaped here."""

from __future__ import annotations

from html import escape

import pyoxigraph as ox

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.model.namespaces import BASE, XSD
from konkyo.present.text.query_results import Table, Term
from konkyo.present.text.terminal import safe
from konkyo.server.http.addresses import place

_NUMBERS = tuple(XSD + name for name in ("integer", "decimal", "double"))


def boolean(value: bool, lang: str) -> str:
    """Return the answer of an ASK."""
    return (
        f"<p class='answer'>{Words('はい', 'yes').of(lang) if value else Words('いいえ', 'no').of(lang)}</p>"
    )


def turtle(text: str) -> str:
    """Return a graph as text."""
    return f"<pre class='turtle'>{escape(text)}</pre>"


def listing(
    graph: KnowledgeGraph, answer: ox.QuerySolutions, max_rows: int, lang: str, root: str
) -> tuple[str, int, str | None]:
    """Return the rows of a SELECT as a table, their number, and ``rows`` where there are more.

    ``root`` is the prefix of the server's addresses.
    """
    names = [variable.value for variable in answer.variables]
    rows: list[list[Term | None]] = []
    cut = None
    for solution in answer:
        if len(rows) >= max_rows:
            cut = "rows"
            break
        rows.append([solution[place] for place in range(len(names))])
    iris = {
        term.value
        for row in rows
        for term in row
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
    }
    table = Table(names, rows, Reader(graph.store).labels(sorted(iris)))
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in names)
    lines = "".join(
        "<tr>" + "".join(_cell(table, term, lang, root) for term in row) + "</tr>\n" for row in rows
    )
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{lines}</tbody></table>",
        len(rows),
        cut,
    )


def _cell(table: Table, term: Term | None, lang: str, root: str) -> str:
    text = escape(safe(table.text(term, lang)))
    if isinstance(term, ox.NamedNode):
        path = place(term.value)
        if path is not None:
            shown = path if path.startswith("/ns") else f"/page{path}"
            return f"<td><a href='{escape(root + shown)}' title='{escape(term.value)}'>{text}</a></td>"
        if term.value.startswith(("http://", "https://")):
            return f"<td><a href='{escape(term.value)}' rel='noreferrer'>{text}</a></td>"
    elif isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        return f"<td class='n'>{text}</td>"
    return f"<td>{text}</td>"
