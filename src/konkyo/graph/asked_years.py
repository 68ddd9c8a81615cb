"""Which years a person asks for: one year, and what is of none before a first one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from konkyo.common.dates import parse_fiscal_year
from konkyo.common.errors import KonkyoError
from konkyo.common.text import whole
from konkyo.common.words import Words


@dataclass(frozen=True, slots=True)
class Period:
    """Of which years is asked: of one ``year``, and of nothing that is of a year before ``since``, be it a review, an amount or a result."""

    year: int | None = None
    since: int | None = None


AskedYear: TypeAlias = "str | int | Period | None"
"""What may be asked for wherever a year can be: the year as people write it, or a :class:`Period`."""


def period(year: AskedYear, since: str | int | None = None) -> AskedYear:
    """Return what is asked for by a year and a first year. Raises KonkyoError where the one comes before the other."""
    if since is None:
        return year
    chosen, first = year_of(year), year_of(since)
    if chosen is not None and first is not None and chosen < first:
        raise KonkyoError(
            Words(
                f"{chosen}年度は、{first}年度以降に入りません。",
                f"{chosen} is before {first}, from which on you ask.",
            )
        )
    return Period(chosen, first)


def since_of(asked: AskedYear) -> int | None:
    """Return the year from which on is asked; None: from the first."""
    return asked.since if isinstance(asked, Period) else None


def year_of(text: AskedYear) -> int | None:
    """Return the year that a person means: ``2024``, ``令和6年度``, ``R6``. Raises KonkyoError."""
    if isinstance(text, Period):
        return text.year
    if text is None or isinstance(text, int):
        return text
    try:
        number = whole(text)
        return parse_fiscal_year(text) if number is None else number
    except ValueError as error:
        raise KonkyoError(
            Words(f"「{text}」は年度として読めません。", f"{text!r} is no fiscal year."),
            hint=Words("例: 2024、令和6年度、R6", "As in: 2024, 令和6年度, R6"),
        ) from error
