from __future__ import annotations

from pathlib import Path

import pytest

import konkyo
from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.store import EmbeddedStore
from konkyo.store.carried import carried_store


def test_open_query_trace_view(store_folder: Path, tmp_path: Path) -> None:
    graph = konkyo.open(store_folder)
    assert len(graph.query("SELECT ?s { ?s a <https://w3id.org/konkyo/ns#Panel> }")) == 3
    assert "アジア経済戦略" in str(graph.trace("新成長戦略"))
    page = graph.view("測定指標3").save(tmp_path / "page.html")
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_parameters_take_labels(store_folder: Path) -> None:
    graph = konkyo.open(store_folder)
    one = graph.query("rests-on-strategy", strategy="新成長戦略")
    other = graph.query("rests-on-strategy", strategy="https://w3id.org/konkyo/id/strategy/shin-seicho")
    assert one.rows == other.rows and len(one) > 0


def test_the_carried_graph_is_what_a_build_makes(built_store: EmbeddedStore) -> None:
    from konkyo.store.carried import carried_store

    carried = carried_store()
    assert isinstance(carried, EmbeddedStore)
    assert carried.graphs() == built_store.graphs()
    for graph in built_store.graphs():
        assert set(carried.triples(graph)) == set(built_store.triples(graph))


def test_a_notebook_gets_escaped_html(store_folder: Path) -> None:
    graph = konkyo.open(store_folder)
    assert graph.trace("新成長戦略")._repr_html_().startswith("<pre")
    frame = graph.view("新成長戦略")._repr_html_()
    assert frame.startswith("<iframe srcdoc=") and "<script" not in frame and "allow-same-origin" not in frame


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(konkyo.KonkyoError, match="no konkyo store"):
        konkyo.open(tmp_path / "none")


def test_checks_through_the_api(store_folder: Path) -> None:
    assert konkyo.open(store_folder).check() == []


def test_a_report_from_python(tmp_path: Path) -> None:
    graph = KnowledgeGraph(carried_store(), "en")
    made = graph.report("国際戦略の推進")
    page = made.save(tmp_path / "report.html").read_text(encoding="utf-8")
    assert page == made.html() and '<html lang="en"' in page
    assert len(made.csv().splitlines()) > 10
    with pytest.raises(KonkyoError):
        graph.report("国際戦略の推進", ministry="ない省")
