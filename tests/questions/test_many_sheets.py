"""Sheets of several ministries and years beside rows of a review, in one store: asked, compared and traced together."""

from __future__ import annotations

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import ID
from konkyo.store import open_store
from support.many_sheets import SLUGS, indicator_of, measure_of, result, transcribed, write_sheets
from support.review_pair import FIRST, write_year

YEARS = (2020, 2021, 2022)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("many")
    (folder / "sheets").mkdir()
    for path in write_sheets(folder / "files", ministries=2, years=YEARS):
        transcribed(path, folder / "sheets", SLUGS)
    rows = write_year(folder / "rows", 2023, FIRST)
    build([folder / "sheets", rows], folder / "store")
    return KnowledgeGraph(open_store(folder / "store"), "ja")


def test_a_strategy_justifies_measures_of_several_ministries_by_sheets_and_by_projects(
    graph: KnowledgeGraph,
) -> None:
    rows = list(run(graph.store, "measures-by-strategy", strategy=f"{ID}strategy/honebuto"))
    own = {row["measure"].value for row in rows if int(row["sheets"].value)}
    under = {row["measure"].value for row in rows if int(row["projects"].value)}
    assert len(own) == 4 and under and not own & under
    assert {row["ministry"].value for row in rows} == {f"{ID}org/kankyo", f"{ID}org/soumu"}
    assert {row["year"].value.rpartition("/")[2] for row in rows if row["measure"].value in own} == {
        "2021",
        "2022",
        "2023",
    }


def test_results_of_three_years_are_one_series(graph: KnowledgeGraph) -> None:
    rows = list(
        run(graph.store, "sheet-indicator-over-years", indicator=f"{ID}indicator/soumu-4-1/1", role="result")
    )
    found = {row["year"].value.rpartition("/")[2]: row["value"].value for row in rows}
    assert found == {"2019": result(1, 2019), **{str(year): result(1, year) for year in YEARS}}
    assert len({row["sheet"].value for row in rows}) == 3 and len({row["series"].value for row in rows}) == 1


def test_a_name_means_the_latest_sheet_and_its_trace_tells_what_older_ones_state(
    graph: KnowledgeGraph,
) -> None:
    said = str(graph.trace(indicator_of(1)))
    assert "総務省4－①" in said and f"実績 {result(1, 2022)}" in said
    assert "先の目標: 202件以上（令和7年度）（令和3年度評価書）" in said
    assert f"先の実績: {result(1, 2020)}" in said
    older = str(graph.trace(indicator_of(1), year=2022))
    assert "総務省3－①" in older and "先の" not in older


def test_what_changed_between_two_sheets(graph: KnowledgeGraph) -> None:
    kinds = {change.kind: change for change in graph.diff(2021, 2022, measure=measure_of(1)).answer.changes}
    assert set(kinds) == {"moved", "indicator"}
    told = kinds["indicator"]
    assert told.old and told.new
    # The result of the year that only the later sheet has is no change; the target of one and the same year is.
    assert (told.old.ja, told.new.ja) == ("2025年度目標 202件以上", "2025年度目標 203件以上")
    assert [c for c in graph.diff(2022, 2023).answer.changes if c.kind.startswith("indicator-")] == []


def test_each_stated_link_has_a_place(graph: KnowledgeGraph) -> None:
    """A cell of a workbook and a page of a PDF are told as lines of a text and rows of a table are."""
    places = [row["place"] for row in run(graph.store, "stated-justifications")]
    assert places and None not in places
    assert any("!" in place.value for place in places)
