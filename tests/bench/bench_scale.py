"""How konkyo grows with the reviews that a store holds: build, size, and answers as ratios to one review.

    python -m tests.bench.bench_scale RS --reviews JUDGIT [--years 1 3 6 10] [--rounds 5] [--store 10=STORE ...] [--work DIR]

``RS`` holds the published files of one review year, ``JUDGIT`` the review sheets of the years before (judgit-YYYY.ndjson.xz). A size of k is
the RS files and the k - 1 reviews before them, whole, the latest first. Each size is built by ``konkyo build`` in a process of its own, unless
``--store`` names a store of that size. Then each question is asked in one process for each store, the first time aside, and the
median taken. The table has seconds for the first size and ratios to it for the others, so that a busy machine counts alike for all.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.graph.search import search
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import ID
from konkyo.store import open_store

# A project that goes on over eight reviews, and a plan that hundreds of projects name.
PROJECT, PLAN, MINISTRY = f"{ID}project/719", f"{ID}strategy/energy-kihon", f"{ID}org/soumu"
_PAGE = {
    **{"lang": "ja", "chosen": False, "root": "", "origin": "http://localhost", "path": "/"},
    **{"query": [], "version": "bench"},
}
_ASKED = {
    "level": None,
    "ministry": None,
    "edition": None,
    "year": None,
    "since": None,
    "limit": 50,
    "offset": 0,
}


def _page(kind: str, key: str) -> Callable[[KnowledgeGraph], object]:
    def made(graph: KnowledgeGraph) -> object:
        from konkyo.server.pages import entity

        return entity.page(graph, _PAGE, {**_ASKED, "kind": kind, "key": key})

    return made


def _rows(name: str, **values: str) -> Callable[[KnowledgeGraph], object]:
    return lambda graph: sum(1 for _ in run(graph.store, name, **values))


QUESTIONS: dict[str, Callable[[KnowledgeGraph], object]] = {
    "trace up: a project of eight reviews": lambda graph: graph.trace(PROJECT).to_json(),
    "trace down: a plan": lambda graph: graph.trace(PLAN, limit=20).to_json(),
    "trace: a ministry": lambda graph: graph.trace(MINISTRY).to_json(),
    "search: a word": lambda graph: search(graph.store, "防災").to_json(),
    "search: a name": lambda graph: search(graph.store, "骨太の方針2023").to_json(),
    "page: a project": _page("id", "project/719"),
    "page: a plan": _page("id", "strategy/energy-kihon"),
    "page: a ministry": _page("id", "org/soumu"),
    "report: a project": lambda graph: graph.report(PROJECT).html(),
    "query: project-over-reviews": _rows("project-over-reviews", start=PROJECT),
    "query: results-over-reviews": _rows("results-over-reviews", start=PROJECT),
    "query: projects-by-budget of a plan": _rows("projects-by-budget", group=PLAN),
    "query: money-of-ministries of one": _rows("money-of-ministries", ministry=MINISTRY),
    "query: strategies-by-ministry of one": _rows("strategies-by-ministry", ministry=MINISTRY),
    "query: cited-strategies": _rows("cited-strategies"),
    "query: summary": _rows("summary"),
    "query: sources": _rows("sources"),
}


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
                count += sum(1 for _ in raw) - 1
    return count


def build(data: Path, store: Path) -> dict[str, Any]:
    """Build a store; return seconds, the facts, and the peak memory in MB of the command and of the largest process beside it."""
    command = [sys.executable, "-m", "konkyo", "--lang", "en", "--store", str(store), "build", str(data)]
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        peak = 0
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.5)
        assert process.returncode == 0, data
    return {"build": time.perf_counter() - begun, "memory": peak / 1024}


def _memory(process: int) -> int:
    """Return the memory of a process and of all that it started, in KB; 0 once it is gone."""
    own = 0
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
        own = int(found[1]) if found else 0
        for thread in Path(f"/proc/{process}/task").iterdir():
            own += sum(_memory(int(child)) for child in (thread / "children").read_text().split())
    except OSError:
        pass
    return own


def size_of(folder: Path) -> int:
    """Return the bytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ask(folder: Path, rounds: int) -> dict[str, Any]:
    """Ask every question of a store; return the medians in seconds, the facts, and the peak memory in MB."""
    import resource

    graph = KnowledgeGraph(open_store(folder), "ja")
    found: dict[str, Any] = {"triples": len(graph.store)}  # type: ignore[arg-type]
    for name, question in QUESTIONS.items():
        question(graph)
        times = []
        for _ in range(rounds):
            begun = time.perf_counter()
            question(graph)
            times.append(time.perf_counter() - begun)
        found[name] = statistics.median(times)
    found["answers"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def measure(options: argparse.Namespace, work: Path, years: int, made: Path | None) -> dict[str, Any]:
    """Build a size where no store of it was named, and ask it."""
    found: dict[str, Any] = {"years": years}
    store = made or work / f"store-{years}"
    if made is None:
        data = work / f"data-{years}"
        found["rows"] = take_reviews(options.data, options.reviews, data, years)
        found |= build(data, store)
    command = [
        sys.executable,
        "-m",
        "tests.bench.bench_scale",
        "--ask",
        str(store),
        "--rounds",
        str(options.rounds),
    ]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    found |= json.loads(done.stdout)
    found["size"] = size_of(store)
    if made is None:
        shutil.rmtree(store)
    return found


def table(found: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: seconds of the first size, ratios to it of the others."""
    yield "| | " + " | ".join(f"k = {item['years']}" for item in found) + " |"
    yield "|---" * (len(found) + 1) + "|"

    def line(name: str, values: list[float | None], form: str) -> str:
        return (
            f"| {name} | "
            + " | ".join("" if value is None else format(value, form) for value in values)
            + " |"
        )

    yield line("rows and sheets", [item.get("rows") for item in found], ",.0f")
    yield line("triples", [item["triples"] for item in found], ",.0f")
    yield line("store, bytes a triple", [item["size"] / item["triples"] for item in found], ",.0f")
    yield line("build, s", [item.get("build") for item in found], ",.0f")
    rates = [item["triples"] / item["build"] if "build" in item else None for item in found]
    yield line("build, triples a second", rates, ",.0f")
    yield line("build, peak MB of all processes", [item.get("memory") for item in found], ",.0f")
    yield line("answers, peak MB", [item["answers"] for item in found], ",.0f")
    for name in QUESTIONS:
        first, *others = (item[name] for item in found)
        cells = [f"{1000 * first:,.0f} ms", *(f"× {other / first:.2f}" for other in others)]
        yield f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    """Run the bench, or one part of it in a process of its own."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("data", type=Path, nargs="?")
    options.add_argument(
        "--reviews", type=Path, help="the folder with the reviews before the year of the files"
    )
    options.add_argument("--years", type=int, nargs="+", default=[1, 3, 6, 10])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument(
        "--store", nargs="+", default=[], metavar="K=STORE", help="stores of a size that are built already"
    )
    options.add_argument("--work", type=Path)
    options.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.ask:
        print(json.dumps(ask(given.ask, given.rounds)))
        return
    built = {int(size): Path(store) for size, _, store in (one.partition("=") for one in given.store)}
    found = []
    with tempfile.TemporaryDirectory(prefix="konkyo-", dir=given.work) as folder:
        for years in given.years:
            found.append(measure(given, Path(folder), years, built.get(years)))
            print(json.dumps(found[-1]), file=sys.stderr, flush=True)
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
