"""Measures that were renamed."""

from __future__ import annotations

from konkyo.citations.similarity import MeasureName, RenamedMeasure, renamed_measures
from konkyo.model.identifiers import digest, thing


def measure(ministry: str, name: str, year: int) -> MeasureName:
    return MeasureName(thing("measure", digest(ministry, name.lstrip("1２ "))), ministry, name, year, 3)


def test_renamed_measures_are_listed_not_merged() -> None:
    measures = [
        measure("甲省", "1 架空分野における国際戦略の推進", 2023),
        measure("甲省", "２ 架空分野における国際戦略の促進", 2024),
        measure("甲省", "架空分野の人材の育成", 2023),
        measure("甲省", "架空分野の人材の育成", 2024),
        measure("乙省", "架空分野における国際戦略の推進", 2024),
    ]
    (one,) = renamed_measures(measures)
    assert isinstance(one, RenamedMeasure)
    assert (one.ministry, one.earlier, one.later) == ("甲省", measures[0], measures[1])
    assert 0.75 <= one.score < 1 and one.reason.ja and one.reason.en
    assert renamed_measures(reversed(measures)) == [one]


def test_two_names_of_one_year_are_two_measures() -> None:
    assert not renamed_measures(
        [measure("甲省", "架空施策の推進", 2024), measure("甲省", "架空施策の促進", 2024)]
    )
