"""Connections whose clients take their time on purpose are let go of.

uvicorn waits for ever for the head of a request, and for a client that does not read its answer.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_READ_FACTOR = 3


def slow_client_protocol(seconds: float) -> type[H11Protocol]:
    """Return a protocol that waits so long for a request's head, and thrice as long for an answer to be taken."""

    class Patient(H11Protocol):
        _since = 0.0
        _check_handle: asyncio.TimerHandle | None = None
        _write_handle: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._since = self.loop.time()
            self._check_handle = self.loop.call_later(seconds, self._check)

        def connection_lost(self, exc: Exception | None) -> None:
            for handle in (self._check_handle, self._write_handle):
                if handle is not None:
                    handle.cancel()
            super().connection_lost(exc)

        def on_response_complete(self) -> None:
            self._since = self.loop.time()
            super().on_response_complete()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._write_handle = self.loop.call_later(seconds * _READ_FACTOR, self.transport.abort)

        def resume_writing(self) -> None:
            if self._write_handle is not None:
                self._write_handle.cancel()
                self._write_handle = None
            super().resume_writing()

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

    return Patient
