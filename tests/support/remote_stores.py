"""Stores on the servers that the tests of remote stores run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pyoxigraph as ox

from konkyo.model.namespaces import GRAPH
from konkyo.store import EmbeddedStore
from konkyo.store.remote.endpoints import endpoint
from konkyo.store.remote.store import RemoteStore
from konkyo.store.remote.upload import push
from support.servers import PASSWORD, OxigraphServer, Server, VirtuosoServer
from support.waiting import LONG_GUARD

EXAMPLES = "https://example.org/"


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


def filler(servers: Callable[[str], Server], source: EmbeddedStore) -> Callable[[str], RemoteStore]:
    """Return a function that fills the server of a kind once, in whatever order its cases come."""

    @cache
    def fill(kind: str) -> RemoteStore:
        store = emptied(connect(servers(kind)))
        push(source, store)
        return store

    return fill


def rows(answer: object) -> list[tuple[str, ...]]:
    """Return the rows, the triples or the truth of an answer as text, sorted: stores may give them in any order."""
    if isinstance(answer, ox.QueryBoolean):
        return [(str(bool(answer)),)]
    if isinstance(answer, ox.QueryTriples):
        return sorted((str(triple),) for triple in set(answer))
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return sorted(tuple(str(row[name]) for name in names) for row in answer)
