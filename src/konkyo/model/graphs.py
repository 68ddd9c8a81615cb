"""The named graphs: those that a build makes by itself, and those of the files of the project review."""

from __future__ import annotations

import re
from collections.abc import Iterable

from konkyo.model.identifiers import graph
from konkyo.model.namespaces import GRAPH

ONTOLOGY = graph("ontology")
STRATEGIES = graph("strategies")
SHORTCUT = graph("shortcut")
LABELS = graph("labels")
CALENDAR = graph("calendar")
NAMES = graph("names")
DENOTATIONS = graph("denotations")
OVER_YEARS = graph("over-years")
LINEAGE = graph("lineage")
SUMMARIES = graph("summaries")
COMMON = graph("rs")
MADE_HERE = {ONTOLOGY, SHORTCUT, LABELS, CALENDAR, NAMES, DENOTATIONS, OVER_YEARS, LINEAGE, SUMMARIES, COMMON}

JUDGIT = "judgit"
"""The kind of file that holds whole review sheets, as JUDGIT publishes those of 2015 to 2023."""
OF_REVIEWS = (f"{GRAPH}rs-", f"{GRAPH}{JUDGIT}-")
"""How the names of the graphs of review files begin."""
_OF_REVIEW = re.compile(r"rs-([0-9]+)/(.+)|judgit-([0-9]+)")


def review_source(year: int, kind: str) -> str:
    """Return the key of a review file's source and graph: ``rs-2024/1-3``, ``judgit-2015``."""
    return f"{JUDGIT}-{year}" if kind == JUDGIT else f"rs-{year}/{kind}"


def year_and_kind(name: str) -> tuple[int, str] | None:
    """Return review year and kind of file of such a key or of such a graph; None for any other."""
    found = _OF_REVIEW.fullmatch(name.removeprefix(GRAPH))
    if not found:
        return None
    return (int(found[3]), JUDGIT) if found[3] else (int(found[1]), found[2])


def review_years(names: Iterable[str]) -> dict[str, int]:
    """Return the review year of each graph of a review file; the other graphs are left out."""
    return {name: found[0] for name in names if (found := year_and_kind(name))}
