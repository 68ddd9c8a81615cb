"""The parameters of a request, read by the table of the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from starlette.datastructures import QueryParams

from konkyo.common.dates import parse_fiscal_year
from konkyo.common.text import whole
from konkyo.common.words import Words
from konkyo.graph.asked_years import AskedYear, period
from konkyo.server.http.problems import Problem


def read(query: QueryParams, params: Iterable[Param]) -> dict[str, Any]:
    """Return the values of a query by name. Raises Problem (400) for an unknown, missing or unfit parameter."""
    known = {param.name: param for param in params}
    for name in query:
        if name not in known and name != "lang":
            listed = ", ".join(known)
            raise Problem(
                400,
                Words(f"引数 {name} はありません。", f"There is no parameter {name}."),
                hint=Words(f"使えるもの: {listed}", f"There are: {listed}"),
            )
    return {name: _value(param, query.getlist(name)) for name, param in known.items()}


def asked_years(asked: Mapping[str, Any]) -> AskedYear:
    """Return which years a request asks for, by its year and its first year. Raises KonkyoError where these contradict."""
    return period(asked.get("year"), asked.get("since"))


def _value(param: Param, given: list[str]) -> Any:
    if len(given) > 1 and not param.several:
        raise _unfit(param, Words("一つだけにしてください", "give it once"))
    values = [_one(param, text) for text in given if text]
    if not values and param.required:
        raise Problem(
            400, Words(f"引数 {param.name} が要ります。", f"The parameter {param.name} is required.")
        )
    if param.several:
        return values
    return values[0] if values else param.default


def _one(param: Param, text: str) -> int | str:
    if len(text) > MAX_TEXT:
        raise _unfit(param, Words(f"{MAX_TEXT:,}字までです", f"it has {MAX_TEXT:,} signs at most"))
    if param.choices and text not in param.choices:
        listed = ", ".join(param.choices)
        raise _unfit(
            param, Words(f"使えるもの: {listed}", f"it may be: {listed}"), 404 if param.names_a_table else 400
        )
    if param.kind == "year":
        try:
            return parse_fiscal_year(text)
        except ValueError:
            raise _unfit(param, Words("2024 や 令和6年度 のように", "as in 2024 or FY2024")) from None
    if param.kind == "integer":
        low, high = param.least or 0, param.most or 0
        number = whole(text)
        if number is None or not low <= number <= high:
            raise _unfit(
                param, Words(f"{low:,}から{high:,}までの整数", f"a whole number from {low:,} to {high:,}")
            )
        return number
    return text


def _unfit(param: Param, how: Words, status: int = 400) -> Problem:
    return Problem(
        status,
        Words(
            f"引数 {param.name}（{param.words.ja}）の値が使えません。",
            f"The value of {param.name} ({param.words.en}) cannot be used.",
        ),
        hint=how,
    )


Kind = Literal["text", "integer", "year"]
MAX_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Param:
    """A query parameter. A text is at most :data:`MAX_TEXT` signs; ``several``: it may stand more than once."""

    name: str
    words: Words
    kind: Kind = "text"
    required: bool = False
    default: int | str | None = None
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    several: bool = False
    names_a_table: bool = False
    """Whether another value is like an address at which nothing is: 404."""


SINCE = Param(
    "since",
    Words("この年度より前のことを除く", "Leave out what is of a year before this one"),
    "year",
)
ABOUT = Param(
    "about",
    Words(
        "比べるもの（全体では根拠と、新規・終了・改称）",
        "What to compare (of all: bases, and what is new, gone or renamed)",
    ),
    choices=("bases", "things", "money", "logic"),
    several=True,
)
