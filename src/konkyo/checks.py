"""Data against the shapes of ``ontology/shapes.ttl``: what is wrong, where in the source, why, and how to mend it.

The texts come from the shapes themselves (message, comment, description), so a new rule needs no code here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from rdflib import RDF, RDFS, SH, SKOS, Dataset, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Literal as RdfLiteral
from rdflib.term import Node

from konkyo import vocabulary
from konkyo.errors import KonkyoError
from konkyo.resources import ontology_dir
from konkyo.words import Words

Severity = Literal["violation", "warning", "info"]

KK = Namespace(vocabulary.KK)
OA = Namespace(vocabulary.OA)
DCTERMS = Namespace(vocabulary.DCTERMS)

_SEVERITIES: dict[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_RANK: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}
_PLACES_SHOWN = 3
_STEPS_TO_EVIDENCE = 3


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
    if isinstance(source, Graph):
        return check_graph(source)
    joined = Graph()
    for path in [source] if isinstance(source, (str, Path)) else source:
        _add(joined, _triples(_parse(Path(path))))
    return check_graph(joined)


def check_graph(graph: Graph) -> list[Violation]:
    """Return what the shapes refuse in ``graph``, in a fixed order; empty if all is well. ``graph`` is not changed.

    The ontology and the code lists are added for the check, so the data need not hold them.
    """
    import pyshacl  # takes a fifth of a second that no other command needs

    data = _Checked()
    _add(data, _terms())
    _add(data, _triples(graph))
    shapes = _shapes()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, inference="none")
    assert isinstance(report, Graph)
    found = {_violation(report, result, data, shapes) for result in report.objects(None, SH.result)}
    return sorted(found, key=Violation.sort_key)


class _Checked(Graph):
    """A graph that parses each query text once: pySHACL asks the same one anew for every single node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **kwargs)


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


@cache
def _shapes() -> Graph:
    return Graph().parse(ontology_dir() / "shapes.ttl")


@cache
def _terms() -> Graph:
    terms = Graph().parse(ontology_dir() / "konkyo.ttl")
    return terms.parse(ontology_dir() / "codes.ttl")


def _parse(path: Path) -> Dataset:
    dataset = Dataset()
    try:
        dataset.parse(path)
    except Exception as error:  # each of rdflib's parsers raises errors of its own
        detail = " ".join(str(error).split())[:200]
        raise KonkyoError(
            Words(f"RDFとして読めません（{detail}）", f"cannot be read as RDF ({detail})"),
            source=str(path),
            hint=Words(
                "ファイルがあるか、拡張子（.ttl .nt .nq .trig .jsonld .rdf）が中身に合うかを確かめてください。",
                "Check that the file exists and that its suffix (.ttl .nt .nq .trig .jsonld .rdf) fits its content.",
            ),
        ) from error
    return dataset


def _triples(graph: Graph) -> Iterator[tuple[Node, Node, Node]]:
    if isinstance(graph, Dataset):
        for subject, predicate, value, _ in graph.quads((None, None, None, None)):
            yield subject, predicate, value
    else:
        yield from graph


def _add(graph: Graph, triples: Iterable[tuple[Node, Node, Node]]) -> None:
    for triple in triples:
        graph.add(triple)


def _violation(report: Graph, result: Node, data: Graph, shapes: Graph) -> Violation:
    focus = report.value(result, SH.focusNode)
    shape = report.value(result, SH.sourceShape)
    value = report.value(result, SH.value)
    assert focus is not None and shape is not None
    path = shapes.value(shape, SH.path)
    reason = shape if (shape, RDFS.comment, None) in shapes else shapes.value(None, SH.property, shape)
    return Violation(
        severity=_SEVERITIES.get(report.value(result, SH.resultSeverity) or SH.Violation, "violation"),
        focus=str(focus),
        label=_label(data, focus),
        path=None if path is None else _path_text(shapes, path),
        value=None if value is None or value == focus else str(value),
        shape=str(shape).rpartition("#")[2],
        what=_words(shapes, shape, SH.message),
        where=_where(data, focus, value),
        why=_words(shapes, reason, RDFS.comment),
        mend=_words(shapes, shape, SH.description),
    )


