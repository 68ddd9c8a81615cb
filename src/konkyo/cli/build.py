"""``konkyo build``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from konkyo.words import Words

DEFAULT_STORE = Path(".konkyo")


def run(options: argparse.Namespace) -> int:
    """Build the store; print what it holds. Returns 1 if a check was asked for and found violations."""
    from konkyo.build import build, write_turtle
    from konkyo.store import open_store
    from konkyo.vocabulary import PREFIXES

    folder = options.store or DEFAULT_STORE
    begun = time.perf_counter()
    report = build(options.paths, folder, registry=options.registry, keep=options.keep)
    for name, facts in report.facts.items():
        print(Words(f"  {name}: {facts:,}件", f"  {name}: {facts:,} facts").of(options.lang), file=sys.stderr)
    seconds = time.perf_counter() - begun
    print(
        Words(
            f"{folder} に{report.total:,}件の事実を収めました（{seconds:.1f}秒）。",
            f"{report.total:,} facts are in {folder} ({seconds:.1f} s).",
        ).of(options.lang)
    )
    if options.turtle:
        for path in write_turtle(open_store(folder), options.turtle, PREFIXES):
            print(path)
    if options.check:
        from konkyo.api import open_graph
        from konkyo.cli.check import report_violations

        return report_violations(open_graph(folder).check(), "table", options.lang)
    return 0
