"""Loads from the store what a question needs, in batches, and answers from memory.

Everything that walks the graph (network, trace, tables with labels) reads through this, so that a walk costs
a few queries and not one for each step, and so that it works the same on every backend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from konkyo.vocabulary import ID, KK, C, expand
from konkyo.words import Words

if TYPE_CHECKING:
    from konkyo.store import Store

_BATCH = 500


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """One piece of evidence in words: the document, the place in it, the field, the words, the certainty.

    ``place`` is ``L143-144, L134`` or ``row 12, column 計画通知名``, in both languages.
    """

    iri: str
    source: Words
    place: Words
    field: Words
    words: str | None
    certainty: Words | None
    note: str | None
    row: int | None = None
    column: str | None = None

    def short(self, lang: str) -> str:
        """Return ``総務省23-⑮ L143``."""
        return f"{self.source.of(lang)} {self.place.of(lang)}"


class Reader:
    """The part of a graph that has been loaded so far."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._out: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        self._in: dict[tuple[str, str], list[str]] = {}

    # --- loading --------------------------------------------------------------------------------

    def load(self, iris: Iterable[str]) -> None:
        """Load all triples whose subject is one of these IRIs."""
        wanted = [iri for iri in dict.fromkeys(iris) if iri not in self._out]
        for batch in _batches(wanted):
            for iri in batch:
                self._out[iri] = {}
            values = " ".join(str(ox.NamedNode(iri)) for iri in batch)
            for row in self.store.select(
                f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
            ):
                self._out[row["s"].value].setdefault(row["p"].value, []).append(row["o"])
        for iri in wanted:
            for objects in self._out[iri].values():
                objects.sort(key=str)

    def load_incoming(self, iris: Iterable[str], properties: Sequence[str]) -> None:
        """Load which subjects point to these IRIs by these properties (prefixed names)."""
        iris, full = list(iris), [expand(name) for name in properties]
        for predicate in full:
            wanted = [iri for iri in dict.fromkeys(iris) if (iri, predicate) not in self._in]
            for batch in _batches(wanted):
                for iri in batch:
                    self._in[iri, predicate] = []
                values = " ".join(str(ox.NamedNode(iri)) for iri in batch)
                # A property a query: Oxigraph plans two VALUES together by scanning everything, a hundred times slower.
                text = f"SELECT DISTINCT ?s ?o WHERE {{ VALUES ?o {{ {values} }} ?s <{predicate}> ?o }}"
                for row in self.store.select(text):
                    self._in[row["o"].value, predicate].append(row["s"].value)
            for iri in wanted:
                self._in[iri, predicate].sort()

    # --- answers from memory --------------------------------------------------------------------

    def objects(self, iri: str, name: str) -> list[str]:
        """Return the values of a property (prefixed name) as strings, sorted; the IRI must have been loaded."""
        return [term.value for term in self._out[iri].get(expand(name), [])]

    def one(self, iri: str, name: str) -> str | None:
        """Return the first value of a property, or None."""
        found = self._out[iri].get(expand(name))
        return found[0].value if found else None

    def subjects(self, iri: str, name: str) -> list[str]:
        """Return who points to an IRI by a property; it must have been loaded with :meth:`load_incoming`."""
        return self._in[iri, expand(name)]

    def literals(self, iri: str, name: str) -> Words | None:
        """Return a property's text in both languages; the other language stands in where one is missing."""
        texts: dict[str, str] = {}
        for term in self._out[iri].get(expand(name), []):
            if isinstance(term, ox.Literal):
                texts.setdefault(term.language or "", term.value)
        if not texts:
            return None
        plain = texts.get("") or next(iter(texts.values()))
        return Words(texts.get("ja") or plain, texts.get("en") or plain)

    def known(self, iri: str) -> bool:
        """Return whether a loaded IRI is the subject of any triple."""
        return bool(self._out.get(iri))

    def kind(self, iri: str) -> str:
        """Return the local name of the most telling class of a loaded node, or ``Thing``."""
        classes = self.objects(iri, "rdf:type")
        own = sorted(value.removeprefix(KK) for value in classes if value.startswith(KK))
        # A measure is typed as a policy too, a sheet as an edition, a justification as a link.
        for general in ("Policy", "Edition", "Link"):
            if len(own) > 1 and general in own:
                own.remove(general)
        if own:
            return own[0]
        return min((value.rsplit("#", 1)[-1].rsplit("/", 1)[-1] for value in classes), default="Thing")

    def label(self, iri: str) -> Words:
        """Return the label of a loaded node in both languages; its key where it has none."""
        for name in ("skos:prefLabel", "rdfs:label", "dcterms:title", "kk:statedText"):
            if words := self.literals(iri, name):
                return words
        key = iri.removeprefix(ID).removeprefix(C)
        return Words(key, key)

    def labels(self, iris: Iterable[str]) -> dict[str, Words]:
        """Load these IRIs and return their labels; those without any triple are left out."""
        iris = list(iris)
        self.load(iris)
        return {iri: self.label(iri) for iri in iris if self.known(iri)}

    # --- evidence -------------------------------------------------------------------------------

    def load_evidence(self, iris: Iterable[str]) -> None:
        """Load the evidence of loaded nodes: the evidence, its places, documents and certainties."""
        found = [item for iri in iris for item in self.objects(iri, "kk:evidence")]
        self.load(found)
        self.load(
            value
            for item in found
            for name in ("oa:hasSource", "oa:hasSelector", "kk:readingCertainty")
            for value in self.objects(item, name)
        )

    def evidence(self, iri: str) -> list[EvidenceText]:
        """Return the evidence of a node in words; :meth:`load_evidence` must have been called for it."""
        return [self._evidence(item) for item in self.objects(iri, "kk:evidence")]

    def _evidence(self, iri: str) -> EvidenceText:
        source = self.one(iri, "oa:hasSource")
        certainty = self.one(iri, "kk:readingCertainty")
        row = self.one(iri, "kk:row")
        name = (self.one(source, "dcterms:identifier") if source else None) or ""
        return EvidenceText(
            iri=iri,
            source=Words(name, name) if name else self.label(source) if source else Words("", ""),
            place=self._place(iri),
            # A cell of a table is named by its column; there is no field of a form.
            field=self.literals(iri, "skos:prefLabel") or Words("", ""),
            words=self.one(iri, "kk:statedText"),
            certainty=self.label(certainty) if certainty else None,
            note=self.one(iri, "skos:note"),
            row=int(row) if row else None,
            column=self.one(iri, "kk:column"),
        )

    def _place(self, iri: str) -> Words:
        row, column = self.one(iri, "kk:row"), self.one(iri, "kk:column")
        if row:
            return Words(f"{row}行目 列「{column}」", f"row {row}, column {column}")
        ranges = sorted(
            (int(self.one(item, "kk:firstLine") or 0), int(self.one(item, "kk:lastLine") or 0))
            for item in self.objects(iri, "oa:hasSelector")
        )
        text = ", ".join(f"L{first}" if first == last else f"L{first}-{last}" for first, last in ranges)
        return Words(text, text)


def _batches(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
