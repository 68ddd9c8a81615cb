"""The pages: both languages, without scripts, every link leads somewhere, stated and derived are told apart."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urldefrag

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.common.text import fold
from konkyo.graph.search import write_index
from konkyo.graph.search.write import FILE
from konkyo.model.namespaces import BASE, ID, KK, SKOS
from konkyo.model.ntriples import literal
from konkyo.store import EmbeddedStore, open_store
from konkyo.store.carried import carried_store
from support.pagecheck import read

HTML = {"Accept": "text/html"}
PAGES = [
    "/", "/search", "/search?q=戦略", "/search?q=戦略&kind=strategy", "/search?q=見つからない語", "/ministries", "/strategies",
    "/about", "/gaps", "/gaps?count=0", "/gaps/measures-without-basis", "/compare", "/compare?before=2012&after=2012",
    "/page/id/strategy/shin-seicho", "/page/id/strategy/shin-seicho/2010-06-18", "/page/id/org/soumu",
    "/page/id/indicator/soumu-23-15/3", "/page/id/objective/soumu-23-15/a", "/page/id/sheet/soumu-23-15", "/page/code/stated",
    "/page/graph/soumu-23-15", "/page/id/rule/through-measure", "/page/id/budget/soumu-23-15/2010/initial",
]  # fmt: skip
# Answered by the server's other parts; a report is a page of its own, and one is looked at below.
OTHERS = ("/report", "/sparql", "/id/", "/ns", "/.well-known", "/code/", "/graph/", "/api/")


@pytest.mark.parametrize(
    "path", ["/search?q=施策目標", "/page/id/objective/soumu-23-15/b", "/page/id/indicator/soumu-23-15/5"]
)
def test_the_number_of_an_objective_is_told_in_the_language_of_the_page(
    client: TestClient, path: str
) -> None:
    pages = {lang: client.get(path, headers={**HTML, "Accept-Language": lang}).text for lang in ("ja", "en")}
    number = r'<span class="number">([^<]*)</span>'
    assert any("施策目標" in found for found in re.findall(number, pages["ja"])) or "indicator" in path
    assert not any("目標" in found for found in re.findall(number, pages["en"]))
    assert "b" in re.findall(number, pages["en"]) or "indicator" in path


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_in_both_languages(client: TestClient, path: str, lang: str) -> None:
    answer = client.get(path, headers={**HTML, "Accept-Language": lang})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == lang
    assert {"Accept-Language", "Cookie"} <= {item.strip() for item in answer.headers["vary"].split(",")}
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    page = read(answer.text)
    assert page.faults == []
    assert page.attributes["html"]["lang"] == lang
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") == 1
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "None" not in page.text


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting and len(seen) < 400:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path, headers=HTML)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        if path.startswith("/view"):
            continue  # a page of its own, with scripts by their hashes
        page = read(answer.text)
        assert page.faults == [], path
        own = [urldefrag(link)[0] for link in page.links if link.startswith("/")]
        waiting += [link for link in own if link and not link.startswith(OTHERS) and "lang=en" not in link]
    assert len(seen) > 150


def test_a_chosen_language_stays_in_the_links(client: TestClient) -> None:
    page = read(
        client.get("/page/id/strategy/shin-seicho?lang=en", headers={**HTML, "Accept-Language": "ja"}).text
    )
    own = [link for link in page.links if link.startswith("/page/") and "lang=ja" not in link]
    assert len(own) > 5
    assert all("lang=en" in link for link in own)
    free = read(client.get("/page/id/strategy/shin-seicho", headers={**HTML, "Accept-Language": "en"}).text)
    assert [link for link in free.links if "lang=" in link] == ["/page/id/strategy/shin-seicho?lang=ja"]


def test_levels_are_told_apart(client: TestClient) -> None:
    text = client.get("/page/id/indicator/soumu-23-15/3", headers={**HTML, "Accept-Language": "ja"}).text
    for level, words in (("derived", "導出"), ("interpreted", "解釈"), ("rejected", "不採用")):
        assert f'<span class="level {level}">{words}</span>' in text
    stated = client.get(
        "/page/id/indicator/soumu-23-15/3?level=stated", headers={**HTML, "Accept-Language": "ja"}
    ).text
    assert '<span class="level stated">明記</span>' in stated
    assert '<li class="claim derived">' not in stated
    assert "規則" in text
    assert "L11-12" in text


def test_a_thing_has_values_evidence_and_how_to_cite_it(client: TestClient) -> None:
    page = read(
        client.get("/page/id/indicator/soumu-23-15/3", headers={**HTML, "Accept-Language": "ja"}).text
    )
    for words in (
        "100人以上",
        "総務省23-⑮",
        "この頁の引用",
        "データの版 v1",
        f"{ID}indicator/soumu-23-15/3",
        "Turtle",
    ):
        assert words in page.text
    assert "/id/indicator/soumu-23-15/3.ttl" in page.links
    assert any(link.startswith("/view?thing=") for link in page.links)


def test_a_strategy_shows_its_editions(client: TestClient) -> None:
    page = read(client.get("/page/id/strategy/shin-seicho", headers={**HTML, "Accept-Language": "ja"}).text)
    assert "2010-06-18" in page.text
    assert "/page/id/strategy/shin-seicho/2010-06-18" in page.links


def test_an_unknown_amount_is_not_zero(client: TestClient) -> None:
    measure = read(client.get("/search?q=国際戦略の推進", headers=HTML).text)
    link = next(link for link in measure.links if link.startswith("/page/id/measure/"))
    page = read(client.get(link, headers={**HTML, "Accept-Language": "ja"}).text)
    assert "3,955,984,000" in page.text
    assert "記載なし" in page.text
    assert "区分不明" in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/page/id/no/such", 404), ("/page/id/%E6%97%A5%E6%9C%AC", 404), ("/page/id/%3Cscript%3E", 404), ("/page/xx/y", 404),
        ("/gaps/none", 404), ("/gaps/..%2fx", 404), ("/search?q=x&limit=0", 400), ("/search?nope=1", 400), ("/static/../x", 404),
        ("/static/konkyo.css.map", 404), ("/view", 400), ("/view?thing=無い物", 400), ("/view?thing=戦略", 400),
        ("/compare?before=2012&after=x", 400), ("/compare?before=1999&after=2012", 400), ("/page/id/strategy/shin-seicho?year=x", 400), ("/page/id/" + "x" * 5000, 404),
    ],
)  # fmt: skip
def test_problems_are_pages_with_a_way_on(client: TestClient, path: str, status: int) -> None:
    for lang in ("ja", "en"):
        answer = client.get(path, headers={**HTML, "Accept-Language": lang})
        assert answer.status_code == status, answer.text[:500]
        page = read(answer.text)
        assert page.faults == []
        assert page.attributes["html"]["lang"] == lang
        assert 'role="search"' in answer.text


def test_addresses_of_others_and_of_the_data(client: TestClient) -> None:
    own = client.get("/page", params={"iri": f"{ID}org/soumu"}, follow_redirects=False)
    assert (own.status_code, own.headers["location"]) == (303, "/page/id/org/soumu")
    assert client.get("/page", params={"iri": "https://example.org/x"}, headers=HTML).status_code == 404
    assert client.get("/page", params={"iri": "not an iri"}, headers=HTML).status_code == 404
    assert client.get("/page", headers=HTML).status_code == 400


def test_pages_have_tags_and_answer_304(client: TestClient) -> None:
    for path in ("/", "/page/id/org/soumu", "/static/konkyo.css"):
        tag = client.get(path, headers=HTML).headers["etag"]
        assert client.get(path, headers={**HTML, "If-None-Match": tag}).status_code == 304
    ja = client.get("/", headers={**HTML, "Accept-Language": "ja"}).headers["etag"]
    assert client.get("/", headers={**HTML, "Accept-Language": "en", "If-None-Match": ja}).status_code == 200


def test_the_viewer_brings_its_own_policy_and_asks_this_server_only(client: TestClient) -> None:
    answer = client.get("/view", params={"thing": f"{ID}indicator/soumu-23-15/3"}, headers=HTML)
    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "sha256-" in policy
    assert "frame-ancestors 'self'" in policy
    assert "/api/network?thing={iri}" in answer.text


def test_what_has_a_report_leads_to_it(client: TestClient) -> None:
    page = client.get("/page/id/strategy/shin-seicho", headers={**HTML, "Accept-Language": "ja"}).text
    link = re.search(r'href="(/report\?[^"]*)"', page)
    assert link and 'property="og:title" content="新成長戦略' in page.replace("戦略・計画等 ", "")
    answer = client.get(html.unescape(link[1]), headers={**HTML, "Accept-Language": "ja"})
    policy = answer.headers["content-security-policy"]
    assert (
        answer.status_code == 200
        and "sha256-" in policy
        and "unsafe" not in policy
        and "default-src 'none'" in policy
    )
    assert "新成長戦略" in answer.text and "<script" not in answer.text
    assert client.get("/report?thing=panel/kihon-senryaku-board", headers=HTML).status_code == 400


def test_each_section_of_a_report_has_what_puts_it_into_another_page(client: TestClient) -> None:
    page = client.get("/report?thing=strategy/shin-seicho", headers=HTML)
    assert (
        "konkyo-served-at" not in page.text
        and "frame-ancestors 'self'" in page.headers["content-security-policy"]
    )
    sections = re.findall(r'<section id="([^"]*)"', page.text)
    snippets = re.findall(r'&lt;iframe src="http[^"]*?(/embed/report\?[^"#]*)#([^"]*)"', page.text)
    assert snippets and [key for _, key in snippets] == [
        key for key in sections if key not in ("rules", "references")
    ]
    frame = client.get(snippets[0][0], headers=HTML)
    assert frame.headers["content-security-policy"].endswith("frame-ancestors *")
    assert '<html class="part"' in frame.text and f'<section id="{snippets[0][1]}"' in frame.text
    assert "unsafe" not in frame.headers["content-security-policy"]


def test_behind_a_prefix_every_link_has_it(make_client: Callable[..., TestClient]) -> None:
    client = make_client(prefix="/konkyo", base="https://example.go.jp/konkyo")
    for path in ("/", "/page/id/strategy/shin-seicho", "/search?q=戦略", "/compare"):
        page = read(client.get("/konkyo" + path, headers=HTML).text)
        own = [link for link in page.links if link.startswith("/")]
        assert own
        assert all(link.startswith("/konkyo/") for link in own), [
            link for link in own if not link.startswith("/konkyo/")
        ]


# --- hostile data -----------------------------------------------------------------------------------

HOSTILE = [
    "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--", "{{ 7*7 }}", "{% raw %}", "javascript:alert(1)",
    "a\u202egnp.exe\u202c", "a\x00b\x1b[31mred", "&lt;b&gt;", "'; DROP TABLE thing; --", "<svg/onload=alert(1)>", "😀" * 50, "長" * 3000,
]  # fmt: skip
KINDS = {
    "strategy": f"{KK}Strategy", "edition": f"{KK}Edition", "section": f"{KK}Section", "project": f"{KK}Project",
    "measure": f"{KK}Measure", "indicator": f"{KK}Indicator", "citation": f"{KK}Citation", "panel": f"{KK}Panel",
    "law": "http://data.europa.eu/eli/ontology#LegalResource", "org": "http://www.w3.org/ns/org#Organization",
}  # fmt: skip
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DCT = "http://purl.org/dc/terms/"


def hostile_graph(folder: Path) -> tuple[KnowledgeGraph, list[str]]:
    """Return a graph whose every name, number, description and address is hostile, and the paths of its pages."""
    lines: list[str] = []
    paths: list[str] = []

    def put(subject: str, predicate: str, value: str) -> None:
        lines.append(f"<{subject}> <{predicate}> {value} <{BASE}graph/hostile> .\n")

    ministry = f"{ID}org/evil-0"
    for number, text in enumerate(HOSTILE):
        words = literal(text, "@ja")
        for kind, name in KINDS.items():
            iri = f"{ID}{kind}/evil-{number}"
            put(iri, _TYPE, f"<{name}>")
            put(iri, f"{SKOS}prefLabel", words)
            put(iri, f"{KK}searchKey", literal(fold(text) or "x"))
            put(iri, f"{_DCT}identifier", literal(text))
            put(iri, f"{_DCT}description", words)
            put(iri, "https://schema.org/url", literal(text))
            put(iri, f"{KK}ministry", f"<{ministry}>")
            put(iri, "http://example.org/evil#" + quote(text[:40], safe=""), words)
            paths.append(f"/page/id/{kind}/evil-{number}")
        shown = f"{ID}appearance/evil-{number}"
        put(f"{ID}project/evil-{number}", f"{KK}hasAppearance", f"<{shown}>")
        put(shown, f"{KK}statedText", literal(text))
        put(shown, f"{_DCT}description", words)
        put(shown, "https://schema.org/url", literal(text))
        link, evidence, source = (f"{ID}{name}/evil-{number}" for name in ("link", "evidence", "source"))
        put(f"{ID}project/evil-{number}", f"{KK}hasJustification", f"<{link}>")
        put(f"{ID}project/evil-{number}", f"{KK}justifiedBy", f"<{ID}strategy/evil-{number}>")
        for predicate, value in (
            (_TYPE, f"<{KK}Justification>"), (_TYPE, f"<{KK}Link>"), (f"{KK}claimLevel", f"<{BASE}code/interpreted>"),
            (f"{KK}basis", f"<{ID}strategy/evil-{number}>"), (f"{_DCT}description", words), (f"{KK}evidence", f"<{evidence}>"),
        ):  # fmt: skip
            put(link, predicate, value)
        put(evidence, "http://www.w3.org/ns/oa#hasSource", f"<{source}>")
        put(evidence, f"{KK}statedText", literal(text))
        put(evidence, f"{SKOS}prefLabel", words)
        put(source, f"{_DCT}title", literal(text))
        put(source, _TYPE, f"<{KK}SourceFile>")
    store = carried_store()
    assert isinstance(store, EmbeddedStore)
    store.load(f"{BASE}graph/hostile", lines)
    store.folder = folder
    write_index(store, folder / FILE)
    return KnowledgeGraph(store), paths


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, make_client: Callable[..., TestClient]
) -> tuple[TestClient, list[str]]:
    graph, paths = hostile_graph(tmp_path_factory.mktemp("hostile"))
    return make_client(graph), paths


def test_hostile_data_stays_text_on_every_page(hostile: tuple[TestClient, list[str]]) -> None:
    client, paths = hostile
    searches = [f"/search?q={quote(text[:200])}" for text in HOSTILE]
    for path in [
        *paths,
        *searches,
        "/",
        "/strategies",
        "/ministries",
        "/about",
        "/gaps/projects-without-basis",
    ]:
        answer = client.get(path, headers=HTML)
        assert answer.status_code == 200, f"{path}: {answer.text[-600:]}"
        page = read(answer.text)
        assert page.faults == [], path
        assert not re.search(r"[\u202a-\u202e\x00\x1b]", answer.text), path
        assert "49" not in page.text or "7*7" in page.text


def test_hostile_data_stays_text_in_the_overview(hostile: tuple[TestClient, list[str]]) -> None:
    answer = hostile[0].get("/overview", headers=HTML)
    page = read(answer.text)
    # Its own scripts and style, which its policy allows by their hashes, and nothing else that runs.
    own = {"<script>", "<style>", "link href=data:,"}
    assert {fault for fault in page.faults if not fault.startswith("meta http-equiv")} == own
    assert page.tags.count("script") == 4 and "img" not in page.tags
    assert not re.search(r"[\u202a-\u202e\x00\x1b]", answer.text)


def test_hostile_data_stays_data_in_the_api(hostile: tuple[TestClient, list[str]]) -> None:
    client, _ = hostile
    for number, text in enumerate(HOSTILE):
        for route in ("entity", "trace", "network"):
            answer = client.get(f"/api/{route}", params={"thing": f"project/evil-{number}"})
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            answer.json()
        assert client.get("/api/search", params={"q": text[:100]}).status_code == 200


# --- two review years -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pair(pair_folder: Path, make_client: Callable[..., TestClient]) -> TestClient:
    """Two invented review years, with names that try to break out."""
    return make_client(KnowledgeGraph(open_store(pair_folder)))


def test_the_overview_is_linked_and_brings_its_own_policy(pair: TestClient) -> None:
    for path in ("/", "/strategies", "/ministries"):
        assert 'href="/overview"' in pair.get(path, headers=HTML).text
    assert 'href="/overview#ministry=org/soumu"' in pair.get("/page/id/org/soumu", headers=HTML).text
    answer = pair.get("/overview?lang=en")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy and "frame-ancestors 'self'" in policy
    assert html.unescape(re.search(r'Policy" content="([^"]*)"', answer.text)[1]) in policy  # type: ignore[index]
    assert '"pageUrl":"/page?iri={iri}"' in answer.text and 'lang="en"' in answer.text
    assert "the review of 2023" in pair.get("/overview?year=2023&lang=en").text
    assert pair.get("/overview?year=1999").status_code == 400


def test_two_years_compared_show_what_moved_with_its_places(pair: TestClient) -> None:
    for lang, words in (("ja", "版の変更"), ("en", "moved to another edition")):
        answer = pair.get("/compare?before=2023&after=2024", headers={**HTML, "Accept-Language": lang})
        assert answer.status_code == 200
        page = read(answer.text)
        assert page.faults == []
        assert words in page.text
        assert any(link.startswith("/page/id/strategy/honebuto/") for link in page.links)
        assert any(link.startswith("/page/id/source/rs-2024/1-3#cell=") for link in page.links)
    made = pair.get("/api/diff", params={"before": 2023, "after": 2024, "limit": 3}).json()
    assert made["counts"]["moved"] > 0
    assert len(made["rows"]) == 3 < made["total"] == sum(made["counts"].values())
    whole = pair.get("/api/diff", params={"before": 2023, "after": 2024, "limit": 1000}).json()
    assert whole["rows"][:3] == made["rows"]


def test_gaps_of_a_year_and_a_ministry(pair: TestClient) -> None:
    for year in (2023, 2024):
        kinds = pair.get("/api/gaps", params={"year": year, "count": 1}).json()
        # The page counts unasked; without counts it has none.
        counted = re.findall(
            r'<td class="n" [^>]+>([\d,]+)</td>', pair.get(f"/gaps?year={year}", headers=HTML).text
        )
        assert [int(one.replace(",", "")) for one in counted] == [
            row["count"] for row in kinds["rows"] if row["count"] is not None
        ]
        bare = pair.get(f"/gaps?year={year}&count=0&lang=ja", headers=HTML).text
        assert '<td class="n"' not in bare and "件数も数える" in bare
        for row in kinds["rows"]:
            one = pair.get("/api/gaps", params={"year": year, "name": row["kind"]})
            assert one.status_code == 200
            assert one.json()["count"] == row["count"]
            page = read(pair.get(f"/gaps/{row['kind']}?year={year}", headers=HTML).text)
            assert page.faults == []
            for item in one.json()["rows"][:3]:
                assert (
                    item["element"]["label"]["ja"][:20] in page.text
                    or "\u202e" in item["element"]["label"]["ja"]
                )


def test_projects_have_their_money_and_their_years(pair: TestClient) -> None:
    found = pair.get("/api/search", params={"q": "事業", "kind": "project"}).json()["results"]
    assert found
    for item in found:
        answer = pair.get("/page/" + item["iri"].removeprefix(BASE), headers=HTML)
        assert answer.status_code == 200
        assert read(answer.text).faults == []


def test_sums_stand_in_100_millions_and_to_the_yen_on_demand(pair: TestClient) -> None:
    page = pair.get("/page/id/org/soumu?lang=ja", headers=HTML).text
    table = page[page.index("所管する予算事業の合計") :].partition("</table>")[0]
    assert "（億円）" in table and "（円）" not in table
    cells = re.findall(r'<td class="n" title="([\d,]+)円">([\d,.]+)</td>', table)
    assert cells
    for exact, shown in cells:
        yen, told = (float(text.replace(",", "")) for text in (exact, shown))
        assert abs(told - yen / 1e8) <= max(0.05, told * 0.01)
    assert "/queries/money-of-ministries?ministry=" in page
    compared = pair.get("/compare?before=2023&after=2024&lang=ja", headers=HTML).text
    assert "（億円）" in compared and "（円）" not in compared and re.search(r'title="\+?[\d,]+円"', compared)
