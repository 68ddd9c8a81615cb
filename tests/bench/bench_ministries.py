"""Twenty invented sheets of five ministries and rows of a review in one store: what they are asked together, and how long it takes.

Run it from the checkout: ``python tests/bench/bench_ministries.py [--ministries 5] [--rows FOLDER] [--keep STORE]``.
The sheets are workbooks; each goes through `transcribe` and `build` as a user's would. ``--rows`` takes RS files instead of
invented ones. It prints which strategies justify which measures over ministries, the series of an indicator, and a trace.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from konkyo.cli import main as konkyo  # noqa: E402
from support.many_sheets import indicator_of, measure_of, write_sheets  # noqa: E402
from support.review_pair import FIRST, write_year  # noqa: E402


def run(*words: str) -> None:
    print("$ konkyo " + " ".join(words), flush=True)
    begun = time.perf_counter()
    status = konkyo(list(words))
    print(f"({time.perf_counter() - begun:.1f} s, status {status})\n", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ministries", type=int, default=5)
    parser.add_argument("--rows", type=Path, help="a folder of RS files instead of invented rows")
    parser.add_argument("--keep", type=Path, help="where the store is to stay")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = write_sheets(folder / "files", options.ministries)
        rows = options.rows or write_year(folder / "rows", 2023, FIRST)
        store = str(options.keep or folder / "store")
        print(f"{len(files)} sheets of {options.ministries} ministries")
        run("transcribe", str(folder / "files"), "--output", str(folder / "sheets"))
        run("build", str(folder / "sheets"), str(rows), "--store", store)
        run("query", "measures-by-strategy", "--store", store)
        run("query", "sheet-indicator-over-years", f"indicator={indicator_of(0)}", "--store", store)
        run("diff", "2022", "2023", "--measure", measure_of(0), "--store", store)
        run("trace", indicator_of(0), "--store", store)
        run("view", indicator_of(0), "--output", str(folder / "view.html"), "--store", store)


if __name__ == "__main__":
    main()
