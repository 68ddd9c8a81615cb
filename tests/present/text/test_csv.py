"""Every CSV that people open in a spreadsheet: a name from a source that looks like a formula stays a name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.api import KnowledgeGraph
from konkyo.cli import main
from konkyo.model.namespaces import DCTERMS, KK, SKOS
from konkyo.present.report import make, report_csv
from konkyo.present.text import diffs, gaps
from konkyo.present.text.claim_table import claims_csv
from konkyo.present.text.csv import written
from konkyo.store import EmbeddedStore, building, open_store

SIGNS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
EVIL = "=HYPERLINK(1)\x1b"
NAMES = {SKOS + "prefLabel", KK + "statedText", DCTERMS + "title"}


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def number(text: str) -> bool:
    try:
        float(text.removesuffix("%").replace(",", ""))
    except ValueError:
        return False
    return text.isascii()


@given(st.lists(st.one_of(st.text(), st.sampled_from(SIGNS).flatmap(lambda s: st.text().map(s.__add__)))))
def test_no_text_is_a_formula_and_none_is_lost(row: list[str]) -> None:
    (made,) = read(written([["x", *row]]))
    assert made[0] == "x" and len(made) == len(row) + 1
    for text, cell in zip(row, made[1:], strict=True):
        assert not cell.startswith(SIGNS) or number(cell) or cell in ("-", "－")
        assert cell.removeprefix("'").endswith(text[-1:]) or not text[-1:].isprintable()


@pytest.mark.parametrize(
    "cell", [-5, -0.5, "-5", "+3", "-1,234,567", "-12.5%", "-1.0E3", "-", "－", "5-3", "△5"]
)
def test_numbers_and_dashes_stay_as_they_are(cell: str | float) -> None:
    assert read(written([[cell]])) == [[str(cell)]]


@pytest.mark.parametrize(
    "text", ["-5+1", "-1,2", "+81(3)", "-A1", "--", "-５", "=1", "\t=1", "＝１＋１", "＠x"]
)
def test_what_is_no_number_is_guarded(text: str) -> None:
    assert read(written([[text]])) == [["'" + text]]


@pytest.fixture(scope="module")
def folder(pair_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two invented review years in which every name, quotation and title begins like a formula."""
    made = open_store(pair_folder)
    hostile = tmp_path_factory.mktemp("hostile")

    def line(triple: ox.Triple, graph: str) -> str:
        said = triple.object
        if triple.predicate.value in NAMES and isinstance(said, ox.Literal):
            triple = ox.Triple(
                triple.subject, triple.predicate, ox.Literal(EVIL + said.value, language=said.language)
            )
        return f"{triple} <{graph}> .\n"

    with building(hostile) as store:
        for graph in made.graphs():
            store.load(graph, (line(triple, graph) for triple in made.triples(graph)))
    return hostile


@pytest.fixture(scope="module")
def graph(folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(folder), "ja")


def of_trace(graph: KnowledgeGraph) -> str:
    return claims_csv(graph.trace("9001").answer, "ja")


def of_gaps(graph: KnowledgeGraph) -> str:
    return gaps.to_csv(graph.gaps(year=2024).answer, "ja")


def of_diff(graph: KnowledgeGraph) -> str:
    return diffs.to_csv(graph.diff(2023, 2024).answer, "ja")


def of_query(graph: KnowledgeGraph) -> str:
    return graph.query(f"SELECT ?s ?l (-5 AS ?n) WHERE {{ ?s <{SKOS}prefLabel> ?l }} LIMIT 9").to_csv("ja")


def of_report(graph: KnowledgeGraph) -> str:
    return report_csv(make(graph.store, None), "ja")


@pytest.mark.parametrize("made", [of_trace, of_gaps, of_diff, of_query, of_report])
def test_names_of_a_source_are_no_formulas(
    made: Callable[[KnowledgeGraph], str], graph: KnowledgeGraph
) -> None:
    text = made(graph)
    assert_harmless(text)


def assert_harmless(text: str) -> None:
    cells = [cell for row in read(text) for cell in row]
    assert any(cell.startswith("'=HYPERLINK(1)\ufffd") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(SIGNS) and not number(cell) and cell not in "-－"]
    assert "\x1b" not in text


@pytest.mark.parametrize(
    "command", [["search", "9001"], ["gaps", "--kind", "all"], ["diff", "2023", "2024"], ["trace", "9001"]]
)
def test_the_commands(command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--store", str(folder), "--format", "csv"]) == 0
    assert_harmless(capsys.readouterr().out)


def test_violations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.ttl"
    file.write_text(
        "<https://w3id.org/konkyo/id/measure/x> a <https://w3id.org/konkyo/ns#Measure> ; "
        '<http://www.w3.org/2004/02/skos/core#prefLabel> "=HYPERLINK(1)\\u001B"@ja .',
        encoding="utf-8",
    )
    assert main(["check", str(file), "--format", "csv"]) == 1
    assert_harmless(capsys.readouterr().out)


def test_the_answer_of_sparql_is_as_sparql_has_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = "SELECT ('=1+1' AS ?x) ('-5' AS ?y) WHERE {}"
    assert main(["query", wanted, "--store", str(folder), "--format", "csv"]) == 0
    assert capsys.readouterr().out == "x,y\r\n=1+1,-5\r\n"


def test_an_empty_store_has_headings(tmp_path: Path) -> None:
    assert KnowledgeGraph(EmbeddedStore()).query("SELECT ?x WHERE { ?x ?p ?o }").to_csv("ja") == "x\r\n"
