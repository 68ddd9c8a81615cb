"""5-1: three levels of one amount, who a payee is, and where the money of a block comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.build.pipeline import build
from konkyo.graph.stored_queries import stored
from konkyo.model.identifiers import is_corporate_number, is_dummy_number
from konkyo.store import open_store
from support.rs_reading import fields, read, subjects, values
from support.rs_rows import GOOD_NUMBER, row, sample, write_csv

DUMMY = "9999999999999"


def block(key: str, yen: str = "", project: str = "9001", **cells: str) -> dict[str, str]:
    known = {"支出先ブロック番号": key, "支出先ブロック名": f"{key}ほか", "ブロックの合計支出額": yen}
    return row("5-1", project, **known, **cells)


def paid(key: str, name: str, yen: str, project: str = "9001", **cells: str) -> dict[str, str]:
    known = {"支出先ブロック番号": key, "支出先名": name, "支出先の合計支出額": yen}
    return row("5-1", project, **known, **cells)


def contract(key: str, name: str, yen: str, project: str = "9001", **cells: str) -> dict[str, str]:
    known = {"支出先ブロック番号": key, "支出先名": name, "契約概要": "見本の調達", "金額": yen}
    return row("5-1", project, **known, **cells)


def payees(tmp_path: Path, *rows: dict[str, str]) -> list[str]:
    """Return the payee of each payment, in the order of the rows."""
    triples, report = read(write_csv(tmp_path, "5-1", rows))
    assert report.refused == 0
    payments = sorted(subjects(triples, "kk:Payment"), key=lambda iri: int(iri.rpartition("/r")[2]))
    return [values(triples, "kk:payee", payment)[0] for payment in payments]


def test_money_stands_at_one_level(tmp_path: Path) -> None:
    rows = [
        block("A", "1500"),
        paid("A", "甲", "1000 "),
        contract("A", "甲", "600"),
        contract("A", "甲", "400"),
        paid("A", "乙", "400"),
        contract("A", "乙", "390"),
        block("B", "7"),
        contract("B", "丙", "7"),
    ]
    triples, report = read(write_csv(tmp_path, "5-1", rows))
    payments, contracts = subjects(triples, "kk:Payment"), subjects(triples, "kk:Contract")
    assert sum(int(values(triples, "kk:amountYen", item)[0]) for item in payments) == 1400
    assert values(triples, "kk:hasPayment", "id:project/9001") == payments
    # A contract is part of what its payee was paid in all, where that is told.
    parts = {item: values(triples, "dcterms:isPartOf", item) for item in contracts}
    assert sorted(map(len, parts.values())) == [0, 1, 1, 1]
    assert {whole for several in parts.values() for whole in several} == set(payments)
    counts = report.counts
    assert (counts["payment-blocks"], counts["payments"], counts["contracts"]) == (2, 2, 4)
    assert counts["blocks-that-differ-from-their-payees"] == 1
    assert counts["payees-that-differ-from-their-contracts"] == 1
    assert counts["contracts-without-payee-total"] == 1


def test_a_second_row_of_a_block_gives_it_no_second_amount(tmp_path: Path) -> None:
    triples, report = read(write_csv(tmp_path, "5-1", [block("A", "5"), block("A", "6"), block("Ａ", "5")]))
    (one,) = subjects(triples, "kk:PaymentBlock")
    assert values(triples, "kk:amountYen", one) == ["5"] and report.counts["block-rows-repeated"] == 2
    assert ("ブロックの合計支出額", "6") in fields(triples, one)


def test_a_payee_without_amount_is_not_lost(tmp_path: Path) -> None:
    rows = [block("A"), paid("A", "甲", "5"), paid("A", "甲", ""), paid("A", "未定", "")]
    triples, report = read(write_csv(tmp_path, "5-1", rows))
    assert report.counts["payee-rows-without-amount"] == 2
    (one,) = subjects(triples, "kk:PaymentBlock")
    assert fields(triples, one) == {("支出先名", "未定")}


def test_an_amount_without_a_payee_is_refused(tmp_path: Path) -> None:
    _, report = read(write_csv(tmp_path, "5-1", [paid("A", "", "5"), contract("A", " ", "5")]), limit=1)
    assert [reason.column for reason in report.reasons] == ["支出先名"] * 2


@pytest.mark.parametrize(
    "number", [DUMMY, "8888888888888", "0000000000000", "９９９９９９９９９９９９９", DUMMY + "  "]
)
def test_a_dummy_number_joins_nobody(tmp_path: Path, number: str) -> None:
    found = payees(
        tmp_path,
        paid("A", "個人Ａ", "1", **{"法人番号": number}),
        paid("A", "個人Ｂ", "1", **{"法人番号": number}),
        paid("A", "個人Ａ", "1", "9002", **{"法人番号": number}),
        paid("B", "個人Ａ", "1", **{"法人番号": number}),
    )
    assert len(set(found)) == 3 and found[0] == found[3]
    assert not any("hojin" in iri for iri in found)


def test_numbers_and_dummies() -> None:
    assert is_corporate_number(GOOD_NUMBER) and not is_dummy_number(GOOD_NUMBER)
    for digit in "0123456789":
        assert is_dummy_number(digit * 13) and not is_corporate_number(digit * 13)


def test_a_number_joins_whatever_blanks_stand_behind_it(tmp_path: Path) -> None:
    found = payees(
        tmp_path,
        paid("A", "見本協会", "1", **{"法人番号": GOOD_NUMBER + " ", "所在地": "東京都"}),
        paid("B", "見本協會", "1", "9002", **{"法人番号": GOOD_NUMBER}),
    )
    assert found == [f"id:org/hojin/{GOOD_NUMBER}"] * 2


def test_without_a_number_name_and_place_tell_payees_apart(tmp_path: Path) -> None:
    found = payees(
        tmp_path,
        paid("A", "見本商店", "1", **{"所在地": "東京都"}),
        paid("A", "見本商店", "1", **{"所在地": "大阪府"}),
        paid("B", "見本商店", "1", **{"所在地": "東京都 "}),
        paid("B", "見本商店", "1"),
        paid("A", "見本商店", "1", "9002", **{"所在地": "東京都"}),
    )
    assert found[0] == found[2] and len(set(found)) == 4


def test_the_other_payees_of_two_blocks_are_no_one(tmp_path: Path) -> None:
    found = payees(
        tmp_path,
        paid("A", "その他", "1", **{"その他支出先": "TRUE"}),
        paid("B", "その他", "1", **{"その他支出先": "TRUE"}),
        paid("B", "その他", "1"),
    )
    assert len(set(found)) == 3


# --- subcontracting -----------------------------------------------------------------------------


def flow(source: str, target: str, **cells: str) -> dict[str, str]:
    office = not source
    return row(
        "5-2",
        **{
            "支出元の支出先ブロック": source,
            "支出元の支出先ブロック名": "総務省" if office else f"{source}ほか",
            "担当組織からの支出": "TRUE" if office else "FALSE",
            "支出先の支出先ブロック": target,
            "支出先の支出先ブロック名": f"{target}ほか",
            **cells,
        },
    )


def test_what_is_passed_on_never_counts_twice(tmp_path: Path) -> None:
    rows = [
        *(block(key, yen) for key, yen in (("A", "100"), ("B", "60"), ("C", "10"), ("D", "1"))),
        *(paid(key, f"{key}社", yen) for key, yen in (("A", "100"), ("B", "60"), ("C", "10"), ("D", "1"))),
    ]
    source = tmp_path / "in"
    source.mkdir()
    write_csv(source, "5-1", rows)

    def sums(store: Path) -> dict[str, int]:
        (found,) = open_store(store).select(stored("payments-of-projects").text)
        return {name: int(float(found[name].value)) for name in ("direct", "further", "unclear")}

    build([source], tmp_path / "alone")
    assert sums(tmp_path / "alone") == {"direct": 0, "further": 0, "unclear": 171}
    # D gets money from the office and from A: how much from which is not said.
    flows = [flow("", "A"), flow("A", "B"), flow("B", "C"), flow("", "D"), flow("A", "D")]
    write_csv(source, "5-2", flows)
    build([source], tmp_path / "both")
    assert sums(tmp_path / "both") == {"direct": 100, "further": 70, "unclear": 1}


def test_the_sample_tells_its_levels(tmp_path: Path) -> None:
    _, report = read(write_csv(tmp_path, "5-1", sample("5-1")))
    assert report.strange == {"入札者数": {"非公表": 1}}
    assert {name: report.counts[name] for name in ("payment-blocks", "payments", "contracts")} == {
        "payment-blocks": 1,
        "payments": 3,
        "contracts": 2,
    }
