"""What runs in a worker for the routes of SPARQL."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Language, Words
from konkyo.server.http.negotiation import GRAPHS, RESULTS, choose, header
from konkyo.server.sparql.network import network_page
from konkyo.server.sparql.results import BOOLEAN_FORMS, QueryHead, SerializedResult, write_rows, write_triples
from konkyo.server.workers.task import Task
from konkyo.store import EmbeddedStore
from konkyo.store.query_guard import named_graphs

# rdflib's client names its own default graph in every request that it makes of a whole store.
_NO_GRAPH = frozenset(("urn:x-rdflib:default", ""))
_SHOWN_ROWS = 1000


@Task
def query(
    graph: KnowledgeGraph,
    *,
    text: str,
    default: list[str],
    named: list[str],
    accept: str | None,
    wanted: str | None,
    max_rows: int,
    max_bytes: int,
    truncate: bool,
    lang: Language,
    root: str,
    base: str,
) -> tuple[QueryHead, bytes]:
    """Run a query; return the head and the body.

    An answer beyond a limit is refused unless it may be cut there; a page for people is always cut, and
    says so. Raises KonkyoError where it cannot be run.
    """
    store = graph.store
    assert isinstance(store, EmbeddedStore)
    default, named = _dataset(store, text, default, named)
    given = bool(default or named)
    try:
        answer = store.query(
            text, default=default if given else None, named=named if given else None, base=base
        )
        if wanted == "network" and not isinstance(answer, ox.QueryBoolean):
            return network_page(graph, answer, lang, root)
        offered = GRAPHS if isinstance(answer, ox.QueryTriples) else RESULTS
        excel = wanted == "excel" and isinstance(answer, ox.QuerySolutions)
        chosen = choose(accept, "csv" if excel else wanted, offered)
        if chosen is None:
            return {"unfit": sorted(offered)}, b""
        media, form = chosen
        if form == "html":
            return _html(graph, answer, min(max_rows, _SHOWN_ROWS), max_bytes, lang, root)
        if isinstance(answer, ox.QueryBoolean):
            return {"media": header(media), "count": 1}, answer.serialize(format=BOOLEAN_FORMS[form]) or b""
        if isinstance(answer, ox.QueryTriples):
            written = write_triples(answer, form, max_rows, max_bytes)
        elif excel:
            written = _excel(graph, answer, max_rows, max_bytes, lang)
        else:
            written = write_rows(answer, form, max_rows, max_bytes)
    except (ValueError, RuntimeError) as error:
        raise KonkyoError(
            Words(f"問合せを実行できません（{error}）。", f"The query cannot be run ({error}).")
        ) from error
    if written.cut and not truncate:
        return {"over": written.cut}, b""
    return {"media": header(media), "count": written.count, "cut": written.cut}, written.body


def _dataset(
    store: EmbeddedStore, text: str, default: list[str], named: list[str]
) -> tuple[list[str], list[str]]:
    """Return the dataset of a request. Raises KonkyoError for a graph that could only be fetched.

    A graph of the request that the store does not have is empty, as the protocol has it; one after FROM is a mistake
    that is told.
    """
    default = [iri for iri in default if iri not in _NO_GRAPH]
    clause = named_graphs(text)
    for iri in [*default, *named, *clause]:
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise KonkyoError(Words(f"「{iri}」はIRIではありません。", f"{iri!r} is no IRI.")) from error
        if iri.partition(":")[0].lower() not in ("http", "https", "urn"):
            raise _no_graph(iri)
    if clause and not default and not named:
        held = set(store.graphs())
        for iri in clause:
            if iri not in held:
                raise _no_graph(iri)
    return default, named


def _no_graph(iri: str) -> KonkyoError:
    return KonkyoError(
        Words(f"<{iri}> というグラフはありません。", f"There is no graph <{iri}>."),
        hint=Words(
            "このストアの名前付きグラフだけが使えます。外から読み込むことはありません。",
            "Only named graphs of this store can be used; nothing is ever fetched.",
        ),
    )


def _html(
    graph: KnowledgeGraph, answer: Any, max_rows: int, max_bytes: int, lang: str, root: str
) -> tuple[QueryHead, bytes]:
    """Return an answer as a part of a page, with labels in place of IRIs where there are any."""
    from konkyo.present.text.query_results import table
    from konkyo.server.sparql.answer_html import boolean, listing, turtle

    if isinstance(answer, ox.QueryBoolean):
        return {"media": "text/html", "count": 1, "cut": None}, boolean(bool(answer), lang).encode()
    if isinstance(answer, ox.QueryTriples):
        written = write_triples(answer, "turtle", max_rows, max_bytes)
        body = turtle(written.body.decode())
        return {"media": "text/html", "count": written.count, "cut": written.cut}, body.encode()
    rows = table(graph.store, answer, most=max_rows)
    made = listing(rows, lang, root).encode("utf-8", "replace")
    return {"media": "text/html", "count": len(rows), "cut": "rows" if rows.cut else None}, made


def _excel(
    graph: KnowledgeGraph, answer: ox.QuerySolutions, max_rows: int, max_bytes: int, lang: Language
) -> SerializedResult:
    """Return the rows for a spreadsheet: labels, a BOM, and no text that would be a formula."""
    from konkyo.present.text.csv import BOM
    from konkyo.present.text.query_results import table

    rows = table(graph.store, answer, most=max_rows)
    cut = "rows" if rows.cut else None
    while len(body := (BOM + rows.to_csv(lang)).encode("utf-8", "replace")) > max_bytes and rows.rows:
        cut = "bytes"
        rows.rows = rows.rows[: len(rows) * max_bytes // len(body)]
    return SerializedResult(body, len(rows), cut)
