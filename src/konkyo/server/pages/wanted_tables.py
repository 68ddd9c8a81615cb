"""Which tables over the whole graph a page reads: known without the graph, so that the server can have them made before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from konkyo.graph.gaps import NAMES
from konkyo.server.pages.tables import (
    amounts_of,
    changes_of,
    gap_counts_of,
    gap_lines_of,
    held_years,
    home_of,
    overview_of,
    report_of,
)
from konkyo.server.workers.pool import WorkerPool
from konkyo.server.workers.task import Call

Tables = dict[str, Call[bytes]]
TablesOf = Callable[[Mapping[str, Any]], Tables]
"""Returns by name the tables that a page reads, from its parameters."""


def no_tables(asked: Mapping[str, Any]) -> Tables:
    """Return none."""
    return {}


def tables_of_gaps(asked: Mapping[str, Any]) -> Tables:
    """Return the counts of all kinds where they are wanted, or the lines of one kind."""
    name = asked.get("name")
    if name:
        return {"lines": gap_lines_of(asked)} if name in NAMES else {}
    return {"counts": gap_counts_of(asked)} if asked["count"] else {}


def tables_of_changes(asked: Mapping[str, Any]) -> Tables:
    """Return what changed between two years."""
    return {"changes": changes_of(asked)}


def tables_of_years(asked: Mapping[str, Any]) -> Tables:
    """Return what changed between two years, and the money of both, where they are chosen."""
    if not (asked["before"] and asked["after"]):
        return {}
    return {"changes": changes_of(asked), "money": amounts_of(asked)}


def tables_of_overview(asked: Mapping[str, Any]) -> Tables:
    """Return the rows of the overview."""
    return {"overview": overview_of(asked)}


def tables_of_home(asked: Mapping[str, Any]) -> Tables:
    """Return what the first page tells."""
    return {"home": home_of(asked)}


def tables_of_report(asked: Mapping[str, Any]) -> Tables:
    """Return the report itself, which of the government takes longer than a page may."""
    return {"report": report_of(asked)}


async def asked_first(pool: WorkerPool, seconds: float) -> AsyncIterator[Call[bytes]]:
    """Tell what is asked for most: the first page, the overview, the gaps of the latest year, counted, and its changes against the
    year before; at last the report of the government, which takes longest.
    """
    none: dict[str, Any] = {
        **dict.fromkeys(("ministry", "year", "since", "measure", "project", "thing")),
        "about": [],
    }
    yield home_of(none)
    held = (await pool.run(held_years.call(), seconds)).value
    if held:
        yield overview_of(none)
        yield gap_counts_of(none)
    if len(held) > 1:
        both = {**none, "before": held[-2], "after": held[-1]}
        yield changes_of(both)
        yield amounts_of(both)
    if held:
        yield report_of(none)
