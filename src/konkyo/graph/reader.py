"""Loads from the store what a question needs, in batches, and answers from memory.

Everything that walks the graph (network, trace, tables with labels) reads through this, so that a walk costs
a few queries and not one for each step, and so that it works the same on every backend.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from konkyo.common.words import Words
from konkyo.graph.sparql import properties_each, select_each
from konkyo.model.identifiers import cell, code, column_and_row, whole_place, year_number
from konkyo.model.kinds import most_telling
from konkyo.model.namespaces import ID, KK, C, expand

if TYPE_CHECKING:
    from konkyo.graph.amounts import Amount
    from konkyo.graph.chain import Chain
    from konkyo.store import Store

_LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title", "kk:statedText")
# What it takes to name a node and its kind.
NAMES = ("rdf:type", *_LABELS, "dcterms:identifier")

# What it takes to tell the place of a thing: see :meth:`Reader.places`, and the words that stand there.
OF_PLACES = ("kk:evidence", "kk:row", "kk:statedText", "kk:statedAs")
# As what a source names a document, where the cell holds nothing but its name.
_CITED_AS = (f"{C}related-plan", f"{C}kpi-decision")

_Properties: TypeAlias = "dict[str, list[ox.NamedNode | ox.Literal]]"
# The terms of the ontology, the code lists, the years and the files, which every answer names again; kept as long as their
# store is open.
_KEPT = (KK, C, f"{ID}fy/", f"{ID}source/")
_VOCABULARY: WeakKeyDictionary[Store, dict[str, _Properties]] = WeakKeyDictionary()

MACHINE_READ = code("machine-read")


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
        self._out: dict[str, _Properties] = {}
        # Of which nodes only some properties were loaded, and which.
        self._partly: dict[str, frozenset[str]] = {}
        self._in: dict[tuple[str, str], list[str]] = {}
        # What was said of a node since it was loaded: documents, codes and years are named thousands of times.
        self._labels: dict[str, Words] = {}
        self._kinds: dict[str, str] = {}
        self._evidence: dict[str, EvidenceText] = {}
        self._reviews: dict[str, str | None] = {}
        self.amounts: dict[str, dict[tuple[str, str], list[Amount]]] = {}
        """The amounts of things that were asked for since their facts were loaded (:func:`konkyo.graph.amounts.amounts`)."""
        self.chains: dict[str, Chain] = {}
        """What loaded projects go on from (:func:`konkyo.graph.chain.load_chains`)."""
        self.since: int | None = None
        """The first fiscal year of which amounts and results are told; None: every one."""

    def reaches(self, iri: str) -> bool:
        """Return whether a loaded amount or value is of a fiscal year that is told of; one that is of no year is."""
        year = None if self.since is None else self.one(iri, "kk:fiscalYear")
        return year is None or self.since is None or year_number(year) >= self.since

    # --- loading --------------------------------------------------------------------------------

    def load(self, iris: Iterable[str]) -> None:
        """Load all triples whose subject is one of these IRIs."""
        terms = _VOCABULARY.setdefault(self.store, {})
        wanted = []
        for iri in dict.fromkeys(iris):
            if iri not in self._out and iri in terms:
                self._out[iri] = terms[iri]
            elif iri not in self._out or iri in self._partly:
                self._partly.pop(iri, None)
                self._labels.pop(iri, None)
                self._kinds.pop(iri, None)
                wanted.append(iri)
        found: dict[str, _Properties] = {iri: {} for iri in wanted}
        for iri, row in select_each(self.store, wanted, "?p ?o", "?s ?p ?o"):
            found[iri].setdefault(row["p"].value, []).append(row["o"])
        for iri, properties in found.items():
            self._out[iri] = _sorted(properties)
            if properties and iri.startswith(_KEPT):
                terms[iri] = self._out[iri]

    def holds(self, iri: str, names: Sequence[str]) -> bool:
        """Return whether these properties (prefixed names) of an IRI have been loaded."""
        return iri in self._out and (iri not in self._partly or self._partly[iri].issuperset(names))

    def load_only(self, iris: Iterable[str], names: Sequence[str]) -> None:
        """Load these properties (prefixed names) of these IRIs, where much hangs on a node and little is wanted.

        To ask such a node for another property is an error until :meth:`load` has loaded the rest.
        """
        held = {
            iri: self._partly.get(iri, frozenset())
            for iri in iris
            if iri not in self._out or iri in self._partly
        }
        wanted = [iri for iri, names_of in held.items() if not names_of.issuperset(names)]
        for iri in wanted:
            self._out.setdefault(iri, {})
            self._partly[iri] = held[iri].union(names)
            self._labels.pop(iri, None)
            self._kinds.pop(iri, None)
        names = [name for name in dict.fromkeys(names) if any(name not in held[iri] for iri in wanted)]
        for iri, name, value in properties_each(self.store, wanted, names):
            if name not in held[iri]:
                self._out[iri].setdefault(expand(name), []).append(value)
        for iri in wanted:
            self._out[iri] = _sorted(self._out[iri])

    def load_incoming(self, iris: Iterable[str], properties: Sequence[str]) -> None:
        """Load which subjects point to these IRIs by these properties (prefixed names)."""
        iris = list(iris)
        for name in properties:
            predicate = expand(name)
            found: dict[str, set[str]] = {iri: set() for iri in iris if (iri, predicate) not in self._in}
            for iri, row in select_each(self.store, found, "?o", f"?o {name} ?s"):
                found[iri].add(row["o"].value)
            self._in.update(((iri, predicate), sorted(subjects)) for iri, subjects in found.items())

    def restrict(self, iri: str, name: str, kept: Collection[str]) -> None:
        """Forget of a property of a loaded IRI the values that are not kept, which are of another year."""
        values = self._out[iri].get(expand(name), [])
        self._out[iri] = {**self._out[iri], expand(name): [term for term in values if term.value in kept]}

    def extend(self, iri: str, name: str, more: Iterable[str]) -> None:
        """Take further IRIs as values of a property of a loaded IRI: those of what it goes on from."""
        terms = dict.fromkeys([*self._out[iri].get(expand(name), []), *map(ox.NamedNode, more)])
        self._out[iri] = {**self._out[iri], expand(name): list(terms)}

    def restrict_incoming(self, iri: str, name: str, kept: Collection[str]) -> None:
        """Forget who points to an IRI by a property, but for those that are kept."""
        key = iri, expand(name)
        self._in[key] = [subject for subject in self._in[key] if subject in kept]

    # --- answers from memory --------------------------------------------------------------------

    def objects(self, iri: str, name: str) -> list[str]:
        """Return the values of a property (prefixed name) as strings, sorted; the IRI must have been loaded."""
        return [term.value for term in self._terms(iri, name)]

    def nodes(self, iri: str, name: str) -> list[str]:
        """Return the IRIs among the values of a property, sorted; data of others may have texts where nodes are meant."""
        return [term.value for term in self._terms(iri, name) if isinstance(term, ox.NamedNode)]

    def one(self, iri: str, name: str) -> str | None:
        """Return the first value of a property, or None."""
        found = self._terms(iri, name)
        return found[0].value if found else None

    def _terms(self, iri: str, name: str) -> list[ox.NamedNode | ox.Literal]:
        if iri in self._partly and name not in self._partly[iri]:
            raise KeyError(f"{name} of {iri} was not loaded")
        return self._out[iri].get(expand(name), [])

    def subjects(self, iri: str, name: str) -> list[str]:
        """Return who points to an IRI by a property; it must have been loaded with :meth:`load_incoming`."""
        return self._in[iri, expand(name)]

    def literals(self, iri: str, name: str) -> Words | None:
        """Return a property's text in both languages; the other language stands in where one is missing."""
        return in_both(self._terms(iri, name))

    def known(self, iri: str) -> bool:
        """Return whether a loaded IRI is the subject of any triple."""
        return bool(self._out.get(iri))

    def kind(self, iri: str) -> str:
        """Return the local name of the most telling class of a loaded node, or ``Thing``."""
        if iri not in self._kinds:
            self._kinds[iri] = most_telling(self.objects(iri, "rdf:type"))
        return self._kinds[iri]

    def label(self, iri: str) -> Words:
        """Return the label of a loaded node in both languages; its key where it has none."""
        if iri not in self._labels:
            self._labels[iri] = self._label(iri)
        return self._labels[iri]

    def _label(self, iri: str) -> Words:
        for name in _LABELS:
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

    def places(self, iri: str) -> list[str]:
        """Return the places in the sources from which a loaded node was read.

        A fact of a table names its column and says the row itself: its place is the cell of both.
        """
        row = self.one(iri, "kk:row")
        return [place_of(item, row) for item in self.objects(iri, "kk:evidence")]

    def review_year(self, iri: str) -> str | None:
        """Return the review that a loaded node is of: what it says itself, or what holds for its place in a table."""
        if own := self.one(iri, "kk:reviewYear"):
            return own
        return next(
            (year for place in self.objects(iri, "kk:evidence") if (year := self._review_at(place))), None
        )

    def _review_at(self, place: str) -> str | None:
        """Return the review whose table a place is in; thousands of amounts stand in one column."""
        if place not in self._reviews:
            self.load([place])
            self._reviews[place] = self.one(place, "kk:reviewYear")
            self.load(self.objects(place, "kk:reviewYear"))
        return self._reviews[place]

    def load_evidence(self, iris: Iterable[str]) -> None:
        """Load the evidence of loaded nodes: the evidence, its places, documents and certainties."""
        self.load_places(place for iri in iris for place in self.places(iri))

    def load_places(self, places: Iterable[str]) -> None:
        """Load places, their documents and certainties."""
        columns = [(place, column_and_row(place)) for place in dict.fromkeys(places)]
        # What a cell says itself, its words, stands where it has a node; its column tells the rest.
        found = list(dict.fromkeys(cell[0] if cell else place for place, cell in columns))
        self.load([*found, *(place for place, cell in columns if cell)])
        self.load(
            value
            for item in found
            for name in ("oa:hasSource", "oa:hasSelector", "kk:readingCertainty")
            for value in self.objects(item, name)
        )

    def evidence(self, iri: str) -> list[EvidenceText]:
        """Return the evidence of a node in words; :meth:`load_evidence` must have been called for it."""
        return _joined(self.evidence_text(place, self.words_at(iri)) for place in self.places(iri))

    def words_at(self, iri: str) -> str | None:
        """Return what a justification by a table cites in the words of the cell."""
        # Of a figure only some properties are loaded, and it has no words.
        if iri in self._partly and "kk:statedText" not in self._partly[iri]:
            return None
        told = self.one(iri, "kk:row") and self.one(iri, "kk:statedAs") in _CITED_AS
        return self.one(iri, "kk:statedText") if told else None

    def evidence_text(self, place: str, words: str | None = None) -> EvidenceText:
        """Return one piece of evidence in words; it must have been loaded. ``words`` are those that it has no node for."""
        if place not in self._evidence:
            self._evidence[place] = self._evidence_text(place, words)
        return self._evidence[place]

    def _evidence_text(self, place: str, words: str | None) -> EvidenceText:
        column, row = column_and_row(place) or (place, None)
        source = self.one(column, "oa:hasSource")
        certainty = self.one(column, "kk:readingCertainty")
        heading = self.one(column, "kk:column")
        return EvidenceText(
            iri=place,
            source=self._source(source),
            place=Words(f"{row}行目 列「{heading}」", f"row {row}, column {heading}")
            if row
            else self._lines(place),
            # A cell of a table is named by its column; there is no field of a form.
            field=self.literals(column, "skos:prefLabel") or Words("", ""),
            words=words or self.one(place, "kk:statedText"),
            certainty=self.label(certainty) if certainty else None,
            note=self.one(column, "skos:note"),
            row=int(row) if row else None,
            column=heading,
        )

    def _source(self, source: str | None) -> Words:
        """Return what a source is called; of a machine's transcription that nobody has checked it says so."""
        if source is None:
            return Words("", "")
        name = self.one(source, "dcterms:identifier")
        said = Words(name, name) if name else self.label(source)
        if self.one(source, "kk:reviewStatus") != MACHINE_READ:
            return said
        return Words(f"{said.ja}〔機械読取り・未確認〕", f"{said.en} [machine-read, not reviewed]")

    def _lines(self, place: str) -> Words:
        selectors = self.objects(place, "oa:hasSelector")
        if fragments := [text for item in selectors if (text := self._fragment(item))]:
            # Several boxes of one page are one page to people.
            text = ", ".join(sorted(set(fragments), key=_by_number))
            return Words(text, text)
        ranges = sorted(
            (int(self.one(item, "kk:firstLine") or 0), int(self.one(item, "kk:lastLine") or 0))
            for item in selectors
        )
        text = ", ".join(f"L{first}" if first == last else f"L{first}-{last}" for first, last in ranges)
        return Words(text, text)

    def _fragment(self, selector: str) -> str | None:
        """Return a place that is no range of lines as people read it: p.3 of a PDF, 個票!C5 of a workbook."""
        text = self.one(selector, "rdf:value")
        if not text or self.one(selector, "kk:firstLine"):
            return None
        if page := re.match(r"page=(\d+)", text):
            return f"p.{page[1]}"
        # Of a path in a Word file what tells the place: tbl[1]/tr[3]/tc[2].
        inner = re.fullmatch(r"xpointer\(/w:document/w:body/(.+)\)", text)
        return inner[1].replace("w:", "") if inner else text


