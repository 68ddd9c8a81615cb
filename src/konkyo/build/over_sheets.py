"""Which indicators of several evaluation sheets are one thing: those of one measure that bear one name.

A sheet that bears a name twice says nothing of it: which of the two goes on cannot be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from konkyo.common.name_form import name_form
from konkyo.graph.sparql import PROLOGUE
from konkyo.model.identifiers import IRI, digest, key_of, thing, year_number
from konkyo.model.records import OverYears, Record
from konkyo.model.rules import SAME_SHEET_INDICATOR

if TYPE_CHECKING:
    from konkyo.store import Store

_SHEETS = "SELECT DISTINCT ?sheet ?year WHERE { ?sheet a kk:EvaluationSheet ; kk:fiscalYear ?year }"
_INDICATORS = """SELECT DISTINCT ?s ?name ?measure WHERE {
  { ?measure kk:hasIndicator ?s } UNION { ?measure kk:hasObjective ?goal . ?goal kk:hasIndicator ?s }
  ?measure a kk:Measure . ?s skos:prefLabel ?name FILTER(LANG(?name) = "ja")
}"""


def indicators_of_sheets(store: Store) -> Iterator[Record]:
    """Yield what is one indicator over the sheets of a measure; nothing where there are fewer than two sheets."""
    years = {
        key_of(row["sheet"].value).partition("/")[2]: year_number(row["year"].value)
        for row in store.select(PROLOGUE + _SHEETS)
    }
    if len(years) < 2:
        return
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in store.select(PROLOGUE + _INDICATORS):
        iri, name = row["s"].value, row["name"].value
        sheet = key_of(iri).split("/")[1]
        if sheet in years:
            found[row["measure"].value, name_form(name)][sheet][iri] = name
    for (measure, name), sheets in sorted(found.items()):
        if len(sheets) < 2 or any(len(own) > 1 for own in sheets.values()):
            continue
        in_order = sorted(sheets, key=lambda sheet: (years[sheet], sheet))
        versions = [next(iter(sheets[sheet])) for sheet in in_order]
        yield OverYears(
            iri=thing("over-years", "indicator", key_of(measure).partition("/")[2], digest(name)),
            ja=sheets[in_order[-1]][versions[-1]],
            rule=SAME_SHEET_INDICATOR.iri,
            versions=tuple(map(IRI, versions)),
        )
