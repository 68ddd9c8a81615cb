"""Parts of SPARQL queries: prefixes, terms, and many things asked for in one query. No other module writes a prefix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.model.namespaces import PREFIXES

if TYPE_CHECKING:
    from konkyo.store import Store

_BATCH = 500
# Past as many batches, two are asked at once.
_FEW_BATCHES = 2
# Past as many properties they are read in one go.
_FEW = 3


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


def _numbered(subject: str, number: str, names: Iterable[str]) -> str:
    """Return a VALUES block that binds two variables to each of some terms and to its place."""
    return f"VALUES (?{subject} ?{number}) {{ {' '.join(f'({name} {n})' for n, name in enumerate(names))} }}"


def _things(batch: Iterable[str]) -> str:
    return _numbered("s", "i", map(str, map(ox.NamedNode, batch)))


def _is_iri(value: str) -> bool:
    """Return whether a value may be asked for: in a graph of others a text may stand where a thing should."""
    try:
        ox.NamedNode(value)
    except ValueError:
        return False
    return True


def _answered(
    store: Store, items: Iterable[str], text_of: Callable[[Sequence[str]], str]
) -> Iterator[tuple[Sequence[str], Iterable[ox.QuerySolution]]]:
    """Yield things in batches, each with the rows of its query; what is no IRI has none.

    A store on disk is asked two at once: it answers in native code, which holds up no other thread. Nobody works on rows
    meanwhile, since after each row whoever is in native code would wait for its turn in Python.
    """
    several = list(batches([item for item in items if _is_iri(item)]))
    if store.folder is None or len(several) <= _FEW_BATCHES:
        for batch in several:
            yield batch, store.select(text_of(batch))
        return
    from concurrent.futures import ThreadPoolExecutor

    def rows(batch: Sequence[str]) -> list[ox.QuerySolution]:
        return list(store.select(text_of(batch)))

    with ThreadPoolExecutor(1) as beside:
        for one, other in zip_longest(several[::2], several[1::2]):
            later = beside.submit(rows, other) if other else None
            yield one, rows(one)
            if later:
                yield other, later.result()


def select_each(
    store: Store, iris: Iterable[str], names: str, pattern: str
) -> Iterator[tuple[str, ox.QuerySolution]]:
    """Yield each IRI with each of its rows: the variables ``names`` of what a pattern of ``?s`` matches for it.

    A row holds a number for the IRI: an engine on disk looks every name up that it gives back.
    """

    def text(batch: Sequence[str]) -> str:
        return f"{PROLOGUE}SELECT ?i {names} WHERE {{ {_things(batch)} {pattern} }}"

    for batch, rows in _answered(store, iris, text):
        for row in rows:
            yield batch[int(row["i"].value)], row


def properties_each(
    store: Store, iris: Iterable[str], names: Sequence[str]
) -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    """Yield each IRI with each value of these properties (prefixed names) and the property's name.

    A row holds a number for the property too, for the same reason as in :func:`select_each`.
    """
    if not names:
        return
    few = " UNION ".join(f"{{ ?s {name} ?o BIND({n} AS ?n) }}" for n, name in enumerate(names))

    def text(batch: Sequence[str]) -> str:
        where = f"{_things(batch)} {few}"
        if len(names) > _FEW and store.folder is not None:
            # To read past what is not wanted costs an engine on disk less than to look many properties up each by itself. The
            # inner query is a fence: joined with the things themselves, the names would be tried with each of them. A server
            # whose queries are taken apart knows no fence: it would send all facts with these names.
            inner = f"SELECT ?i ?p ?o WHERE {{ {_things(batch)} ?s ?p ?o }}"
            where = f"{{ {inner} }} {{ {_numbered('p', 'n', names)} }}"
        return f"{PROLOGUE}SELECT ?i ?n ?o WHERE {{ {where} }}"

    for batch, rows in _answered(store, iris, text):
        for i, n, value in rows:
            yield batch[int(i.value)], names[int(n.value)], value
