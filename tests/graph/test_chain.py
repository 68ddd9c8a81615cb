"""Money of a project along the reviews that it goes on from: each fiscal year once, as the latest review that knows it tells it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.graph.amounts import amounts
from konkyo.graph.chain import chain
from konkyo.graph.facts import load_facts
from konkyo.graph.reader import Reader
from konkyo.model.identifiers import project, year_number
from konkyo.present.prose import paragraph
from konkyo.server.pages import entity
from konkyo.store import EmbeddedStore, open_store
from support.judgit_sheets import Sheet, budget, lines, sheet
from support.rs_rows import row, write_zip

EARLIER = "関連する過去のレビューシート"


def told(
    year: int, number: str, name: str, budgets: dict[int, tuple[float, ...]], **changes: object
) -> Sheet:
    made = [budget(fiscal, *stages) for fiscal, stages in budgets.items()]
    return sheet(year, number, 事業名=name, 予算=made, **{EARLIER: [], **changes})


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    top = tmp_path_factory.mktemp("chain")
    named = [{"年度": 2021, "府省庁": "総務省", "事業番号1": None, "事業番号2": "0001", "事業番号3": None}]
    sheets = [
        # initial, supplementary, carried over, carried forward, reserve, total, executed
        told(
            2021, "0001", "見本事業", {2019: (3.0, 0, 0, 0, 0, 3.0, 2.5), 2020: (10.0, 0, 0, 0, 0, 10.0, 9.0)}
        ),
        told(
            2022,
            "0002",
            "見本事業",
            {2020: (10.0, 1.0, 0, 0, 0, 11.0, 9.5), 2021: (12.0,)},
            **{EARLIER: named},
        ),
        told(2023, "0003", "見本事業", {2021: (12.0, 0, 0, 0, 0, 12.0, 11.0), 2022: (14.0,), 2023: (20.0,)}),
        # A split: 2023's two parts were one, and one of them goes on.
        told(2022, "0010", "河川とダム", {2021: (1679.0,), 2022: (1781.0,)}),
        told(2023, "0011", "河川", {2021: (1131.0,), 2022: (1012.0,), 2023: (1028.0,)}),
        told(2023, "0012", "ダム", {2021: (548.0,), 2022: (769.0,), 2023: (617.0,)}),
    ]
    (top / "a.ndjson").write_bytes(lines(sheets))
    write_zip(
        top,
        "1-2",
        [row("1-2", n, 事業名=name, 府省庁="総務省") for n, name in (("9001", "見本事業"), ("9002", "河川"))],
    )
    money = {
        "当初予算（合計）": "14034000",
        "執行額（合計）": "13999000",
        "計（歳出予算現額合計）": "14034000",
    }
    later = {"当初予算（合計）": "25000000", "執行額（合計）": "24000000"}
    write_zip(
        top,
        "2-1",
        [
            row("2-1", "9001", 予算年度="2022", **money),
            row("2-1", "9001", 予算年度="2023", **later),
            row("2-1", "9002", 予算年度="2023", **later),
        ],
    )
    build([top / "a.ndjson", *top.glob("*.zip")], top / "store")
    return KnowledgeGraph(open_store(top / "store"))


def initial(
    graph: KnowledgeGraph, number: str, stage: str = "initial"
) -> dict[int, tuple[int, int, list[int]]]:
    """Yen, the review that tells it, and what earlier ones told otherwise, by fiscal year."""
    reader, iri = Reader(graph.store), project(number)
    load_facts(reader, [iri], over_reviews=True)
    return {
        year_number(year): (
            amount.yen,
            year_number(amount.review or ""),
            [other.yen for other in amount.older],
        )
        for (year, code), several in amounts(reader, iri).items()
        if code.endswith(f"/{stage}")
        for amount in several
    }


def test_the_latest_review_that_knows_a_year_counts(graph: KnowledgeGraph) -> None:
    assert initial(graph, "9001") == {
        2019: (3_000_000, 2021, []),
        2020: (10_000_000, 2022, []),
        2021: (12_000_000, 2023, []),
        2022: (14_034_000, 2024, []),  # 14 百万円 in 2023: rounded, and no other amount
        2023: (25_000_000, 2024, [20_000_000]),
    }
    assert initial(graph, "9001", "executed") == {
        2019: (2_500_000, 2021, []),
        2020: (9_500_000, 2022, [9_000_000]),
        2021: (11_000_000, 2023, []),
        2022: (13_999_000, 2024, []),
        2023: (24_000_000, 2024, []),
    }


def test_the_levels_of_a_chain_and_where_it_ends(graph: KnowledgeGraph) -> None:
    found = chain(graph.store, project("9001"))
    assert [(year_number(one.review), one.level) for one in found.befores] == [
        (2023, "derived"),
        (2022, "derived"),
        (2021, "derived"),  # stated itself, but reached by what is derived
    ]
    assert not found.ends_apart
    found = chain(graph.store, project("judgit-2022/soumu/0002"))
    assert [one.level for one in found.befores] == ["stated"] and not found.ends_apart
    # What was told of the whole is no amount of its part.
    found = chain(graph.store, project("9002"))
    assert len(found.befores) == 1 and found.ends_apart
    assert initial(graph, "9002")[2022] == (1_012_000_000, 2023, [])


def test_a_trace_says_in_a_sentence_what_is_known(graph: KnowledgeGraph) -> None:
    facts = {fact["key"]: fact["text"] for fact in graph.trace("project/9001").to_json()["facts"]}
    assert facts["over-reviews"]["ja"] == (
        "2021年度のレビューから4回のレビューに続く（前のシートとの結び付きは導出を含む）。"
        "当初予算は2019～2023年度の5年度分で計0.6億円。執行額は2019～2023年度の5年度分で計0.6億円。"
    )
    assert (
        "分割又は統合"
        in {fact["key"]: fact["text"]["ja"] for fact in graph.trace("project/9002").to_json()["facts"]}[
            "over-reviews"
        ]
    )
    prose = paragraph(graph.trace("project/9001").answer, "ja")
    assert (
        "は、2021年度のレビューから4回のレビューに続く（前のシートとの結び付きは導出を含む）。当初予算は"
        in prose
    )
    assert "。である" not in prose
    shown = [fact for fact in graph.trace("project/9001").to_json()["facts"] if fact["key"] == "budget"]
    assert any("9,000,000円" in fact["text"]["ja"] and "レビューでは" in fact["text"]["ja"] for fact in shown)
    # Of a year that was asked for only the review of that year tells.
    asked = graph.trace("project/judgit-2022/soumu/0002", year=2022).to_json()["facts"]
    assert "over-reviews" not in {fact["key"] for fact in asked}


@pytest.fixture
def asked(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that are asked of the store from now on."""
    texts: list[str] = []
    answer = EmbeddedStore.select

    def noted(store: EmbeddedStore, text: str) -> ox.QuerySolutions:
        texts.append(text)
        return answer(store, text)

    monkeypatch.setattr(EmbeddedStore, "select", noted)
    return texts


