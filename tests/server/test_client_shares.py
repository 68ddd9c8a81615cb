"""One client cannot hold all the workers: its queries take turns, and those of others do not wait for them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from serving import Running, running

from konkyo.cli import main
from konkyo.server.clients import Clients, TooMany, whose
from konkyo.server.settings import Settings
from konkyo.store import building

BOMB = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) < 0) }"
LOOKUP = "SELECT ?o { <http://x/s7> <http://x/p> ?o }"
SECONDS = 6.0


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "store"
    with building(folder) as store:
        lines = (f"<http://x/s{n}> <http://x/p> <http://x/s{n + 1}> <http://x/g> .\n" for n in range(20_000))
        store.load("http://x/g", lines)
    return folder


@pytest.fixture(scope="module")
def shared(large: Path) -> Iterator[Running]:
    """A server behind a proxy on this machine, with two queries at a time for each client."""
    with running(
        large, seconds=SECONDS, at_once=8, per_client=2, queue_seconds=2.0, proxies=("127.0.0.1/32",)
    ) as made:
        yield made


def ask(made: Running, query: str, client: str | None) -> httpx.Response:
    headers = {"Accept": "application/sparql-results+json"}
    if client:
        headers["X-Forwarded-For"] = client
    return httpx.get(
        made.url + "/sparql", params={"query": query}, headers=headers, timeout=30, trust_env=False
    )


def at_rest(made: Running) -> None:
    until = time.monotonic() + 20
    while made.service.clients.known or made.service.queries.running:
        assert time.monotonic() < until, "something is still at work"
        time.sleep(0.05)


def figure(made: Running, name: str) -> float:
    (line,) = (line for line in made.get("/metrics").text.splitlines() if line.startswith(name + " "))
    return float(line.split()[1])


def test_a_client_has_its_share_and_no_more(shared: Running) -> None:
    at_rest(shared)
    refused = figure(shared, "konkyo_clients_refused_total")
    with ThreadPoolExecutor(6) as threads:
        bombs = [threads.submit(ask, shared, BOMB, "192.0.2.1") for _ in range(6)]
        until = time.monotonic() + 2
        while shared.service.clients.waiting < 4 and time.monotonic() < until:
            time.sleep(0.02)
        assert figure(shared, "konkyo_clients_waiting") == 4 and figure(shared, "konkyo_clients") == 1
        assert shared.service.queries.running == 2
        # Another client, pages and data are as quick as ever: nothing of them waits for a turn.
        for client in ("192.0.2.2", "2001:db8:1::1", None):
            assert ask(shared, LOOKUP, client).status_code == 200
        for path in ("/", "/health", "/.well-known/void"):
            assert shared.get(path, headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
        answers = [bomb.result() for bomb in bombs]
    assert sorted(answer.status_code for answer in answers) == [429] * 4 + [504] * 2
    for answer in answers:
        if answer.status_code == 429:
            assert int(answer.headers["retry-after"]) > 0
            assert "One address may have 2 queries at work at a time." in answer.text
    at_rest(shared)
    assert figure(shared, "konkyo_clients_refused_total") == refused + 4
    assert figure(shared, "konkyo_clients") == 0
    assert ask(shared, LOOKUP, "192.0.2.1").status_code == 200


def test_quick_queries_of_one_client_take_turns(shared: Running) -> None:
    at_rest(shared)
    with ThreadPoolExecutor(12) as threads:
        made = list(threads.map(lambda _: ask(shared, LOOKUP, "192.0.2.7").status_code, range(48)))
    assert set(made) == {200}


def test_a_name_that_a_client_gives_itself_is_not_its_address(shared: Running) -> None:
    """A proxy puts the address that it sees at the end, whatever stands before it."""
    at_rest(shared)
    with ThreadPoolExecutor(4) as threads:
        bombs = [threads.submit(ask, shared, BOMB, f"198.51.100.{n}, 192.0.2.9") for n in range(4)]
        codes = [bomb.result().status_code for bomb in bombs]
    assert sorted(codes) == [429, 429, 504, 504]


def test_the_public_scheme_is_told_by_named_proxies_only(shared: Running, carried: Running) -> None:
    for made, scheme in ((shared, "https"), (carried, "http")):
        headers = {"Accept": "text/turtle", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.3"}
        assert f"<{scheme}://127.0.0.1:{made.port}/sparql>" in made.get("/sparql", headers=headers).text


def test_who_hangs_up_gives_the_turn_back(shared: Running) -> None:
    at_rest(shared)
    for _ in range(6):
        with pytest.raises(httpx.ReadTimeout):
            shared.ask(BOMB, timeout=0.15)
    until = time.monotonic() + 5
    while shared.service.clients.known and time.monotonic() < until:
        time.sleep(0.02)
    assert not shared.service.clients.known


def test_a_proxy_that_nobody_named_is_not_believed_and_told_once(
    large: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "konkyo.server"), running(large, seconds=1, per_client=1) as made:
        made.service.clients.seconds = 0.2
        with ThreadPoolExecutor(3) as threads:
            bombs = [threads.submit(ask, made, BOMB, f"192.0.2.{n}") for n in range(3)]
            assert sorted(bomb.result().status_code for bomb in bombs) == [429, 429, 504]
    told = [record.getMessage() for record in caplog.records if "X-Forwarded-For" in record.getMessage()]
    assert len(told) == 1 and "127.0.0.1" in told[0] and "--proxy" in told[0] and "192.0.2" not in told[0]


def test_turns() -> None:
    async def ends(clients: Clients, client: str, order: list[str], name: str, seconds: float) -> None:
        try:
            async with clients.turn(client):
                order.append(name)
                await asyncio.sleep(seconds)
        except TooMany:
            order.append(f"{name} refused")

    async def several() -> None:
        clients, order = Clients(1, 2, 0.3), list[str]()
        first = asyncio.create_task(ends(clients, "a", order, "1", 0.1))
        await asyncio.sleep(0)
        rest = [asyncio.create_task(ends(clients, "a", order, name, 0.5)) for name in ("2", "3", "4")]
        await asyncio.create_task(ends(clients, "b", order, "b", 0))
        assert order == ["1", "4 refused", "b"] and clients.waiting == 2 and clients.known == 1
        await asyncio.gather(first, *rest)
        assert order == ["1", "4 refused", "b", "2", "3 refused"] and clients.refused == 2
        assert clients.known == clients.waiting == 0
        gone = asyncio.create_task(ends(clients, "a", order, "5", 9))
        await asyncio.sleep(0)
        waits = asyncio.create_task(ends(clients, "a", order, "6", 9))
        await asyncio.sleep(0)
        waits.cancel()
        gone.cancel()
        await asyncio.gather(gone, waits, return_exceptions=True)
        assert clients.known == 0 and clients.refused == 2
        free = Clients(0, 0, 0)
        await asyncio.gather(*(ends(free, "a", order, "7", 0.01) for _ in range(9)))
        assert order.count("7") == 9 and free.known == 0

    asyncio.run(several())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("<script>", "<script>", True),
        ("", "unix", False),
    ],
)
def test_who_is_who(one: str, other: str, same: bool) -> None:
    assert (whose(one) == whose(other)) is same
    assert len(whose(one * 100)) <= 64


def test_the_options(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Settings] = []
    monkeypatch.setattr("konkyo.server.run.serve", lambda folder, settings, ready: seen.append(settings))
    for more in ([], ["--per-client", "0"], ["--proxy", "10.1.2.3/8", "--proxy", "::1", "--workers", "7"]):
        assert main(["serve", "--store", str(store_folder), *more]) == 0
    plain, unlimited, proxied = seen
    assert plain.per_client == plain.workers and plain.proxies == () and unlimited.per_client == 0
    assert proxied.per_client == 7
    assert proxied.proxies == ("10.0.0.0/8", "::ffff:10.0.0.0/104", "::1/128")
