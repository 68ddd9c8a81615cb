"""A text layer that has lost its table: what is claimed is right, what cannot be told is left open, no line is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from konkyo.common.paths import graphs_dir
from konkyo.sources.documents.reading import read_document
from konkyo.sources.forms.fill import Filled, fill
from support import absent
from support.transcription_facts import compare

SHARED = Path(__file__).resolve().parents[4] / "shared" / "sources"
SOURCE = SHARED / "soumu-h24-15.txt"


@pytest.fixture(scope="module")
def filled() -> Filled:
    if not SOURCE.is_file():
        absent.not_here("the text of the sheet")
    (sheet,) = fill(read_document(SOURCE))
    return sheet


def test_of_what_the_hand_read_most_is_claimed_and_nearly_nothing_is_wrong(filled: Filled) -> None:
    by_hand = YAML(typ="safe").load(
        (graphs_dir() / "sheets" / "soumu-23-15.yaml").read_text(encoding="utf-8")
    )
    found = compare(filled.data, by_hand)
    right, wrong, left = (counter.total() for counter in (found.right, found.wrong, found.open))
    assert right / (right + left) >= 0.6, found.open
    assert wrong / (right + wrong) <= 0.03, found.wrong


def test_nothing_plain_is_wrong(filled: Filled) -> None:
    by_hand = YAML(typ="safe").load(
        (graphs_dir() / "sheets" / "soumu-23-15.yaml").read_text(encoding="utf-8")
    )
    plain = {
        key: value
        for key, value in filled.data.items()
        if isinstance(value, dict) and value.get("確度") == "明白"
    }
    assert len(plain) >= 8
    assert not compare(plain, by_hand).wrong


def test_no_line_is_lost(filled: Filled) -> None:
    told: set[int] = set()

    def collect(data: Any) -> None:
        if isinstance(data, dict):
            if "行" in data:
                for item in data["行"] if isinstance(data["行"], list) else [data["行"]]:
                    first, _, last = str(item).partition("-")
                    told.update(range(int(first), int(last or first) + 1))
            for value in data.values():
                collect(value)
        elif isinstance(data, list):
            for one in data:
                collect(one)

    collect(filled.data)
    document = read_document(SOURCE)
    from konkyo.sources.forms.form import forms

    (form,) = (one for one in forms() if one.name == filled.form)
    lost = [box.text for box in document.boxes if int(box.place) not in told and not form.is_label(box)]
    # Years that head the columns of the budget are told as candidates of its figures.
    assert lost in ([], ["21年度 22年度 23年度 24年度"])


INVENTED = """
平成26年度主要な政策に係る評価書
（例示省26－⑦）

分野 例示政策7：例示の普及の推進

例示の講習の受講者数

50人
【25年度】

60人以上
【26年度】

72人
【26年度】

平成26年４月１日例示推進計画

平成27年８月政策評価実施時期
"""


# A page of 国土交通省's form in one line, as a text layer gives it: headings, years, names and values follow each other.
IN_A_LINE = (
    "94 7% 施策目標個票 （国土交通省99－③） 施策目標 例示を推進する 施策目標の概要及び 達成すべき目標 "
    + "例示の普及を図る。" * 30
    + " 業績指標 例示地区の 総面積 初期値 実績値 評価 目標値 19年度 18年度 19年度 20年度 21年度 22年度 24年度"
    " 5,097ha 4,866ha 5,097ha － 6,410ha 集計中 A－2 約7,000ha 年度ごとの目標値 － － － － －"
    " 例示施設の例示化率 初期値 実績値 評価 目標値 19年度 18年度 19年度 20年度"
    " ①例示道路の例示 化率 51% － 51% 60%（暫定値） B－1 約75%（24年度） ②例示車両の例示化率 51% 60% 68%"
)
_SHORT_ROW = IN_A_LINE.replace("6,410ha 集計中", "6,410ha")


def test_rows_that_run_in_order_are_read_where_their_counts_come_out(tmp_path: Path) -> None:
    path = tmp_path / "sheet.txt"
    path.write_text(IN_A_LINE, encoding="utf-8")
    (sheet,) = fill(read_document(path))
    assert sheet.data["政策名"]["値"] == "例示を推進する"
    area, roads = sheet.data["測定指標"]
    assert (area["値"], roads["値"], roads["番号"]) == ("例示地区の総面積", "例示道路の例示化率", 1)
    assert "番号" not in area
    said = [(one["値"], one["年度"]) for one in (area["基準"], *area["実績"], area["目標"])]
    assert said == [
        ("5,097ha", "平成19年度"),
        ("4,866ha", "平成18年度"),
        ("5,097ha", "平成19年度"),
        ("6,410ha", "平成21年度"),
        ("集計中", "平成22年度"),
        ("約7,000ha", "平成24年度"),
    ]
    assert (roads["達成"]["判定"], roads["目標"]["値"], roads["目標"]["年度"]) == (
        "B－1",
        "約75%",
        "平成24年度",
    )
    assert [one["値"] for one in roads["実績"]] == ["51%", "60%（暫定値）"]

    path.write_text(_SHORT_ROW, encoding="utf-8")
    (sheet,) = fill(read_document(path))
    assert [one["値"] for one in sheet.data["測定指標"]] == ["例示道路の例示化率"]


ROWS = """
令和６年度実施施策に係る政策評価書
（例示省６－⑦）

