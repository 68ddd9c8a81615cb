"""The stored queries as pages: a field for each parameter, and the rows with bars, page by page or as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Language, Words
from konkyo.graph.stored_queries import StoredQuery, grouped, names, stored
from konkyo.present.text.csv import BOM
from konkyo.present.text.query_results import Table, is_number, page_of
from konkyo.server.http.parameters import Param
from konkyo.server.http.problems import Problem
from konkyo.server.pages.cells import amount_of, cell, drawn_column
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, embeddable, html
from konkyo.server.pages.render import render
from konkyo.server.pages.showing import shows

Asked = Mapping[str, Any]
_TITLE = Words("保存済みの問合せ", "Stored queries")
# What else a page is given.
_OWN = ("name", "limit", "offset", "tables", "whole")
_MOST_CSV = 100_000


def fields() -> tuple[Param, ...]:
    """Return a parameter for each name that any stored query has."""
    known = {one.name: one for name in names() for one in stored(name).parameters}
    return tuple(Param(one.name, one.label) for one in known.values())


@shows
def listing(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return all stored queries."""
    return html(render("queries.html", at, title=_TITLE, groups=grouped(), asked=asked))


@shows
def one(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return a stored query with a field for each parameter, and a page of its rows.

    ``whole`` holds all rows (:func:`all_rows`) where whoever asks has them already.
    """
    return html(_shown(graph, at, asked, "query.html"))


@shows
def embedded(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return the rows with their bars and nothing else, for a frame in any other page."""
    return embeddable(_shown(graph, at, asked, "embed.html"))


def _shown(graph: KnowledgeGraph, at: PageContext, asked: Asked, template: str) -> bytes:
    query = _named(asked["name"])
    given = _given(query, asked)
    limit, offset = asked["limit"], asked["offset"]
    if (whole := asked.get("whole")) is None:
        rows, total, text = _rows(graph, query, given, limit, offset)
    else:
        rows, total = replace(whole, rows=whole.rows[offset : offset + limit]), len(whole)
        text = graph.bound(query, given)
    numeric = [any(is_number(row[place]) for row in rows.rows) for place in range(len(rows.variables))]
    drawn = drawn_column(rows)
    return render(
        template, at, title=query.title, query=query, given=given, text=text, asked=asked,
        heads=lambda lang: [(name, rows.heading(name, lang), number) for name, number in zip(rows.variables, numeric, strict=True)],
        # Every text of the data is escaped in a cell.
        rows=lambda lang: [[Markup(cell(rows, term, lang, at.root)) for term in row] for row in rows.rows],  # noqa: S704
        bars=[amount_of(row[drawn]) for row in rows.rows] if drawn is not None else None,
        most=max((amount_of(row[drawn]) for row in rows.rows), default=0) if drawn is not None else 0, drawn=drawn,
        pager={"total": total, "limit": limit, "offset": offset},
        why=[] if total else graph.why_empty(query, given),
    )  # fmt: skip


@shows
def sheet(graph: KnowledgeGraph, at: PageContext, asked: Asked) -> Made:
    """Return all rows as CSV for a spreadsheet, with names beside IRIs."""
    query = _named(asked["name"])
    body = csv_of(all_rows(graph, asked), at.lang)
    name = f'attachment; filename="{query.name}.csv"'
    return {"media": "text/csv; charset=utf-8", "headers": {"Content-Disposition": name}}, body


def all_rows(graph: KnowledgeGraph, asked: Asked) -> Table:
    """Return all rows of a stored query. Raises Problem where these are more than a table should have."""
    query = _named(asked["name"])
    rows, total, _ = _rows(graph, query, _given(query, asked), _MOST_CSV, 0)
    if total > len(rows):
        raise Problem(
            413,
            Words(f"行が{_MOST_CSV:,}を超えます。", f"There are more than {_MOST_CSV:,} rows."),
            hint=Words("引数で絞ってください。", "Narrow it by a parameter."),
        )
    return rows


def csv_of(rows: Table, lang: Language) -> bytes:
    """Return rows for a spreadsheet, with headings in a language."""
    return (BOM + rows.to_csv(lang, iris=True)).encode("utf-8", "replace")


def _named(name: str) -> StoredQuery:
    if name not in names():
        raise Problem(
            404,
            Words(f"「{name}」という保存済みの問合せはありません。", f"There is no stored query {name!r}."),
            hint=Words("/queries に一覧があります。", "/queries lists them."),
        )
    return stored(name)


def _given(query: StoredQuery, asked: Asked) -> dict[str, str]:
    """Return what was filled in. Raises Problem for a parameter that this query does not have."""
    known = {one.name for one in query.parameters}
    given = {
        name: str(value).strip() for name, value in asked.items() if name not in _OWN and value is not None
    }
    if unknown := sorted(set(given) - known):
        listed = ", ".join(sorted(known)) or "-"
        raise Problem(
            400,
            Words(f"引数 {unknown[0]} はありません。", f"There is no parameter {unknown[0]}."),
            hint=Words(f"使えるもの: {listed}", f"There are: {listed}"),
        )
    return {name: value for name, value in given.items() if value}


def _rows(
    graph: KnowledgeGraph, query: StoredQuery, given: dict[str, str], limit: int, offset: int
) -> tuple[Table, int, str]:
    """Return one page of rows, how many there are in all, and the query as it was run."""
    text = graph.bound(query, given)
    return *page_of(graph.store, text, query.columns, skip=offset, most=limit), text
