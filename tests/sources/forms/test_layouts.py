"""Sheets laid out as the first generator never does: other grids, memos beside the print area, rules of dots, none at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.sources.documents.bands import shared_gaps
from konkyo.sources.documents.pdf import read_pdf
from konkyo.sources.documents.workbook import read_workbook
from support.adverse_layouts import GRIDS, PDF_LAYOUTS, TEXTS, Grid, page, workbook
from support.facts_of_sheets import score
from support.generated_ministries import FORMS
from support.many_sheets import filled

GAP = st.tuples(st.integers(0, 200), st.integers(1, 40)).map(lambda one: (one[0], one[0] + one[1]))


@pytest.mark.parametrize("name", GRIDS)
def test_a_workbook_of_another_grid_says_the_same(tmp_path: Path, name: str) -> None:
    pairs = [FORMS["standard"](seed) for seed in (100, 150)]
    path = workbook([sheet for sheet, _ in pairs], tmp_path / "sheets.xlsx", GRIDS[name])
    sheets = filled(path, read_workbook)
    assert len(sheets) == 2
    for made, (_, expected) in zip(sheets, pairs, strict=True):
        found = score(made.data, expected)
        assert (found.wrong, found.open) == ([], [])


@pytest.mark.parametrize("name", TEXTS)
def test_labels_figures_and_notes_are_read_however_they_are_written(tmp_path: Path, name: str) -> None:
    sheet, expected = FORMS["standard"](101)
    (made,) = filled(workbook([TEXTS[name](sheet)], tmp_path / "sheet.xlsx", Grid()), read_workbook)
    found = score(made.data, expected)
    assert (found.wrong, found.open) == ([], [])


def test_what_is_not_printed_is_left_out_and_told(tmp_path: Path) -> None:
    sheet, _ = FORMS["standard"](100)
    path = workbook([sheet], tmp_path / "sheet.xlsx", GRIDS["memo beside, hidden"])
    boxes, _, notes = read_workbook(path.read_bytes())
    assert not [box for box in boxes if "作業メモ" in box.text or box.text in ("9,999", "8,888")]
    assert any("印刷範囲" in note for note in notes)


def test_words_below_their_label_are_read_and_are_not_plain(tmp_path: Path) -> None:
    sheet, expected = FORMS["standard"](100)
    rows = [*sheet.tables[0]]
    at = next(n for n, row in enumerate(rows) if row[0] == "施策の概要")
    text, _, across = rows[at][1]
    rows[at : at + 1] = [[("施策の概要", 1, across + 1)], [(text, 1, across + 1)]]
    (made,) = filled(
        workbook([replace(sheet, tables=[rows])], tmp_path / "sheet.xlsx", Grid()), read_workbook
    )
    found = score(made.data, expected)
    assert (found.wrong, found.open) == ([], [])
    assert made.data["政策の概要"]["確度"] == "配置" and made.data["達成すべき目標"]["確度"] == "明白"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("layout", "plain"),
    [
        ("dotted rules", True),
        ("rows ruled only", False),
        ("no rules, middle", False),
        ("no rules, centred both ways", False),
    ],
)
def test_a_print_with_other_rules_or_none_is_read(
    tmp_path: Path, printed_page: Callable[[str, Path], Path], layout: str, plain: bool
) -> None:
    sheet, expected = FORMS["standard"](100)
    (made,) = filled(printed_page(page([sheet], PDF_LAYOUTS[layout]), tmp_path / "sheet.pdf"), read_pdf)
    found = score(made.data, expected)
    assert (found.wrong, found.open) == ([], [])
    # Without rules nothing of a table is plain.
    assert plain == any(cell["確度"] == "明白" for cell in made.data["測定指標"])


@given(st.lists(GAP, max_size=30))
def test_the_white_that_gaps_share_parts_each_of_them(gaps: list[tuple[float, float]]) -> None:
    found = shared_gaps(gaps)
    assert all(any(begin <= end and first <= end <= last for begin, end in found) for first, last in gaps)
    # None is in vain: a place for each of some gaps that do not overlap.
    assert all(before[1] < after[1] for before, after in pairwise(found))
    assert len(found) <= len(gaps)
