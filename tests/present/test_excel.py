"""CSV for spreadsheets: no text is a formula, and each can be had back; a carriage return stays what it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.common.csv_lines import write_lines
from konkyo.present.text.csv import BOM, guarded
from konkyo.present.text.query_results import serialize
from support.command import good, run
from support.examples import examples

FORMULAS = ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "＝1", "'=1", "'"]


@settings(max_examples=examples(200))
@given(st.one_of(st.sampled_from(FORMULAS), st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_a_guarded_text_can_be_had_back(text: str) -> None:
    made = guarded(text)
    assert (made[1:] if made.startswith("'") else made) == text
    assert made[:1] not in ("=", "@", "\t", "\n", "＝")


@settings(max_examples=examples(200))
@given(st.lists(st.text(alphabet="a\r\n,\"' "), min_size=1, max_size=4))
def test_any_sign_is_read_back_from_a_line(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    write_lines(out, [cells, ["end"]])
    out.seek(0)
    assert [*csv.reader(out)] == [cells, ["end"]]


def test_a_carriage_return_alone_is_quoted() -> None:
    out = io.StringIO(newline="")
    write_lines(out, [["a\rb", 1], ["c", "d"]])
    assert out.getvalue() == '"a\rb","1"\nc,d\n'


def test_a_query_for_a_spreadsheet(store_folder: Path, tmp_path: Path) -> None:
    query = """SELECT * { VALUES (?a ?b) { ("=1+1" "'x") (<https://w3id.org/konkyo/id/strategy/shin-seicho> -1) } }"""
    told = good("--store", str(store_folder), "query", query, "--excel", cwd=tmp_path)
    assert told.startswith(BOM)
    head, *rows = csv.reader(io.StringIO(told.removeprefix(BOM), newline=""))
    assert head == ["a", "b"] and rows == [["'=1+1", "''x"], ["新成長戦略", "-1"]]
    for arguments in (["ASK {}"], [query, "--format", "json"]):
        assert run("--store", str(store_folder), "query", *arguments, "--excel", cwd=tmp_path).returncode == 2


def test_an_export_for_a_spreadsheet(store_folder: Path, tmp_path: Path) -> None:
    command = ["--store", str(store_folder), "export", "--format", "csv", "--output"]
    good(*command, "plain", cwd=tmp_path)
    good(*command, "excel", "--excel", cwd=tmp_path)
    for name in ("nodes.csv", "edges.csv"):
        plain, excel = ((tmp_path / folder / name).read_bytes().decode() for folder in ("plain", "excel"))
        assert excel.startswith(BOM) and not plain.startswith(BOM)
        before, after = (
            [*csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))] for text in (plain, excel)
        )
        cells = [pair for rows in zip(before, after, strict=True) for pair in zip(*rows, strict=True)]
        assert [pair for pair in cells if pair[1] not in (pair[0], "'" + pair[0])] == []


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_a_carriage_return_is_kept(form: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal("x\ry")))
    told = serialize(store.query("SELECT ?o { ?s ?p ?o }"), form).decode()
    if form == "csv":
        assert [*csv.reader(io.StringIO(told, newline=""))] == [["o"], ["x\ry"]]
    else:
        assert "x\ry" in "".join(ET.fromstring(told).itertext())
        graph = serialize(store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"), "xml").decode()
        assert "x\ry" in "".join(ET.fromstring(graph).itertext())
