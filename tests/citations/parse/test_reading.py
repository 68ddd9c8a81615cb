"""What a citation says is read, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.citations.parse.reading import MAX_LENGTH, read
from konkyo.citations.parse.titles import as_written, balanced, key_of_title, take_apart
from support.children import comes_to_each
from support.examples import examples
from support.hostile import CITATIONS
from support.steps import growth, steps

LONG = 20_000
# fmt: off
READ = [
    ("「架空振興計画」（令和５年６月16日閣議決定）", [("架空振興計画", (), "2023-06-16", "閣議決定")]),
    ("・第6期架空基本計画（R3.3.26）", [("第6期架空基本計画", ("n6",), "2021-03-26", None)]),
    ("架空基本計画（第六期）（2021年3月決定）", [("架空基本計画", ("n6",), "2021-03", "決定")]),
    ("架空戦略2023 （2023改訂版）", [("架空戦略2023", ("y2023",), None, None)]),
    ("令和４年５月20日　架空の措置に関する指針（閣議決定）", [("架空の措置に関する指針", (), "2022-05-20", "閣議決定")]),
    ("架空基本計画： 5.6適正な架空の構築", [("架空基本計画", (), None, None)]),
    ("令和５年６月：架空方針2023", [("架空方針2023", ("y2023",), "2023-06", None)]),
    ("架空大綱（昭和六十年四月二十六日決定）", [("架空大綱", (), "1985-04-26", "決定")]),
    ("架空大綱（平成元年閣議決定）", [("架空大綱", (), "1989", "閣議決定")]),
    ("架空計画（令和5年13月閣議決定）", [("架空計画", (), None, "令和5年13月閣議決定")]),
    (
        "架空甲計画、架空乙戦略（令和4年12月16日閣議決定）",
        [("架空甲計画", (), "2022-12-16", "閣議決定"), ("架空乙戦略", (), "2022-12-16", "閣議決定")],
    ),
    (
        "架空計画（令和2年3月31日閣議決定、令和3年6月15日改定）",
        [("架空計画", (), "2021-06-15", "改定")],
    ),
    (
        "架空計画（令和2年3月31日閣議決定、令和3年6月15日一部変更）",
        [("架空計画", (), "2020-03-31", "閣議決定")],
    ),
    (
        "架空計画（第1期：平成26年7月閣議決定、第2期：令和2年3月27日閣議決定）",
        [("架空計画", ("n1",), "2014-07", "閣議決定"), ("架空計画", ("n2",), "2020-03-27", "閣議決定")],
    ),
    (
        "平成23年３月31日架空発0331第31号「架空事業補助金交付要綱」",
        [("架空事業補助金交付要綱", (), "2011-03-31", "架空発0331第31号")],
    ),
    ("平成18年7月3日架空発0703012号「架空研修費補助事業の実施について」", [("架空研修費補助事業の実施について", (), "2006-07-03", "架空発0703012号")]),
    ("架空決議1325号「架空に関する決議」", [("架空決議1325号「架空に関する決議」", (), None, None)]),
    ("平成23年6月25日東日本架空構想会議提言", [("東日本架空構想会議提言", (), "2011-06-25", None)]),
    ("令和元年12月1日架空政策審議会第2次答申", [("架空政策審議会第2次答申", ("n2",), "2019-12-01", None)]),
    ("平成30年12月12日架空法改正（架空の強化）", [("平成30年12月12日架空法改正（架空の強化）", (), None, None)]),
    ("平成4年1月の架空会談の提言", [("平成4年1月の架空会談の提言", (), None, None)]),
    ("架空計画（2020（令和２）年３月31日閣議決定）", [("架空計画", (), "2020-03-31", "閣議決定")]),
    ("架空計画（令和２（2020）年３月 閣議決定）", [("架空計画", (), "2020-03", "閣議決定")]),
    ("架空計画（2019(令和元)年12月決定）", [("架空計画", (), "2019-12", "決定")]),
    ("架空の回収について（平 成 26 年 11 月 21 日架空発 1121 第 10 号架空局長通知）",
     [("架空の回収について", (), "2014-11-21", "架空発 1121 第 10 号架空局長通知")]),
    ("第4期架空計画（令和5月4月閣議決定）", [("第4期架空計画", ("n4",), "2023-04", "閣議決定")]),
    ("架空計画（令和5月4日決定）", [("架空計画", (), None, "令和5月4日決定")]),
    ("（第5次架空整備計画：令和3年5月28日閣議決定）", [("第5次架空整備計画", ("n5",), "2021-05-28", "閣議決定")]),
    ("（第5次架空整備計画: R3.5）", [("第5次架空整備計画", ("n5",), "2021-05", None)]),
    ("架空甲計画、架空会議第2次提言（2023年）", [("架空甲計画", (), None, None), ("架空会議第2次提言", ("n2",), "2023", None)]),
    ("架空甲計画、架空乙計画（2023年閣議決定）", [("架空甲計画", (), "2023", "閣議決定"), ("架空乙計画", (), "2023", "閣議決定")]),
    ("（令和3年5月28日閣議決定）", []),
    ("（架空法：平成29年6月2日改正）", []),
    ("架空対策特別措置法に基づく「架空に関する基本方針（第6次）（令和5年3月31日架空省告示第33号）」",
     [("架空対策特別措置法に基づく「架空に関する基本方針」", ("n6",), "2023-03-31", "架空省告示第33号")]),
    ("架空法第３条に基づく「架空計画（令和5年3月決定）」", [("架空法第３条に基づく「架空計画」", (), "2023-03", "決定")]),
    ("架空法に基づく「架空計画（素案）」", [("架空法に基づく「架空計画（素案）」", (), None, None)]),
    (
        "2017年度架空党公約、架空党「架空を求める決議」（平成28年5月）",
        [("2017年度架空党公約", ("y2017",), None, None), ("架空を求める決議", (), "2016-05", None)],
    ),
    ("～美しい架空～沿道架空計画（令和４年９月　架空県）", [("～美しい架空～沿道架空計画", (), "2022-09", None)]),
    ("架空実行会議（第十二次提言）", [("架空実行会議第十二次提言", ("n12",), None, None)]),
    (
        "架空振興特別措置法第５条に基づき架空県が策定した架空振興開発計画",
        [("架空振興特別措置法第５条に基づき架空県が策定した架空振興開発計画", (), None, None)],
    ),
    ("「安全、安心な架空社会に関する計画」", [("安全、安心な架空社会に関する計画", (), None, None)]),
    ("架空事業の国庫補助について（平19.12.3架空省発第1号）", [("架空事業の国庫補助について", (), "2007-12-03", "架空省発第1号")]),
    ("架空計画（2024年（令和６年）６月21日閣議決定）", [("架空計画", (), "2024-06-21", "閣議決定")]),
    ("架空計画　2012年6月6日閣議決定", [("架空計画", (), "2012-06-06", "閣議決定")]),
    ("架空基本計画令和3年10月22日閣議決定）", [("架空基本計画", (), "2021-10-22", "閣議決定")]),
    ("架空基本計画（第Ⅳ期基本計画）", [("架空基本計画", ("n4",), None, None)]),
    ("第Ⅱ期架空基本計画", [("第Ⅱ期架空基本計画", ("n2",), None, None)]),
    ("2030年度に向けた架空計画", [("2030年度に向けた架空計画", (), None, None)]),
    ("架空施設（ABC-XYZ）中間評価報告書（令和6年1月）", [("架空施設（ABC-XYZ）中間評価報告書", (), "2024-01", None)]),
    ("「架空の指針」（「運営指針」）", [("架空の指針", (), None, None)]),
    ("架空の重点（平成24年11月公表、平成26年2月3日、平成29年10月12日改訂）", [("架空の重点", (), "2017-10-12", "改訂")]),
    ("架空基本法（令和元年6月成立、令和2年4月1日施行）", [("架空基本法", (), "2019-06", "成立")]),
    ("架空プラン（平成25年12月10日閣議決定、令和4年6月21日最終改訂）", [("架空プラン", (), "2022-06-21", "最終改訂")]),
    (
        "架空大綱（平成27年３月閣議決定）、（令和２年５月閣議決定）",
        [("架空大綱", (), "2015-03", "閣議決定"), ("架空大綱", (), "2020-05", "閣議決定")],
    ),
    ("架空大綱（令和２年閣議決定）、（架空省）想像計画", [("架空大綱", (), "2020", "閣議決定"), ("想像計画", (), None, None)]),
    ("検査架空、出荷等の品目の設定・解除の考え方（令和６年３月　架空本部）", [("検査架空、出荷等の品目の設定・解除の考え方", (), "2024-03", None)]),
    ("架空計画、想像計画等の推進方針（令和６年３月）", [("架空計画", (), "2024-03", None), ("想像計画等の推進方針", (), "2024-03", None)]),
    ("架空を基軸とした産業の青写真　2019年12月9日架空庁・想像県策定", [("架空を基軸とした産業の青写真", (), "2019-12-09", "架空庁・想像県策定")]),
    ("架空の集まりの2016年9月9日に想像県で策定", [("架空の集まりの2016年9月9日に想像県で策定", (), None, None)]),
    ("架空プラン（令和元年5月29日　2040年を展望した架空本部）", [("架空プラン", (), "2019-05-29", None)]),
    ("架空決議1/61（1961年）及び想像決議1714（1994年）", [("架空決議1/61", (), "1961", None), ("想像決議1714", (), "1994", None)]),
    ("「架空甲大綱」、「架空乙戦略2025（令和5年6月追補版）」", [("架空甲大綱", (), None, None), ("架空乙戦略2025", ("y2025",), "2023-06", "追補版")]),
    ("架空甲条約、架空乙計画（令和3年10月22日閣議決定）", [("架空甲条約", (), None, None), ("架空乙計画", (), "2021-10-22", "閣議決定")]),
    ("架空甲計画（首都部分）、架空乙計画", [("架空甲計画（首都部分）", (), None, None), ("架空乙計画", (), None, None)]),
    ("架空甲告示、架空乙告示及び架空丙告示等の公示について（通知）", [("架空甲告示、架空乙告示及び架空丙告示等の公示について（通知）", (), None, None)]),
    ("架空方針（令和元年12月20日）において、想像の状況に関する結果を引用", [("架空方針", (), "2019-12-20", None)]),
    ("架空計画（令和4年6月15日決定）施策番号Ⅰ（２）⑤ア、Ⅱ（４）②", [("架空計画", (), "2022-06-15", "決定")]),
    ("架空方針（平成23年5月17日決定）※案のとおり決定している", [("架空方針", (), "2011-05-17", "決定")]),
    ("財架第2786号（平成25年6月13日）「架空計画の決定について」", [("架空計画の決定について", (), "2013-06-13", "財架第2786号")]),
    ("「架空計画」の決定について（通知）（架整情第13850号。3.8.6）", [("「架空計画」の決定について（通知）", (), None, "架整情第13850号。3.8.6")]),
    ("架空の推進に関する法律（令和四年法律第四十三号）", [("架空の推進に関する法律", (), "2022", "法律第四十三号")]),
    ("（令和3年9月28日閣議決定）", []),
    ("Ⅰ（１）④アエ", []),
    ("なし", []),
    ("", []),
]
# fmt: on


@pytest.mark.parametrize(("raw", "wanted"), READ, ids=[raw[:20] for raw, _ in READ])
def test_citations_are_read(
    raw: str, wanted: list[tuple[str, tuple[str, ...], str | None, str | None]]
) -> None:
    found = [
        (one.title, one.apart.labels, one.date.iso if one.date else None, one.decision)
        for one in read(raw).documents
    ]
    assert found == wanted


def test_subtitle_and_place_are_told_from_the_title() -> None:
    (one,) = read("・架空戦略2022～明日の社会へ～（令和4年6月7日閣議決定）第2章２（１）").documents
    assert (one.title, one.subtitle, one.place) == ("架空戦略2022", "～明日の社会へ～", "第2章２（１）")
    assert one.apart.base == "架空戦略"


@pytest.mark.parametrize(
    ("raw", "title", "place"),
    [
        ("架空基本計画　重点項目８", "架空基本計画", "重点項目８"),
        ("第４次架空基本計画　第３　５．", "第４次架空基本計画", "第３　５．"),
        ("架空戦略　Ⅳ　２　（１）", "架空戦略", "Ⅳ　２　（１）"),
        ("架空戦略2012－2020 第１部第４章第２節４", "架空戦略2012－2020", "第１部第４章第２節４"),
        ("架空の建設等に関する法律第１０条", "架空の建設等に関する法律", "第１０条"),
        ("架空協定６条（平成27年）", "架空協定", "６条"),
        ("「架空の職員に関する法律」附則第３項", "架空の職員に関する法律", "附則第３項"),
        ("架空法附則第2条第2項", "架空法", "附則第2条第2項"),
        ("架空省組織令　第６５条１項", "架空省組織令", "第６５条１項"),
        ("架空委員会運営規則_第２条", "架空委員会運営規則", "第２条"),
        ("架空市公園条例第１０条", "架空市公園条例", "第１０条"),
        ("架空連合憲章二十八条", "架空連合憲章", "二十八条"),
        ("架空国際組織定款第8条", "架空国際組織定款", "第8条"),
        ("第２７回架空連合総会決議第３０１９号第６項", "第２７回架空連合総会決議第３０１９号", "第６項"),
        ("架空理事会決議1994/24第12条", "架空理事会決議1994/24", "第12条"),
        # What an article asks for, and what has an article in its name, stay whole.
        ("架空法附則第2条第2項の規定に基づく架空方針", "架空法附則第2条第2項の規定に基づく架空方針", None),
    ],
)
def test_places_are_told_from_titles(raw: str, title: str, place: str | None) -> None:
    (one,) = read(raw).documents
    assert (one.title, one.place) == (title, place)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("架空及び想像の基本計画", "架空および想像の基本計画"),
        ("国土強靭化架空計画", "国土強靱化架空計画"),
        ("架空５ヵ年計画", "架空五か年計画"),
        ("架空・想像計画について", "「架空想像計画」"),
        ("架空（DX）推進計画", "架空推進計画"),
    ],
)
def test_ways_of_writing_one_title_have_one_key(one: str, other: str) -> None:
    assert key_of_title(one) == key_of_title(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("架空再生戦略", "架空再生の基本戦略"),
        ("架空基本計画", "架空年次計画"),
        ("小学校架空要領", "中学校架空要領"),
        ("施設整備費の国庫補助について", "設備整備費の国庫補助について"),
    ],
)
def test_near_equal_titles_have_two_keys(one: str, other: str) -> None:
    assert key_of_title(one) != key_of_title(other)


# Texts with the signs that reading looks for, so that the rules are met often.
SIGNS = st.text(
    st.sampled_from(
        list(
            "「」『』（）()【】、，・○①～－―　 。：等第期次章版年月日令和平成元R0123456789０１計画戦略閣議決定及び改定\n\x00\x1b"
        )
    ),
    max_size=60,
)


@given(st.one_of(SIGNS, st.text(max_size=80)))
@settings(max_examples=examples(300))
def test_spans_cover_the_string_side_by_side(raw: str) -> None:
    reading = read(raw)
    assert "".join(raw[span.start : span.end] for span in reading.spans) == raw
    assert [span.start for span in reading.spans] == [0, *(span.end for span in reading.spans)][
        : len(reading.spans)
    ]
    assert all(-1 <= span.document < len(reading.documents) for span in reading.spans)


@given(st.one_of(SIGNS, st.text(max_size=60)))
@settings(max_examples=examples(200))
def test_a_key_is_its_own_key(title: str) -> None:
    apart = take_apart(title)
    assert key_of_title(apart.base) == apart.key
    assert all(label for label in apart.labels)


FULL = str.maketrans("0123456789()", "０１２３４５６７８９（）")


@pytest.mark.parametrize("raw", [raw for raw, _ in READ if raw])
def test_width_changes_nothing(raw: str) -> None:
    def told(text: str) -> list[object]:
        return [(one.apart.key, one.apart.labels, one.date) for one in read(text).documents]

    assert told(raw) == told(raw.translate(FULL)) == told(raw.translate({b: a for a, b in FULL.items()}))


@pytest.mark.parametrize("name", CITATIONS)
def test_a_hostile_string_is_read_in_steps_that_grow_as_it_does(name: str) -> None:
    raw = CITATIONS[name](MAX_LENGTH)
    assert "".join(raw[span.start : span.end] for span in read(raw).spans) == raw
    assert growth(lambda length: read(CITATIONS[name](length)), MAX_LENGTH) < 3


def test_no_pattern_takes_longer_than_its_string(tmp_path: Path) -> None:
    """The steps of a pattern cannot be counted. Here their square would be hours, and they themselves are seconds."""
    code = f"""
