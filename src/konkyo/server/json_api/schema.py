"""The routes of the JSON API in one table: what they take and give, for the server and for the OpenAPI description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from konkyo.common.words import Words
from konkyo.graph.gaps import NAMES as GAPS
from konkyo.graph.search.kinds import NAMES
from konkyo.graph.search.model import MAX_LIMIT
from konkyo.graph.stored_queries import names
from konkyo.model.levels import HELD, LEVELS
from konkyo.server.http.parameters import ABOUT, SINCE, Param
from konkyo.server.json_api import endpoints
from konkyo.server.pages.made import PageTask
from konkyo.server.pages.wanted_tables import TablesOf, no_tables, tables_of_changes, tables_of_gaps


@dataclass(frozen=True, slots=True)
class Route:
    """A route: ``task`` answers it with ``schema``, from these tables over the whole graph."""

    name: str
    task: PageTask
    words: Words
    params: tuple[Param, ...]
    schema: Mapping[str, Any]
    tables: TablesOf = no_tables

    @property
    def path(self) -> str:
        """Return the route's path below the server's prefix."""
        return f"/api/{self.name}"


def _thing(name: str, ja: str, en: str, *, required: bool = True) -> Param:
    return Param(
        name,
        Words(f"{ja}。IRI、識別子、番号又は名称", f"{en}: an IRI, key, number or name"),
        required=required,
    )


def _page(default: int, most: int = MAX_LIMIT) -> tuple[Param, Param]:
    return (
        Param("limit", Words("件数", "How many"), "integer", default=default, least=1, most=most),
        Param(
            "offset", Words("始めの位置", "Where to begin"), "integer", default=0, least=0, most=10_000_000
        ),
    )


YEAR = Param(
    "year",
    Words("年度（2024、令和6年度。既定は一番新しいレビュー）", "Year (2024, R6; default: the latest review)"),
    "year",
)
LEVEL = Param("level", Words("主張の水準", "Claim level"), choices=HELD)
QUERIES = tuple(names())
WORDS = {"$ref": "#/components/schemas/Words"}
_NULL_WORDS = {"oneOf": [WORDS, {"type": "null"}]}
_NULL_TEXT = {"type": ["string", "null"]}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def _array(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}


def _paged(name: str, items: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return the schema of one page of a list, with the total and the links to its neighbours."""
    whole, text = {"type": "integer"}, {"type": "string"}
    links = _object("self", self=text, next=text, prev=text)
    return _object(
        f"total limit offset links {name}", total=whole, limit=whole, offset=whole, links=links,
        **{name: _array(items)}, **more,
    )  # fmt: skip


THING = {"$ref": "#/components/schemas/Thing"}
FACT = {"$ref": "#/components/schemas/Fact"}
CLAIM = {"$ref": "#/components/schemas/Claim"}
_ANY = {"type": "object"}
_NUMBERS = {"type": "array", "items": {"type": "integer"}}
# Of which year an answer speaks, and which others could be asked for.
OF = {
    "type": "object",
    "required": ["year", "asked", "words", "others", "unseen"],
    "properties": {
        "year": {"type": ["integer", "null"]}, "asked": {"type": "boolean"}, "words": _NULL_WORDS, "others": _NUMBERS,
        "unseen": _NUMBERS, "since": {"type": "integer"},
    },
}  # fmt: skip
SCHEMAS: dict[str, Any] = {
    "Words": _object("ja en", ja={"type": "string"}, en=_NULL_TEXT),
    "Thing": _object(
        "iri kind label", iri={"type": "string", "format": "iri"}, kind={"type": "string"}, kind_label=WORDS,
        label=WORDS, number=_NULL_TEXT,
    ),
    "Evidence": _object(
        "iri source place", iri={"type": "string", "format": "iri"}, source=WORDS, place=WORDS, field=WORDS,
        words=_NULL_TEXT, certainty=_NULL_WORDS,
    ),
    "Fact": _object("name text evidence", name=WORDS, text=WORDS, evidence=_array({"$ref": "#/components/schemas/Evidence"})),
    "Claim": _object(
        "level place owner evidence", level={"enum": list(LEVELS)}, level_label=WORDS,
        place=_array(THING), owner=THING, rule=_NULL_WORDS, reason=_NULL_WORDS, author=_NULL_WORDS,
        evidence=_array({"$ref": "#/components/schemas/Evidence"}),
    ),
    "Problem": _object(
        "type title status detail", type={"type": "string"}, title={"type": "string"}, status={"type": "integer"},
        detail={"type": "string"}, hint={"type": "string"}, candidates=_array(THING),
    ),
}  # fmt: skip

