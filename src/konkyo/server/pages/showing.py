"""What the pages about things share: how an error of the question becomes a page, and how a thing is cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.common.words import Words
from konkyo.graph.lookup.things import Thing, find_ministry
from konkyo.graph.reader import Reader
from konkyo.model.namespaces import expand
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.made import Made, PageTask
from konkyo.server.workers.task import Task
from konkyo.store import Store


def shows(function: Callable[[KnowledgeGraph, PageContext, Mapping[str, Any]], Made]) -> PageTask:
    """Register a page as a task, which takes plain values of JSON."""

    @Task
    @wraps(function)
    def page_of(graph: KnowledgeGraph, at: dict[str, Any], asked: Mapping[str, Any]) -> Made:
        return function(graph, PageContext.of(at), asked)

    return page_of


def chosen_ministry(store: Store, asked: Mapping[str, Any]) -> str | None:
    """Return the IRI of the ministry that a request names, None where it names none. Raises KonkyoError for an unknown one.

    Whatever takes ``ministry`` asks here, also where it then has no use for it.
    """
    return find_ministry(store, asked["ministry"]).iri if asked.get("ministry") else None


@dataclass(frozen=True, slots=True)
class Cite:
    """How a page is cited: what it is of, by its permanent IRI, and in which version of the data."""

    label: Words
    iri: str
    address: str
    version: str
    data: str
    sources: tuple[Words, ...]


def data_hash(store: Store) -> str:
    """Return one hash for all sources that were read, as `--cite` gives it: the same data has it on any machine."""
    rows = store.select(f"SELECT DISTINCT ?sha WHERE {{ ?file <{expand('kk:sha256')}> ?sha }}")
    return sha256("\n".join(sorted(row["sha"].value for row in rows)).encode()).hexdigest()


def cite(reader: Reader, at: PageContext, thing: Thing) -> Cite:
    """Return how to cite a thing: with the documents from which it was read."""
    found = dict.fromkeys(item.source for item in reader.evidence(thing.iri))
    return Cite(
        thing.label, thing.iri, at.absolute(thing.iri), at.version, data_hash(reader.store), tuple(found)
    )


def is_ministry(reader: Reader, thing: Thing) -> bool:
    """Return whether anything has a body for its ministry."""
    reader.load([thing.iri])
    if expand("org:Organization") not in reader.objects(thing.iri, "rdf:type"):
        return False
    text = f"SELECT ?s WHERE {{ ?s <{expand('kk:ministry')}> <{thing.iri}> }} LIMIT 1"
    return any(True for _ in reader.store.select(text))
