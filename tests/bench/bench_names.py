"""How long the form of names takes beside plain folding, and which names it makes one.

``python tests/bench/bench_names.py FILE.csv|zip … [--column 事業名]`` reads the names of a column of published files (the
forms of them that differ only in what folding keeps apart are listed), else the invented names of the tests.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from konkyo.common.name_form import name_form
from konkyo.common.text import fold

NUMBER = 200_000
LIMIT = 3.0  # times as long as folding, for names each met once
ROUNDS = 5


def names_of(path: Path, column: str) -> Iterator[str]:
    """Yield the names of a column of a published file."""
    csv.field_size_limit(sys.maxsize)
    packed = zipfile.ZipFile(path) if path.suffix == ".zip" else None
    with packed.open(packed.namelist()[0]) if packed else path.open("rb") as file:
        for row in csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline="")):
            if name := (row.get(column) or "").strip():
                yield name


def seconds(function: Callable[[str], str], names: list[str]) -> float:
    """Return the processor time for all names, the least of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for name in names:
            function(name)
        best = min(best, time.process_time() - begun)
    return best


def main(arguments: list[str]) -> int:
    """Print both times and what is newly one; return 1 where the form takes too long."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--column", default="事業名")
    options = parser.parse_args(arguments)
    found = [name for path in options.files for name in names_of(path, options.column)]
    if not found:
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        from support.spellings import APART, PAIRS

        found = [name for pair in (*PAIRS, *APART) for name in pair]
    # Each name is another one, so that none is kept from before.
    many = [f"{found[place % len(found)]}{place}" for place in range(NUMBER)]
    name_form("")
    plain, form = seconds(fold, many), seconds(name_form, many)
    print(f"{NUMBER:,} names: folded {plain:.2f} s, their form {form:.2f} s ({form / plain:.2f} times)")
    one: dict[str, dict[str, str]] = defaultdict(dict)
    for name in found:
        one[name_form(name)].setdefault(fold(name), name)
    merged = [list(writings.values()) for writings in one.values() if len(writings) > 1]
    print(
        f"{len(set(found)):,} names in {len(one):,} forms; {len(merged)} forms join what folding keeps apart:"
    )
    for writings in merged:
        print("  " + " | ".join(writings))
    return int(form > LIMIT * plain)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
