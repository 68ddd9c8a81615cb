from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.store import EmbeddedStore
from konkyo.store.query_guard import named_graphs, refuse_service
from support.children import comes_to_each
from support.rdflib_store import RdflibStore


@pytest.mark.parametrize("store", [EmbeddedStore(), RdflibStore()], ids=["oxigraph", "rdflib"])
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'x\\'' . SERVICE ?e { ?s ?p ?o } }",
        "SELECT * { #\n SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        'SELECT * { ?s ?p "#" . SeRvIcE ?e { ?s ?p ?o } }',
    ],
)
def test_a_query_calls_nobody(store: EmbeddedStore | RdflibStore, text: str) -> None:
    with pytest.raises(KonkyoError, match="SERVICE is refused"):
        store.query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """a "SERVICE" b""" }',
        "SELECT * { ?s <http://example.org/SERVICE> ?o } # SERVICE",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:SERVICE ?o }",
        "SELECT * { ?s ?p \"it's\" . ?s ?q 'a SERVICE' }",
    ],
)
def test_the_word_alone_is_no_call(text: str) -> None:
    refuse_service(text)
    EmbeddedStore().query(text)


@pytest.mark.parametrize(
    "text",
    [
        # Oxigraph wants no space around a word, so that each of these calls out, or would with other data.
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX a: <http://127.0.0.1:9/> SELECT * { SERVICEa:x { ?s ?p ?o } }",
        "PREFIX a.b: <http://127.0.0.1:9/> SELECT * { {}SERVICESILENTa.b:x { ?s ?p ?o } }",
        "PREFIX SERVICE: <a:> PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { {}SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX a: <a:> SELECT * { ?s ?p a:.SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        # What looks like an IRI, and is "less than" and a comment.
        "SELECT * { VALUES ?a { 1 } FILTER(?a<2)SERVICE?e#>\n{ ?s ?p ?o } }",
        "SELECT * { VALUES ?a { 1 } FILTER(?a<b:c#x>'''\n) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #'''\n}",
        # An IRI with an escape is one too, and its "#" begins no comment.
        "SELECT * { ?s <http://x\\u0041#> ?o SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_a_call_is_known_in_every_spelling(text: str) -> None:
    with pytest.raises(KonkyoError, match="SERVICE is refused"):
        refuse_service(text)


@pytest.mark.parametrize(
    ("text", "graphs"),
    [
        ("SELECT * FROM <http://x/a> FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", ["http://x/a", "file:///etc/passwd"]),
        ("prefix g: <http://x/> SELECT * from named g:a # FROM <no>\n{ ?s ?p 'FROM <no>' }", ["http://x/a"]),
        ("SELECT ?from { ?from <http://x/FROM> <http://x/b> }", []),
        ("BASE <http://x/d/> PREFIX p: <e/> SELECT * FROM <a> FROM p:b FROM <../c> { ?s ?p ?o }", ["http://x/d/a", "http://x/d/e/b", "http://x/c"]),
        ("base <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }", ["file:///etc/passwd"]),
    ],
)  # fmt: skip
def test_the_graphs_after_from_are_told(text: str, graphs: list[str]) -> None:
    assert named_graphs(text) == graphs


def test_from_restricts_what_is_seen() -> None:
    store = EmbeddedStore()
    for name in ("a", "b"):
        iri = f"http://x/{name}"
        store.load(iri, [f"<{iri}> <http://x/p> <{iri}> <{iri}> .\n"])
    assert len(list(store.select("SELECT * { ?s ?p ?o }"))) == 2
    assert [row["s"].value for row in store.select("SELECT * FROM <http://x/a> { ?s ?p ?o }")] == [
        "http://x/a"
    ]
    assert not list(store.select("SELECT * FROM NAMED <http://x/a> { ?s ?p ?o }"))
    answer = store.query("SELECT * FROM <http://x/a> { ?s ?p ?o }", default=["http://x/b"])
    assert [row["s"].value for row in answer] == ["http://x/b"]


PIECES = [
    '\\"',
    '"',
    '"""',
    "'",
    "\\'",
    "-",
    ".",
    ":",
    "a:",
    "<a> ",
    "<a#> ",
    "PREFIX",
    "PREFIX ",
    " ",
    "\n",
    "service",
    "FROM ",
    "a.",
    "@a-",
    "%4",
    "?a",
]


def test_no_long_query_takes_for_ever(tmp_path: Path) -> None:
    code = f"""
from contextlib import suppress
from konkyo.common.errors import KonkyoError
from konkyo.store.query_guard import named_graphs, refuse_service
from konkyo.graph.stored_queries import parse
for number, piece in enumerate({PIECES!r}):
    for start, end in (("service from ", ""), ("PREFIX ", " service from"), ("# title-ja: x", "y\\n")):
        for read in (refuse_service, named_graphs, lambda text: parse("q", text)):
            with suppress(KonkyoError):
                read(start + piece * (200_000 // len(piece)) + end)
    print(number, flush=True)
"""
    comes_to_each(code, map(str, range(len(PIECES))), tmp_path / "log")
