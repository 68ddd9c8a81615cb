"""Reading counts with their units, and whole amounts of money."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from konkyo.common.text import whole

Bound = Literal["exact", "at-least", "at-most", "approximate", "range", "qualitative"]


@dataclass(frozen=True, slots=True)
class Count:
    """A count as stated: bounds (inclusive), how they are meant, and the unit as written."""

    lower: Decimal | None
    upper: Decimal | None
    bound: Bound
    unit: str


MOST_DIGITS = 18
"""Digits before the point that a number of a source has at most: stores and tables reckon with 64 bits. What is longer is kept as text."""
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
    if any(len(part.split(".")[0]) > MOST_DIGITS for part in (match["first"], match["second"] or "")):
        raise ValueError(f"{text!r} is longer than any count")
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


_YEN = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?")


def parse_yen(text: str) -> int:
    """Return a whole amount: ``34482000``, ``34482000.0``, `` 34,482,000 ``, ``-569000``. Raises ValueError."""
    match = _YEN.fullmatch(text.strip())
    if not match or not text.isascii() or len(match[2].replace(",", "")) > MOST_DIGITS:
        raise ValueError(f"{text!r} is not a whole amount")
    return int(match[1] + match[2].replace(",", ""))


_SIGNED = re.compile(r"([△▲\-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", re.ASCII)


def signed_number(text: str) -> Decimal | None:
    """Return an amount as sheets write it, with what stands behind its point, or None for words and for a dash.

    >>> [signed_number(text) for text in ("△1,200.50", "９０", "集計中", "1" * 19)]
    [Decimal('-1200.50'), Decimal('90'), None, None]
    """
    match = _SIGNED.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    size = whole(match[2].replace(",", ""), MOST_DIGITS) if match else None
    if match is None or size is None:
        return None
    return Decimal(f"{size}{match[3] or ''}") * (-1 if match[1] else 1)


def signed_amount(text: str) -> int | None:
    """Return a whole amount as sheets write it, or None for words and for a dash.

    >>> [signed_amount(text) for text in ("△ 6,841", "▲5", "-50", "１，２００", "集計中", "-")]
    [-6841, -5, -50, 1200, None, None]
    """
    number = signed_number(text)
    return int(number) if number is not None and number.as_tuple().exponent == 0 else None
