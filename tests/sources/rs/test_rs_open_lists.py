"""Words of a live system: every published way of writing a code, and what becomes of a word that no code list has."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.sources.rs.wording import choice, digits, measured, one_line, says_nothing, yes
from support.rs_reading import fields, read, subjects, values
from support.rs_rows import indicator, row, sample, write_csv

DASHES = ("－", "-", "―", "‐", "ー", "—", "−", "--", "－－", " ー ")
NOTHING = (*DASHES, "なし", "該当なし", "特になし", "無し", "該当無し", "")
DEBT = "（国庫債務負担行為等による契約）"

# A word that no code list has, in every column that chooses one, or a count or rate, and on what it is kept.
STRANGE = {
    ("1-2", "開始年度不明"): ("要確認", "kk:Appearance"),
    ("1-2", "事業開始年度"): ("平成22", "kk:Appearance"),
    ("1-2", "実施方法ー補助"): ("一部", "kk:Appearance"),
    ("2-2", "予算種別"): ("第0次特別予算", "kk:BudgetItem"),
    ("3-1", "種別（アクティビティ・アウトプット・アウトカム）"): ("インパクト", "kk:LogicStep"),
    ("3-1", "アウトカムの期間"): ("4.超長期", "kk:LogicStep"),
    ("3-1", "アクティビティ・アウトプット・アウトカムの番号"): ("１－２", "kk:LogicStep"),
    ("3-1", "改善の上向き／下向き"): ("横ばいが良い", "kk:Indicator"),
    ("3-1", "目標年度／目標値／実績値／達成率"): ("5.見込み", "kk:Indicator"),
    ("3-1", "2025"): ("△", "kk:Indicator"),
    ("3-2", "派生元ー種別（アクティビティ・アウトプット・アウトカム）"): ("インパクト", "kk:LogicStep"),
    ("3-2", "派生先ーアウトカムの期間"): ("超長期", "kk:LogicStep"),
    ("4-1", "行政事業レビュー推進チームの所見"): ("要検討", "kk:ProjectReview"),
    ("5-1", "支出先の数"): ("多数", "kk:PaymentBlock"),
    ("5-1", "その他支出先"): ("?", "kk:Payment"),
    ("5-1", "入札者数"): ("複数者", "kk:Contract"),
    ("5-1", "落札率"): ("NaN", "kk:Contract"),
    ("5-1", "その他の契約"): ("未定", "kk:Contract"),
    ("5-2", "担当組織からの支出"): ("一部", "kk:MoneyFlow"),
    ("5-4", f"落札率（％）{DEBT}"): ("非公表", "kk:Contract"),
    ("5-4", f"入札者数（応募者数）{DEBT}"): ("1者", "kk:Contract"),
    ("5-4", "その他の契約"): ("x", "kk:Contract"),
}


@pytest.mark.parametrize(("kind", "column"), STRANGE, ids=lambda value: value)
def test_a_word_that_no_list_has_is_kept_and_counted(tmp_path: Path, kind: str, column: str) -> None:
    word, owner = STRANGE[kind, column]
    rows = sample(kind)
    # The row that fills the cell in the sample; a flag that says nothing there is filled in on such a row.
    at = next(n for n, item in enumerate(rows) if item[column].strip() and item[column] != "FALSE")
    if (kind, column) == ("3-1", "2025"):
        at = next(
            n for n, item in enumerate(rows) if item["目標年度／目標値／実績値／達成率"] == "1.目標年度"
        )
    triples, report = read(
        write_csv(tmp_path, kind, [*rows[:at], {**rows[at], column: word}, *rows[at + 1 :]])
    )
    assert (report.rows, report.refused) == (len(rows), 0)
    assert report.strange[column][word] == 1
    kept = {s for s in subjects(triples, owner) if (column, word) in fields(triples, s)}
    assert len(kept) == 1


def test_an_amount_that_is_only_kept_in_words_refuses_no_row(tmp_path: Path) -> None:
    rows = [{**sample("4-1")[0], "反映額（一般会計）": "▲5億円"}]
    triples, report = read(write_csv(tmp_path, "4-1", rows))
    assert report.refused == 0 and report.strange == {"反映額（一般会計）": {"▲5億円": 1}}
    (review,) = subjects(triples, "kk:ProjectReview")
    assert ("反映額（一般会計）", "▲5億円") in fields(triples, review)


@pytest.mark.parametrize("cell", DASHES)
def test_an_amount_of_dashes_is_none(tmp_path: Path, cell: str) -> None:
    rows = [{**item, "金額": cell} for item in sample("5-3") if item["金額"]]
    triples, report = read(write_csv(tmp_path, "5-3", rows))
    assert report.refused == 0 and values(triples, "kk:amountYen") == []
    assert len(subjects(triples, "kk:MoneyUse")) == len(rows)


def test_the_sample_words_are_known(tmp_path: Path) -> None:
    strange = {}
    for kind in ("1-1", "1-2", "1-3", "2-1", "2-2", "3-2", "4-1", "5-2", "5-3", "5-4"):
        strange.update(read(write_csv(tmp_path, kind, sample(kind)))[1].strange)
    assert strange == {}


def test_a_ministry_that_the_registry_lacks_goes_by_its_name(tmp_path: Path) -> None:
    rows = [row("1-3", "9001", ministry="見本庁", **{"番号（政策・施策）": "1", "政策所管府省庁_P": "見本庁",
            "政策": "見本", "施策": "見本の施策"}), row("1-3", "9002", ministry="見本庁"), row("1-3", "9003")]  # fmt: skip
    triples, report = read(write_csv(tmp_path, "1-3", rows))
    assert report.refused == 0
    assert report.strange == {"政策所管府省庁": {"見本庁": 2}, "政策所管府省庁_P": {"見本庁": 1}}
    (own,) = {o for s, p, o in triples if p == "kk:ministry" and s == "id:project/9001"}
    assert values(triples, "kk:writtenName", own) == ["見本庁"] and own in subjects(
        triples, "org:Organization"
    )
    assert values(triples, "kk:ministry", "id:project/9002") == [own]
    assert values(triples, "kk:ministry", "id:project/9003") == ["id:org/soumu"]
    (measure,) = subjects(triples, "kk:Measure")
    assert values(triples, "kk:ministry", measure) == [own]


def one(tmp_path: Path, **cells: str) -> tuple[set[tuple[str, str, str]], str]:
    """Return the triples of one indicator's row, and the indicator."""
    cells.setdefault("2024", "5")
    triples, report = read(
        write_csv(tmp_path, "3-1", [row("3-1", **indicator(cells.pop("role", "2.目標値"), **cells))])
    )
    assert report.refused == 0 and report.strange == {}
    (found,) = subjects(triples, "kk:Indicator")
    return triples, found


