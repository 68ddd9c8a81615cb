"""What a citation says is read, and nothing of it is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.citations.reading import MAX_LENGTH, read
from konkyo.citations.titles import key_of_title, take_apart

READ = [
    ("「架空振興計画」（令和５年６月16日閣議決定）", [("架空振興計画", (), "2023-06-16", "閣議決定")]),
    ("・第6期架空基本計画（R3.3.26）", [("第6期架空基本計画", ("n6",), "2021-03-26", None)]),
    ("架空基本計画（第六期）（2021年3月決定）", [("架空基本計画", ("n6",), "2021-03", "決定")]),
    ("架空戦略2023 （2023改訂版）", [("架空戦略2023", ("y2023",), None, None)]),
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
    ("「安全、安心な架空社会に関する計画」", [("安全、安心な架空社会に関する計画", (), None, None)]),
    ("（令和3年9月28日閣議決定）", []),
    ("なし", []),
    ("", []),
]


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
@settings(max_examples=300, deadline=None)
def test_spans_cover_the_string_side_by_side(raw: str) -> None:
    reading = read(raw)
    assert "".join(raw[span.start : span.end] for span in reading.spans) == raw
    assert [span.start for span in reading.spans] == [0, *(span.end for span in reading.spans)][
        : len(reading.spans)
    ]
    assert all(-1 <= span.document < len(reading.documents) for span in reading.spans)


@given(st.one_of(SIGNS, st.text(max_size=60)))
@settings(max_examples=200, deadline=None)
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


HOSTILE = {
    "ten megabytes": "計画（令和5年6月16日閣議決定）、" * 600_000,
    "nested brackets": "（" * 2_000 + "）" * 2_000,
    "nested quotes": "「" * 2_000 + "」" * 2_000,
    "only closers": "）」】" * 1_300,
    "control signs": "\x00\x1b[31m計画\x07\u202e" * 400,
    "commas": "、" * 4_000,
    "and so on": "計画" + "等" * 3_900,
    "digits": "1" * 4_000,
    "dots": "R5." * 1_300,
    "tildes": "計画～" * 1_300,
    "dashes": "計画-a" * 1_000,
    "years": "2023年" * 1_300,
    "brackets of editions": "計画" + "（改定）" * 990,
    "quotes side by side": "「計画」" * 990,
    "titles": "計画、" * 1_300,
    "and": "計画及び" * 990,
    "spaces": "計画" + " " * 3_900 + "計",
    "halves of surrogate pairs": "計画\ud800\udfff" * 900,
    "composing signs": "か\u3099" * 1_900,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_strings_come_back_in_time(name: str) -> None:
    raw = HOSTILE[name]
    begun = time.perf_counter()
    reading = read(raw)
    assert time.perf_counter() - begun < 2
    assert "".join(raw[span.start : span.end] for span in reading.spans) == raw


def test_what_is_too_long_says_so_and_stays_whole() -> None:
    reading = read("計" * (MAX_LENGTH + 1))
    assert not reading.documents
    assert [(span.role, span.start, span.end) for span in reading.spans] == [("remainder", 0, MAX_LENGTH + 1)]
    assert reading.note and "読まない" in reading.note.ja
