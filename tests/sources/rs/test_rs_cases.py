"""Golden cases: one file of each kind with invented rows, and the graph that it becomes.

`PYTHONPATH=tests python tests/sources/rs/test_rs_cases.py` writes the cases anew from `rs_rows.py`; read the difference before
committing it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from konkyo.model.identifiers import graph
from konkyo.sources.rs import IMPORTERS, NOT_IMPORTED, FileReport, recognise
from konkyo.sources.rs.engine import COMMON_GRAPH, convert
from support.rs_rows import NAMES, sample, text

CASES = Path(__file__).resolve().parents[2] / "cases" / "rs"
KINDS = sorted(IMPORTERS)


def read(path: Path) -> tuple[list[str], FileReport]:
    """Return the lines of a file's graph, and its report."""
    (file,) = recognise(path)
    written: list[str] = []
    report = convert(file, IMPORTERS[file.kind], NAMES, written.append, lambda _: None)
    return "".join(written).splitlines(keepends=True), report


@pytest.mark.parametrize("kind", KINDS)
def test_case(kind: str) -> None:
    lines, report = read(CASES / kind / "input.csv")
    assert "".join(sorted(lines)) == (CASES / kind / "expected.nq").read_text(encoding="utf-8")
    assert report.rows == len(sample(kind)) and report.refused == 0
    # Every line is well formed, says something new, and stands in the one graph of the file.
    quads = list(ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS))
    where = Counter(quad.graph_name.value for quad in set(quads) if isinstance(quad.graph_name, ox.NamedNode))
    own = graph(f"rs-2024/{kind}")
    assert where.keys() == {own, COMMON_GRAPH} and where[own] == report.facts


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_imported_or_said_not_to_be(kind: str) -> None:
    _, report = read(CASES / kind / "input.csv")
    assert set(report.unused) == set(NOT_IMPORTED[kind])
    for reason in NOT_IMPORTED[kind].values():
        assert reason.ja and reason.en


def test_inputs_are_the_invented_rows() -> None:
    assert sorted(path.name for path in CASES.iterdir()) == KINDS
    for kind in KINDS:
        assert (CASES / kind / "input.csv").read_bytes() == text(kind, sample(kind))


if __name__ == "__main__":
    for name in KINDS:
        folder = CASES / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "input.csv").write_bytes(text(name, sample(name)))
        (folder / "expected.nq").write_text("".join(sorted(read(folder / "input.csv")[0])), encoding="utf-8")
