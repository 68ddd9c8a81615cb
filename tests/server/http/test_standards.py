"""HTTP as its standards have it (RFC 9110, 9112): hosts, targets, conditions, lengths, forms."""

from __future__ import annotations

import re
import socket
from contextlib import closing
from urllib.parse import quote

import pytest

from konkyo.server.http.conditional import is_among
from konkyo.server.http.hosts import host_name, is_known
from konkyo.server.http.settings import Settings
from konkyo.server.workers.table_cache import TableCache
from konkyo.store.query_guard import odd_sign
from support.serving import Running
from support.waiting import GUARD, until


def answered(
    made: Running, target: str, *headers: str, method: str = "GET", body: bytes = b""
) -> tuple[int, str, bytes]:
    """Send a request byte by byte as it stands; return status, head and body when the server has closed."""
    lines = [f"{method} {target} HTTP/1.1", *headers, "Connection: close", "", ""]
    if not any(line.lower().startswith("host:") for line in headers):
        lines.insert(1, f"Host: 127.0.0.1:{made.port}")
    with closing(socket.create_connection(("127.0.0.1", made.port), timeout=GUARD)) as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1") + body)
        told = b""
        while part := connection.recv(65536):
            told += part
    head, _, rest = told.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1").lower(), rest


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example", "/\\evil.example/", "/%5Cevil.example/", "/%2F/evil.example/", "//evil.example/x?lang=en", "/x%22%3E%3Cb%3E"])  # fmt: skip
def test_no_path_makes_a_link_to_another_host(carried: Running, path: str) -> None:
    status, _, body = answered(carried, path, "Accept: text/html")
    assert status == 404
    links = re.findall(rb'(?:href|action|src)="([^"]*)"', body)
    assert links and not [link for link in links if re.match(rb"[\\/]{2}|/[\\/]", link) or b"<" in link]


@pytest.mark.parametrize("host", ["evil.example", "[::::]", "[", "[::1", "a b", "", "x@127.0.0.1", "127.0.0.1/x", "x:-1", "\xff", "127.0.0.1.evil.example", "localhost.evil", "127.1"])  # fmt: skip
@pytest.mark.parametrize("target", ["/sparql", "/", "/ns.ttl", "/id/strategy/shin-seicho", "/api/openapi.json", "/nothing"])  # fmt: skip
def test_another_host_is_not_answered(carried: Running, host: str, target: str) -> None:
    for accept in ("text/turtle", "text/html"):
        status, head, body = answered(carried, target, f"Host: {host}", f"Accept: {accept}")
        assert status == 421
        assert b"evil" not in body and "evil" not in head


@pytest.mark.parametrize("host", ["127.0.0.1", "LOCALHOST:1", "localhost.", "[::1]:8000", "[0:0::1]", "x"])
def test_a_host_in_any_spelling_is_answered(carried: Running, host: str) -> None:
    assert answered(carried, "/ns.ttl", f"Host: {host}")[0] == 200


def test_health_is_told_to_whoever_asks(carried: Running) -> None:
    assert answered(carried, "/health", "Host: evil.example")[0] == 200
    until(lambda: carried.get("/ready").status_code == 200, "the tables that are asked for most")
    assert carried.get("/ready").json()["status"] == "ok"


def test_readiness_waits_for_the_tables_that_are_asked_for_most(
    carried: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TableCache, "prepared", False)
    response = carried.get("/ready")
    assert response.status_code == 503 and response.json()["status"] == "preparing"
    assert carried.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("settings", "known", "unknown"),
    [
        ({"host": "10.0.0.5"}, ["10.0.0.5:8000"], ["localhost", "10.0.0.6", "a"]),
        ({"host": "0.0.0.0"}, ["10.0.0.5", "[fe80::1]", "localhost", socket.gethostname()], ["evil.example", "a.b"]),
        ({"host": "::"}, ["10.0.0.5"], ["evil.example"]),
        ({"base": "https://Example.go.jp/konkyo"}, ["example.go.jp", "example.go.jp:443"], ["example.com"]),
        ({"host_names": ("A.example.",)}, ["a.example", "127.0.0.1"], ["b.example"]),
        ({"host_names": ("*",)}, ["a.example", "b"], ["[::::]", "a b", ""]),
    ],
)  # fmt: skip
def test_which_hosts_are_known(settings: dict[str, object], known: list[str], unknown: list[str]) -> None:
    made = Settings(**settings)  # type: ignore[arg-type]
    assert [host for host in known if not is_known(made, host)] == []
    assert [host for host in unknown if is_known(made, host)] == []


def test_a_host_has_one_spelling() -> None:
    assert host_name("[0:0::1]:80") == "::1" and host_name("A.b.:80") == "a.b"
    assert [name for name in ("[::::]", "[1]", "a:b", "a/b", ":80", ".", "a:999999") if host_name(name)] == []


def test_an_absolute_target_is_taken_for_its_path(carried: Running) -> None:
    own = f"127.0.0.1:{carried.port}"
    assert answered(carried, f"http://{own}/ns.ttl", "Host: evil.example")[0] == 200
    assert answered(carried, f"HTTP://{own}?lang=en", "Accept: text/html")[0] == 200
    assert answered(carried, f"http://{own}/sparql?query=ASK%20%7B%7D")[2].endswith(b"}")
    assert answered(carried, "http://evil.example/ns.ttl")[0] == 421
    for target in ("ftp://x/ns.ttl", "http:///ns.ttl", "ns.ttl", "*", "x:80", "http://a@x/ns"):
        assert answered(carried, target)[0] == 400, target
    assert answered(carried, "*", method="OPTIONS")[0] == 204


