"""Since when the projects of a plan exist, against its date: how years stand to dates, and the picture."""

from __future__ import annotations

import pytest

from konkyo.present.report.model import Starts
from konkyo.present.report.starts import against, drawn


@pytest.mark.parametrize(
    ("start", "first", "wanted"),
    [
        (2012, "2013-06-14", "決定前"),  # ended on 31 March 2013
        (2013, "2013-06-14", "決定の年度"),
        (2014, "2013-06-14", "決定後"),
        (2012, "2013-03-31", "決定の年度"),  # the last day of the year itself
        (2012, "2013-04-01", "決定前"),
        (2013, "2013-04", "決定の年度"),
        (2013, "2014", "決定の年度"),  # some day of 2014
    ],
)
def test_a_fiscal_year_against_a_date(start: int, first: str, wanted: str) -> None:
    assert against(start, first).ja == wanted


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_picture_tells_apart_what_began_before(lang: str) -> None:
    picture = drawn(Starts((1965, 2012, 2013, 2014), (1, 4, 2, 9), "2013-06-14"), lang)
    assert picture.startswith("<div") and "2013-06-14" in picture
    assert ("決定前に始まった事業" if lang == "ja" else "begun before it") in picture
    # Two bars before, two from the year of the decision on, each of a plain fill; the line at the date tells them apart too.
    assert picture.count('rect class="f-b"') == picture.count('rect class="f-a"') == 2
    assert drawn(Starts((1965, 2012), (1, 4), "1960"), lang).count('rect class="f-a"') == 2
