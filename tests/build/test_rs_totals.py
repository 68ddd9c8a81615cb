"""The published files of 2024 in a store, against counts made straight from the CSVs with nothing of konkyo.

The files lie beside the checkout, never in it; without them these tests are skipped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from konkyo.build.pipeline import Report
from konkyo.store import EmbeddedStore, open_store
from support.csv_rows import Row, plain, rows_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "rs2024"
PREFIXES = """PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX c: <https://w3id.org/konkyo/code/>
PREFIX id: <https://w3id.org/konkyo/id/> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX oa: <http://www.w3.org/ns/oa#>
"""


@cache
def rows(kind: str) -> list[Row]:
    found = rows_of(DATA, kind, 2024)
    assert found is not None
    return found


@pytest.fixture(scope="module", autouse=True)
def _rows_are_let_go() -> Iterator[None]:
    yield
    rows.cache_clear()


@pytest.fixture(scope="module")
def built(real_build: tuple[Path, Report]) -> tuple[EmbeddedStore, Report]:
    return open_store(real_build[0]), real_build[1]


@pytest.fixture(scope="module")
def store(built: tuple[EmbeddedStore, Report]) -> EmbeddedStore:
    return built[0]


def table(store: EmbeddedStore, text: str) -> list[tuple[Any, ...]]:
    answer = store.select(PREFIXES + text)
    names = [variable.value for variable in answer.variables]
    return [tuple(row[name].value if row[name] is not None else None for name in names) for row in answer]


def number(store: EmbeddedStore, text: str) -> int:
    return int(table(store, text)[0][0])


def test_every_row_is_read(built: tuple[EmbeddedStore, Report]) -> None:
    _, report = built
    assert len(report.files) == 13
    for file in report.files:
        assert (file.rows, file.refused, file.reasons, file.warnings) == (len(rows(file.kind)), 0, [], [])
    assert {file.kind: file.rows for file in report.files}["1-3"] == 14_991


def test_projects_and_their_ministries(store: EmbeddedStore) -> None:
    found = table(
        store,
        """SELECT ?name (COUNT(?p) AS ?n) WHERE { ?p a kk:Project ; kk:ministry ?m . ?m skos:prefLabel ?name
        FILTER(LANG(?name) = "ja") } GROUP BY ?name""",
    )
    wanted = Counter(name for _, name in {(r["予算事業ID"], r["政策所管府省庁"]) for r in rows("1-2")})
    assert {name: int(n) for name, n in found} == wanted and len(wanted) == 23
    assert sum(wanted.values()) == 5664


def yen(text: str) -> int:
    return int(float(text.strip())) if text.strip() else 0


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
@pytest.mark.parametrize(
    ("stage", "column", "later"),
    [
        ("initial", "当初予算（合計）", 0),
        ("executed", "執行額（合計）", 0),
        ("requested", "翌年度要求額（合計）", 1),
    ],
)
def test_money_by_ministry(store: EmbeddedStore, year: int, stage: str, column: str, later: int) -> None:
    found = table(
        store,
        f"""SELECT ?name ?yen WHERE {{ ?p kk:ministry/skos:prefLabel ?name ; kk:hasBudgetFigure ?f .
        ?f kk:budgetStage c:{stage} ; kk:fiscalYear id:fy\\/{year + later} ; kk:amountYen ?yen
        FILTER(LANG(?name) = "ja") }}""",
    )
    wanted: Counter[str] = Counter()
    for item in rows("2-1"):
        if item["予算年度"] == str(year) and item["当初予算（合計）"]:
            wanted[item["政策所管府省庁"]] += yen(item[column])
    sums: Counter[str] = Counter()
    for name, amount in found:
        sums[name] += int(amount)
    if (stage, year) == ("executed", 2024):
        assert not found  # the year was not over: no execution at all, not one of 0
    else:
        assert sums == wanted and len(wanted) == (23 if year > 2022 else 21)


def test_accounts_add_up_to_their_totals(store: EmbeddedStore) -> None:
    parts = table(
        store,
        """SELECT ?total ?yen WHERE { ?part dcterms:isPartOf ?total ; kk:account ?a ; kk:amountYen ?yen .
        ?total kk:budgetStage c:initial ; kk:fiscalYear id:fy\\/2023 }""",
    )
    sums: Counter[str] = Counter()
    for total, amount in parts:
        sums[total] += int(amount)
    totals = dict(
        table(
            store,
            """SELECT ?f ?yen WHERE { ?p kk:hasBudgetFigure ?f . ?f kk:budgetStage c:initial ;
            kk:fiscalYear id:fy\\/2023 ; kk:amountYen ?yen }""",
        )
    )
    assert {key: int(value) for key, value in totals.items()} == {key: sums[key] for key in totals}


def test_citations_of_plans(store: EmbeddedStore) -> None:
    listed = [r["計画通知名"] for r in rows("1-3") if r["番号（関係する計画・通知等）"]]
    wanted = [name for name in listed if plain(name)]
    assert (len(listed), len(wanted)) == (10_795, 10_790)
    found = table(
        store,
        """SELECT ?text WHERE { ?p a kk:Project ; kk:hasJustification ?j .
        ?j kk:claimLevel c:stated ; kk:basis/kk:statedText ?text }""",
    )
    assert Counter(text for (text,) in found) == Counter(wanted)
    assert number(store, "SELECT (COUNT(?c) AS ?n) WHERE { ?c a kk:Citation }") == len(set(wanted)) == 5833


def test_citations_of_laws(store: EmbeddedStore) -> None:
    listed = [r for r in rows("1-3") if r["番号（根拠法令）"]]
    cited = [r for r in listed if plain(r["法令名"])]
    assert (len(listed), len(cited)) == (8073, 8063)
    with_id = [r for r in cited if re.match(r"\d{3}[A-Z][A-Z0-9]{11}(_|$)", r["法令ID"])]
    assert number(store, "SELECT (COUNT(?l) AS ?n) WHERE { ?l a kk:LegalCitation }") == len(cited)
    found = table(
        store,
        "SELECT ?id ?stated WHERE { ?l a kk:LegalCitation ; kk:statedText ?stated ; kk:basis/dcterms:identifier ?id }",
    )
    assert Counter(found) == Counter((r["法令ID"][:15], r["法令名"].strip()) for r in with_id)
    # 7,310 rows fill the column; 23 of these cells hold no id.
    assert len(with_id) == 7287 and sum(bool(r["法令ID"]) for r in cited) == 7310
    articles = number(store, "SELECT (COUNT(?l) AS ?n) WHERE { ?l a kk:LegalCitation ; kk:article ?a }")
    assert articles == sum(bool(r["条"]) for r in cited)


def test_logic_model(store: EmbeddedStore) -> None:
    kind, period = "種別（アクティビティ・アウトプット・アウトカム）", "アウトカムの期間"
    number_ = "アクティビティ・アウトプット・アウトカムの番号"
    ends = []
    for r in rows("3-2"):
        if r[f"派生元ー{kind}"]:
            source = (
                *(r[f"派生元ー{n}"] for n in (number_, kind, period)),
                r["派生元ーアクティビティの内容/ 活動目標／成果目標"],
            )
            target = (*(r[f"派生先ー{n}"] for n in (number_, kind, period)), r["派生先ー 活動目標／成果目標"])
            ends.append(((r["予算事業ID"], *source), (r["予算事業ID"], *target)))
    connections = number(store, "SELECT (COUNT(?l) AS ?n) WHERE { ?l a kk:StepConnection }")
    assert connections == len(ends) == 28_308
    assert number(store, "SELECT (COUNT(*) AS ?n) WHERE { ?a kk:leadsTo ?b }") == len(set(ends))
    steps = {end for pair in ends for end in pair}
    assert number(store, "SELECT (COUNT(?s) AS ?n) WHERE { ?s a kk:LogicStep }") == len(steps) == 36_456


def test_reviews_by_verdict(store: EmbeddedStore) -> None:
    found = table(
        store,
        """SELECT ?label (COUNT(?a) AS ?n) WHERE { ?p a kk:Project . ?a kk:assesses ?p ; kk:result/skos:prefLabel ?label
        FILTER(LANG(?label) = "ja") } GROUP BY ?label""",
    )
    column = "行政事業レビュー推進チームの所見"
    wanted = Counter(v for _, v in {(r["予算事業ID"], r[column]) for r in rows("4-1") if r[column]})
    assert sorted(int(n) for _, n in found) == sorted(wanted.values())
    assert dict(found)["現状通り"] == str(wanted["現状通り"])


def test_uses_of_money(store: EmbeddedStore) -> None:
    paid = [r for r in rows("5-3") if r["支出先名"]]
    found = table(store, "SELECT ?yen WHERE { ?u a kk:MoneyUse OPTIONAL { ?u kk:amountYen ?yen } }")
    assert len(found) == len(paid)
    assert sum(int(value or 0) for (value,) in found) == sum(yen(r["金額"]) for r in paid)
    items = table(store, "SELECT ?yen WHERE { ?u a kk:BudgetItem OPTIONAL { ?u kk:amountYen ?yen } }")
    assert len(items) == len(rows("2-2"))
    assert sum(int(v or 0) for (v,) in items) == sum(
        yen(r["予算額（歳出予算項目ごと）"]) for r in rows("2-2")
    )
    flows = number(store, "SELECT (COUNT(?f) AS ?n) WHERE { ?f a kk:MoneyFlow }")
    assert flows == sum(bool(r["支出先の支出先ブロック"]) for r in rows("5-2"))
    contracts = number(store, "SELECT (COUNT(?f) AS ?n) WHERE { ?f a kk:Contract }")
    assert contracts == sum(bool(r["契約先名（国庫債務負担行為等による契約）"]) for r in rows("5-4"))


def test_the_measure_of_the_sheet_and_its_projects_of_2024(store: EmbeddedStore) -> None:
    """One query: the projects under the measure, what they cite, and the 2012 sheet's policy as the same measure."""
    found = table(
        store,
        """SELECT ?project ?plan ?law WHERE {
          id:evaluation\\/soumu-23-15 kk:evaluates ?measure .
          ?measure skos:prefLabel "ＩＣＴ分野における国際戦略の推進"@ja .
          ?project dcterms:isPartOf ?measure ; a kk:Project .
          OPTIONAL { ?project kk:hasJustification [ kk:claimLevel c:stated ; kk:basis/kk:statedText ?plan ] }
          OPTIONAL { ?project kk:legalBasis/skos:prefLabel ?law } }""",
    )
    mine = [r for r in rows("1-3") if "ＩＣＴ分野における国際戦略の推進" in r["施策"]]
    projects = {r["予算事業ID"] for r in mine}
    assert {iri.rsplit("/", 1)[1] for iri, _, _ in found} == projects and len(projects) == 14
    plans = {
        (r["予算事業ID"], r["計画通知名"])
        for r in rows("1-3")
        if r["予算事業ID"] in projects and r["計画通知名"]
    }
    assert {(iri.rsplit("/", 1)[1], plan) for iri, plan, _ in found if plan} == plans
    assert any(law == "総務省設置法" for _, _, law in found)


