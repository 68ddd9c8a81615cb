"""How `konkyo serve` does under load, and beside Oxigraph's own server.

    python tests/bench/bench_server.py ratio --store DIR [--rounds 5]
    python tests/bench/bench_server.py mixed --store DIR [--minutes 1]

``ratio`` asks both servers the same ten stored queries on the same store: the median latency of each, and how many a second four
clients get answered. The row limit of konkyo is out of the way, so that the answers are the same.

``mixed`` sends lookups, stored queries, pages and linked data, and bombs of four kinds, each from an address of its own, and
malformed requests at once, and reports the
latency of lookups, every status that was not expected, the memory of all processes over the time, and processes left over.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil

from konkyo.api import KnowledgeGraph, open_graph
from konkyo.graph.stored_queries import stored

TEN: dict[str, dict[str, str]] = {
    "summary": {},
    "sources": {},
    "editions": {},
    "cited-strategies": {},
    "legal-basis": {},
    "interpretations": {},
    "rests-on-strategy": {"strategy": "新成長戦略"},
    "justifications": {"element": "予算事業820"},
    "budget-by-year": {"owner": "予算事業820"},
    "projects-of-measure": {"measure": "国際戦略の推進"},
}
SLOW = ("summary", "cited-strategies", "legal-basis")
BOMBS = {
    "count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "order": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a",
    "concat": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (<http://x/p>|!<http://x/q>)* ?b . ?c (<http://x/p>|!<http://x/r>)* ?d }",
    "filter": "SELECT ?a { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?c), STR(?f))) < 0) }",
}
LOOKUP = "SELECT ?p ?o {{ <{}> ?p ?o }} LIMIT 50"


def texts_of(store: Path) -> dict[str, str]:
    """Return the ten queries as SPARQL, with their parameters bound to what the store has of these names."""
    graph: KnowledgeGraph = open_graph(store)
    found = {}
    for name, values in TEN.items():
        query = stored(name)
        found[name] = graph.bound(query, values)
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        port: int = made.getsockname()[1]
        return port


@contextmanager
def konkyo(store: Path, *options: str) -> Iterator[tuple[int, psutil.Process]]:
    """Run konkyo's server; yield its port and process."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "konkyo",
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
        "--log",
        "none",
    ]
    root = str(Path(__file__).resolve().parents[2] / "src")
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": root}
    ) as process:
        try:
            wait(port)
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()


