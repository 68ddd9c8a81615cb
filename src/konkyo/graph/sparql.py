"""Parts of SPARQL queries: prefixes, terms, and many things asked for in one query. No other module writes a prefix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.model.namespaces import PREFIXES

if TYPE_CHECKING:
    from konkyo.store import Store

_BATCH = 500


def declared(prefixes: Mapping[str, str]) -> str:
    """Return the prologue that declares these prefixes, a line for each."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())


PROLOGUE = declared({name: iri for name, iri in PREFIXES.items() if name != "id"})


def batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield a list in pieces that a query can hold."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def terms(iris: Iterable[str]) -> str:
    """Return IRIs as terms of a query. Raises ValueError for what is no IRI."""
    return " ".join(str(ox.NamedNode(iri)) for iri in iris)


def values_of(name: str, iris: Iterable[str]) -> str:
    """Return a VALUES block that binds a variable to each IRI. Raises ValueError for what is no IRI."""
    return f"VALUES ?{name} {{ {terms(iris)} }}"


def select_each(
    store: Store, iris: Iterable[str], names: str, pattern: str
) -> Iterator[tuple[str, ox.QuerySolution]]:
    """Yield each IRI with each of its rows: the variables ``names`` of what a pattern of ``?s`` matches for it.

    A row holds a number for the IRI: an engine on disk looks every name up that it gives back.
    """
    for batch in batches(list(iris)):
        numbered = " ".join(f"({ox.NamedNode(iri)} {number})" for number, iri in enumerate(batch))
        text = f"{PROLOGUE}SELECT ?i {names} WHERE {{ VALUES (?s ?i) {{ {numbered} }} {pattern} }}"
        for row in store.select(text):
            yield batch[int(row["i"].value)], row
