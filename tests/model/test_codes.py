"""Codes are called what the code lists call them, and no module says so a second time."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Namespace

import konkyo
from konkyo.common.paths import ontology_dir
from konkyo.common.words import Words
from konkyo.model import namespaces
from konkyo.model.codes import codes_of, heading_of, label_of
from konkyo.model.levels import LEVELS
from konkyo.questions.diff import KINDS as CHANGES
from konkyo.questions.gaps import NAMES as GAPS

C = Namespace(namespaces.C)
PACKAGE = Path(konkyo.__file__).resolve().parent


@pytest.fixture(scope="module")
def codes() -> Graph:
    return Graph().parse(ontology_dir() / "codes.ttl")


@pytest.mark.parametrize(
    ("scheme", "names"), [("ClaimLevel", LEVELS), ("GapKind", GAPS), ("ChangeKind", CHANGES)]
)
def test_a_table_of_codes_is_the_code_list(codes: Graph, scheme: str, names: tuple[str, ...]) -> None:
    assert sorted(names) == sorted(codes_of(scheme))
    assert {C[name] for name in names} == set(codes.subjects(SKOS.inScheme, C[scheme]))


def test_labels_are_those_of_the_code_list(codes: Graph) -> None:
    for code in codes.subjects(RDF.type, SKOS.Concept):
        said = {label.language: str(label) for label in codes.objects(code, SKOS.prefLabel)}  # type: ignore[attr-defined]
        assert label_of(str(code).removeprefix(C))._asdict() == said


def test_a_heading_begins_with_a_capital_and_an_unknown_code_is_itself() -> None:
    assert heading_of("initial") == Words("当初予算", "Initial budget")
    assert label_of("no-code") == Words("no-code", "no-code")


def test_no_module_writes_the_label_of_a_code_again() -> None:
    """But for 合計: the last row of a table is no stage of a budget."""
    codes = Graph().parse(ontology_dir() / "codes.ttl").subjects(RDF.type, SKOS.Concept)
    labels = {label_of(str(code).removeprefix(C)) for code in codes} - {label_of("total")}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Words":
                said = [str(item.value).casefold() for item in node.args if isinstance(item, ast.Constant)]
                assert tuple(said) not in labels, f"{path.name}, line {node.lineno}: {said}"
