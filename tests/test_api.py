from __future__ import annotations

import html
import re
import sys
from pathlib import Path

import pytest

import konkyo
from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Language
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
    frame = graph.view("新成長戦略")._repr_html_()
    assert frame.startswith("<iframe srcdoc=") and "<script" not in frame and "allow-same-origin" not in frame
    assert graph.report("国際戦略の推進")._repr_html_().startswith("<iframe srcdoc=")


def test_a_trace_folds_in_a_notebook(store_folder: Path) -> None:
    graph = konkyo.open(store_folder)
    shown = graph.trace("新成長戦略")._repr_html_()
    assert shown.count("<details") == shown.count("</details>") > shown.count("<details open") > 0
    text = re.sub(r"<[^>]+>", "", shown)
    for line in str(graph.trace("新成長戦略")).splitlines():
        assert html.escape(line.lstrip("│├└─ ")) in text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_answer_shows_itself_in_short(store_folder: Path, lang: Language) -> None:
    graph = konkyo.open(store_folder, lang=lang)
    answers = (
        graph.query("justifications"), graph.trace("新成長戦略"), graph.trace("新成長戦略", "受講者数"), graph.gaps().answer,
        graph.diff(2012, 2012).answer, graph.search("戦略"), graph.view("受講者数"), graph.report("受講者数"),
    )  # fmt: skip
    for answer in answers:
        assert 0 < len(repr(answer).splitlines()) <= 45 and len(repr(answer)) < 20_000
        assert repr(answer)[0] not in "{[" and "namespace" not in repr(answer)
    more = repr(answers[0])
    assert ("ほか" if lang == "ja" else "more rows") in more and len(answers[0]) > 100


def test_what_is_shown_in_a_table_is_escaped(store_folder: Path) -> None:
    from konkyo.present.text.frames import html_table

    made = html_table(["<b>"], [["<script>"]] * 60, 60, "ja", "<i>")
    assert "<script>" not in made and "<b>" not in made and "<i>" not in made
    assert made.count("&lt;script&gt;") == 50 and "ほか10行" in made


def test_answers_become_data_frames(store_folder: Path) -> None:
    graph = konkyo.open(store_folder, lang="ja")
    rows = graph.query("justifications")
    frame = rows.to_polars()
    assert len(frame) == len(rows)
    labelled = [name for name in frame.columns if f"{name}_iri" in frame.columns]
    assert labelled and all(str(iri).startswith("http") for iri in frame[f"{labelled[0]}_iri"].drop_nulls())
    assert not any(str(label).startswith("http") for label in frame[labelled[0]].drop_nulls())
    found = graph.search("戦略")
    assert set(found.to_polars()["iri"]) == {item["iri"] for item in found.to_json()["results"]}
    kinds = graph.gaps().to_json()["kinds"]
    assert len(graph.gaps().to_polars()) == sum(len(kind["gaps"]) for kind in kinds)
    assert len(graph.trace("受講者数").to_polars()) > 3
    assert len(graph.diff(2012, 2012).to_polars()) == 0


def test_without_pandas_the_error_says_how_to_get_it(
    store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(konkyo.KonkyoError) as told:
        konkyo.open(store_folder).search("戦略").to_pandas()
    assert "pip install pandas" in told.value._render_traceback_()[0]


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
