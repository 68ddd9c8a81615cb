"""What tells the cells of a table by its shades, and what goes on over a page: open ends, repeated heads, rests in brackets."""

from __future__ import annotations

import pytest

from konkyo.sources.documents import Box
from konkyo.sources.documents.bands import reach, set_at
from konkyo.sources.documents.page_breaks import reaching_over_pages, with_rests
from konkyo.sources.documents.pdf import read_pdf
from konkyo.sources.documents.prints import Line, repeated_lines
from konkyo.sources.documents.unruled import cells_without_rules
from support.drawn_pdf import pdf, rules, text
from support.places import Place


def shade(x: int, y: int, width: int, height: int) -> str:
    return f"0.9 g {x} {y} {width} {height} re f 0 g "


def test_a_shaded_cell_reaches_as_far_as_its_shade() -> None:
    # NAME stands at the top of an area beside five rows, of which every other one is shaded.
    drawn = shade(20, 40, 60, 100) + "".join(shade(80, y, 100, 20) for y in (40, 80, 120))
    words = text("NAME", 24, 130) + "".join(
        text(f"L{y}", 84, y + 10) + text(f"{y}", 140, y + 10) for y in range(40, 140, 20)
    )
    below = "".join(
        text(f"{sign}{y}", x, y) for y in (5, 25) for x, sign in ((24, "M"), (84, "N"), (140, "1"))
    )
    above = text("HEAD", 24, 170) + text("HEAD", 84, 170) + text("2", 140, 170)
    boxes, _, _ = read_pdf(pdf(above + drawn + words + below))
    (name,) = (box for box in boxes if box.text == "NAME")
    assert (round(name.x0), round(name.x1)) == (20, 80)
    assert name.y0 < 62 and name.y1 > 158 and not name.ruled
    rows = [box for box in boxes if box.text.startswith("L")]
    assert len(rows) == 5 and all(abs(box.y1 - box.y0 - 20) < 2.5 for box in rows)


def test_a_shaded_row_of_several_texts_is_no_cell() -> None:
    drawn = "".join(shade(20, y, 160, 20) for y in range(20, 180, 40))
    words = "".join(
        text(f"A{y}", 24, y + 6) + text(f"{y}", 84, y + 6) + text(f"{y + 1}", 140, y + 6)
        for y in range(20, 180, 20)
    )
    boxes, _, _ = read_pdf(pdf(drawn + words))
    assert len(boxes) == 24 and not any(box.ruled for box in boxes)
    # Those of the first row, which no shade begins, may be lower.
    assert all(abs(box.y1 - box.y0 - 20) < 2.5 for box in boxes if box.y0 > 30)


def test_a_cell_that_no_rule_closes_beside_others_goes_on_below_a_repeated_head() -> None:
    # The shade of the name's cell reaches below the last row, and no rule lies under it.
    head = "20 180 m 180 180 l S 20 160 m 180 160 l S " + text("TITLE", 24, 166) + text("OF IT", 104, 166)
    first = shade(20, 30, 80, 130) + rules(40, 180, 160, 130, 100, 70, 40) + head
    first += text("NAME", 24, 150) + "".join(text(f"A{y}", 104, y) for y in (140, 110, 80, 50))
    second = rules(40, 180, 160, 130, 100, 70, 40) + "20 40 m 100 40 l S " + head
    second += text("REST", 24, 150) + "".join(text(f"B{y}", 104, y) for y in (140, 110, 80, 50))
    boxes, _, notes = read_pdf(pdf(first, second))
    assert sum(box.text == "TITLE" for box in boxes) == 1 and len(notes) == 1
    (name,) = (box for box in boxes if box.text.startswith("NAME"))
    assert name.text == "NAME\nREST" and name.ruled and name.place.count("page=") == 2


ROWS: list[Line] = [(("評価書", 80),), (("施策名", 20), ("例示の推進", 80)), (("概要", 20), ("調べる", 80))]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        # The head of a table, and what goes on below it.
        ([ROWS[1], (("結果", 20), ("よい", 80))], 1),
        ([*ROWS[:2], (("結果", 20), ("よい", 80))], 2),
        # Another sheet, which goes on as the first one does.
        ([*ROWS[:2], (("概要", 20), ("直す", 80))], 0),
        # A title alone is none, nor is what stands at another place.
        ([ROWS[0], (("施策名", 20), ("別の推進", 80))], 0),
        ([(("施策名", 21), ("例示の推進", 80))], 0),
        ([], 0),
    ],
)
def test_a_head_that_a_page_repeats_without_rules(lines: list[Line], told: int) -> None:
    assert repeated_lines(ROWS, lines) == told


def test_what_heads_several_tables_is_no_repeated_head() -> None:
    years: Line = (("基準値", 20), ("実績値", 80))
    assert repeated_lines([years, *ROWS, years], [years]) == 0
    # Nor is it one that stood there once.
    assert repeated_lines([*ROWS, years], [years]) == 0


def cell(words: str, page: int, x: float, y0: float, y1: float) -> Box:
    return Box(words, page, x, y0, x + 50, y1, f"page={page}", ruled=False, aligned=True)


@pytest.mark.parametrize(
    ("rest", "joined"), [("（アウトプット）", True), ("（１）別の件数", False), ("別の件数", False)]
)
def test_a_text_in_brackets_at_the_top_of_a_page_belongs_above(rest: str, joined: bool) -> None:
    boxes = [cell("例示の件数", 1, 0, 80, 100), cell("基準値", 1, 60, 80, 100)]
    boxes += [cell(rest, 2, 0, 110, 130), cell("10件", 2, 60, 110, 130)]
    texts = [box.text for box in with_rests(boxes)]
    assert (f"例示の件数\n{rest}" in texts) == joined and (rest in texts) != joined


