"""Laws without an id, and measures that were renamed."""

from __future__ import annotations

from konkyo.citations.likeness import laws_by_name, renamed_measures


def test_a_law_without_id_takes_that_of_its_exact_name() -> None:
    pairs = [
        ("架空法", "325AC0000000001"),
        ("架空法（昭和25年法律第1号）", ""),
        ("架空法", ""),
        ("架空法施行令", ""),
        ("二重法", "325AC0000000002"),
        ("二重法", "325AC0000000003"),
        ("二重法 ", ""),
        ("", ""),
    ]
    assert laws_by_name(pairs) == {
        "架空法": "325AC0000000001",
        "架空法（昭和25年法律第1号）": "325AC0000000001",
    }


def test_renamed_measures_are_listed_not_merged() -> None:
    measures = [
        ("甲省", "1 架空分野における国際戦略の推進", 2023),
        ("甲省", "２ 架空分野における国際戦略の促進", 2024),
        ("甲省", "架空分野の人材の育成", 2023),
        ("甲省", "架空分野の人材の育成", 2024),
        ("乙省", "架空分野における国際戦略の推進", 2024),
    ]
    (one,) = renamed_measures(measures)
    assert (one.ministry, one.earlier, one.later) == (
        "甲省",
        "架空分野における国際戦略の推進",
        "架空分野における国際戦略の促進",
    )
    assert 0.75 <= one.score < 1
    assert renamed_measures(reversed(measures)) == [one]


def test_two_names_of_one_year_are_two_measures() -> None:
    assert not renamed_measures([("甲省", "架空施策の推進", 2024), ("甲省", "架空施策の促進", 2024)])
