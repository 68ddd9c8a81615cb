"""How long a build of RS files takes, against the text alone and a bare bulk load of the same triples.

    python -m tests.bench.bench_build FOLDER [--rounds 2]

Runs each in turn in a process of its own and prints times, the ratio and the peak memory:

* ``build``: konkyo's whole build of the folder into a store on disk.
* ``bare``: the same lines of N-Quads written to a file by the same importers, then bulk-loaded into a store on
  disk by Oxigraph's own reader: the least that any build by way of text can cost.
* ``rdflib``: rdflib's Dataset reading the first part of the same file, its time extended to the whole.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RDFLIB_LINES = 100_000


def build(data: Path, work: Path) -> int:
    from konkyo.build.pipeline import build as konkyo_build

    return konkyo_build([data], work / "store").total


def bare(data: Path, work: Path) -> int:
    import pyoxigraph as ox

    from konkyo.build.given import names_of
    from konkyo.common.paths import graphs_dir
    from konkyo.sources.folders import find_sources
    from konkyo.sources.registry import Registry
    from konkyo.sources.rs import IMPORTERS
    from konkyo.sources.rs.engine import convert

    names = names_of(Registry(graphs_dir()).organizations)
    common: set[int] = set()
    with (work / "all.nq").open("w", encoding="utf-8") as out:
        for file in find_sources([data]).tables:
            convert(file, IMPORTERS[file.kind], names, out.write, lambda _: None, common=common)
    store = ox.Store(str(work / "bare"))
    store.bulk_load(path=work / "all.nq", format=ox.RdfFormat.N_QUADS)
    store.flush()
    return len(store)


def rdflib(_: Path, work: Path) -> int:
    from rdflib import Dataset

    with (work / "all.nq").open(encoding="utf-8") as lines:
        part = "".join(line for line, _ in zip(lines, range(RDFLIB_LINES), strict=False))
    Dataset().parse(data=part, format="nquads")
    return RDFLIB_LINES


WAYS = {"build": build, "bare": bare, "rdflib": rdflib}


def measure(way: str, data: Path, work: Path) -> tuple[float, int, float]:
    """Return seconds, triples and the peak memory in MB of one way, run in a process of its own."""
    for left in ("store", "bare"):
        shutil.rmtree(work / left, ignore_errors=True)
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_build", str(data), "--way", way, "--work", str(work)],
        check=True,
        capture_output=True,
        text=True,
    )
    triples, memory = done.stdout.split()
    return time.perf_counter() - begun, int(triples), float(memory)


def peak() -> float:
    """Return the peak memory of this process and of its largest child, in MB."""
    both = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(both) / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("data", type=Path)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--way", choices=WAYS)
    options.add_argument("--work", type=Path)
    given = options.parse_args()
    if given.way:
        print(WAYS[given.way](given.data, given.work), peak())
        return
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(given.rounds):
            for way in WAYS:
                seconds, triples, memory = measure(way, given.data, Path(folder))
                best[way] = min(seconds, best.get(way, seconds))
                print(
                    f"{way:>7}: {seconds:7.1f} s  {triples:>10,} triples  peak {memory:7,.0f} MB", flush=True
                )
                if way == "bare":
                    total = triples
    print(f"build / bare = {best['build'] / best['bare']:.2f} (to be at most 1.4)")
    print(f"rdflib, extended to all {total:,} triples: about {best['rdflib'] * total / RDFLIB_LINES:,.0f} s")


if __name__ == "__main__":
    main()
