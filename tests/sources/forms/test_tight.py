"""Tables without rules whose rows stand as close as their lines, as Word's documents are printed: rows told without any white."""

from __future__ import annotations

from typing import Any

import pytest

from konkyo.sources.documents import Box
from konkyo.sources.documents.unruled import cells_without_rules
from konkyo.sources.forms.fill import _whole_heads
from konkyo.sources.forms.form import forms

SIZE, PITCH, COLUMN = 8.0, 13.0, 80.0
ROOM = int((COLUMN - 10.8) // SIZE)


def page(*lines: dict[int, str]) -> list[list[dict[str, Any]]]:
    """Return lines of signs, each text at the beginning of its column of the grid."""
    made = []
    for number, line in enumerate(lines):
        top = 50 + number * PITCH
        made.append(
            [
                {
                    "text": sign,
                    "size": SIZE,
                    "x0": 34 + column * COLUMN + at * SIZE,
                    "x1": 34 + column * COLUMN + (at + 1) * SIZE,
                    "top": top,
                    "bottom": top + SIZE,
                }
                for column, text in sorted(line.items())
                for at, sign in enumerate(text)
            ]
        )
    return made


def cells(*lines: dict[int, str]) -> list[str]:
    """Return the texts of the cells that are told, lines joined by a slash."""
    found = cells_without_rules(page(*lines), goes_on=True)
    return ["/".join("".join(char["text"] for char in line) for line in cell.lines) for cell in found]


HEAD = [
    {0: "見本省の評価書"},
    {0: "施策名", 1: "見本の点検を進めること"},
    {0: "施策の概要", 1: "見本の点検を関係者と共に支援する。"},
]
MONEY = [
    {0: "予算額", 1: "区分", 2: "４年度", 3: "５年度"},
    {1: "当初予算", 2: "1,200", 3: "1,300"},
    {1: "補正予算", 2: "0", 3: "△10"},
    {1: "執行額", 2: "1,100", 3: "1,200"},
]


def test_rows_of_one_line_are_rows() -> None:
    told = cells(*HEAD, *MONEY)
    for text in (
        "施策名",
        "施策の概要",
        "見本の点検を進めること",
        "当初予算",
        "補正予算",
        "執行額",
        "1,200",
        "△10",
    ):
        assert text in told, told


def test_a_line_that_is_full_goes_on_in_the_next_one() -> None:
    long = "見本の施設の件数その一"
    assert len(long) > ROOM
    told = cells(
        *HEAD,
        {0: "測定指標", 1: long[:ROOM], 2: "基準値", 3: "実績値"},
        {1: long[ROOM:], 2: "４年度", 3: "５年度"},
        {2: "12件", 3: "15件"},
        {0: "担当", 1: "見本局"},
    )
    assert f"{long[:ROOM]}/{long[ROOM:]}" in told and "測定指標" in told and "12件" in told


def test_a_text_in_brackets_belongs_to_the_one_above_and_a_numbered_item_does_not() -> None:
    told = cells(
        *HEAD,
        {0: "達成手段", 1: "５年度", 2: "事業番号"},
        {0: "見本事業", 1: "12百万円", 2: "0123"},
        {0: "（平成20年度）", 1: "（10百万円）"},
        {0: "①次の事業", 1: "15百万円", 2: "0124"},
    )
    assert "見本事業/（平成20年度）" in told and "12百万円/（10百万円）" in told
    assert "①次の事業" in told and "0124" in told


def test_signs_written_downwards_are_one_text() -> None:
    told = cells(
        *HEAD,
        {0: "測", 1: "見本の件数", 2: "４年度", 3: "５年度"},
        {0: "定", 2: "12件", 3: "15件"},
        {0: "指", 1: "見本の人数", 2: "４年度", 3: "５年度"},
        {0: "標", 2: "30人", 3: "40人"},
    )
    assert "測/定/指/標" in told and "見本の人数" in told


def test_years_have_no_label_beside_them_and_a_name_goes_on_over_its_rows() -> None:
    told = cells(
        *HEAD,
        {0: "測定指標", 1: "１．見本の", 2: "基準値", 3: "実績値"},
        {1: "件数", 2: "４年度", 3: "５年度"},
        {1: "その一", 2: "12件", 3: "15件"},
        {1: "２．見本の", 2: "基準値", 3: "実績値"},
        {1: "人数", 2: "４年度", 3: "５年度"},
        {2: "30人", 3: "40人"},
    )
    assert "１．見本の/件数/その一" in told and "２．見本の/人数" in told


def test_a_numbers_name_stands_below_it() -> None:
    told = cells(
        *HEAD,
        {0: "指標１", 1: "選定理由", 2: "状況が分かるため。"},
        {0: "見本の件数", 1: "設定の根拠", 2: "実績を踏まえた。"},
        {1: "４年度", 2: "５年度"},
        {0: "指標２", 1: "選定理由", 2: "状況が分かるため。"},
        {0: "見本の人数", 1: "設定の根拠", 2: "実績を踏まえた。"},
    )
    assert "指標１/見本の件数" in told and "指標２/見本の人数" in told


def test_no_sign_is_lost_and_none_stands_twice() -> None:
    lines = [*HEAD, *MONEY, {0: "根拠", 1: "（見本の"}, {1: "計画）", 3: "一"}]
    told = "".join(cells(*lines)).replace("/", "")
    assert sorted(told) == sorted("".join(text for line in lines for text in line.values()))


def test_rows_with_white_between_them_are_not_told_so() -> None:
    from konkyo.sources.documents.tight import tight_rows

    lines = [line for line in page(*HEAD, *MONEY) if line]
    for number, line in enumerate(lines):
        for char in line:
            char["top"] += number * 5 + number % 2 * 3
            char["bottom"] += number * 5 + number % 2 * 3
    assert tight_rows(lines, PITCH, str.isdigit) is None


def box(text: str, y: float, lines: int = 1) -> Box:
    return Box(text, 1, 30, y, 100, y + lines * PITCH - 1, f"page=1&viewrect=30,{y},70,12", False, True)


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["施策に関係する", "内閣の重要政策"], ["施策に関係する\n内閣の重要政策"]),
        (["30年度", "当初予算額"], ["30年度\n当初予算額"]),
        (["（例示省30－⑮）", "施策名"], ["（例示省30－⑮）", "施策名"]),
        (["達成すべき目標\n施策の予算額・\n執行額等"], ["達成すべき目標", "施策の予算額・\n執行額等"]),
        (["見本の件数", "見本の人数"], ["見本の件数", "見本の人数"]),
    ],
)
def test_headings_are_whole_where_their_lines_together_are_known(texts: list[str], whole: list[str]) -> None:
    form = next(form for form in forms() if form.name == "実績評価書（標準様式）")
    boxes, y = [], 50.0
    for text in texts:
        boxes.append(box(text, y, text.count("\n") + 1))
        y += (text.count("\n") + 1) * PITCH
    assert [one.text for one in _whole_heads(form, boxes)] == whole


