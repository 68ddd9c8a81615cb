"""What a page says a thing is: a code, a citation and what it denotes, a plan and its only edition, sums with their warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.model.namespaces import BASE, KK
from konkyo.store import open_store
from support.pagecheck import read
from support.review_pair import NEW

JA = {"Accept": "text/html", "Accept-Language": "ja"}
UNKNOWN = "令和４年７月15日付閣議了解"
EN = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def graph(pair_folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(pair_folder))


@pytest.fixture(scope="module")
def pair(graph: KnowledgeGraph, make_client: Callable[..., TestClient]) -> TestClient:
    return make_client(graph)


def citation(graph: KnowledgeGraph, text: str) -> str:
    rows = graph.store.select(f'SELECT ?c WHERE {{ ?c a <{KK}Citation> ; <{KK}statedText> "{text}"@ja }}')
    return "/page/" + next(iter(rows))["c"].value.removeprefix(BASE)


def test_a_code_is_called_a_code_of_its_list(client: TestClient) -> None:
    for path, ja, en in (
        ("/page/code/stated", "コード（主張の水準）", "Code (claim level)"),
        ("/page/code/ClaimLevel", "コード表", "Code list"),
    ):
        for headers, words in ((JA, ja), (EN, en)):
            text = client.get(path, headers=headers).text
            assert words in text
            assert f"{KK}Concept" not in text, "there is no such class"
    assert "資料にそう書かれている。" in client.get("/page/code/stated", headers=JA).text.split("<details")[0]
    thing = client.get("/api/entity", params={"thing": f"{BASE}code/stated"}).json()["thing"]
    assert thing["kind_label"] == {"ja": "コード", "en": "Code"}


def test_a_citation_says_first_what_it_denotes(graph: KnowledgeGraph, pair: TestClient) -> None:
    page = pair.get(citation(graph, NEW), headers=JA).text
    told = page.split("<h2")[1]
    assert told.startswith(' id="means-h">指すもの')
    assert '<span class="level derived">導出</span>' in told and "理由" in told
    links = read(page).links
    assert "/page/id/strategy/honebuto" in links and "/page/id/strategy/honebuto/2025-06-13" in links
    assert "What it denotes" in pair.get(citation(graph, NEW), headers=EN).text


def test_a_citation_that_means_nothing_known_says_so(graph: KnowledgeGraph, pair: TestClient) -> None:
    page = read(pair.get(citation(graph, UNKNOWN), headers=JA).text)
    assert page.faults == [] and "決まっていません" in page.text


def test_a_plan_and_its_edition_are_told_apart_in_a_list(client: TestClient) -> None:
    page = read(client.get("/search?q=新成長戦略&kind=strategy", headers=JA).text)
    assert "全1版" in page.text or "全2版" in page.text
    assert "2010-06-18の版" in page.text


@pytest.mark.parametrize("path", ["/page/id/strategy/honebuto", "/page/id/org/soumu"])
def test_sums_of_several_years_say_which_projects_they_lack(pair: TestClient, path: str) -> None:
    assert "2023年度より前に終わった事業は含まない" in pair.get(path, headers=JA).text
    assert "those that ended before 2023 are not in it" in pair.get(path, headers=EN).text


@pytest.mark.parametrize(
    "path", ["/page/id/strategy/honebuto", "/page/id/org/soumu", "/page/id/project/9001"]
)
def test_english_pages_count_and_bracket_in_english(pair: TestClient, path: str) -> None:
    text = read(pair.get(path, headers=EN).text).text
    own = text.replace("（根拠）", "")
    assert not re.search(r"\b1 (projects|spellings|fields|lines)\b", own)
    # Names of the data have brackets of their own, numbers of ours have not.
    assert not re.search(r"（[0-9,]+）|（(derived|stated|interpreted)）", own)


def test_a_measure_says_what_the_projects_under_it_rest_on(pair: TestClient) -> None:
    found = pair.get("/api/search", params={"q": "電波の利用の推進", "kind": "policy"}).json()["results"]
    path = "/page/" + next(item["iri"] for item in found if "/measure/" in item["iri"]).removeprefix(BASE)
    page = read(pair.get(path, headers=JA).text)
    assert "この施策に置かれた予算事業" in page.text and "2件、うち計画又は法令を引くものは2件" in page.text
    assert "/page/id/strategy/honebuto" in page.links
