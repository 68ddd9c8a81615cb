"""What a violation tells: the thing, the place in the source, the reason and the remedy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import graphs_dir, ontology_dir
from konkyo.model import namespaces
from konkyo.questions.check import check, check_graph, check_store, is_checked_in_place
from konkyo.store import EmbeddedStore, building, open_store
from support.steps import growth

EXAMPLES = ontology_dir() / "examples"
BASE = EXAMPLES / "base.ttl"
ID = namespaces.ID


def test_a_violation_says_what_where_why_and_how() -> None:
    (violation,) = check([BASE, EXAMPLES / "invalid" / "value-exact.ttl"])
    assert violation.severity == "violation" and violation.shape == "ValueExact"
    assert violation.focus == ID + "ex/value"
    assert violation.label.of("ja") == "5件"
    assert violation.where.of("ja") == "sample.txt L10-12"
    assert "上限" in violation.what.of("ja") and "upper bound" in violation.what.of("en")
    assert "原文" in violation.why.of("ja") and "text" in violation.why.of("en")
    assert "kk:lowerBound" in violation.mend.of("ja") and "kk:lowerBound" in violation.mend.of("en")


def test_path_and_value_are_named() -> None:
    (owner,) = check([BASE, EXAMPLES / "invalid" / "payment-owner.ttl"])
    assert owner.path == "^kk:hasPayment" and owner.value is None
    assert owner.where.ja == "sample.csv 2行目「成果実績」"
    (code,) = check([BASE, EXAMPLES / "invalid" / "result-code.ttl"])
    assert code.path == "kk:result" and code.value == namespaces.C + "up"
    (year,) = check([BASE, EXAMPLES / "invalid" / "fiscal-year-begin.ttl"])
    assert year.path == "time:hasBeginning/time:inXSDDate" and year.value == "2014-01-01"


def test_without_evidence_of_its_own_the_nearest_place_is_named() -> None:
    graph = Graph().parse(BASE)
    graph.remove((URIRef(ID + "target"), URIRef(namespaces.KK + "evidence"), None))
    (violation,) = check_graph(graph)
    assert violation.shape == "FactEvidence" and violation.label.ja == "100件以上"
    assert violation.where.ja == "sample.txt L10-12"


def test_a_place_in_a_table_is_its_row_and_column() -> None:
    graph = Graph().parse(BASE)
    certainty = URIRef(namespaces.KK + "readingCertainty")
    graph.set((URIRef(ID + "cell"), certainty, URIRef(namespaces.C + "stated")))
    (violation,) = check_graph(graph)
    assert violation.shape == "ReadingCertaintyCode"
    assert violation.where.of("ja") == "sample.csv 7行目「成果実績」"
    assert violation.where.of("en") == "sample.csv row 7, column 成果実績"


def test_a_thing_without_a_label_is_called_by_its_iri() -> None:
    (violation,) = check([BASE, EXAMPLES / "invalid" / "payment-payee.ttl"])
    assert violation.label == ("id:ex/payment", "id:ex/payment")


def test_order_does_not_depend_on_the_data_s_order() -> None:
    files = [
        EXAMPLES / "invalid" / name for name in ("value-unit.ttl", "budget-total.ttl", "section-parent.ttl")
    ]
    found = check([BASE, *files])
    assert found == check([*reversed(files), BASE])
    assert [v.shape for v in found] == ["SectionParent", "ValueUnit", "BudgetTotal"]
    assert [v.severity for v in found] == ["violation", "violation", "warning"]


def test_a_total_is_compared_with_the_parts_of_its_own_document() -> None:
    """A later document knows a supplementary budget that the earlier one did not: both totals are right."""
    stages = ("initial", "supplementary", "carryover", "total")
    lines = [
        "@prefix kk: <https://w3id.org/konkyo/ns#> . @prefix c: <https://w3id.org/konkyo/code/> .",
        f"@base <{ID}> .",
    ]
    for place, amounts in (("evidence", (100, 20, 0, 120)), ("cell", (100, 0, 0, 100))):
        for stage, yen in zip(stages, amounts, strict=True):
            lines.append(
                f"<project> kk:hasBudgetFigure <{place}/{stage}> . <{place}/{stage}> a kk:BudgetFigure ; kk:fiscalYear <fy/2010> ; "
                f"kk:budgetStage c:{stage} ; kk:amountYen {yen} ; kk:readingCertainty c:layout ; kk:evidence <{place}> ."
            )
    graph = Graph().parse(BASE)
    graph.parse(data="\n".join(lines), format="turtle")
    assert "BudgetTotal" not in {violation.shape for violation in check_graph(graph)}


def test_named_graphs_are_joined_and_the_data_is_left_alone(tmp_path: Path) -> None:
    dataset = Dataset()
    for number, triple in enumerate(Graph().parse(BASE)):
        dataset.graph(URIRef(f"https://w3id.org/konkyo/graph/{number % 3}")).add(triple)
    before = set(dataset.quads())
    assert check(dataset) == []
    assert set(dataset.quads()) == before
    dataset.serialize(tmp_path / "data.nq", format="nquads")
    assert check(tmp_path / "data.nq") == []


def test_an_empty_graph_is_valid() -> None:
    assert check_graph(Graph()) == []


@pytest.mark.parametrize(
    ("name", "text"), [("missing.ttl", None), ("broken.ttl", "<a> <b> ."), ("data.unknown", "?")]
)
def test_unreadable_files_are_named(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(KonkyoError) as caught:
        check(tmp_path / name)
    assert caught.value.source == str(tmp_path / name)
    assert name in caught.value.report("ja")
    assert ("ファイルがありません。" in caught.value.report("ja")) == (text is None)


def test_a_label_from_a_hostile_source_stays_text() -> None:
    graph = Graph().parse(BASE)
    payment = URIRef(ID + "payment")
    hostile = "</script><img src=x onerror=alert(1)>"
    graph.remove((payment, URIRef(namespaces.KK + "payee"), None))
    graph.add((payment, URIRef(namespaces.KK + "statedText"), Literal(hostile)))
    (violation,) = check_graph(graph)
    assert violation.label.ja == hostile


def copies(number: int) -> Graph:
    """Return a graph that holds the things of the example so many times, each under names of its own."""

    def named(node: Node, copy: int) -> Node:
        return URIRef(f"{node}/{copy}") if isinstance(node, URIRef) and node.startswith(ID) else node

    made = Graph()
    for triple in Graph().parse(BASE):
        # A number is one body's, so no copy has it.
        for copy in range(1 if triple[1] == URIRef(namespaces.ORG + "identifier") else number):
            made.add(tuple(named(node, copy) for node in triple))  # type: ignore[arg-type]
    return made


def test_the_work_grows_as_the_graph_does() -> None:
    graphs = {number: copies(number) for number in (1, 2, 4)}
    assert growth(lambda number: check_graph(graphs[number]), 4) < 3


def test_the_queries_are_as_many_whatever_the_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """One query answers for all focus nodes of a shape: none is sent for a node."""
    sent: list[str] = []
    real = EmbeddedStore.select
    monkeypatch.setattr(
        EmbeddedStore, "select", lambda self, text, *rest: (sent.append(text), real(self, text, *rest))[1]
    )
    numbers = []
    for number in (1, 4):
        graph = copies(number)
        sent.clear()
        assert check_graph(graph) == []
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] > 0


def test_what_is_carried_is_valid() -> None:
    graph = Graph()
    for file in sorted((graphs_dir() / "built").rglob("*.ttl")):
        graph.parse(file)
    assert len(list(graph.subjects(RDF.type))) > 100
    assert check_graph(graph) == []


@pytest.mark.parametrize(
    ("kind", "number", "found"),
    [
        ("years", 4_000, {"BudgetTotal": 1}),
        ("reviews", 4_000, {"BudgetTotal": 1}),
        (
            "citations",
            12_000,
            {"JustifiedByGrounded": 3, "StatedBasisGrounded": 1, "InformedByGrounded": 1},
        ),
        ("citing", 12_000, {"JustifiedByGrounded": 2, "StatedBasisGrounded": 1}),
        ("editions", 12_000, {"PreviousVersionOfSameStrategy": 1}),
        ("parts", 20_000, {"BudgetPlaced": 2}),
    ],
)
def test_no_constraint_joins_all_of_an_owner_with_all_of_it(
    kind: str, number: int, found: dict[str, int]
) -> None:
    """Nothing can be counted inside the engine. What grows with the square of this does not end in hours."""
    command = [sys.executable, "-m", "tests.support.hubs", kind, str(number)]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=120)
    assert ast.literal_eval(done.stdout) == found


def test_a_built_store_is_checked_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([], tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert is_checked_in_place(store)
    monkeypatch.setattr(EmbeddedStore, "add", lambda *_: pytest.fail("the store is copied"))
    assert check_store(store) == []


def test_a_store_of_another_version_is_checked_in_a_copy_with_the_terms_of_this_one(tmp_path: Path) -> None:
    store = EmbeddedStore()
    store.load_turtle(namespaces.GRAPH + "data", BASE)
    store.load_turtle(namespaces.GRAPH + "more", EXAMPLES / "invalid" / "value-exact.ttl")
    size = len(store)
    assert not is_checked_in_place(store)
    assert [violation.shape for violation in check_store(store)] == ["ValueExact"]
    assert len(store) == size


def test_a_fact_of_several_graphs_counts_once(tmp_path: Path) -> None:
    build([], tmp_path / "store")
    with building(tmp_path / "store", keep=True) as store:
        store.load_turtle(namespaces.GRAPH + "again", next((graphs_dir() / "built").glob("soumu*.ttl")))
    assert check_store(open_store(tmp_path / "store")) == []


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_files_of_every_syntax_are_read(tmp_path: Path, suffix: str) -> None:
    files = (BASE, EXAMPLES / "invalid" / "value-exact.ttl")
    triples = [quad.triple for file in files for quad in ox.parse(path=file)]
    path = tmp_path / f"data.{suffix}"
    ox.serialize(triples, path, format=ox.RdfFormat.from_extension(suffix))
    (violation,) = check(path)
    assert (violation.shape, violation.label.ja) == ("ValueExact", "5件")
    assert violation.where.ja == "sample.txt L10-12"


@pytest.mark.parametrize("key", ["a b", "a<b>", 'a"b', "a\\b", "a\nb", "a^`{|}b"])
def test_an_iri_that_is_none_is_found_and_no_fault_of_the_check(key: str) -> None:
    graph = Graph()
    graph.add((URIRef(ID + key), RDF.type, URIRef(namespaces.ORG + "Organization")))
    (violation,) = check_graph(graph)
    assert (violation.shape, violation.focus) == ("IriCharacters", ID + key)


def test_relative_iris_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(f"<x> a <{namespaces.KK}Payment> .")
    assert {violation.focus for violation in check(tmp_path / "data.ttl")} == {
        (tmp_path / "x").resolve().as_uri()
    }


def test_too_large_a_copy_is_refused_with_its_size(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build([], tmp_path / "store")
    monkeypatch.setattr("konkyo.cli.check.MOST_FACTS", 10)
    command = ["check", "--store", str(tmp_path / "store")]
    assert main(command) == 0  # it is checked where it lies
    with building(tmp_path / "store", keep=True) as store:
        store.drop(namespaces.GRAPH + "ontology")
    assert main(command) == 2
    said = capsys.readouterr().err
    assert "件の事実" in said and "GB" in said and "--large" in said
    assert main([*command, "--large"]) == 0
