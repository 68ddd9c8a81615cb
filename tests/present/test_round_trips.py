"""An export in each syntax of RDF, read by another library, is the same graph: of the sheet, of invented and of real RS rows."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph, Literal
from rdflib.compare import isomorphic

from konkyo.build.pipeline import build
from konkyo.common.text import in_xml
from konkyo.present.export import export_stream
from konkyo.store import EmbeddedStore, open_store
from support.absent import not_here

ROWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "rs-rows"
YEARS = sorted(path.name for path in ROWS.glob("20[0-9][0-9]"))
WITH_GRAPHS = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}
MERGED = {"turtle": "turtle", "rdfxml": "xml"}
OXIGRAPH = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@pytest.fixture(params=["sheet", "invented rows"])
def store(request: pytest.FixtureRequest) -> EmbeddedStore:
    if request.param == "sheet":
        return request.getfixturevalue("built_store")
    return open_store(request.getfixturevalue("pair_folder"))


def fit(value: Literal) -> Literal:
    return Literal(in_xml(value), lang=value.language, datatype=value.datatype)


def exported(store: EmbeddedStore, form: str) -> bytes:
    out = io.BytesIO()
    export_stream(store, form, out)
    return out.getvalue()


def graph_of(store: EmbeddedStore, name: str) -> Graph:
    lines = "".join(f"{triple} .\n" for triple in store.triples(name))
    return Graph().parse(data=lines, format="nt")


@pytest.mark.parametrize("form", WITH_GRAPHS)
def test_each_graph_comes_back(store: EmbeddedStore, form: str) -> None:
    read = Dataset()
    read.parse(data=exported(store, form), format=WITH_GRAPHS[form])
    for name in store.graphs():
        assert isomorphic(read.graph(name), graph_of(store, name)), name


@pytest.mark.parametrize("form", MERGED)
def test_the_union_comes_back(store: EmbeddedStore, form: str) -> None:
    whole = sum((graph_of(store, name) for name in store.graphs()), Graph())
    data = exported(store, form)
    if form == "rdfxml":  # XML has no way to write control characters
        held = any("\x1b" in value for value in whole.objects())
        assert data.endswith(b"U+000B is U+240B. -->\n") == held
        pictured = Graph()
        for subject, predicate, value in whole:
            same = not isinstance(value, Literal)
            pictured.add((subject, predicate, value if same else fit(value)))
        whole = pictured
    assert isomorphic(Graph().parse(data=data, format=MERGED[form]), whole)


@pytest.mark.parametrize("year", YEARS or [None])
def test_real_rows_come_back(year: str | None, tmp_path: Path) -> None:
    """The graphs of the rows have no blank node, so that to be isomorphic is to be equal."""
    if year is None:
        not_here("real rows of the RS files beside the checkout")
    build([ROWS / year], tmp_path / "store")
    store = open_store(tmp_path / "store")
    quads = {
        ox.Quad(*triple, ox.NamedNode(name)) for name in store.graphs() for triple in store.triples(name)
    }
    assert len(quads) > 10_000
    assert not any(isinstance(node, ox.BlankNode) for quad in quads for node in quad)
    for form in WITH_GRAPHS:
        assert set(ox.parse(exported(store, form), format=OXIGRAPH[form])) == quads, form
    for form in MERGED:
        read = {quad.triple for quad in ox.parse(exported(store, form), format=OXIGRAPH[form])}
        assert read == {quad.triple for quad in quads}, form
