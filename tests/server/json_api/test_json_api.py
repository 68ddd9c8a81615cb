"""The JSON API: every route answers by its schema, pages, tags, and says what is wrong as problem+json."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from starlette.testclient import TestClient

from konkyo.server.json_api.openapi import description
from konkyo.server.json_api.schema import ROUTES, SCHEMAS, Route

GOOD: dict[str, list[dict[str, Any]]] = {
    "search": [{"q": "戦略"}, {"q": "戦略", "kind": ["strategy", "panel"], "limit": 2}, {"q": "　"}],
    "entity": [{"thing": "受講者数"}, {"thing": "org/soumu"}, {"thing": "https://w3id.org/konkyo/code/stated"}],
    "trace": [{"thing": "新成長戦略"}, {"thing": "測定指標3", "level": "stated"}, {"thing": "新成長戦略", "limit": 1, "offset": 1}],
    "between": [{"from": "新成長戦略", "to": "受講者数"}, {"from": "受講者数", "to": "総務省"}],
    "gaps": [{}, {"count": 1}, {"name": "measures-without-basis"}],
    "diff": [{"before": "2012", "after": "FY2012"}],
    "query": [{}, {"name": "justifications", "limit": 2}, {"name": "rests-on-strategy", "value": ["strategy=新成長戦略"]}],
    "network": [{"thing": "受講者数"}, {"thing": "受講者数", "depth": 0}],
}  # fmt: skip


def whole(schema: Any) -> dict[str, Any]:
    """Return a schema with what it refers to."""
    return {**schema, "components": {"schemas": SCHEMAS}}


@pytest.mark.parametrize("route", ROUTES, ids=[route.name for route in ROUTES])
def test_every_route_answers_by_its_schema(client: TestClient, route: Route) -> None:
    for asked in GOOD[route.name]:
        answer = client.get(route.path, params=asked)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        jsonschema.validate(answer.json(), whole(route.schema), jsonschema.Draft202012Validator)


def test_the_description_is_openapi_and_names_every_route(client: TestClient) -> None:
    made = client.get("/api/openapi.json").json()
    assert made["openapi"] == "3.1.0"
    assert {"title", "version"} <= set(made["info"])
    assert set(made["paths"]) == {route.path for route in ROUTES}
    seen = set()
    for path, item in made["paths"].items():
        operation = item["get"]
        seen.add(operation["operationId"])
        names = [parameter["name"] for parameter in operation["parameters"]]
        assert len(names) == len(set(names)), path
        for parameter in operation["parameters"]:
            assert parameter["in"] == "query"
            jsonschema.Draft202012Validator.check_schema(parameter["schema"])
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator.check_schema(whole(schema))
        assert set(operation["responses"]) >= {"200", "304", "400", "404", "409", "503", "504"}
    assert len(seen) == len(ROUTES)
    for ref in references(made):
        assert ref.startswith("#/")
        node: Any = made
        for key in ref[2:].split("/"):
            node = node[key]


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [ref for item in value.values() for ref in references(item)]
    return [ref for item in value for ref in references(item)] if isinstance(value, list) else []


def test_the_description_is_in_two_languages_and_moved_addresses_lead_to_it(client: TestClient) -> None:
    ja, en = description("/", "ja"), description("/", "en")
    assert ja["paths"].keys() == en["paths"].keys()
    assert ja["paths"]["/api/search"]["get"]["summary"] != en["paths"]["/api/search"]["get"]["summary"]
    for path in ("/api", "/openapi.json"):
        moved = client.get(path, follow_redirects=False)
        assert moved.status_code == 308
        assert moved.headers["location"] == "/api/openapi.json"


def test_a_list_is_walked_by_its_links(client: TestClient) -> None:
    expected = client.get("/api/search", params={"q": "戦略", "limit": 1000}).json()
    found, path = [], "/api/search?q=戦略&limit=4"
    while path:
        page = client.get(path).json()
        assert page["total"] == expected["total"]
        found += page["results"]
        path = page["links"].get("next")
    assert found == expected["results"]
    assert page["links"]["prev"]


def test_answers_have_a_tag_of_the_data(client: TestClient) -> None:
    first = client.get("/api/trace", params={"thing": "新成長戦略"})
    again = client.get(
        "/api/trace", params={"thing": "新成長戦略"}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    service = client.app.state.service  # type: ignore[attr-defined]
    service.version = "v2"
    try:
        anew = client.get(
            "/api/trace", params={"thing": "新成長戦略"}, headers={"If-None-Match": first.headers["etag"]}
        )
        assert anew.status_code == 200
        assert anew.headers["etag"] != first.headers["etag"]
    finally:
        service.version = "v1"


def test_what_is_asked_again_is_not_made_again(make_client: Callable[..., TestClient]) -> None:
    client = make_client()
    service = client.app.state.service  # type: ignore[attr-defined]
    bodies = {client.get("/api/entity", params={"thing": "受講者数"}).content for _ in range(3)}
    assert len(bodies) == 1
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search", 400),
        ("/api/search?q=x&limit=0", 400),
        ("/api/search?q=x&limit=99999", 400),
        ("/api/search?q=x&limit=１", 400),
        ("/api/search?q=x&offset=-1", 400),
        ("/api/search?q=x&kind=y", 400),
        ("/api/search?q=x&q=y", 400),
        ("/api/search?q=x&unknown=1", 400),
        (f"/api/search?q={'x' * 3000}", 400),
        ("/api/entity?thing=無い物の名", 404),
        ("/api/entity?thing=https://w3id.org/konkyo/id/no/such", 404),
        ("/api/trace?thing=戦略", 409),
        ("/api/trace?thing=新成長戦略&level=true", 400),
        ("/api/trace?thing=新成長戦略&year=never", 400),
        ("/api/trace?thing=新成長戦略&year=1999", 400),
        ("/api/between?from=新成長戦略", 400),
        ("/api/gaps?name=../x", 404),
        ("/api/diff?before=x&after=2012", 400),
        ("/api/nothing", 404),
        ("/api/search/", 404),
    ],
)
def test_problems_are_said_as_problem_json(client: TestClient, path: str, status: int) -> None:
    for lang in ("ja", "en"):
        answer = client.get(path, headers={"Accept-Language": lang, "Accept": "*/*"})
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == lang
        body = answer.json()
        jsonschema.validate(body, whole(SCHEMAS["Problem"]), jsonschema.Draft202012Validator)
        assert body["status"] == status
        assert "etag" not in answer.headers


def test_an_ambiguous_name_lists_candidates(client: TestClient) -> None:
    body = client.get("/api/trace", params={"thing": "戦略"}).json()
    assert len(body["candidates"]) > 5
    for thing in body["candidates"][:3]:
        assert client.get("/api/trace", params={"thing": thing["iri"]}).status_code == 200


def test_head_and_other_methods(client: TestClient) -> None:
    assert client.head("/api/search?q=x").status_code == 200
    assert client.head("/api/search?q=x").content == b""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/api/search?q=x").status_code == 405


def test_behind_a_prefix_links_keep_it(make_client: Callable[..., TestClient]) -> None:
    client = make_client(prefix="/konkyo", base="https://example.go.jp/konkyo")
    page = client.get("/konkyo/api/search", params={"q": "戦略", "limit": 1})
    assert page.json()["links"]["next"].startswith("/konkyo/api/search?")
    made = client.get("/konkyo/api/openapi.json").json()
    assert made["servers"] == [{"url": "https://example.go.jp/konkyo"}]
    entity = client.get("/konkyo/api/entity", params={"thing": "受講者数"}).json()
    assert entity["page"].startswith("https://example.go.jp/konkyo/id/")


def test_a_busy_server_and_a_limit_say_so_as_problem_json(make_client: Callable[..., TestClient]) -> None:
    from konkyo.common.words import Words
    from konkyo.server.workers.stopped import Busy, OverLimit

    client = make_client()
    service = client.app.state.service  # type: ignore[attr-defined]
    for error, status in ((Busy(), 503), (OverLimit("time", Words("上限", "limit")), 504)):

        async def fail(*_: Any, error: Exception = error, **__: Any) -> None:
            raise error

        service.run = fail
        answer = client.get("/api/search?q=x")
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert ("retry-after" in answer.headers) == (status == 503)
        page = client.get("/page/id/org/soumu", headers={"Accept": "text/html"})
        assert page.status_code == status
        assert 'role="search"' in page.text
