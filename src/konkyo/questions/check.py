"""Data against the shapes of ``ontology/shapes.ttl``: what is wrong, where in the source, why, and how to mend it.

The texts come from the shapes themselves (message, comment, description), so a new rule needs no code here.
The shapes are put to the store as queries (:mod:`konkyo.questions.shacl`), so a built store is checked where it lies.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeGuard, cast

import pyoxigraph as ox

from konkyo.common.errors import KonkyoError
from konkyo.common.files import regular
from konkyo.common.paths import ontology_dir
from konkyo.common.words import Words
from konkyo.model import namespaces
from konkyo.model.namespaces import DCTERMS, GRAPH, KK, OA, RDF, RDFS, SKOS
from konkyo.questions.shacl import SH, Node, ShapeQuery, ShapesGraph, Term, path_text, queries
from konkyo.store import EmbeddedStore

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node as RdflibNode

    from konkyo.store import Store

Severity = Literal["violation", "warning", "info"]

_SEVERITIES: dict[str, Severity] = {
    SH + "Violation": "violation",
    SH + "Warning": "warning",
    SH + "Info": "info",
}
_RANK: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}
_PLACES_SHOWN = 3
_STEPS_TO_EVIDENCE = 3
_EVIDENCE = ox.NamedNode(KK + "Evidence")
_NOT_IN_IRIS = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that a shape refuses (or warns of).

    ``focus`` is the IRI of the faulty thing, ``path`` the property with ``^`` before an inverse one,
    ``value`` the offending IRI or text, ``shape`` the local name of the shape. ``where`` is empty if neither the
    thing nor anything near it names a place in a source.
    """

    severity: Severity
    focus: str
    label: Words
    path: str | None
    value: str | None
    shape: str
    what: Words
    where: Words
    why: Words
    mend: Words

    def sort_key(self) -> tuple[int, str, str, str, str]:
        """Return what violations are ordered by: errors first, then by thing, shape, path and value."""
        return (_RANK[self.severity], self.focus, self.shape, self.path or "", self.value or "")


def check(source: Graph | Path | str | Iterable[Path | str]) -> list[Violation]:
    """Check an rdflib graph (a dataset's graphs are joined), or one or several RDF files.

    Files are told apart by their suffix (.ttl, .nt, .nq, .trig, .jsonld, .rdf).
    Raises KonkyoError for a file that cannot be read.
    """
    if _is_graph(source):
        return check_graph(source)
    paths = [source] if isinstance(source, (str, Path)) else cast("Iterable[Path | str]", source)
    data = EmbeddedStore()
    for path in paths:
        _read(data, Path(path))
    return _check_with_terms(data)


def _is_graph(source: object) -> TypeGuard[Graph]:
    # Whoever has a graph of rdflib has imported it; for all others it would take a fifth of a second.
    return "rdflib" in sys.modules and isinstance(source, sys.modules["rdflib"].Graph)


def check_graph(graph: Graph) -> list[Violation]:
    """Return what the shapes refuse in ``graph``, in a fixed order; empty if all is well. ``graph`` is not changed.

    The ontology and the code lists are added for the check, so the data need not hold them.
    """
    triples = (quad[:3] for quad in (graph.quads() if hasattr(graph, "quads") else graph))
    lines = "".join(f"{' '.join(map(_n_triples, triple))} .\n" for triple in triples)
    data = EmbeddedStore()
    # rdflib lets IRIs pass that are none; that is for the shapes to find.
    data.add(ox.parse(lines, ox.RdfFormat.N_TRIPLES, lenient=True))
    return _check_with_terms(data)


def check_store(store: Store) -> list[Violation]:
    """Return what the shapes refuse in a store, as :func:`check_graph` does: in place, or else in a copy in memory."""
    if is_checked_in_place(store):
        return _check(store)
    data = EmbeddedStore()
    for graph in store.graphs():
        data.add(store.triples(graph))
    return _check_with_terms(data)


def is_checked_in_place(store: Store) -> TypeGuard[EmbeddedStore]:
    """Tell whether a store needs no copy: it is in this process, and holds the ontology of this version."""
    if not isinstance(store, EmbeddedStore):
        return False
    held = set(store.triples(GRAPH + "ontology"))
    named = (fact for fact in _terms() if ox.BlankNode not in (type(fact.subject), type(fact.object)))
    return all(fact in held for fact in named)


