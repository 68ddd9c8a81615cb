"""Real rows of the RS files: what is counted in the CSVs, with nothing of konkyo, is what the graph holds.

It takes every year's folder that lies beside the checkout, with whatever kinds are in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from konkyo.build.pipeline import Report, build
from konkyo.questions.check import check_graph
from konkyo.store import EmbeddedStore, open_store
from support.absent import not_here
from support.csv_rows import Row, plain, rows_of

ROWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "rs-rows"
YEARS = sorted(path.name for path in ROWS.glob("20[0-9][0-9]"))
KPI = "事業に関連するKPIが定められている閣議決定等の名称"
STEP = (
    "アクティビティ・アウトプット・アウトカムの番号",
    "種別（アクティビティ・アウトプット・アウトカム）",
    "アウトカムの期間",
)
ROLES = {"目標値": "target", "実績値": "result", "達成率": "achievement-rate"}


@cache
def rows(year: str, kind: str) -> list[Row]:
    """Return the rows of a file; none where it is not there."""
    return rows_of(ROWS / year, kind, int(year)) or []


def step(row: Row, columns: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return what tells a step from others of its year."""
    number, kind, period = (unicodedata.normalize("NFKC", plain(row[name])) for name in columns)
    return row["予算事業ID"], number, kind, period[-2:], plain(row[text])


@cache
def of_indicators(year: str) -> list[tuple[Row, str, tuple[str, ...]]]:
    """Return the rows of 3-1 that belong to an indicator, with their role and what names the indicator.

    Four rows that have neither a name nor anything under a year, nor a result in words, are a step alone.
    """
    found, said = [], set()
    for row in rows(year, "3-1"):
        role = re.sub(r"^\W*\d*\W*", "", row["目標年度／目標値／実績値／達成率"])
        name = plain(row["活動指標／成果指標"])
        key = (*step(row, STEP, "アクティビティ／活動目標／成果目標"), name)
        if name or plain(row["定性的なアウトカムに関する成果実績"]) or filled(row):
            said.add(key)
        if role or key in said:
            found.append((row, role, key))
    return [item for item in found if item[2] in said]


def filled(row: Row) -> list[str]:
    """Return the years under which a row has something."""
    return [name for name, cell in row.items() if name.isdigit() and cell.strip()]


@pytest.fixture(scope="module", params=YEARS or [None])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Report, EmbeddedStore]:
    """A year's rows, built."""
    if request.param is None:
        not_here("real rows of the RS files beside the checkout")
    folder = tmp_path_factory.mktemp("real") / "store"
    report = build([ROWS / request.param], folder)
    return request.param, report, open_store(folder)


Built = tuple[str, Report, EmbeddedStore]


def count(store: EmbeddedStore, year: str, what: str, where: str) -> int:
    text = f"""PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX c: <https://w3id.org/konkyo/code/>
    PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX id: <https://w3id.org/konkyo/id/>
    SELECT (COUNT(DISTINCT {what}) AS ?n) WHERE {{ BIND(id:fy\\/{year} AS ?review) {where} }}"""
    return int(next(iter(store.select(text)))["n"].value)


def test_no_row_is_refused_and_none_is_lost(built: Built) -> None:
    year, report, _ = built
    kinds = {path.name[:3] for path in (ROWS / year).glob("*.csv")}
    assert {file.kind for file in report.files} == kinds
    for file in report.files:
        assert (file.rows, file.refused) == (len(rows(year, file.kind)), 0), file.reasons
        assert file.header == [], "a column that the code should know by now"


def test_indicators(built: Built) -> None:
    year, _, store = built
    by_role: dict[tuple[str, ...], Counter[str]] = {}
    for _, role, key in of_indicators(year):
        by_role.setdefault(key, Counter())[role] += 1
    expected = sum(max(roles.values()) for roles in by_role.values())
    assert count(store, year, "?i", "?i a kk:Indicator ; kk:reviewYear ?review") == expected
    assert count(store, year, "?i", "?s kk:hasIndicator ?i . ?i kk:reviewYear ?review") == expected


def test_values_by_role(built: Built) -> None:
    year, _, store = built
    expected, words, target_years = Counter[str](), set(), set()
    for row, role, key in of_indicators(year):
        if role in ROLES:
            expected[ROLES[role]] += len(filled(row))
        elif role == "目標年度":
            target_years |= {(key, year) for year in filled(row) if row[year].strip() in ("1", "1.0")}
        if plain(row["定性的なアウトカムに関する成果実績"]):
            words.add(key)
    of = "?i kk:reviewYear ?review ; kk:hasValue ?v . ?v kk:valueRole c:{} . "
    for role in ROLES.values():
        dated = of.format(role) + "?v kk:fiscalYear ?y"
        assert count(store, year, "?v", dated) == expected[role], role
    undated = of.format("result") + "FILTER NOT EXISTS { ?v kk:fiscalYear ?y }"
    assert count(store, year, "?v", undated) == len(words)
    marked = "?i kk:reviewYear ?review ; kk:targetYear ?y BIND(CONCAT(STR(?i), STR(?y)) AS ?both)"
    assert count(store, year, "?both", marked) == len(target_years)


