"""The pages of a site, made by the tasks that answer the server's requests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pyoxigraph as ox
from starlette.datastructures import QueryParams

from konkyo.api import KnowledgeGraph
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import ontology_dir
from konkyo.common.temporary import temporary_folder
from konkyo.common.words import Language, Words
from konkyo.model.jsonld import write_jsonld
from konkyo.model.namespaces import BASE, PREFIXES
from konkyo.model.syntax import serialized
from konkyo.server.http.addresses import place
from konkyo.server.http.parameters import read
from konkyo.server.http.problems import Problem
from konkyo.server.linked_data import describe
from konkyo.server.pages import entity, help, stored
from konkyo.server.pages.context import PageContext
from konkyo.server.pages.listings import LISTINGS
from konkyo.server.pages.made import PageTask
from konkyo.server.pages.render import keeping, render
from konkyo.server.pages.routes import PAGES, THING
from konkyo.server.pages.tables import held_years
from konkyo.server.site.addresses import Addresses, relative
from konkyo.server.site.apart import apart
from konkyo.server.site.archive import zipped
from konkyo.server.site.files import SiteFile
from konkyo.server.site.frame import site_context
from konkyo.server.site.links import Links
from konkyo.store import Store

# Claims that one place shows on a page: fewer where the page would be larger than it may be.
_CLAIMS = (30, 10)
MOST_BYTES = 480_000
# What points to a thing, in its data; a code may have a million.
_POINTING = 2000
# Of larger tables there is a zip: plain, those of the government's review would be most of the site.
MOST_PLAIN = 1_000_000
# What the page of the vocabulary says in Japanese and then in English.
_IN_BOTH = re.compile(
    r"""(?P<ja><(?P<tag>span|p) lang="ja">(?:(?!</?(?P=tag)[ >]).)*</(?P=tag)>)\s*"""
    r"""(?P<en><(?P=tag) lang="en">(?:(?!</?(?P=tag)[ >]).)*</(?P=tag)>)""",
    re.DOTALL,
)
_ROUTES = {path: (task, params, tables) for path, task, params, tables in PAGES}


@dataclass(frozen=True)
class Site:
    """What every page of a site is made with. ``base`` is its public address, empty where there is none."""

    addresses: Addresses
    base: str
    version: str

    @property
    def languages(self) -> tuple[Language, ...]:
        """Return the languages that it is in."""
        return ("ja", "en") if self.addresses.english else ("ja",)

    @property
    def links(self) -> Links:
        """Return what rewrites its links."""
        return Links(self.addresses, self.base)

    def page_of(self, iri: str) -> str | None:
        """Return the file of a thing's Japanese page; None where it has none."""
        path = place(iri)
        return None if path is None else self.addresses.file(f"/page{path}", "ja")

    def at(self, address: str, lang: Language = "ja", offset: int = 0) -> PageContext:
        """Return where a page stands."""
        at = site_context(lang, address, base=self.base, version=self.version)
        return replace(at, query=(("offset", str(offset)),)) if offset else at

    def page(self, html: bytes, address: str, lang: Language, offset: int = 0) -> SiteFile:
        """Return a page of the server as a file. Raises ValueError for an address that the site has not."""
        file = self.addresses.file(f"{address}?offset={offset}" if offset else address, lang)
        if file is None:
            raise ValueError(f"{address} has no place on the site")
        return self.linked(SiteFile(file, html))

    def table(self, content: bytes, address: str, lang: Language) -> SiteFile:
        """Return a table of the server as a file. Raises ValueError for an address that the site has not."""
        file = self.addresses.file(address, lang)
        if file is None:
            raise ValueError(f"{address} has no place on the site")
        return SiteFile(file, content)

    def linked(self, file: SiteFile) -> SiteFile:
        """Return a file; a page with its links as they stand in its place."""
        if not file.path.endswith(".html"):
            return file
        lang: Language = "en" if file.path.startswith("en/") else "ja"
        return file._replace(content=self.links.page(file.content, file.path, lang))


# --- things -----------------------------------------------------------------------------------------------


def thing_files(graph: KnowledgeGraph, site: Site, iri: str) -> Iterator[SiteFile]:
    """Yield the pages of a thing in both languages, and what is known of it as data."""
    path = place(iri)
    assert path is not None
    kind, _, key = iri.removeprefix(BASE).partition("/")
    asked = {**read(QueryParams(), THING), "kind": kind, "key": key}
    yield from _in_parts(graph, site, f"/page{path}", entity.page, asked)
    yield from _data(site.addresses.things[path], _triples(graph.store, ox.NamedNode(iri)))


def _data(place: str, triples: list[ox.Triple]) -> Iterator[SiteFile]:
    plain = serialized(triples, ox.RdfFormat.N_TRIPLES).decode()
    used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in plain}
    yield SiteFile(f"{place}.ttl", serialized(triples, ox.RdfFormat.TURTLE, used))
    out = BytesIO()
    file = f"{place}.jsonld"
    write_jsonld(
        sorted(triples, key=lambda triple: str(triple.subject)), out, relative("ns/context.jsonld", file)
    )
    yield SiteFile(file, out.getvalue())


def _triples(store: Store, node: ox.NamedNode) -> list[ox.Triple]:
    own = describe.own_triples(store, node)
    return list(dict.fromkeys([*own, *describe.pointing_triples(store, node, _POINTING)]))