def _check_with_terms(data: EmbeddedStore) -> list[Violation]:
    data.add(_terms())
    return _check(data)


def _check(data: EmbeddedStore) -> list[Violation]:
    found = {
        _violation(query.shape, row["this"], row["value"], data)
        for query in _queries(_subclasses(data))
        for row in data.select(query.text)
    }
    return sorted(found, key=Violation.sort_key)


@cache
def _shapes() -> ShapesGraph:
    return ShapesGraph(_parsed("shapes.ttl"))


@cache
def _terms() -> list[ox.Triple]:
    return [*_parsed("konkyo.ttl"), *_parsed("codes.ttl")]


def _parsed(name: str) -> list[ox.Triple]:
    quads = ox.parse(path=ontology_dir() / name, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


@lru_cache(maxsize=8)
def _queries(subclasses: frozenset[tuple[str, str]]) -> list[ShapeQuery]:
    right_below: defaultdict[str, set[str]] = defaultdict(set)
    for upper, lower in subclasses:
        right_below[upper].add(lower)

    def all_below(kind: str) -> frozenset[str]:
        reached, ring = {kind}, {kind}
        while ring:
            ring = {lower for upper in ring for lower in right_below.get(upper, ())} - reached
            reached |= ring
        return frozenset(reached)

    return queries(_shapes(), {kind: all_below(kind) for kind in [*right_below]})


def _subclasses(data: EmbeddedStore) -> frozenset[tuple[str, str]]:
    """Return the pairs of a class and one right below it, of the ontology and of the data."""
    pairs = data.matching(predicate=RDFS + "subClassOf")
    return frozenset(
        (pair.object.value, pair.subject.value)
        for pair in pairs
        if isinstance(pair.object, ox.NamedNode) and isinstance(pair.subject, ox.NamedNode)
    )


def _read(data: EmbeddedStore, path: Path) -> None:
    """Add an RDF file. Raises KonkyoError where it cannot be read."""
    try:
        regular(path)
        data.add(ox.parse(path=path, base_iri=path.resolve().as_uri(), rename_blank_nodes=True, lenient=True))
    except (FileNotFoundError, NotADirectoryError):
        raise KonkyoError(
            Words("ファイルがありません。", "There is no such file."),
            source=str(path),
            hint=Words(
                "渡すのはRDFのファイルです（.ttl .nt .nq .trig .jsonld .rdf）。省くとストアを検査します。",
                "It takes files of RDF (.ttl .nt .nq .trig .jsonld .rdf); without any it checks the store.",
            ),
        ) from None
    except (OSError, ValueError, SyntaxError) as error:
        detail = " ".join(str(error).split())[:200]
        raise KonkyoError(
            Words(f"RDFとして読めません（{detail}）", f"cannot be read as RDF ({detail})"),
            source=str(path),
            hint=Words(
                "ファイルがあるか、拡張子（.ttl .nt .nq .trig .jsonld .rdf）が中身に合うかを確かめてください。",
                "Check that the file exists and that its suffix (.ttl .nt .nq .trig .jsonld .rdf) fits its content.",
            ),
        ) from error


def _n_triples(node: RdflibNode) -> str:
    """Return an rdflib term as N-Triples, also where its IRI holds what none may hold."""
    from rdflib.term import BNode
    from rdflib.term import Literal as RdfLiteral

    from konkyo.model.ntriples import literal  # with all record classes, which a check does not need

    if isinstance(node, RdfLiteral):
        suffix = f"@{node.language}" if node.language else f"^^<{node.datatype}>" if node.datatype else ""
        return literal(str(node), suffix)
    if isinstance(node, BNode):
        return f"_:{node}"
    return "<" + _NOT_IN_IRIS.sub(lambda found: f"\\u{ord(found.group()):04X}", str(node)) + ">"


def _violation(shape_iri: str, focus: Term, value: Term | None, data: EmbeddedStore) -> Violation:
    shapes, shape = _shapes(), ox.NamedNode(shape_iri)
    path, severity = shapes.value(shape, SH + "path"), shapes.value(shape, SH + "severity")
    reason = shape if RDFS + "comment" in shapes.said(shape) else shapes.owner(shape)
    return Violation(
        severity=_SEVERITIES[_text(severity)] if severity else "violation",
        focus=_text(focus),
        label=_label(data, focus),
        path=None if path is None else path_text(shapes, path, namespaces.shorten),
        value=None if value is None or value == focus else _text(value),
        shape=shape_iri.rpartition("#")[2],
        what=_words(shapes.said(shape).get(SH + "message", ())),
        where=_where(data, focus, value),
        why=_words(shapes.said(reason).get(RDFS + "comment", ())),
        mend=_words(shapes.said(shape).get(SH + "description", ())),
    )


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _words(texts: Iterable[Term]) -> Words:
    """Return the text in both languages; a language that is missing shows the other one."""
    found = {"ja": "", "en": ""}
    for text in sorted((text for text in texts if isinstance(text, ox.Literal)), key=_text):
        if text.language in found:
            found[text.language] = found[text.language] or text.value
    return Words(ja=found["ja"] or found["en"], en=found["en"] or found["ja"])


def _label(data: EmbeddedStore, node: Term) -> Words:
    label = _words(_objects(data, node, SKOS + "prefLabel"))
    if not any(label):
        # What has no label of its own is called by its words in the source, else by the end of its IRI.
        stated = _texts(data, node, KK + "statedText")
        text = stated[0] if stated else namespaces.shorten(_text(node))
        label = Words(text, text)
    return label


def _where(data: EmbeddedStore, focus: Term, value: Term | None) -> Words:
    """Return the places of the nearest evidence: the thing's own, its value's, then that of what it hangs on."""
    ring = [node for node in (focus, value) if isinstance(node, Node)]
    seen: set[Node] = set()
    for _ in range(_STEPS_TO_EVIDENCE):
        places = sorted({place for node in ring for place in _places(data, node)})
        if places:
            more = Words(" ほか", " and more") if len(places) > _PLACES_SHOWN else Words("", "")
            shown = places[:_PLACES_SHOWN]
            return Words("、".join(p.ja for p in shown) + more.ja, "; ".join(p.en for p in shown) + more.en)
        seen.update(ring)
        # Owners point to what they own, so the way to a source goes against the arrows first.
        owners = {fact.subject for node in ring for fact in data.matching(value=node)}
        parents = {part.object for node in ring for part in data.matching(node, DCTERMS + "isPartOf")}
        ring = [node for node in owners | parents if isinstance(node, Node) and node not in seen]
    return Words("", "")


def _places(data: EmbeddedStore, node: Term) -> Iterator[Words]:
    is_place = bool(_objects(data, node, OA + "hasSource")) or _EVIDENCE in _objects(data, node, RDF + "type")
    for evidence in [node] if is_place else _objects(data, node, KK + "evidence"):
        for source in _objects(data, evidence, OA + "hasSource")[:1]:
            file = next(iter(_objects(data, source, DCTERMS + "source")), source)
            name = next(iter(_texts(data, file, DCTERMS + "title")), namespaces.shorten(_text(file)))
            # The row stands at the cell, or at what stands in the column.
            row = (_texts(data, evidence, KK + "row") or _texts(data, node, KK + "row"))[:1]
            columns = _objects(data, evidence, KK + "inColumn") or [evidence]
            column = _texts(data, columns[0], KK + "column")[:1]
            if row and column:
                yield Words(f"{name} {row[0]}行目「{column[0]}」", f"{name} row {row[0]}, column {column[0]}")
            if lines := _lines(data, evidence):
                text = ", ".join(
                    f"L{first}" if first == last else f"L{first}-{last}" for first, last in lines
                )
                yield Words(f"{name} {text}", f"{name} {text}")


def _lines(data: EmbeddedStore, evidence: Term) -> list[tuple[int, int]]:
    return sorted(
        (int(first), int(last))
        for selector in _objects(data, evidence, OA + "hasSelector")
        for first in _texts(data, selector, KK + "firstLine")
        for last in _texts(data, selector, KK + "lastLine")
        if first.isdecimal() and last.isdecimal()
    )


def _objects(data: EmbeddedStore, subject: Term, predicate: str) -> list[Term]:
    """Return what a predicate leads to, each once and in order of its text, whichever graph says it."""
    found = data.matching(subject, predicate) if isinstance(subject, Node) else ()
    return sorted({fact.object for fact in found}, key=_text)


def _texts(data: EmbeddedStore, subject: Term, predicate: str) -> list[str]:
    return [_text(term) for term in _objects(data, subject, predicate)]
