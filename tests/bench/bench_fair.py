"""What one address can take from another: idle sockets, large networks, slow readers, answers that are not read, bombs.

    python tests/bench/bench_fair.py --store DIR [--seconds 20]

Each line is one server and two addresses (127.0.0.1 does harm, 127.0.0.2 asks for a small query and a page that nobody had before, one
after the other); the first line has no harm. Told are what the second one got, the median and p95 of both, the server's largest memory
with that of all its processes, and its open files at the beginning and the end.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_server import BOMBS, LOOKUP, konkyo

from konkyo.store import open_store

NETWORK = "/view?thing=" + quote("https://w3id.org/konkyo/id/org/kokko")
LARGE = "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 100000")


def request(path: str) -> bytes:
    accept = "application/sparql-results+json" if path.startswith("/sparql") else "text/html"
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode()


def sockets(port: int, number: int) -> list[socket.socket]:
    """Open so many connections, as far as they are let in."""
    found = []
    for _ in range(number):
        try:
            found.append(socket.create_connection(("127.0.0.1", port), 2))
        except OSError:
            break
    return found


@contextmanager
def none(port: int) -> Iterator[None]:
    yield


@contextmanager
def idle(port: int) -> Iterator[None]:
    held = sockets(port, 600)
    yield
    for one in held:
        one.close()


@contextmanager
def slow(port: int) -> Iterator[None]:
    """Two hundred readers that take 1 kB a second of a large answer."""
    held, ended = sockets(port, 200), threading.Event()
    for one in held:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(request(LARGE))

    def read() -> None:
        while not ended.wait(1):
            for one in held:
                try:
                    one.setblocking(False)
                    one.recv(1024)
                except OSError:
                    continue

    thread = threading.Thread(target=read)
    thread.start()
    yield
    ended.set()
    thread.join()
    for one in held:
        one.close()


@contextmanager
def not_read(port: int) -> Iterator[None]:
    """Sixty large answers that nobody reads."""
    held = sockets(port, 60)
    for one in held:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(request(LARGE))
    yield
    for one in held:
        one.close()


def again(*paths: str) -> Callable[[int], object]:
    """Return harm by eight clients that ask for these again and again."""

    @contextmanager
    def harm(port: int) -> Iterator[None]:
        ended = threading.Event()

        def ask(number: int) -> None:
            asked = number
            while not ended.is_set():
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                try:
                    connection.request("GET", paths[asked % len(paths)], headers={"Accept": "*/*"})
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status in (429, 503):
                        ended.wait(0.2)
                except (OSError, http.client.HTTPException):
                    ended.wait(0.2)
                connection.close()
                asked += 1

        threads = [threading.Thread(target=ask, args=(number,), daemon=True) for number in range(8)]
        for thread in threads:
            thread.start()
        yield
        ended.set()

    return harm


HARM: dict[str, Callable[[int], object]] = {
    "nothing": none,
    "600 idle connections": idle,
    "8 clients, the largest network": again(*(f"{NETWORK}&limit={number}" for number in range(900, 1100))),
    "200 slow readers": slow,
    "60 answers that nobody reads": not_read,
    **{f"8 clients, bomb: {name}": again("/sparql?query=" + quote(text)) for name, text in BOMBS.items()},
}


def asked(port: int, things: list[str], seconds: float) -> dict[str, list[tuple[int, float]]]:
    """Ask for small queries and pages, one after the other; return the statuses and seconds of each kind."""
    found: dict[str, list[tuple[int, float]]] = {"query": [], "page": []}
    until, left = time.monotonic() + seconds, iter(things)
    while time.monotonic() < until and (thing := next(left, None)):
        paths = {
            "query": "/sparql?query=" + quote(LOOKUP.format(thing)),
            "page": "/page" + thing.removeprefix("https://w3id.org/konkyo"),
        }
        for kind, path in paths.items():
            begun = time.perf_counter()
            try:
                connection = http.client.HTTPConnection(
                    "127.0.0.1", port, timeout=60, source_address=("127.0.0.2", 0)
                )
                connection.request(
                    "GET",
                    path,
                    headers={"Accept": "text/html" if kind == "page" else "application/sparql-results+json"},
                )
                answer = connection.getresponse()
                answer.read()
                status = answer.status
                connection.close()
            except (OSError, http.client.HTTPException):
                status = 0
            found[kind].append((status, time.perf_counter() - begun))
        time.sleep(0.05)
    return found


def told(found: list[tuple[int, float]]) -> str:
    times = sorted(seconds * 1000 for _, seconds in found)
    statuses = ", ".join(
        f"{status}: {number}" for status, number in Counter(status for status, _ in found).most_common()
    )
    return f"{statuses} | {statistics.median(times):.0f} | {times[int(len(times) * 0.95)]:.0f}"


def main() -> None:
    """Measure each harm and print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--store", type=Path, required=True)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--only", nargs="*", help="words of the harms to measure")
    given = options.parse_args()
    store = open_store(given.store)
    text = "SELECT ?s { ?s a <https://w3id.org/konkyo/ns#Project> } ORDER BY ?s LIMIT 3000"
    things = [row["s"].value for row in store.select(text)]
    del store
    print(
        "| harm | small query: answers | median, ms | p95, ms | page: answers | median, ms | p95, ms | server, MB | all processes, MB | open files |"
    )
    print("|---" * 10 + "|")
    for name, harm in HARM.items():
        if given.only and not any(word in name for word in given.only):
            continue
        with konkyo(given.store) as (port, process):
            time.sleep(20)  # what is made ahead
            own = all_ = 0.0
            ended = threading.Event()

            def weigh(process: psutil.Process = process, ended: threading.Event = ended) -> None:
                nonlocal own, all_
                while not ended.wait(0.5):
                    try:
                        one = process.memory_info().rss / 2**20
                        rest = (
                            sum(child.memory_info().rss for child in process.children(recursive=True)) / 2**20
                        )
                    except psutil.Error:
                        continue
                    own, all_ = max(own, one), max(all_, one + rest)

            thread = threading.Thread(target=weigh)
            thread.start()
            files = process.num_fds()
            with harm(port):  # type: ignore[attr-defined]
                time.sleep(2)
                found = asked(port, things, given.seconds)
            ended.set()
            thread.join()
            time.sleep(3)
            print(
                f"| {name} | {told(found['query'])} | {told(found['page'])} | {own:.0f} | {all_:.0f} | {files}, {process.num_fds()} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
