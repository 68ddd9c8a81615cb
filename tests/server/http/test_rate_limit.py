"""One client cannot hold all the workers: its queries take turns, and those of others do not wait for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from konkyo.cli import main
from konkyo.server.http.rate_limit import Clients, TooMany, client_key
from konkyo.server.http.settings import Settings
from konkyo.store import building
from support.requests import answered, asking, sparql
from support.serving import Running, running
from support.waiting import GUARD, until

BOMB = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) < 0) }"
LOOKUP = "SELECT ?o { <http://x/s7> <http://x/p> ?o }"
NEVER = 10 * GUARD


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "store"
    with building(folder) as store:
        lines = (f"<http://x/s{n}> <http://x/p> <http://x/s{n + 1}> <http://x/g> .\n" for n in range(20_000))
        store.load("http://x/g", lines)
    return folder


@pytest.fixture(scope="module")
def shared(large: Path) -> Iterator[Running]:
    """A server behind a proxy on this machine, with two queries at a time for each client. It stops none."""
    with running(
        large, seconds=NEVER, at_once=8, per_client=2, queue_seconds=NEVER, proxies=("127.0.0.1/32",)
    ) as made:
        yield made


def ask(made: Running, query: str, client: str | None) -> httpx.Response:
    return made.ask(query, headers={"X-Forwarded-For": client} if client else {})


def figure(made: Running, name: str) -> float:
    (line,) = (line for line in made.get("/metrics").text.splitlines() if line.startswith(name + " "))
    return float(line.split()[1])


def test_a_client_has_its_share_and_no_more(shared: Running) -> None:
    with asking(*[sparql(shared.url, BOMB)] * 6, headers={"X-Forwarded-For": "192.0.2.1"}) as bombs:
        until(lambda: shared.service.clients.waiting == 4, "four that wait for their client's turn")
        until(lambda: shared.service.queries.running == 2, "two at work")
        assert figure(shared, "konkyo_clients_waiting") == 4 and figure(shared, "konkyo_clients") == 1
        # Another client, pages and data are as quick as ever: nothing of them waits for a turn.
        for client in ("192.0.2.2", "2001:db8:1::1", None):
            assert ask(shared, LOOKUP, client).status_code == 200
        for path in ("/", "/health", "/.well-known/void"):
            assert shared.get(path, headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
        assert not any(bomb.answered for bomb in bombs)
    shared.at_rest()
    assert figure(shared, "konkyo_clients") == 0
    assert ask(shared, LOOKUP, "192.0.2.1").status_code == 200


def test_who_waits_in_vain_for_a_turn_is_told(shared: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared.service.clients, "seconds", 0.3)
    refused = figure(shared, "konkyo_clients_refused_total")
    with asking(*[sparql(shared.url, BOMB)] * 6, headers={"X-Forwarded-For": "192.0.2.1"}) as bombs:
        told = answered(bombs, 4)
        assert len(told) == 4
        for one in told:
            status, headers, text = one.answer()
            assert status == 429 and int(headers["retry-after"]) > 0
            assert "One address may have 2 queries at work at a time" in text
    shared.at_rest()
    assert figure(shared, "konkyo_clients_refused_total") == refused + 4


def test_quick_queries_of_one_client_take_turns(shared: Running) -> None:
    with ThreadPoolExecutor(12) as threads:
        made = list(threads.map(lambda _: ask(shared, LOOKUP, "192.0.2.7").status_code, range(48)))
    assert set(made) == {200}
    shared.at_rest()


def test_a_name_that_a_client_gives_itself_is_not_its_address(shared: Running) -> None:
    """A proxy puts the address that it sees at the end, whatever stands before it."""
    names = [f"198.51.100.{n}, 192.0.2.9" for n in range(4)]
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(asking(sparql(shared.url, BOMB), headers={"X-Forwarded-For": name}))
        until(lambda: shared.service.clients.waiting == 2, "two that wait for one client's turn")
        assert shared.service.clients.known == 1
    shared.at_rest()


def test_the_public_scheme_is_told_by_named_proxies_only(shared: Running, carried: Running) -> None:
    for made, scheme in ((shared, "https"), (carried, "http")):
        headers = {"Accept": "text/turtle", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.3"}
        assert f"<{scheme}://127.0.0.1:{made.port}/sparql>" in made.get("/sparql", headers=headers).text


def test_who_hangs_up_gives_the_turn_back(shared: Running) -> None:
    for _ in range(3):
        with asking(*[sparql(shared.url, BOMB)] * 3, headers={"X-Forwarded-For": "192.0.2.8"}):
            until(lambda: shared.service.clients.waiting == 1, "two turns taken, and one that waits")
        until(lambda: not shared.service.clients.known, "all turns given back")
    shared.at_rest()


def test_a_proxy_that_nobody_named_is_not_believed_and_told_once(
    large: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.WARNING, "konkyo.server"),
        running(large, seconds=NEVER, per_client=1) as made,
    ):
        with ExitStack() as stack:
            for n in range(3):
                stack.enter_context(
                    asking(sparql(made.url, BOMB), headers={"X-Forwarded-For": f"192.0.2.{n}"})
                )
            until(lambda: made.service.clients.waiting == 2, "two that wait for one client's turn")
        made.at_rest()
    told = [record.getMessage() for record in caplog.records if "X-Forwarded-For" in record.getMessage()]
    assert (
        len(told) == 1
        and "127.0.0.1" in told[0]
        and "name it as a proxy" in told[0]
        and "192.0.2" not in told[0]
    )


class Turn:
    """A client that takes a turn, and keeps it until it is told to end."""

    def __init__(self, clients: Clients, client: str) -> None:
        self.ends = asyncio.Event()
        self.task = asyncio.create_task(self._take(clients, client))
        self.state = "waits"

    async def _take(self, clients: Clients, client: str) -> None:
        try:
            async with clients.turn(client):
                self.state = "at work"
                await self.ends.wait()
                self.state = "done"
        except TooMany:
            self.state = "refused"

    async def end(self) -> None:
        self.ends.set()
        await self.task


def in_loop(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), GUARD))


async def settled() -> None:
    """Let every task run until it waits for something."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_turns_are_taken_one_after_the_other() -> None:
    async def several() -> None:
        clients = Clients(1, 2, NEVER)
        first, second, third, fourth = turns = [Turn(clients, "a") for _ in range(4)]
        other = Turn(clients, "b")
        await settled()
        assert [turn.state for turn in turns] == ["at work", "waits", "waits", "refused"]
        assert other.state == "at work" and clients.waiting == 2 and clients.known == 2
        await first.end()
        await settled()
        assert [turn.state for turn in turns] == ["done", "at work", "waits", "refused"]
        for turn in (second, third, fourth, other):
            await turn.end()
        assert third.state == "done" and clients.known == clients.waiting == 0 and clients.refused == 1

    in_loop(several)


