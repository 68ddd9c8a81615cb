"""One table of kinds: it agrees with the ontology, and no module keeps another one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

import konkyo
from konkyo.common.paths import ontology_dir
from konkyo.graph.search import BY_NAME as GROUPS
from konkyo.graph.search.kinds import group_of
from konkyo.model.identifiers import code
from konkyo.model.kinds import BY_NAME, DOCUMENTS, DRAWN, ELEMENTS, KINDS, PLANS, most_telling
from konkyo.model.namespaces import KK, ORG, PROV, expand
from konkyo.present.view import style

PACKAGE = Path(konkyo.__file__).resolve().parent
# What says of each kind what nobody else does: how it looks, and which numbers the first page shows.
SAID_OF_EACH = {
    "graph.counts",
    "present.ontology_page.picture",
    "present.view.style",
    "server.pages.structured",
}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_dir() / "konkyo.ttl")


def test_every_kind_is_a_class(ontology: Graph) -> None:
    assert len(BY_NAME) == len(KINDS)
    for kind in KINDS:
        iri = URIRef(expand(kind.term))
        assert (iri, RDF.type, OWL.Class) in ontology or not iri.startswith(KK), kind.term


def test_more_telling_classes_are_below_general_ones(ontology: Graph) -> None:
    for kind in KINDS:
        above = {str(iri) for iri in ontology.objects(URIRef(expand(kind.term)), RDFS.subClassOf)}
        for general in above & {expand(other.term) for other in KINDS}:
            assert most_telling([general, expand(kind.term)]) == kind.name


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        ([f"{KK}Link", f"{KK}Placement"], "Placement"),
        ([f"{KK}Link"], "Link"),
        ([f"{ORG}Organization", f"{ORG}OrganizationalUnit"], "OrganizationalUnit"),
        ([f"{PROV}Entity", f"{KK}Strategy"], "Strategy"),
        (["http://data.europa.eu/eli/ontology#LegalResource"], "LegalResource"),
        ([str(code("stated"))], "stated"),
        ([], "Thing"),
    ],
)
def test_the_most_telling_class(classes: list[str], kind: str) -> None:
    assert most_telling(classes) == kind == most_telling(reversed(classes))


def test_what_is_traced_and_drawn() -> None:
    assert not {*DOCUMENTS} & {*ELEMENTS} and {*PLANS} < {*DOCUMENTS}
    assert {*ELEMENTS} < {*DRAWN} and {*DOCUMENTS} - {*DRAWN} == {"EvaluationSheet"}
    assert {style.name for style in style.KINDS.values()} == {*DRAWN, "EvaluationSheet", "Cooperation"}
    assert {kind.group for kind in KINDS if kind.group} == {*GROUPS}
    assert [group_of(name).name for name in ("Measure", "Ministry", "Organization", "Location")] == [
        *("policy", "ministry", "payee", "payee")
    ]


def test_no_module_keeps_a_table_of_kinds_of_its_own() -> None:
    """More than four kinds in one literal are a table; fewer are a case."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        if name == "model.kinds" or name in SAID_OF_EACH or name.startswith("model.records"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict | ast.Tuple | ast.List | ast.Set):
                texts = [item.value for item in ast.walk(node) if isinstance(item, ast.Constant)]
                found = {
                    re.sub(r"^\w+:", "", text) for text in texts if isinstance(text, str)
                } & BY_NAME.keys()
                assert len(found) < 5, f"{name}, line {node.lineno}: {sorted(found)}"
