"""What a server is told at its start."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from konkyo.common.words import Language, default_language

if TYPE_CHECKING:
    from starlette.requests import Request

MIB = 1 << 20


def default_workers() -> int:
    """Return how many workers stand ready: one for each core, and one for who comes next."""
    return (os.cpu_count() or 1) + 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a server answers, and its limits.

    ``base`` is the public address (``https://example.go.jp/konkyo``), where it differs from what a request names;
    ``prefix`` the path under which a reverse proxy shows the server, ``""`` or ``/…`` without a slash at its end.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    base: str | None = None
    prefix: str = ""
    host_names: tuple[str, ...] = ()
    """Names of hosts that are answered beside that of ``base`` and what the server listens on; ``*``: any."""
    lang: Language = field(default_factory=default_language)

    workers: int = field(default_factory=default_workers)
    """Processes that stand ready for queries; pages have as many of their own."""
    at_once: int = field(default_factory=lambda: 4 * default_workers())
    """Queries that run at the same time at most, and pages alike."""
    per_client: int = field(default_factory=default_workers)
    """Queries of one client's address that run at the same time at most; others of it wait. 0: no limit."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks of reverse proxies, whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed."""
    queue: int = 64
    """Requests that wait for a worker at most; more are sent away with 503."""
    queue_seconds: float = 5.0
    seconds: float = 10.0
    """Time limit of one query."""
    memory: int = 1024 * MIB
    """Address space of one worker, where the system can limit it (POSIX); 0: no limit."""
    memory_together: int = 1024 * MIB
    """Memory that all workers hold of their own, where the system tells it (Linux): beyond, the query that holds most is stopped.
    0: no limit."""
    max_rows: int = 100_000
    max_bytes: int = 50 * MIB
    """Rows and size of one answer at most; a larger one is refused, or cut for who asks for that."""
    max_query_bytes: int = 1_000_000
    body_seconds: float = 10.0
    """How long a client may take to send a request's head, or its body, or to take a part of an answer."""
    connections: int = 500
    connections_per_client: int = 100
    """Connections of one client's address at a time, idle ones too; more are turned away with 503. 0: no limit."""
    untaken_bytes: int = 256 * MIB
    """Large answers that wait for their clients to take them, all together; a quarter of it for one client. More get 503."""
    cors: bool = False
    """Whether pages of other sites may read the answers (``Access-Control-Allow-Origin: *``, without credentials)."""
    log: Literal["none", "requests", "queries"] = "requests"
    """``requests`` logs queries with their literals left out, ``queries`` as they came."""


def settings_of(request: Request) -> Settings:
    """Return the settings of the server that a request came to."""
    settings: Settings = request.app.state.settings
    return settings