def test_evidence_leads_back_to_the_cell(store: EmbeddedStore) -> None:
    found = table(
        store,
        """SELECT ?file ?row ?column ?text WHERE { id:project\\/820 kk:hasJustification ?j .
        ?j kk:basis/kk:statedText ?text ; kk:row ?row ; kk:evidence ?e . ?e kk:column ?column ;
        oa:hasSource/dcterms:title ?file }""",
    )
    assert len(found) == 6
    for file, row, column, text in found:
        assert (DATA / file).is_file()
        # The header is row 1, so the first data row is row 2.
        assert rows(file[:3])[int(row) - 2][column] == text


def test_a_chain_from_activity_to_outcome(store: EmbeddedStore) -> None:
    found = table(
        store,
        """SELECT ?a ?b ?c WHERE { id:project\\/1 kk:hasLogicStep ?x . ?x kk:kind c:activity ; skos:prefLabel ?a ;
        kk:leadsTo ?y . ?y kk:kind c:output ; skos:prefLabel ?b ; kk:leadsTo ?z .
        ?z kk:period c:long ; skos:prefLabel ?c }""",
    )
    assert len(found) == 1 and found[0][0] == "各階層別対象者に対し研修を実施する。"


def test_no_author_is_imported(store: EmbeddedStore) -> None:
    names = {r["作成責任者"] for r in rows("1-1")} - {""}
    said = table(
        store,
        "SELECT ?o WHERE { GRAPH <https://w3id.org/konkyo/graph/rs-2024/1-1> { ?s ?p ?o FILTER(ISLITERAL(?o)) } }",
    )
    assert len(names) > 1000 and not names & {text for (text,) in said}


def test_nothing_is_said_in_two_graphs(store: EmbeddedStore) -> None:
    """The union of the graphs holds a triple once for each graph that says it: a sum would count it twice."""
    for name in (
        "kk:ministry",
        "kk:hasBudgetFigure",
        "kk:amountYen",
        "kk:legalBasis",
        "kk:leadsTo",
        "kk:payee",
        "kk:ofProject",
    ):
        everything = number(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s {name} ?o }}")
        distinct = number(
            store, f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?s ?o WHERE {{ ?s {name} ?o }} }}"
        )
        assert everything == distinct, name
