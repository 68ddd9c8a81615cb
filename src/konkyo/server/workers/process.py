"""One worker process as the server sees it: started, asked, put behind others, and ended."""

from __future__ import annotations

import asyncio
import json
import os
import struct
import sys
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Any

from konkyo.common.child import command, environment
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.workers.task import Call

_LENGTH = struct.Struct(">I")
_START_SECONDS = 60.0
_DYING_SECONDS = 2.0
# A slow query goes so far behind the quick ones, and not so far that another program on the machine starves it.
_SLOW_BEHIND = 10
_MOST_NICE = 19


class WorkerFailure(Exception):
    """A worker failed by a fault of the program, or of the machine."""


class WorkerState(IntEnum):
    """How far a worker has come with its query. Each state includes those before it."""

    QUICK = 0  # idle, or the query has not taken long yet
    SLOW = 1  # the query takes long; another worker takes its place
    SPENT = 2  # it has used so much that it ends after the query
    SENT_AWAY = 3  # killed, so that others find a place
    CROWDED_OUT = 4  # killed, since all workers together held too much memory


class Worker:
    """A running worker process, ``behind`` the server by so much niceness.

    ``cut_off`` says that it has left the machine's network, ``owner`` for whom it works.
    """

    def __init__(self, process: asyncio.subprocess.Process, behind: int = 0) -> None:
        self.process = process
        self._nice = behind + (0 if sys.platform == "win32" else os.getpriority(os.PRIO_PROCESS, 0))
        if behind:
            self._step_back()
        self.state = WorkerState.QUICK
        self.cut_off = False
        self.owner = ""

    @property
    def alive(self) -> bool:
        """Return whether the process is there."""
        return self.process.returncode is None

    async def ask(self, message: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Send a message; return the answer's header and body. Raises EOFError where the worker ends over it."""
        assert self.process.stdin and self.process.stdout
        text = json.dumps(message).encode("utf-8", "replace")
        try:
            self.process.stdin.write(_LENGTH.pack(len(text)) + text)
            await self.process.stdin.drain()
            (size,) = _LENGTH.unpack(await self.process.stdout.readexactly(_LENGTH.size))
            header: dict[str, Any] = json.loads(await self.process.stdout.readexactly(size))
            return header, await self.process.stdout.readexactly(header["size"])
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise EOFError from error

    def worked(self) -> float | None:
        """Return the seconds that a processor has worked for this process; None where the system does not tell."""
        if sys.platform != "linux":
            return None
        try:
            told = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
            user, system = told.rpartition(")")[2].split()[11:13]
            return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError):
            return None

    def lower(self) -> None:
        """Let other processes go before this one, for good: it is not to be used again."""
        self.state = max(self.state, WorkerState.SPENT)
        self._nice += _SLOW_BEHIND
        self._step_back()

    def _step_back(self) -> None:
        if sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, min(self._nice, _MOST_NICE))

    def held(self) -> int:
        """Return the bytes of memory that this process has for itself alone; 0 where the system does not tell."""
        if sys.platform != "linux":
            return 0
        try:
            told = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii")
            _, resident, shared = map(int, told.split()[:3])
            return (resident - shared) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError):
            return 0

    def send_away(self, why: WorkerState) -> None:
        """Kill the worker, so that there is room for others."""
        self.state = why
        with suppress(ProcessLookupError):
            self.process.kill()

    async def end(self, *, dying: bool = False) -> int:
        """Kill the worker and wait until it is gone; return its exit code. One that is dying may do so by itself."""
        if dying:
            with suppress(TimeoutError):
                return await asyncio.wait_for(self.process.wait(), _DYING_SECONDS)
        if self.alive:
            with suppress(ProcessLookupError):
                self.process.kill()
        return await self.process.wait()


async def start_worker(
    folder: Path, version: str, memory: int, preload: Call[None], behind: int = 0
) -> Worker:
    """Start a worker on a store folder and wait until it is ready: it has run what it is to ``preload``.

    Raises KonkyoError where it cannot open the store, WorkerFailure where it does not come to that.
    """
    options: dict[str, Any] = (
        {"creationflags": 0x200} if sys.platform == "win32" else {"process_group": 0}
    )  # an interrupt from the keyboard is for the server; in a session of its own, nice would mean nothing
    process = await asyncio.create_subprocess_exec(
        *command("konkyo.server.workers.worker"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # Without the second every thread reserves address space that the limit counts and nobody uses.
        env=environment(RUST_BACKTRACE="0", MALLOC_ARENA_MAX="2"),
        **options,
    )
    worker = Worker(process, behind)
    settings = {
        "folder": str(folder),
        "generation": version,
        "memory": memory,
        "preload": preload.message(),
    }
    try:
        header, _ = await asyncio.wait_for(worker.ask(settings), _START_SECONDS)
    except BaseException as error:
        code = await worker.end(dying=isinstance(error, EOFError))
        if isinstance(error, EOFError | TimeoutError):
            raise WorkerFailure(f"a worker ended at its start, with code {code}") from error
        raise
    if told := header.get("error"):
        await worker.end()
        raise KonkyoError(Words(*told["message"]), source=str(folder))
    worker.cut_off = bool(header.get("alone"))
    return worker
