"""The rules by which a project is known again in the review after, on invented sheets in memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.build.lineage.alike import agreement, digits_of
from konkyo.build.lineage.matched import (
    Neighbours,
    follow_amounts,
    follow_moves,
    follow_names,
    follow_summaries,
    follow_sums,
)
from konkyo.build.lineage.names import bare_name, former_names
from konkyo.build.lineage.numbers import Numbers, named_numbers
from konkyo.build.lineage.shown import Shown, Told

M = 1_000_000
Sheet = tuple[str, str, tuple[float, ...], str]  # ministry, name, initial budgets of 2015 and after, summary


def joined(olds: list[Sheet], news: list[Sheet]) -> set[tuple[int, int]]:
    """The places of the pairs that the derived rules join: of the later sheet, then of the earlier."""
    told: dict[Shown, Told] = {}

    def side(year: int, sheets: list[Sheet]) -> list[Shown]:
        made = []
        for place, (ministry, name, amounts, summary) in enumerate(sheets):
            one = Shown(f"{year}/{place}", "", ministry, str(place), year, name, "", 1, single=True)
            initial = {("initial", 2015 + n): round(amount * M) for n, amount in enumerate(amounts)}
            told[one] = Told(initial, summary)
            made.append(one)
        return made

    pair = Neighbours(side(2018, olds), side(2019, news))
    follow_names(pair)
    for follow in (follow_amounts, follow_summaries, follow_moves, follow_sums):
        follow(pair, lambda _: told)
    return {(int(made.owner.number), int(made.before.number)) for made in pair.joined}


@pytest.mark.parametrize("stated", [True, False])
def test_what_sheets_state_to_go_on_is_no_part_of_a_sum(stated: bool) -> None:
    """Three projects of 2018, two of which happen to add up to the third in every year: each goes on by itself, as the sheets say."""
    told: dict[Shown, Told] = {}
    sides: list[list[Shown]] = []
    for year in (2018, 2019):
        sides.append([])
        for place, amounts in enumerate(((2450, 2280, 2270), (2320, 2150, 2140), (130, 130, 130))):
            one = Shown(f"{year}/{place}", "", "a", str(place), year, f"{year}{place}", "", 1, single=True)
            told[one] = Told({("initial", 2016 + n): amount * M for n, amount in enumerate(amounts)}, "")
            sides[-1].append(one)
    pair = Neighbours(*sides)
    if stated:
        for before, owner in zip(*sides, strict=True):
            pair.take(owner, before)
    follow_sums(pair, lambda _: told)
    assert bool(pair.joined) != stated


UNLIKE = ("甲乙丙丁戊", "ＡＢＣＤＥ")


@pytest.mark.parametrize(
    ("before", "now", "names", "wanted"),
    [
        ((461, 447, 464), (461, 447, 464), UNLIKE, True),  # six digits beyond the first
        ((500, 400, 600), (500, 400, 600), UNLIKE, False),  # round
        ((3, 4, 5), (3, 4, 5), UNLIKE, False),  # small
        ((461, 461, 461), (461, 461, 461), UNLIKE, False),  # one amount, told three times
        ((461, 447, 464), (461, 447, 490), UNLIKE, False),  # one year differs
        ((4617, 447, 46400), (4617, 447, 46401), UNLIKE, True),  # told anew, by less than 1 %
        ((461.25, 447, 464), (461, 447, 464), UNLIKE, True),  # rounded
        ((50, 12), (50, 12), ("見本普及事業", "見本普及促進事業"), True),  # one digit, and a like name
        ((50, 12), (50, 12), ("見本普及事業", "標本収集経費"), False),
        ((3, 4), (3, 4), ("見本普及促進事業", "見本普及促進事業費"), True),  # two years, and nearly one name
        ((461, 447, 464), (461, 447, 999), ("見本普及促進事業", "見本普及促進事業費"), True),
        ((0, 0), (0, 0), ("見本普及促進事業", "見本普及促進事業費"), False),
    ],
)
def test_equal_amounts(
    before: tuple[float, ...], now: tuple[float, ...], names: tuple[str, str], wanted: bool
) -> None:
    assert joined([("a", names[0], before, "")], [("a", names[1], now, "")]) == (
        {(0, 0)} if wanted else set()
    )


def test_two_partners_as_good_are_none() -> None:
    told = (461.0, 447.0, 464.0)
    assert joined([("a", "甲", told, ""), ("a", "乙", told, "")], [("a", "丙", told, "")]) == set()
    # The better one counts: of the same ministry, or of the same name.
    assert joined([("a", "甲", told, ""), ("b", "丙", told, "")], [("a", "丙丁", told, "")]) == {(0, 0)}


def test_namesakes_are_told_apart_by_amounts_and_never_crossed() -> None:
    olds = [("a", "甲", (23.0, 24.0), ""), ("a", "甲", (51.0, 52.0), ""), ("a", "甲", (7.0, 7.0), "")]
    news = [("a", "甲", (51.0, 52.0), ""), ("a", "甲", (23.0, 24.0), ""), ("a", "甲", (8.0, 8.0), "")]
    assert joined(olds, news) == {(0, 1), (1, 0)}


@pytest.mark.parametrize(
    ("before", "now", "summaries", "wanted"),
    [
        ((5, 6.5), (5, 6.5), ("", ""), True),
        (
            (5, 6.5),
            (0, 0),
            ("子どもの教育と保育に給付する。", "子どもの教育と保育への給付をする。"),
            True,
        ),  # a new ministry
        ((5, 6.5), (0, 0), ("子どもの教育と保育に給付する。", "港を直す。"), False),
    ],
)
def test_a_project_that_moved_to_another_ministry(
    before: tuple[float, ...], now: tuple[float, ...], summaries: tuple[str, str], wanted: bool
) -> None:
    old, new = ("a", "移る事業", before, summaries[0]), ("b", "移る事業", now, summaries[1])
    assert joined([old], [new]) == ({(0, 0)} if wanted else set())
    # A name that another ministry has as well says nothing: both may list the project of one law.
    assert joined([old], [new, ("c", "移る事業", (9, 9), "")]) in (
        set(),
        {(0, 0)} if before == now else set(),
    )


def test_one_summary_joins_unless_it_stands_twice_or_amounts_differ() -> None:
    summary = "全国の見本を集めて分け、学校と図書館に配り、使い方を教える者を育て、その結果を毎年度まとめて公表し、次の見本の作り方を改める。"
    other = "港の岸壁を直し、船の出入りを安全にし、荷の積み下ろしを速くするために、必要な機械を買い入れ、古いものから順に取り替えていく事業。"
    old, new = ("a", "甲乙丙", (0, 0), summary), ("a", "ＸＹＺ", (0, 0), summary + "等")
    assert len(summary) >= 60 and len(other) >= 60
    assert joined([old], [new]) == {(0, 0)}
    assert joined([old, ("a", "丁", (0, 0), summary)], [new]) == set()
    assert joined([("a", "甲乙丙", (5, 70), summary)], [("a", "ＸＹＺ", (5, 90), summary)]) == set()
    assert joined([old], [("b", "ＸＹＺ", (0, 0), summary)]) == set()
    assert joined([old], [("a", "ＸＹＺ", (0, 0), other)]) == set()
    assert joined([("a", "甲", (0, 0), "短い。")], [("a", "乙", (0, 0), "短い。")]) == set()


def test_splits_and_mergers_are_two_links_each() -> None:
    whole, parts = (1679.0, 1781.0, 1645.0), [(1131.0, 1012.0, 1028.0), (548.0, 769.0, 617.0)]
    one = [("a", "河川とダムの維持", whole, "")]
    two = [("a", "河川", parts[0], ""), ("a", "ダム", parts[1], "")]
    assert joined(one, two) == {(0, 0), (1, 0)}
    assert joined(two, one) == {(0, 0), (0, 1)}
    # One part keeps the name; another ministry's part is none; small sums prove nothing.
    assert joined([("a", "河川", whole, "")], two) == {(0, 0), (1, 0)}
    assert joined(one, [two[0], ("b", "ダム", parts[1], "")]) == set()
    assert (
        joined(
            [("a", "甲", (85, 84, 82), "")], [("a", "乙", (43, 38, 33), ""), ("a", "丙", (42, 46, 49), "")]
        )
        == set()
    )


@given(st.lists(st.tuples(st.integers(0, 999_999_999), st.integers(0, 999_999_999)), max_size=4))
def test_agreement_is_the_same_from_both_sides(amounts: list[tuple[int, int]]) -> None:
    sides = [
        Told({("initial", 2000 + n): yen[side] * 1000 for n, yen in enumerate(amounts)}) for side in (0, 1)
    ]
    one, other = agreement(*sides), agreement(*reversed(sides))
    assert (one.years, one.differing) == (other.years, other.differing)
    assert agreement(sides[0], sides[0]).differing == 0
    assert one.digits <= sum(digits_of(first) for first, _ in amounts) + sum(
        digits_of(second) for _, second in amounts
    )


@pytest.mark.parametrize(
    ("name", "bare", "former"),
    [
        ("輸出支援事業（前年度：海外需要創出事業）", "輸出支援事業", ["海外需要創出事業"]),
        ("輸出支援事業\n（旧　海外需要（内数）創出事業）", "輸出支援事業", ["海外需要(内数)創出事業"]),
        ("推進タイプ＜（旧）推進交付金＞", "推進タイプ", ["推進交付金"]),
        ("債券促進事業（「債券推進事業」から名称変更）", "債券促進事業", ["債券推進事業"]),
        ("支援拠出金（旧名：協力拠出金（任意拠出金）", "支援拠出金", ["協力拠出金(任意拠出金"]),
        ("（改）機器導入加速化事業", "機器導入加速化事業", []),
        ("（旧）見本事業", "(旧)見本事業", []),  # the name itself
        ("災害復旧事業（復旧分）", "災害復旧事業(復旧分)", []),
        ("地方行政／（分権を除く。）", "地方行政(分権を除く。)", []),
    ],
)
def test_names_with_their_history(name: str, bare: str, former: list[str]) -> None:
    assert bare_name(name) == bare
    assert [told for told, _ in former_names(name)] == former


@given(st.text(alphabet="甲乙（）()<>旧前年度：「」 ／改", max_size=20))
def test_any_name_has_a_form(name: str) -> None:
    assert bare_name(bare_name(name)) is not None and all(told for told, _ in former_names(name))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023-総務-22-0007", [(2023, "総務", "22-0007")]),
        ("2023警察220059", [(2023, "警察", "22-0059")]),
        ("2023－復興－新23－0005", [(2023, "復興", "新23-0005")]),
        ("2023ｰ経産ｰ22ｰ0252", [(2023, "経産", "22-0252")]),
        ("令和５年度　2023環境22 0150", [(2023, "環境", "22-0150")]),
        ("2023年度：2023-経産-新23-0008", [(2023, "経産", "新23-0008")]),
        ("2023-総務省-22-0100", [(2023, "総務", "22-0100")]),
        ("旧事業番号 2023-厚労-22-0328", [(2023, "厚労", "22-0328")]),
        ("2021環境新220011、2022環境新220009", [(2021, "環境", "新22-0011"), (2022, "環境", "新22-0009")]),
        ("新02-0026、経産20-0435", [(None, "", "新02-0026"), (None, "経産", "20-0435")]),
        ("経産新21：0034　経産22：0436", [(None, "経産", "新21-0034"), (None, "経産", "22-0436")]),
        ("2023-経産-新23--0068", [(2023, "経産", "新23-0068")]),
        ("0407,0416", [(None, "", "0407"), (None, "", "0416")]),
        ("220107", [(None, "", "22-0107")]),
        ("0001-04", [(None, "", "0001-04")]),
        ("2023国交22017200", []),  # a number of eight digits is none
        ("政策: 15　施策: 21", []),
        ("2021-官房-新21", []),
        ("--", []),
    ],
)
def test_numbers_of_earlier_sheets_in_free_text(text: str, wanted: list[tuple[int | None, str, str]]) -> None:
    assert [(one.year, one.ministry, one.tail) for one in named_numbers(text)] == wanted


def test_a_number_means_one_sheet_of_an_earlier_review() -> None:
    def sheet(year: int, number: str, ministry: str = "soumu", *, single: bool = True) -> Shown:
        return Shown(f"{year}/{number}", "", ministry, number, year, "", "", 1, single)

    numbers = Numbers(
        [
            sheet(2023, "2023-総務-22-0061"),
            sheet(2022, "2022-総務-21-0061"),
            sheet(2023, "2023-環境-22-0061", "env"),
        ]
    )
    owner = sheet(2024, "1", single=False)

    def found(text: str) -> list[tuple[str | None, bool]]:
        meant = [numbers.find(named, owner) for named in named_numbers(text)]
        return [(one.number if one else None, whole) for one, whole in meant]

    assert found("2023-総務-22-0061") == [("2023-総務-22-0061", True)]
    assert found("0061") == [("2023-総務-22-0061", False)]
    assert found("総務21-0061") == [("2022-総務-21-0061", False)]
    assert found("2024-総務-22-0061、2023-総務-22-0099") == [(None, False), (None, False)]
