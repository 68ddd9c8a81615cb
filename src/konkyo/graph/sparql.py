"""Parts of SPARQL queries: prefixes, and many things asked for in one query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

_BATCH = 500


def numbered(iris: Sequence[str]) -> str:
    """Return a VALUES block that binds ``?s`` to each IRI and ``?i`` to its position."""
    return f"VALUES (?s ?i) {{ {' '.join(f'({ox.NamedNode(iri)} {i})' for i, iri in enumerate(iris))} }}"


def batches(items: list[str]) -> Iterator[list[str]]:
    """Yield a list in pieces that a query can hold."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


PROLOGUE = """PREFIX kk: <https://w3id.org/konkyo/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""


def values_of(name: str, iris: Iterable[str]) -> str:
    """Return a VALUES block that binds a variable to each IRI. Raises ValueError for what is no IRI."""
    return f"VALUES ?{name} {{ {' '.join(str(ox.NamedNode(iri)) for iri in iris)} }}"
