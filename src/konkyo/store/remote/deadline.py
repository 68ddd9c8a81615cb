"""The end of one request to a server, whatever the server sends meanwhile.

A client's own limit of time is one of silence: a server that sends a byte of a header now and then never meets it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import Any


class Connections:
    """The open connections of a client."""

    def __init__(self) -> None:
        self._open: list[Any] = []
        self._lock = Lock()

    def trace(self, event: str, told: Any) -> None:
        """Take note of a connection that was made: the extension ``trace`` of a request."""
        if event == "connection.connect_tcp.complete":
            made = told["return_value"].get_extra_info("socket")
            with self._lock:
                self._open = [one for one in self._open if one.fileno() >= 0] + [made]

    def end(self) -> None:
        """End them all. Whoever waits for one is told at once."""
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    # To close it would not wake who reads from it.
                    socket.socket.shutdown(one, socket.SHUT_RDWR)


@contextmanager
def ended_after(seconds: float, end: Callable[[], object]) -> Iterator[None]:
    """Call ``end`` where the block takes longer."""
    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
