"""Review sheets in a store, beside RS files: what can be asked of them, and what they must not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.graph.lookup.things import find
from konkyo.graph.years import years
from konkyo.store import EmbeddedStore, open_store
from support.judgit_sheets import budget, lines, payee, samples, sheet
from support.rs_rows import sample, write_zip

PREFIXES = """PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX c: <https://w3id.org/konkyo/code/>
PREFIX id: <https://w3id.org/konkyo/id/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX org: <http://www.w3.org/ns/org#>
"""
NAMED_ALIKE = "見本事業9001"


def column(store: EmbeddedStore, text: str) -> list[str]:
    return [row[0].value for row in store.select(PREFIXES + text)]


def inputs(top: Path) -> Path:
    top.mkdir()
    for kind in ("1-1", "1-2", "1-3", "2-1", "5-1"):
        write_zip(top, kind, sample(kind))
    # One that bears the name of a project of 2024, in two reviews.
    paid = [payee("総務省", 1.0, "2000012020001")]
    again = [
        sheet(year, "0099", 事業名=NAMED_ALIKE, 予算=[budget(2019, 5.0)], 支出先=paid)
        for year in (2020, 2023)
    ]
    (top / "sheets.ndjson").write_bytes(lines([*samples(), *again]))
    return top


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("judgit")
    build([inputs(top / "in")], top / "store")
    return top / "store"


@pytest.fixture(scope="module")
def store(folder: Path) -> EmbeddedStore:
    return open_store(folder)


@pytest.fixture(scope="module")
def graph(store: EmbeddedStore) -> KnowledgeGraph:
    return KnowledgeGraph(store)


def test_the_store_holds_all_years_and_keeps_the_shapes(graph: KnowledgeGraph) -> None:
    held = years(graph.store)
    assert {year: held[year] for year in (2015, 2020, 2023)} == dict.fromkeys((2015, 2020, 2023), ("judgit",))
    assert "1-2" in held[2024] and "judgit" not in held[2024]
    assert graph.check() == []


def test_each_sheet_is_a_project_of_its_review(store: EmbeddedStore) -> None:
    found = column(store, "SELECT ?y WHERE { ?p a kk:Project ; kk:reviewYear ?y } ORDER BY ?y")
    assert [iri[-4:] for iri in found] == ["2015", "2020", "2020", "2020", "2023", "2023"]
    named = "SELECT ?l WHERE { ?p a kk:Project ; kk:reviewYear <https://w3id.org/konkyo/id/fy/2020> ; skos:prefLabel ?l } ORDER BY ?l"
    assert column(store, named) == ["見本事業0061", "見本事業0062", NAMED_ALIKE]


def test_evidence_leads_to_line_field_and_file(store: EmbeddedStore) -> None:
    text = """SELECT (CONCAT(?file, " ", STR(?row), " ", ?field) AS ?place) WHERE {
      ?p a kk:Project ; dcterms:identifier "0061" ; kk:hasBudgetFigure ?f .
      ?f kk:budgetStage c:executed ; kk:fiscalYear <https://w3id.org/konkyo/id/fy/2017> ; kk:row ?row ; kk:evidence ?e .
      ?e kk:column ?field ; oa:hasSource/dcterms:title ?file }"""
    assert column(store, text) == ["sheets.ndjson 2 予算/執行額"]


def test_one_body_is_one_node_in_both_sources(store: EmbeddedStore) -> None:
    """総務省 is paid by its 法人番号 in a sheet, and in charge of projects of the RS files."""
    paid = column(store, "SELECT DISTINCT ?o WHERE { ?p kk:payee ?o . ?x kk:ministry ?o }")
    assert paid == ["https://w3id.org/konkyo/id/org/soumu"]
    assert (
        len(column(store, 'SELECT DISTINCT ?a WHERE { ?a a kk:Account ; skos:prefLabel "一般会計"@ja }')) == 1
    )


def test_a_wrong_or_missing_number_names_nobody_beyond_its_sheet(store: EmbeddedStore) -> None:
    text = 'SELECT ?n WHERE { ?o skos:prefLabel "見本大学"@ja ; skos:note ?n }'
    (note,) = column(store, text)
    assert "1234567890123" in note or "9999999999999" in note


def test_results_and_targets_by_year(store: EmbeddedStore) -> None:
    text = """SELECT (CONCAT(?kind, " ", STRAFTER(STR(?y), "fy/"), " ", STRAFTER(STR(?r), "code/"), " ", ?t) AS ?all) WHERE {
      ?p dcterms:identifier "0061" ; kk:hasLogicStep ?s . ?s kk:kind ?k ; kk:hasIndicator ?i . ?i kk:hasValue ?v .
      ?v kk:statedText ?t ; kk:valueRole ?r ; kk:fiscalYear ?y . BIND(STRAFTER(STR(?k), "code/") AS ?kind) } ORDER BY ?all"""
    assert column(store, text) == [
        "outcome 2018 result 51.5",
        "outcome 2018 target 50.0",
        "outcome 2019 result 60.0",
        "outcome 2019 target 65.0",
        "outcome 2022 target 80",
        "output 2018 result 100.0",
        "output 2018 target 120.0",
        "output 2019 result 130.0",
    ]


def test_what_the_sheets_have_no_field_for_is_no_gap(graph: KnowledgeGraph) -> None:
    told = graph.gaps(year=2020).answer
    assert all(found.unanswered and not found.lines for found in told.found)
    assert "JUDGIT" in told.caution().ja and "JUDGIT" in told.caution().en
    assert {(kind["answered"], kind["count"]) for kind in told.to_json()["kinds"]} == {(False, None)}
    # Nor does any other year count them: asked without a year, the query has no project of these reviews.
    elements = column(graph.store, graph_query("gap-projects-without-basis"))
    assert elements and not [iri for iri in elements if "judgit" in iri]


def graph_query(name: str) -> str:
    from konkyo.graph.stored_queries import stored

    return (
        stored(name)
        .bind({})
        .replace("SELECT DISTINCT ?ministry ?element", "SELECT DISTINCT ?element ?ministry")
    )


def test_a_name_means_the_project_that_goes_on_before_those_of_single_reviews(store: EmbeddedStore) -> None:
    assert find(store, NAMED_ALIKE).iri.endswith("project/9001")
    assert find(store, NAMED_ALIKE, year=2020).iri.endswith("project/judgit-2020/soumu/0099")
    assert find(store, "見本事業0061").iri.endswith("project/judgit-2020/soumu/0061")
    assert find(store, "9001").iri.endswith("project/9001")
    # A number of one ministry and year is no name of its project; here it is but a part of one.
    keys = column(store, 'SELECT ?s WHERE { ?s kk:searchKey ?k FILTER(?k IN ("0061", "予算事業0061")) }')
    assert keys == []


def test_single_reviews_are_not_compared_over_a_year_without_any(graph: KnowledgeGraph) -> None:
    answer = graph.diff("2020", "2024").answer
    assert not [change for change in answer.changes if change.kind in ("new", "gone")]
    assert any("2021・2022" in note.ja for note in answer.notes if hasattr(note, "ja"))


def test_a_trace_tells_the_project_of_a_sheet(graph: KnowledgeGraph) -> None:
    told = graph.trace("見本事業0061").to_json()
    assert "judgit-2020" in told["thing"]["iri"]
    # That a sheet without such a field states no plan is not told as if none were found.
    assert [note["code"] for note in told["missing"]] == ["no-field-for-strategies"]


def test_sums_over_the_government_count_none_five_times(graph: KnowledgeGraph) -> None:
    from konkyo.server.pages.money import _amounts, known_years

    assert not [iri for amounts in _amounts(graph.store, None).values() for iri in amounts if "judgit" in iri]
    # 2014 is told by a sheet of 2015 alone, which is no review of 2014.
    known = [year for year, _ in known_years(graph.store)]
    assert 2015 in known and 2014 not in known


def test_adding_sheets_changes_nothing_of_the_rs_files(folder: Path, tmp_path: Path) -> None:
    """Built alone or beside the sheets, the graphs of the RS files are the same."""
    top = inputs(tmp_path / "in")
    (top / "sheets.ndjson").unlink()
    build([top], tmp_path / "store")
    alone, beside = open_store(tmp_path / "store"), open_store(folder)
    for name in alone.graphs():
        if "/rs-" in name:
            assert set(map(str, alone.triples(name))) == set(map(str, beside.triples(name))), name


def test_keep_adds_a_year_to_a_store(tmp_path: Path) -> None:
    early, late = tmp_path / "a.ndjson", tmp_path / "b.ndjson"
    early.write_bytes(lines([sheet(2019)]))
    late.write_bytes(lines([sheet(2020)]))
    build([early, late], tmp_path / "both")
    build([early], tmp_path / "kept")
    build([late], tmp_path / "kept", keep=True)
    both, kept = (open_store(tmp_path / name) for name in ("both", "kept"))
    assert {name: len(list(both.triples(name))) for name in both.graphs()} == {
        name: len(list(kept.triples(name))) for name in kept.graphs()
    }
