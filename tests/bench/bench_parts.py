"""How a build by Spark grows with the review years, and whether SQL over its table answers as SPARQL does over a store.

    python -m tests.bench.bench_parts RS [--years 1 3 10 30] [--share 0.03] [--tasks 2] [--work DIR]
    python -m tests.bench.bench_parts RS --judgit DIR [--years 1 3 10] [--built 10=STORE]

``RS`` holds the published files of one review year; pyspark and duckdb are to be installed. A size of k is a share of its projects in k
years, each written with its own year: the citations of all years are the same strings. With ``--judgit`` a size of k is whole: the published
files, and those of the k - 1 years before in JUDGIT's data; ``--built`` names a store of these files that is there already. Each size is written by ``konkyo build --parts`` and
built by ``konkyo build``, one after the other; then the SQL of ``konkyo help parts`` is asked of the one (DuckDB) and the stored queries of
that name of the other. Memory is the largest resident set that was seen of a task (a process of Python) and of Spark's Java.
"""

from __future__ import annotations

import argparse
import csv
import io
import lzma
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import psutil

from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import shorten
from konkyo.present.topics import topic
from konkyo.store import EmbeddedStore, open_store

SQL = dict(re.findall(r"^### (\S+)\n\n```sql\n(.+?)```", topic("parts").text, re.MULTILINE | re.DOTALL))


def write_years(source: Path, target: Path, years: int, share: float) -> int:
    """Write files of so many years up to 2024 with a share of the projects; return the number of rows."""
    target.mkdir(parents=True)
    count = 0
    for path in sorted(source.glob("*.zip")):
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
            header, *rows = csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline=""))
        year_at, id_at = header.index("事業年度"), header.index("予算事業ID")
        budget_at = header.index("予算年度") if "予算年度" in header else None
        chosen = [row for row in rows if int(row[id_at]) % 1000 < 1000 * share]
        for year in range(2025 - years, 2025):
            with (target / f"{path.stem}-{year}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                out = csv.writer(file, lineterminator="\r\n")
                out.writerow(header)
                for row in chosen:
                    made = [*row]
                    made[year_at] = str(year)
                    if budget_at is not None and row[budget_at].isdigit():
                        made[budget_at] = str(int(row[budget_at]) + year - 2024)
                    out.writerow(made)
                    count += 1
    return count


def link_years(source: Path, judgit: Path, target: Path, years: int) -> int:
    """Link the published files, and JUDGIT's of as many years before as are wanted; return the number of rows and sheets."""
    target.mkdir(parents=True)
    before = sorted(judgit.glob("*.ndjson*"))[-years + 1 :] if years > 1 else []
    assert len(before) == years - 1, before
    count = 0
    for path in [*source.glob("*.zip"), *before]:
        (target / path.name).symlink_to(path.resolve())
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
                count += sum(1 for _ in csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline=""))) - 1
        else:
            with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
                count += sum(1 for _ in lines)
    return count


def measured(*arguments: str, tasks: int) -> dict[str, Any]:
    """Run a command of konkyo; return its seconds and the peak memory in MB of it, of a task, and of Java."""
    environment = {
        **os.environ,
        "PYSPARK_SUBMIT_ARGS": f"--master local[{tasks}] --driver-memory 1g pyspark-shell",
    }
    begun = time.perf_counter()
    process = psutil.Popen(
        [sys.executable, "-m", "konkyo", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak, spent = dict.fromkeys(("own", "task", "java"), 0), defaultdict[int, float](float)
    while process.poll() is None:
        for each in _family(process):
            try:
                # By its program: what Java begins has Java's memory, and a thread's name, until it is another one.
                kind = "own" if each.pid == process.pid else "java" if "java" in each.exe() else "task"
                peak[kind] = max(peak[kind], each.memory_info().rss)
                spent[each.pid] = sum(each.cpu_times()[:2])
            except psutil.Error:
                continue
        time.sleep(0.3)
    assert process.returncode == 0, arguments
    memory = {kind: size / 2**20 for kind, size in peak.items()}
    return {"s": time.perf_counter() - begun, "cpu": sum(spent.values()), **memory}


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def unlike(store: EmbeddedStore, parts: Path) -> list[str]:
    """Return the questions whose rows by SQL are not those by SPARQL."""
    tables = duckdb.connect()
    tables.execute(f"CREATE VIEW facts AS SELECT * FROM '{parts}/*.parquet'")
    found = []
    for name, text in SQL.items():
        answer = tables.execute(text)
        columns = [column[0] for column in answer.description]
        rows = {tuple(map(str, row)) for row in answer.fetchall()}
        wanted = {
            tuple(shorten(row[column].value) if row[column] is not None else "" for column in columns)
            for row in run(store, name)
        }
        wanted = {row for row in wanted if all(row)}
        if not (rows <= wanted if name == "summary" else rows == wanted):
            found.append(
                f"{name}: {len(rows)} rows by SQL, {len(wanted)} by SPARQL, {len(rows ^ wanted)} differ"
            )
        print(f"  {name}: {len(rows):,} rows", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Measure each size and print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("data", type=Path)
    options.add_argument("--years", type=int, nargs="+", default=[1, 3, 10, 30])
    options.add_argument("--share", type=float, default=0.03)
    options.add_argument("--judgit", type=Path)
    options.add_argument("--built", nargs="*", default=[], metavar="K=STORE")
    options.add_argument("--tasks", type=int, default=2)
    options.add_argument("--work", type=Path)
    given = options.parse_args()
    print(
        "| years | rows | facts | parts, s | of a processor, s | a task, MB | Java, MB | driver, MB | parts, bytes a fact | build of a store, s | of a processor, s | its process, MB | questions that differ |"
    )
    print("|---" * 13 + "|")
    for years in given.years:
        with tempfile.TemporaryDirectory(prefix="konkyo-", dir=given.work) as folder:
            data, parts, built = (Path(folder) / name for name in ("data", "parts", "store"))
            if given.judgit:
                rows = link_years(given.data, given.judgit, data, years)
            else:
                rows = write_years(given.data, data, years, given.share)
            made = measured("build", str(data), "--parts", str(parts), tasks=given.tasks)
            there = dict(each.split("=", 1) for each in given.built).get(str(years))
            if there:
                built, other = Path(there), dict.fromkeys(("s", "cpu", "own"), float("nan"))
            else:
                other = measured("build", str(data), "--store", str(built), tasks=given.tasks)
            facts = duckdb.sql(f"SELECT count(*) FROM '{parts}/*.parquet'").fetchall()[0][0]
            size = sum(path.stat().st_size for path in parts.glob("*.parquet"))
            differ = unlike(open_store(built), parts)
            print(
                f"| {years} | {rows:,} | {facts:,} | {made['s']:.0f} | {made['cpu']:.0f} | {made['task']:.0f} | {made['java']:.0f}"
                f" | {made['own']:.0f} | {size / facts:.1f} | {other['s']:.0f} | {other['cpu']:.0f} | {other['own']:.0f} | {'; '.join(differ) or 'none'} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
