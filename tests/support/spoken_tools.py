"""``konkyo mcp`` as a process that is given lines, good ones and broken ones, and must go on answering."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any


class Tools:
    """A running assistant's server."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._numbers = count(1)
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def request(self, method: str, params: dict[str, Any], guard: float) -> dict[str, Any] | None:
        """Return the answer to a request; None where the process has ended. Raises TimeoutError."""
        number = next(self._numbers)
        self.send(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())
        while True:
            try:
                line = self._lines.get(timeout=guard)
            except Empty:
                raise TimeoutError from None
            if line is None:
                return None
            told: dict[str, Any] = json.loads(line)
            if told.get("id") == number:
                return told

    def send(self, line: bytes) -> None:
        """Hand a line over, whatever it holds."""
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()


@contextmanager
def tools(store: Path, guard: float) -> Iterator[Tools]:
    """Run ``konkyo mcp`` on a store."""
    started = [sys.executable, "-P", "-m", "konkyo", "mcp", "--store", str(store), "--lang", "en"]
    with subprocess.Popen(
        started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            made = Tools(child)
            client = {"name": "tests", "version": "1"}
            begun = made.request(
                "initialize",
                {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client},
                guard,
            )
            assert begun and "result" in begun, begun
            made.send(b'{"jsonrpc": "2.0", "method": "notifications/initialized"}')
            yield made
        finally:
            child.kill()
