"""Fiscal years as tables head their columns: 令和３年度, ４年度, H25, 2013年度, 元年度."""

from __future__ import annotations

import re

from konkyo.common.dates import fiscal_year_labels, parse_fiscal_year
from konkyo.common.text import fold

_YEAR = re.compile(
    r"[【(\[]?((?:令和|平成|昭和|[rhs]|fy)?(?:元|\d{1,2}|(?:19|20)\d\d)(?:年度|年|度)?)"
    r"(?:末|予算|実績|目標|当初予算額?|当初予算案|(?:概算)?要求額?|活動見込み?|見込み?)?[】)\]]?"
)
_BARE = re.compile(r"(元|\d{1,2})年?度?")
_ERAS = ("令和", "平成", "昭和")


def year_of(text: str, near: int | None) -> int | None:
    """Return the fiscal year that a text is, or None; a year without its era is the one nearest to ``near``.

    >>> year_of("４年度", 2023), year_of("【30年度】", 2020), year_of("H25", None), year_of("25件", 2013)
    (2022, 2018, 2013, None)
    """
    folded = fold(text)
    match = _YEAR.fullmatch(folded)
    if not match or not ("度" in folded or folded[:1] in "rhsf"):
        return None
    stated = match[1]
    stated = stated.removesuffix("度").removesuffix("年") + "年度"
    if bare := _BARE.fullmatch(stated):
        if near is None:
            return None
        found = []
        for era in _ERAS:
            try:
                found.append(parse_fiscal_year(f"{era}{bare[1]}年度"))
            except ValueError:
                continue
        return min(found, key=lambda year: (abs(year - near), year), default=None)
    try:
        return parse_fiscal_year(stated)
    except ValueError:
        return None


def calendar_year(text: str, near: int | None) -> int | None:
    """Return the calendar year that a text is, or None: 平成25年, 25年, 2013年. A fiscal year is none.

    >>> calendar_year("平成25年", None), calendar_year("25年", 2014), calendar_year("25年度", 2014)
    (2013, 2013, None)
    """
    folded = fold(text).removesuffix("末")
    return year_of(f"{folded}度", near) if folded.endswith("年") else None


_ANY = re.compile(r"(?:令和|平成|昭和)(?:元|\d{1,2})年度|(?:19|20)\d\d年度")


def first_year(text: str) -> int | None:
    """Return the first fiscal year with its era that a text names."""
    found = _ANY.search(fold(text))
    return parse_fiscal_year(found.group()) if found else None


def written(year: int) -> str:
    """Return a fiscal year as a transcription writes it: with its era; the later one where it changes in the year."""
    return fiscal_year_labels(year)[0][-1]
