"""Parts of pages with the answer of a query. All texts of the data are escaped here."""

from __future__ import annotations

from html import escape

from konkyo.common.words import Words
from konkyo.present.text.query_results import Table
from konkyo.server.pages.cells import cell


def boolean(value: bool, lang: str) -> str:
    """Return the answer of an ASK."""
    return (
        f"<p class='answer'>{Words('はい', 'yes').of(lang) if value else Words('いいえ', 'no').of(lang)}</p>"
    )


def turtle(text: str) -> str:
    """Return a graph as text."""
    return f"<pre class='turtle'>{escape(text)}</pre>"


def listing(table: Table, lang: str, root: str) -> str:
    """Return the rows of a SELECT as a table; ``root`` is the prefix of the server's addresses."""
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in table.variables)
    lines = "".join(
        "<tr>" + "".join(cell(table, term, lang, root) for term in row) + "</tr>\n" for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{lines}</tbody></table>"
