"""The job itself, where pyspark and Java are: it takes ten seconds to begin, so it runs with what is repeated many times."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from konkyo.build.facts import Fact
from konkyo.cli import main
from konkyo.common.errors import RefusedFiles
from support import absent
from support.rs_rows import row, sample, write_csv

pytestmark = pytest.mark.endurance


@pytest.fixture(autouse=True)
def _spark() -> None:
    if not find_spec("pyspark"):
        absent.not_here("pyspark (pip install 'konkyo[spark]')")


def test_the_job_writes_each_fact_once_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What lies in the current folder is run by none of its processes.
    monkeypatch.chdir(tmp_path)
    for name in ("csv.py", "konkyo.py", "pyspark.py"):
        Path(name).write_text("raise SystemExit('code of the current folder was run')")
    for kind in ("1-2", "1-3", "2-1", "5-1"):
        write_csv(tmp_path, kind, sample(kind))
    assert main(["build", *map(str, tmp_path.glob("*.csv")), "--parts", str(tmp_path / "parts")]) == 0
    table = pl.read_parquet(tmp_path / "parts" / "*.parquet")
    assert table.columns == list(Fact._fields) and table.null_count().sum_horizontal().item() == 0
    rows = table.rows()
    assert len(set(rows)) == len(rows) > 1000
    for part in (tmp_path / "parts").glob("*.parquet"):
        of_part = [[text.encode() for text in each] for each in pl.read_parquet(part).rows()]
        assert of_part == sorted(of_part)
    assert {"rs", "rs-2024/5-1", "denotations", "strategies"} <= set(table["graph"])


def test_a_file_that_is_refused_ends_the_job_or_is_left_out(tmp_path: Path) -> None:
    write_csv(tmp_path, "1-2", [row("1-2", "1", 2024, "総務省"), row("1-2", "x", 2024, "総務省")])
    write_csv(tmp_path, "1-3", sample("1-3"))
    out = tmp_path / "parts"
    with pytest.raises(RefusedFiles):
        from konkyo.build.spark import write_parts

        write_parts([tmp_path], str(out))
    assert not out.exists()
    assert main(["build", str(tmp_path), "--parts", str(out), "--keep-going"]) == 4
    assert "rs-2024/1-2" not in set(pl.read_parquet(out / "*.parquet")["graph"])