ROUTES = (
    Route(
        "search", endpoints.search,
        Words("名称、番号、引用の表記、説明文から探す", "Search names, numbers, citations as written and descriptions"),
        (
            Param("q", Words("探す語（複数の語はすべてを含むもの）", "What to look for (of several words, all)"), required=True),
            Param("kind", Words("種類", "Kind"), choices=NAMES, several=True), YEAR, SINCE,
            *_page(20),
        ),
        _paged(
            "results",
            _object(
                "iri kind label match", iri={"type": "string"}, kind={"enum": list(NAMES)}, label=WORDS, number=_NULL_TEXT,
                ministry=_NULL_WORDS, match={"enum": ["exact", "prefix", "part", "text"]}, found_in={"type": "string"}, years=_NUMBERS,
                snippet=_array(_object("text hit", text={"type": "string"}, hit={"type": "boolean"})),
            ),
            kinds={"type": "object", "additionalProperties": {"type": "integer"}}, of=OF,
            near=_array(_object("iri label", iri={"type": "string"}, label=WORDS)),
        ),
    ),
    Route(
        "entity", endpoints.entity,
        Words("一つのものについて記されたこと", "What is said of one thing"),
        (_thing("thing", "もの", "The thing"), YEAR, SINCE),
        _object(
            "thing of facts values figures properties", thing=THING, of=OF, facts=_array(FACT), values=_array(_ANY), figures=_array(_ANY),
            properties=_array(_object("property label values", property={"type": "string"}, label=WORDS, values=_array(_ANY))),
        ),
    ),
    Route(
        "trace", endpoints.trace,
        Words("根拠を上へ、戦略を挙げるものを下へたどる", "Trace grounds upwards, and what names a strategy downwards"),
        (
            _thing("thing", "もの", "The thing"), LEVEL, _thing("ministry", "府省庁（下へたどるとき）", "Ministry (downwards)", required=False),
            _thing("edition", "版（下へたどるとき）", "Edition (downwards)", required=False),
            YEAR,
            SINCE,
            Param("claims", Words("一つの箇所で示す件数", "Claims to show for each place"), "integer", default=20, least=1, most=500),
            *_page(50, 500),
        ),
        _paged(
            "groups", _object("thing claims total", thing=THING, claims=_array(CLAIM), total={"type": "integer"}), thing=THING,
            direction={"enum": ["up", "down"]}, facts=_array(FACT), advice=_array(CLAIM), laws=_array(CLAIM), logic=_array(_ANY),
            uses=_array(_ANY), missing=_array(WORDS), of=OF,
        ),
    ),
    Route(
        "between", endpoints.between,
        Words("二つのものの間の道筋", "The chains between two things"),
        (
            _thing("from", "一方", "One thing"), _thing("to", "他方", "The other"), LEVEL, YEAR, SINCE, *_page(20, 100),
        ),
        _paged("chains", _array(_ANY), start=THING, end=THING, missing=_array(WORDS), of=OF),
    ),
    Route(
        "gaps", endpoints.gaps,
        Words("足りないもの：根拠のない事業、追えない引用など", "What is missing: projects without grounds, citations that lead nowhere"),
        (
            Param("name", Words("表の名前（省くと一覧）", "The table's name (left out: all of them)"), choices=GAPS, names_a_table=True),
            _thing("ministry", "府省庁", "Ministry", required=False), Param("year", Words("年度", "Year"), "year"), SINCE,
            Param("count", Words("1なら種類ごとの件数も数える（数秒）", "1: count the kinds too (some seconds)"), "integer", default=0, least=0, most=1),
            *_page(50),
        ),
        _paged("rows", _ANY, year={"type": "integer"}, note=WORDS),
        tables_of_gaps,
    ),
    Route(
        "diff", endpoints.diff,
        Words("二つの年度の間で変わったこと", "What changed between two years"),
        (
            Param("before", Words("先の年度", "The earlier year"), "year", required=True),
            Param("after", Words("後の年度", "The later year"), "year", required=True),
            _thing("ministry", "府省庁", "Ministry", required=False),
            _thing("measure", "一つの施策だけ", "One measure only", required=False),
            _thing("project", "一つの予算事業だけ", "One budget project only", required=False), ABOUT, SINCE, *_page(50),
        ),
        _paged("rows", _ANY, counts=_ANY, notes=_array(WORDS)),
        tables_of_changes,
    ),
    Route(
        "query", endpoints.query,
        Words("保存済みの問合せの一覧と、その一つの答え", "The stored queries, and the rows of one of them"),
        (
            Param("name", Words("問合せの名前（省くと一覧）", "The query's name (left out: all of them)"), choices=QUERIES, names_a_table=True),
            Param("value", Words("引数。名前=値（ministry=総務省 など）", "A parameter as NAME=VALUE (ministry=総務省)"), several=True),
            *_page(50),
        ),
        _paged(
            "rows", _ANY,
            query=_object(
                "name title parameters columns sparql", name={"type": "string"}, title=WORDS, sparql={"type": "string"},
                parameters=_array(_object("name kind label", name={"type": "string"}, kind={"type": "string"}, label=WORDS)),
                columns=_array(_object("name label", name={"type": "string"}, label=WORDS)),
            ),
        ),
    ),
    Route(
        "network", endpoints.network,
        Words("まわりのつながり（図のためのデータ）", "What is around a thing, as data to draw"),
        (
            _thing("thing", "もの", "The thing"),
            Param("depth", Words("何段先まで", "How many steps away"), "integer", default=1, least=0, most=20),
            Param("limit", Words("件数", "How many"), "integer", default=200, least=1, most=1000), YEAR, SINCE,
        ),
        _object("nodes edges", nodes=_array(_ANY), edges=_array(_ANY), note=_NULL_WORDS),
    ),
)  # fmt: skip
