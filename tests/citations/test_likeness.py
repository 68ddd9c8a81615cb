"""Measures that were renamed."""

from __future__ import annotations

from konkyo.citations.likeness import renamed_measures


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
