"""The tools of an assistant (Model Context Protocol): the JSON API and the SPARQL endpoint, asked without a network.

A tool is a route of :mod:`konkyo.server.json_api.schema`: the same parameters, tasks, workers and limits, so an assistant
can do what a visitor of the pages can, and no more. Needs the official SDK (extra ``mcp``).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from konkyo import __version__
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Language, Words
from konkyo.server.app import make_app
from konkyo.server.http.parameters import MAX_TEXT
from konkyo.server.http.settings import Settings
from konkyo.server.json_api.openapi import parameter_schema
from konkyo.server.json_api.schema import ROUTES

if TYPE_CHECKING:
    import mcp_types as types
    from mcp.server.lowlevel import Server

_ORIGIN = "http://127.0.0.1"
# An assistant reads a short answer first; each tool says how many there are.
_FIRST = {"limit": 10, "claims": 5}
_NOT_ASKED = ("network",)
_SPARQL = Words(
    "SPARQL 1.1のSELECT・ASKを実行する（読むだけ、時間と行数の上限あり）。接頭辞を書くこと",
    "Run a SPARQL 1.1 SELECT or ASK (reading only, with limits of time and rows). Write the prefixes",
)
_INSTRUCTIONS = Words(
    "日本の政策評価書と行政事業レビューの知識グラフです。まず search で探し、trace で根拠をたどります。"
    "答えるときは、主張の水準（stated＝資料の記載、derived＝規則による導出、interpreted＝解釈）と、証拠の箇所（ファイル、行、列）を添えてください。"
    "「関係する計画として挙げる」は「根拠とする」ではありません。空の答えは、存在しないことの証拠ではありません。金額は円です。",
    "A knowledge graph of Japan's policy evaluations and budget-project reviews. Begin with search, then trace. "
    "In an answer give the level of each claim (stated by the source, derived by a rule, interpreted by somebody) and the "
    "place of its evidence (file, row, column). 'Listed as a related plan' does not mean 'based on'. An empty answer is no "
    "proof that something does not exist. Amounts are in yen.",
)
_ONLY_QUERY = Words("query（問合せの文字列）だけを渡してください。", "Give query, a text, and nothing else.")
_NO_SUCH = Words("そのツールはありません。", "There is no such tool.")


def run(folder: Path, settings: Settings) -> None:
    """Answer an assistant at standard input and output until it goes. Raises KonkyoError without the SDK or a store."""
    server_of = _sdk()
    asyncio.run(_answer(folder, settings, server_of))


def _sdk() -> Any:
    try:
        from mcp.server import stdio
    except ImportError as error:
        raise KonkyoError(
            Words("mcpのSDKが要ります。", "This needs the SDK of the Model Context Protocol."),
            hint=Words(
                "`pip install 'konkyo[mcp]'` で入ります。", "`pip install 'konkyo[mcp]'` installs it."
            ),
        ) from error
    return stdio.stdio_server


async def _answer(folder: Path, settings: Settings, stdio_server: Any) -> None:
    app = make_app(folder, settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=_ORIGIN) as client:
            served = server(client, settings)
            async with stdio_server() as (reading, writing):
                await served.run(reading, writing, served.create_initialization_options())


def server(client: httpx.AsyncClient, settings: Settings) -> Server[Any]:
    """Return the server whose tools ask an application through ``client``."""
    import mcp_types as types
    from mcp.server.lowlevel import Server

    lang = settings.lang
    made = tools(lang)
    known = {tool.name for tool in made}

    async def listed(context: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=made)

    async def called(context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in known:
            return _failed(f"{_NO_SUCH.of(lang)} {', '.join(sorted(known))}")
        return await _call(client, params.name, params.arguments or {}, settings)

    return Server(
        "konkyo",
        version=__version__,
        title="konkyo 根拠",
        instructions=_INSTRUCTIONS.of(lang),
        on_list_tools=listed,
        on_call_tool=called,
    )


def tools(lang: Language) -> list[types.Tool]:
    """Return the tools with their parameters as JSON Schema, described in one language."""
    import mcp_types as types

    reading = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    made = []
    for route in ROUTES:
        if route.name in _NOT_ASKED:
            continue
        properties = {}
        for param in route.params:
            schema = {**parameter_schema(param), "description": param.words.of(lang)}
            if param.name in _FIRST:
                schema["default"] = _FIRST[param.name]
            properties[param.name] = schema
        required = [param.name for param in route.params if param.required]
        made.append(
            types.Tool(
                name=route.name,
                description=route.words.of(lang),
                input_schema=_object(properties, required),
                annotations=reading,
            )
        )
    query = {"type": "string", "minLength": 1, "description": "SPARQL"}
    made.append(
        types.Tool(
            name="sparql",
            description=_SPARQL.of(lang),
            input_schema=_object({"query": query}, ["query"]),
            annotations=reading,
        )
    )
    return made


def _object(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": required,
        "additionalProperties": False,
    }


async def _call(
    client: httpx.AsyncClient, name: str, given: Mapping[str, Any], settings: Settings
) -> types.CallToolResult:
    """Ask the application, and return what it answers in short, or its problem as an error that can be acted on."""
    if name == "sparql":
        # Nothing else of the protocol: a format of people, or a graph of its own.
        if list(given) != ["query"] or not isinstance(given["query"], str):
            return _failed(_ONLY_QUERY.of(settings.lang))
        form = {"query": given["query"], "lang": settings.lang}
        answered = await client.post(
            "/sparql", data=form, headers={"Accept": "application/sparql-results+json"}
        )
    else:
        route = next(route for route in ROUTES if route.name == name)
        first = {param.name: _FIRST[param.name] for param in route.params if param.name in _FIRST}
        asked = {**first, **given, "lang": settings.lang}
        answered = await client.get(f"/api/{name}", params=httpx.QueryParams(_texts(asked)))
    if answered.status_code != 200:
        return _failed(_problem(answered))
    import mcp_types as types

    made = _rows(answered.json()) if name == "sparql" else in_short(answered.json(), settings.lang)
    if name != "sparql" and settings.base is None and isinstance(made, dict):
        made.pop("page", None)
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=made)


def _texts(asked: Mapping[str, Any]) -> list[tuple[str, str | int | float | bool | None]]:
    return [
        (name, str(item)[: MAX_TEXT + 1])
        for name, value in asked.items()
        for item in (value if isinstance(value, list) else [value])
        if item is not None
    ]


def in_short(value: Any, lang: Language) -> Any:
    """Return an answer of the API in one language and without what an assistant would read twice.

    Left out are what is empty, links for a browser, labels of codes, and row and column where a place names them.
    Where more of a list can be had, ``next_offset`` says from where.
    """
    if isinstance(value, list):
        return [in_short(item, lang) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"ja", "en"}:
        return Words(value["ja"], value["en"] or value["ja"]).of(lang)
    told = {"links", *(("row", "column") if value.get("place") else ())}
    made = {
        name: in_short(item, lang)
        for name, item in value.items()
        if name not in told and not name.endswith("_label") and item not in (None, "")
    }
    if "next" in value.get("links", {}):
        made["next_offset"] = value["offset"] + value["limit"]
    return made


def _rows(answer: Mapping[str, Any]) -> dict[str, Any]:
    if "boolean" in answer:
        return {"answer": answer["boolean"]}
    rows = [{name: term["value"] for name, term in row.items()} for row in answer["results"]["bindings"]]
    return {"columns": answer["head"]["vars"], "rows": rows}


def _problem(answered: httpx.Response) -> str:
    try:
        told = answered.json()
    except ValueError:
        return answered.text[:MAX_TEXT]
    parts = [told.get("title"), told.get("detail"), told.get("hint")]
    if told.get("candidates"):
        parts.append(json.dumps(told["candidates"], ensure_ascii=False))
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _failed(text: str) -> types.CallToolResult:
    import mcp_types as types

    return types.CallToolResult(content=[types.TextContent(text=text)], is_error=True)
