"""Inputs that are broken at random, by a seed: what a stranger may hand over, and what becomes of it.

Each input is told by its kind and number alone, so that ``mutated(seed, "zip", 17)`` is the same everywhere.
"""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from konkyo.cli import UNFORESEEN
from konkyo.graph.stored_queries import queries_dir
from konkyo.store import current_version, open_store
from support import rs_rows
from support.serving import Running

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("csv", "zip", "yaml", "turtle", "query", "judgements", "http")
GOOD = ("done", "violations", "refused", "unwritten", "incomplete", "hung up")
"""Outcomes that are no fault: the exit codes 0 to 4 of a command, and a request that is no HTTP. Others of a request are its status."""
_TABLES = ("1-1", "1-2", "1-3", "2-1", "3-1", "5-1")

_WORDS: dict[str, tuple[bytes, ...]] = {
    "csv": (b'"', b'""', b",", b"\r", b"\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"=1+1", b"9" * 400, b"-", "９".encode(), b"2024-02-30"),
    "zip": (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\0\0\0\0", b"../", b"\x08\x08", b"PK\x06\x06"),
    "yaml": (b"&a ", b"*a", b"!!bool maybe", b"!!set ", b"? ", b"- ", b": ", b"<<: ", b"\t", b"{", b"[", b"|\n", b"%YAML 1.1\n---\n", b"2024-02-30", b"!!python/name:os.system", b"\0", b"1e999", b"---\n"),
    "turtle": (b"[", b"(", b"<<", b'"""', b"@prefix ", b"_:b", b"\\ud800", b"^^<", b"9" * 5000, b"<a b>", b'"2024-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', b"\xff"),
    "query": (b"{", b"}", b"(", b"SERVICE <http://127.0.0.1:9/> ", b"SELECT ", b"UNION ", b"FILTER ", b'"', b"\\", b"#", b"<", b"PREFIX : <a:>", "　".encode(), b"\xff", b"OPTIONAL { ?a ?b ?c }", b"(?p)*", b"BIND(1/0 AS ?z)"),
    "judgements": (b'"', b",", b"\n", b"\r", b"same", b"back", b"x" * 140_000, b"\0", b"\xff"),
    "http": (b"\r\n", b"\0", b"%00", b"%ff", b"//", b"Host: x\r\n", b"Content-Length: 9\r\n", b"Transfer-Encoding: chunked\r\n", b"..", b"?", b"&", b"If-None-Match: *\r\n", b"http://x", b"%3C", b"\xff", b"a" * 3000),
}  # fmt: skip


# --- making ---------------------------------------------------------------------------------------


def mutated(seed: int, kind: str, number: int) -> bytes:
    """Return an input: a good one of its kind with one to five changes."""
    chosen = random.Random(f"{seed}/{kind}/{number}")
    data = bytearray(_good(kind, chosen))
    for _ in range(chosen.choice((1, 1, 1, 2, 2, 5))):
        _change(data, chosen, _WORDS[kind])
    return bytes(data)


def _good(kind: str, chosen: random.Random) -> bytes:
    match kind:
        case "csv" | "zip":
            table = chosen.choice(_TABLES)
            rows = rs_rows.text(table, rs_rows.sample(table))
            return rows if kind == "csv" else rs_rows.zip_bytes(table, rows)
        case "yaml":
            return (
                ROOT / "graphs" / chosen.choice(("sheets", "interpretations")) / "soumu-23-15.yaml"
            ).read_bytes()
        case "turtle":
            return (
                ROOT / "graphs/built" / chosen.choice(("strategies.ttl", "calendar.ttl", "rules.ttl"))
            ).read_bytes()[:20_000]
        case "query":
            return chosen.choice(sorted(queries_dir().glob("*.rq"))).read_bytes()
        case "judgements":
            rows_ = (
                f"mention/{n},strategy/x{n},{chosen.choice(('same', 'different'))},甲,2026-01-0{n + 1},,左,右"
                for n in range(5)
            )
            return (
                "left,right,judgement,who,when,why,left_text,right_text\n" + "\n".join(rows_) + "\n"
            ).encode()
        case "http":
            target = chosen.choice(("/", "/sparql?query=ASK%20%7B%7D", "/id/strategy/shin-seicho", "/api/search?q=a", "/page?iri=a:b", "/view?thing=a", "/ns.ttl", "/gaps", "/api/diff?before=2012&after=2012"))  # fmt: skip
            head = f"{chosen.choice(('GET', 'HEAD', 'OPTIONS'))} {target} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: close\r\n\r\n"
            return head.encode()
    raise ValueError(kind)


def _change(data: bytearray, chosen: random.Random, words: tuple[bytes, ...]) -> None:
    at = chosen.randrange(len(data) + 1)
    end = min(len(data), at + chosen.choice((1, 8, 100, 3000)))
    match chosen.randrange(8):
        case 0 if data:
            data[at % len(data)] ^= 1 << chosen.randrange(8)
        case 1:
            del data[at:end]
        case 2:
            data[at:at] = data[at:end]
        case 3:
            data[at:at] = chosen.randbytes(chosen.choice((1, 4, 60)))
        case 4:
            data[at:at] = chosen.choice(words) * chosen.choice((1, 1, 2, 50, 20_000 // len(words[0]) + 1))
        case 5:
            del data[at:]
        case 6:
            data[at:at] = data[at:end] * chosen.choice((2, 30))
        case _:
            data[at:end] = chosen.choice(words)


# --- giving ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What became of an input: a word of :data:`GOOD`, a status, or a fault, with what was told."""

    what: str
    told: str

    @property
    def is_fault(self) -> bool:
        """Return whether the program is at fault."""
        return self.what not in GOOD and not (self.what.isdigit() and self.what < "500")


def give(data: bytes, kind: str, folder: Path, store: Path, server: Running, guard: int) -> Outcome:
    """Hand an input to the command of its kind, or to the server; ``guard`` is after how many seconds it has no end."""
    if kind == "http":
        return _asked(data, server, guard)
    path = (
        folder
        / {
            "csv": "a.csv",
            "zip": "a.zip",
            "yaml": "a.yaml",
            "turtle": "a.ttl",
            "query": "a.rq",
            "judgements": "a.csv",
        }[kind]
    )
    path.write_bytes(data)
    before = current_version(store)
    command = ["--store", str(store), "--lang", "en"]
    command += {
        "turtle": ["check", str(path)],
        "query": ["query", str(path), "--timeout", "10", "--memory", "1024"],
        "judgements": ["resolve", "--judgements", str(path), "新成長戦略（平成22年6月18日）"],
    }.get(kind, ["build", "--keep", str(path)])
    code, told = _run(command, guard)
    if code is None:
        return Outcome("no end", told)
    if code < 0:
        return Outcome(f"crash ({signal.Signals(-code).name})", told)
    if code == UNFORESEEN or "Traceback" in told:
        return Outcome("fault of the program", told)
    if not _is_whole(store, before, changed=code in (0, 1, 4)):
        return Outcome("lost store", told)
    return Outcome(GOOD[code] if code < 5 else f"exit {code}", told)


def _run(arguments: list[str], guard: int) -> tuple[int | None, str]:
    """Run a command; return its exit code (None: no end, negative: a signal) and all it told."""
    with TemporaryFile() as out:
        started = [sys.executable, "-P", "-m", "konkyo", *arguments]
        with subprocess.Popen(started, stdin=subprocess.DEVNULL, stdout=out, stderr=out) as child:
            try:
                code: int | None = child.wait(guard)
            except subprocess.TimeoutExpired:
                child.kill()
                code = None
        out.seek(0)
        return code, out.read(20_000).decode("utf-8", "replace")


def _is_whole(store: Path, before: str, *, changed: bool) -> bool:
    if not changed and current_version(store) != before:
        return False
    (row,) = open_store(store).select("SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/konkyo/ns#Measure> }")
    return int(row["n"].value) > 0


def _asked(data: bytes, server: Running, guard: int) -> Outcome:
    answer = b""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=guard)) as connection:
        try:
            connection.sendall(data)
            while part := connection.recv(65536):
                answer += part
        except ConnectionError:
            pass
        except TimeoutError:
            return Outcome("no end", answer[:300].decode("latin-1"))
    told = answer[:300].decode("latin-1")
    return Outcome(told.split()[1] if told.startswith("HTTP/") else "hung up", told)
