"""Where the cells of a table without rules end: by how they are set, by lines that are full, and over a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from konkyo.sources.documents import Box, Document
from konkyo.sources.documents.bands import reach, set_at
from konkyo.sources.documents.page_breaks import reaching_over_pages, with_rests
from konkyo.sources.documents.pdf import read_pdf
from konkyo.sources.documents.widths import widen
from konkyo.sources.forms.form import forms
from konkyo.sources.forms.page import Sheet
from konkyo.sources.forms.row_indicators import read_row_indicators
from support.adverse_layouts import PDF_LAYOUTS, page
from support.drawn_pdf import pdf, rules, text
from support.facts_of_sheets import score
from support.generated_ministries import FORMS as SHEETS
from support.generated_reviews import FORMS as REVIEWS
from support.many_sheets import filled
from support.places import Place


def test_labels_between_rows_tell_that_cells_are_in_the_middle_though_some_have_two_lines() -> None:
    rows = [Place(x, y) for x in (60, 120, 180) for y in (0, 15, 30, 45)]
    between = [Place(0, 7.5), Place(0, 37.5)]
    # Two labels of two lines stand side by side in the middle of all four: they tell nothing of each other.
    wide = [Place(-60, 17, high=18), Place(-120, 17, high=18), Place(-180, 17, high=18)]
    cells = [*rows, *between, *wide]
    assert set_at(cells, [1] * 14 + [2] * 3) == "middle"


ENDS = [-2.0, 12.0, 27.0, 42.0]


def test_a_cell_at_the_bottom_leaves_the_years_above_its_figures() -> None:
    # The corner above 当初予算 is empty; a name beside other words is of both rows.
    figures = [Place(60, 17), Place(120, 17)]
    cells = [Place(0, 17), Place(60, 2), Place(120, 2), *figures]
    narrow, years = [False, True, True, True, True], [False, True, True, False, False]
    assert reach(cells, narrow, "bottom", ENDS[:3], years=years)[0] == (12.0, 27.0)
    assert reach(cells, narrow, "bottom", ENDS[:3], years=[False] * 5)[0] == (-2.0, 27.0)


def test_a_cell_at_the_bottom_of_the_first_row_leaves_the_title() -> None:
    cells = [Place(60, 2), Place(0, 17), Place(60, 17), Place(0, 32), Place(60, 32)]
    found = reach(cells, [False] * 5, "bottom", ENDS)
    assert found[1] == (12.0, 27.0)
    # On a page that goes on, what stands above may be a row of it.
    assert reach(cells, [False] * 5, "bottom", ENDS, goes_on=True)[1] == (-2.0, 27.0)


def test_the_rows_of_others_end_where_the_white_below_them_does() -> None:
    # The last column is empty beside 年度ごとの目標値: the heading below it begins with its own row.
    cells = [Place(0, 2), Place(60, 2), Place(0, 17), Place(60, 17), Place(120, 2)]
    cells += [Place(0, 38), Place(60, 38), Place(120, 38)]
    found = reach(cells, [False] * 8, "bottom", [-2.0, 12.0, 31.0, 48.0])
    assert found[7] == (31.0, 48.0)


def _widened(full: float) -> Place:
    label, value = Place(0, 0, 100), Place(200, 0, 50)
    widen(
        [label, value], [(0, 100), (200, 250)], [(0, 10)] * 2, [False] * 2, [False] * 2, [full, float("inf")]
    )
    return label


def test_a_label_that_has_filled_its_lines_reaches_no_further() -> None:
    assert _widened(float("inf")).x1 > 150 and _widened(104).x1 == 104


def test_what_is_set_at_the_left_of_a_column_is_below_its_year_at_the_right() -> None:
    # 2年度 |  3年度    figures at the right, 集計中 at the left of the column of 3年度.
    texts = [(30, 60), (130, 160), (20, 60), (110, 160), (70, 95), (44, 60)]
    heights = [(0, 10), (0, 10), (10, 20), (10, 20), (20, 30), (20, 30)]
    cells = [Place(x0, y0, x1 - x0) for (x0, x1), (y0, _) in zip(texts, heights, strict=True)]
    years = [True, True, False, False, False, False]
    widen(cells, texts, heights, years, [True] * 6, [float("inf")] * 6)
    middle = (70 + 95) / 2
    assert cells[1].x0 < middle and cells[0].x1 < middle


def cell(words: str, page: int, x: float, y0: float, y1: float) -> Box:
    return Box(words, page, x, y0, x + 50, y1, f"page={page}", ruled=False, aligned=True)


@pytest.mark.parametrize(
    ("begun", "rest", "joined"),
    [
        ("資金の流れ（何を行っている", "かについて補足する）", True),
        ("資金の流れ（補足）", "かについて）", False),
        ("資金の流れ（何を", "行う", False),
        ("「例示", "計画」", True),
    ],
)
def test_a_text_that_closes_a_bracket_of_the_page_before_belongs_there(
    begun: str, rest: str, joined: bool
) -> None:
    boxes = [cell(begun, 1, 0, 80, 100), cell("例示省", 1, 60, 80, 100)]
    boxes += [cell(rest, 2, 0, 110, 130), cell("↓", 2, 60, 110, 130)]
    assert (f"{begun}\n{rest}" in [box.text for box in with_rests(boxes)]) == joined


@pytest.mark.parametrize(("rest", "joined"), [("OF IT)", True), ("OF IT", False), ("(OF) IT", False)])
def test_a_ruled_cell_whose_bracket_the_next_page_closes_is_one(rest: str, joined: bool) -> None:
    # Rules close the cell at the end of the first page, and above the rest of it.
    escaped = rest.replace("(", "\\(").replace(")", "\\)")
    first = rules(40, 180, 180, 160, 130, 100, 70, 40) + text("FLOW \\(", 24, 50)
    first += "".join(text(f"A{y}", 104, y) for y in (166, 140, 110, 80, 50))
    second = rules(40, 180, 180, 160, 130, 100, 70, 40) + text(escaped, 24, 166)
    second += "".join(text(f"B{y}", 104, y) for y in (166, 140, 110, 80, 50))
    boxes, _, _ = read_pdf(pdf(first, second))
    assert (f"FLOW (\n{rest}" in [box.text for box in boxes]) == joined


@pytest.mark.parametrize(("first", "end"), [([], 149), ([cell("単位当たりコスト", 2, -60, 110, 130)], 100)])
def test_no_cell_goes_on_where_the_next_page_begins_with_a_row_at_its_left(
    first: list[Box], end: float
) -> None:
    boxes = [cell("当初見込みの数", 1, 0, 80, 100), *first, cell("1,234", 2, 60, 110, 130)]
    boxes.append(cell("次の行の見出し", 2, 0, 150, 170))
    assert reaching_over_pages(boxes)[0].y1 == end


@pytest.mark.parametrize("left", ["12,300（円／回）", "輸出の額を増やす。", "億円"])
def test_goals_units_and_figures_are_no_names_of_indicators(left: str) -> None:
    form = next(one for one in forms() if one.kind == "レビューシート")
    spec = form.data["成果"]["成果目標及び成果実績（アウトカム）"]
    at = {"12,300（円／回）": 60, "輸出の額を増やす。": 0, "億円": 120}[left]
    words = [("定量的な成果目標", 0), ("成果指標", 60), ("単位", 120), ("令和2年度", 240), ("3年度", 300)]
    boxes = [cell(word, 1, x, 0, 10) for word, x in words]
    boxes += [
        cell(left, 1, at, 10, 20),
        cell("目標値", 1, 180, 10, 20),
        cell("12", 1, 240, 10, 20),
        cell("13", 1, 300, 10, 20),
    ]
    document = Document("", "", "pdf", tuple(boxes), ("1",))
    assert read_row_indicators(Sheet(document, form, boxes), spec) == []
    named = [cell("輸出の額", 1, 60, 10, 20), *boxes]
    (one,) = read_row_indicators(Sheet(document, form, named), spec)
    assert one["値"] == "輸出の額" and [value["値"] for value in one["目標"]] == ["12", "13"]


# Each had lost an indicator, a label or the years of a table, or had claimed what the sheet does not say.
@pytest.mark.browser
@pytest.mark.parametrize(
    ("form", "seed", "layout"),
    [
        ("review", 303, "no rules, bottom"),
        ("review", 302, "rows ruled only"),
        ("standard", 300, "no rules, bottom"),
        ("mhlw", 302, "no rules, centred both ways"),
        ("mlit", 302, "no rules, centred both ways"),
        ("mlit", 301, "no rules, top"),
        ("mlit", 300, "no rules, airy"),
        ("npa", 300, "no rules, middle"),
    ],
)
def test_a_sheet_without_rules_is_read_whole(
    tmp_path: Path, printed_page: Callable[[str, Path], Path], form: str, seed: int, layout: str
) -> None:
    sheet, expected = {**SHEETS, **REVIEWS}[form](seed)
    (made,) = filled(printed_page(page([sheet], PDF_LAYOUTS[layout]), tmp_path / "sheet.pdf"), read_pdf)
    found = score(made.data, expected)
    assert (found.wrong, found.open) == ([], [])


@pytest.mark.browser
def test_rows_at_the_top_of_a_page_are_not_of_the_name_at_the_bottom_below_them(
    tmp_path: Path, printed_page: Callable[[str, Path], Path]
) -> None:
    sheet, expected = SHEETS["mhlw"](501)
    source = page([sheet], PDF_LAYOUTS["no rules, bottom"])
    (made,) = filled(printed_page(source, tmp_path / "sheet.pdf"), read_pdf)
    assert score(made.data, expected).wrong == []
