"""Published review sheets in a store, against counts made straight from the JSON with nothing of konkyo.

The files lie beside the checkout, never in it; without them these tests are skipped. Every twentieth sheet of 2020 is taken: a whole
year takes minutes. `KONKYO_JUDGIT_YEARS=2015,2023` takes all sheets of these years; with `KONKYO_JUDGIT_STORE=FOLDER` they are asked of a
store that was built of them already, whatever else it holds.
"""

from __future__ import annotations

import json
import lzma
import os
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from konkyo.build.pipeline import Report, build
from konkyo.model.identifiers import fiscal_year
from konkyo.store import EmbeddedStore, open_store
from support.absent import not_here

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "judgit"
ASKED = os.environ.get("KONKYO_JUDGIT_YEARS", "")
MADE = os.environ.get("KONKYO_JUDGIT_STORE", "")
YEARS = [int(year) for year in (ASKED or "2020").split(",")]
EVERY = 1 if ASKED else 20
PREFIXES = """PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX c: <https://w3id.org/konkyo/code/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dcterms: <http://purl.org/dc/terms/>
"""
STAGES = {
    **{
        "当初予算": "initial",
        "補正予算": "supplementary",
        "前年度から繰越し": "carryover",
        "予備費等": "reserve",
    },
    **{"翌年度へ繰越し": "carried-forward", "予算計": "total", "執行額": "executed", "要求額": "requested"},
}
# Labels that the list of themes does not have: they are kept as words.
UNLISTED = {"経済対策・地域活性化", "軍備管理・軍縮・不拡散への取り組み", "男女共同参画,一億総活躍推進"}


def sheets(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line, parse_float=Decimal)


def yen(millions: Decimal | int) -> int:
    return int((Decimal(millions) * 1_000_000).to_integral_value(ROUND_HALF_UP))


def counted(path: Path) -> dict[str, Any]:
    """What the JSON of a file says."""
    found: dict[str, Any] = {
        name: Counter()
        for name in ("sheets", "amounts", "amount_count", "payments", "paid", "values", "themes")
    }
    for name in ("outcomes", "outputs", "earlier", "with_number"):
        found[name] = 0
    for sheet in sheets(path):
        ministry = sheet["府省庁"]
        found["sheets"][ministry] += 1
        for item in sheet["予算"]:
            for field, stage in STAGES.items():
                if item.get(field) is not None:
                    found["amounts"][ministry, stage, item["年度"]] += yen(item[field])
                    found["amount_count"][ministry, stage, item["年度"]] += 1
        for item in sheet["支出先"]:
            found["payments"][ministry] += 1
            found["paid"][ministry] += yen(item["支出額"])
        found["outcomes"] += len(sheet["アウトカム"])
        found["outputs"] += len(sheet["アウトプット"])
        for kind, name, result, target in (
            ("outcome", "アウトカム", "成果実績", "目標値"),
            ("output", "アウトプット", "活動実績", "当初見込み"),
        ):
            for item in sheet[name]:
                for told in item[result]:
                    found["values"][kind, "result", told["年度"]] += told[result] is not None
                    found["values"][kind, "target", told["年度"]] += told[target] is not None
        found["themes"].update(
            "国土強靱化施策" if theme == "国土強靭化" else "ＯＤＡ" if theme == "ODA" else theme
            for theme in sheet["主要施策"] or ()
            if theme not in UNLISTED
        )
        found["earlier"] += len(sheet["関連する過去のレビューシート"])
    found["values"] = +found["values"]
    return found


class Built(NamedTuple):
    """A store with the sheets of a year (an IRI as SPARQL writes it), how it was built, and what the JSON says."""

    store: EmbeddedStore
    report: Report | None
    expected: dict[str, Any]
    year: str


