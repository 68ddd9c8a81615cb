"""The named graphs that a build makes by itself."""

from __future__ import annotations

from konkyo.model.identifiers import graph

ONTOLOGY = graph("ontology")
SHORTCUT = graph("shortcut")
LABELS = graph("labels")
CALENDAR = graph("calendar")
NAMES = graph("names")
DENOTATIONS = graph("denotations")
OVER_YEARS = graph("over-years")
COMMON = graph("rs")
MADE_HERE = {ONTOLOGY, SHORTCUT, LABELS, CALENDAR, NAMES, DENOTATIONS, OVER_YEARS, COMMON}
