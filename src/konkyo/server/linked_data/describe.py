"""What runs in a worker for linked data: one thing described, and the vocabulary."""

from __future__ import annotations

from itertools import chain
from typing import TypedDict
from urllib.parse import urlencode

import pyoxigraph as ox

from konkyo.api import KnowledgeGraph
from konkyo.common.paths import ontology_dir
from konkyo.model.identifiers import typed
from konkyo.model.namespaces import RDFS
from konkyo.model.syntax import serialized
from konkyo.server.dataset.description import FOAF
from konkyo.server.http.negotiation import GRAPH_FORMS
from konkyo.server.sparql.results import write_triples
from konkyo.server.workers import worker
from konkyo.server.workers.task import Task
from konkyo.store import Store
from konkyo.store.generations import open_previous


class Described(TypedDict):
    """What is known of an IRI."""

    iri: str | None  # None where there is no such thing
    longer: bool  # one of the longer candidates is there
    gone: bool  # the generation before had it
    cut: int | None  # how many triples are given of more
    over: str | None  # the limit that even its own triples exceed


@Task
def describe(
    graph: KnowledgeGraph,
    *,
    candidates: list[str],
    longer: list[str],
    form: str | None,
    max_rows: int,
    max_bytes: int,
    document: str,
    endpoint: str,
) -> tuple[Described, bytes]:
    """Describe the first of the candidates that there is: its own triples, and those that point to it.

    Where these are more than the limits allow none of them is given, and a statement about the ``document`` tells so: a program
    reads the body and no headers.
    """
    head: Described = {"iri": None, "longer": False, "gone": False, "cut": None, "over": None}
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
    own = own_triples(graph.store, node)
    if len(own) > max_rows:
        head["over"] = "rows"
        return head, b""
    others = _others(node)
    count = _pointing(graph.store, node)  # quicker than reading what is too much
    if len(own) + count - sum(triple.object == node for triple in own) <= max_rows:
        whole = write_triples(chain(own, graph.store.construct(others)), form, max_rows, max_bytes)
        if whole.cut is None:
            return head, whole.body
    link = f"{endpoint}?{urlencode({'query': f'{others} LIMIT {max_rows}'})}"
    told = _left_out(node, count, document, link)
    written = write_triples([*told, *own], form, len(told) + len(own), max_bytes)
    head["cut"], head["over"] = len(own), written.cut
    return head, written.body


def own_triples(store: Store, node: ox.NamedNode) -> list[ox.Triple]:
    """Return what is said of a thing."""
    return list(store.construct(f"CONSTRUCT {{ {node} ?p ?o }} WHERE {{ {node} ?p ?o }}"))


def pointing_triples(store: Store, node: ox.NamedNode, most: int) -> list[ox.Triple]:
    """Return what points to a thing, at most so many triples."""
    return list(store.construct(f"{_others(node)} LIMIT {most}"))


def _others(node: ox.NamedNode) -> str:
    return f"CONSTRUCT {{ ?s ?p {node} }} WHERE {{ ?s ?p {node} }}"


def _pointing(store: Store, node: ox.NamedNode) -> int:
    """Return how many triples point to a thing; the union of the graphs has a triple of two of them twice."""
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ SELECT DISTINCT ?s ?p WHERE {{ ?s ?p {node} }} }} }}"
    return int(next(iter(store.select(text)))["n"].value)


def _left_out(node: ox.NamedNode, count: int, document: str, link: str) -> list[ox.Triple]:
    """Return what says in a document about a thing that the triples that point to the thing are not in it, and where they are."""
    here = ox.NamedNode(document)
    ja = (
        f"このIRIを目的語とするトリプル{count:,}件は、一つの答えの上限を超えるため、この文書にはありません。"
        "rdfs:seeAlso の問合せがその初めの部分を答え、OFFSET を付ければ続きを答えます。"
    )
    en = (
        f"The {count:,} triples with this IRI as their object are not in this document, being more than one answer may hold. "
        "The query of rdfs:seeAlso gives the first of them and, with OFFSET, the next."
    )
    return [
        ox.Triple(here, ox.NamedNode(FOAF + "primaryTopic"), node),
        ox.Triple(here, ox.NamedNode(RDFS + "seeAlso"), ox.NamedNode(link)),
        *(
            ox.Triple(here, ox.NamedNode(RDFS + "comment"), ox.Literal(text, language=lang))
            for lang, text in (("ja", ja), ("en", en))
        ),
    ]


def _first(store: Store, candidates: list[str]) -> str | None:
    """Return the first candidate that the store says anything of; a named graph counts as well."""
    for iri in candidates:
        if typed(iri) is None:
            continue
        node = ox.NamedNode(iri)
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


@Task
def ontology(graph: KnowledgeGraph, *, files: list[str], form: str) -> bytes:
    """Return files of the vocabulary as RDF, the same graph in each form; as Turtle one behind the other, as they were written."""
    paths = [ontology_dir() / name for name in files]
    if form == "turtle":
        return b"\n".join(path.read_bytes() for path in paths)
    read = (ox.parse(path=str(path), format=ox.RdfFormat.TURTLE) for path in paths)
    return serialized([quad.triple for quads in read for quad in quads], GRAPH_FORMS[form])


@Task
def ontology_page(graph: KnowledgeGraph) -> str:
    """Return the documentation of the vocabulary, made once in a worker's life."""
    from konkyo.present.ontology_page import ontology_html

    if not _pages:
        _pages.append(ontology_html())
    return _pages[0]


_pages: list[str] = []
