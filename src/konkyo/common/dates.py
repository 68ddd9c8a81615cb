"""Reading dates and fiscal years of every era, as precise as they are stated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from konkyo.common.text import fold

# First year of each era, less one: year 1 of 平成 is 1989. An era's first and last dates bound what is valid.
_ERAS: dict[str, tuple[int, str, str]] = {
    "明治": (1867, "1868-01-25", "1912-07-29"),
    "大正": (1911, "1912-07-30", "1926-12-24"),
    "昭和": (1925, "1926-12-25", "1989-01-07"),
    "平成": (1988, "1989-01-08", "2019-04-30"),
    "令和": (2018, "2019-05-01", "9999-12-31"),
}
_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date exactly as precise as it was stated: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """Return ``2012``, ``2012-07`` or ``2012-07-31``."""
        return "-".join(
            f"{value:0{width}}"
            for value, width in ((self.year, 4), (self.month, 2), (self.day, 2))
            if value is not None
        )

    @property
    def datatype(self) -> str:
        """Return the XSD type (local name) of :attr:`iso`."""
        return ("gYear", "gYearMonth", "date")[(self.month is not None) + (self.day is not None)]


_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ERA_DATE = re.compile(
    r"(明治|大正|昭和|平成|令和|(?<![a-z])[mtshr])(元|\d{1,2})(?:年(?:(\d{1,2})月(?:(\d{1,2})日)?)?|[./](\d{1,2})(?:[./](\d{1,2}))?)"
)
_WESTERN_DATE = re.compile(
    r"(?<!\d)([12]\d{3})(?:年(?:(\d{1,2})月(?:(\d{1,2})日)?)?|[-./](\d{1,2})(?:[-./](\d{1,2}))?)(?!\d)"
)


def parse_date(text: str) -> PartialDate:
    """Read one date such as ``平成24年３月27日``, ``平成23年7月``, ``R5.6.16``, ``2012-07-31``.

    The precision is the stated one. Raises ValueError where the text is not exactly one valid date,
    or the day lies outside the era that is named.
    """
    folded = fold(text).translate(_KANJI_DIGITS)
    if match := _ERA_DATE.fullmatch(folded):
        name, number = match[1], match[2]
        era = _LETTERS.get(name, name)
        offset, first, last = _ERAS[era]
        date = _valid(offset + (1 if number == "元" else int(number)), list(match.groups()[2:]), text)
        # Only as much of the bounds as the date states can be compared.
        if not first[: len(date.iso)] <= date.iso <= last[: len(date.iso)]:
            raise ValueError(f"{text!r} lies outside the era {era}")
        return date
    if match := _WESTERN_DATE.fullmatch(folded):
        return _valid(int(match[1]), list(match.groups()[1:]), text)
    raise ValueError(f"{text!r} is not a date")


def era_date(iso: str) -> str | None:
    """Return a day as documents of the government write it: ``2012-07-31`` is ``平成24年7月31日``. None where it is no whole day."""
    for era, (offset, first, last) in _ERAS.items():
        if len(iso) == 10 and first <= iso <= last:
            year, month, day = map(int, iso.split("-"))
            return f"{era}{year - offset if year - offset > 1 else '元'}年{month}月{day}日"
    return None


def _valid(year: int, rest: list[str | None], text: str) -> PartialDate:
    month, day = (
        int(stated) if (stated := first or second) else None
        for first, second in zip(rest[:2], rest[2:], strict=True)
    )
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"{text!r} names month {month}")
    if month is not None and day is not None:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if not 1 <= day <= _MONTH_DAYS[month - 1] - (month == 2 and not leap):
            raise ValueError(f"{text!r} names day {day} of month {month}")
    return PartialDate(year, month, day)


_FISCAL_YEAR = re.compile(
    r"(?:(明治|大正|昭和|平成|令和|[mtshr])(元|\d{1,2})|fy([12]\d{3})|([12]\d{3}))(?:年度)?"
)


def parse_fiscal_year(text: str) -> int:
    """Return the calendar year in which the fiscal year begins: ``平成23年度``, ``H23``, ``FY2011``, ``2011年度``.

    Raises ValueError for anything else; a bare ``23年度`` names no era and is refused rather than guessed.
    """
    folded = fold(text)
    match = _FISCAL_YEAR.fullmatch(folded)
    if not match:
        raise ValueError(f"{text!r} is not a fiscal year with its era or its western year")
    era, number, western, plain = match.groups()
    if not era:
        return int(western or plain)
    name = _LETTERS.get(era, era)
    offset, first, last = _ERAS[name]
    year = offset + (1 if number == "元" else int(number))
    if number != "元" and number.startswith("0"):
        raise ValueError(f"{text!r} is not a year of an era")
    # A fiscal year carries an era's name if any of its days lies in the era.
    if not (f"{year + 1}-03-31" >= first and f"{year}-04-01" <= last):
        raise ValueError(f"{text!r} lies outside the era {name}")
    return year


def fiscal_year_labels(year: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the Japanese names and the short forms of a fiscal year.

    A fiscal year in which the era changes has the names of both: 2019 gives ``平成31年度`` and ``令和元年度``.
    """
    names, short = [], []
    for era, (offset, first, last) in _ERAS.items():
        number = year - offset
        if number >= 1 and f"{year + 1}-03-31" >= first and f"{year}-04-01" <= last:
            written = "元" if number == 1 else str(number)
            letter = next(key for key, value in _LETTERS.items() if value == era).upper()
            names.append(f"{era}{written}年度")
            short += [f"{written}年度", f"{letter}{number}"]
    return tuple(names), tuple(short)
