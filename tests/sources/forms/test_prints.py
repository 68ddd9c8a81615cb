"""What office programs do when they print: white beside figures, rows that pages repeat, texts of which a part is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from konkyo.sources.documents import Box, Document
from konkyo.sources.documents.pdf import read_pdf
from konkyo.sources.documents.prints import close_gaps, heads_of_tables, repeated_rows
from konkyo.sources.documents.workbook import read_workbook
from konkyo.sources.forms.fill import MAX_BOXES, fill
from konkyo.sources.forms.form import forms
from konkyo.sources.forms.grounds import _by_headings as by_headings
from konkyo.sources.forms.grounds import read_listed, sections
from konkyo.sources.forms.layout import blank, is_rest, label_form
from konkyo.sources.forms.list_tables import read_list_tables
from konkyo.sources.forms.page import Sheet
from support.drawn_pdf import pdf, rules, text


def line(text: str, gaps: dict[int, float]) -> list[dict[str, Any]]:
    """Return signs of ten points on a line; ``gaps`` are the points of white before some of them."""
    made, x = [], 0.0
    for place, sign in enumerate(text):
        x += gaps.get(place, 0)
        made.append({"text": sign, "x0": x, "x1": x + 10, "top": 0.0, "bottom": 10.0, "size": 10.0})
        x += 10
    return made


@pytest.mark.parametrize(
    ("text", "gaps", "left"),
    [
        # As Word sets 平成 25 年: white on both sides of a figure is none.
        ("平成25年", {2: 2.5, 4: 2.5}, []),
        # A number before a name has no white before it, and keeps what is behind it.
        ("1例示の件数", {1: 2.5}, [1]),
        ("目標12例示", {4: 2.5}, [4]),
    ],
)
def test_white_that_a_program_sets_beside_figures_is_none(
    text: str, gaps: dict[int, float], left: list[int]
) -> None:
    chars = line(text, gaps)
    close_gaps(chars)
    assert [n for n in range(1, len(chars)) if chars[n]["x0"] - chars[n - 1]["x1"] > 1] == left


def box(text: str, x: float, y: float, *, ruled: bool = True, page: int = 1) -> Box:
    return Box(text, page, x, y, x + 50, y + 20, f"page={page}", ruled)


FIRST = [
    box("令和５年度評価書", 0, 0, ruled=False),
    box("施策名", 0, 20),
    box("例示の推進", 50, 20),
    *(box(f"値{n}", 0, 40 + 20 * n) for n in range(6)),
]


def test_rows_that_a_page_repeats_are_told_up_to_whole_rows() -> None:
    other = [box(f"次{n}", 0, 40 + 20 * n) for n in range(6)]
    assert [one.text for one in repeated_rows(FIRST, [*FIRST[:3], *other])] == [
        "令和５年度評価書",
        "施策名",
        "例示の推進",
    ]
    # Another sheet has the title and the label, but another name; a copy of the sheet is no repetition.
    assert repeated_rows(FIRST, [*FIRST[:2], box("別の施策", 50, 20), *other]) == []
    assert repeated_rows(FIRST, FIRST) == []


def test_a_table_that_repeats_its_head_on_the_next_page_is_told() -> None:
    head = [box("達成目標", 0, 300), box("例示の推進", 50, 300)]
    first = [box("施策名", 0, 20), *head, box("指標１", 0, 320), box("100件", 50, 320)]
    assert heads_of_tables(first, later=False) == [first[:1], first[1:]]
    assert heads_of_tables(first, later=True) == [first[1:]]
    rest = [box(text, x, 30 + 20 * n) for n in range(1, 4) for text, x in ((f"指標{n + 1}", 0), ("80件", 50))]
    again = [box(one.text, one.x0, 30) for one in head]
    assert repeated_rows(first[1:], [*again, *rest], same_place=False) == again
    assert repeated_rows(first[1:], rest, same_place=False) == []


def test_a_list_goes_on_at_the_top_of_the_next_page() -> None:
    head, row = box("支出先", 0, 700), box("例示工業", 0, 860, page=2)
    assert blank([head, row], head, row) == 0
    assert blank([head, box("注", 0, 842, page=2), row], head, row) == 18


@pytest.mark.parametrize(
    ("words", "rest"), [("ウトプット）", True), ("件数（％）", False), ("1) 点検の件数", False)]
)
def test_the_rest_of_a_name_is_no_name(words: str, rest: bool) -> None:
    assert is_rest(words) is rest


def test_words_with_a_count_of_years_are_no_plan() -> None:
    boxes = [box("●点検の整備を実施した。（1年目）", 0, 0), box("例示計画（令和3年4月1日閣議決定）", 0, 20)]
    form = next(one for one in forms() if one.name == "防衛省の評価書")
    sheet = Sheet(Document("s.pdf", "0" * 64, "pdf", tuple(boxes), ("1",)), form, boxes)
    assert [read_listed(sheet, one) == [] for one in boxes] == [True, False]


def test_a_stray_cell_at_the_end_of_a_worksheet_costs_nothing(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["XFD1048576"] = "施策名", "控え"
    book.save(tmp_path / "far.xlsx")
    boxes, _, _ = read_workbook((tmp_path / "far.xlsx").read_bytes())
    assert [box.text for box in boxes] == ["施策名", "控え"]


def test_brackets_in_brackets_are_no_part_of_a_label() -> None:
    assert label_form("執行率（%、d/(a+b+c)）") == "執行率"


def test_a_text_that_two_pages_show_a_part_of_is_read_once_and_in_its_cell() -> None:
    # A cell at the left goes on from page to page; its text is drawn whole on both, in the middle of the cell.
    first = rules(20, 180, 180, 100, 20) + text("WHOLE", 30, 12, "20 20 80 160 re W n")
    first += text("ONE", 110, 140) + text("TWO", 110, 60)
    second = rules(20, 180, 20, 100, 180) + text("WHOLE", 30, 184, "20 20 80 160 re W n")
    second += text("THREE", 110, 140) + text("FOUR", 110, 60)
    boxes, _, _ = read_pdf(pdf(first, second))
    assert sorted(box.text for box in boxes) == ["FOUR", "ONE", "THREE", "TWO", "WHOLE"]
    (whole,) = (box for box in boxes if box.text == "WHOLE")
    assert whole.ruled and whole.y0 < 30 and whole.y1 > 370


def aligned(words: str, x: float, y0: float, y1: float) -> Box:
    return Box(words, 1, x, y0, x + 50, y1, "page=1", ruled=False, aligned=True)


@pytest.mark.parametrize(("below", "told"), [((30, 50), "給与"), ((20, 60), None)])
def test_of_two_values_in_one_place_neither_is_a_rows(below: tuple[float, float], told: str | None) -> None:
    boxes = [aligned(words, x, 0, 18) for x, words in ((0, "費目"), (60, "使途"), (120, "金額（百万円）"))]
    boxes += [aligned("人件費", 0, 20, 40), aligned("30", 120, 20, 40)]
    # Without rules both seem to stand beside the name: nearer ones are told apart, equal ones are not.
    boxes += [aligned("給与", 60, 20, 60 if told is None else 44), aligned("現地調査", 60, *below)]
    form = next(one for one in forms() if one.name == "行政事業レビューシート")
    sheet = Sheet(Document("s.pdf", "0" * 64, "pdf", tuple(boxes), ("1",)), form, boxes)
    (table,) = read_list_tables(sheet, form.data["費目・使途"], "費目", "金額")
    (row,) = table.rows
    assert (row["使途"].text if "使途" in row else None) == told


def test_a_text_of_more_pieces_than_any_sheet_has_is_none() -> None:
    words = "平成24年度主要な政策に係る評価書 政策名 " + "1,234 " * (MAX_BOXES + 1)
    document = Document("s.txt", "0" * 64, "text", (Box(words, 1, 0, 1, 1, 2, "1", ruled=False),), ("1",))
    assert fill(document) == []


def test_rows_shaded_in_turn_are_no_cells_of_a_ruled_table() -> None:
    shade = "".join(f"0.9 g {x} {y} 80 20 re f " for y in (20, 60, 100, 140) for x in (20, 100))
    words = "".join(text(f"A{y}", 30, y + 6) + text(f"B{y}", 110, y + 6) for y in range(20, 160, 20))
    boxes, _, _ = read_pdf(pdf(shade + "0 g " + words))
    assert boxes and not any(box.ruled for box in boxes)
    # All rows of it shaded, or ruled, the table has cells.
    every = "".join(f"0.9 g {x} {y} 78 18 re f " for y in range(20, 160, 20) for x in (20, 100))
    boxes, _, _ = read_pdf(pdf(every + "0 g " + words))
    assert len(boxes) == 14 and all(box.ruled for box in boxes)


def test_headings_that_their_cell_breaks_are_sections_by_their_numbers() -> None:
    assert sections(by_headings("第２部　柱\n３　基盤の\n整備")) == [["第２部　柱", "３　基盤の整備"]]
    # A year at the beginning of a line is no number.
    assert sections(by_headings("第２部　柱の\n30 年度")) == [["第２部　柱の30 年度"]]
