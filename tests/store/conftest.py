"""Servers that the tests of this folder share, started once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from support.servers import Server, made


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Return a function that gives the running server of a kind, or skips with the reason."""
    running: dict[str, Server] = {}

    def get(kind: str) -> Server:
        if kind not in running:
            running[kind] = made(kind, tmp_path_factory.mktemp(kind))
        running[kind].start()
        return running[kind]

    yield get
    for server in running.values():
        server.kill()
