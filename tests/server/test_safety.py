"""Strangers who mean no good: calls to other machines, malformed and endless requests, tricks in addresses."""

from __future__ import annotations

import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from konkyo.server.middleware import shape
from support.serving import Running, running
from support.waiting import GUARD, until


class Listener:
    """A listener that keeps who connects."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self._seen: list[tuple[str, int]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, address = self.socket.accept()
            except OSError:
                return
            self._seen.append(address)
            connection.close()

    def strangers(self) -> int:
        """Return how many have connected, besides this call: who came before it was seen before it."""
        with closing(socket.create_connection(("127.0.0.1", self.port))) as own:
            until(lambda: own.getsockname() in self._seen, "the own connection")
            self._seen.remove(own.getsockname())
        return len(self._seen)


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.close()


CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { {}SERVICESILENT<URL>{ ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX a: <URL> SELECT * { {}SERVICEa:x { ?s ?p ?o } }",
    "PREFIX SERVICE: <a:> PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <URL> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { VALUES ?a { 1 } FILTER(?a<b:c#x>'''\n) SERVICE <URL> { ?s ?p ?o } #'''\n}",
    "SELECT * { OPTIONAL { ?s <http://x\\u0041#> ?o } SERVICE <URL> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE <URL>",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <http://x/>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", CALLS)
def test_no_query_calls_another_machine(carried: Running, listener: Listener, query: str) -> None:
    text = query.replace("URL", f"http://127.0.0.1:{listener.port}/")
    url = carried.url + "/sparql"
    carried.client.get(url, params={"query": text})
    carried.client.post(url, data={"query": text})
    carried.client.post(url, data={"update": text})
    for media in ("application/sparql-query", "application/sparql-update"):
        carried.client.post(url, content=text.encode(), headers={"Content-Type": media})
    assert listener.strangers() == 0


@pytest.mark.parametrize(
    "name", ["default-graph-uri", "named-graph-uri", "using-graph-uri", "graph", "iri", "base"]
)
def test_no_parameter_calls_another_machine(carried: Running, listener: Listener, name: str) -> None:
    target = f"http://127.0.0.1:{listener.port}/data.ttl"
    for path in ("/sparql", "/page", "/search", "/api/entity"):
        carried.get(path, params={"query": "SELECT * { ?s ?p ?o } LIMIT 1", name: target})
    assert listener.strangers() == 0


def test_no_file_is_read(carried: Running) -> None:
    for iri in (
        "file:///etc/passwd",
        "FILE:///etc/hosts",
        "file:/etc/hosts",
        "data:text/turtle,",
        "ftp://127.0.0.1/x",
    ):
        for query in (
            f"SELECT * FROM <{iri}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        ):
            response = carried.ask(query)
            assert response.status_code == 400 and "root:" not in response.text
        response = carried.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": iri})
        assert response.status_code == 400


TRICKS = [
    "/id/../../../../etc/passwd",
    "/id/..%2f..%2f..%2fetc%2fpasswd",
    "/id/%2e%2e/%2e%2e/CURRENT",
    "/id//etc/passwd",
    "/id/a%00b",
    "/id/%ff%fe",
    "/id/a%0d%0aSet-Cookie:%20x=1",
    "/id/%3E%20%7B%7D%20SERVICE%20%3Chttp:",
    "/id/a>%20?p%20?o",
    "/id/" + "a/" * 3000,
    "/id/" + quote("あ" * 900),
    "/code/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/graph/..;/..;/x",
    "/id/strategy/shin-seicho.ttl/../x",
    "/id/.ttl",
    "/id/..ttl",
    "/ns.php",
    "/dataset.exe",
    "/static/../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/settings.py",
    "/%2fetc/passwd",
    "//evil.example/x",
]


@pytest.mark.parametrize("path", TRICKS)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "application/json"])
def test_tricks_in_an_address_lead_nowhere(carried: Running, path: str, accept: str) -> None:
    answer = raw(
        carried, f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nConnection: close\r\n\r\n".encode()
    )
    status = int(answer.split(b" ", 2)[1])
    assert 300 <= status < 500, answer[:300]
    assert b"root:" not in answer and b"Traceback" not in answer
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"text/plain" in head or b"<script>alert" not in body
    assert b"set-cookie" not in head.lower()
    if b"location:" in head.lower():
        location = head.lower().partition(b"location: ")[2].partition(b"\r\n")[0]
        assert location.startswith(b"/") and not location.startswith(b"//")


def raw(made: Running, data: bytes) -> bytes:
    """Send bytes, and return all that comes back until the server closes."""
    with closing(socket.create_connection(("127.0.0.1", made.port), timeout=GUARD)) as connection:
        answer = b""
        try:
            connection.sendall(data)
            while part := connection.recv(65536):
                answer += part
        except ConnectionError:
            pass
        return answer


def malformed(random_: random.Random) -> bytes:
    """Return a request that is broken in one way or in several."""
    methods = ["GET", "POST", "PUT", "HEAD", "OPTIONS", "get", "G\x00T", "", "CONNECT", "TRACE", "Ａ"]
    paths = ["/sparql", "/sparql?query=" + "%" * random_.randrange(9), "/id/" + random_.randbytes(8).hex(), "*", "/sparql?" + "&" * 300, "/%zz", "http://[::1", "/sparql?query=ASK%20%7B%7D", "/sparql?query=%00", "/api/search?q=%ff", "/search?limit=-1&offset=999999999999999999999"]  # fmt: skip
    headers = ["Host: x", "Host: " + "a" * random_.randrange(300), "Content-Length: -1", "Content-Length: 9999999999", "Content-Length: 3", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip", "Accept: " + "a/b;q=" * random_.randrange(200), "Accept: \x7f\xff", "Content-Type: application/sparql-query", "Content-Type: application/x-www-form-urlencoded; charset=" + "x" * 99, "Content-Type: multipart/form-data; boundary=x", "If-None-Match: " + '"' * 99, "Cookie: lang=" + "%" * 50, "Accept-Language: " + "-,;q=9" * 30, "X: " + "y" * random_.randrange(5000), ": empty", "no colon", "Range: bytes=0-", "Expect: 100-continue", "Upgrade: websocket\r\nConnection: upgrade", "Host: a\r\nHost: b", "Forwarded: for=x", "X-Forwarded-For: <script>", "X-Forwarded-Proto: javascript"]  # fmt: skip
    versions = ["HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "HTTP/2"]
    body = random_.choice([b"", b"query=", b"query=" + random_.randbytes(20), random_.randbytes(30), b"5\r\nASK{}\r\n0\r\n\r\n", b"zz\r\n"])  # fmt: skip
    lines = [f"{random_.choice(methods)} {random_.choice(paths)} {random_.choice(versions)}"]
    lines += random_.sample(headers, random_.randrange(6)) + ["Connection: close"] * random_.randrange(2)
    request = "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + body
    return request[: random_.randrange(1, len(request))] if random_.random() < 0.1 else request


@pytest.fixture(scope="module")
def brisk(store_folder: Path) -> Iterator[Running]:
    """A server that hangs up soon on who sends or takes nothing, and is patient with its own workers."""
    with running(
        store_folder, workers=1, per_client=0, seconds=GUARD, queue_seconds=GUARD, body_seconds=0.2
    ) as made:
        yield made


def test_a_thousand_malformed_requests(brisk: Running) -> None:
    random_ = random.Random(7)
    statuses: Counter[bytes] = Counter()
    with ThreadPoolExecutor(20) as threads:
        for answer in threads.map(lambda data: raw(brisk, data), [malformed(random_) for _ in range(1000)]):
            statuses[answer[9:12]] += 1
            assert answer[9:10] != b"5", answer[:500]
            assert b"Traceback" not in answer
    assert statuses[b"400"] > 100
    assert brisk.ask("ASK {}").json()["boolean"] is True
    assert brisk.service.queries.counts.failed == brisk.service.pages.counts.failed == 0


def test_a_query_of_fifty_megabytes(carried: Running) -> None:
    body = b"# " + b"x" * 50_000_000
    for headers in (
        {"Content-Type": "application/sparql-query"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ):
        try:
            response = carried.client.post(carried.url + "/sparql", content=body, headers=headers)
            assert response.status_code == 413 and "1,000,000" in response.text
        except httpx.WriteError:
            pass  # the server hung up before all of it was sent

    def parts() -> Iterator[bytes]:
        for _ in range(500):
            yield b"x" * 100_000

    try:
        response = carried.client.post(
            carried.url + "/sparql", content=parts(), headers={"Content-Type": "application/sparql-query"}
        )
        assert response.status_code == 413
    except httpx.TransportError:
        pass
    answer = raw(carried, b"GET /sparql?query=" + b"x" * 2_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer[9:12] in (b"400", b"413", b"414", b"431", b"")
    assert carried.ask("ASK {}").status_code == 200


@pytest.mark.parametrize("depth", [1000, 100_000])
def test_a_query_nested_too_deeply(carried: Running, depth: int) -> None:
    response = carried.client.post(
        carried.url + "/sparql",
        content=b"SELECT * " + b"{" * depth + b"}" * depth,
        headers={"Content-Type": "application/sparql-query"},
    )
    assert response.status_code in (200, 400, 504)
    assert carried.ask("ASK {}").status_code == 200


class Stranger:
    """A connection whose client sends what it likes, and sees when the server lets it go."""

    def __init__(self, made: Running, sends: bytes, drips: bytes = b"") -> None:
        self._socket = socket.create_connection(("127.0.0.1", made.port), timeout=GUARD)
        self._socket.sendall(sends)
        self._socket.setblocking(False)
        self._drips = drips
        self._gone = False
        self.told = b""

    def let_go(self) -> bool:
        """Return whether the server has hung up; drip until then."""
        try:
            while not self._gone and (part := self._socket.recv(4096)):
                self.told += part
            self._gone = True
        except BlockingIOError:
            with suppress(OSError):
                self._socket.sendall(self._drips)
        except ConnectionError:
            self._gone = True
        return self._gone

    def close(self) -> None:
        self._socket.close()


HEAD = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\nX: "
BODY = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 900\r\n\r\n#"


def test_slow_clients_are_let_go(brisk: Running) -> None:
    silent = [Stranger(brisk, b"") for _ in range(20)]
    heads = [Stranger(brisk, HEAD, drips=b"y") for _ in range(20)]
    bodies = [Stranger(brisk, BODY) for _ in range(20)]
    assert brisk.ask("ASK {}").status_code == 200
    everybody = [*silent, *heads, *bodies]
    until(lambda: all([one.let_go() for one in everybody]), "the end of all who take their time")  # noqa: C419
    assert not any(one.told for one in (*silent, *heads))
    assert all(b" 408 " in one.told for one in bodies)
    for one in everybody:
        one.close()


def test_a_client_that_reads_nothing_is_let_go(brisk: Running) -> None:
    done = brisk.service.queries.counts.done
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(GUARD)
    connection.connect(("127.0.0.1", brisk.port))
    query = quote("SELECT * { ?s ?p ?o . ?s ?q ?t } LIMIT 30000")  # more than lies between the two
    connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    until(lambda: brisk.service.queries.counts.done > done, "an answer to be sent")
    until(lambda: not brisk.connections, "the end of the connection")
    answer = b""
    with closing(connection), suppress(ConnectionError):
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    (length,) = (
        int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    assert 0 < len(body) < length, "all of it was sent"
    assert brisk.ask("ASK {}").status_code == 200


def test_headers_that_keep_a_browser_safe(carried: Running) -> None:
    for path in ("/sparql", "/id/none", "/health", "/ns", "/"):
        response = carried.get(path, headers={"Accept": "text/html"})
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "accept" in response.headers["vary"].lower()
        assert "server" not in response.headers
        assert "access-control-allow-origin" not in response.headers


def test_other_sites_may_read_only_when_told(store_folder: Path) -> None:
    with running(store_folder, workers=1, cors=True) as made:
        origin = {"Origin": "https://evil.example", "Cookie": "a=b"}
        response = made.get("/sparql", params={"query": "ASK {}"}, headers=origin)
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        response = made.client.options(made.url + "/sparql", headers={**origin, **asked})
        assert response.status_code == 204
        assert "POST" in response.headers["access-control-allow-methods"]
        assert "content-type" in response.headers["access-control-allow-headers"].lower()
        for path in ("/metrics", "/health"):
            assert "access-control-allow-origin" not in made.get(path, headers=origin).headers


def test_a_host_that_is_none_is_not_believed(carried: Running) -> None:
    answer = raw(
        carried,
        b'GET /sparql HTTP/1.1\r\nHost: x"><script>\r\nAccept: text/turtle\r\nConnection: close\r\n\r\n',
    )
    assert b"<script>" not in answer


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("SELECT * { ?s ?p 'secret' } # a note", "SELECT * { ?s ?p … } …"),
        ('ASK { <http://x/a#b> ?p "a\\"b" , 12.5 , """long\n"x" """@ja }', "ASK { <http://x/a#b> ?p … , … , …@ja }"),
        ("SELECT ?x1 { ?x1 <a:1> 'unclosed", "SELECT ?x1 { ?x1 <a:1> …"),
    ],
)  # fmt: skip
def test_the_log_has_no_literals(query: str, shown: str) -> None:
    assert shape(query) == shown
