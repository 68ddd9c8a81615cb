"""The number of a law in the spellings that sources have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.common.law_number import LawNumber, law_number


@pytest.mark.parametrize(
    "text",
    [
        "平成二十六年法律第四十九号",
        "平成26年法律第49号",
        "平成２６年５月３０日法律第４９号",
        "（平成 26 年 法律 第 49 号）",
    ],
)
def test_one_number_in_each_spelling(text: str) -> None:
    assert law_number(text) == LawNumber(5 - 1, 26, "法律", 49)


@pytest.mark.parametrize(
    ("text", "law_id", "fits"),
    [
        ("昭和二十二年法律第五十号", "322AC0000000050", True),
        ("平成七年法律第三十五号", "322AC0000000050", False),  # the amending law's
        ("平成十一年法率第九十一号", "411AC0000000091", False),  # a slip: no kind of law is called so
        ("平成十九年政令第百二十四号", "419CO0000000124", True),
        ("平成十九年法律第百二十四号", "419CO0000000124", False),
        ("第百三号", "411AC0000000103", True),
        ("平成二十年厚生労働省令第百号", "420M60000100100", True),
    ],
)
def test_a_number_against_the_id_of_a_law(text: str, law_id: str, fits: bool) -> None:
    number = law_number(text)
    assert number is not None
    assert number.may_be(law_id) is fits


@pytest.mark.parametrize("text", ["", "89", "令和六年五月十七日 施行", "第号", "年法律"])
def test_what_states_no_number(text: str) -> None:
    assert law_number(text) is None


@given(st.integers(1, 99), st.integers(1, 999))
def test_digits_and_kanji_say_the_same(year: int, number: int) -> None:
    def kanji(value: int) -> str:
        hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
        digit = " 一二三四五六七八九"
        return (
            (f"{digit[hundreds] if hundreds > 1 else ''}百" if hundreds else "")
            + (f"{digit[tens] if tens > 1 else ''}十" if tens else "")
            + (digit[ones] if ones else "")
        )

    assert law_number(f"昭和{year}年政令第{number}号") == law_number(
        f"昭和{kanji(year)}年政令第{kanji(number)}号"
    )


@given(st.text(max_size=60))
def test_no_text_stops_it(text: str) -> None:
    law_number(text)


def test_two_numbers_of_one_law() -> None:
    whole, short, other = (
        law_number(text) for text in ("平成11年法律第91号", "第91号", "平成12年法律第91号")
    )
    assert whole and short and other
    assert not whole.contradicts(short)
    assert whole.contradicts(other)
