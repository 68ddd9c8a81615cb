"""Servers that the tests of this folder share, started once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from servers import PASSWORD, OxigraphServer, Server, VirtuosoServer, made
from support.waiting import LONG_GUARD

from konkyo.store.profiles import endpoint
from konkyo.store.remote import RemoteStore
from konkyo.vocabulary import GRAPH

EXAMPLES = "https://example.org/"


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


def connect(server: Server, *, prefix: str = GRAPH, **environment: str) -> RemoteStore:
    """Return a store on a running server, with the login that may write, and patience."""
    environment = {"KONKYO_STORE_TIMEOUT": f"{LONG_GUARD:g}", **environment}
    if isinstance(server, VirtuosoServer):
        environment = {"KONKYO_STORE_USER": "dba", "KONKYO_STORE_PASSWORD": PASSWORD, **environment}
        return RemoteStore(endpoint(server.url + "/sparql", environment), prefix=prefix)
    assert isinstance(server, OxigraphServer)
    return RemoteStore(endpoint(server.url, environment), prefix=prefix)


def emptied(store: RemoteStore) -> RemoteStore:
    """Remove from a server all that tests put there."""
    for name in store.everything():
        if name.startswith((EXAMPLES, "https://w3id.org/konkyo/")):
            store.drop(name)
    store.forget()
    return store
