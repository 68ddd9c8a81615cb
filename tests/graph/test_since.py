"""``--since``: what is of a year before it is left out, be it a review, an amount or a result, wherever years are told of."""

from __future__ import annotations

import json

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.graph.asked_years import Period, period, since_of, year_of
from konkyo.graph.search import search
from konkyo.graph.stored_queries import parse, run, stored
from konkyo.present.report import make, report_csv
from konkyo.server.http.parameters import asked_years

PROJECT = "project/judgit-2019/soumu/0021"


def folder(graph: KnowledgeGraph) -> str:
    return str(graph.store.folder.parent)  # type: ignore[union-attr,attr-defined]


def test_a_period_is_read_as_years_are() -> None:
    assert period("R6", None) == "R6" and period(None, "令和元年度") == Period(None, 2019)
    assert period("2024", 2019) == Period(2024, 2019) == asked_years({"year": 2024, "since": 2019})
    assert (year_of(Period(2024, 2019)), since_of(Period(2024, 2019)), since_of("2024")) == (2024, 2019, None)
    for year, since in (("2018", "2019"), (None, "いつか")):
        with pytest.raises(KonkyoError):
            period(year, since)


def test_a_trace_tells_of_no_year_before(reviews_graph: KnowledgeGraph) -> None:
    whole = json.dumps(reviews_graph.trace(PROJECT).to_json(), ensure_ascii=False)
    assert "平成28年度予算" in whole and "2017年度のレビューから3回" in whole
    answer = reviews_graph.trace(PROJECT, since=2018).to_json()
    told = {fact["key"]: fact for fact in answer["facts"]}
    money = [fact for fact in answer["facts"] if fact["key"] == "budget"]
    assert [fact["year"]["ja"][:4] for fact in money] == ["平成30", "平成31"]
    assert "2018年度のレビューから2回" in told["over-reviews"]["text"]["ja"] and "continues" in told
    assert answer["of"]["since"] == 2018 and "since" not in reviews_graph.trace(PROJECT).to_json()["of"]
    assert answer["kept"] == [{"ja": "年度: 2018年度以降", "en": "years: from FY2018 on"}]
    later = {fact["key"] for fact in reviews_graph.trace(PROJECT, since=2019).to_json()["facts"]}
    assert not {"continues", "over-reviews"} & later
    with pytest.raises(KonkyoError) as error:
        reviews_graph.trace(PROJECT, since=2030)
    assert "2024" in error.value.hint.ja  # type: ignore[union-attr]


def test_a_report_has_the_years_and_says_how_to_ask_for_them(reviews_graph: KnowledgeGraph) -> None:
    whole, part = (
        report_csv(make(reviews_graph.store, PROJECT, year=asked), "ja")
        for asked in (None, period(None, 2018))
    )
    assert "平成28年度" in whole and "平成28年度" not in part.replace("2015", "") and "平成30年度" in part
    assert "since=2018年度" in report_csv(make(reviews_graph.store, None, year=period(None, 2018)), "ja")


def test_a_stored_query_leaves_out_rows_of_years_before(reviews_graph: KnowledgeGraph) -> None:
    start = reviews_graph.resolve_parameters(stored("project-over-reviews"), {"start": PROJECT})["start"]
    name = "project-over-reviews"
    every = [row["review"].value[-4:] for row in run(reviews_graph.store, name, start=start)]
    some = [
        row["review"].value[-4:] for row in run(reviews_graph.store, name, start=start, since="平成30年度")
    ]
    assert every == ["2019", "2018", "2017"] and some == ["2019", "2018"]  # in the same order
    # Every year of a row counts: what a review of 2019 tells of 2017 is of 2017.
    rows = list(run(reviews_graph.store, "diff-money", project=start, since="2018"))
    assert rows and all(row["fiscal"].value[-4:] >= "2018" for row in rows)
    # A query of a person without columns takes none.
    with pytest.raises(KonkyoError):
        parse("own", "SELECT * WHERE { ?s ?p ?o }").bind({"since": "2018"})
    with pytest.raises(KonkyoError):
        stored(name).bind({"since": "いつか"})


def test_a_search_finds_nothing_that_only_earlier_documents_show(reviews_graph: KnowledgeGraph) -> None:
    store = reviews_graph.store
    assert search(store, "終わる事業", year=period(None, 2018)).total == 1
    assert search(store, "終わる事業", year=period(None, 2019)).total == 0
    assert search(store, "始まる事業", year=period(None, 2019)).total == 1


def test_a_comparison_leaves_out_amounts_of_years_before(reviews_graph: KnowledgeGraph) -> None:
    kinds = {
        (c.kind, c.old.ja[:4])
        for c in reviews_graph.diff(2017, 2019, about=["money"]).answer.changes
        if c.old
    }
    assert ("restated", "2017") in kinds
    assert not reviews_graph.diff(2017, 2019, about=["money"], since=2018).answer.changes


def test_gaps_of_a_year_before_are_left_out(reviews_graph: KnowledgeGraph) -> None:
    assert reviews_graph.gaps(since=2019).answer.others == (2023, 2019)
    with pytest.raises(KonkyoError):
        reviews_graph.gaps(year=2017, since=2018)


@pytest.mark.parametrize(
    "words",
    [
        ["trace", PROJECT, "--since", "2018"],
        ["search", "見本", "--since", "2018"],
        ["gaps", "--since", "2018"],
        ["diff", "2018", "2019", "--since", "2018"],
        ["query", "project-over-reviews", f"start={PROJECT}", "--since", "2018"],
        ["report", PROJECT, "--since", "2018", "--format", "text"],
    ],
)
def test_the_commands_take_it(
    reviews_graph: KnowledgeGraph, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--store", folder(reviews_graph), *words]) == 0
    shown = capsys.readouterr().out
    assert shown and "平成28年度" not in shown and "2016年度" not in shown
