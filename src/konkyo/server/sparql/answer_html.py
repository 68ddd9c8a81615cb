"""Parts of pages with the answer of a query. All texts of the data are escaped here."""

from __future__ import annotations

from html import escape

from konkyo.common.words import Words
from konkyo.present.text.query_results import Table, is_number
from konkyo.server.pages.cells import amount_of, cell, drawn_column


def boolean(value: bool, lang: str) -> str:
    """Return the answer of an ASK."""
    return (
        f"<p class='answer'>{Words('はい', 'yes').of(lang) if value else Words('いいえ', 'no').of(lang)}</p>"
    )


def turtle(text: str) -> str:
    """Return a graph as text."""
    return f"<pre class='turtle'>{escape(text)}</pre>"


def listing(table: Table, lang: str, root: str) -> str:
    """Return the rows of a SELECT as a table, with bars where a column can be drawn; ``root`` is the prefix of the server's addresses."""
    drawn = drawn_column(table)
    most = max((amount_of(row[drawn]) for row in table.rows), default=0) if drawn is not None else 0
    numeric = [any(is_number(row[place]) for row in table.rows) for place in range(len(table.variables))]
    heads = [
        f"<th scope='col'{' class=n' if number else ''}>{escape(name)}</th>{'<td></td>' if place == drawn else ''}"
        for place, (name, number) in enumerate(zip(table.variables, numeric, strict=True))
    ]
    lines = [
        "".join(
            cell(table, term, lang, root) + (_bar(amount_of(term), most) if place == drawn else "")
            for place, term in enumerate(row)
        )
        for row in table.rows
    ]
    body = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return f"<table id='answer' data-sortable><thead><tr>{''.join(heads)}</tr></thead><tbody>\n{body}</tbody></table>"


def _bar(value: int, most: int) -> str:
    if value <= 0:
        return "<td></td>"
    width = max(1, 120 * value // most)
    return f"<td><svg class='bar' width='120' height='10' aria-hidden='true' focusable='false'><rect width='{width}' height='10'/></svg></td>"
