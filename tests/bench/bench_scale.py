"""How konkyo grows with the years: review years made out of the real files, built, traced and queried.

    python -m tests.bench.bench_scale FOLDER [--years 1 3 10] [--share 0.2] [--rounds 3] [--plot FILE.svg] [--work DIR]

``FOLDER`` holds the published files of one review year. Year by year back, the rows of a part (``--share``) of its
projects are written anew: with that year and that year's budget years, most projects under their own id (they go
on), the others under a new one; longer texts end with the year; of the citations a quarter names another edition.
With ``--reviews FOLDER``, which holds the review sheets of 2015 to 2023 (judgit-YYYY.ndjson.xz), the years are real: the files of ``FOLDER`` and of
so many reviews before them, whole and the latest first (``--years 1 3 6 10``). Each size is built by ``konkyo build`` in a process of its own; then each question is asked by ``konkyo`` from the
command line, process start and all, and the median taken.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

NEWEST = 2024
_GOES_ON = 70  # of a hundred projects
_OTHER_EDITION = 25  # of a hundred citations
_LONG = 40  # signs: what is shorter is a name or a code
_IDS = ("予算事業ID", "関連事業の事業ID")
_KEPT = ("政策", "施策", "法令名", "事業名", "府省庁", "URL", "支出先", "契約先", "費目", "会計", "勘定")
_DATE = re.compile(r"[（(][^（）()]*[0-9０-９]+年[^（）()]*[）)]")
QUESTIONS = {
    "project": ["trace", "予算事業{project}"],
    "indicator": ["trace", "受講者数"],
    "strategy": ["trace", "新成長戦略"],
    "much cited": ["trace", "経済財政運営と改革の基本方針"],
    "chains": ["trace", "新成長戦略", "受講者数"],
    "justifications": ["query", "justifications"],
    "projects of a measure": ["query", "projects-of-measure", "measure=国際戦略の推進"],
    "most cited": ["query", "cited-strategies"],
    "sources": ["query", "sources"],
}


def chosen(project: str, share: float) -> bool:
    return crc32(project.encode()) % 1000 < share * 1000


def project_of(project: str, back: int) -> str:
    """Return the id under which a project of the newest year stands ``back`` years before."""
    if not project.isdecimal() or crc32(f"goes on {project}".encode()) % 100 < _GOES_ON:
        return project
    return str(int(project) + 100_000 * back)


def changed(row: list[str], head: list[str], back: int) -> list[str]:
    """Return a row as it might have stood ``back`` years before."""
    if not back:
        return row
    made = []
    for name, cell in zip(head, row, strict=True):
        if name in _IDS:
            made.append(project_of(cell, back))
        elif "年度" in name and cell.isdecimal() and cell.startswith("20") and len(cell) == 4:
            made.append(str(int(cell) - back))
        elif name == "計画通知名" and cell:
            other = crc32(f"{back} {cell}".encode()) % 100 < _OTHER_EDITION
            without = _DATE.sub("", cell)
            made.append(f"{without}（平成{NEWEST - back - 1988}年６月14日閣議決定）" if other else cell)
        elif len(cell) > _LONG and not name.startswith(_KEPT) and not cell.startswith("http"):
            made.append(f"{cell}（{NEWEST - back}年度）")
        else:
            made.append(cell)
    return made


def write_years(source: Path, target: Path, years: int, share: float) -> int:
    """Write the files of so many years; return the number of rows."""
    target.mkdir(parents=True)
    count = 0
    for path in sorted(source.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            (member,) = (name for name in archive.namelist() if name.endswith(".csv"))
            with archive.open(member) as raw:
                head, *rows = csv.reader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))
        place = head.index("予算事業ID")
        rows = [row for row in rows if chosen(row[place], share)]
        for back in range(years):
            name = path.name.replace(str(NEWEST), str(NEWEST - back))
            text = io.StringIO(newline="")
            writer = csv.writer(text, quoting=csv.QUOTE_ALL)
            writer.writerow(head)
            writer.writerows(changed(row, head, back) for row in rows)
            with zipfile.ZipFile(target / name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.writestr(Path(name).with_suffix(".csv").name, "\ufeff" + text.getvalue())
            count += len(rows)
    return count


def take_reviews(source: Path, reviews: Path, target: Path, years: int) -> int:
    """Lay the files of a year and the sheets of the reviews before it together; return the number of rows and sheets."""
    target.mkdir(parents=True)
    before = sorted(reviews.glob("judgit-*.ndjson*"), reverse=True)[: years - 1]
    count = 0
    for path in (*sorted(source.glob("*.zip")), *before):
        (target / path.name).symlink_to(path.resolve())
        if path in before:
            with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as sheets:
                count += sum(1 for _ in sheets)
        else:
            with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
                count += (
                    sum(1 for _ in csv.reader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))) - 1
                )
    return count


def peak() -> float:
    """Return the peak memory of this process and of its largest child, in MB."""
    both = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(both) / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def build_here(data: Path, store: Path) -> None:
    from konkyo.build.pipeline import build

    report = build([data], store)
    print(json.dumps({"triples": report.total, "memory": peak()}))


def size_of(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def ask(store: Path, arguments: list[str]) -> tuple[float, float]:
    """Return seconds and the peak memory in MB of one command."""
    command = [sys.executable, "-m", "konkyo", "--store", str(store), *arguments]
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0, (arguments, process.stderr.read().decode() if process.stderr else "")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def measure(
    source: Path, work: Path, years: int, share: float, rounds: int, reviews: Path | None = None
) -> dict[str, Any]:
    data, store = work / f"data-{years}", work / f"store-{years}"
    shutil.rmtree(data, ignore_errors=True)
    shutil.rmtree(store, ignore_errors=True)
    # In a process of its own: what this one has held would count for each that it starts.
    command = [sys.executable, "-m", "tests.bench.bench_scale", str(source), "--write", str(data)]
    command += ["--years", str(years), "--share", str(share)]
    command += ["--reviews", str(reviews)] if reviews else []
    rows = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.bench_scale", str(data), "--build", str(store)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - begun
    found: dict[str, Any] = {"years": years, "rows": rows, "build": seconds, **json.loads(done.stdout)}
    shutil.rmtree(data)
    found["size"] = size_of(store)
    project = a_project(source, share)
    for name, words in QUESTIONS.items():
        arguments = [word.format(project=project) for word in words]
        asked = [ask(store, arguments) for _ in range(rounds)]
        found[name] = statistics.median(seconds for seconds, _ in asked)
        found[f"{name} MB"] = max(memory for _, memory in asked)
    return found


def a_project(source: Path, share: float) -> str:
    """Return a project that goes on over all years and cites a plan."""
    (path,) = source.glob("1-3*.zip")
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")):
            project = row["予算事業ID"]
            if row["計画通知名"] and chosen(project, share) and project_of(project, 1) == project:
                return project
    raise SystemExit("no such project")


def table(found: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield "| | " + " | ".join(f"k = {item['years']}" for item in found) + " |"
    yield "|---" * (len(found) + 1) + "|"
    for name, form in (("rows", ",.0f"), ("triples", ",.0f")):
        yield f"| {name} | " + " | ".join(format(item[name], form) for item in found) + " |"
    yield (
        "| store, bytes a triple | "
        + " | ".join(f"{1e6 * i['size'] / i['triples']:,.0f}" for i in found)
        + " |"
    )
    yield "| build, s | " + " | ".join(f"{item['build']:,.0f}" for item in found) + " |"
    yield "| build, peak MB | " + " | ".join(f"{item['memory']:,.0f}" for item in found) + " |"
    yield "| store, MB | " + " | ".join(f"{item['size']:,.0f}" for item in found) + " |"
    for name, words in QUESTIONS.items():
        kind = "trace" if words[0] == "trace" else "query"
        cells = (f"{item[name]:.2f} s, {item[f'{name} MB']:,.0f} MB" for item in found)
        yield f"| {kind}: {name} | " + " | ".join(cells) + " |"


def plot(found: list[dict[str, Any]], path: Path) -> None:
    """Draw build, size and answers over the number of triples."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "konkyo"
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    across = [item["triples"] / 1e6 for item in found]
    for name, label in (("build", "build, s"), ("memory", "build, peak MB"), ("size", "store, MB")):
        left.plot(across, [item[name] for item in found], marker="o", label=label)
    for name, words in QUESTIONS.items():
        line = "-" if words[0] == "trace" else "--"
        right.plot(across, [item[name] for item in found], line, marker="o", label=f"{words[0]}: {name}")
    for axes in (left, right):
        axes.set(xlabel="million triples", xscale="log", yscale="log")
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=7)
    right.set_ylabel("s, with process start")
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("data", type=Path)
    options.add_argument("--years", type=int, nargs="+", default=[1, 3, 10])
    options.add_argument(
        "--share", type=float, default=0.2, help="part of the projects, where years are made"
    )
    options.add_argument(
        "--reviews", type=Path, help="the folder with real reviews before the year of the files"
    )
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--plot", type=Path)
    options.add_argument("--work", type=Path)
    options.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.write and given.reviews:
        print(take_reviews(given.data, given.reviews, given.write, given.years[0]))
        return
    if given.write:
        print(write_years(given.data, given.write, given.years[0], given.share))
        return
    if given.build:
        build_here(given.data, given.build)
        return
    found = []
    with tempfile.TemporaryDirectory(prefix="konkyo-", dir=given.work) as folder:
        for years in given.years:
            share = 1.0 if given.reviews else given.share
            found.append(measure(given.data, Path(folder), years, share, given.rounds, given.reviews))
            print(json.dumps(found[-1]), file=sys.stderr, flush=True)
            shutil.rmtree(Path(folder) / f"store-{years}")
    print("\n".join(table(found)))
    if given.plot:
        plot(found, given.plot)


if __name__ == "__main__":
    main()