def shown(graph: KnowledgeGraph, key: str) -> str:
    at = {
        "lang": "ja",
        "chosen": False,
        "root": "",
        "origin": "http://x",
        "path": "/",
        "query": [],
        "version": "0",
    }
    everything = dict.fromkeys(("level", "ministry", "edition", "year", "since"))
    _, made = entity.page(graph, at, {**everything, "limit": 50, "offset": 0, "kind": "id", "key": key})
    return made.decode()


def test_a_ministry_is_shown_without_asking_for_the_projects_of_other_reviews(
    graph: KnowledgeGraph, asked: list[str]
) -> None:
    """Of ten years nine in ten projects are of other reviews than the one that is shown."""
    page = shown(graph, "org/soumu")
    assert "見本事業" in page and "ダム" not in page
    traced = graph.trace("総務省").to_json()["placed"]
    assert [(one["year"], one["projects"]) for one in traced] == [
        ("2021", 1),
        ("2022", 2),
        ("2023", 3),
        ("2024", 2),
    ]
    assert len(asked) > 20 and not [text for text in asked if "project/judgit-" in text]


def test_a_page_of_a_project_reads_its_amounts_once_and_those_before_once(
    graph: KnowledgeGraph, asked: list[str]
) -> None:
    assert "14,034,000" in shown(graph, "project/9001")
    assert len([text for text in asked if "kk:multiplier" in text]) == 2
