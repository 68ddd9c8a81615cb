"""Two years compared: projects only, what both years state, and the same question asked alike everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.common.advice import Advice, Code, plain
from konkyo.model.namespaces import ID
from konkyo.server.pages import tables
from konkyo.server.pages.money import ended, money
from konkyo.store import open_store
from support.pagecheck import read

HTML = {"Accept": "text/html", "Accept-Language": "ja"}


@pytest.fixture(scope="module")
def graph(pair_folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(pair_folder))


@pytest.fixture(scope="module")
def pair(graph: KnowledgeGraph, make_client: Callable[..., TestClient]) -> TestClient:
    return make_client(graph)


def test_sums_are_over_the_projects_that_state_both_years(graph: KnowledgeGraph, pair: TestClient) -> None:
    made = money(graph.store, 2023, 2024, None)
    # Five projects in each year, at 100 yen; 9003 has ended, 9006 is new.
    assert (made.before, made.before_of, made.after, made.after_of) == (500, 5, 500, 5)
    assert (made.both, made.before_both, made.after_both, made.rows) == (4, 400, 400, [])
    one = money(graph.store, 2023, 2024, "総務省")
    assert (one.before_of, one.after_of, one.both, one.before_both) == (3, 2, 2, 200)
    html = pair.get("/compare?before=2023&after=2024", headers=HTML).text
    text = read(html).text
    assert "両年度に記載のある事業" in text and 'title="400円"' in html and 'title="500円"' in html
    assert "2023年度より前に終わった事業は含まない" in text


def test_two_reviews_of_single_sheets_are_compared_by_what_goes_on(
    reviews_graph: KnowledgeGraph, make_client: Callable[..., TestClient]
) -> None:
    made = money(reviews_graph.store, 2017, 2019, None)
    # 見本事業 and 移る事業 go on; what ended, began, or was split has no other side.
    rows = [(iri.rpartition("judgit-")[2], one, other) for iri, one, other in made.rows]
    assert rows == [("2019/kankyo/0024", 5_000_000, 8_000_000), ("2019/soumu/0021", 5_000_000, 7_000_000)]
    assert (made.both, made.before_of, made.after_of) == (2, 4, 3)
    assert [row[::-1] for row in money(reviews_graph.store, 2019, 2017, "環境省").rows] == []
    answer = make_client(reviews_graph).get("/compare?before=2017&after=2019", headers=HTML)
    text = read(answer.text).text
    assert answer.status_code == 200 and "改称〔導出〕" in text and "続くとする結び付きで同じもの" in text
    assert "2017年度より前に終わった" not in text


def test_a_note_with_advice_is_told(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    advice, real = Advice(Code.NO_STORE), tables.diff
    monkeypatch.setattr(tables, "diff", lambda *of, **named: replace(real(*of, **named), notes=(advice,)))
    none = {**dict.fromkeys(("ministry", "measure", "project", "since")), "about": []}
    made = tables.changes_of({**none, "before": 2023, "after": 2024}).run(graph)
    assert json.loads(made)["notes"] == [list(plain(advice))]


def test_a_year_without_projects_is_not_set_against_another(graph: KnowledgeGraph, pair: TestClient) -> None:
    """The sheet of 2012 states the budget of one measure, which is no sum over projects."""
    made = money(graph.store, 2012, 2024, None)
    assert (made.before, made.before_of, made.both, made.before_both, made.rows) == (None, 0, 0, None, [])
    answer = pair.get("/compare?before=2012&after=2024", headers=HTML)
    assert answer.status_code == 200
    page = read(answer.text)
    assert "2012年度の当初予算を記載する予算事業はないので、金額は比べません" in page.text
    assert "500" not in page.text.split("当初予算の変化")[1].split("konkyo")[0]


@pytest.mark.parametrize(
    "query", ["before=1999&after=2024", "before=2023&after=1999", "before=2011&after=2023"]
)
def test_an_unknown_year_is_told(pair: TestClient, query: str) -> None:
    answer = pair.get(f"/compare?{query}", headers=HTML)
    assert answer.status_code == 400
    assert "ある年度: 2012, 2023, 2024" in answer.text
    assert pair.get(f"/api/diff?{query}").status_code == 400


def test_a_store_without_a_review_has_no_ended_projects(carried: KnowledgeGraph) -> None:
    assert ended(carried.store) is None


@pytest.mark.parametrize(
    "path",
    [
        "/gaps", "/gaps?count=0", "/gaps/projects-without-basis", "/gaps/uncited-strategies", "/compare",
        "/compare?before=2023&after=2024", "/api/gaps", "/api/gaps?count=1", "/api/gaps?name=projects-without-basis",
        "/api/gaps?name=uncited-strategies", "/api/diff?before=2023&after=2024", "/api/trace?thing=strategy/honebuto",
        "/page/id/strategy/honebuto",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("name", "status"), [("zzz", 400), ("省", 400), ("総務省", 200), (f"{ID}org/soumu", 200)]
)
def test_a_ministry_is_known_or_told_to_be_unknown_everywhere(
    pair: TestClient, path: str, name: str, status: int
) -> None:
    answer = pair.get(f"{path}{'&' if '?' in path else '?'}ministry={name}", headers=HTML)
    assert answer.status_code == status, answer.text[:300]
    if status == 400:
        assert "府省庁" in answer.text and "総務省" in answer.text
    elif path.startswith(("/gaps", "/compare")):
        assert f'<option value="{ID}org/soumu" selected>' in answer.text
