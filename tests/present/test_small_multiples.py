"""Indicators that go on over reviews: what is one series, how it is drawn and told in reports and on pages."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Words
from konkyo.graph.asked_years import period
from konkyo.graph.facts import load_facts
from konkyo.graph.long_indicators import LongIndicator, long_indicators
from konkyo.graph.reader import Reader
from konkyo.graph.years import year_scope
from konkyo.model.namespaces import ID
from konkyo.present.report import make, render_html, report_csv
from konkyo.present.report.long_run import told_in_words
from konkyo.present.small_multiples import Multiples, Panel, draw

PROJECT = f"{ID}project/judgit-2019/soumu/0021"


def read(graph: KnowledgeGraph, since: int | None = None, year: int | None = None) -> list[LongIndicator]:
    reader = Reader(graph.store)
    scope = year_scope(graph.store, period(year, since), thing=PROJECT)
    load_facts(reader, [PROJECT], scope, over_reviews=True)
    return long_indicators(reader, PROJECT, scope)


def test_an_indicator_of_one_name_is_a_series_over_the_chain(reviews_graph: KnowledgeGraph) -> None:
    found = {one.name: one for one in read(reviews_graph)}
    # 消える指標 and 新しい指標 stand in one review each; no sheet of 2019 has an output, those of 2017 and 2018 have others.
    assert set(found) == {"認知度"}
    (known,) = found.values()
    assert (known.kind, known.unit, known.reviews, known.level) == (
        "outcome",
        "％",
        (2017, 2018, 2019),
        "derived",
    )
    results = {year: [(one.number, one.review) for one in known.told[year, "result"]] for year in known.years}
    # Of 2016 the reviews of 2017 and 2019 tell one number: the latest counts, and none differs.
    assert results == {2015: [(40.0, 2017)], 2016: [(50.0, 2019)], 2017: [(55.0, 2018)], 2018: [(60.0, 2019)]}
    assert [one.years for one in read(reviews_graph, since=2018)] == [[2017, 2018]] or not read(
        reviews_graph, since=2019
    )
    assert read(reviews_graph, year=2019) == []


def test_report_and_page_show_it_with_its_places(reviews_graph: KnowledgeGraph) -> None:
    report = make(reviews_graph.store, PROJECT)
    table = report_csv(report, "ja")
    assert (
        "2017年度 アウトカム 認知度（％）、3回のレビュー〔導出〕,実績,55.0（2018年度レビュー）,a.ndjson 2行目"
        in table
    )
    page = render_html(report, "ja")
    assert '<svg viewBox="0 0 264 132"' in page and "2018年度実績60" in page and "matplotlib" not in page


def test_what_reviews_tell_differently_stands_beside(reviews_graph: KnowledgeGraph) -> None:
    (known,) = read(reviews_graph)
    one = known.told[2015, "result"][0]
    assert told_in_words((one,)) == Words("40.0（2017年度レビュー）", "40.0 (review 2017)")
    both = told_in_words((one, known.told[2018, "result"][0]))
    assert (
        both and both.ja == "40.0（2017年度レビュー、2019年度レビューでは60.0）" and told_in_words(()) is None
    )


_NUMBERS = st.none() | st.floats(-1e15, 1e15)
_POINTS = st.lists(
    st.tuples(st.integers(1990, 2100), _NUMBERS, _NUMBERS), min_size=1, unique_by=lambda p: p[0]
).map(sorted)


@given(
    st.lists(st.builds(Panel, st.text().map(lambda text: Words(text, text)), _POINTS.map(tuple)), max_size=4)
)
def test_every_drawing_is_well_formed_and_within_its_frame(panels: list[Panel]) -> None:
    tree: Element = fromstring(draw(Multiples(tuple(panels)), "ja"))
    drawn = [panel for panel in panels if len(panel.numbers) > 1]
    assert len(tree.findall("figure")) == len(drawn)
    for figure, panel in zip(tree.findall("figure"), drawn, strict=True):
        assert len(figure.findall(".//circle")) == sum(result is not None for *_, result in panel.points)
        places = [
            float(part)
            for line in figure.findall(".//polyline")
            for part in line.attrib["points"].replace(",", " ").split()
        ]
        assert all(-0.1 <= place <= 264.1 for place in places)


def test_over_a_year_of_which_nothing_is_told_no_line_is_drawn() -> None:
    points = ((2014, None, 1.0), (2015, None, 2.0), (2017, 4.0, 3.0), (2018, None, 5.0))
    tree = fromstring(draw(Multiples((Panel(Words("見本", "sample"), points),)), "en"))
    lines = [line.attrib["points"].count(",") for line in tree.findall(".//polyline[@class='result']")]
    assert lines == [2, 2] and tree.find(".//title") is not None
    assert "target 2017: 4, result 2017: 3" in "".join(tree.itertext())
