"""One line as a sheet: every value has its kind, or the line is refused with field and reason; nothing is lost in silence."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konkyo.sources.judgit.form import COLUMNS, FIELDS, NOT_IMPORTED
from konkyo.sources.judgit.importer import Sheets
from konkyo.sources.judgit.reading import parse, read
from konkyo.sources.rs.importer import RowError
from support.judgit_sheets import budget, line, payee, samples, sheet
from support.rs_rows import NAMES


def refused(text: bytes) -> tuple[str, str]:
    with pytest.raises(RowError) as caught:
        read(parse(text), Counter())
    assert caught.value.message.ja and caught.value.message.en
    return caught.value.column, caught.value.message.en


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "Expecting value"),
        (b"\xff\xfe", "codec can't decode"),
        (b'{"a": 1', "Expecting"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b"[1]", "no object"),
        (b'"a"', "no object"),
        (b"[" * 100_000, "JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "digits"),
    ],
)
def test_what_is_no_sheet_at_all(text: bytes, why: str) -> None:
    column, said = refused(text)
    assert column == "JSON" and why in said


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"公開年度": "2020"}, "公開年度"),
        ({"公開年度": 20}, "公開年度"),
        ({"府省庁": None}, "府省庁"),
        ({"府省庁": " "}, "府省庁"),
        ({"事業名": ""}, "事業名"),
        ({"事業番号": None, **dict.fromkeys(f"事業番号{n}" for n in range(1, 6))}, "事業番号"),
        ({"予算": {}}, "予算"),
        ({"予算": [1]}, "予算[1]"),
        ({"予算": [budget(2019, 1.0), {"年度": None, "当初予算": 1.0}]}, "予算[2]/年度"),
        ({"予算": [{"年度": 2019, "執行額": "三百"}]}, "予算[1]/執行額"),
        ({"予算": [{"年度": 2019, "執行額": True}]}, "予算[1]/執行額"),
        ({"支出先": [payee("", 1.0)]}, "支出先[1]/支出先名"),
        ({"支出先": [payee("見本", 1.0), {**payee("見本", 1.0), "支出額": "1.0"}]}, "支出先[2]/支出額"),
        ({"アウトカム": [{"成果実績": [{"年度": "去年", "成果実績": 1}]}]}, "アウトカム[1]/成果実績[1]/年度"),
        ({"アウトプット": [{"活動指標": ["a"]}]}, "アウトプット[1]/活動指標"),
        ({"会計区分": "一般会計"}, "会計区分"),
        ({"会計区分": [{}]}, "会計区分[1]"),
        ({"事業目的": {"a": 1}}, "事業目的"),
        ({"事業概要": "\ud800"}, "事業概要"),
        ({"支出先": [payee("見\udfffz", 1.0)]}, "支出先[1]/支出先名"),
    ],
)
def test_a_fault_names_its_field(changes: dict[str, Any], field: str) -> None:
    text = json.dumps(sheet(**changes)).encode()
    assert refused(text)[0] == field


@pytest.mark.parametrize("stated", ["1e999999999", "1e-999999999", "123456789012345678901234"])
def test_a_number_that_would_fill_the_memory_is_refused(stated: str) -> None:
    text = line(sheet(予算=[{"年度": 2019, "執行額": 0.125}])).replace(b"0.125", stated.encode())
    assert refused(text)[0] == "予算[1]/執行額"


def test_new_fields_are_counted_wherever_they_stand() -> None:
    left: Counter[str] = Counter()
    outcome = {
        "成果目標": "目標",
        "新欄": 1,
        "成果実績": [{"年度": 2019, "新欄": "x"}, {"年度": 2020, "新欄": None}],
    }
    read(parse(line(sheet(新欄=[1], 予算=[{"年度": 2019, "新欄": 2.0}], アウトカム=[outcome]))), left)
    assert {field: number for field, number in left.items() if "新欄" in field} == {
        "新欄": 1,
        "予算/新欄": 1,
        "アウトカム/新欄": 1,
        "アウトカム/成果実績/新欄": 1,
    }


def test_a_refused_line_counts_nothing_as_left() -> None:
    left: Counter[str] = Counter()
    with pytest.raises(RowError):
        read(parse(line(sheet(予算=[1]))), left)
    assert not left


def test_fields_are_imported_or_said_not_to_be() -> None:
    top = {field.partition("/")[0] for field in COLUMNS}
    assert FIELDS[""] == top and not top & set(NOT_IMPORTED)
    assert {field for made in samples() for field in made} <= top | set(NOT_IMPORTED)


_TEXT = st.text(max_size=8)
_NUMBER = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=6)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS[""])), _ANY, max_size=4))
def test_whatever_a_field_holds_a_line_is_read_or_refused(changes: dict[str, Any]) -> None:
    """And what is read becomes records: the importer refuses nothing any more."""
    try:
        found = read(parse(json.dumps(sheet(**changes)).encode()), Counter())
    except RowError as error:
        assert error.column
        return
    assert list(Sheets(found.year, NAMES).sheet(1, found))


@given(st.lists(_NUMBER, min_size=1, max_size=6))
def test_amounts_are_exact_and_none_is_lost(amounts: list[Decimal]) -> None:
    told = [f'{{"年度": {2010 + place}, "執行額": {amount:f}}}' for place, amount in enumerate(amounts)]
    text = line(sheet(予算="見本の予算")).decode().replace('"見本の予算"', f"[{','.join(told)}]")
    importer = Sheets(2020, NAMES)
    records = [
        record
        for record in importer.sheet(1, read(parse(text.encode()), Counter()))
        if hasattr(record, "stage")
    ]
    assert [record.yen for record in records] == [int(amount.scaleb(6)) for amount in amounts]
    assert [record.stated for record in records] == amounts
    assert not importer.counts["amounts-finer-than-a-yen"]


@given(
    st.lists(
        st.tuples(st.sampled_from("ABあ"), st.integers(1, 2), st.sampled_from(["甲", "乙"]), _NUMBER),
        max_size=8,
    )
)
def test_every_payee_row_is_one_payment(rows: list[tuple[str, int, str, Decimal]]) -> None:
    """However often block, number and name stand: no two payments run together, and their sum is that of the rows."""
    payees = [
        {"年度": 2019, "グループ": block, "番号": number, "支出先名": name, "支出額": float(amount)}
        for block, number, name, amount in rows
    ]
    found = read(parse(line(sheet(支出先=payees))), Counter())
    payments = [record for record in Sheets(2020, NAMES).sheet(1, found) if hasattr(record, "work")]
    assert len({record.iri for record in payments}) == len(rows)
    assert sum(record.stated for record in payments) == sum(Decimal(str(item["支出額"])) for item in payees)
