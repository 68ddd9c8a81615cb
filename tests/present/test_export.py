"""What is exported can be read back, is the same each time, and holds what the store holds."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pyoxigraph as ox
import pytest
from rdflib import Dataset
from rdflib.compare import isomorphic

import konkyo
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.model.namespaces import GRAPH, KK
from konkyo.present.export import FILES, export_file, export_folder, export_stream, format_of, lines
from konkyo.store import EmbeddedStore
from support.rdflib_store import RdflibStore

ODD = "https://example.org/"


def exported(store: Any, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    export_stream(store, form, out, **options)
    return out.getvalue()


def quads(store: Any) -> set[str]:
    return {f"{triple} <{graph}>" for graph in store.graphs() for triple in store.triples(graph)}


@pytest.fixture
def odd() -> EmbeddedStore:
    """A store with what formats stumble over: control signs, quotes, markup, long numbers, several values."""
    store = EmbeddedStore()
    texts = ['"a\\u0001b<c>&\\"d\\""', '"行\\n二\\tx;y,z"@ja', '"]]>"@en', '"=1+1"', f'"{"9" * 30}"']
    rows = [f"<{ODD}s/{n}> <{KK}statedText> {text}" for n, text in enumerate(texts)]
    rows += [
        f"<{ODD}s/{n}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KK}Project>" for n in range(5)
    ]
    rows += [f"<{ODD}s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KK}Measure>"]
    rows += [f"<{ODD}s/{n}> <{KK}basis> <{ODD}s>" for n in range(5)]
    rows += [f"<{ODD}s> <{KK}basis> <{ODD}s-nowhere>", f"<{ODD}s> <{KK}basis> <{ODD}s/1>"]
    rows += [
        f'<{ODD}s/3> <{KK}statedText> "two"',
        f"<{ODD}s/1> <{KK}claimLevel> <https://w3id.org/konkyo/code/stated>",
    ]
    rows += [f'<{ODD}s/2> <{KK}amountYen> "7"^^<http://www.w3.org/2001/XMLSchema#integer>']
    store.load(ODD + "g", [f"{row} <{ODD}g> .\n" for row in rows])
    return store


@pytest.mark.parametrize(
    ("form", "media"),
    [("nquads", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)],
)
def test_named_graphs_are_read_back(
    built_store: EmbeddedStore, odd: EmbeddedStore, form: str, media: Any
) -> None:
    for store in (built_store, odd):
        read = {f"{quad.triple} {quad.graph_name}" for quad in ox.parse(exported(store, form), format=media)}
        assert read == quads(store)


@pytest.mark.parametrize("form", ["nquads", "trig"])
def test_another_library_reads_the_same_graph(
    built_store: EmbeddedStore, rdflib_store: RdflibStore, form: str
) -> None:
    read = Dataset()
    read.parse(data=exported(built_store, form), format=form)
    for graph in built_store.graphs():
        assert isomorphic(read.graph(graph), rdflib_store.dataset.graph(graph))


def test_turtle_is_the_union(built_store: EmbeddedStore) -> None:
    read = {
        str(quad.triple) for quad in ox.parse(exported(built_store, "turtle"), format=ox.RdfFormat.TURTLE)
    }
    assert read == {str(triple) for graph in built_store.graphs() for triple in built_store.triples(graph)}


def test_n_quads_are_sorted_and_each_there_once(built_store: EmbeddedStore) -> None:
    text = exported(built_store, "nquads").splitlines()
    assert len(text) == len(set(text)) == len(built_store)
    graphs = [line.rsplit(b" ", 2)[1] for line in text]
    assert graphs == sorted(graphs)
    for graph in set(graphs):
        own = [line for line in text if line.endswith(graph + b" .")]
        assert [line.rsplit(b" ", 2)[0] for line in own] == sorted(line.rsplit(b" ", 2)[0] for line in own)


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("evidence", [False, True])
def test_each_store_gives_the_same_bytes(
    built_store: EmbeddedStore,
    rdflib_store: RdflibStore,
    form: str,
    evidence: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = exported(built_store, form, evidence=evidence)
    # In many pieces on the disk, from another engine.
    monkeypatch.setattr(lines, "PIECE", 30_000)
    store = EmbeddedStore()
    for graph in reversed(built_store.graphs()):
        store.load(graph, (f"{triple} <{graph}> .\n" for triple in rdflib_store.triples(graph)))
    assert exported(store, form, evidence=evidence) == whole


def test_another_process_gives_the_same_bytes(store_folder: Path, built_store: EmbeddedStore) -> None:
    source = str(Path(konkyo.__file__).resolve().parent.parent)
    command = [sys.executable, "-m", "konkyo", "--store", str(store_folder), "export", "--format", "trig"]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": source, "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    )
    assert done.stdout == exported(built_store, "trig")


def network(data: bytes, form: str) -> Any:
    return (
        nx.read_graphml(io.BytesIO(data), force_multigraph=True)
        if form == "graphml"
        else nx.read_gexf(io.BytesIO(data))
    )


def expected(store: EmbeddedStore, evidence: bool) -> tuple[set[str], set[tuple[str, str, str]]]:
    """Things and edges by SPARQL."""
    hidden = (
        ""
        if evidence
        else f"FILTER NOT EXISTS {{ ?s a <{KK}Evidence> }} FILTER NOT EXISTS {{ ?s a <http://www.w3.org/ns/oa#FragmentSelector> }}"
    )
    within = f"FILTER(?g != <{GRAPH}ontology>)"
    things = {
        row["s"].value
        for row in store.select(f"SELECT DISTINCT ?s {{ GRAPH ?g {{ ?s a ?c }} {within} {hidden} }}")
    }
    text = f"SELECT DISTINCT ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} {within} FILTER(isIRI(?o)) }}"
    edges = {(row["s"].value, row["p"].value, row["o"].value) for row in store.select(text)}
    codes = "https://w3id.org/konkyo/code/"
    kept = {
        e
        for e in edges
        if e[0] in things and e[2] in things and not e[2].startswith(codes) and not e[1].endswith("#type")
    }
    return things, kept


@pytest.mark.parametrize("form", ["graphml", "gexf"])
@pytest.mark.parametrize("evidence", [False, True])
def test_networks_are_read_by_networkx(built_store: EmbeddedStore, form: str, evidence: bool) -> None:
    read = network(exported(built_store, form, evidence=evidence), form)
    things, edges = expected(built_store, evidence)
    assert set(read.nodes) == things
    assert read.number_of_edges() == len(edges)
    assert {(s, o) for s, o in read.edges()} == {(s, o) for s, _, o in edges}
    (measure,) = [data for _, data in read.nodes(data=True) if data["kind"] == "Measure"]
    assert measure["label"] == "ＩＣＴ分野における国際戦略の推進"
    amounts = [data["kk_amountYen"] for _, data in read.nodes(data=True) if "kk_amountYen" in data]
    assert 3955984000 in amounts


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_odd_texts_do_not_break_a_network(odd: EmbeddedStore, form: str) -> None:
    read = network(exported(odd, form), form)
    assert set(read.nodes) == {ODD + "s", *(f"{ODD}s/{n}" for n in range(5))}
    assert read.number_of_edges() == 6
    assert read.nodes[ODD + "s/0"]["kk_statedText"] == 'a␁b<c>&"d"'
    assert read.nodes[ODD + "s/1"]["kk_claimLevel"] == "stated"


@pytest.mark.parametrize("compress", [False, True])
def test_csv_holds_nodes_and_edges(
    built_store: EmbeddedStore, odd: EmbeddedStore, tmp_path: Path, compress: bool
) -> None:
    for store in (built_store, odd):
        nodes, edges = export_folder(store, "csv", tmp_path, compress=compress)
        opened = gzip.open if compress else open
        with opened(nodes, "rt", encoding="utf-8", newline="") as text:
            head, *rows = list(csv.reader(text))
        with opened(edges, "rt", encoding="utf-8", newline="") as text:
            _, *links = list(csv.reader(text))
        things, wanted = expected(store, False)
        assert [row[0] for row in rows] == sorted(things, key=lambda iri: iri + ">") and len(links) == len(
            wanted
        )
        assert {len(row) for row in rows} == {len(head)} and head[:3] == ["iri:ID", ":LABEL", "label"]
    values = dict(zip(head, rows[3], strict=True))
    assert values["kk_statedText:string[]"].split("\x1f") == ["=1+1", "two"]


def test_parquet_is_read_by_polars(
    built_store: EmbeddedStore, odd: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from konkyo.present.export import parquet

    monkeypatch.setattr(parquet, "_ROWS", 3)
    for number, store in enumerate((built_store, odd)):
        folder = tmp_path / str(number)
        export_folder(store, "parquet", folder)
        tables = {path.stem: pl.read_parquet(path) for path in folder.glob("*.parquet")}
        things, edges = expected(store, False)
        assert {iri for name, table in tables.items() if name != "edges" for iri in table["iri"]} == things
        assert tables["edges"].height == len(edges)
    built = pl.read_parquet(tmp_path / "0" / "BudgetFigure.parquet")
    (row,) = store_sum(built_store)
    assert built["kk_amountYen"].dtype == pl.Int64 and built["kk_amountYen"].sum() == row
    projects = pl.read_parquet(tmp_path / "1" / "Project.parquet")
    assert projects["kk_statedText"].dtype == pl.List(pl.String)


def store_sum(store: EmbeddedStore) -> list[int]:
    text = f"SELECT (SUM(?y) AS ?n) {{ ?f a <{KK}BudgetFigure> ; <{KK}amountYen> ?y }}"
    return [int(row["n"].value) for row in store.select(text)]


def test_without_polars_parquet_says_what_to_install(
    odd: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(KonkyoError, match="needs polars"):
        export_folder(odd, "parquet", tmp_path)


@pytest.mark.parametrize("form", FILES)
def test_an_empty_store_is_exported(form: str, tmp_path: Path) -> None:
    export_file(EmbeddedStore(), form, tmp_path / "x")
    assert (tmp_path / "x").exists() and [path.name for path in tmp_path.iterdir()] == ["x"]
    if form in ("graphml", "gexf"):
        assert network((tmp_path / "x").read_bytes(), form).number_of_nodes() == 0
    if form == "jsonld":
        assert json.loads((tmp_path / "x").read_text())["graph"] == []


def test_compressed_files_are_the_same_each_time(built_store: EmbeddedStore, tmp_path: Path) -> None:
    for name in ("a.nq.gz", "b.nq.gz"):
        export_file(built_store, "nquads", tmp_path / name)
    first = (tmp_path / "a.nq.gz").read_bytes()
    assert first == (tmp_path / "b.nq.gz").read_bytes()
    assert gzip.decompress(first) == exported(built_store, "nquads")


def test_some_graphs_can_be_chosen(built_store: EmbeddedStore) -> None:
    text = exported(built_store, "nquads", graphs=["rules", GRAPH + "calendar"]).decode()
    assert {line.rsplit(" ", 2)[1] for line in text.splitlines()} == {f"<{GRAPH}rules>", f"<{GRAPH}calendar>"}
    with pytest.raises(KonkyoError, match="no graph"):
        exported(built_store, "nquads", graphs=["nobody"])


def test_a_name_tells_the_format() -> None:
    assert [format_of(Path(f"x{tail}")) for tail in FILES.values()] == list(FILES)
    assert format_of(Path("X.NQ.GZ")) == "nquads" and format_of(Path("x.csv")) is None


def test_a_place_that_cannot_be_written_is_told(odd: EmbeddedStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KonkyoError, match="cannot be written"):
        export_file(odd, "nquads", tmp_path / "file" / "below.nq")
    with pytest.raises(KonkyoError, match="cannot be written"):
        export_folder(odd, "csv", tmp_path / "file")


def test_the_command(
    store_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], built_store: EmbeddedStore
) -> None:
    store = ["--store", str(store_folder), "--lang", "en"]
    assert main([*store, "export"]) == 0
    assert capfd.readouterr().out.encode() == exported(built_store, "nquads")
    assert main([*store, "export", "rules", "-o", str(tmp_path / "r.trig.gz")]) == 0
    assert "Written to" in capfd.readouterr().err
    assert b"Rules of derivation" in gzip.decompress((tmp_path / "r.trig.gz").read_bytes())
    assert main([*store, "export", "-o", str(tmp_path / "r.xyz")]) == 2
    assert "--format csv" in capfd.readouterr().err
    assert main([*store, "export", "--format", "csv", "-o", str(tmp_path / "t")]) == 0
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == ["edges.csv", "nodes.csv"]
