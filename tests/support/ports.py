"""Ports that nobody else gets while a test needs them."""

from __future__ import annotations

import socket
import weakref


class Port:
    """A port of this machine that is kept: a program may listen at it, and again after an end; nobody else is given it.

    The socket that keeps it is bound and does not listen, so that who calls there before a program listens is refused.
    """

    def __init__(self) -> None:
        self._kept = socket.socket()
        # A server that says the same of its own socket may bind the port beside this one.
        self._kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        weakref.finalize(self, self._kept.close)
        self._kept.bind(("127.0.0.1", 0))
        self.number: int = self._kept.getsockname()[1]

    def close(self) -> None:
        """Give the port back."""
        self._kept.close()