FORM = "Content-Type: application/x-www-form-urlencoded"
CHUNKED = b"12\r\nquery=ASK%20%7B%7D\r\n0\r\n\r\n"


def test_a_body_of_two_lengths_ends_the_connection(carried: Running) -> None:
    two = (FORM, "Content-Length: 18", "Transfer-Encoding: chunked")
    status, head, _ = answered(carried, "/sparql", *two, method="POST", body=CHUNKED)
    assert status == 400 and "connection: close" in head
    assert (
        answered(carried, "/sparql", FORM, "Transfer-Encoding: chunked", method="POST", body=CHUNKED)[0]
        == 200
    )


EXISTS = [
    "/ns.ttl",
    "/id/strategy/shin-seicho.ttl",
    "/page/id/strategy/shin-seicho",
    "/sparql?query=ASK%20%7B%7D",
]
MISSES = ["/id/none.ttl", "/page/id/none", "/sparql?query=ASK%7B", "/api/entity?thing=none-of-it", "/nothing"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_any_tag_fits_what_there_is(carried: Running, method: str) -> None:
    for path in EXISTS:
        status, _, body = answered(carried, path, "If-None-Match: *", method=method)
        assert (status, body) == (304, b""), path
    for path in MISSES:
        assert answered(carried, path, "If-None-Match: *", method=method)[0] in (400, 404), path


def test_tags_compare_weakly(carried: Running) -> None:
    tag = carried.get("/ns.ttl").headers["etag"]
    headers = {"If-None-Match": f'"other", {tag.removeprefix("W/")}'}
    assert carried.get("/ns.ttl", headers=headers).status_code == 304
    assert is_among('W/"a"', '"a"') and is_among('"a"', 'W/"a"') and is_among('"a"', '"b,c",W/"a"')
    assert not is_among('W/"a"', '"b"') and not is_among('"a"', "a") and not is_among('"a"', '"ba"')


SELECT = quote("SELECT * { ?s ?p ?o } LIMIT 1")
CONSTRUCT = quote("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1")


@pytest.mark.parametrize(
    ("address", "media"),
    [
        (f"/sparql?query={SELECT}&format=text/csv", "text/csv"),
        (f"/sparql?query={SELECT}&format=CSV", "text/csv"),
        (f"/sparql?query={SELECT}&format=application/sparql-results%2Bxml", "application/sparql-results+xml"),
        (f"/sparql?query={SELECT}&format=application/sparql-results+xml", "application/sparql-results+xml"),
        (f"/sparql?query={SELECT}&format=pdf", None),
        (f"/sparql?query={SELECT}&format=turtle", None),
        (f"/sparql?query={SELECT}&format=", "application/sparql-results+json"),
        (f"/sparql?query={CONSTRUCT}&format=application/ld%2Bjson", "application/ld+json"),
        (f"/sparql?query={CONSTRUCT}&format=csv", None),
        ("/dataset?format=text/turtle", "text/turtle"),
        ("/dataset?format=csv", None),
        ("/.well-known/void?format=nt", "application/n-triples"),
        ("/ns?format=jsonld", "application/ld+json"),
        ("/ns?format=csv", None),
        ("/id/strategy/shin-seicho?format=csv", None),
    ],
)
def test_a_form_in_the_address_is_given_or_refused(carried: Running, address: str, media: str | None) -> None:
    response = carried.get(address, headers={"Accept": "*/*"})
    if media is None:
        assert response.status_code == 406
    else:
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("SELECT *\u3000{ ?s ?p ?o }", (1, 9, "\u3000")),
        ("SELECT *\n{ ?s ?p ?o ｝", (2, 12, "｝")),
        ("SELECT * { ?s ?p “a” }", (1, 18, "“")),
        ("SELECT * { ?s\u00a0?p ?o }", (1, 14, "\u00a0")),
        ("\ufeffASK {}", (1, 1, "\ufeff")),
        ("ＡＳＫ {}", (1, 1, "Ａ")),
        ("ASK { ?s ?p '\u3000｛' } # \u3000", None),
        ("ASK { ?s kk:総務省 <http://x/｛> }", None),
    ],
)
def test_a_sign_that_sparql_does_not_have_is_named(
    carried: Running, text: str, where: tuple[int, int, str] | None
) -> None:
    assert odd_sign(text) == where
    if where:
        response = carried.ask(text)
        assert response.status_code == 400
        assert (
            f"line {where[0]}, sign {where[1]}" in response.text and f"U+{ord(where[2]):04X}" in response.text
        )


PATHS = ["/", "/sparql", "/sparql?query=ASK%20%7B%7D", "/api/search?q=a", "/api/openapi.json", "/health", "/metrics", "/help", "/ns", "/dataset", "/.well-known/void", "/id/strategy/shin-seicho", "/page/id/strategy/shin-seicho", "/gaps", "/nothing", "/page/id/none"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_head_and_options_are_answered_everywhere(carried: Running, path: str) -> None:
    known = carried.get(path)
    head = carried.client.head(carried.url + path)
    assert head.status_code == known.status_code and head.content == b""
    options = carried.client.options(carried.url + path)
    assert options.status_code == 204 and "GET" in options.headers["allow"]
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        refused = carried.client.request(method, carried.url + path)
        assert refused.status_code in (404, 405)
