"""How long the citations of an official file take: ``python tests/bench/bench_resolve.py 1-3_RS_2024_….zip``."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from konkyo.citations.index import SEEN, read_seen
from konkyo.citations.reading import read
from konkyo.citations.resolve import Resolver
from konkyo.citations.seen import citations_of
from konkyo.resources import graphs_dir
from konkyo.sources.registry import Registry

LIMIT = 10.0  # seconds for all the strings of one year's file, which are about 6,000


def main(archive: str) -> int:
    """Measure reading and resolving; return 1 where resolving takes longer than it may."""
    strings = citations_of(Path(archive))
    begun = time.perf_counter()
    resolver = Resolver(Registry(graphs_dir()), seen=read_seen(graphs_dir() / SEEN))
    ready = time.perf_counter()
    found = resolver.resolve(strings)
    done = time.perf_counter()
    long = time.perf_counter()
    read("計画（令和5年6月16日閣議決定）、" * 600_000)
    print(f"strings {len(strings)}, citations {sum(strings.values())}")
    print(f"registry and table {ready - begun:.2f} s, resolving {done - ready:.2f} s")
    print(f"10 million signs {time.perf_counter() - long:.3f} s")
    works = [one for made in found.values() for one in made]
    print(
        f"works {len(works)}, editions {len({w.key for w in works})}, strategies {len({w.strategy for w in works})}"
    )
    print(
        "status "
        + ", ".join(f"{name} {number}" for name, number in Counter(w.status for w in works).most_common())
    )
    return int(done - ready > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
