"""The ontology as one HTML page in both languages: classes, properties, code lists and the rules of the shapes.

pyLODE 3.4.1 was tried first: as published it cannot be imported (it reads a file that its wheel lacks), its pages show
one language and know neither code lists nor shapes, so the page is made here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.term import Literal, Node

from konkyo.common.files import write_whole
from konkyo.common.paths import ontology_dir
from konkyo.common.words import Words
from konkyo.model import namespaces
from konkyo.present.ontology_page.asking import answered
from konkyo.present.ontology_page.examples import Examples
from konkyo.present.ontology_page.picture import PICTURES, svg

DCAM = Namespace("http://purl.org/dc/dcam/")
VANN = Namespace("http://purl.org/vocab/vann/")
STATUS = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
ONTOLOGY = URIRef(namespaces.BASE + "ns")
SHAPE = namespaces.BASE + "shape#"

_CLASS_FACTS = (
    (RDFS.subClassOf, False, Words("上位クラス", "subclass of")),
    (RDFS.subClassOf, True, Words("下位クラス", "has subclass")),
    (OWL.disjointWith, False, Words("同時には属さないクラス", "disjoint with")),
    (
        DCAM.domainIncludes,
        True,
        Words("データでこのクラスに付くプロパティ", "properties that it has in the data"),
    ),
    (
        DCAM.rangeIncludes,
        True,
        Words("データでこのクラスを指すプロパティ", "properties that lead to it in the data"),
    ),
)
_PROPERTY_FACTS = (
    (RDF.type, False, Words("種類", "kind")),
    (RDFS.subPropertyOf, False, Words("上位プロパティ", "subproperty of")),
    (RDFS.subPropertyOf, True, Words("下位プロパティ", "has subproperty")),
    (RDFS.domain, False, Words("主語", "domain")),
    (RDFS.range, False, Words("値", "range")),
    (RDFS.seeAlso, False, Words("コードの一覧", "code list")),
    (OWL.inverseOf, False, Words("逆向き", "inverse of")),
    (OWL.inverseOf, True, Words("逆向き", "inverse")),
    (DCAM.domainIncludes, False, Words("データで付くクラス", "stands in the data at")),
    (DCAM.rangeIncludes, False, Words("データで指すクラス", "leads in the data to")),
)
_MATCHES = (
    (SKOS.exactMatch, Words("一致", "exact")),
    (SKOS.closeMatch, Words("近似", "close")),
    (SKOS.broadMatch, Words("上位", "broad")),
)
_HEADER = (
    (DCTERMS.creator, Words("作成者", "creator")),
    (DCTERMS.publisher, Words("公開者", "publisher")),
    (DCTERMS.license, Words("利用条件", "licence")),
    (DCTERMS.created, Words("作成", "created")),
    (DCTERMS.issued, Words("公開", "issued")),
    (DCTERMS.modified, Words("改訂", "modified")),
    (OWL.priorVersion, Words("前の版", "prior version")),
    (VANN.preferredNamespacePrefix, Words("接頭辞", "prefix")),
    (VANN.preferredNamespaceUri, Words("名前空間", "namespace")),
    (DCTERMS.bibliographicCitation, Words("引用の仕方", "how to cite")),
)


@dataclass(frozen=True)
class _Reference:
    name: str
    anchor: str | None


@dataclass(frozen=True)
class _Fact:
    title: Words
    terms: list[_Reference]


@dataclass(frozen=True)
class _Match:
    how: Words
    target: str
    why: Words


@dataclass(frozen=True)
class _Term:
    name: str
    anchor: str
    label: Words
    definition: Words
    facts: list[_Fact] = field(default_factory=list)
    codes: list[_Term] = field(default_factory=list)
    status: str = ""
    example: str = ""
    changes: list[Words] = field(default_factory=list)
    matches: list[_Match] = field(default_factory=list)


@dataclass(frozen=True)
class _Rule:
    name: str
    anchor: str
    what: Words
    why: Words
    mend: Words


@dataclass(frozen=True)
class _Heading:
    anchor: str
    title: Words
    terms: list[_Term] | list[_Rule]


def build_ontology_html(out: Path) -> None:
    """Write the page to the file ``out``, making its folder. It needs nothing else, and is the same at every run."""
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, ontology_html())


def ontology_html() -> str:
    """Return the page as text."""
    graph = Graph()
    for name in ("konkyo.ttl", "codes.ttl", "usage.ttl"):
        graph.parse(ontology_dir() / name)
    mappings = Graph().parse(ontology_dir() / "mappings.ttl")
    shapes = Graph().parse(ontology_dir() / "shapes.ttl")
    classes = _subjects(graph, OWL.Class)
    above = {
        _local(kind): {_local(over) for over in graph.objects(kind, RDFS.subClassOf) if over in classes}
        for kind in classes
    }
    examples = Examples(above)
    properties = sorted(_subjects(graph, OWL.ObjectProperty) + _subjects(graph, OWL.DatatypeProperty))
    headings = [
        _Heading(
            "classes", Words("クラス", "Classes"), _terms(graph, mappings, examples, classes, _CLASS_FACTS)
        ),
        _Heading(
            "properties",
            Words("プロパティ", "Properties"),
            _terms(graph, mappings, examples, properties, _PROPERTY_FACTS),
        ),
        _Heading("codes", Words("コードの一覧", "Code lists"), _schemes(graph)),
        _Heading("rules", Words("データの規則", "Rules for data"), _rules(shapes)),
    ]
    source = Path(__file__).with_name("page.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(source).render(
        title=_words(graph, ONTOLOGY, DCTERMS.title),
        description=_words(graph, ONTOLOGY, DCTERMS.description),
        iri=str(ONTOLOGY),
        version=str(graph.value(ONTOLOGY, OWL.versionInfo)),
        version_iri=str(graph.value(ONTOLOGY, OWL.versionIRI)),
        header=_header(graph),
        changes=_notes(graph, ONTOLOGY),
        pictures=_pictures(
            {_local(kind): _words(graph, kind, RDFS.label) for kind in classes}, examples, above
        ),
        asked=answered(),
        headings=headings,
    )


def _header(graph: Graph) -> list[tuple[Words, str]]:
    """Return what the ontology says of itself, agents by their names."""
    found = []
    for predicate, title in _HEADER:
        for value in sorted(graph.objects(ONTOLOGY, predicate), key=str):
            name = _words(graph, value, SKOS.prefLabel)
            found.append((title, f"{name.ja} / {name.en}" if name.ja else str(value)))
    return found


def _pictures(
    labels: dict[str, Words], examples: Examples, above: dict[str, set[str]]
) -> list[tuple[str, Words, Markup]]:
    """Return anchor, title and SVG of each picture; all text in it is escaped where it is drawn."""
    return [
        (picture.anchor, picture.title, Markup(svg(picture, examples.edges, above, labels)))  # noqa: S704
        for picture in PICTURES
    ]


def _local(iri: Node) -> str:
    return str(iri).removeprefix(namespaces.KK)


def _notes(graph: Graph, subject: Node) -> list[Words]:
    """Return the change notes of a term."""
    note = _words(graph, subject, SKOS.changeNote)
    return [note] if note.ja else []


def _matches(mappings: Graph, iri: URIRef) -> list[_Match]:
    """Return to which terms of other vocabularies a term is mapped, each with the reason."""
    found = []
    for predicate, how in _MATCHES:
        for target in sorted(mappings.objects(iri, predicate), key=str):
            label = _words(mappings, target, SKOS.prefLabel)
            name = f"GIF: {label.ja}" if label.ja else namespaces.shorten(str(target))
            axiom = next(
                node
                for node in mappings.subjects(OWL.annotatedSource, iri)
                if (node, OWL.annotatedProperty, predicate) in mappings
                and (node, OWL.annotatedTarget, target) in mappings
            )
            found.append(_Match(how, name, _words(mappings, axiom, RDFS.comment)))
    return found


def _subjects(graph: Graph, kind: URIRef) -> list[URIRef]:
    """Return our own subjects of a kind; of other vocabularies only the kind is said."""
    ours = (namespaces.KK, namespaces.C)
    return sorted({URIRef(str(s)) for s in graph.subjects(RDF.type, kind) if str(s).startswith(ours)})


def _words(graph: Graph, subject: Node | None, predicate: URIRef) -> Words:
    texts = {
        text.language: str(text) for text in graph.objects(subject, predicate) if isinstance(text, Literal)
    }
    return Words(texts.get("ja", ""), texts.get("en", ""))


def _anchor(iri: URIRef) -> str:
    """Return the part of the page for a term of ours: in the namespace of the classes the very fragment of the IRI."""
    return (
        iri.removeprefix(namespaces.KK)
        if iri.startswith(namespaces.KK)
        else "code-" + iri.removeprefix(namespaces.C)
    )


def _reference(node: Node) -> _Reference:
    iri = str(node)
    ours = iri.startswith((namespaces.KK, namespaces.C))
    return _Reference(namespaces.shorten(iri), _anchor(URIRef(iri)) if ours else None)


def _term(graph: Graph, iri: URIRef, label: URIRef, facts: list[_Fact], codes: list[_Term]) -> _Term:
    name = namespaces.shorten(str(iri))
    return _Term(
        name, _anchor(iri), _words(graph, iri, label), _words(graph, iri, SKOS.definition), facts, codes
    )


def _terms(
    graph: Graph,
    mappings: Graph,
    examples: Examples,
    iris: list[URIRef],
    wanted: tuple[tuple[URIRef, bool, Words], ...],
) -> list[_Term]:
    terms = []
    for iri in iris:
        facts = []
        for predicate, inverse, title in wanted:
            nodes = graph.subjects(predicate, iri) if inverse else graph.objects(iri, predicate)
            if references := [_reference(node) for node in sorted(nodes, key=str)]:
                facts.append(_Fact(title, references))
        example = graph.value(iri, VANN.example)
        terms.append(
            _Term(
                namespaces.shorten(str(iri)),
                _anchor(iri),
                _words(graph, iri, RDFS.label),
                _words(graph, iri, SKOS.definition),
                facts,
                [],
                str(graph.value(iri, STATUS)),
                examples.of(str(example)) if example else "",
                _notes(graph, iri),
                _matches(mappings, iri),
            )
        )
    return terms


def _schemes(graph: Graph) -> list[_Term]:
    schemes = []
    for scheme in _subjects(graph, SKOS.ConceptScheme):
        members = sorted(URIRef(str(code)) for code in graph.subjects(SKOS.inScheme, scheme))
        codes = [_term(graph, code, SKOS.prefLabel, [], []) for code in members]
        schemes.append(_term(graph, scheme, SKOS.prefLabel, [], codes))
    return schemes


def _rules(shapes: Graph) -> list[_Rule]:
    rules = []
    for shape in sorted({str(subject) for subject in shapes.subjects(SH.message)}):
        node: Node = URIRef(shape)
        own = (node, RDFS.comment, None) in shapes
        why = _words(shapes, node if own else shapes.value(None, SH.property, node), RDFS.comment)
        name = shape.removeprefix(SHAPE)
        what, mend = _words(shapes, node, SH.message), _words(shapes, node, SH.description)
        rules.append(_Rule(name, "shape-" + name, what, why, mend))
    return rules
