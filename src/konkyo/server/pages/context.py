"""Where a page stands: its language, address and the version of the data, as plain values for a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlencode

from konkyo.common.words import Language
from konkyo.model.namespaces import BASE
from konkyo.server.http.addresses import place

Query = tuple[tuple[str, str], ...]
# Pages that speak of a year: a link from one to another keeps the years that were asked for.
_YEARS = ("year", "since")
# What a written site has of each thing beside its page.
WRITTEN = ("ttl", "jsonld")
_OF_A_YEAR = ("/", "/search", "/ministries", "/strategies", "/laws", "/panels", "/gaps", "/view")


@dataclass(frozen=True, slots=True)
class PageContext:
    """The request as its page needs to know it.

    ``root`` is the prefix of a reverse proxy, ``origin`` scheme and host with it; ``chosen`` says that the language
    stands in the address, so that links keep it. ``query`` is the query without the language. ``static`` says that the page is
    written to a file: what only a server answers is left out of it.
    """

    lang: Language
    chosen: bool
    root: str
    origin: str
    path: str
    query: Query
    version: str
    static: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> PageContext:
        """Return it from values of JSON."""
        query = tuple((str(name), str(value)) for name, value in plain["query"])
        return cls(**{**plain, "query": query})

    def url(self, path: str, query: Mapping[str, object] | None = None, **more: object) -> str:
        """Return a link within the server; a value of None is left out, a list stands several times."""
        values: list[tuple[str, str]] = []
        wanted = {**(query or {}), **more}
        if path.startswith(("/page", "/gaps/")) or path in _OF_A_YEAR:
            for name in _YEARS:
                wanted.setdefault(name, dict(self.query).get(name))
        for name, value in wanted.items():
            several = value if isinstance(value, list | tuple) else [value]
            values += [(name, str(item)) for item in several if item is not None and item != ""]
        if self.chosen:
            values.append(("lang", self.lang))
        return self.root + path + (f"?{urlencode(values)}" if values else "")

    def here(self, **changes: object) -> str:
        """Return a link to this page with other parameters; None takes one away."""
        values: dict[str, object] = {}
        for name, value in self.query:
            known = values.get(name)
            values[name] = [*known, value] if isinstance(known, list) else [value]
        return self.url(self.path, {**dict.fromkeys(_YEARS), **values, **changes})

    def in_language(self, lang: str) -> str:
        """Return a link to this page in a language."""
        values = [*self.query, ("lang", lang)]
        return f"{self.root}{self.path}?{urlencode(values)}"

    def own(self, iri: str) -> bool:
        """Return whether this server shows an IRI; those of other vocabularies stand elsewhere."""
        return place(iri) is not None

    def page(self, iri: str) -> str:
        """Return a link to the page about an IRI of the data, or of others that the data names."""
        path = place(iri)
        if path is None:
            return self.url("/page", iri=iri)
        return self.root + path if path.startswith("/ns") else self.url("/page" + path)

    def data(self, iri: str, suffix: str) -> str | None:
        """Return a link to the description of an IRI in another form (``ttl``, ``jsonld``, ``nt``)."""
        path = place(iri)
        if path is None or path.startswith("/ns") or (self.static and suffix not in WRITTEN):
            return None
        return f"{self.root}{path}.{suffix}"

    def absolute(self, iri: str) -> str:
        """Return the address of an IRI on this server, with scheme and host; of a page that is written, that of the page."""
        path = place(iri)
        if self.static:
            return self.page(iri)
        return self.origin + path if path else f"{self.origin}/page?iri={quote(iri, safe='')}"


def short(iri: str) -> str:
    """Return an IRI of the data without what all have in common."""
    return iri.removeprefix(BASE)
