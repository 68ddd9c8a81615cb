"""Queries that would never end: stopped at their limit, their memory back, and nobody delayed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from konkyo.store import building
from support import absent
from support.children import environment
from support.requests import asking, sparql
from support.serving import Running, running
from support.waiting import GUARD, until

NEVER = 10 * GUARD
"""A limit that no test comes to: what ends before has another reason."""
BOMBS = {
    "count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a ?f",
    "concat": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (<http://x/p>|!<http://x/q>)* ?b . ?c (<http://x/p>|!<http://x/r>)* ?d }",
    "filter": "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) < 0) }",
    "construct": "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?c), STR(?i))) < 0) }",
}  # fmt: skip
LOOKUP = "SELECT ?o { <http://x/s7> <http://x/p> ?o }"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which everything is linked to something, large enough for products that never end."""
    folder = tmp_path_factory.mktemp("large") / "store"
    with building(folder) as store:
        store.load(
            "http://x/g",
            (
                f"<http://x/s{n}> <http://x/p> <http://x/s{(n * 7 + 1) % 30_000}> <http://x/g> .\n"
                for n in range(30_000)
            ),
        )
    return folder


@pytest.fixture(scope="module")
def limited(large: Path) -> Iterator[Running]:
    """A server that stops each query soon."""
    with running(large, seconds=1.0, workers=2, queue_seconds=GUARD) as made:
        yield made


@pytest.fixture(scope="module")
def patient(large: Path) -> Iterator[Running]:
    """A server that stops no query, and lets none that waits go: six of one time, and four that wait."""
    with running(
        large, seconds=NEVER, workers=2, at_once=6, queue=4, queue_seconds=NEVER, per_client=0
    ) as made:
        yield made


def memory(made: Running) -> int:
    pids = [*made.service.queries.pids, *made.service.pages.pids]
    return sum(psutil.Process(pid).memory_info().rss for pid in pids if psutil.pid_exists(pid))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_gone_at_its_limit(limited: Running, name: str) -> None:
    limited.at_rest()
    before, pids = memory(limited), set(limited.service.queries.pids)
    response = limited.ask(BOMBS[name], "*/*")
    assert response.status_code == 504, response.text[:200]
    assert response.headers["x-konkyo-limit"] in ("time", "memory")
    assert "stopped at its" in response.text
    limited.at_rest()
    gone = pids - set(limited.service.queries.pids)
    assert gone and not any(map(psutil.pid_exists, gone)), "the worker that ran it should be gone"
    assert memory(limited) < before + 30_000_000


def test_lookups_beside_bombs_are_not_delayed(patient: Running) -> None:
    """They are answered before the bombs end. How little they are delayed the bench measures."""
    pool = patient.service.queries
    with patient.at_work(BOMBS["filter"], 4) as bombs:
        until(lambda: len(pool.pids) == 6, f"workers in the place of slow ones, {patient.told()}")
        for _ in range(10):
            response = patient.ask(LOOKUP)
            assert response.status_code == 200 and len(response.json()["results"]["bindings"]) == 1
        assert not any(bomb.answered for bomb in bombs)


def test_too_many_at_once_are_sent_away(patient: Running) -> None:
    pool = patient.service.queries
    with patient.at_work(BOMBS["filter"], 6), asking(*[sparql(patient.url, LOOKUP)] * 4) as waiting:
        until(lambda: pool.waiting == 4, f"four that wait, {patient.told()}")
        response = patient.ask(LOOKUP)
        assert response.status_code == 503 and "busy" in response.text
        assert int(response.headers["retry-after"]) > 0
        # Pages have workers of their own.
        assert patient.get("/.well-known/void").status_code == 200
        assert patient.get("/page/id/none").status_code == 404
        assert patient.get("/health").json()["status"] == "ok"
        assert pool.running == 6 and not any(one.answered for one in waiting)
    assert patient.ask(LOOKUP).status_code == 200


