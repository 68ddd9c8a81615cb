"""Reading dates, years, counts, lines and numbers: what is read is what was written, and nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.common.amounts import Count, parse_count, parse_yen, signed_amount
from konkyo.common.dates import PartialDate, era_date, fiscal_year_labels, parse_date, parse_fiscal_year
from konkyo.common.text import UNFIT, fold, parse_lines, split_display_number, whole
from konkyo.sources.documents import Box
from support.examples import examples

PROPERTY = settings(max_examples=examples(80))
WIDE = str.maketrans("0123456789-./,()", "０１２３４５６７８９－．／，（）")
# The first days of the eras, from the law; the program has its own table.
ERAS = [
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
]
days = st.dates(date(1868, 1, 25), date(2099, 12, 31))


def era_of(day: date) -> tuple[str, str, int]:
    name, letter, first = next(era for era in ERAS if day >= era[2])
    return name, letter, day.year - first.year + 1


# --- fold -------------------------------------------------------------------------------------------


@PROPERTY
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text", ["か゛", "ﾊ ﾟ", "e´", "a　b", "ﬃ", "İ", "ẞ", "㍻", "①", "Ⅱ", "ｶﾞ", "\u1e9b\u0323"]
)
def test_folding_is_idempotent_for_signs_that_decompose(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@PROPERTY
@given(st.text())
def test_a_folded_text_has_no_white_space_and_no_separator(text: str) -> None:
    assert not any(sign.isspace() for sign in fold(text))
    assert "\x1f" not in fold(text)


@PROPERTY
@given(st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_width_case_and_spaces_fold_together(text: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in text.upper())
    assert fold(wide) == fold(" ".join(text)) == text.lower()


def test_near_equal_names_stay_apart() -> None:
    assert fold("日本再生戦略") != fold("日本再生の基本戦略")
    assert fold("新たな情報通信技術戦略　工程表") == fold("新たな情報通信技術戦略 工程表")


# --- dates ------------------------------------------------------------------------------------------


@PROPERTY
@given(days, st.booleans(), st.sampled_from(["", " ", "　"]))
def test_an_era_date_is_read_back(day: date, wide: bool, space: str) -> None:
    name, letter, number = era_of(day)
    year = "元" if number == 1 else str(number)
    wanted = PartialDate(day.year, day.month, day.day)
    written = f"{name}{year}年{space}{day.month}月{space}{day.day}日"
    assert parse_date(written.translate(WIDE) if wide else written) == wanted
    assert parse_date(f"{letter}{number}.{day.month}.{day.day}") == wanted
    assert parse_date(f"{name}{year}年{day.month}月") == PartialDate(day.year, day.month)


@PROPERTY
@given(days)
def test_a_western_date_is_read_back(day: date) -> None:
    wanted = PartialDate(day.year, day.month, day.day)
    assert parse_date(day.isoformat()) == parse_date(f"{day.year}年{day.month}月{day.day}日") == wanted
    assert wanted.iso == day.isoformat() and wanted.datatype == "date"
    month = parse_date(f"{day.year}-{day.month:02}")
    assert (month.iso, month.datatype) == (day.isoformat()[:7], "gYearMonth")
    year = parse_date(f"{day.year}年")
    assert (year.iso, year.datatype) == (str(day.year), "gYear")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("平成24年３月27日", "2012-03-27"),
        ("平成22年６月１８日", "2010-06-18"),
        ("平成23年7月", "2011-07"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("R5.6.16", "2023-06-16"),
        ("2012/7/31", "2012-07-31"),
        ("2012年2月29日", "2012-02-29"),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert parse_date(text).iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2012",
        "平成",
        "平成0年1月1日",
        "平成31年5月1日",
        "昭和64年1月8日",
        "令和元年4月30日",
        "平成元年1月7日",
        "平成24年13月",
        "平成24年0月",
        "平成23年2月29日",
        "2012-02-30",
        "2011-02-29",
        "1900-02-29",
        "平成24年9月から",
        "2012-07-31 2012-08-01",
        "24年9月",
        "X24.9.1",
        "平成24年9月3",
        "12012-07-31",
        "平成100年",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.compile("date|era|month|day")):
        parse_date(text)


@PROPERTY
@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = parse_date(text)
    except ValueError:
        return
    assert parse_date(found.iso if found.month else f"{found.iso}年") == found


# --- fiscal years -----------------------------------------------------------------------------------


@PROPERTY
@given(st.integers(1868, 2100))
def test_every_name_of_a_fiscal_year_is_read_back(year: int) -> None:
    names, short = fiscal_year_labels(year)
    assert 1 <= len(names) <= 2
    for name in names:
        assert parse_fiscal_year(name) == parse_fiscal_year(name.translate(WIDE)) == year
    for name in short:
        if name[0].isascii() and name[0].isalpha():
            assert parse_fiscal_year(name) == year
        else:  # without its era it is no year
            with pytest.raises(ValueError, match="fiscal year"):
                parse_fiscal_year(name)
    assert parse_fiscal_year(f"{year}年度") == parse_fiscal_year(f"FY{year}") == year


def test_a_fiscal_year_in_which_the_era_changes_has_both_names() -> None:
    assert fiscal_year_labels(2019)[0] == ("平成31年度", "令和元年度")
    assert fiscal_year_labels(2011)[0] == ("平成23年度",)
    assert fiscal_year_labels(1926)[0] == ("大正15年度", "昭和元年度")
    # 平成 began in January 1989, but its first year as a fiscal year is the one that began in April.
    assert fiscal_year_labels(1988)[0] == ("昭和63年度",) and fiscal_year_labels(1989)[0] == ("平成元年度",)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("平成23年度", 2011),
        ("H23", 2011),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("ＦＹ２０１１", 2011),
        ("2011", 2011),
    ],
)
def test_fiscal_years(text: str, year: int) -> None:
    assert parse_fiscal_year(text) == year


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23年度",
        "平成0年度",
        "平成00年度",
        "平成05年度",
        "平成33年度",
        "昭和65年度",
        "平成23年",
        "平成23年度末",
        "11年",
        "FY11",
    ],
)
def test_what_is_no_fiscal_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"fiscal year|era"):
        parse_fiscal_year(text)


# --- counts -----------------------------------------------------------------------------------------

units = st.sampled_from(["人", "回", "件", "カ国", "か国", "ヶ所", "％", "億円", "社", "GB"])
numbers = st.decimals(0, 10**9, places=0) | st.decimals(0, 10**6, places=2)


@PROPERTY
@given(numbers, units, st.booleans(), st.booleans(), st.sampled_from(["", "以上", "以下", "程度", "約"]))
def test_a_count_is_read_back(number: Decimal, unit: str, wide: bool, commas: bool, bound: str) -> None:
    digits = f"{number:,f}" if commas else f"{number:f}"
    written = f"約{digits}{unit}" if bound == "約" else f"{digits}{unit}{bound}"
    count = parse_count(written.translate(WIDE) if wide else written)
    assert count.unit == unicodedata.normalize("NFKC", unit)
    lower, upper, kind = {
        "": (number, number, "exact"),
        "以上": (number, None, "at-least"),
        "以下": (None, number, "at-most"),
        "程度": (number, number, "approximate"),
        "約": (number, number, "approximate"),
    }[bound]
    assert (count.lower, count.upper, count.bound) == (lower, upper, kind)


@PROPERTY
@given(st.integers(0, 10**6), st.integers(0, 10**6), units, st.sampled_from("~〜～"))
def test_a_range_rises_or_is_refused(first: int, second: int, unit: str, sign: str) -> None:
    text = f"{first}{sign}{second}{unit}"
    if second < first:
        with pytest.raises(ValueError, match="range"):
            parse_count(text)
    else:
        assert parse_count(text) == Count(
            Decimal(first), Decimal(second), "range", unicodedata.normalize("NFKC", unit)
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "回",
        "7回、8回",
        "7回(予定)",
        "7回超",
        "7回未満",
        "7人を超える",
        "10人以内",
        "約7回以上",
        "10～20件以上",
        "10人～20件",
        "1,23人",
        "日ASEAN情報通信大臣級会合等、計35回実施",
        "-7回",
        "7．回だ（3）",
    ],
)
def test_what_is_no_single_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_count(text)


@pytest.mark.parametrize(
    "text", ["100人弱", "100人強", "100人余り", "100人ほど", "100人まで", "100人前後", "10³人"]
)
def test_a_hedged_count_is_not_taken_for_an_exact_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_count(text)


# --- lines ------------------------------------------------------------------------------------------


@PROPERTY
@given(st.integers(1, 9_999_999), st.integers(0, 1000))
def test_lines_are_read_back(first: int, more: int) -> None:
    last = min(first + more, 9_999_999)
    assert parse_lines(f"{first}-{last}") == parse_lines(f"{first}-{last}".translate(WIDE)) == (first, last)
    assert parse_lines(first) == parse_lines(str(first)) == (first, first)


@pytest.mark.parametrize(
    "text", ["", "0", "0-3", "28-24", "-3", "3-", "1-2-3", "L3", "3,4", "3.0", "99999999", "三"]
)
def test_what_is_no_range_of_lines_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="line"):
        parse_lines(text)


# --- display numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("６ ＩＣＴ分野における国際戦略の推進", "６", "ＩＣＴ分野における国際戦略の推進"),
        ("政策15：ＩＣＴ分野における国際戦略の推進", "政策15", "ＩＣＴ分野における国際戦略の推進"),
        ("Ⅴ．情報通信", "Ⅴ", "情報通信"),
        ("（３）アジア経済戦略", "（３）", "アジア経済戦略"),
        ("①電波利用", "①", "電波利用"),
        ("ＩＣＴ分野", "", "ＩＣＴ分野"),
        ("2020年東京大会", "", "2020年東京大会"),
        ("i-Japan 戦略", "", "i-Japan 戦略"),
        ("6", "", "6"),
        ("", "", ""),
    ],
)
def test_display_numbers(text: str, number: str, name: str) -> None:
    assert split_display_number(text) == (number, name)


@PROPERTY
@given(
    st.sampled_from(["1", "１５", "Ⅴ", "（３）", "政策15", "Ⅱ－３", "三"]),
    st.sampled_from([" ", "　", "：", "．", "、"]),
    st.sampled_from(["情報通信", "ＩＣＴ分野における国際戦略の推進", "電波利用料財源による事業"]),
)
def test_the_name_is_the_same_whatever_the_number(number: str, separator: str, name: str) -> None:
    assert split_display_number(number + separator + name) == (number, name)


@PROPERTY
@given(st.text(max_size=30))
def test_no_name_becomes_empty_and_none_is_invented(text: str) -> None:
    number, name = split_display_number(text)
    assert text.strip().endswith(name) and text.strip().startswith(number)
    assert bool(name) == bool(text.strip())


@pytest.mark.parametrize("text", ["10.5%の削減", "2.0時代の行政"])
def test_a_decimal_is_no_display_number(text: str) -> None:
    assert split_display_number(text) == ("", text)


@given(day=st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_of_an_era_is_read_as_it_was_written(day: date) -> None:
    written = era_date(day.isoformat())
    assert written is not None and parse_date(written).iso == day.isoformat()


@pytest.mark.parametrize("less", ["", "2023", "2023-06"])
def test_what_is_no_whole_day_is_written_in_no_era(less: str) -> None:
    assert era_date(less) is None


@pytest.mark.parametrize(
    "text", ["", "²", "①", "１２", "+1", "-1", "1_000", " 1", "abc", "9" * 19, "9" * 5000, None, 7]
)
def test_a_number_of_somebody_else_is_ascii_digits(text: object) -> None:
    assert whole(text) is None


def test_a_number_longer_than_a_store_reckons_with_is_no_amount() -> None:
    most = "9" * 18
    assert whole(most) == parse_yen(most) == signed_amount(most) == int(most)
    assert parse_count(f"{most}件").lower == int(most)
    for longer in (f"1{most}", "9" * 5000):
        assert signed_amount(longer) is None
        for reads in (parse_yen, parse_count):
            with pytest.raises(ValueError, match="9"):
                reads(longer)


@given(
    st.text(
        st.one_of(st.sampled_from("\x00\x0b\x1f\x7f\x85\ud800\ufffe\r\n\t"), st.characters()), max_size=20
    )
)
def test_what_a_document_says_can_be_written_and_read_again(text: str) -> None:
    box = Box(text, 0, 0, 0, 1, 1, "p.1", True)
    assert not UNFIT.search(box.text) and len(box.text) <= len(text)
    assert box.text == text or UNFIT.search(text)