def _joined(texts: Iterable[EvidenceText]) -> list[EvidenceText]:
    """Return evidence with the places of one field of a document as one piece, in the order of their lines."""
    if len(found := list(texts)) < 2:
        return found
    made: dict[str, EvidenceText] = {}
    for text in sorted(found, key=lambda text: (text.row is None, _line(text.place.ja))):
        key = text.iri if text.row else whole_place(text.iri)
        if (before := made.get(key)) is None:
            made[key] = text
        else:
            places = dict.fromkeys(f"{before.place.ja}, {text.place.ja}".split(", "))
            place = ", ".join(places)
            made[key] = replace(before, iri=min(before.iri, text.iri, key=len), place=Words(place, place))
    return sorted(made.values(), key=lambda text: f"<{text.iri}>")  # as the terms are sorted


def _by_number(place: str) -> tuple[int, str]:
    """Return what sorts places: p.2 before p.10."""
    digits = place.removeprefix("p.")
    return (int(digits) if digits.isdecimal() else 0), place


def _line(place: str) -> int:
    digits = place.removeprefix("L").partition("-")[0]
    return int(digits) if digits.isdecimal() else 0


def place_of(evidence: str, row: str | None) -> str:
    """Return a place: the cell of a column in a row, or what is a place by itself."""
    return cell(evidence, row) if row and "#col=" in evidence else evidence


def in_both(terms: Iterable[object]) -> Words | None:
    """Return the texts among terms in both languages; the other language stands in where one is missing."""
    texts: dict[str, str] = {}
    for term in terms:
        if isinstance(term, ox.Literal):
            texts.setdefault(term.language or "", term.value)
    if not texts:
        return None
    plain = texts.get("") or next(iter(texts.values()))
    return Words(texts.get("ja") or plain, texts.get("en") or plain)


def _sorted(properties: _Properties) -> _Properties:
    # A fact that two graphs state comes twice.
    return {
        name: objects if len(objects) == 1 else sorted(set(objects), key=str)
        for name, objects in properties.items()
    }
