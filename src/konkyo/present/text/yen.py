"""Amounts of money as people say them: 兆円, 億円, 万円; million, billion and trillion yen."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from konkyo.common.words import Words

# The least amount of a unit, the unit, and the digits behind its point.
_JA = ((10**12, "兆円", 2), (10**8, "億円", 1), (10**4, "万円", 0))
_EN = ((10**12, " trillion yen", 2), (10**9, " billion yen", 2), (10**6, " million yen", 1))
_SHORT = ((10**12, " tn", 2), (10**9, " bn", 2), (10**6, " mn", 1))


def in_words(yen: int) -> Words:
    """Return an amount of whole yen in the largest unit that it fills, rounded; 約 says that it is rounded.

    >>> in_words(2_367_800_000).ja, in_words(830_000_000).ja, in_words(1_234_567_890_123).ja, in_words(998).ja
    ('約23.7億円', '8.3億円', '約1.23兆円', '998円')
    >>> in_words(2_367_800_000).en
    'about 2.37 billion yen'
    """
    return Words(_said(yen, _JA, "円", "約"), _said(yen, _EN, " yen", "about "))


def in_a_cell(yen: int) -> Words:
    """Return an amount as :func:`in_words` has it, but short in English too, where several stand side by side.

    >>> in_a_cell(2_367_800_000).en, in_a_cell(830_000_000).en, in_a_cell(998).en
    ('~2.37 bn', '830 mn', '998')
    """
    return Words(in_words(yen).ja, _said(yen, _SHORT, "", "~"))


# How many yen the unit of a column of amounts is: 億円, and a million yen.
_COLUMN = {"ja": 10**8, "en": 10**6}
UNIT = Words("（億円）", " (million yen)")
"""What stands behind the heading of a column of amounts."""


def amount(yen: int, lang: str) -> str:
    """Return an amount as it stands in a column, in 億円 or million yen.

    >>> [amount(yen, "ja") for yen in (2_003_903_569_000, 34_482_000, 5_000, 0)]
    ['20,039.0', '0.345', '0.00005', '0']
    """
    value = Decimal(yen) / _COLUMN[lang]
    digits = 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    if rounded := value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):
        return f"{rounded:,f}"
    return f"{value.normalize():f}"


def exact(yen: int) -> Words:
    """Return an amount to the yen."""
    return Words(f"{yen:,}円", f"{yen:,} yen")


def _said(yen: int, units: tuple[tuple[int, str, int], ...], whole: str, about: str) -> str:
    sign, size = ("-" if yen < 0 else ""), abs(yen)
    for least, unit, digits in units:
        if size >= least:
            value = Decimal(size) / least
            rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
            if rounded == value:
                return f"{sign}{rounded.normalize():,f}{unit}"
            return f"{about}{sign}{rounded:,f}{unit}"
    return f"{yen:,}{whole}"
