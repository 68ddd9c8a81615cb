"""Connections that take more than their share are let go of: too many of one address, or clients that take their time on purpose.

uvicorn waits for ever for the head of a request, and for a client that does not read its answer.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from ipaddress import ip_address, ip_network
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from konkyo.server.http.rate_limit import client_key
from konkyo.server.http.settings import Settings

_READ_FACTOR = 3
LEAST_RATE = 8 * 1024
"""Bytes a second that a client has to take of an answer at least. It tells a slow line from one that holds on to memory."""
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
)


class _Open:
    """Open connections by client; those of a proxy that is named stand for many clients and are not counted."""

    def __init__(self, most: int, proxies: tuple[str, ...]) -> None:
        self._most = most
        self._proxies = [ip_network(one, strict=False) for one in proxies]
        self._open: Counter[str] = Counter()

    def take(self, address: str) -> str | None:
        """Return the client that a connection now counts for, ``""`` for none; None where it has its share already."""
        if not self._most or self._is_proxy(address):
            return ""
        client = client_key(address)
        if self._open[client] >= self._most:
            return None
        self._open[client] += 1
        return client

    def free(self, client: str) -> None:
        """Count one connection less."""
        self._open[client] -= 1
        if self._open[client] <= 0:
            del self._open[client]

    def _is_proxy(self, address: str) -> bool:
        try:
            made = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(made in network for network in self._proxies)


def fair_protocol(settings: Settings) -> type[H11Protocol]:
    """Return a protocol for a server's connections.

    A client has ``connections_per_client`` of them. It owes a request's head within ``body_seconds``, and takes an answer
    at LEAST_RATE, looked at each three times as long.
    """
    seconds = settings.body_seconds
    shares = _Open(settings.connections_per_client, settings.proxies)

    class Fair(H11Protocol):
        _client: str | None = None
        _since = 0.0
        _unread = 0
        _check_handle: asyncio.TimerHandle | None = None
        _write_handle: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            peer = transport.get_extra_info("peername")
            self._client = shares.take(str(peer[0]) if isinstance(peer, tuple) else "")
            if self._client is None:
                transport.write(_FULL)
                transport.close()
                return
            super().connection_made(transport)
            self._since = self.loop.time()
            self._check_handle = self.loop.call_later(seconds, self._check)

        def connection_lost(self, exc: Exception | None) -> None:
            if self._client is None:
                return
            if self._client:
                shares.free(self._client)
            for handle in (self._check_handle, self._write_handle):
                if handle is not None:
                    handle.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            if self._client is not None:
                super().data_received(data)

        def on_response_complete(self) -> None:
            self._since = self.loop.time()
            super().on_response_complete()

        def pause_writing(self) -> None:
            if self._client is not None:
                super().pause_writing()
                self._watch_reader()

        def resume_writing(self) -> None:
            if self._write_handle is not None:
                self._write_handle.cancel()
                self._write_handle = None
            if self._client is not None:
                super().resume_writing()

        def _watch_reader(self) -> None:
            self._unread = self.transport.get_write_buffer_size()
            self._write_handle = self.loop.call_later(seconds * _READ_FACTOR, self._check_reader)

        def _check_reader(self) -> None:
            """Hang up on a client that does not take its answer; one that does so slowly has its time."""
            taken = self._unread - self.transport.get_write_buffer_size()
            if taken < LEAST_RATE * seconds * _READ_FACTOR:
                self.transport.abort()
            else:
                self._watch_reader()

        def _check(self) -> None:
            """Hang up on a client that owes a request; not on one whose request is being answered or on its way."""
            now = self.loop.time()
            owes = self.cycle is None or self.cycle.response_complete
            if not owes or self.transport.get_write_buffer_size():
                self._since = now
            elif now - self._since >= seconds:
                self.transport.abort()
                return
            self._check_handle = self.loop.call_later(
                max(0.05, min(seconds, self._since + seconds - now)), self._check
            )

    return Fair
