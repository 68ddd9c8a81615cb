"""What a site consists of: which pages there are, and in which jobs they are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from konkyo.api import KnowledgeGraph
from konkyo.graph.gaps import NAMES
from konkyo.graph.stored_queries import names
from konkyo.present.topics import topics
from konkyo.server.http.addresses import place
from konkyo.server.pages.listings import LISTINGS
from konkyo.server.pages.lists import ministries
from konkyo.server.pages.showing import data_hash
from konkyo.server.site.addresses import Addresses, placed
from konkyo.server.site.rendering import Site
from konkyo.server.site.things import by_kind

_AT_ONCE = 40
# Parts that have a page of their own, which works by scripts.
_IN_THE_BROWSER = {"search": "/search", "browser": "/sparql"}
FEED = "/feed.xml"
_VOCABULARY = {"/ns": "ns/index.html", "/ns.ttl": "ns.ttl"}


@dataclass(frozen=True)
class Job:
    """A part of a site that one process makes: some things, some other pages by their addresses, or a part of its own."""

    kind: Literal["things", "pages", "part"]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A site and how it is made. ``kinds`` are the things that have a page, by kind."""

    site: Site
    kinds: dict[str, list[str]]
    jobs: tuple[Job, ...]


def plan(graph: KnowledgeGraph, base: str, parts: Collection[str], *, english: bool = True) -> Plan:
    """Return what is to be made of a graph, with ``parts`` that are no pages of the server. The same data give the same plan."""
    kinds = by_kind(graph.store)
    iris = sorted({iri for some in kinds.values() for iri in some})
    paths = [path for iri in iris if (path := place(iri))]
    queries = [f"/queries/{name}" for name in names()]
    gaps = [f"/gaps/{name}" for name in NAMES]
    others = [
        "/",
        "/overview",
        *LISTINGS,
        "/about",
        "/gaps",
        "/compare",
        "/queries",
        *gaps,
        *queries,
        *_help(),
    ]
    tables = {f"{address}.csv": f"{address[1:]}.csv" for address in (*queries, *LISTINGS)}
    of_ministries = [f"/page{path}" for iri, _, _ in ministries(graph.store) if (path := place(iri))]
    addresses = Addresses(
        placed(paths),
        frozenset([*others, *(address for name, address in _IN_THE_BROWSER.items() if name in parts)]),
        {**_VOCABULARY, **tables, FEED: FEED[1:]},
        english=english,
        translated=frozenset([*tables, FEED, "/ns"]),
        paged=frozenset([*LISTINGS, *gaps, *of_ministries]),
    )
    # What takes longest begins first.
    jobs = [
        *(Job("part", (name,)) for name in parts),
        *(
            Job("pages", (address,))
            for address in sorted(others, key=lambda address: not address.startswith("/gaps"))
        ),
        *(Job("things", tuple(some)) for some in _chunks(iris)),
    ]
    return Plan(Site(addresses, base, data_hash(graph.store)[:16]), kinds, tuple(jobs))


def _help() -> list[str]:
    return ["/help", *(f"/help/{topic.name}" for topic in topics())]


def _chunks(iris: list[str]) -> Iterator[list[str]]:
    """Yield things in parts that take about as long as one another."""
    count = -(-len(iris) // _AT_ONCE) or 1
    yield from (iris[number::count] for number in range(count))