def test_who_waits_too_long_for_a_turn_is_refused() -> None:
    async def several() -> None:
        clients = Clients(1, 2, 0.01)
        first, second = Turn(clients, "a"), Turn(clients, "a")
        await second.task
        assert (first.state, second.state, clients.refused, clients.waiting) == ("at work", "refused", 1, 0)
        await first.end()
        assert clients.known == 0

    in_loop(several)


def test_who_goes_gives_the_turn_back() -> None:
    async def several() -> None:
        clients = Clients(1, 2, NEVER)
        turns = [Turn(clients, "a"), Turn(clients, "a")]
        await settled()
        for turn in reversed(turns):
            turn.task.cancel()
        await asyncio.gather(*(turn.task for turn in turns), return_exceptions=True)
        assert clients.known == clients.refused == 0

    in_loop(several)


def test_without_a_limit_all_have_a_turn() -> None:
    async def several() -> None:
        clients = Clients(0, 0, 0)
        turns = [Turn(clients, "a") for _ in range(9)]
        await settled()
        assert {turn.state for turn in turns} == {"at work"} and clients.known == 0
        for turn in turns:
            await turn.end()

    in_loop(several)


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
    assert (client_key(one) == client_key(other)) is same
    assert len(client_key(one * 100)) <= 64


def test_the_options(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Settings] = []
    monkeypatch.setattr("konkyo.server.run.serve", lambda folder, settings, ready: seen.append(settings))
    for more in ([], ["--per-client", "0"], ["--proxy", "10.1.2.3/8", "--proxy", "::1", "--workers", "7"]):
        assert main(["serve", "--store", str(store_folder), *more]) == 0
    plain, unlimited, proxied = seen
    assert plain.per_client == plain.workers and plain.proxies == () and unlimited.per_client == 0
    assert proxied.per_client == 7
    assert proxied.proxies == ("10.0.0.0/8", "::ffff:10.0.0.0/104", "::1/128")
