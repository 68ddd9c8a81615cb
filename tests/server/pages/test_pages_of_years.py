"""Pages and the JSON API of a store with two reviews: each says of which year it speaks, and ``?year=`` chooses another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.store import open_store
from support.pagecheck import read
from support.year_pair import ENDED, MEASURES, NAMES, NEW, RENAMED, SAME, build_years

HTML = {"Accept": "text/html", "Accept-Language": "ja"}
PROJECT = f"/page/id/project/{SAME}"
ONLY = {
    2024: ("2023-06-16）", "先の課", "現状通り", "見本が根付く", MEASURES[2024]),
    2025: ("2024-06-21）", "後の課", "事業内容の一部改善", "見本が広く根付く", MEASURES[2025]),
}


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory, make_client: Callable[..., TestClient]) -> TestClient:
    return make_client(KnowledgeGraph(open_store(build_years(tmp_path_factory.mktemp("years")))))


def shown(client: TestClient, path: str) -> str:
    """The text of a page, without what it says of all years."""
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text
    return read(answer.text).text.split("すべての記述")[0]


@pytest.mark.parametrize("asked", ["", "?year=2024", "?year=R6", "?year=2025"])
def test_the_page_of_a_project_is_of_one_year(years: TestClient, asked: str) -> None:
    year = 2024 if asked in ("?year=2024", "?year=R6") else 2025
    text = shown(years, PROJECT + asked)
    assert f"年度: {year}年度のレビュー。ほかの年度: {2024 + 2025 - year}" in text
    assert all(words in text for words in ONLY[year])
    told = text.split("年度ごとの掲載")[0]  # each year's appearance is shown with its year
    assert not any(words in told for words in ONLY[2024 + 2025 - year])


def test_amounts_are_the_latest_tellings_and_name_older_ones(years: TestClient) -> None:
    text = shown(years, PROJECT)
    assert "1,250 令和6年度レビューでは1,300円" in text and "1,200" in text
    assert "1,250" not in shown(years, f"{PROJECT}?year=2024")


def test_links_keep_the_year_that_was_asked_for(years: TestClient) -> None:
    page = years.get(f"{PROJECT}?year=2024", headers=HTML).text
    assert 'href="/page/id/org/soumu?year=2024"' in page and 'href="/strategies?year=2024"' in page
    assert f'href="{PROJECT.replace("/id", "/id")}?year=2025"' in page
    assert "（一番新しいレビューを見る）" in page and f'href="{PROJECT}"' in page
    # What takes no year is given none.
    assert 'href="/about"' in page and 'href="/compare"' in page
    latest = years.get(PROJECT, headers=HTML).text
    assert 'href="/page/id/org/soumu"' in latest and "一番新しい" not in latest


def test_a_project_that_ended_says_so(years: TestClient) -> None:
    text = shown(years, f"/page/id/project/{ENDED}")
    assert "年度: 2024年度のレビュー。このデータにある2025年度の資料には載っていません" in text


def test_pages_over_many_things_are_of_one_year(years: TestClient) -> None:
    for path in ("/page/id/org/soumu", "/page/id/strategy/honebuto", "/search?q=見本の"):
        sign = "&" if "?" in path else "?"
        latest, before = shown(years, path), shown(years, f"{path}{sign}year=2024")
        assert "年度: 2025年度のレビュー" in latest and "年度: 2024年度のレビュー" in before
        assert NAMES[2025][NEW] not in before
        if not path.startswith("/search"):
            assert NAMES[2024][ENDED] in before and NAMES[2024][ENDED] not in latest
            assert NAMES[2025][NEW] in latest
    assert "終わる見本 9103 総務省 2024年度" in shown(years, "/search?q=終わる見本")
    for path in ("/", "/ministries", "/strategies"):
        assert "年度: 2025年度のレビュー" in shown(years, path)
        assert "年度: 2024年度のレビュー" in shown(years, f"{path}?year=2024")


def test_a_page_about_no_document_of_a_year_names_none(years: TestClient) -> None:
    for path in ("/page/code/stated", "/page/id/evidence/rs-2025/1-2/r2/4"):
        answer = years.get(path, headers=HTML)
        assert answer.status_code in (200, 404) and "年度のレビュー。ほかの年度" not in answer.text


def test_the_viewer_and_its_neighbours_are_of_one_year(years: TestClient) -> None:
    page = years.get(f"/view?thing=project/{SAME}&year=2024", headers=HTML).text
    assert "2024年度のレビュー" in page and "year=2024" in page and "--year" not in page
    made = years.get(f"/api/network?thing=project/{SAME}&year=2024&depth=3").json()
    assert not any("/rs-2025/" in node["iri"] for node in made["nodes"])


def test_the_api_takes_a_year(years: TestClient) -> None:
    for path in (f"/api/entity?thing=project/{SAME}", f"/api/trace?thing=project/{SAME}"):
        latest, before = years.get(path).json(), years.get(f"{path}&year=2024").json()
        assert (latest["of"]["year"], latest["of"]["asked"], latest["of"]["others"]) == (2025, False, [2024])
        assert (before["of"]["year"], before["of"]["asked"]) == (2024, True)
        units = [
            f["text"]["ja"] for made in (latest, before) for f in made["facts"] if f["name"]["en"] == "Office"
        ]
        assert units == ["見本局 後の課", "見本局 先の課"]
    found = years.get("/api/search?q=2024年度の概要&year=2024").json()
    assert found["of"]["year"] == 2024 and found["total"] == 5
    chains = years.get(f"/api/between?from=strategy/honebuto&to=project/{SAME}&year=2024").json()
    assert chains["of"]["year"] == 2024 and chains["total"] == 1


@pytest.mark.parametrize(
    "path",
    [
        *("/?x=1", "/ministries?x=1", "/strategies?x=1", f"{PROJECT}?x=1", "/search?q=a", "/gaps?x=1"),
        f"/view?thing=project/{SAME}",
        *(f"/api/{name}?thing=project/{SAME}" for name in ("entity", "trace", "network")),
        *("/api/search?q=a", f"/api/between?from=strategy/honebuto&to=project/{SAME}", "/api/gaps?x=1"),
    ],
)
def test_an_unknown_year_names_those_that_are_there(years: TestClient, path: str) -> None:
    asked = path.replace("x=1", "year=1999") if "x=1" in path else f"{path}&year=1999"
    answer = years.get(asked, headers={"Accept-Language": "ja"})
    assert answer.status_code == 400 and "2012, 2024, 2025" in answer.text


def test_the_comparison_of_one_project(years: TestClient) -> None:
    made = years.get(f"/api/diff?before=2024&after=2025&project={SAME}").json()
    kinds = {row["kind"] for row in made["rows"]}
    assert {"moved", "money", "restated", "indicator"} <= kinds and "new" not in kinds
    text = shown(years, f"/compare?before=2024&after=2025&project={SAME}")
    assert "2024年度 1,300円" in text and "2025年度 1,500円" in text and "金額の改め" in text
    # Of all projects together only bases and names, unless it is asked for.
    whole = years.get("/api/diff?before=2024&after=2025&limit=1000").json()
    assert whole["counts"]["renamed"] == 1 and whole["counts"]["money"] == 0
    money = years.get("/api/diff?before=2024&after=2025&about=money").json()
    assert {row["kind"] for row in money["rows"]} == {"money", "restated"}
    assert years.get("/api/diff?before=2024&after=2025&about=budget").status_code == 400
    assert NAMES[2025][RENAMED] in shown(years, "/compare?before=2024&after=2025")
