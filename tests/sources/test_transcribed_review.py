"""A transcribed review sheet in the graph: a project of its review with its plans, money, results and payees."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.common.amounts import signed_amount
from konkyo.graph.stored_queries import run, stored
from konkyo.model.namespaces import PREFIXES
from konkyo.questions.check import check_store
from konkyo.store import EmbeddedStore, open_store
from support.generated_reviews import review
from support.invented_sheets import workbook
from support.judgit_sheets import lines, payee, sheet
from support.many_sheets import transcribed

HEAD = "".join(f"PREFIX {key}: <{value}>\n" for key, value in PREFIXES.items())


def test_it_is_a_project_with_what_the_sheet_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    sheet, expected = review(5)
    workbook(sheet, tmp_path / "review.xlsx")
    assert main(["transcribe", "review.xlsx"]) == 0
    assert main(["--store", "store", "build", "review.yaml"]) == 0
    store = open_store(tmp_path / "store")
    assert check_store(store) == []

    def asked(pattern: str) -> list[str]:
        rows = store.select(f"{HEAD}SELECT DISTINCT ?x WHERE {{ ?p a kk:Project . {pattern} }}")
        return sorted(row["x"].value for row in rows)

    plans = expected["関係する計画、通知等"]
    assert asked("?p kk:hasJustification/kk:basis/dcterms:title ?x") == sorted(
        plan["名称"].replace("３", "3") for plan in plans
    )
    money = expected["予算額・執行額"]["欄"]
    assert len(asked("?p kk:hasBudgetFigure ?x")) == len(money)
    amounts = {1_000_000 * (signed_amount(cell["値"]) or 0) for cell in money}
    assert {int(value) for value in asked("?p kk:hasBudgetFigure/kk:amountYen ?x")} == amounts
    outcomes = expected["成果目標及び成果実績（アウトカム）"]
    assert len(asked("?p kk:hasLogicStep ?x . ?x kk:kind c:outcome")) == len(outcomes)
    payees = expected["支出先上位10者リスト"]
    assert len(asked("?p kk:hasPayment ?x")) == len(payees)
    capsys.readouterr()
    assert main(["--store", "store", "trace", expected["事業名"]["値"]]) == 0
    said = capsys.readouterr().out
    assert plans[0]["名称"].replace("３", "3") in said.replace("３", "3") and "〔機械読取り・未確認〕" in said


def test_the_same_sheet_from_judgit_is_the_same_project(tmp_path: Path) -> None:
    made, expected = review(5)
    book = workbook(made, tmp_path / "review.xlsx")
    year, number = int(expected["公開年度"]["値"][2:-2]) + 1988, expected["事業番号"]["値"]
    yaml = transcribed(book, tmp_path)
    published = sheet(year, number, 府省庁="例示省", 事業名=expected["事業名"]["値"])
    judgit = tmp_path / "judgit.ndjson"
    judgit.write_bytes(lines([published, sheet(year, "9999")]))
    build([yaml, judgit], tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert check_store(store) == []
    rows = store.select(f"{HEAD}SELECT DISTINCT ?p WHERE {{ ?p a kk:Project ; kk:hasJustification ?plan }}")
    (found,) = (row["p"].value for row in rows)
    assert found.endswith(f"/{number}") and f"/project/judgit-{year}/" in found
    rows = store.select(
        f"{HEAD}SELECT DISTINCT ?source WHERE {{ <{found}> kk:hasAppearance/kk:evidence/oa:hasSource ?source }}"
    )
    assert len(list(rows)) == 2


def saved_as(path: Path, title: str) -> None:
    """Give a workbook a title, which makes it another file with the same content."""
    book = load_workbook(path)
    book.properties.title = title
    book.save(path)


def _sums(store: EmbeddedStore, query: str) -> list[list[str]]:
    """Return the rows of a query on payments, without the totals of blocks, which one of the files alone tells."""
    names = [name for name in stored(query).columns if name not in ("payee", "blocks")]
    return [[str(row[name]) for name in names] for row in run(store, query)]


def test_a_review_that_several_files_tell_is_counted_once(tmp_path: Path) -> None:
    made, expected = review(5)
    year, number = int(expected["公開年度"]["値"][2:-2]) + 1988, expected["事業番号"]["値"]
    books = [workbook(made, tmp_path / f"{name}.xlsx") for name in ("one", "other")]
    for book in books:
        saved_as(book, book.stem)
    sheets = [transcribed(book, tmp_path) for book in books]
    paid = [
        payee(cell["支出先"], float(cell["支出額"]["値"]), at=f"{cell['ブロック']}{n}", year=year - 1)
        for n, cell in enumerate(expected["支出先上位10者リスト"], start=1)
    ]
    published = sheet(year, number, 府省庁="例示省", 事業名=expected["事業名"]["値"], 支出先=paid)
    judgit = tmp_path / "judgit.ndjson"
    judgit.write_bytes(lines([published]))
    told = {}
    for name, sources in {
        "one sheet": sheets[:1],
        "two sheets": sheets,
        "data": [judgit],
        "both": [judgit, *sheets],
    }.items():
        build(sources, tmp_path / name)
        store = open_store(tmp_path / name)
        told[name] = [_sums(store, query) for query in ("payments-by-payee", "payments-of-projects")]
        payments = store.select(f"{HEAD}SELECT DISTINCT ?x WHERE {{ ?p kk:hasPayment ?x }}")
        # Each telling is kept.
        assert len(list(payments)) == len(paid) * len(sources)
    assert told["one sheet"] == told["two sheets"] and told["data"] == told["both"]
    assert all(told["one sheet"]) and all(told["data"])
