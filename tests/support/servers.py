"""Servers for tests: an Oxigraph server and Virtuoso, each on loopback with a folder to throw away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from support import absent
from support.ports import Port
from support.waiting import GUARD, until

# Virtuoso is asked the contract, the stored queries and the ten questions each time; all commands one by one, which takes
# minutes, where KONKYO_EVERY_SERVER=1 says so.
ASKED_EVERYTHING = [
    "oxigraph-server",
    *(["virtuoso"] if os.environ.get("KONKYO_EVERY_SERVER") == "1" else []),
]
PASSWORD = "dba"  # what Virtuoso's own account has before anybody changes it


def program(name: str) -> str | None:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


class Server:
    """A server process that a test starts, kills and starts again on the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept = [Port()]
        self.port = self._kept[0].number
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def command(self) -> list[str]:
        raise NotImplementedError

    def ready(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        """Start the server, and wait until it answers; where it runs, do nothing."""
        if self._process is not None:
            return
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(self.command(), cwd=self.folder, stdout=log, stderr=log)
        until(self._answers, f"an answer of {type(self).__name__}")

    def _answers(self) -> bool:
        assert self._process and self._process.poll() is None, (self.folder / "server.log").read_text()
        try:
            return self.ready()
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(timeout=GUARD)
            self._process = None


class OxigraphServer(Server):
    """Oxigraph's own server (PyPI: oxigraph)."""

    read_only = False
    store: Path | None = None

    def command(self) -> list[str]:
        name = program("oxigraph")
        assert name
        mode = "serve-read-only" if self.read_only else "serve"
        return [
            name,
            mode,
            "--location",
            str(self.store or self.folder / "data"),
            "--bind",
            f"127.0.0.1:{self.port}",
        ]

    def ready(self) -> bool:
        return httpx.get(self.url + "/", timeout=GUARD, trust_env=False).status_code < 500


CONFIGURATION = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 2000
MaxDirtyBuffers = 1500
ServerThreads = 20
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = {rows}
"""


class VirtuosoServer(Server):
    """Virtuoso (Debian: virtuoso-opensource-7-bin)."""

    rows = 10_000

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._kept.append(Port())

    def command(self) -> list[str]:
        sql = self._kept[1].number
        text = CONFIGURATION.format(sql=sql, http=self.port, rows=self.rows)
        (self.folder / "virtuoso.ini").write_text(text, encoding="ascii")
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        name = program("virtuoso-t")
        assert name
        return [name, "-f", "+configfile", "virtuoso.ini"]

    def ready(self) -> bool:
        fields = {"query": "ASK { ?s ?p ?o }"}
        return (
            httpx.post(self.url + "/sparql", data=fields, timeout=GUARD, trust_env=False).status_code == 200
        )


KINDS: dict[str, type[Server]] = {"oxigraph-server": OxigraphServer, "virtuoso": VirtuosoServer}


def made(kind: str, folder: Path) -> Server:
    """Return a server of a kind, not started; skip where its program is not there, in CI fail."""
    name, what, brings = {
        "oxigraph-server": ("oxigraph", "an Oxigraph server", ".ci/setup"),
        "virtuoso": ("virtuoso-t", "Virtuoso", "apt-get install virtuoso-opensource-7-bin"),
    }[kind]
    if not program(name):
        absent.wanted(what, brings)
    return KINDS[kind](folder)