@pytest.mark.parametrize("number", ["", "1.", "１．", "1、", "1 ", "①", "(1)", "（１）", "1.　"])
@pytest.mark.parametrize(("word", "code"), [("短期", "short"), ("中期", "middle"), ("長期", "long")])
def test_every_way_of_writing_a_period(tmp_path: Path, number: str, word: str, code: str) -> None:
    triples, _ = one(tmp_path, アウトカムの期間=number + word)
    (step,) = subjects(triples, "kk:LogicStep")
    assert step.startswith(f"id:step/rs-2024/9001/outcome-1-{code}/")
    assert values(triples, "kk:period") == [f"c:{code}"]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *(("上がると良い指標", "up"), ("下がると良い指標", "down"), ("1.上がると良い指標", "up")),
        *(
            ("２．下がると良い指標", "down"),
            (" 上がると 良い指標", "up"),
            ("上向き", "up"),
            ("下向き", "down"),
        ),
    ],
)
def test_every_way_of_writing_a_direction(tmp_path: Path, word: str, code: str) -> None:
    triples, found = one(tmp_path, **{"改善の上向き／下向き": word})
    assert values(triples, "kk:direction", found) == [f"c:{code}"]


@pytest.mark.parametrize("number", ["2.", "２．", "2．", "②", "", "2、"])
def test_every_way_of_writing_a_role(tmp_path: Path, number: str) -> None:
    triples, _ = one(tmp_path, role=f"{number}目標値")
    assert values(triples, "kk:valueRole") == ["c:target"]


