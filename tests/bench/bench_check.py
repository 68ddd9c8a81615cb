"""What each shape costs, and how that grows with what it checks.

    python -m tests.bench.bench_check PATH [--copies 1 2 4] [--rounds 5] [--of projects|rows] [--shapes 15]

``PATH`` is a folder of RS files, or a store. Copies are made in the graph: of all that the files tell under other
names (``--of projects``), or of all but the projects, so that each project has so many times its rows (``--of rows``).
The times are medians, of the processor, and what counts is the growth. The last line is all of `konkyo check`, by the
clock, in a process of its own.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

from konkyo.questions import check
from konkyo.store import EmbeddedStore, open_store

_NAMES = {
    "projects": re.compile(r"<https://w3id\.org/konkyo/id/(?!fy/)"),
    "rows": re.compile(r"<https://w3id\.org/konkyo/id/(?!fy/|project/[0-9]+>)"),
}


def copied(lines: list[str], copies: int, of: str) -> EmbeddedStore:
    """Return a store in memory with so many copies of the facts, beside the ontology."""
    data = EmbeddedStore()
    for number in range(copies):
        named = f"<https://w3id.org/konkyo/id/copy-{number}/"
        text = "".join(_NAMES[of].sub(named, line) if number else line for line in lines)
        data.add(ox.parse(text, ox.RdfFormat.N_TRIPLES))
    data.add(check._terms())
    return data


def timed(data: EmbeddedStore, rounds: int) -> dict[str, float]:
    """Return the seconds of the processor that each shape takes."""
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        spent: defaultdict[str, float] = defaultdict(float)
        for query in check._queries(check._subclasses(data)):
            begun = time.process_time()
            for _row in data.select(query.text):
                pass
            spent[query.shape.rpartition("#")[2]] += time.process_time() - begun
        for shape, seconds in spent.items():
            taken[shape].append(seconds)
    return {shape: statistics.median(seconds) for shape, seconds in taken.items()}


def command(folder: Path, rounds: int) -> float:
    """Return the seconds of `konkyo check` of a store, from the start of the process."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run(  # nosec
            [sys.executable, "-m", "konkyo", "check", "--store", str(folder)], check=True, capture_output=True
        )
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--of", choices=sorted(_NAMES), default="projects")
    parser.add_argument("--shapes", type=int, default=15, help="how many of the costliest to show")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = options.path
        if not (folder / "CURRENT").exists():
            folder = Path(work) / "store"
            build = [sys.executable, "-m", "konkyo", "build", str(options.path), "--store", str(folder)]
            subprocess.run(build, check=True, capture_output=True)  # nosec
        store = open_store(folder)
        graphs = [name for name in store.graphs() if not name.endswith("/ontology")]
        lines = [f"{triple} .\n" for name in graphs for triple in store.triples(name)]
        sizes = [timed(copied(lines, copies, options.of), options.rounds) for copies in options.copies]
        sums = [sum(size.values()) for size in sizes]
        print(f"{len(lines):,} facts; copies of {options.of}\n")
        print(f"| shape | ms | {' | '.join(f'× {copies}' for copies in options.copies[1:])} |")
        print("|---|---|" + "---|" * (len(options.copies) - 1))
        worst = sorted(sizes[-1], key=lambda shape: -sizes[-1][shape])[: options.shapes]
        for shape in worst:
            growth = " | ".join(f"{size[shape] / sizes[0][shape]:.1f}" for size in sizes[1:])
            print(f"| {shape} | {sizes[0][shape] * 1000:.1f} | {growth} |")
        growth = " | ".join(f"{total / sums[0]:.1f}" for total in sums[1:])
        print(f"| all {len(sizes[0])} | {sums[0] * 1000:.0f} | {growth} |")
        print(f"\nkonkyo check, process start and all: {command(folder, options.rounds):.2f} s")


if __name__ == "__main__":
    main()