def test_a_client_that_hangs_up_frees_its_worker(patient: Running) -> None:
    for _ in range(3):
        before = set(patient.service.queries.pids)
        with patient.at_work(BOMBS["filter"]) as (bomb,):
            bomb.hang_up()
            patient.at_rest()
            assert not before <= set(patient.service.queries.pids), "the worker that ran it should be gone"
    assert patient.ask(LOOKUP).status_code == 200


def test_memory_has_a_limit_of_its_own(large: Path) -> None:
    if sys.platform == "win32":
        absent.not_here("Windows limits no process's memory in this way")
    with running(large, seconds=NEVER, workers=1, memory=480 << 20) as made:
        response = made.ask(BOMBS["order"])
        assert response.status_code == 504 and response.headers["x-konkyo-limit"] == "memory"
        assert made.ask(LOOKUP).status_code == 200


def test_a_worker_killed_from_outside_is_replaced(large: Path) -> None:
    with running(large, workers=2) as made:
        pool = made.service.queries
        killed = set(pool.pids)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        until(
            lambda: not any(worker.alive for worker in pool._all if worker.process.pid in killed),
            "the end of both",
        )
        assert made.ask(LOOKUP).status_code == 200
        made.at_rest()
        assert not killed & set(pool.pids)


def test_metrics_tell_of_it(limited: Running) -> None:
    limited.ask(BOMBS["filter"])
    text = limited.get("/metrics").text
    for name in ("konkyo_requests_total", "konkyo_pool_over_time_total", "konkyo_pool_workers"):
        assert f"\n{name}" in text
    assert 'status="504"' in text
    assert "SELECT" not in text


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str, list[psutil.Process]]]:
    """Serve a folder by the command; yield the process, its address and its workers."""
    command = [sys.executable, "-m", "konkyo", "serve", "--store", str(folder), "--port", "0", "--lang", "en"]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[2].rstrip("/")
            workers = psutil.Process(server.pid).children(recursive=True)
            assert len(workers) >= 4
            yield server, address, workers
        finally:
            server.kill()


def at_work(address: str) -> bool:
    """Return whether a query is at work, as the server tells anybody."""
    return (
        'konkyo_pool_running{pool="queries"} 1.0'
        in httpx.get(address + "/metrics", timeout=GUARD, trust_env=False).text
    )


def test_no_process_is_left_when_the_server_is_killed(large: Path) -> None:
    with (
        served(large, "--timeout", f"{NEVER:g}") as (server, address, workers),
        asking(sparql(address, BOMBS["filter"])),
    ):
        until(lambda: at_work(address), "the query at work")
        server.kill()
        _, alive = psutil.wait_procs(workers, timeout=GUARD)
        assert not alive, "workers outlived their server"


def test_a_stop_is_graceful(large: Path) -> None:
    with served(large, "--timeout", "1") as (server, address, workers):
        with asking(sparql(address, BOMBS["filter"] + " #secret 'literal'")) as (query,):
            until(lambda: at_work(address) or query.answered, "the query at work")
            server.terminate()
            assert query.answer()[0] == 504, "a query under way is answered"
        assert server.wait(GUARD) == 0
        assert server.stderr is not None
        log = server.stderr.read()
        assert not psutil.wait_procs(workers, timeout=GUARD)[1]
    assert '"status": 504' in log and "secret" not in log and "Traceback" not in log


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells how much memory a process has for itself"
)
def test_queries_that_hold_too_much_together_are_stopped(large: Path) -> None:
    with running(large, seconds=NEVER, memory_together=1 << 20) as made:
        stopped = made.ask(BOMBS["count"])
        assert (stopped.status_code, stopped.headers["X-Konkyo-Limit"]) == (504, "memory")
        assert stopped.headers["Retry-After"] == "5" and "together" in stopped.text
        assert made.ask(LOOKUP).status_code == 200
