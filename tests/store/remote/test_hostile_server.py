"""A server that means harm: each of its answers is refused in words, in bounds of time and of memory, and leads nowhere else."""

from __future__ import annotations

import gzip
import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from konkyo.cli import main
from konkyo.model.namespaces import GRAPH
from konkyo.store.remote import fetch
from konkyo.store.remote.endpoints import endpoint
from konkyo.store.remote.http import Http, StoreError
from konkyo.store.remote.store import RemoteStore
from support.answering import answering
from support.waiting import GUARD

JSON = "application/sparql-results+json"
Answer = tuple[int, str, bytes]


def iri(value: str) -> dict[str, Any]:
    return {"type": "uri", "value": value}


TRIPLE = {"type": "triple", "value": {"subject": iri("a:a"), "predicate": iri("a:b"), "object": iri("a:c")}}


def rows(*found: dict[str, Any]) -> Answer:
    told = {"head": {"vars": sorted({name for row in found for name in row})}, "results": {"bindings": found}}
    return 200, JSON, json.dumps(told).encode()


ONE = {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
GRAPHS = rows({"g": iri(f"{GRAPH}rs"), "n": ONE})
GZIP = f"Content-Type: {JSON}\nContent-Encoding: gzip"


def asked(url: str, profile: str = "generic", timeout: float = GUARD) -> RemoteStore:
    where = endpoint(url, {"KONKYO_STORE_TIMEOUT": str(timeout), "KONKYO_STORE_PROFILE": profile})
    return RemoteStore(where, http=Http(where, sleep=lambda _: None))


@pytest.mark.parametrize(
    "answer",
    [
        rows({"g": {"type": "literal", "value": f"{GRAPH}a> }} x"}}),
        rows({"x": iri(f"{GRAPH}a")}),
        rows({"g": TRIPLE}),
        rows({"g": iri(f"{GRAPH}a b")}),
        (200, JSON, b'{"head":{"vars":["g"]},"results":{"bindings":[' + b"[" * 100_000),
        (200, f"{GZIP}, gzip", gzip.compress(gzip.compress(b"0" * 1_000_000))),
        (200, f"Content-Type: {JSON}\nContent-Encoding: br", b"0"),
        (200, f"Content-Type: {JSON}\nContent-Encoding: \x1b[31m", b"0"),
        (302, "Location: file:///etc/passwd\nX: y", b""),
        (307, "Location: //127.0.0.1:9/\nX: y", b""),
    ],
)
def test_no_list_of_graphs_is_made_of_it(answer: Answer) -> None:
    with answering(answer) as url, pytest.raises(StoreError) as caught:
        asked(url).graphs()
    assert caught.value.kind == "nonsense" and "\x1b" not in caught.value.report("en")


@pytest.mark.parametrize(
    "answer",
    [
        rows({"zzz": iri("a:b")}),
        rows({"s": TRIPLE, "p": iri("a:b"), "o": iri("a:c")}),
        rows({"s": {"type": "literal", "value": "a"}, "p": TRIPLE, "o": iri("a:c")}),
    ],
)
@pytest.mark.parametrize("command", [["info"], ["query", "summary"], ["trace", "x"], ["gaps"]])
def test_no_command_fails_by_rows_that_answer_something_else(
    command: list[str], answer: Answer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KONKYO_STORE_PROFILE", "generic")
    with answering(GRAPHS, answer) as url:
        assert main(["--store", url, "--lang", "en", *command]) == 2
    assert "cannot be read as one of SPARQL" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["SELECT ?a ?b { ?a <a:p> ?b }", "SELECT ?a (COUNT(*) AS ?b) { ?a ?p ?o } GROUP BY ?a"]
)
def test_a_row_that_leaves_open_what_the_query_binds_is_no_answer(text: str) -> None:
    told = (
        200,
        JSON,
        b'{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"uri","value":"a:a"}}]}}',
    )
    with answering(GRAPHS, told) as url, pytest.raises(StoreError) as caught:
        asked(url).select(text)
    assert "a row without b" in caught.value.report("en")
    with answering(GRAPHS, told) as url:
        assert [row["b"] for row in asked(url).select("SELECT ?a ?b { ?a ?p ?o OPTIONAL { ?o ?q ?b } }")] == [
            None
        ]


def test_no_triple_is_made_of_rows_that_are_none() -> None:
    """The planner brings triples: a text is no subject."""
    text = {"type": "literal", "value": "a"}
    wrong = rows(dict.fromkeys("abcdefghijklmnopqrstuvwxyz", text))
    with answering(GRAPHS, wrong) as url, pytest.raises(StoreError) as caught:
        asked(url, "virtuoso").select("SELECT ?a { ?a <a:b> ?b OPTIONAL { ?b <a:c> ?c } }")
    assert caught.value.kind == "nonsense" and '("a" <a:b> "a")' in caught.value.report("en")


def test_triples_that_never_end_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_ROWS", 50_000)
    once = (200, "application/n-triples", b"<a:a> <a:b> <a:c> .\n")
    with answering(GRAPHS, once) as url, pytest.raises(StoreError) as caught:
        asked(url, "virtuoso").construct("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert caught.value.kind == "cut"


def test_a_graph_that_is_said_to_hold_more_than_all_is_left() -> None:
    number = {"type": "literal", "value": "9" * 15, "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    once = (200, "application/n-triples", b"<a:a> <a:b> <a:c> .\n")
    with answering(rows({"n": number}), once) as url, pytest.raises(StoreError) as caught:
        list(asked(url, "virtuoso").triples(f"{GRAPH}rs"))
    assert caught.value.kind == "cut" and "1 / " in caught.value.report("en")


@pytest.mark.parametrize("said", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_server_that_never_comes_to_its_answer_is_left(said: bytes) -> None:
    """Each piece comes in time, so that a limit of silence is never met."""
    stop = threading.Event()

    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        with suppress(OSError):  # its client has left
            handler.wfile.write(said)
            while not stop.wait(0.02):
                handler.wfile.write(said if said.endswith(b"\n") else b" ")

    with answering(drips) as url:
        with pytest.raises(StoreError) as caught:
            asked(url, timeout=0.6).graphs()
        stop.set()
    assert caught.value.kind == "slow"
