"""Inputs that are broken at random, by a seed: what a stranger may hand over, and what becomes of it.

Each input is told by its kind and number alone, so that ``mutated(seed, "zip", 17)`` is the same everywhere.
"""

from __future__ import annotations

import io
import json
import random
import signal
import socket
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import quote

from konkyo.cli import UNFORESEEN
from konkyo.graph.stored_queries import queries_dir
from konkyo.store import current_version, open_store
from support import deep_mutations, judgit_sheets, rs_rows
from support.hostile_files import SHEET, parts_of_book, sheet_xml
from support.serving import Running
from support.spoken_tools import Tools

ROOT = Path(__file__).resolve().parents[2]
KINDS = (
    "csv",
    "zip",
    "yaml",
    "turtle",
    "query",
    "judgements",
    "http",
    "judgit",
    "rdf",
    "document",
    "page",
    "tool",
)
GOOD = ("done", "violations", "refused", "unwritten", "incomplete", "hung up", "answered", "not understood")
"""Outcomes that are no fault: the exit codes 0 to 4 of a command, a request that is no HTTP, and what becomes of an assistant's line.
Others of a request are its status."""
RDF = ("nq", "nt", "trig", "jsonld", "rdf")
_WITH_ENDING = {"rdf": RDF, "document": ("xlsx", "docx", "txt", "pdf")}
"""Kinds whose inputs begin with a line that tells the file's ending."""
_TABLES = ("1-1", "1-2", "1-3", "2-1", "3-1", "5-1")

