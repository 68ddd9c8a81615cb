"""Amounts in words: the unit, the rounding, and that it is said."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.present.text.yen import exact, in_words

UNITS = {"兆円": 10**12, "億円": 10**8, "万円": 10**4, "円": 1}


@pytest.mark.parametrize(
    ("yen", "ja", "en"),
    [
        (0, "0円", "0 yen"),
        (9_999, "9,999円", "9,999 yen"),
        (25_000_000, "2,500万円", "25 million yen"),
        (333_800_000, "約3.3億円", "333.8 million yen"),
        (99_999_999, "約10,000万円", "about 100.0 million yen"),
        (1_000_000_000, "10億円", "1 billion yen"),
        (1_107_271_779_102, "約1.11兆円", "about 1.11 trillion yen"),
        (-2_367_800_000, "約-23.7億円", "about -2.37 billion yen"),
    ],
)
def test_in_words(yen: int, ja: str, en: str) -> None:
    assert in_words(yen) == (ja, en)


@given(st.integers(-(10**16), 10**16))
def test_what_is_not_said_to_be_rounded_is_exact(yen: int) -> None:
    found = re.fullmatch(r"(約?)(-?[\d,.]+)(兆円|億円|万円|円)", in_words(yen).ja)
    assert found
    told = Decimal(found[2].replace(",", "")) * UNITS[found[3]]
    assert (told == yen) == (not found[1])
    # At most half of the last digit that is shown.
    assert abs(told - yen) * 20 <= max(abs(yen), 1) or found[3] == "万円"
    assert exact(yen).ja == f"{yen:,}円"
