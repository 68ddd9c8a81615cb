"""Search keys: the folded names and numbers of each thing that is found by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from konkyo.common.name_form import name_form
from konkyo.graph.lookup.search_keys import CLASSES
from konkyo.graph.sparql import PROLOGUE
from konkyo.model.identifiers import project_number, review_of_project
from konkyo.model.namespaces import KK

if TYPE_CHECKING:
    from konkyo.store import Store

_NUMBERS = """SELECT DISTINCT ?s ?kind ?name WHERE {
  VALUES ?class { %s } ?s a ?class ; dcterms:identifier ?name .
  OPTIONAL { ?class rdfs:label ?kind FILTER (LANG(?kind) = "ja") }
}"""
_LABELS = """SELECT DISTINCT ?s ?name WHERE {
  VALUES ?class { %s } VALUES ?p { skos:prefLabel skos:altLabel } ?s a ?class ; ?p ?name .
}"""
_CITED = "SELECT DISTINCT ?s ?name WHERE { ?s a kk:Citation ; kk:statedText ?name }"
# A measure is also found by the number and name under which a document of some year shows it.
_SHOWN = (
    "SELECT DISTINCT ?s ?name WHERE { ?s kk:hasAppearance ?a . ?a dcterms:identifier|kk:statedText ?name }"
)
# An edition is called by its plan's name and what tells it from the others: 骨太の方針2023, 第6次エネルギー基本計画.
_EDITIONS = """SELECT DISTINCT ?s ?name ?mark WHERE {
  ?s a kk:Edition ; dcat:version ?mark . ?plan dcat:hasVersion ?s ; skos:prefLabel|skos:altLabel ?name .
}"""


def search_keys(store: Store, graph: str) -> Iterator[str]:
    """Yield lines of N-Quads in ``graph``: each findable thing's names and numbers in their form, sorted."""
    from konkyo.model.ntriples import (
        literal,  # with it comes every record; who only looks a name up needs none
    )

    classes = " ".join(CLASSES)
    keys = {
        (row["s"].value, name_form(row["name"].value))
        for query in (_LABELS % classes, _CITED, _SHOWN)
        for row in store.select(PROLOGUE + query)
    }
    for row in store.select(PROLOGUE + _NUMBERS % classes):
        iri, number = row["s"].value, name_form(row["name"].value)
        # The sheets of single reviews have numbers of their ministry and year: 820 means the 予算事業ID.
        if number.isdecimal() and review_of_project(iri):
            continue
        keys.add((iri, name_form((row["kind"].value if row["kind"] is not None else "") + number)))
        # A bare number means a project or a document; an indicator's needs its kind before it.
        if not number.isdecimal():
            keys.add((iri, number))
    for row in store.select(f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ ?s a kk:Project }}"):
        iri = row["s"].value
        if code := project_number(iri):
            keys |= {(iri, code), (iri, name_form("予算事業") + code)}
    for row in store.select(PROLOGUE + _EDITIONS):
        iri, name, mark = (row[part].value for part in ("s", "name", "mark"))
        keys.add((iri, name_form(name + mark)))
        if not mark.isdecimal():
            keys.add((iri, name_form(mark + name)))
    for iri, key in sorted(keys):
        if key:
            yield f"<{iri}> <{KK}searchKey> {literal(key)} <{graph}> .\n"
