"""Broken inputs of every kind, by a seed: each is answered, and none ends in a fault, a crash, no end, or a lost store.

A short run here; the long one, with its table:

    .venv/bin/python tests/test_mutated_inputs.py 1000 --seed 22
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))

from konkyo.build.pipeline import build
from support.mutations import KINDS, Outcome, give, mutated
from support.serving import running
from support.spoken_tools import tools
from support.waiting import GUARD

SEED = 22
_TOLD = 20
_AT_ONCE = 4


def table(seed: int, each: int, folder: Path) -> tuple[str, list[tuple[str, int, Outcome]]]:
    """Return the table by kind and outcome of so many inputs of each kind, and the faults. Each kind has a store of its own."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    faults = []
    build([], folder / "served")
    with (
        running(folder / "served", workers=1, per_client=0, body_seconds=0.5) as server,
        tools(folder / "served", GUARD) as assistant,
    ):

        def given(kind: str) -> None:
            own = folder / kind
            build([], own / "store")
            for number in range(each):
                outcome = give(
                    mutated(seed, kind, number), kind, own, own / "store", server, assistant, int(GUARD)
                )
                counted[kind][outcome.what] += 1
                if (number + 1) % _TOLD == 0:
                    print(f"{kind} {number + 1}: {dict(counted[kind])}", file=sys.stderr, flush=True)
                if outcome.is_fault:
                    faults.append((kind, number, outcome))

        with ThreadPoolExecutor(_AT_ONCE) as threads:
            [*threads.map(given, KINDS)]
    lines = ["| kind | inputs | outcomes |", "|---|---|---|"]
    for kind in KINDS:
        found = counted[kind]
        told = ", ".join(f"{what} {count}" for what, count in found.most_common())
        lines.append(f"| {kind} | {found.total()} | {told} |")
    return "\n".join(lines), faults


def test_no_broken_input_is_a_fault_of_the_program(tmp_path: Path) -> None:
    told, faults = table(SEED, 3, tmp_path)
    assert not faults, (told, faults)


def test_an_input_is_told_by_its_seed_and_number() -> None:
    for kind in KINDS:
        made = [mutated(SEED, kind, number) for number in range(20)]
        assert made == [mutated(SEED, kind, number) for number in range(20)]
        assert len({*made}) == 20 and mutated(SEED + 1, kind, 0) != made[0]


def main() -> int:
    """Run as many inputs as the command line says, and print their table; return 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="konkyo-") as folder:
        told, faults = table(asked.seed, -(-asked.inputs // len(KINDS)), Path(folder))
    print(told)
    for kind, number, outcome in faults:
        print(f"\nseed {asked.seed}, {kind} {number}: {outcome.what}\n{outcome.told[-1500:]}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
