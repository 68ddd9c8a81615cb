"""Means, payees, uses and budget items of transcribed sheets in the graph, in the terms of the review's files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import PREFIXES
from konkyo.questions.check import check_store
from konkyo.sources.documents import Document
from konkyo.sources.documents.workbook import read_workbook
from konkyo.sources.forms.fill import Filled
from konkyo.sources.forms.write import as_yaml, transcription
from konkyo.sources.sheet.money import Money, read_amount
from konkyo.sources.sheet.review import number_of
from konkyo.store import open_store
from support.generated_ministries import jizen
from support.generated_reviews import items, review
from support.invented_sheets import Invented, workbook
from support.judgit_sheets import lines, sheet
from support.many_sheets import filled

HEAD = "".join(f"PREFIX {key}: <{value}>\n" for key, value in PREFIXES.items())
NUMBERS = "令和２年行政事業レビュー事業番号"


def written(made: Invented, path: Path, key: str, **more: Any) -> tuple[Path, dict[str, Any]]:
    """Write the transcription of a sheet; return its file and what it says."""
    (one,) = filled(workbook(made, path.with_suffix(".xlsx")), read_workbook)
    place = next(iter(one.data["表題"][name] for name in ("場所", "行") if name in one.data["表題"]))
    data = one.data | {name: {"値": value, "場所": place} for name, value in more.items()}
    digest = hashlib.sha256(path.with_suffix(".xlsx").read_bytes()).hexdigest()
    document = Document(path.name, digest, "xlsx", (), (), ())
    path.write_text(
        as_yaml(transcription(document, Filled(one.form, data, 0, [], [], 0), key)), encoding="utf-8"
    )
    return path, data


def means_of(rows: list[list[str]]) -> Invented:
    """Return a plan whose table of means has these rows: name, total and execution, initial budget, number."""
    made, _ = jizen(3)
    ((head, years, _),) = made.tables[2:]
    head = [(NUMBERS, *cell[1:]) if "事業番号" in cell[0] else cell for cell in head]
    body = [
        [name, total, "－", "－", initial, "1", ("概要", 1, 3), number]
        for name, total, initial, number in rows
    ]
    return Invented(head=made.head, tables=[*made.tables[:2], [head, years, *body]])


ROWS = [
    ["(1) 見本点検事業\n（平成20年度）", "1,200百万円\n（1,100百万円）", "1,400百万円", "0123"],
    ["(2) 見本広報事業", "12.5億円\n（集計中）", "－", "新02-0007"],
    ["(3) 二つの事業", "300百万円", "－", "0125\n0126"],
    ["(4) 見本の税制", "－", "－", "－"],
    ["(5) 他省の事業", "400百万円", "－", "2020-総務-20-0003"],
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[KnowledgeGraph, dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("money")
    plan, _ = written(means_of(ROWS), folder / "plan.yaml", "plan")
    sheet_of_review, said = written(review(5)[0], folder / "review.yaml", "review")
    request, asked = written(items(2)[0], folder / "items.yaml", "items", 府省庁="例示省")
    published = folder / "judgit.ndjson"
    published.write_bytes(lines([sheet(2020, "0123", 府省庁="例示省", 事業名="見本点検事業")]))
    build([plan, sheet_of_review, request, published], folder / "store")
    yield KnowledgeGraph(open_store(folder / "store"), "ja"), {"review": said, "items": asked}


def table(graph: KnowledgeGraph, pattern: str, *names: str) -> list[tuple[str, ...]]:
    asked = " ".join(f"?{name}" for name in names)
    rows = graph.store.select(f"{HEAD}SELECT DISTINCT {asked} WHERE {{ {pattern} }}")
    return sorted(tuple(row[name].value if row[name] else "" for name in names) for row in rows)


def test_all_of_it_holds_to_the_shapes(made: tuple[KnowledgeGraph, dict[str, Any]]) -> None:
    assert check_store(made[0].store) == []


def test_means_are_projects_by_the_numbers_of_their_review_sheets(
    made: tuple[KnowledgeGraph, dict[str, Any]],
) -> None:
    graph, _ = made
    put = "?p kk:hasLink ?l . ?l a kk:Placement ; kk:basis ?m ; kk:claimLevel c:stated ; kk:evidence ?e . ?m a kk:Measure"
    assert table(
        graph, f"{put} . ?p dcterms:identifier ?n ; kk:reviewYear ?y ; dcterms:isPartOf ?m", "n"
    ) == [
        ("0123",),
        ("新02-0007",),
    ]
    assert [row[0] for row in table(graph, f"{put} . ?e kk:statedText ?words", "words")] == [
        "0123",
        "新02-0007",
        "見本広報事業",
        "見本点検事業",
    ]
    # The sheet of that review from another source is the same project, and says its own amounts beside these.
    (found,) = table(
        graph, "?p kk:reviewYear ?y ; dcterms:identifier '0123' . FILTER(STRENDS(STR(?y), '/2020'))", "p"
    )
    assert found[0].endswith("/0123")


def test_amounts_of_means_keep_their_year_stage_and_unit(made: tuple[KnowledgeGraph, dict[str, Any]]) -> None:
    rows = table(
        made[0],
        "?l a kk:Placement . ?p kk:hasLink ?l ; dcterms:identifier ?n ; kk:hasBudgetFigure ?f . "
        "?f kk:budgetStage ?s ; kk:fiscalYear ?y ; kk:statedAmount ?a ; kk:amountYen ?yen ; kk:evidence/oa:hasSource ?sheet . "
        "?sheet a kk:EvaluationSheet",
        *("n", "y", "s", "a", "yen"),
    )
    told = [(n, y[-4:], s.rpartition("/")[2], a, yen) for n, y, s, a, yen in rows]
    assert told == [
        ("0123", "2016", "executed", "1100", "1100000000"),
        ("0123", "2016", "total", "1200", "1200000000"),
        ("0123", "2019", "initial", "1400", "1400000000"),
        ("新02-0007", "2016", "total", "12.5", "1250000000"),
    ]


def test_a_total_that_stands_alone_is_no_sum_that_differs(
    made: tuple[KnowledgeGraph, dict[str, Any]],
) -> None:
    rows = run(made[0].store, "gap-sums-that-differ")
    assert not [row for row in rows if "/means/" in row["fact"].value]


def test_a_trace_leads_from_measure_to_means_and_back(made: tuple[KnowledgeGraph, dict[str, Any]]) -> None:
    graph, _ = made
    ((measure,),) = table(graph, "?l a kk:Placement ; kk:basis ?m", "m")
    said = str(graph.trace(measure))
    assert "評価書などの達成手段）は2件" in said and "達成手段）は2件、うち" not in said
    rows = list(run(graph.store, "projects-of-measure", measure=measure))
    assert len(rows) == 2
    # Of one no review sheet was read, and that is said; of the other one JUDGIT's was.
    assert "達成手段として挙げられた名称・番号・額だけが分かります" in str(graph.trace("見本広報事業"))
    assert "達成手段として挙げられた" not in str(graph.trace("見本点検事業"))
    assert measure.rpartition("/")[2] in str(graph.trace("見本広報事業").answer.to_json())


def test_blocks_payees_contracts_and_uses_of_a_review_sheet(
    made: tuple[KnowledgeGraph, dict[str, Any]],
) -> None:
    graph, data = made
    said = data["review"]
    flow = {box["ブロック"]: box for box in said["資金の流れ"] if "ブロック" in box}
    blocks = table(
        graph,
        "?p kk:hasPaymentBlock ?b . ?b dcterms:identifier ?n ; kk:writtenName ?name ; kk:statedAmount ?a ; "
        "dcterms:description ?role ; kk:readingCertainty c:layout ; kk:evidence ?e",
        *("n", "name", "a", "role"),
    )
    assert set(blocks) == {
        (letter, box["値"], box["額"]["値"], box["業務"]["値"]) for letter, box in flow.items()
    }
    listed = said["支出先上位10者リスト"]
    paid = "?p kk:hasPaymentBlock ?b ; kk:hasPayment ?x . ?x kk:readingCertainty ?sure ; kk:block ?b ; kk:payee ?who ; kk:statedAmount ?a ; kk:multiplier 1000000 . "
    rows = table(graph, f"{paid} ?b dcterms:identifier ?n . ?who skos:prefLabel ?name", "n", "name", "a")
    assert rows == sorted((one["ブロック"], one["支出先"], one["支出額"]["値"]) for one in listed)
    contracts = table(
        graph,
        f"{paid} ?b kk:hasContract ?c . ?c dcterms:isPartOf ?x ; kk:payee ?who ; kk:bidders ?n "
        "OPTIONAL { ?c kk:bidRate ?rate }",
        *("x", "n", "rate"),
    )
    assert len(contracts) == len(listed) and {row[1] for row in contracts} == {"2"}
    assert sum(bool(row[2]) for row in contracts) == sum("落札率" in one for one in listed)
    uses = "?b dcterms:identifier ?n ; kk:hasMoneyUse ?u . ?u kk:expenseItem ?item ; kk:use ?use ; kk:amountYen ?yen ; kk:evidence ?e"
    assert len(table(graph, uses, "u", "n")) == len(said["費目・使途"])
    assert ("A", "人件費", "調査員の給与", "30000000") in table(graph, uses, "n", "item", "use", "yen")
    # The name above a table of uses is that of one of the block's payees, or of none that is known.
    heads = {one["ブロック"]: one["値"] for one in said["表の上の支出先"] if one["表"] == "費目・使途"}
    known = {(one["ブロック"], one["支出先"]) for one in listed} & set(heads.items())
    of_payees = table(graph, f"{uses} . ?u kk:payee/skos:prefLabel ?name", "n", "name")
    assert known and set(of_payees) == known


def test_payments_are_told_by_project_and_a_list_of_ten_contradicts_no_total(
    made: tuple[KnowledgeGraph, dict[str, Any]],
) -> None:
    graph, data = made
    ((project, name),) = table(
        graph, "?p kk:hasPaymentBlock ?b ; skos:prefLabel ?name . ?b kk:readingCertainty ?s", "p", "name"
    )
    (row,) = run(graph.store, "payments-of-projects", project=project)
    paid = [
        read_amount(one["支出額"]["値"], one["支出額"]["単位"])
        for one in data["review"]["支出先上位10者リスト"]
    ]
    assert int(row["unclear"].value) == sum(one.yen for one in paid if one)
    assert name == data["review"]["事業名"]["値"]
    assert not list(run(graph.store, "payment-sums-that-differ", project=project))


def test_budget_items_of_a_policy(made: tuple[KnowledgeGraph, dict[str, Any]]) -> None:
    graph, data = made
    rows = table(
        graph,
        "?m a kk:Measure ; kk:hasBudgetItem ?i . ?i kk:budgetLine/skos:prefLabel ?line ; kk:account/skos:prefLabel ?account ; "
        "kk:budgetStage c:initial ; kk:amountYen ?yen ; kk:requestedYen ?requested ; skos:note ?number ; kk:evidence ?e",
        *("line", "account", "yen", "requested", "number"),
    )

    def yen(cell: dict[str, Any]) -> str:
        found = read_amount(cell["値"], cell["単位"])
        assert found
        return str(found.yen)

    assert rows == sorted(
        (
            f"組織／勘定：{one['組織／勘定']['値']}　項：{one['項']['値']}　事項：{one['値']}",
            "一般会計",
            yen(one["額"][0]),
            yen(one["額"][1]),
            f"整理番号：{one['整理番号']['値']}",
        )
        for one in data["items"]["予算科目"]
    )


@pytest.mark.parametrize(
    ("text", "unit", "yen"),
    [
        ("△1,200.5", "千円", -1_200_500),
        ("９０", "円", 90),
        ("0.3", "億円", 30_000_000),
        ("1,20", "円", None),
        ("9" * 19, "円", None),
        ("٣", "円", None),
        ("集計中", "円", None),
    ],
)
def test_amounts_in_their_units(text: str, unit: str, yen: int | None) -> None:
    found = read_amount(text, unit)
    assert (found and found.yen) == yen
    assert unit != "円" or found in (None, Money(yen or 0, None, None))


def test_a_number_is_one_text_in_whatever_signs() -> None:
    assert number_of("新02－0007") == "新02-0007"