from konkyo.citations.parse import reading
from support.hostile import CITATIONS, RUNS
reading.MAX_LENGTH = {10 * LONG}
for name, made in CITATIONS.items():
    reading.read(made({10 * LONG} if name in RUNS else {LONG}))
    print(name, flush=True)
"""
    comes_to_each(code, CITATIONS, tmp_path / "log")


def test_what_is_longer_than_may_be_is_not_looked_at() -> None:
    long, longer = ("計画（令和5年6月16日閣議決定）、" * number for number in (6_000, 600_000))
    assert steps(lambda: read(long)) == steps(lambda: read(longer)) < 20


def test_what_is_too_long_says_so_and_stays_whole() -> None:
    reading = read("計" * (MAX_LENGTH + 1))
    assert not reading.documents
    assert [(span.role, span.start, span.end) for span in reading.spans] == [("remainder", 0, MAX_LENGTH + 1)]
    assert reading.note and "読まない" in reading.note.ja


FRAGMENTS = [
    "他",
    "ほか５計画等",
    "ほか、3件",
    "架空省、例示庁）",
    "－架空の整備－",
    "～架空の島",
    "（）",
    "」",
]


@pytest.mark.parametrize("raw", FRAGMENTS)
def test_a_fragment_is_a_remainder(raw: str) -> None:
    reading = read(raw)
    assert not [one.title for one in reading.documents if len(one.title) < 5 or "、" in one.title]
    assert "".join(raw[span.start : span.end] for span in reading.spans) == raw


GOES_ON = [
    ("「架空方針」（令和元年12月20日）において、夫の架空の家事・育児時間に関する結果を引用）", ["架空方針"]),
    ("架空実施計画（令和５年６月16日閣議決定）＜医療・介護・架空分野＞(1) デジタルの推進① －基盤の整備－", ["架空実施計画"]),
    ("架空審議会答申（令和３年1月26日）「架空教育」の構築を目指して～可能性を引き出す、学びと、架空の実現～」", ["「架空教育」の構築を目指して"]),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "titles"), GOES_ON)
def test_words_about_a_closed_citation_name_no_other_document(raw: str, titles: list[str]) -> None:
    assert [one.title for one in read(raw).documents] == titles


BALANCED = [
    ("「架空の基本的な方針（令和５年５月31日告示第二百七号）", "架空の基本的な方針"),
    ("架空戦略」（閣議決定）", "架空戦略"),
    ("架空大綱（全国の架空部分", "架空大綱（全国の架空部分）"),
    ("架空イニシアティブ＜J-ABCD>", "架空イニシアティブ＜J-ABCD>"),
    ("「架空計画（令和２年１月21日架空会議決定」", "架空計画"),
]


@pytest.mark.parametrize(("raw", "title"), BALANCED)
def test_brackets_of_a_title_have_partners(raw: str, title: str) -> None:
    (one,) = read(raw).documents
    assert one.title == title


@given(st.text("（）()「」『』＜＞計画", max_size=40))
def test_balancing_ends_and_adds_no_words(text: str) -> None:
    made = balanced(text)
    assert made.count("計") <= text.count("計") and len(made) <= len(text) + 6


@given(st.text("第６期令和年度計画 　戦略・", min_size=1, max_size=20))
def test_what_editions_share_is_shown_as_written(text: str) -> None:
    made = as_written(text, take_apart(text).base)
    assert set(made) <= set(text) | set(take_apart(text).base)
