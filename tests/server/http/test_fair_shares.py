"""Connections, pages and answers that nobody takes: what one client holds keeps no other out."""

from __future__ import annotations

import os
import signal
import socket
import sys
from asyncio import TimerHandle
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import quote

import pytest
import uvicorn
from uvicorn.server import ServerState

from konkyo.server.app import make_app
from konkyo.server.http.connections import LEAST_RATE, fair_protocol
from konkyo.server.http.settings import Settings
from konkyo.server.http.untaken import UntakenAnswers
from konkyo.store import building
from support.requests import asking
from support.serving import Running, running
from support.waiting import GUARD, until

ASK = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an answer of some megabytes, more than lies between the two ends of a connection."""
    folder = tmp_path_factory.mktemp("large") / "store"
    with building(folder) as store:
        lines = (f'<http://x/s{n}> <http://x/p> "{"x" * 1000}" <http://x/g> .\n' for n in range(12_000))
        store.load("http://x/g", lines)
    return folder


def connected(port: int, source: str = "127.0.0.1", buffer: int | None = None) -> socket.socket:
    made = socket.socket()
    if buffer:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    made.settimeout(GUARD)
    made.bind((source, 0))
    made.connect(("127.0.0.1", port))
    return made


def status(connection: socket.socket, sends: bytes = b"") -> bytes:
    """Return the status of the answer, and close the connection."""
    with connection:
        try:
            connection.sendall(sends)
            return connection.recv(4096)[9:12]
        except ConnectionError:
            return b""


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux lets a client choose among loopback addresses"
)
def test_idle_connections_of_one_address_keep_nobody_out(large: Path) -> None:
    with running(large, connections=12, connections_per_client=4) as made, ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(connected(made.port))
        until(lambda: made.connections == 4, "four idle connections")
        assert [status(connected(made.port), ASK) for _ in range(20)] == [b"503"] * 20
        assert status(connected(made.port, "127.0.0.2"), ASK) == b"200"
        stack.close()
        until(lambda: not made.connections, "the end of the idle ones")
        assert status(connected(made.port), ASK) == b"200"


def test_connections_of_a_named_proxy_are_of_many(large: Path) -> None:
    with running(large, connections_per_client=1, proxies=("127.0.0.0/8",)) as made, ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(connected(made.port))
        until(lambda: made.connections == 3, "three idle connections")
        assert status(connected(made.port), ASK) == b"200"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process for a while")
def test_pages_take_turns_by_client(large: Path) -> None:
    with running(large, workers=4, per_client=2, proxies=("127.0.0.1/32",)) as made:
        pages = made.service.pages
        stopped = pages.pids
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            urls = [f"{made.url}/search?q=a{n}" for n in range(6)]
            with asking(*urls, headers={"X-Forwarded-For": "192.0.2.1"}) as asked:
                until(
                    lambda: made.service.visitors.waiting == 4, "four pages that wait for their client's turn"
                )
                until(lambda: pages.running == 2, "two pages at work")
                for pid in stopped:
                    os.kill(pid, signal.SIGCONT)
                until(lambda: all(one.answered for one in asked), "all pages")
                assert {one.answer()[0] for one in asked} == {200}
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
        assert not made.service.visitors.known


LARGE = f"GET /sparql?query={quote('SELECT * { ?s ?p ?o }')} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n"


def untaken(made: Running) -> UntakenAnswers:
    found: UntakenAnswers = made.server.config.app.state.untaken
    return found


def test_answers_that_nobody_takes_have_a_bound(large: Path) -> None:
    with running(large, untaken_bytes=30 << 20, proxies=("127.0.0.1/32",)) as made, ExitStack() as stack:
        waiting = untaken(made)
        for n in (1, 2):
            one = stack.enter_context(connected(made.port, buffer=4096))
            one.sendall((LARGE + f"X-Forwarded-For: 192.0.2.{n}\r\n\r\n").encode())
            until(lambda n=n: waiting.waiting > n * 12_000_000, f"{n} answers that wait")  # type: ignore[misc]
        again = connected(made.port)
        assert status(again, (LARGE + "X-Forwarded-For: 192.0.2.1\r\n\r\n").encode()) == b"503"
        third = connected(made.port)
        assert status(third, (LARGE + "X-Forwarded-For: 192.0.2.3\r\n\r\n").encode()) == b"503"
        assert waiting.refused == 2
        assert made.ask("ASK {}").status_code == 200
        stack.close()
        until(lambda: not waiting.waiting, "room again")
        assert status(connected(made.port), (LARGE + "\r\n").encode()) == b"200"


class Loop:
    """A loop whose time stands still: what is due comes when a test says so."""

    def __init__(self) -> None:
        self.due: list[Callable[[], None]] = []

    def time(self) -> float:
        return 0.0

    def call_later(self, seconds: float, do: Callable[[], None]) -> TimerHandle:
        self.due.append(do)
        handle: TimerHandle = Mock(spec=TimerHandle)
        return handle


def test_a_client_is_judged_by_what_it_takes_and_not_by_the_whole() -> None:
    settings = Settings(body_seconds=10.0)
    config = uvicorn.Config(make_app, log_config=None)
    config.load()
    loop, transport = Loop(), Mock()
    transport.get_extra_info.side_effect = {"peername": ("192.0.2.1", 1)}.get
    made = fair_protocol(settings)(config, ServerState(), {}, _loop=loop)  # type: ignore[arg-type]
    made.connection_made(transport)
    left = 44 << 20
    transport.get_write_buffer_size.side_effect = lambda: left
    loop.due.clear()
    made.pause_writing()
    for _ in range(20):  # ten minutes at a little more than the least rate
        left -= 2 * LEAST_RATE * 30
        loop.due.pop()()
        transport.abort.assert_not_called()
    left -= LEAST_RATE  # and then nearly nothing in half a minute
    loop.due.pop()()
    transport.abort.assert_called_once_with()
    made.connection_lost(None)