分野 例示政策7：例示の普及の推進

令和4年度
令和3年度
令和5年度
当初予算（千円）
6,291
5,720
5,424
補正予算
-237
-87
繰越し等
1,035
△5
合計
7,089
5,628
執行額
6,000
5,028
"""


def test_the_years_of_rows_are_told_where_the_latest_columns_are_not_complete(tmp_path: Path) -> None:
    path = tmp_path / "sheet.txt"
    path.write_text(ROWS, encoding="utf-8")
    (sheet,) = fill(read_document(path))
    cells = {(one["年度"], one["区分"]): one for one in sheet.data["政策の予算額・執行額等"]["欄"]}
    assert {key: one["値"] for key, one in cells.items() if key[0] == "令和4年度"} == {
        ("令和4年度", "当初予算"): "5,720",
        ("令和4年度", "補正予算"): "-87",
        ("令和4年度", "繰越し等"): "△5",
        ("令和4年度", "合計"): "5,628",
        ("令和4年度", "執行額"): "5,028",
    }
    assert (
        cells["令和5年度", "当初予算"]["値"] == "5,424" and cells["令和5年度", "当初予算"]["確度"] == "配置"
    )
    assert cells["令和3年度", "合計"]["確度"] == "計算"
    # Complete columns may run from either end.
    path.write_text(ROWS.replace("5,424\n", ""), encoding="utf-8")
    (sheet,) = fill(read_document(path))
    assert not [one for one in sheet.data["政策の予算額・執行額等"]["欄"] if "年度" in one]


def test_an_invented_text(tmp_path: Path) -> None:
    path = tmp_path / "sheet.txt"
    path.write_text(INVENTED, encoding="utf-8")
    (sheet,) = fill(read_document(path))
    assert sheet.data["番号"]["値"] == "例示省26－⑦" and sheet.data["政策名"]["値"] == "例示の普及の推進"
    (indicator,) = sheet.data["測定指標"]
    assert {role: (indicator[role]["値"], indicator[role]["年度"]) for role in ("基準", "目標", "実績")} == {
        "基準": ("50人", "平成25年度"),
        "目標": ("60人以上", "平成26年度"),
        "実績": ("72人", "平成26年度"),
    }
    (plan,) = sheet.data["政策に関係する内閣の重要政策"]
    assert (plan["名称"], plan["年月日"]) == ("例示推進計画", "平成26年4月1日")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("60人以上", "60人"),  # two exact figures of one year: which is the target is not told
        ("72人\n【26年度】", "72回\n【26年度】"),
        ("50人\n【25年度】", "50人\n【26年度】"),
    ],
)
def test_what_cannot_be_told_is_not_claimed(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "sheet.txt"
    path.write_text(INVENTED.replace(old, new, 1), encoding="utf-8")
    (sheet,) = fill(read_document(path))
    (indicator,) = sheet.data["測定指標"]
    assert indicator.get("実績", {}).get("値") != "60人" and "72回" not in str(indicator)
    assert not {"基準", "目標", "実績"} <= indicator.keys()
