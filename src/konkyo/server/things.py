"""What runs in a worker for linked data: one thing described, and the vocabulary."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pyoxigraph as ox

from konkyo.api import KnowledgeGraph
from konkyo.resources import ontology_dir
from konkyo.server import worker
from konkyo.server.results import GRAPH_FORMS, write_triples
from konkyo.store import Store
from konkyo.store.embedded import open_previous

_INCOMING = 1000
_MAX_BYTES = 20 << 20


def describe(
    graph: KnowledgeGraph, *, candidates: list[str], longer: list[str], form: str | None, most: int
) -> tuple[dict[str, Any], bytes]:
    """Describe the first of the candidates that there is: its own triples, and those that point to it (up to a thousand).

    Returns ``iri`` (None where there is none), ``longer`` (whether one of the longer candidates is there), ``gone`` (whether
    the generation before had it), ``cut`` (how many triples there are at most, where there are more), and the body.
    """
    head: dict[str, Any] = {"iri": None, "longer": False, "gone": False, "cut": None}
    named = _first(graph.store, longer)
    iri = _first(graph.store, candidates)
    if iri is None or named is not None:
        if named is not None:
            return {**head, "iri": named, "longer": True}, b""
        head["gone"] = _was_there(candidates + longer)
        return head, b""
    head["iri"] = iri
    if form is None:
        return head, b""
    node = ox.NamedNode(iri)
    own = graph.store.construct(f"CONSTRUCT {{ {node} ?p ?o }} WHERE {{ {node} ?p ?o }}")
    others = graph.store.construct(
        f"CONSTRUCT {{ ?s ?p {node} }} WHERE {{ ?s ?p {node} }} LIMIT {_INCOMING + 1}"
    )
    triples = [*islice(own, most), *others]
    written = write_triples(triples, form, min(most, len(triples)), _MAX_BYTES)
    if len(triples) >= most or sum(triple.object == node for triple in triples) > _INCOMING or written.cut:
        head["cut"] = written.count
    return head, written.body


def _first(store: Store, candidates: list[str]) -> str | None:
    """Return the first candidate that the store says anything of; a named graph counts as well."""
    for iri in candidates:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        known = store.query(
            f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} UNION {{ GRAPH {node} {{ ?a ?b ?c }} }} }}"
        )
        if known:
            return iri
    return None


def _was_there(candidates: list[str]) -> bool:
    """Return whether the generation before the current one had any of these, as far as it is still there."""
    previous = open_previous(worker.folder())
    if previous is None:
        return False
    try:
        return _first(previous, candidates) is not None
    except OSError:  # a build removes it just now
        return False


def ontology(graph: KnowledgeGraph, *, form: str) -> tuple[dict[str, Any], bytes]:
    """Return the vocabulary with its code lists as RDF; as Turtle just as it was written."""
    if form == "turtle":
        return {}, (ontology_dir() / "konkyo.ttl").read_bytes()
    triples = [
        triple
        for name in ("konkyo.ttl", "codes.ttl")
        for triple in (
            quad.triple for quad in ox.parse(path=str(ontology_dir() / name), format=ox.RdfFormat.TURTLE)
        )
    ]
    return {}, ox.serialize(triples, format=GRAPH_FORMS[form]) or b""


def ontology_page(graph: KnowledgeGraph, *, lang: str) -> str:
    """Return the documentation of the vocabulary, made once in a worker's life."""
    from konkyo.ontology_page import ontology_html

    if not _pages:
        _pages.append(ontology_html())
    return _pages[0]


_pages: list[str] = []
