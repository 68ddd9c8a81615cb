from __future__ import annotations

import csv
import doctest
import io
import json
import re

import pyoxigraph as ox
import pytest

from konkyo import KonkyoError
from konkyo.api import KnowledgeGraph
from konkyo.common.words import Words
from konkyo.present.text import yen
from konkyo.present.text.query_results import Table, Term, serialize
from konkyo.store import EmbeddedStore


@pytest.fixture
def graph(built_store: EmbeddedStore) -> KnowledgeGraph:
    return KnowledgeGraph(built_store)


def test_iris_are_shown_by_their_labels(graph: KnowledgeGraph) -> None:
    made = graph.query("SELECT ?s ?o WHERE { ?s <https://w3id.org/konkyo/ns#ministry> ?o }")
    assert list(csv.reader(io.StringIO(made.to_csv("ja"))))[1:] == [
        ["ＩＣＴ分野における国際戦略の推進", "総務省"]
    ]
    assert "Ministry of Internal Affairs" in made.to_csv("en")


def test_rows_are_python_values(graph: KnowledgeGraph) -> None:
    row = next(iter(graph.query("SELECT (1 AS ?i) (1.5 AS ?d) (true AS ?b) ('x' AS ?s) ?none WHERE {}")))
    assert row == {"i": 1, "d": 1.5, "b": True, "s": "x", "none": None}


def test_a_notebook_shows_hostile_text_as_text(graph: KnowledgeGraph) -> None:
    shown = graph.query("SELECT ('<script>alert(1)</script>' AS ?x) WHERE {}")._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_graph_output_is_sorted_and_the_same_again(graph: KnowledgeGraph) -> None:
    text = "CONSTRUCT WHERE { ?s a <https://w3id.org/konkyo/ns#Section> }"
    first = serialize(graph.answer(text), "nt")
    assert first == serialize(graph.answer(text), "nt")
    assert first.splitlines() == sorted(first.splitlines()) and len(first.splitlines()) == 13


def test_turtle_has_its_prefixes_in_one_order(graph: KnowledgeGraph) -> None:
    text = "CONSTRUCT WHERE { ?s a <https://w3id.org/konkyo/ns#Section> }"
    heads = [line for line in serialize(graph.answer(text), "turtle").splitlines() if line.startswith(b"@")]
    assert heads == sorted(heads) and len(heads) > 5


@pytest.mark.parametrize(
    ("text", "name"), [("ASK {}", "csv"), ("SELECT * {}", "turtle"), ("CONSTRUCT WHERE {?s a ?o}", "csv")]
)
def test_unfit_formats_are_refused(graph: KnowledgeGraph, text: str, name: str) -> None:
    with pytest.raises(KonkyoError, match="cannot be written"):
        serialize(graph.answer(text), name)


@pytest.mark.parametrize("kind", ["integer", "decimal", "double", "boolean", "gYear", "date"])
@pytest.mark.parametrize("text", ["abc", "", "²", "1e", "INF", "2024-99-99", "9" * 5000], ids=len)
def test_a_text_that_says_it_is_a_number_is_shown_as_it_is(
    graph: KnowledgeGraph, kind: str, text: str
) -> None:
    made = graph.query(f'SELECT ("{text}"^^<http://www.w3.org/2001/XMLSchema#{kind}> AS ?yen) WHERE {{}}')
    made.print(io.StringIO(), "ja")
    made._repr_html_()
    assert len(list(made)) == 1 and (
        text in made.to_csv("ja") or (kind == "double" and "INF" in made.to_csv("ja"))
    )
    json.loads(json.dumps(made.to_json(), allow_nan=False))


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("lang", "head", "row"),
    [
        ("ja", ["名称", "数", "当初予算（前年度）", "年度"], ["計画", "1,234", "約23.7億円", "2024"]),
        ("en", ["name", "count", "initial (¥, FY)", "year"], ["plan", "1,234", "~2.37 bn", "2024"]),
    ],
)  # fmt: skip
def test_at_a_terminal_a_reader_has_one_language_and_short_amounts(
    lang: str, head: list[str], row: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    headings = {
        "item": Words("名称", "name"),
        "english": Words("名称（英語）", "name"),
        "count": Words("数", "count"),
        "yen": Words("当初予算（円、前年度）", "initial (yen, FY)"),
        "year": Words("年度", "year"),
    }
    rows: list[list[Term | None]] = [
        [ox.Literal("計画"), ox.Literal("plan"), ox.Literal(1234), ox.Literal(2_367_800_000), ox.Literal(2024)],
        [ox.Literal("版"), ox.Literal("edition"), ox.Literal(12345), ox.Literal(0), ox.Literal(2023)],
    ]  # fmt: skip
    made = Table(list(headings), rows, {}, headings)
    monkeypatch.setenv("COLUMNS", "120")
    out = _Terminal()
    made.print(out, lang)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in out.getvalue().splitlines()]
    assert re.split(r"  +", lines[0].strip()) == head and re.split(r"  +", lines[2].strip()) == row
    # A program gets everything, to the yen.
    pipe = io.StringIO()
    made.print(pipe, lang)
    assert "2,367,800,000" in pipe.getvalue() and "plan" in pipe.getvalue() and "計画" in pipe.getvalue()


def test_examples_of_amounts() -> None:
    assert doctest.testmod(yen).failed == 0
