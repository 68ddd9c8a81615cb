"""The OpenAPI 3.1 description of the JSON API, made from its table."""

from __future__ import annotations

from typing import Any

from konkyo import __version__
from konkyo.common.words import Words
from konkyo.server.http.parameters import MAX_TEXT, Param
from konkyo.server.http.problems import PROBLEM
from konkyo.server.json_api.schema import ROUTES, SCHEMAS, Route

_PROBLEMS = {
    "400": Words("読めない引数", "Parameters that cannot be read"),
    "404": Words("当てはまるものがない", "Nothing fits"),
    "409": Words("いくつもに当てはまる（candidates に候補）", "Several things fit (they are in candidates)"),
    "503": Words("混み合っている", "Busy; try again after Retry-After"),
    "504": Words("上限に達した", "A limit was reached"),
}


def description(server: str, lang: str) -> dict[str, Any]:
    """Return the description of the API at ``server``, with texts in one language."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "konkyo",
            "version": __version__,
            "summary": Words(
                "政策の根拠の知識グラフ", "What policies rest on: a knowledge graph with its evidence"
            ).of(lang),
            "description": Words(
                "読み取りだけのAPIです。答えにはデータの版によるETagが付き、If-None-Match に304で答えます。"
                "名称などの文字列は原資料のもので、表示の前にエスケープが要ります。",
                "Reading only. Answers carry an ETag made from the version of the data, and If-None-Match is "
                "answered by 304. Texts come from the sources: escape them before you show them.",
            ).of(lang),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": server}],
        "paths": {route.path: {"get": _operation(route, lang)} for route in ROUTES},
        "components": {"schemas": SCHEMAS, "responses": {code: _problem(words, lang) for code, words in _PROBLEMS.items()}},
    }  # fmt: skip


def _problem(words: Words, lang: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words.of(lang), "content": {PROBLEM: {"schema": schema}}}


def _operation(route: Route, lang: str) -> dict[str, Any]:
    unchanged = Words("データが変わっていない", "The data has not changed")
    return {
        "operationId": route.name,
        "summary": route.words.of(lang),
        "parameters": [*(_parameter(param, lang) for param in route.params), _language(lang)],
        "responses": {
            "200": {
                "description": "OK",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": dict(route.schema)}},
            },
            "304": {"description": unchanged.of(lang)},
            **{code: {"$ref": f"#/components/responses/{code}"} for code in _PROBLEMS},
        },
    }


def parameter_schema(param: Param) -> dict[str, Any]:
    """Return the JSON Schema of a parameter's values."""
    schema: dict[str, Any]
    if param.kind == "integer":
        schema = {"type": "integer", "minimum": param.least, "maximum": param.most}
    else:
        schema = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
    if param.choices:
        schema = {"type": "string", "enum": list(param.choices)}
    if param.default is not None:
        schema["default"] = param.default
    if param.several:
        schema = {"type": "array", "items": schema}
    return schema


def _parameter(param: Param, lang: str) -> dict[str, Any]:
    return {
        "name": param.name,
        "in": "query",
        "required": param.required,
        "description": param.words.of(lang),
        "schema": parameter_schema(param),
    }


def _language(lang: str) -> dict[str, Any]:
    words = Words("文章の言語（名称などは両方で答えます）", "Language of messages (names come in both)")
    schema = {"type": "string", "enum": ["ja", "en"]}
    return {"name": "lang", "in": "query", "required": False, "description": words.of(lang), "schema": schema}
