"""The golden case: invented sheets of four kinds, and the graphs that they become.

`PYTHONPATH=tests python tests/sources/judgit/test_judgit_cases.py` writes it anew from `judgit_sheets.py`; read the difference before
committing it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from konkyo.model.identifiers import graph
from konkyo.sources.judgit.engine import convert
from konkyo.sources.judgit.files import recognise
from konkyo.sources.judgit.form import NOT_IMPORTED
from konkyo.sources.rs.engine import COMMON_GRAPH, FileReport
from support.judgit_sheets import lines, samples
from support.rs_rows import NAMES

CASE = Path(__file__).resolve().parents[2] / "cases" / "judgit"


def read() -> tuple[list[str], list[FileReport]]:
    """Return the lines of the graphs of all years, and a report for each."""
    written: list[str] = []
    common: set[int] = set()
    reports = [
        convert(file, NAMES, written.append, lambda _: None, limit=0, common=common)
        for file in recognise(CASE / "input.ndjson", None)
    ]
    return "".join(written).splitlines(keepends=True), reports


def test_case() -> None:
    found, reports = read()
    expected = (CASE / "expected.nq").read_text(encoding="utf-8")
    assert "".join(sorted(found)) == expected
    assert [(report.year, report.rows, report.refused) for report in reports] == [
        (2015, 1, 0),
        (2020, 2, 0),
        (2023, 1, 0),
    ]
    # Every line is well formed, says something new, and stands in the graph of its year or the common one.
    quads = list(ox.parse("".join(found), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == len(set(quads))
    where = Counter(quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode))
    assert {name: where[name] for name in where if name != COMMON_GRAPH} == {
        graph(f"judgit-{report.year}"): report.facts for report in reports
    }


def test_every_value_is_imported_or_counted() -> None:
    """What a report says was left are the fields that are said not to be imported, and nothing else."""
    _, reports = read()
    assert {field for report in reports for field in report.left} == set(NOT_IMPORTED) - {"事業番号5"}
    assert reports[1].left == {"ID": 2, "ファイル": 2, "事業番号2": 2, "作成責任者": 2}
    for reason in NOT_IMPORTED.values():
        assert reason.ja and reason.en


def test_open_words_are_kept_and_counted() -> None:
    _, reports = read()
    assert reports[0].strange["主要施策"] == {"見本の推進": 1}
    assert reports[1].strange == {"開始年度": {"2309": 1}, "アウトカム/目標最終年度": {"4013": 1}}
    text = (CASE / "expected.nq").read_text(encoding="utf-8")
    for words in ("国土強靭化、見本の推進", "見本の手法", "アウトカム1：4013", "±10％以内"):
        assert f'"{words}"@ja' in text


def test_no_personal_name_is_kept() -> None:
    assert "太郎" in (CASE / "input.ndjson").read_text(encoding="utf-8")
    assert "太郎" not in (CASE / "expected.nq").read_text(encoding="utf-8")


def test_input_is_the_invented_sheets() -> None:
    assert (CASE / "input.ndjson").read_bytes() == lines(samples())


@pytest.mark.parametrize(
    ("stated", "yen"),
    [("7.123456", 7_123_456), ("0.000005", 5), ("-2.5", -2_500_000), ("0.30000000000000004", 300_000)],
)
def test_amounts_are_the_yen_that_they_state(stated: str, yen: int) -> None:
    """The decimals stay as stated; what is finer than a yen is rounded."""
    text = (CASE / "expected.nq").read_text(encoding="utf-8")
    subjects = {row.split()[0] for row in text.splitlines() if f'#statedAmount> "{stated}"^^' in row}
    assert subjects
    for subject in subjects:
        assert f'{subject} <https://w3id.org/konkyo/ns#amountYen> "{yen}"^^' in text
        assert f'{subject} <https://w3id.org/konkyo/ns#multiplier> "1000000"^^' in text


if __name__ == "__main__":
    CASE.mkdir(parents=True, exist_ok=True)
    (CASE / "input.ndjson").write_bytes(lines(samples()))
    (CASE / "expected.nq").write_text("".join(sorted(read()[0])), encoding="utf-8")
