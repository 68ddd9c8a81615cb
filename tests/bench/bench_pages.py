"""What each page of `konkyo serve` costs cold and warm: python -m tests.bench.bench_pages --store DIR

The server is started once. "Ready" is when it says that it takes requests; then each page is asked for: once, and as long as it says that it
is being prepared, and then some times more. The table has the processor time of the server with all its workers, which other work on the machine
changes little, and the time that the reader waits.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from urllib.parse import quote

import psutil
from tests.bench.bench_server import Client, konkyo

PLAN, MINISTRY = "id/strategy/honebuto", "id/org/soumu"
PAGES = (
    "/", "/search?q=" + quote("防災"), "/overview", "/strategies", "/ministries", "/laws", "/panels", f"/page/{PLAN}", f"/page/{MINISTRY}",
    f"/view?thing={quote('総務省')}", f"/report?thing={quote('総務省')}", "/report", "/gaps", "/gaps/older-than-basis", "/compare?before=2012&after=2024",
    "/queries", "/queries/money-of-ministries", "/embed/ministries", "/sparql", "/about", "/help",
)  # fmt: skip


def spent(process: psutil.Process) -> float:
    """Return the seconds of the processor that a process and all its children took, those that are over among them."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def asked(client: Client, process: psutil.Process, path: str) -> tuple[int, float, float, int]:
    """Return the status of an answer, the seconds of the processor, those that passed, and how often the reader was told to wait."""
    used, begun, told = spent(process), time.perf_counter(), 0
    while (status := client.get(path, "text/html")[0]) == 202:
        told += 1
        time.sleep(1)
    return status, spent(process) - used, time.perf_counter() - begun, told


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    store = parser.parse_args().store
    print(f"load {' '.join(f'{one:.1f}' for one in psutil.getloadavg())}\n")
    begun = time.perf_counter()
    with konkyo(store) as (port, process):
        print(f"ready after {time.perf_counter() - begun:.2f} s, {spent(process):.2f} s of the processor\n")
        client = Client(port)
        print(
            "| page | cold: processor, ms | waited, ms | warm: processor, ms | waited, ms |\n|---|---|---|---|---|"
        )
        for path in PAGES:
            cold, *others = (asked(client, process, path) for _ in range(4))
            warm = min(others, key=lambda one: one[1])
            wrong = "" if cold[0] == warm[0] == 200 else f" ({cold[0]}, {warm[0]})"
            wrong += f" (told {cold[3]} times to wait)" if cold[3] else ""
            numbers = (f"{1000 * one:,.0f}" for one in (*cold[1:3], *warm[1:3]))
            print(f"| `{path}`{wrong} | {' | '.join(numbers)} |", flush=True)


if __name__ == "__main__":
    main()