@pytest.mark.parametrize("cell", NOTHING)
def test_what_says_nothing_is_nothing(tmp_path: Path, cell: str) -> None:
    assert says_nothing(cell)
    triples, _ = one(tmp_path, **{"単位": cell, "改善の上向き／下向き": cell, "アウトカムの期間": cell})
    assert values(triples, "schema:unitText") == [] == values(triples, "kk:direction")
    assert values(triples, "kk:lowerBound") == ["5"]
    kpi = "事業に関連するKPIが定められている閣議決定等の名称"
    triples, _ = one(tmp_path, **{kpi: cell})
    assert subjects(triples, "kk:Justification") == []


@pytest.mark.parametrize(
    ("text", "unit", "bounds", "shown"),
    [
        ("1,234", "件", ("1234", "1234"), "件"),
        ("１，２３４．５", "件", ("1234.5", "1234.5"), "件"),
        ("85%", "％", ("85", "85"), "％"),
        ("85％", "－", ("85", "85"), "%"),
        ("▲3.5", "%", ("-3.5", "-3.5"), "%"),
        ("-0.2", "%", ("-0.2", "-0.2"), "%"),
        ("30件以上", "件", ("30", None), "件"),
        ("50人", "件", None, None),
        ("集計中", "件", None, None),
        ("－", "件", None, None),
        ("‐", "件", None, None),
        ("別紙のとおり", "件", None, None),
        ("5※", "－", None, None),
        ("令和7年度公表予定", "", None, None),
        ("10～20", "件", ("10", "20"), "件"),
    ],
)
def test_values_are_numbers_in_their_unit_or_words(
    tmp_path: Path, text: str, unit: str, bounds: tuple[str, str | None] | None, shown: str | None
) -> None:
    triples, _ = one(tmp_path, 単位=unit, **{"2024": text})
    assert values(triples, "kk:statedText", subjects(triples, "kk:IndicatorValue")[0]) == [text]
    lower, upper = bounds or (None, None)
    assert values(triples, "kk:lowerBound") == [lower] * (lower is not None)
    assert values(triples, "kk:upperBound") == [upper] * (upper is not None)
    assert values(triples, "schema:unitText") == [shown] * (shown is not None)
    assert (values(triples, "kk:boundType") == ["c:qualitative"]) == (bounds is None)


@given(st.text())
def test_no_text_breaks_the_reading_of_cells(text: str) -> None:
    assert isinstance(choice(text), str)
    assert yes(text) in (True, False, None)
    assert "\n" not in one_line(text) and "\r" not in one_line(text)
    assert one_line(one_line(text)) == one_line(text)
    found = digits(text)
    assert found is None or (found.isascii() and found.isdigit() and digits(found) == found)
    if says_nothing(text):
        assert yes(text) is False
    with contextlib.suppress(ValueError):
        measured(text, None)


@given(st.integers(-(10**6), 10**6), st.sampled_from(["件", "%", None]))
def test_a_number_is_read_as_itself(number: int, unit: str | None) -> None:
    for written in (str(number), f"{number:,}", str(number).replace("-", "▲")):
        found = measured(written, unit)
        assert (found.lower, found.upper, found.bound) == (number, number, "exact")


@pytest.mark.parametrize("none", [*NOTHING[:-1], "\u00ad"])
def test_a_law_or_plan_that_is_none_is_cited_by_nothing_and_counted(tmp_path: Path, none: str) -> None:
    numbered = {"番号（根拠法令）": "1", "番号（関係する計画・通知等）": "1"}
    rows = [
        row("1-3", **numbered, 法令名=none, 計画通知名=none),
        # What names a law or plan in another cell of the row is kept.
        row(
            "1-3",
            "9002",
            **numbered,
            法令名=none,
            法令ID="411AC0000000091",
            計画通知名=none,
            計画通知等URL="https://example.jp/",
        ),
        row("1-3", "9003", **numbered, 法令名="見本法", 計画通知名="見本計画"),
    ]
    triples, report = read(write_csv(tmp_path, "1-3", rows))
    assert (report.rows, report.refused) == (3, 0)
    assert report.counts["laws-said-to-be-none"] == report.counts["plans-said-to-be-none"] == 1
    assert report.counts["law-citations"] == report.counts["plan-citations"] == 2
    assert len(subjects(triples, "kk:LegalCitation")) == len(subjects(triples, "kk:Justification")) == 2