def _words(graph: Graph, subject: Node | None, predicate: URIRef) -> Words:
    """Return the text in both languages; a language that is missing shows the other one."""
    texts = {"ja": "", "en": ""}
    for text in sorted(graph.objects(subject, predicate), key=str) if subject is not None else ():
        if isinstance(text, RdfLiteral) and text.language in texts:
            texts[text.language] = texts[text.language] or str(text)
    return Words(ja=texts["ja"] or texts["en"], en=texts["en"] or texts["ja"])


def _label(data: Graph, node: Node) -> Words:
    label = _words(data, node, SKOS.prefLabel)
    if not any(label):
        # What has no label of its own is called by its words in the source, else by the end of its IRI.
        text = str(data.value(node, KK.statedText) or vocabulary.shorten(str(node)))
        label = Words(text, text)
    return label


def _path_text(shapes: Graph, path: Node) -> str:
    """Return a SHACL path as SPARQL writes it: ``^kk:hasValue``, ``time:hasEnd/time:inXSDDate``."""
    if isinstance(path, URIRef):
        return vocabulary.shorten(str(path))
    inverse = shapes.value(path, SH.inversePath)
    if inverse is not None:
        return "^" + _path_text(shapes, inverse)
    if (path, RDF.first, None) in shapes:
        return "/".join(_path_text(shapes, step) for step in Collection(shapes, path))
    return "?"


def _where(data: Graph, focus: Node, value: Node | None) -> Words:
    """Return the places of the nearest evidence: the thing's own, its value's, then that of what it hangs on."""
    ring = [node for node in (focus, value) if node is not None and not isinstance(node, RdfLiteral)]
    seen: set[Node] = set()
    for _ in range(_STEPS_TO_EVIDENCE):
        places = sorted({place for node in ring for place in _places(data, node)})
        if places:
            more = Words(" ほか", " and more") if len(places) > _PLACES_SHOWN else Words("", "")
            shown = places[:_PLACES_SHOWN]
            return Words("、".join(p.ja for p in shown) + more.ja, "; ".join(p.en for p in shown) + more.en)
        seen.update(ring)
        # Owners point to what they own, so the way to a source goes against the arrows first.
        owners = {owner for node in ring for owner in data.subjects(None, node)} - seen
        parents = {parent for node in ring for parent in data.objects(node, DCTERMS.isPartOf)} - seen
        ring = sorted(owners | parents, key=str)
    return Words("", "")


def _places(data: Graph, node: Node) -> Iterator[Words]:
    is_place = (node, OA.hasSource, None) in data or (node, RDF.type, KK.Evidence) in data
    for evidence in [node] if is_place else data.objects(node, KK.evidence):
        source = data.value(evidence, OA.hasSource)
        if source is None:
            continue
        file = data.value(source, DCTERMS.source) or source
        name = str(data.value(file, DCTERMS.title) or vocabulary.shorten(str(file)))
        row, column = data.value(evidence, KK.row), data.value(evidence, KK.column)
        if row is not None and column is not None:
            yield Words(f"{name} {row}行目「{column}」", f"{name} row {row}, column {column}")
        lines = sorted(
            (int(str(first)), int(str(last)))
            for selector in data.objects(evidence, OA.hasSelector)
            for first in data.objects(selector, KK.firstLine)
            for last in data.objects(selector, KK.lastLine)
            if str(first).isdecimal() and str(last).isdecimal()
        )
        if lines:
            text = ", ".join(f"L{first}" if first == last else f"L{first}-{last}" for first, last in lines)
            yield Words(f"{name} {text}", f"{name} {text}")
