"""No page, problem or answer in JSON holds an option or a command: who reads it there has no command line."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from support.command_lines import in_html, in_json

HTML = {"Accept": "text/html"}
PAGES = [
    "/", "/search", "/search?q=戦略", "/search?q=見つからない語", "/ministries", "/strategies", "/about", "/gaps", "/gaps?count=0",
    "/gaps/measures-without-basis", "/gaps?year=1999", "/compare", "/compare?before=2012&after=2012", "/compare?before=2012&after=1999",
    "/page/id/strategy/shin-seicho", "/page/id/strategy/shin-seicho/2010-06-18", "/page/id/org/soumu", "/page/id/org/soumu?year=1999",
    "/page/id/measure/soumu-23-15", "/page/id/indicator/soumu-23-15/3", "/page/id/indicator/soumu-23-15/3?level=stated",
    "/page/id/sheet/soumu-23-15", "/page/code/stated", "/page/graph/soumu-23-15", "/page/id/rule/through-measure",
    "/view?thing=strategy/shin-seicho&limit=3", "/view?thing=org/soumu&limit=5", "/view?thing=nothing", "/page/id/no/such", "/nothing", "/gaps/nothing", "/search?limit=0",
    "/ministries?x=1",
]  # fmt: skip
JSON = [
    "/api/search?q=戦略", "/api/search", "/api/search?q=x&limit=0", "/api/entity?thing=総務省", "/api/entity?thing=無い物の名",
    "/api/trace?thing=新成長戦略", "/api/trace?thing=新成長戦略&level=stated", "/api/trace?thing=国際戦略の推進",
    "/api/trace?thing=org/soumu", "/api/trace?thing=受講者数", "/api/trace?thing=戦略", "/api/trace?thing=新成長戦略&level=true",
    "/api/trace?thing=新成長戦略&year=1999", "/api/trace?thing=受講者数&ministry=総務省", "/api/trace?thing=新成長戦略&ministry=無省",
    "/api/between?from=新成長戦略&to=受講者数", "/api/between?from=org/soumu&to=新成長戦略", "/api/between?from=受講者数&to=受講者数",
    "/api/between?from=受講者数&to=org/soumu", "/api/gaps", "/api/gaps?name=measures-without-basis", "/api/gaps?name=x",
    "/api/diff?before=2012&after=2012", "/api/diff?before=x&after=2012", "/api/diff?before=2012&after=2012&ministry=無省",
    "/api/network?thing=新成長戦略&limit=3", "/api/network?thing=org/soumu&limit=3", "/api/network?thing=無い", "/api/nothing",
    "/api/openapi.json", "/healthz",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_an_option_or_a_command(client: TestClient, path: str) -> None:
    for lang in ("ja", "en"):
        answer = client.get(path, headers={**HTML, "Accept-Language": lang})
        assert in_html(answer.text) == [] and answer.status_code < 500
        plain = client.get(path, headers={"Accept": "text/plain", "Accept-Language": lang})
        assert answer.status_code < 400 or list(in_json(plain.text)) == []


@pytest.mark.parametrize("path", JSON)
def test_no_json_names_an_option_or_a_command(client: TestClient, path: str) -> None:
    for lang in ("ja", "en"):
        answer = client.get(path, headers={"Accept-Language": lang})
        assert answer.content
        if "json" in answer.headers["content-type"]:
            assert list(in_json(json.loads(answer.content))) == []
        else:
            assert list(in_json(answer.text)) == []


def test_what_is_looked_for_is_found() -> None:
    assert in_html("<p>a <code>konkyo trace x</code></p>") and in_html('<a title="x --limit 3">x</a>')
    assert in_html('<script type="application/json">{"a": "--limit"}</script>')
    assert not in_html("<style>:root { --ink: red }</style><p>a--b -- c</p>")
    assert list(in_json({"a": [{"b": "see --year"}]})) == ["see --year"]
