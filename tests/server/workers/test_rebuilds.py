"""A store that is built anew while it is served: no request fails, and the new data are there at once."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from konkyo.store import building
from support.serving import Running, running
from support.waiting import GUARD, until

GRAPH = "https://w3id.org/konkyo/graph/x"
VALUE = "SELECT ?o { <https://w3id.org/konkyo/id/x> <http://x/p> ?o }"
SLOW = "SELECT ?o { <https://w3id.org/konkyo/id/x> <http://x/p> ?o . ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?c), STR(?f))) >= 0) } LIMIT 1 OFFSET 1500000"


def build(folder: Path, value: int, *, many: int = 2000) -> None:
    with building(folder) as store:
        lines = [f'<https://w3id.org/konkyo/id/x> <http://x/p> "{value}" <{GRAPH}> .\n']
        lines += [f'<https://w3id.org/konkyo/id/y{n}> <http://x/q> "{n}" <{GRAPH}> .\n' for n in range(many)]
        store.load(GRAPH, lines)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    build(tmp_path / "store", 0)
    yield tmp_path / "store"


def value(made: Running) -> str:
    found: str = made.ask(VALUE).json()["results"]["bindings"][0]["o"]["value"]
    return found


def test_new_data_are_served_at_once(folder: Path) -> None:
    with running(folder, workers=2) as made:
        assert value(made) == "0"
        first = made.ask(VALUE)
        build(folder, 1)
        assert [value(made) for _ in range(6)] == ["1"] * 6
        assert made.ask(VALUE).headers["etag"] != first.headers["etag"]
        assert made.get("/health").json()["data"].startswith("g-000002")


def test_no_request_fails_while_builds_follow_each_other(folder: Path) -> None:
    """Two builds in a row remove the generation that a query reads: it is run again on the new one."""
    with running(folder, workers=2, seconds=GUARD, queue_seconds=GUARD) as made:
        seen: Counter[str] = Counter()
        newest, stop = 0, threading.Event()

        def ask(query: str) -> None:
            last = -1
            with httpx.Client(timeout=3 * GUARD, trust_env=False) as client:
                while not stop.is_set():
                    response = client.get(made.url + "/sparql", params={"query": query})
                    assert response.status_code == 200, response.text
                    found = int(response.json()["results"]["bindings"][0]["o"]["value"])
                    assert found >= last, "the data went back in time"
                    last = found
                    seen[query] += 1

        failures: list[BaseException] = []

        def watched(query: str) -> None:
            try:
                ask(query)
            except BaseException as error:
                failures.append(error)

        def more(query: str, number: int) -> None:
            """Wait until a query is answered so many times more."""
            wanted = seen[query] + number
            until(lambda: failures or seen[query] >= wanted, f"{number} answers more, {seen}")

        threads = [threading.Thread(target=watched, args=(query,)) for query in (VALUE, VALUE, SLOW)]
        for thread in threads:
            thread.start()
        more(VALUE, 2)
        for newest in range(1, 9):
            build(folder, newest)
            more(VALUE, 2)
        more(SLOW, 1)
        stop.set()
        for thread in threads:
            thread.join()
        assert not failures, failures[0]
        assert value(made) == "8"
        assert made.service.queries.counts.failed == 0


def test_a_store_that_goes_away_is_told_and_comes_back(folder: Path) -> None:
    with running(folder, workers=1) as made:
        assert value(made) == "0"
        shutil.move(folder, folder.with_name("aside"))
        assert value(made) == "0", "what is open can be read on"
        assert made.get("/health").status_code == 503
        shutil.move(folder.with_name("aside"), folder)
        until(lambda: made.ask(VALUE).status_code == 200, "an answer from the store that came back")
        assert value(made) == "0" and made.get("/health").status_code == 200