def test_a_label_that_a_page_break_cuts_is_whole() -> None:
    form = next(form for form in forms() if form.name == "実績評価書（標準様式）")
    cut = Box("年度ごと", 1, 30, 750, 78, 762, "page=1&viewrect=30,750,48,12", True)
    rest = Box("の目標値", 2, 30, 900, 78, 912, "page=2&viewrect=30,58,48,12", True)
    other = Box("見本の値", 2, 78, 900, 120, 912, "page=2&viewrect=78,58,42,12", True)
    (whole, kept) = _whole_heads(form, [cut, rest, other])
    assert whole.text == "年度ごと\nの目標値" and whole.y1 == 762 and kept is other
    assert whole.place.count("page=") == 2


def test_an_indicator_without_a_number_behind_a_page_break_is_not_plain() -> None:
    from konkyo.sources.documents import Document
    from konkyo.sources.forms.evaluation import _doubt_unnumbered
    from konkyo.sources.forms.page import Sheet

    form = forms()[0]
    sheet = Sheet(Document("s.pdf", "0" * 64, "pdf", (), ("1",)), form, [])
    told = [
        {
            "番号": number,
            "値": name,
            "場所": "page=1&viewrect=1,2,3,4",
            "確度": "明白",
            "実績": [{"値": "3件", "確度": "明白"}],
        }
        for number, name in ((1, "一"), (2, "見本の"), (3, "三"))
    ]
    rest = {"値": "続き", "場所": "page=2&viewrect=1,2,3,4", "確度": "明白"}
    _doubt_unnumbered(sheet, [*told[:2], rest, told[2]])
    _doubt_unnumbered(sheet, [told[2], {"値": "同じ頁", "場所": "page=1&viewrect=1,9,3,4", "確度": "明白"}])
    assert [one["確度"] for one in (*told[:2], rest, told[2])] == ["明白", "配置", "配置", "明白"]
    assert told[1]["実績"] == [{"値": "3件", "確度": "配置"}] and sheet.unsure
