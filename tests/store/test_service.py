from __future__ import annotations

import pytest

from konkyo.errors import KonkyoError
from konkyo.store import EmbeddedStore
from konkyo.store.embedded import refuse_service
from konkyo.store.memory import RdflibStore


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
