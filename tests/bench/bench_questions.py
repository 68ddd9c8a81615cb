"""How long one waits for each kind of question about the whole government, each in a new process, all in one run.

    python tests/bench/bench_questions.py --store STORE [--rounds 3]

``--store`` is a store folder that `konkyo build` made of the RS files of a year. Printed is a table for the docs: the best time of some
rounds, what it took of the processors (which other work on the machine changes less), the same in starts of Python (``python -c pass``,
measured in the same run, between the questions) and the time that is aimed at. The load of the machine stands above it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PYTHON = [sys.executable, "-c", "pass"]
KONKYO = [sys.executable, "-m", "konkyo"]
# What is asked, by which words, and the seconds that are aimed at. The first five columns of queries write all rows as CSV.
QUESTIONS: list[tuple[str, list[str], float]] = [
    ("demo", ["demo"], 2.5),
    ("check of the sheet", ["check"], 0.7),
    ("gaps of the government", ["gaps"], 1),
    ("gaps of 総務省", ["gaps", "--ministry", "総務省"], 0.5),
    ("query summary", ["query", "summary"], 0.5),
    ("info", ["info"], 0.5),
    ("trace of a project", ["trace", "予算事業820"], 0.3),
    ("trace of 骨太の方針", ["trace", "骨太の方針"], 0.6),
    ("trace of 総務省", ["trace", "総務省"], 0.3),
    ("report 総務省", ["report", "総務省", "-o", "report.html"], 1),
    ("diff 2012 2024", ["diff", "2012", "2024"], 3),
    ("view, the overview", ["view", "-o", "view.html"], 1.5),
    ("view --ministry 総務省", ["view", "--ministry", "総務省", "-o", "view.html"], 1.5),
    ("view --limit 5000", ["view", "--limit", "5000", "-o", "view.html"], 3),
    *(
        (f"query {name}", ["query", name, "--format", "csv"], aim)
        for name, aim in (
            ("budget-by-year", 3),
            ("money-of-projects", 3),
            ("logic-chain", 3),
            ("projects-by-budget", 3),
            ("stated-justifications", 1),
            ("diff-bases", 3),
            ("gap-mixed-editions", 1),
            ("changes-between-years", 12),
        )
    ),
]
# These two are about the carried sheet, and make or need no store of the government.
OF_THE_SHEET = {"demo", "check of the sheet"}


def timed(words: list[str], folder: str) -> tuple[float, float, int]:
    """Return the seconds that a process took by the wall and of the processors, and how many lines it printed."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, worked, done.stdout.count(b"\n")


def main() -> None:
    """Ask everything and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, required=True, help="a store folder of the RS files of a year")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    at = ["--store", str(options.store.resolve())]
    print(
        f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; best of {options.rounds}\n"
    )
    print("| what | seconds | of the processors | starts of Python | aimed at | lines |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, words, aim in QUESTIONS:
            start, best, worked, lines = 9.0, 1e9, 1e9, 0
            for _ in range(options.rounds):
                start = min(start, timed(PYTHON, folder)[1])
                wall, work, lines = timed([*KONKYO, *words, *(() if name in OF_THE_SHEET else at)], folder)
                best, worked = min(best, wall), min(worked, work)
            print(
                f"| `{name}` | {best:.2f} | {worked:.2f} | {worked / start:.0f} | {aim:g} | {lines:,} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
