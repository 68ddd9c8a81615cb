"""Broken inputs of every kind, by a seed: each is answered, and none ends in a fault, a crash, no end, or a lost store.

A short run here; the long one, with its table:

    .venv/bin/python tests/test_mutated_inputs.py 1000 --seed 22

It may be run in parts (``--kind csv --kind zip``): an input is the same in any part.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.routing import compile_path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))

from konkyo.build.pipeline import build
from konkyo.server.assistant import tools as described
from konkyo.server.pages.routes import PAGES
from support import deep_mutations, rs_rows
from support.mutations import KINDS, Outcome, give, mutated
from support.serving import running
from support.spoken_tools import tools
from support.waiting import GUARD

SEED = 22
_TOLD = 20
_AT_ONCE = 4


def table(
    seed: int, each: int, folder: Path, kinds: Sequence[str] = KINDS, at_once: int = _AT_ONCE
) -> tuple[str, list[tuple[str, int, Outcome]]]:
    """Return the table by kind and outcome of so many inputs of each kind, and the faults. Each kind has a store of its own."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    faults = []
    _serve(folder)
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
                    print(
                        f"{kind} {number}: {outcome.what}\n{outcome.told[-1500:]}",
                        file=sys.stderr,
                        flush=True,
                    )
                    faults.append((kind, number, outcome))

        with ThreadPoolExecutor(at_once) as threads:
            [*threads.map(given, kinds)]
    lines = ["| kind | inputs | outcomes |", "|---|---|---|"]
    for kind in kinds:
        found = counted[kind]
        told = ", ".join(f"{what} {count}" for what, count in found.most_common())
        lines.append(f"| {kind} | {found.total()} | {told} |")
    return "\n".join(lines), faults


def _serve(folder: Path) -> None:
    """Make the store that server and assistant read: the carried sheet, and projects of a review beside it."""
    (folder / "rs").mkdir()
    for kind in ("1-1", "1-2", "1-3", "2-1", "3-1", "5-1"):
        rs_rows.write_csv(folder / "rs", kind, rs_rows.sample(kind))
    build([folder / "rs"], folder / "served")


def test_no_broken_input_is_a_fault_of_the_program(tmp_path: Path) -> None:
    told, faults = table(SEED, 2, tmp_path)
    assert not faults, (told, faults)


def test_an_input_is_told_by_its_seed_and_number() -> None:
    for kind in KINDS:
        made = [mutated(SEED, kind, number) for number in range(20)]
        assert made == [mutated(SEED, kind, number) for number in range(20)]
        assert len({*made}) == 20 and mutated(SEED + 1, kind, 0) != made[0]


def test_every_tool_and_page_is_among_them_with_every_argument() -> None:
    called = {(name, argument) for name, given in deep_mutations.CALLS for argument in given}
    assert called == {
        (tool.name, argument) for tool in described("en") for argument in tool.input_schema["properties"]
    }
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for path, params in deep_mutations.ADDRESSES:
        (found,) = [route for route in PAGES if compile_path(route[0])[0].match(path)][:1] or [None]
        if found:
            asked[found[0]] |= {name for name, _ in params}
    for path, _, known, _ in PAGES:
        # A stored query takes the values that it has.
        names = {param.name for param in known} if "{name}" not in path else set()
        assert path in asked and names <= asked[path], (path, names, asked[path])


def main() -> int:
    """Run as many inputs as the command line says, and print their table; return 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--kind", action="append", choices=KINDS, help="only inputs of this kind (may be given again)"
    )
    parser.add_argument("--at-once", type=int, default=_AT_ONCE)
    asked = parser.parse_args()
    each = -(-asked.inputs // len(KINDS))
    with TemporaryDirectory(prefix="konkyo-") as folder:
        told, faults = table(asked.seed, each, Path(folder), asked.kind or KINDS, asked.at_once)
    print(told)
    for kind, number, outcome in faults:
        print(f"\nseed {asked.seed}, {kind} {number}: {outcome.what}\n{outcome.told[-1500:]}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