def test_decisions_that_set_a_kpi(built: Built) -> None:
    year, _, store = built
    own = {(key, plain(row[KPI])) for row, _, key in of_indicators(year) if plain(row[KPI])}
    with_indicator = {id(row) for row, _, _ in of_indicators(year)}
    of_project = {
        (row["予算事業ID"], row[KPI].strip())
        for row in rows(year, "3-1")
        if plain(row[KPI]) and id(row) not in with_indicator
    }
    link = "?l kk:statedAs c:kpi-decision ; kk:claimLevel c:stated ; kk:reviewYear ?review ; kk:evidence ?e ."
    assert count(store, year, "?l", f"{link} ?x a kk:Project ; kk:hasJustification ?l") == len(of_project)
    assert count(store, year, "?l", f"{link} ?x a kk:Indicator ; kk:hasJustification ?l") == len(own)
    for project, name in of_project:
        said = f'{link} id:project\\/{project} kk:hasJustification ?l . ?l kk:basis ?c . ?c kk:statedText "{name}"@ja'
        assert count(store, year, "?l", said) == 1


def test_payments_at_each_level(built: Built) -> None:
    year, _, store = built
    levels: dict[str, list[int]] = {"block": [], "payee": [], "contract": []}
    for row in rows(year, "5-1"):
        if row["支出先ブロック名"].strip():
            levels["block"].append(int(row["ブロックの合計支出額"] or 0))
        if row["支出先名"].strip() and row["支出先の合計支出額"].strip():
            levels["payee"].append(int(row["支出先の合計支出額"]))
        elif row["契約概要"].strip() or row["金額"].strip():
            levels["contract"].append(int(row["金額"] or 0))
    # Contracts of 5-4 are under obligations of several years, and no part of a payment.
    patterns = {
        "block": "?x a kk:PaymentBlock ; kk:reviewYear ?review ; kk:evidence ?e",
        "payee": "?p kk:hasPayment ?x . ?x kk:evidence/kk:reviewYear ?review",
        "contract": "?x a kk:Contract ; dcterms:isPartOf ?y ; kk:evidence/kk:reviewYear ?review . ?y a kk:Payment",
    }
    for level, pattern in patterns.items():
        assert count(store, year, "?x", pattern) == len(levels[level]), level
        text = f"""PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX id: <https://w3id.org/konkyo/id/>
        PREFIX dcterms: <http://purl.org/dc/terms/> SELECT (SUM(?yen) AS ?sum) WHERE {{
        {{ SELECT DISTINCT ?x ?yen WHERE {{ BIND(id:fy\\/{year} AS ?review) {pattern} . ?x kk:amountYen ?yen }} }} }}"""
        assert int(next(iter(store.select(text)))["sum"].value) == sum(levels[level]), level


def test_links_from_step_to_indicator(built: Built) -> None:
    year, _, store = built
    named = set()
    for row in rows(year, "3-2"):
        for side, text in (
            ("派生元ー", "アクティビティの内容/ 活動目標／成果目標"),
            ("派生先ー", " 活動目標／成果目標"),
        ):
            name = plain(row.get(f"{side}活動指標／成果指標") or "")
            if name:
                named.add((*step(row, tuple(side + column for column in STEP), side + text), name))
    link = "?s kk:hasLink ?l . ?l a kk:StepMeasurement ; kk:claimLevel c:stated ; kk:evidence/kk:inColumn?/kk:reviewYear ?review"
    assert count(store, year, "?l", link) == len(named)
    known = {key for _, _, key in of_indicators(year)}
    followed = count(store, year, "?l", f"{link} ; kk:basis ?i . ?s kk:hasIndicator ?i . ?i a kk:Indicator")
    assert len(named & known) <= followed <= len(named)


def test_projects_with_a_decision_are_not_without_basis(built: Built) -> None:
    year, _, store = built
    decided = {row["予算事業ID"] for row in rows(year, "3-1") if plain(row[KPI])}
    for project in decided:
        assert count(store, year, "?x", f"id:project\\/{project} kk:basisStatedIn ?review BIND(1 AS ?x)") == 1


def test_what_is_built_conforms_to_the_shapes(tmp_path: Path, built: Built) -> None:
    from rdflib import Graph

    year, _, _ = built
    files = [path for kind in ("3-1", "3-2", "5-1", "5-2") for path in (ROWS / year).glob(f"{kind}_*")]
    build(files, tmp_path / "store")
    store, joined = open_store(tmp_path / "store"), Graph()
    for name in store.graphs():
        joined.parse(data="\n".join(f"{triple} ." for triple in store.triples(name)), format="nt")
    assert [(v.shape, v.focus, v.value) for v in check_graph(joined) if v.severity == "violation"] == []
