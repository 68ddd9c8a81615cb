"""By what a thing is found: its names and numbers in their form, as plain triples of a graph of their own.

SPARQL cannot bring names into a form (:mod:`konkyo.common.name_form`), so the build does it once; a look-up is then one
exact match in the store's index, and a search for a part of a name reads these short texts and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from konkyo.common.name_form import long_marks, name_form
from konkyo.common.text import fold
from konkyo.graph.sparql import PROLOGUE, terms, values_of
from konkyo.model.kinds import KINDS
from konkyo.model.namespaces import ID

if TYPE_CHECKING:
    from konkyo.store import Store

# What is looked up by name. Steps of logic models are found through their project: their texts are sentences.
CLASSES = tuple(kind.term for kind in KINDS if kind.layer is not None and kind.group)
_CITATION = f"{ID}citation/"


def exactly(store: Store, text: str) -> list[str]:
    """Return the IRIs whose name or number is ``text``, however its signs are written; of equal citations the first."""
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?s ?k WHERE {{ VALUES ?k {{ {_spelled(text)} }} ?s kk:searchKey ?k }} ORDER BY ?s"
    )
    return _once((row["s"].value, row["k"].value) for row in rows)


def as_written(store: Store, iris: Sequence[str], text: str) -> list[str]:
    """Return which of things bear a name that is ``text`` but for width, case and spaces, in their order."""
    wanted = fold(text)
    asked = f"{values_of('s', iris)} VALUES ?p {{ skos:prefLabel skos:altLabel }} ?s ?p ?name"
    rows = store.select(f"{PROLOGUE}SELECT DISTINCT ?s ?name WHERE {{ {asked} }}")
    found = {row["s"].value for row in rows if fold(row["name"].value) == wanted}
    return [iri for iri in iris if iri in found]


def partly(store: Store, text: str) -> list[str]:
    """Return the IRIs of whose names ``text`` is a part: citations after all others, shortest first, none twice."""
    fits = " || ".join(f"CONTAINS(?k, {key})" for key in _spelled(text).split(" "))
    rows = store.select(f"{PROLOGUE}SELECT ?s ?k WHERE {{ ?s kk:searchKey ?k FILTER({fits}) }}")
    found = {(row["s"].value, row["k"].value) for row in rows}
    return _once(sorted(found, key=lambda each: (is_citation(each[0]), len(each[1]), *each)))


def is_citation(iri: str) -> bool:
    """Return whether an IRI is that of the words of a source for what it cites."""
    return iri.startswith(_CITATION)


def spellings(form: str) -> list[str]:
    """Return how the form of a text may stand within that of a longer one: ーション, which alone begins with a dash."""
    return list(dict.fromkeys((form, within(form))))


def within(form: str) -> str:
    """Return the form of a text as it stands behind kana."""
    return long_marks(f"ア{form}")[1:]


def _spelled(text: str) -> str:
    """Return the keys under which a text may stand, as terms."""
    import pyoxigraph as ox

    # A store that an older version built has its keys folded only.
    keys = dict.fromkeys((*spellings(name_form(text)), fold(text)))
    return " ".join(str(ox.Literal(key)) for key in keys)


def _once(found: Iterable[tuple[str, str]]) -> list[str]:
    """Return the IRIs of pairs with keys, in their order; citations that differ only in how signs are written are one."""
    kept: dict[str, None] = {}
    cited: set[str] = set()
    for iri, key in found:
        if not is_citation(iri):
            kept.setdefault(iri)
        elif key not in cited:
            cited.add(key)
            kept.setdefault(iri)
    return list(kept)


def same_words(store: Store, citation: str) -> list[str]:
    """Return the citations that differ from this one only in how signs are written, sorted; itself among them where it has a search key."""
    rows = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ {terms([citation])} kk:searchKey ?k . ?s kk:searchKey ?k }} ORDER BY ?s"
    )
    return [row["s"].value for row in rows if is_citation(row["s"].value)]


def denoted(store: Store, citations: Iterable[str]) -> dict[str, list[str]]:
    """Return the documents that citations were taken for, sorted; those of which nothing is said are left out."""
    found: dict[str, set[str]] = {}
    # One that is written the same but for its signs may be another node.
    text = (
        f"{PROLOGUE}SELECT DISTINCT ?s ?o WHERE {{ {values_of('s', citations)} ?s kk:searchKey ?k . ?c kk:searchKey ?k ; "
        "kk:hasDenotation ?d . ?d kk:denotes ?o ; kk:claimLevel ?level FILTER(?level != c:rejected) }"
    )
    for row in store.select(text):
        found.setdefault(row["s"].value, set()).add(row["o"].value)
    return {iri: sorted(documents) for iri, documents in found.items()}
