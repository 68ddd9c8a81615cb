"""``konkyo mcp``: an assistant (the SDK's own client) asks the carried graph over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from konkyo.server.assistant import in_short, tools
from konkyo.server.json_api.schema import ROUTES

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("trace", {"thing": "受講者数"}),
    ("trace", {"thing": "新成長戦略", "limit": 1}),
    ("query", {"name": "justifications", "limit": 2}),
    ("sparql", {"query": "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/konkyo/ns#Strategy> }"}),
    ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
    ("trace", {"thing": "そのような名前はない"}),
    ("trace", {"thing": "新成長戦略", "colour": "red"}),
    ("gaps", {"name": "nothing-of-that-name"}),
    ("network", {"thing": "受講者数"}),
    ("sparql", {"query": "ASK {}", "format": "html"}),
    ("sparql", {"query": ["ASK {}", "ASK {}"]}),
]


async def _session(store: Path) -> tuple[Any, list[Any]]:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    here = StdioServerParameters(
        command=sys.executable,
        args=["-m", "konkyo", "mcp", "--store", str(store), "--lang", "ja"],
        env={**os.environ},
    )
    async with stdio_client(here) as (reading, writing), ClientSession(reading, writing) as session:
        begun = await session.initialize()
        return begun, [await session.call_tool(name, given) for name, given in ASKED]


@pytest.fixture(scope="module")
def session(store_folder: Path) -> tuple[Any, list[Any]]:
    return asyncio.run(_session(store_folder))


def _answers(session: tuple[Any, list[Any]]) -> list[Any]:
    return [json.loads(answer.content[0].text) for answer in session[1] if not answer.is_error]


def test_it_says_how_claims_are_to_be_told(session: tuple[Any, list[Any]]) -> None:
    assert session[0].server_info.name == "konkyo"
    assert "stated" in session[0].instructions and "挙げる" in session[0].instructions


def test_answers_carry_their_evidence(session: tuple[Any, list[Any]]) -> None:
    up, down, query, count = _answers(session)
    places = [
        evidence for group in up["groups"] for claim in group["claims"] for evidence in claim["evidence"]
    ]
    assert places and all(place["source"] and place["place"] for place in places)
    assert {claim["level"] for group in up["groups"] for claim in group["claims"]} <= {
        "stated",
        "derived",
        "interpreted",
    }
    assert len(down["groups"]) == 1 and down["next_offset"] == 1 < down["total"]
    assert len(query["rows"]) == 2 < query["total"] and "SELECT" in query["query"]["sparql"]
    assert int(count["rows"][0]["n"]) >= 5


def test_what_is_structured_is_what_is_written(session: tuple[Any, list[Any]]) -> None:
    for answer in session[1]:
        if not answer.is_error:
            assert answer.structured_content == json.loads(answer.content[0].text)


def test_errors_say_what_to_do(session: tuple[Any, list[Any]]) -> None:
    update, unknown, parameter, kind, tool, format_, several = (
        answer.content[0].text for answer in session[1] if answer.is_error
    )
    assert "query" in format_ and several == format_
    assert "SELECT" in update or "更新" in update or "読" in update
    assert "そのような名前はない" in unknown
    assert "colour" in parameter and "edition" in parameter
    assert "projects-without-basis" in kind
    assert "search" in tool


def test_each_tool_is_a_route_with_its_parameters() -> None:
    made = {tool.name: tool for tool in tools("en")}
    assert set(made) == {route.name for route in ROUTES} - {"network"} | {"sparql"}
    for route in ROUTES:
        if route.name in made:
            schema = made[route.name].input_schema
            assert set(schema["properties"]) == {param.name for param in route.params}
            assert schema["required"] == [param.name for param in route.params if param.required]
            assert all(found["description"] for found in schema["properties"].values())
    assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in made.values())


def test_an_answer_in_short_loses_no_value() -> None:
    words = {"ja": "総務省", "en": None}
    answer = {
        "total": 3, "limit": 1, "offset": 1, "links": {"self": "/", "next": "/?offset=2"},
        "rows": [{"label": words, "kind_label": words, "count": 0, "held": False, "none": None, "place": "3行目", "row": 3}],
    }  # fmt: skip
    assert in_short(answer, "en") == {
        "total": 3, "limit": 1, "offset": 1, "next_offset": 2,
        "rows": [{"label": "総務省", "count": 0, "held": False, "place": "3行目"}],
    }  # fmt: skip


def test_without_the_sdk_the_error_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, store_folder: Path
) -> None:
    from konkyo.common.errors import KonkyoError
    from konkyo.server import assistant
    from konkyo.server.http.settings import Settings

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(KonkyoError) as told:
        assistant.run(store_folder, Settings())
    assert "konkyo[mcp]" in str(told.value.hint)
