"""What every row of a query has a value for, told from the query alone."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from konkyo.graph.stored_queries import stored
from konkyo.store.remote.bound import always_bound
from support.query_cases import FOLDERS

TOLD = {
    "SELECT * { ?a ?p ?b OPTIONAL { ?b ?q ?c } }": "a p b",
    "SELECT ?b ?c { ?a ?p ?b OPTIONAL { ?b ?q ?c } }": "b",
    "SELECT * { { ?a <a:p> ?b } UNION { ?a <a:q> ?c } }": "a",
    "SELECT * { VALUES (?a ?b) { (1 UNDEF) (2 3) } }": "a",
    "SELECT * { ?a <a:p> 1 BIND(?a AS ?b) BIND(1 AS ?c) BIND(?a + 1 AS ?d) BIND(?z AS ?e) }": "a b c",
    "SELECT (COUNT(*) AS ?n) { ?a ?p ?b }": "n",
    "SELECT ?a (COUNT(?b) AS ?n) (SUM(?b) AS ?m) { ?a ?p ?b } GROUP BY ?a": "a n",
    "SELECT ?c (COUNT(?b) AS ?n) { ?a ?p ?b OPTIONAL { ?b ?q ?c } } GROUP BY ?c": "n",
    "SELECT DISTINCT ?a { { SELECT ?a { ?a <a:p>+ ?b } LIMIT 3 } FILTER(?a != 1) } ORDER BY ?a": "a",
    "SELECT * { GRAPH ?g { ?a ?p ?b } MINUS { ?b ?q ?c } }": "g a p b",
    "SELECT * { ?a ?p": "",
}


@pytest.mark.parametrize("text", TOLD)
def test_only_what_no_row_can_leave_open_is_told(text: str) -> None:
    assert always_bound(text) == {*TOLD[text].split()}


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_no_row_of_a_stored_query_lacks_it(folder: Path) -> None:
    store = ox.Store()
    store.extend(ox.parse(path=folder / "data.trig", format=ox.RdfFormat.TRIG))
    text = stored(folder.name).text
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    names = always_bound(text)
    assert names <= {variable.value for variable in found.variables}
    assert names
    assert all(row[name] is not None for row in found for name in names)
