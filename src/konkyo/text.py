"""Reading Japanese administrative text: folding for comparison, dates of every era, fiscal years, counts.

What is read here is for comparing and computing; what is stored stays as the source wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from konkyo.name_form import name_form

# First year of each era, less one: year 1 of 平成 is 1989. An era's first and last dates bound what is valid.
_ERAS: dict[str, tuple[int, str, str]] = {
    "明治": (1867, "1868-01-25", "1912-07-29"),
    "大正": (1911, "1912-07-30", "1926-12-24"),
    "昭和": (1925, "1926-12-25", "1989-01-07"),
    "平成": (1988, "1989-01-08", "2019-04-30"),
    "令和": (2018, "2019-05-01", "9999-12-31"),
}
# Control characters could move the cursor or set colours, and bidirectional controls could reorder what is read.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


def safe(text: str) -> str:
    """Return a text from data as it may be shown: what controls a terminal or the direction becomes ``�``.

    Tabs and line ends stay: see :func:`one_line`.
    """
    return _UNSAFE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return a text from data as it may stand in a tree, a table or a list at a terminal, without line breaks."""
    return safe(_BREAKS.sub(" ", text))


def fold(text: str) -> str:
    """Return ``text`` for reading numbers, dates and codes: NFKC, case folded, without any white space.

    Names are compared in a form that goes further (:func:`konkyo.name_form.name_form`); identifiers are made of this one,
    so that they stay. Folding is idempotent.
    """
    folded = _fold_once(text)
    # Case folding may leave NFKC (ﬃ-like letters do), and signs that a space kept apart may compose once it is
    # gone (か゛), so it is applied until nothing moves.
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


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


Bound = Literal["exact", "at-least", "at-most", "approximate", "range", "qualitative"]


@dataclass(frozen=True, slots=True)
class Count:
    """A count as stated: bounds (inclusive), how they are meant, and the unit as written."""

    lower: Decimal | None
    upper: Decimal | None
    bound: Bound
    unit: str


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_COUNT = re.compile(
    rf"(?P<about>約|およそ|概ね|おおむね)?(?P<first>{_NUMBER})(?P<unit1>[^\d\s~〜～\-以程未超(),、。]*)"
    rf"(?:[~〜～\-](?P<second>{_NUMBER})(?P<unit2>[^\d\s以程未超(),、。]*))?(?P<bound>以上|以下|程度)?"
)

# Words at the end of a count that loosen, bound or turn it: what stands before them is not the exact count.
_HEDGE = re.compile(r"[弱強余超増減半]|前後|内外|ほど|くらい|ぐらい|まで|より|から|未満|以内")


def parse_count(text: str) -> Count:
    """Read a count with its unit: ``７カ国以上``, ``38カ国``, ``４回程度``, ``10～20件``, ``1,200人``.

    Raises ValueError where the text is more, or other, than one count; 未満 and 超 are refused too,
    since an open bound of a quantity that need not be whole has no inclusive form, and so are 弱, 余り, 前後.
    """
    normal = "".join(unicodedata.normalize("NFKC", text).split())
    match = _COUNT.fullmatch(normal)
    # NFKC makes a plain digit of a raised or circled one: 10³ would become 103.
    if not match or any(sign.isdigit() and not sign.isdecimal() for sign in text):
        raise ValueError(f"{text!r} is not a single count with its unit")
    if _HEDGE.search(match["unit1"] + (match["unit2"] or "")):
        raise ValueError(f"{text!r} is neither exact nor bounded in a way that can be told")
    first = Decimal(match["first"].replace(",", ""))
    unit = match["unit1"] or match["unit2"] or ""
    if match["second"]:
        second = Decimal(match["second"].replace(",", ""))
        if (
            match["about"]
            or match["bound"]
            or second < first
            or (match["unit1"] and match["unit1"] != match["unit2"])
        ):
            raise ValueError(f"{text!r} is not a range that can be told")
        return Count(first, second, "range", unit)
    if match["about"] and match["bound"] not in (None, "程度"):
        raise ValueError(f"{text!r} is bounded and approximate at once")
    match match["bound"]:
        case "以上":
            return Count(first, None, "at-least", unit)
        case "以下":
            return Count(None, first, "at-most", unit)
        case None if not match["about"]:
            return Count(first, first, "exact", unit)
        case _:
            return Count(first, first, "approximate", unit)


def parse_lines(text: str | int) -> tuple[int, int]:
    """Read a line or a range of lines, 1-based and inclusive: ``75``, ``24-28``. Raises ValueError."""
    match = re.fullmatch(r"(\d{1,7})(?:-(\d{1,7}))?", fold(str(text)))
    if not match:
        raise ValueError(f"{text!r} is neither a line nor a range of lines such as 24-28")
    first = int(match[1])
    last = int(match[2] or first)
    if not 1 <= first <= last:
        raise ValueError(f"{text!r} is not a range of lines that rises from 1")
    return first, last


_DISPLAY_NUMBER = re.compile(
    r"^(?:(?:政策|施策)?[（(]?[\dⅠ-ⅿivx①-⑳㉑-㉟㊱-㊿一二三四五六七八九十]+(?:[-－ー‐.．][\d①-⑳]+)*[)）]?(?:[\s　:：、]|[.．](?!\d))+"
    r"|[（(][\d①-⑳]+[)）]|[①-⑳㉑-㉟㊱-㊿])",
    re.IGNORECASE,
)
# 「６資源エネルギーの…」: a number with nothing after it is taken for one only where no counter or letter follows.
_ATTACHED_NUMBER = re.compile(
    r"^\d{1,2}(?=[一-鿿ァ-ヺ])(?![年月日次者件割号期つ世回歳人個か省府県市町村章条項ヶカヵ])"
)


def split_display_number(name: str, *, attached: bool = False) -> tuple[str, str]:
    """Return the leading display number and the name without it: ``６ ＩＣＴ…`` gives ``("６", "ＩＣＴ…")``.

    Leading numbers (``Ⅴ``, ``６``, ``政策15：``) change with the year's layout and are no part of the name.
    With ``attached`` a number of one or two digits right before a kanji or katakana counts as one, too.
    A name that would become empty keeps its number.
    """
    name = name.strip()
    match = _DISPLAY_NUMBER.match(name) or (_ATTACHED_NUMBER.match(name) if attached else None)
    if not match or match.end() == len(name):
        return "", name
    return match.group().strip().rstrip(":：.．、 　"), name[match.end() :].strip()


_FORM_WORD = re.compile(r"(?:施策目標|基本目標|測定指標|政策)\s*(?=([0-9A-Za-z]*)$)")


def number_of(text: str, lang: str) -> str:
    """Return a number for a text in one language: the form's ``施策目標 b`` is ``b`` in English, ``基本目標`` none."""
    return _FORM_WORD.sub("", text) if lang == "en" else text


_BETWEEN_NUMBERS = re.compile(r"[\s.．、,・:：>＞]")


def place_key(text: str) -> str:
    """Return a place in a document for comparing: 第2章 ２（１） and 第２章2(1) are one."""
    return _BETWEEN_NUMBERS.sub("", name_form(text))


_YEN = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?")


def parse_yen(text: str) -> int:
    """Return a whole amount: ``34482000``, ``34482000.0``, `` 34,482,000 ``, ``-569000``. Raises ValueError."""
    match = _YEN.fullmatch(text.strip())
    if not match or not text.isascii():
        raise ValueError(f"{text!r} is not a whole amount")
    return int(match[1] + match[2].replace(",", ""))