@contextmanager
def oxigraph(store: Path) -> Iterator[tuple[int, psutil.Process]]:
    """Run Oxigraph's own server on the current generation of the store."""
    port = free_port()
    location = store / (store / "CURRENT").read_text().strip()
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph") or "oxigraph"
    command = [
        program,
        "serve-read-only",
        "-l",
        str(location),
        "-b",
        f"127.0.0.1:{port}",
        "--union-default-graph",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait(port)
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()


def wait(port: int) -> None:
    for _ in range(1800):
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


class Client:
    """A client that keeps its connection; ``address`` is what a proxy would say of it."""

    def __init__(self, port: int, address: str | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.forwarded = {"X-Forwarded-For": address} if address else {}

    def get(self, path: str, accept: str = "application/sparql-results+json") -> tuple[int, bytes]:
        return self._ask("GET", path, None, {"Accept": accept})

    def post(self, path: str, query: str) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
        return self._ask("POST", path, query.encode(), headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        for _ in range(2):
            try:
                self.connection.request(method, path, body, {**headers, **self.forwarded})
                answer = self.connection.getresponse()
                return answer.status, answer.read()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()  # an idle connection that the server has closed
        return 0, b""


# --- beside Oxigraph --------------------------------------------------------------------------------


def ratio(store: Path, rounds: int) -> None:
    texts = texts_of(store)
    with (
        konkyo(store, "--max-rows", "1000000", "--timeout", "120", "--per-client", "0") as (ours, _),
        oxigraph(store) as (theirs, _),
    ):
        time.sleep(15)  # konkyo counts the data at its start
        ports = {"konkyo": ours, "oxigraph": theirs}
        paths = {"konkyo": "/sparql", "oxigraph": "/query"}
        clients = {name: Client(port) for name, port in ports.items()}
        times: dict[str, dict[str, float]] = defaultdict(dict)
        print(f"{'query':22}{'rows':>8}{'konkyo ms':>12}{'oxigraph ms':>13}{'ratio':>8}")
        for query, text in texts.items():
            measured: dict[str, list[float]] = {"konkyo": [], "oxigraph": []}
            rows = 0
            for number in range(rounds + 1):
                for name, client in clients.items():
                    began = time.perf_counter()
                    status, body = client.post(paths[name], text)
                    if number:  # the first is for warming up
                        measured[name].append(time.perf_counter() - began)
                    assert status == 200, (name, query, body[:300])
                    rows = len(json.loads(body)["results"]["bindings"]) if number == 0 else rows
            for name, values in measured.items():
                times[query][name] = statistics.median(values) * 1000
            mine, other = times[query]["konkyo"], times[query]["oxigraph"]
            print(f"{query:22}{rows:8}{mine:12.1f}{other:13.1f}{mine / other:8.2f}", flush=True)
        total = {name: sum(item[name] for item in times.values()) for name in ports}
        ratios = [item["konkyo"] / item["oxigraph"] for item in times.values()]
        print(
            f"{'all ten':22}{'':8}{total['konkyo']:12.1f}{total['oxigraph']:13.1f}{total['konkyo'] / total['oxigraph']:8.2f}"
        )
        print(f"median of the ratios {statistics.median(ratios):.2f}")
        for name, port in ports.items():
            print(
                f"{name}: {throughput(port, paths[name], texts):.1f} of the quick ones a second with four clients",
                flush=True,
            )


def throughput(port: int, path: str, texts: dict[str, str], seconds: float = 10.0) -> float:
    """Return how many of the quick ones of the ten queries four clients get answered a second."""
    quick = [text for name, text in texts.items() if name not in SLOW]
    done = [0] * 4
    until = time.monotonic() + seconds

    def work(place: int) -> None:
        client = Client(port)
        random_ = random.Random(place)
        while time.monotonic() < until:
            status, _ = client.post(path, random_.choice(quick))
            assert status == 200
            done[place] += 1

    threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


# --- mixed load -------------------------------------------------------------------------------------


class Load:
    """Threads that ask in their own way until it is over."""

    def __init__(self, port: int, until: float, texts: dict[str, str]) -> None:
        self.port = port
        self.texts = texts
        self.until = until
        self.seen: dict[str, Counter[int]] = defaultdict(Counter)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self.bombs_running = 0

    def record(self, kind: str, status: int, seconds: float, wanted: tuple[int, ...], what: str) -> None:
        self.seen[kind][status] += 1
        self.times[kind].append(seconds)
        if status not in wanted:
            self.wrong.append(f"{kind}: {status} for {what[:100]}")

    def lookups(self, iris: list[str]) -> None:
        client, random_ = Client(self.port, "192.0.2.1"), random.Random(1)
        while time.monotonic() < self.until:
            iri = random_.choice(iris)
            beside = "lookup beside bombs" if self.bombs_running else "lookup alone"
            began = time.perf_counter()
            status, _ = client.get("/sparql?query=" + quote(LOOKUP.format(iri)))
            self.record(beside, status, time.perf_counter() - began, (200,), iri)
            time.sleep(0.02)

    def stored(self) -> None:
        client, random_ = Client(self.port, "192.0.2.2"), random.Random(2)
        names = [name for name in TEN if name not in SLOW]
        while time.monotonic() < self.until:
            name = random_.choice(names)
            began = time.perf_counter()
            status, _ = client.post("/sparql", self.texts[name])
            self.record("stored query", status, time.perf_counter() - began, (200,), name)
            time.sleep(0.2)

    def pages(self, iris: list[str]) -> None:
        client, random_ = Client(self.port, "192.0.2.3"), random.Random(3)
        while time.monotonic() < self.until:
            key = random_.choice(iris).removeprefix("https://w3id.org/konkyo")
            path, accept, wanted = random_.choice(
                [
                    (f"/page{key}", "text/html", (200,)),
                    (f"{key}.ttl", "*/*", (200,)),
                    (key, "text/turtle", (303,)),
                    (
                        "/search?q=" + quote(random_.choice(["防災", "予算", "戦略", "820"])),
                        "text/html",
                        (200,),
                    ),
                    ("/.well-known/void", "text/turtle", (200,)),
                    ("/id/no-such-thing", "text/html", (404,)),
                    ("/", "text/html", (200,)),
                ]
            )
            began = time.perf_counter()
            status, _ = client.get(path, accept)
            self.record("page or data", status, time.perf_counter() - began, wanted, path)
            time.sleep(0.1)

    def bombs(self) -> None:
        client, random_ = Client(self.port, "192.0.2.4"), random.Random(4)
        while time.monotonic() < self.until:
            for name in random_.sample(sorted(BOMBS), len(BOMBS)):
                if time.monotonic() > self.until:
                    return
                self.bombs_running += 1
                began = time.perf_counter()
                status, body = client.post("/sparql", BOMBS[name])
                self.bombs_running -= 1
                self.record(f"bomb {name}", status, time.perf_counter() - began, (504,), body.decode()[:80])
            time.sleep(random_.random() * 5)

    def malformed(self) -> None:
        random_ = random.Random(5)
        while time.monotonic() < self.until:
            with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
                connection.sendall(random_.choice([b"GET", b"POST", b"\x00"]) + b" /sparql?query=" + random_.randbytes(20).hex().encode() + random_.choice([b" HTTP/1.1\r\n\r\n", b"\r\n\r\n", b" HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"]))  # fmt: skip
                if random_.random() < 0.5:
                    connection.settimeout(0.5)
                    try:
                        answer = connection.recv(300)
                        status = int(answer[9:12] or b"0")
                        self.record(
                            "malformed",
                            status,
                            0.0,
                            (400, 403, 405, 406, 408, 415, 421, 0),
                            answer.decode("latin-1"),
                        )
                    except (OSError, ValueError):
                        pass
            time.sleep(0.05)


def mixed(store: Path, minutes: float) -> None:
    with konkyo(store, "--proxy", "127.0.0.1") as (port, process):
        time.sleep(15)
        iris = [row["s"]["value"] for row in json.loads(Client(port).post("/sparql", "SELECT ?s { ?s a <https://w3id.org/konkyo/ns#Project> } LIMIT 500")[1])["results"]["bindings"]]  # fmt: skip
        iris += ["https://w3id.org/konkyo/id/strategy/shin-seicho", "https://w3id.org/konkyo/id/fy/2024"]
        load = Load(port, time.monotonic() + minutes * 60, texts_of(store))
        threads = [
            threading.Thread(target=load.lookups, args=(iris,)),
            threading.Thread(target=load.stored),
            threading.Thread(target=load.pages, args=(iris,)),
            threading.Thread(target=load.bombs),
            threading.Thread(target=load.bombs),
            threading.Thread(target=load.malformed),
        ]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        curve: list[tuple[float, float, float, int, int]] = []
        while any(thread.is_alive() for thread in threads):
            curve.append((time.monotonic() - started, *weigh(process)))
            time.sleep(1.0)
        time.sleep(5)  # the workers of the last bombs are replaced
        curve.append((time.monotonic() - started, *weigh(process)))
        metrics = Client(port).get("/metrics", "text/plain")[1].decode()
        family = [process, *process.children(recursive=True)]
    orphans = [item.pid for item in family if item.is_running() and item.status() != psutil.STATUS_ZOMBIE]
    report(load, curve, metrics, orphans)


def weigh(process: psutil.Process) -> tuple[float, float, int, int]:
    """Return the resident memory in MiB of the server, and of its workers, their number, and the server's open files."""
    workers = []
    for child in process.children(recursive=True):
        try:
            workers.append(child.memory_info().rss)
        except psutil.NoSuchProcess:
            continue
    return process.memory_info().rss / 2**20, sum(workers) / 2**20, len(workers), process.num_fds()


def report(
    load: Load, curve: list[tuple[float, float, float, int, int]], metrics: str, orphans: list[int]
) -> None:
    for kind, times in sorted(load.times.items()):
        times.sort()
        p95 = times[min(len(times) - 1, int(len(times) * 0.95))] * 1000
        print(f"{kind:22}{len(times):7} requests  median {statistics.median(times) * 1000:9.1f} ms  p95 {p95:9.1f} ms  most {times[-1] * 1000:9.1f} ms  {dict(load.seen[kind])}")  # fmt: skip
    print(f"answers that were not expected: {len(load.wrong)}")
    for line in load.wrong[:20]:
        print("  " + line)
    tenth = max(1, len(curve) // 10)
    for place in (*range(0, len(curve) - 1, tenth), len(curve) - 1):
        seconds, server, workers, count, files = curve[place]
        print(
            f"{seconds:6.0f} s: server {server:6.1f} MiB, {count} workers {workers:7.1f} MiB, {files} open files"
        )
    print("processes left over:", orphans or "none")
    for line in re.findall(r"^konkyo_pool_\w+_total\{.*$", metrics, re.MULTILINE):
        print("  " + line)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("ratio", "mixed"))
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=1.0)
    options = parser.parse_args()
    if options.part == "ratio":
        ratio(options.store, options.rounds)
    else:
        mixed(options.store, options.minutes)


if __name__ == "__main__":
    main()