_WORDS: dict[str, tuple[bytes, ...]] = {
    "csv": (b'"', b'""', b",", b"\r", b"\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"=1+1", b"9" * 400, b"-", "９".encode(), b"2024-02-30"),
    "zip": (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\0\0\0\0", b"../", b"\x08\x08", b"PK\x06\x06"),
    "yaml": (b"&a ", b"*a", b"!!bool maybe", b"!!set ", b"? ", b"- ", b": ", b"<<: ", b"\t", b"{", b"[", b"|\n", b"%YAML 1.1\n---\n", b"2024-02-30", b"!!python/name:os.system", b"\0", b"1e999", b"---\n"),
    "turtle": (b"[", b"(", b"<<", b'"""', b"@prefix ", b"_:b", b"\\ud800", b"^^<", b"9" * 5000, b"<a b>", b'"2024-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', b"\xff"),
    "query": (b"{", b"}", b"(", b"SERVICE <http://127.0.0.1:9/> ", b"SELECT ", b"UNION ", b"FILTER ", b'"', b"\\", b"#", b"<", b"PREFIX : <a:>", "　".encode(), b"\xff", b"OPTIONAL { ?a ?b ?c }", b"(?p)*", b"BIND(1/0 AS ?z)"),
    "judgements": (b'"', b",", b"\n", b"\r", b"same", b"back", b"x" * 140_000, b"\0", b"\xff"),
    "http": (b"\r\n", b"\0", b"%00", b"%ff", b"//", b"Host: x\r\n", b"Content-Length: 9\r\n", b"Transfer-Encoding: chunked\r\n", b"..", b"?", b"&", b"If-None-Match: *\r\n", b"http://x", b"%3C", b"\xff", b"a" * 3000),
    "judgit": (b'"', b"null", b"1e999", b"-0", b"[[", b"{", b"\\ud800", b"\n", b"\0", b"\xff", "４千円".encode(), b"9" * 5000, b"true", b'{"a": 1}', "公開年度".encode()),
    "rdf": (b"<http://x/a> <http://x/b> <http://x/c> <file:///etc/passwd> .\n", b"_:b", b"\\uD800", b"@-", b"^^<", b"<a b>", b"[", b'{"@context": "http://127.0.0.1:9/"}', b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", b"&e;", b"GRAPH ", b"\xff"),
    "document": (b"<b>", b"<script>alert(1)</script>", b"]]>", b"&amp;lt;", b"&#0;", b"&e;", b"<!DOCTYPE x>", "令和９９年度".encode(), b'<c t="s"><v>9</v></c>', b'<row r="0">', b"\xff", b"-1"),
    "page": (b"<svg onload=x>", b'"', b"'", b"&year=", b"&limit=", b"&offset=-1", b"&thing=", b"/", b"..", b"%00", b"%ff", b"%", b"{", b"\\", "９９９".encode(), b"&lang=xx", b"&sort=-", b"a" * 3000),
    "tool": (b'"', b"\\", b"null", b"{", b"[", b"-1", b"1e999", b"\n", b"\0", b"\xff", b"SERVICE <http://127.0.0.1:9/> {}", b"https://w3id.org/konkyo/ns", b"9" * 400, b"<svg onload=x>", "　".encode()),
}  # fmt: skip
_SHEET_ROWS = (("政策評価書",), ("施策名", "見本の推進", "部局名", "見本局"), ("測定指標", "受講者数", "基準値", "10人", "目標値", "30人"), ("", "令和４年度", "令和５年度"), ("当初予算", "1,200", "1,300"), ("執行額", "900", "1,000"), ("関係する内閣の重要政策", "新成長戦略（平成22年6月18日）", "第２章"))  # fmt: skip


# --- making ---------------------------------------------------------------------------------------


def mutated(seed: int, kind: str, number: int) -> bytes:
    """Return an input: a good one of its kind with one to five changes, or with one broken part."""
    chosen = random.Random(f"{seed}/{kind}/{number}")
    if kind in ("document", "page", "tool") and chosen.randrange(4):
        match kind:
            case "document":
                return deep_mutations.document(chosen)
            case "page":
                return _request(deep_mutations.address(chosen))
        return deep_mutations.call(chosen)
    data = bytearray(_good(kind, chosen))
    for _ in range(chosen.choice((1, 1, 1, 2, 2, 5))):
        _change(data, chosen, _WORDS[kind])
    match kind:
        case "document":
            # Half of them are broken within, as a whole file of Excel.
            book = _book(bytes(data))
            return b"xlsx\n" + (book if chosen.randrange(2) else _broken(book, chosen))
        case "page":
            return _request("/" + quote(bytes(data), safe="/?&=%;+").lstrip("/"))
    return bytes(data)


def _request(target: str) -> bytes:
    """Return what a browser would send for an address: so the request itself is whole."""
    return f"GET {target} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode()


def _broken(data: bytes, chosen: random.Random) -> bytes:
    made = bytearray(data)
    _change(made, chosen, _WORDS["zip"])
    return bytes(made)


def _book(sheet: bytes) -> bytes:
    """Return a workbook of one sheet whose XML is given, with the same bytes at any time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {**parts_of_book(), SHEET: sheet}.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


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
        case "judgit":
            return judgit_sheets.lines([judgit_sheets.sheet(2019, f"000{n}") for n in range(3)])
        case "rdf":
            ending = chosen.choice(RDF)
            return b"%s\n" % ending.encode() + _rdf(ending)
        case "document":
            return sheet_xml(_SHEET_ROWS).encode()
        case "page":
            path, params = chosen.choice(deep_mutations.ADDRESSES)
            return f"{path}?{'&'.join(f'{name}={value}' for name, value in params)}".encode()
        case "tool":
            name, given = chosen.choice(deep_mutations.CALLS)
            return json.dumps({"name": name, "arguments": given}, ensure_ascii=False).encode()
    raise ValueError(kind)


@cache
def _rdf(ending: str) -> bytes:
    from rdflib import Dataset, URIRef

    made = Dataset()
    made.graph(URIRef("https://w3id.org/konkyo/graph/calendar")).parse(ROOT / "graphs/built/calendar.ttl")
    names = {"nq": "nquads", "trig": "trig", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
    whole = made.serialize(format=names[ending], encoding="utf-8")
    return b"".join(sorted(whole.splitlines(keepends=True))) if ending in ("nq", "nt") else whole


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


def give(
    data: bytes, kind: str, folder: Path, store: Path, server: Running, assistant: Tools, guard: int
) -> Outcome:
    """Hand an input to the command of its kind, to the server, or to the assistant's tools.

    ``guard`` is after how many seconds it has no end.
    """
    if kind in ("http", "page"):
        return _asked(data, server, guard)
    if kind == "tool":
        return _called(data, assistant, guard)
    ending = {
        "query": "rq",
        "judgements": "csv",
        "turtle": "ttl",
        "judgit": "ndjson",
    }.get(kind, kind)
    if kind in _WITH_ENDING:
        told, _, data = data.partition(b"\n")
        ending = told.decode("ascii", "replace")
        ending = ending if ending in _WITH_ENDING[kind] else _WITH_ENDING[kind][0]
    path = folder / f"a.{ending}"
    path.write_bytes(data)
    before = current_version(store)
    command = ["--lang", "en"] if kind == "document" else ["--store", str(store), "--lang", "en"]
    command += {
        "turtle": ["check", str(path)],
        "rdf": ["check", str(path)],
        "document": ["transcribe", str(path), "--output", str(folder / "out.yaml")],
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
    if kind == "document" and code in (0, 4):
        # What was read is a file for build, whatever it says.
        code, told = _run(["build", "--keep", str(folder / "out.yaml"), "--store", str(store)], guard)
        if code is None:
            return Outcome("no end", told)
        if code < 0 or code == UNFORESEEN or "Traceback" in told:
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
    if b"<svg onload" in answer and b"Content-Type: text/html" in answer.partition(b"\r\n\r\n")[0].title():
        return Outcome("markup let through", told)
    return Outcome(told.split()[1] if told.startswith("HTTP/") else "hung up", told)


def _called(data: bytes, assistant: Tools, guard: int) -> Outcome:
    """Give an assistant's line as it is, and what can be read of it as a call; after both it must still answer."""
    assistant.send(data.replace(b"\n", b" "))
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        read = None
    try:
        told = assistant.request("tools/call", read, guard) if isinstance(read, dict) else None
        alive = assistant.request("ping", {}, guard)
    except TimeoutError:
        return Outcome("no end", repr(data[:300]))
    if alive is None or "result" not in alive:
        return Outcome("crash", repr(data[:300]))
    if told is None:
        return Outcome("not understood", "")
    text = json.dumps(told)
    if "Traceback" in text or "inside the server" in text:
        return Outcome("fault of the program", text[:2000])
    return Outcome("refused" if "error" in told or told["result"].get("isError") else "answered", text[:300])