@pytest.mark.parametrize(("first", "end"), [([], 149), ([cell("平成25年度", 2, 0, 110, 130)], 100)])
def test_a_name_reaches_over_rows_on_the_next_page_that_have_none(first: list[Box], end: float) -> None:
    boxes = [cell("例示の件数", 1, 0, 80, 100), *first, cell("10件", 2, 60, 110, 130)]
    boxes.append(cell("次の件数の例", 2, 0, 150, 170))
    assert reaching_over_pages(boxes)[0].y1 == end


def signs(words: str, x: float, y: float, size: float = 8) -> list[dict[str, object]]:
    return [
        {
            "text": sign,
            "x0": x + size * n,
            "x1": x + size * (n + 1),
            "top": y,
            "bottom": y + size,
            "size": size,
        }
        for n, sign in enumerate(words)
    ]


def test_few_texts_of_two_lines_tell_how_close_lines_are() -> None:
    """Rows that stand a little further apart than the lines of a cell are none of its lines."""
    lines = [signs("区分", 0, 0) + signs("令和元年度", 80, 0) + signs("令和２年度", 160, 0)]
    for row in range(1, 12):
        y = 15.0 * row
        lines.append(signs("費用の例" + "一二三四五六七八九十百"[row - 1], 0, y))
        lines[-1] += signs("１２３件", 80, y) + signs("４５６件", 160, y)
    two = 15.0 * 12
    lines += [
        signs("二つの行の", 0, two),
        signs("ある名の", 0, two + 11.6),
        signs("三つ目の行", 0, two + 23.2),
    ]
    lines[-2] += signs("７件", 80, two + 11.6)
    cells = cells_without_rules(lines)
    texts = [one.text for one in cells]
    assert "二つの行のある名の三つ目の行" in texts and "費用の例一" in texts and "費用の例十" in texts


def test_a_numbered_name_fills_the_rows_that_a_figure_would_not() -> None:
    number = signs("1", 0, 36, 8) + signs("輸出の額", 12, 36)
    rows = [signs("基準値", 90, 0) + signs("実績値", 170, 0) + signs("達成", 250, 0)]
    rows += [[*signs("12人", 90, y), *signs("34人", 170, y), *signs("56人", 250, y)] for y in (18, 54)]
    rows += [number, [*signs("78人", 90, 36), *signs("90人", 170, 36), *signs("二行の", 250, 31)]]
    rows += [
        signs("書き方", 250, 42),
        *(
            signs("次の例示の指標", 0, y) + signs("9人", 90, y) + signs("8人", 170, y)
            for y in (80, 110, 140, 170)
        ),
    ]
    cells = cells_without_rules(rows)
    (name,) = (one for one in cells if one.text == "1輸出の額")
    assert name.y1 - name.y0 > 40


def test_one_line_between_two_rows_is_in_the_middle_of_both() -> None:
    """Where no text has two lines, a label between rows tells that cells are set in the middle of theirs."""
    rows = [[(80, 0), (150, 0), (220, 0)], [(80, 15), (150, 15), (220, 15)]]
    cells = [Place(x, y) for row in rows for x, y in row]
    assert set_at([*cells, Place(0, 0)], [1] * 7) == "top"
    middle = [Place(0, 7.5), Place(0, 37.5), *cells, *(Place(x, y) for x in (80, 150) for y in (30, 45))]
    assert set_at(middle, [1] * len(middle)) == "middle"
    # A row between two others is none, as far as these stand apart.
    apart = [Place(0, 15), Place(0, 45), *(Place(x, y) for x in (80, 150) for y in (0, 15, 30, 45, 60))]
    assert set_at(apart, [1] * len(apart)) == "top"


def test_a_cell_in_the_middle_of_rows_that_others_begin_reaches_over_both() -> None:
    # 評価 stands between the row of 実績値 and that of the years, at the right of both.
    heads = [Place(0, 10), Place(60, 0), Place(120, 10), Place(60, 20)]
    found = reach(heads, [False] * 4, "middle", [-2.0, 9.0, 30.0])
    assert found[2] == (-2.0, 30.0) and found[1] == (-2.0, 9.0) and found[3] == (9.0, 30.0)


@pytest.mark.parametrize("under", ["20 40 m 60 40 l S 60 40 m 100 40 l S ", ""])
def test_a_rule_whose_pieces_meet_in_the_middle_closes_a_cell(under: str) -> None:
    head = "20 160 m 180 160 l S " + text("TITLE", 24, 166) + text("OF IT", 104, 166)
    right = "".join(f"100 {y} m 180 {y} l S " for y in (180, 130, 100, 70, 40)) + "20 180 m 100 180 l S "
    upright = "".join(f"{x} 40 m {x} 180 l S " for x in (20, 100, 180))
    pages = [
        upright
        + right
        + below
        + head
        + text(name, 24, 150)
        + "".join(text(f"{name}{y}", 104, y) for y in (140, 110, 80, 50))
        for name, below in (("ONE", under), ("TWO", "20 40 m 100 40 l S "))
    ]
    boxes, _, _ = read_pdf(pdf(*pages))
    assert any(box.text == "ONE" for box in boxes) == bool(under)
    assert any(box.text == "ONE\nTWO" for box in boxes) != bool(under)
