"""Running the application: one process with uvicorn, which starts and ends the workers."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server import preload
from konkyo.server.app import make_app
from konkyo.server.http.connections import fair_protocol
from konkyo.server.http.settings import Settings
from konkyo.server.workers.process import WorkerFailure, start_worker
from konkyo.store import current_version

_HEAD_BYTES = 128 * 1024
_KEEP_ALIVE_SECONDS = 5


class _Server(uvicorn.Server):
    """A uvicorn server that says when it is ready, and that ends well when it is told to."""

    ready: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        # uvicorn would send itself the signal once more, and whoever called us could not tidy up.
        self._captured_signals.clear()


def server(folder: Path, settings: Settings, *, ready: Callable[[], None] | None = None) -> _Server:
    """Return a server for a store folder; ``ready`` is called when it takes requests."""
    made = _Server(
        uvicorn.Config(
            make_app(folder, settings),
            http=fair_protocol(settings),
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=list(settings.proxies),
            ws="none",
            # uvloop, where it is installed, cannot start a process in a group of its own.
            loop="asyncio",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=settings.connections,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=int(settings.seconds + 2 * settings.queue_seconds) + 2,
            h11_max_incomplete_event_size=_HEAD_BYTES,
        )
    )
    if ready is not None:
        made.ready = ready
    return made


def serve(folder: Path, settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serve until told to stop (SIGTERM, or an interrupt from the keyboard). ``ready`` is given the address.

    Raises KonkyoError where there is no store, or where the address cannot be had.
    """
    current_version(folder)
    listener = listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    settings = replace(settings, port=port)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # Its warnings are about malformed requests, with which strangers could fill the log; what fails at the start is told below.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    address = settings.base or f"http://{_bracketed(settings.host)}:{port}{settings.prefix}"
    running = server(folder, settings, ready=lambda: ready(address.rstrip("/") + "/"))
    app: Any = running.config.app

    def begun(record: logging.LogRecord) -> bool:
        return running.started

    logging.getLogger("uvicorn.error").addFilter(begun)
    try:
        running.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    except SystemExit:
        # What uvicorn makes of a failure at the start, which the app has kept.
        if app.state.failure is None:
            raise
    finally:
        logging.getLogger("uvicorn.error").removeFilter(begun)
        listener.close()
    if isinstance(app.state.failure, WorkerFailure):
        raise _no_worker(app.state.failure) from app.state.failure
    if app.state.failure is not None:
        raise app.state.failure


def try_worker(folder: Path, settings: Settings) -> None:
    """Start and end one of the processes that need most. Raises KonkyoError where it does not come up."""

    async def work() -> None:
        made = await start_worker(folder, current_version(folder), settings.memory, preload.pages.call())
        await made.end()

    try:
        asyncio.run(work())
    except WorkerFailure as error:
        raise _no_worker(error) from error


def _no_worker(error: WorkerFailure) -> KonkyoError:
    return KonkyoError(
        Words(
            f"問合せのプロセスが始まりません（{error}）。",
            f"The processes for queries do not start ({error}).",
        ),
        hint=Words(
            "一つのプロセスのメモリーの上限が小さすぎるか、この機械のメモリーが足りません。",
            "The memory that one process may have is too small, or this machine has too little.",
        ),
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address. Raises KonkyoError where it cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, protocol)
        try:
            if sys.platform != "win32":
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
        except BaseException:
            made.close()
            raise
        return made
    except (OSError, OverflowError) as error:
        raise KonkyoError(
            Words(
                f"{host} のポート{port}は使えません（{error}）。",
                f"Port {port} of {host} cannot be had ({error}).",
            ),
            hint=Advice(Code.PORT_TAKEN),
        ) from error


def _bracketed(host: str) -> Any:
    return f"[{host}]" if ":" in host else host
