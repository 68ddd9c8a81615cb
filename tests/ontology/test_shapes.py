"""Each shape lets pass what it should, and refuses what it should for its own reason and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, Namespace, URIRef
from rdflib.term import Literal, Node

from konkyo.common.paths import graphs_dir, ontology_dir
from konkyo.model import namespaces
from konkyo.questions.check import check, check_graph

EXAMPLES = ontology_dir() / "examples"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
KSH = namespaces.BASE + "shape#"
KK = Namespace(namespaces.KK)
ID = namespaces.ID


def expected(file: Path) -> str:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# expects: "), file
    return first.removeprefix("# expects: ")


def failing_shapes(shapes: Graph) -> set[str]:
    return {str(s).removeprefix(KSH) for s in shapes.subjects(SH.message)}


def test_the_base_is_valid(base: Path) -> None:
    assert check(base) == []


@pytest.mark.parametrize("file", VALID, ids=lambda f: f.stem)
def test_valid(file: Path, base: Path) -> None:
    assert check([base, file]) == []


@pytest.mark.parametrize("file", INVALID, ids=lambda f: f.stem)
def test_invalid_for_its_own_reason_only(file: Path, base: Path) -> None:
    found = check([base, file])
    assert {violation.shape for violation in found} == {expected(file)}
    severity = "warning" if expected(file) == "BudgetTotal" else "violation"
    assert {violation.severity for violation in found} == {severity}


def test_every_shape_has_an_invalid_example(shapes: Graph) -> None:
    assert failing_shapes(shapes) == {expected(file) for file in INVALID}


def test_every_shape_meets_a_valid_example(shapes: Graph, ontology: Graph, base: Path) -> None:
    """A shape that no valid example is a target of would pass them all by looking at nothing."""
    data = Graph().parse(base)
    for file in VALID:
        data.parse(file)

    def instances(kind: Node) -> bool:
        below = ontology.transitive_subjects(RDFS.subClassOf, kind)
        return any((None, RDF.type, kind_below) in data for kind_below in below)

    def targets(shape: Node) -> bool:
        return (
            any(instances(kind) for kind in shapes.objects(shape, SH.targetClass))
            or any((None, p, None) in data for p in shapes.objects(shape, SH.targetSubjectsOf))
            or any(targets(owner) for owner in shapes.subjects(SH.property, shape))
        )

    for name in failing_shapes(shapes):
        assert targets(URIRef(KSH + name)), name


def test_every_class_has_a_shape_of_its_own(shapes: Graph, ontology: Graph) -> None:
    named = ontology.subjects(RDF.type, OWL.Class)
    classes = {kind for kind in named if str(kind).startswith(namespaces.KK)}
    assert len(classes) > 40 and classes <= set(shapes.objects(None, SH.targetClass))


def test_every_shape_says_what_why_and_how_to_mend(shapes: Graph) -> None:
    def languages(node: Node, predicate: URIRef) -> list[str]:
        return sorted(str(o.language) for o in shapes.objects(node, predicate) if isinstance(o, Literal))

    for shape in shapes.subjects(SH.message):
        assert isinstance(shape, URIRef), "a shape that can fail must have a name"
        owners = (
            [shape] if (shape, RDFS.comment, None) in shapes else list(shapes.subjects(SH.property, shape))
        )
        assert languages(shape, SH.message) == ["en", "ja"], shape
        assert languages(shape, SH.description) == ["en", "ja"], shape
        assert len(owners) == 1 and languages(owners[0], RDFS.comment) == ["en", "ja"], shape


def test_every_constraint_can_be_cited(shapes: Graph) -> None:
    """Whatever has a target, or is a property of such a shape, is named; and named shapes are all in use."""
    targets = {s for p in (SH.targetClass, SH.targetSubjectsOf) for s in shapes.subjects(p)}
    reachable = targets | {o for s in targets for o in shapes.objects(s, SH.property)}
    assert all(isinstance(node, URIRef) for node in reachable)
    reachable |= set(shapes.objects(None, SH.node))
    named = {s for k in (SH.NodeShape, SH.PropertyShape) for s in shapes.subjects(RDF.type, k)}
    assert named == {node for node in reachable if isinstance(node, URIRef)}
    assert (URIRef(namespaces.BASE + "shape"), RDF.type, OWL.Ontology) in shapes


def test_the_shapes_are_themselves_well_formed(shapes: Graph) -> None:
    import pyshacl

    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


# A fact that is taken out of a valid graph, and the shapes of which at least one must notice.
MUTATIONS = [
    ("evidence of a link", "stated", "kk:evidence", {"LinkEvidence"}),
    ("evidence of a value", "target", "kk:evidence", {"FactEvidence"}),
    ("evidence of an amount", "initial", "kk:evidence", {"FactEvidence"}),
    ("place of an evidence", "evidence", "oa:hasSelector", {"EvidencePlace"}),
    ("source of an evidence", "evidence", "oa:hasSource", {"EvidenceSource"}),
    ("unit of a value", "target", "schema:unitText", {"ValueUnit"}),
    ("multiplier of an amount", "initial", "kk:multiplier", {"BudgetFigure"}),
    ("owner of a value", "^target", "kk:hasValue", {"ValueOwner"}),
    ("owner of a link", "^derived", "kk:hasJustification", {"JustificationOwner"}),
    ("owner of an uptake", "^uptake", "kk:hasUptake", {"UptakeOwner"}),
    ("owner of an objective", "^objective", "kk:hasObjective", {"ObjectiveOwner"}),
    ("owner of an indicator", "^indicator", "kk:hasIndicator", {"IndicatorPlace"}),
    ("owner of an amount", "^initial", "kk:hasBudgetFigure", {"BudgetOwner"}),
    ("parent of a section", "section", "dcterms:isPartOf", {"SectionParent"}),
    ("parent of a chapter", "chapter", "dcterms:isPartOf", {"SectionParent"}),
    ("strategy of an edition", "^edition-2", "dcat:hasVersion", {"EditionOrigin"}),
    ("panel of a report", "report", "dcterms:creator", {"EditionOrigin"}),
    ("ministry", "measure", "kk:ministry", {"Ministry"}),
    ("claim level", "stated", "kk:claimLevel", {"LinkClaimLevel"}),
    ("rule", "derived", "kk:rule", {"DerivedHasRule"}),
    ("author of a reading", "interpreted", "prov:wasAttributedTo", {"ReadingHasAuthor"}),
    ("reason of a refusal", "rejected", "dcterms:description", {"ReadingHasReason"}),
    ("shortcut", "objective", "kk:justifiedBy", {"JustifiedByComplete"}),
    ("year of an amount", "initial", "kk:fiscalYear", {"BudgetPlaced"}),
    ("type of an amount", "initial", "rdf:type", {"BudgetFiguresAreTyped"}),
    ("type of a value", "target", "rdf:type", {"ValuesAreTyped"}),
    ("type of a cooperation", "cooperation", "rdf:type", {"EvidencedIsTyped"}),
    ("hash of a file", "file", "kk:sha256", {"SourceFileHash"}),
]


@pytest.mark.parametrize(("what", "thing", "predicate", "noticed"), MUTATIONS, ids=[m[0] for m in MUTATIONS])
def test_taking_a_fact_out_is_noticed(
    what: str, thing: str, predicate: str, noticed: set[str], base: Path
) -> None:
    graph = Graph().parse(base)
    node, term = URIRef(ID + thing.removeprefix("^")), URIRef(namespaces.expand(predicate))
    pattern = (None, term, node) if thing.startswith("^") else (node, term, None)
    assert pattern in graph, what
    graph.remove(pattern)
    assert noticed <= {violation.shape for violation in check_graph(graph)}


@pytest.fixture(scope="module")
def built() -> Graph:
    graph = Graph()
    for file in sorted((graphs_dir() / "built").rglob("*.ttl")):
        graph.parse(file)
    return graph


def test_the_built_graph_is_valid(built: Graph) -> None:
    assert check_graph(built) == []


@pytest.mark.parametrize(
    ("kind", "predicate", "inverse", "shape"),
    [
        ("kk:Justification", "kk:evidence", False, "LinkEvidence"),
        ("kk:Justification", "kk:hasJustification", True, "JustificationOwner"),
        ("kk:IndicatorValue", "kk:hasValue", True, "ValueOwner"),
        ("kk:IndicatorValue", "schema:unitText", False, "ValueUnit"),
        ("kk:Section", "dcterms:isPartOf", False, "SectionParent"),
    ],
)
def test_taking_a_fact_out_of_the_built_graph_is_noticed(
    built: Graph, kind: str, predicate: str, inverse: bool, shape: str
) -> None:
    term = URIRef(namespaces.expand(predicate))
    nodes = sorted(built.subjects(RDF.type, URIRef(namespaces.expand(kind))), key=str)
    patterns = [(None, term, node) if inverse else (node, term, None) for node in nodes]
    pattern = next(pattern for pattern in patterns if pattern in built)
    removed = list(built.triples(pattern))
    built.remove(pattern)
    try:
        found = check_graph(built)
    finally:
        for triple in removed:
            built.add(triple)
    assert (shape, str(pattern[2] if inverse else pattern[0])) in {(v.shape, v.focus) for v in found}
