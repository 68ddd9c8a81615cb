"""Reports, pictures and answers as JSON are read by people without a command line: they name no option and no command."""

from __future__ import annotations

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.present.report import report_text
from konkyo.store import EmbeddedStore
from support.command_lines import COMMAND_LINE, in_html, in_json


@pytest.fixture(params=["ja", "en"])
def graph(request: pytest.FixtureRequest, built_store: EmbeddedStore) -> KnowledgeGraph:
    return KnowledgeGraph(built_store, request.param)


@pytest.mark.parametrize("thing", [None, "新成長戦略", "国際戦略の推進", "受講者数", "総務省"])
def test_a_report_as_a_page_names_no_command(graph: KnowledgeGraph, thing: str | None) -> None:
    made = graph.report(thing)
    assert in_html(made.html()) == []
    # At a terminal the same report names the commands that give its numbers.
    if any(section.queries for section in made.report.sections):
        assert COMMAND_LINE.search(report_text(made.report, graph.lang))


@pytest.mark.parametrize(
    "how",
    [
        {"limit": 5}, {"thing": "新成長戦略", "limit": 3}, {"ministry": "総務省", "limit": 4},
        {"between": ("新成長戦略", "受講者数"), "limit": 2}, {"between": ("受講者数", "org/soumu")},
        {"query": "CONSTRUCT WHERE { ?s a ?kind }", "limit": 3},
    ],
)  # fmt: skip
def test_a_picture_names_no_command(graph: KnowledgeGraph, how: dict[str, object]) -> None:
    page = graph.view(**how).html()  # type: ignore[arg-type]
    assert in_html(page) == []
    assert graph.network(**how).graph["notes"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked",
    [("新成長戦略",), ("国際戦略の推進",), ("総務省",), ("受講者数",), ("org/soumu", "新成長戦略"), ("受講者数", "org/soumu")],
)  # fmt: skip
def test_an_answer_as_json_names_no_command(graph: KnowledgeGraph, asked: tuple[str, ...]) -> None:
    assert list(in_json(graph.trace(*asked).to_json())) == []


def test_an_error_of_the_library_names_arguments(graph: KnowledgeGraph) -> None:
    calls = [
        lambda: graph.network(depth=1), lambda: graph.network("新成長戦略", limit=-1), lambda: graph.query("summry"),
        lambda: graph.trace("受講者数", ministry="総務省"), lambda: graph.trace("受講者数", "新成長戦略", share=True),
        lambda: graph.trace("ない名"), lambda: graph.query("SELECT {"), lambda: graph.diff("2012", "x").answer,
        lambda: graph.network(query="CONSTRUCT WHERE { ?s ?p ?o }", year=2012), lambda: graph.report("ない名"),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(KonkyoError) as caught:
            call()
        said = str(caught.value), caught.value.report("ja"), caught.value.report("en")
        assert not any(COMMAND_LINE.search(text) for text in said), said