def _in_parts(
    graph: KnowledgeGraph,
    site: Site,
    address: str,
    task: PageTask,
    asked: Mapping[str, Any],
) -> Iterator[SiteFile]:
    """Yield a page in both languages, and those that follow where it is a list in parts."""
    offset, more = 0, True
    while more:
        made = _both(graph, site, address, task, {**asked, "offset": offset})
        yield from (site.page(html, address, lang, offset) for lang, html in made.items())
        offset += site.addresses.step(address)
        more = address in site.addresses.paged and b'rel="next"' in made["ja"]


def _both(
    graph: KnowledgeGraph, site: Site, address: str, task: PageTask, asked: Mapping[str, Any]
) -> dict[Language, bytes]:
    at = site.at(address, offset=asked.get("offset") or 0)
    # A list in parts has parts of one size; what is one page takes fewer lines where it would be too large.
    limits: tuple[int, ...] = (site.addresses.step(address),)
    if address not in site.addresses.paged:
        limits = _CLAIMS if address.startswith("/page/") else (*limits, 200, 50)
    for limit in limits:
        with keeping() as kept:
            ja = task(graph, at.plain(), {**asked, "limit": limit})[1]
        if len(ja) <= MOST_BYTES:
            break
    if not site.addresses.english:
        return {"ja": ja}
    if kept:
        return {"ja": ja, "en": kept[-1].in_language("en")}
    other = replace(at, lang="en", chosen=True)
    return {"ja": ja, "en": task(graph, other.plain(), {**asked, "limit": limit})[1]}


# --- pages that are about no one thing ----------------------------------------------------------------------


def other_files(graph: KnowledgeGraph, site: Site, address: str) -> Iterator[SiteFile]:
    """Yield the pages of an address in both languages; where it cannot be answered, pages that say why."""
    try:
        if address.startswith("/help"):
            yield from _help(site, address)
        elif address.startswith("/queries/"):
            yield from _query(graph, site, address)
        else:
            yield from _list(graph, site, address)
    except (KonkyoError, Problem) as error:
        told = error if isinstance(error, Problem) else Problem(404, error.message, hint=error.hint)
        for lang in site.languages:
            html = render("problem.html", site.at(address, lang), title=told.title, problem=told)
            yield site.page(html, address, lang)


def _list(graph: KnowledgeGraph, site: Site, address: str) -> Iterator[SiteFile]:
    named = address.startswith("/gaps/")
    task, params, tables_of = _ROUTES["/gaps/{name}" if named else address]
    asked = dict(read(QueryParams(), params))
    if named:
        asked["name"] = address.removeprefix("/gaps/")
    if address == "/compare" and len(years := held_years(graph)) > 1:
        asked |= {"before": years[-2], "after": years[-1]}
    with ExitStack() as stack:
        if tables := tables_of(asked):
            folder = stack.enter_context(temporary_folder())
            asked["tables"] = {name: str(folder / name) for name in tables}
            for name, call in tables.items():
                (folder / name).write_bytes(call.run(graph))
        for file in _in_parts(graph, site, address, task, asked):
            yield from apart(file)
        if address in LISTINGS:
            yield from _sheets(graph, site, f"{address}.csv", _ROUTES[f"{address}.csv"][0], asked)


def _sheets(
    graph: KnowledgeGraph, site: Site, table: str, task: PageTask, asked: Mapping[str, Any]
) -> Iterator[SiteFile]:
    """Yield a table as CSV, with headings in either language."""
    for lang in site.languages:
        yield site.table(task(graph, site.at(table, lang).plain(), asked)[1], table, lang)


def _query(graph: KnowledgeGraph, site: Site, address: str) -> Iterator[SiteFile]:
    """Yield the rows of a stored query as pages and as CSV; where they are too many for that, the pages do not name it."""
    name = address.removeprefix("/queries/")
    asked = {**read(QueryParams(), stored.fields()), "name": name, "offset": 0}
    table = f"{address}.csv"
    files = dict(site.addresses.files)
    sheets: dict[Language, bytes] = {}
    try:
        asked["whole"] = rows = stored.all_rows(graph, asked)
        sheets = {lang: stored.csv_of(rows, lang) for lang in site.languages}
    except Problem:
        del files[table]
    if any(len(content) > MOST_PLAIN for content in sheets.values()):
        files[table] += ".zip"
        sheets = {lang: zipped(f"{name}.csv", content) for lang, content in sheets.items()}
    site = replace(site, addresses=replace(site.addresses, files=files))
    for lang, content in sheets.items():
        yield site.table(content, table, lang)
    yield from _in_parts(graph, site, address, stored.one, asked)


def _help(site: Site, address: str) -> Iterator[SiteFile]:
    name = address.removeprefix("/help").removeprefix("/")
    for lang in site.languages:
        at = site.at(address, lang)
        values = help.one_topic(name, at) if name else help.list_of_topics()
        yield site.page(render("help.html", at, **values), address, lang)


def vocabulary_files(graph: KnowledgeGraph, site: Site) -> Iterator[SiteFile]:
    """Yield the vocabulary: its page, which the server has in both languages at once, in either, and its files."""
    whole = describe.ontology_page(graph)
    for lang in site.languages:
        one = _IN_BOTH.sub(lambda found: found["en" if lang == "en" else "ja"], whole)  # noqa: B023 - used at once
        yield site.table(one.encode(), "/ns", lang)
    for address, name in (
        ("ns.ttl", "konkyo.ttl"),
        *((f"ns/{name}", name) for name in ("codes.ttl", "shapes.ttl", "context.jsonld")),
    ):
        yield SiteFile(address, (ontology_dir() / name).read_bytes())


def message_page(
    site: Site, address: str, lang: Language, title: Words, message: Words, *, status: int = 404
) -> bytes:
    """Return a page that says one thing, such as that something is gone."""
    return render("problem.html", site.at(address, lang), title=title, problem=Problem(status, message))