@pytest.fixture(scope="module", params=YEARS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    path = DATA / f"judgit-{request.param}.ndjson.xz"
    if not path.is_file():
        not_here(f"the review sheets of {request.param} beside the checkout (../shared/data/judgit)")
    folder = tmp_path_factory.mktemp("judgit")
    taken = folder / f"judgit-{request.param}.ndjson"
    with lzma.open(path) as lines, taken.open("wb") as out:
        out.writelines(islice(lines, 0, None, EVERY))
    report = None if MADE else build([taken], folder / "store")
    year = f"<{fiscal_year(request.param)}>"
    return Built(open_store(Path(MADE) if MADE else folder / "store"), report, counted(taken), year)


def table(built: Built, text: str) -> list[tuple[str, ...]]:
    """Return the rows of a query; ``REVIEW`` stands for the year of the sheets."""
    answer = built.store.select(PREFIXES + text.replace("REVIEW", built.year))
    names = [variable.value for variable in answer.variables]
    return [tuple(row[name].value for name in names) for row in answer]


MINISTRY = '?p kk:reviewYear REVIEW ; a kk:Project ; kk:ministry/skos:prefLabel ?ministry . FILTER(LANG(?ministry) = "ja")'


def test_sheets_by_ministry(built: Built) -> None:
    expected = built.expected
    rows = table(
        built, f"SELECT ?ministry (COUNT(DISTINCT ?p) AS ?n) WHERE {{ {MINISTRY} }} GROUP BY ?ministry"
    )
    assert {ministry: int(number) for ministry, number in rows} == expected["sheets"]
    assert built.report is None or built.report.files[0].refused == 0


def test_amounts_by_ministry_stage_and_fiscal_year(
    built: Built,
) -> None:
    expected = built.expected
    rows = table(
        built,
        f"""SELECT ?ministry ?stage ?year (SUM(?yen) AS ?sum) (COUNT(?f) AS ?n) WHERE {{ {MINISTRY}
        ?p kk:hasBudgetFigure ?f . ?f kk:budgetStage ?stage ; kk:fiscalYear ?year ; kk:amountYen ?yen }}
        GROUP BY ?ministry ?stage ?year""",
    )
    found = {
        (ministry, stage[stage.rindex("/") + 1 :], int(year[-4:])): (int(total), int(number))
        for ministry, stage, year, total, number in rows
    }
    assert found == {
        key: (total, expected["amount_count"][key]) for key, total in expected["amounts"].items()
    }


def test_payees_and_their_sums_by_ministry(built: Built) -> None:
    expected = built.expected
    rows = table(
        built,
        f"""SELECT ?ministry (COUNT(?f) AS ?n) (SUM(?yen) AS ?sum) WHERE {{ {MINISTRY}
        ?p kk:hasPayment ?f . ?f kk:amountYen ?yen ; kk:payee ?payee }} GROUP BY ?ministry""",
    )
    assert {ministry: (int(number), int(total)) for ministry, number, total in rows} == {
        ministry: (number, expected["paid"][ministry]) for ministry, number in expected["payments"].items()
    }


def test_outcomes_outputs_and_results_by_year(built: Built) -> None:
    expected = built.expected
    steps = table(
        built,
        "SELECT ?kind (COUNT(?s) AS ?n) WHERE { ?p kk:reviewYear REVIEW ; kk:hasLogicStep ?s . ?s kk:kind ?kind } GROUP BY ?kind",
    )
    assert {kind[kind.rindex("/") + 1 :]: int(number) for kind, number in steps} == {
        name[:-1]: expected[name] for name in ("outcomes", "outputs") if expected[name]
    }
    rows = table(
        built,
        """SELECT ?kind ?role ?year (COUNT(?v) AS ?n) WHERE {
        ?p kk:reviewYear REVIEW ; kk:hasLogicStep ?s . ?s kk:kind ?kind ; kk:hasIndicator/kk:hasValue ?v .
        ?v kk:valueRole ?role ; kk:fiscalYear ?year ; kk:evidence/kk:column ?field .
        FILTER(?field != "アウトカム/目標値"@ja) } GROUP BY ?kind ?role ?year""",
    )
    short = [
        (kind[kind.rindex("/") + 1 :], role[role.rindex("/") + 1 :], int(year[-4:]), int(number))
        for kind, role, year, number in rows
    ]
    assert {key: number for *key_parts, number in short if (key := tuple(key_parts))} == expected["values"]


def test_themes_and_earlier_sheets(built: Built) -> None:
    expected = built.expected
    rows = table(
        built,
        'SELECT ?name (COUNT(?p) AS ?n) WHERE { ?p kk:reviewYear REVIEW ; kk:theme/skos:prefLabel ?name FILTER(LANG(?name) = "ja") } GROUP BY ?name',
    )
    assert {name: int(number) for name, number in rows} == expected["themes"]
    ((number,),) = table(
        built,
        "SELECT (COUNT(?l) AS ?n) WHERE { ?p kk:reviewYear REVIEW ; kk:hasLink ?l . "
        '?l a kk:Lineage ; kk:evidence/kk:column "関連する過去のレビューシート"@ja }',
    )
    assert int(number) == expected["earlier"]
