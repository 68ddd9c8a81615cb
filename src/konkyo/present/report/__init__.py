"""A report of the government, a ministry, a strategy or a measure: tables, pictures, sources, in one offline page.

Every number is either stated at a place that the report names, or is the answer of a stored query that it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konkyo.common.errors import KonkyoError
from konkyo.present.report.html import content_policy, render_html, served
from konkyo.present.report.model import Report
from konkyo.present.report.pages import government, ministry, of_thing
from konkyo.present.report.svg import prepare
from konkyo.present.report.tables import report_csv, report_text

if TYPE_CHECKING:
    from konkyo.graph.asked_years import AskedYear
    from konkyo.store import Store

__all__ = [
    "Report",
    "content_policy",
    "make",
    "prepare",
    "render_html",
    "report_csv",
    "report_text",
    "served",
]


def make(
    store: Store,
    thing: str | None = None,
    *,
    of_ministry: str | None = None,
    year: AskedYear = None,
) -> Report:
    """Return the report of a thing, of a ministry, or of the whole government.

    Names are those that a user types. It is what documents of ``year`` state, by default the latest review. Raises KonkyoError
    where a name fits nothing, several things, or a kind of thing that has no report, and for a year of which there is nothing.
    """
    from konkyo.graph.asked_years import year_of
    from konkyo.graph.lookup.things import Ambiguous, find, find_ministry

    if of_ministry is not None:
        return ministry(store, find_ministry(store, of_ministry), year)
    if thing is None:
        return government(store, year)
    try:
        found = find(store, thing, year=year_of(year))
    except Ambiguous as several:
        # Offices and payees may share a ministry's name; who asks for a report means the ministry.
        try:
            found = find_ministry(store, thing)
        except KonkyoError:
            raise several from None
    return of_thing(store, found, year)
