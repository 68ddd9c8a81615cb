"""The government's standard form, from Excel and from PDF: every value with its year, and nothing of the source lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from konkyo.sources.documents import Document
from konkyo.sources.documents.reading import read_document
from konkyo.sources.forms.fill import Filled, fill
from support import absent
from support.adverse_layouts import Grid, on_cells
from support.adverse_layouts import workbook as book_of
from support.invented_sheets import KOHYO, SOUMU, STANDARD, Invented, pdf, placed, workbook
from support.transcription_facts import compare

EXPECTED = Path(__file__).parents[2] / "cases" / "transcribe"
MAKERS = {"xlsx": workbook, "pdf": pdf}


@pytest.fixture(scope="module", params=["xlsx", "pdf"])
def make(request: pytest.FixtureRequest) -> Callable[[Invented, Path], Path]:
    if request.param == "pdf" and not shutil.which("chromium"):
        absent.not_here("a chromium to print with")

    def made(sheet: Invented, folder: Path) -> Path:
        return MAKERS[request.param](sheet, folder / f"sheet.{request.param}")

    return made


def read(path: Path) -> tuple[Document, list[Filled]]:
    document = read_document(path)
    return document, fill(document)


def bare(data: Any) -> Any:
    """Return a transcription without places, and with spaces of one kind: a PDF keeps no width of spaces."""
    if isinstance(data, dict):
        return {key: bare(value) for key, value in data.items() if key not in ("場所", "行")}
    if isinstance(data, list):
        return [bare(one) for one in data]
    return re.sub(r"\s", " ", data) if isinstance(data, str) else data


def expected(name: str) -> Any:
    return YAML(typ="safe").load((EXPECTED / f"{name}.yaml").read_text(encoding="utf-8"))


def cells(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "場所" in data:
            yield data
        for value in data.values():
            yield from cells(value)
    elif isinstance(data, list):
        for one in data:
            yield from cells(one)


FORMS = {"standard": STANDARD, "kohyo": KOHYO, "soumu": SOUMU}


@pytest.mark.parametrize("name", FORMS)
def test_it_is_read_as_it_stands(make: Callable[[Invented, Path], Path], tmp_path: Path, name: str) -> None:
    _, (sheet,) = read(make(FORMS[name], tmp_path))
    assert bare(sheet.data) == bare(expected(name))
    assert (sheet.unsure, sheet.failed) == ([], [])


def test_each_text_is_in_a_field_or_told_as_unplaced(
    make: Callable[[Invented, Path], Path], tmp_path: Path
) -> None:
    document, (sheet,) = read(make(STANDARD, tmp_path))
    told = {place for cell in cells(sheet.data) for place in _places(cell)}
    left = [box.text for box in document.boxes if box.place not in told]
    # What is left are the form's own words, years that head columns, and signs that say that there is nothing.
    known = re.compile(r"(?:令和)?[元\d０-９]+年度|-|区分")
    from konkyo.sources.forms.form import forms

    (form,) = (one for one in forms() if one.name == sheet.form)
    lost = [
        text
        for text in left
        if not known.fullmatch(text) and not any(form.is_label(b) for b in document.boxes if b.text == text)
    ]
    assert lost in ([], ["予算の状況（百万円）"], ["予算の状況（百\n万円）"])


def _places(cell: dict[str, Any]) -> list[str]:
    return cell["場所"] if isinstance(cell["場所"], list) else [cell["場所"]]


def test_a_total_that_does_not_come_out_is_told(
    make: Callable[[Invented, Path], Path], tmp_path: Path
) -> None:
    (table,) = STANDARD.tables
    wrong = [["1,161" if cell == "1,160" else cell for cell in row] for row in table]
    _, (sheet,) = read(make(replace(STANDARD, tables=[wrong]), tmp_path))
    assert sheet.failed == ["令和3年度の予算の合計が内訳の和と合いません。"]
    money = sheet.data["政策の予算額・執行額等"]["欄"]
    assert {cell["確度"] for cell in money if cell["年度"] == "令和3年度" and cell["区分"] != "執行額"} == {
        "配置"
    }
    assert {cell["確度"] for cell in money if cell["年度"] == "令和4年度"} == {"明白"}


def test_other_spellings_and_a_table_over_two_pages(
    make: Callable[[Invented, Path], Path], tmp_path: Path
) -> None:
    def spelt(cell: Any) -> Any:
        text, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
        others = {
            "施策名": "施　策　名",
            "基準値": "初期値",
            "測定指標": "業績\n指標",
            "（百万円）": "(百万円)",
        }
        return (others.get(text, text), down, across)

    (table,) = STANDARD.tables
    other = [[spelt(cell) for cell in row] for row in table]
    tall = replace(STANDARD, tables=[other], style="td{height:14mm}")
    document, (sheet,) = read(make(tall, tmp_path))
    assert document.kind == "xlsx" or len(document.pages) > 1
    assert bare(sheet.data["測定指標"]) == bare(expected("standard")["測定指標"])
    assert bare(sheet.data["政策の予算額・執行額等"]) == bare(expected("standard")["政策の予算額・執行額等"])


def test_two_sheets_of_one_pdf_are_two(tmp_path: Path) -> None:
    if not shutil.which("chromium"):
        absent.not_here("a chromium to print with")
    (table,) = STANDARD.tables
    twice = replace(STANDARD, tables=[table, table], style="table{page-break-after:always}")
    _, sheets = read(pdf(twice, tmp_path / "two.pdf"))
    assert [sheet.data["政策名"]["値"] for sheet in sheets] == ["例示の安全を確保すること"] * 2


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    from konkyo.sources.forms.write import as_yaml, transcription

    document, (sheet,) = read(workbook(STANDARD, tmp_path / "sheet.xlsx"))
    again, (other,) = read(tmp_path / "sheet.xlsx")
    assert as_yaml(transcription(document, sheet, "k")) == as_yaml(transcription(again, other, "k"))
    assert sum(1 for _ in placed(STANDARD.tables[0])) > 100


@pytest.mark.parametrize("name", FORMS)
def test_without_rules_nothing_is_claimed_that_is_wrong(tmp_path: Path, name: str) -> None:
    if not shutil.which("chromium"):
        absent.not_here("a chromium to print with")
    bare_table = replace(FORMS[name], style="td{border:none;vertical-align:top}")
    _, (sheet,) = read(pdf(bare_table, tmp_path / "sheet.pdf"))
    found = compare(without_passages(sheet.data), without_passages(expected(name)))
    assert not found.wrong and found.right
    assert not any(
        cell.get("確度") == "明白" for key, cell in sheet.data.items() if key in ("政策名", "政策の概要")
    )


def without_passages(data: dict[str, Any]) -> dict[str, Any]:
    """Return a transcription without passages, which are compared by their places."""
    return {key: value for key, value in data.items() if key not in ("基本目標", "政策の概要")}


def test_a_passage_of_several_lines_is_read_whole_without_rules(tmp_path: Path) -> None:
    if not shutil.which("chromium"):
        absent.not_here("a chromium to print with")
    long = "例示の安全のため、施設の点検と訓練を支援し、その結果を広く公表する。" * 4
    (table,) = STANDARD.tables
    rows = [
        [(long, 1, 8) if isinstance(c, tuple) and c[0].startswith("例示の安全のため") else c for c in row]
        for row in table
    ]
    _, (sheet,) = read(
        pdf(replace(STANDARD, tables=[rows], style="td{border:none;vertical-align:top}"), tmp_path / "s.pdf")
    )
    assert sheet.data["政策の概要"]["値"].replace("\n", "") == long


def test_two_worksheets_are_two_sheets(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = workbook(STANDARD, tmp_path / "two.xlsx")
    book = load_workbook(path)
    copy = book.copy_worksheet(book.active)
    copy.title = "別の個票"
    hidden = book.create_sheet("控え")
    hidden["A1"], hidden.sheet_state = "施策名", "hidden"
    book.save(path)
    document, sheets = read(path)
    assert [sheet.data["政策名"]["場所"].split("!")[0] for sheet in sheets] == ["sheet1", "別の個票"]
    assert any("控え" in note for note in document.notes)


def test_a_mark_that_reads_as_its_heading_is_a_mark(tmp_path: Path) -> None:
    sheet = on_cells(STANDARD, lambda text: "達成" if text == "○" else text)
    _, sheets = read(workbook(sheet, tmp_path / "sheet.xlsx"))
    assert [one["達成"]["判定"] for one in sheets[0].data["測定指標"]] == ["達成", "×"]


def test_a_number_above_the_title_is_of_the_sheet_below_it(tmp_path: Path) -> None:
    first = replace(STANDARD, head=STANDARD.head[::-1])
    second = replace(first, head=["（例示省５－④）", STANDARD.head[0]])
    made = book_of([first, second], tmp_path / "sheets.xlsx", Grid())
    _, sheets = read(made)
    assert [one.data["番号"]["値"] for one in sheets] == ["例示省５－③", "例示省５－④"]
