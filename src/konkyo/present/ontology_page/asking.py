"""Worked queries of ``ontology/ask``: a question, how it is asked, and what the carried sheet answers."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from konkyo.common.paths import ontology_dir
from konkyo.common.words import Words
from konkyo.model.namespaces import shorten
from konkyo.store.carried import carried_store

_SHOWN = 3


@dataclass(frozen=True)
class Asked:
    """A worked query; ``stored`` names the stored query that answers it in full."""

    name: str
    question: Words
    stored: str
    query: str
    head: list[str]
    rows: list[list[str]]
    count: int


def worked_queries() -> list[tuple[str, Words, str, str]]:
    """Return name, question, stored query and text of each worked query, in their order."""
    found = []
    for path in sorted((ontology_dir() / "ask").glob("*.rq")):
        lines = path.read_text(encoding="utf-8").splitlines()
        head = dict(line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("# "))
        query = "\n".join(line for line in lines if not line.startswith("# "))
        found.append((path.stem, Words(head["ja"], head["en"]), head["stored"], query))
    return found


def answered() -> list[Asked]:
    """Ask the carried graph each of them; the page shows the first rows."""
    store = carried_store()
    made = []
    for name, question, stored, query in worked_queries():
        answer = store.select(query)
        head = [variable.value for variable in answer.variables]
        rows = [[_cell(row[name]) for name in head] for row in answer]
        made.append(Asked(name, question, stored, query, head, rows[:_SHOWN], len(rows)))
    return made


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    return shorten(term.value) if isinstance(term, ox.NamedNode) else getattr(term, "value", str(term))
