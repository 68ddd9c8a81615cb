"""What it costs to ask a SPARQL server, and to copy it and ask the copy: whether a planner of joins is worth its lines.

    python tests/bench/bench_mirror.py virtuoso-or-oxigraph-server SOURCES [--rounds 3]

Builds a store of the sources, puts it on a server that is started for that, copies it back (`pull`), and asks the ten questions'
commands of both, each in a process of its own. Tells seconds, and the facts and bytes of the copy.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from konkyo.build.pipeline import build
from konkyo.present.topics import topic
from konkyo.store import open_store
from konkyo.store.remote.upload import pull, push
from support.remote_stores import connect
from support.servers import PASSWORD, made

COMMAND = re.compile(r"^\$ konkyo (.+)$", re.MULTILINE)


def timed(command: list[str], store: str, rounds: int) -> float:
    """Return the median seconds of a command of konkyo."""
    login = {"KONKYO_STORE_USER": "dba", "KONKYO_STORE_PASSWORD": PASSWORD, "KONKYO_STORE_TIMEOUT": "600"}
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "konkyo", *command, "--store", store],
            env={**os.environ, **login},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("kind", choices=("virtuoso", "oxigraph-server"))
    options.add_argument("sources", type=Path, nargs="*")
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="konkyo-") as folder:
        built, copy = Path(folder) / "built", Path(folder) / "copy"
        build(given.sources, built)
        server = made(given.kind, Path(folder) / "server")
        server.start()
        try:
            remote = connect(server)
            begun = time.perf_counter()
            push(open_store(built), remote)
            print(f"push: {time.perf_counter() - begun:.1f} s", flush=True)
            begun = time.perf_counter()
            pull(remote, copy)
            size = sum(path.stat().st_size for path in copy.rglob("*") if path.is_file())
            print(
                f"pull: {time.perf_counter() - begun:.1f} s, {len(open_store(copy)):,} facts, {size:,} bytes",
                flush=True,
            )
            address = server.url + ("/sparql" if given.kind == "virtuoso" else "")
            print("| command | server, s | copy, s |\n|---|---|---|")
            for command in COMMAND.findall(topic("questions").text):
                words = shlex.split(command)
                there, here = (timed(words, at, given.rounds) for at in (address, str(copy)))
                print(f"| `{command}` | {there:.2f} | {here:.2f} |", flush=True)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
