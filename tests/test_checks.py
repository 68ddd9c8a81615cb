"""What a violation tells: the thing, the place in the source, the reason and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Dataset, Graph, Literal, URIRef
from rdflib.term import Node
from support.steps import growth

from konkyo import checks, vocabulary
from konkyo.build import build
from konkyo.checks import check, check_graph
from konkyo.cli import main
from konkyo.errors import KonkyoError
from konkyo.resources import graphs_dir, ontology_dir

EXAMPLES = ontology_dir() / "examples"
BASE = EXAMPLES / "base.ttl"
ID = vocabulary.ID


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
    assert owner.path == "^kk:hasPayment" and owner.value is None and owner.where == ("", "")
    (code,) = check([BASE, EXAMPLES / "invalid" / "result-code.ttl"])
    assert code.path == "kk:result" and code.value == vocabulary.C + "up"
    (year,) = check([BASE, EXAMPLES / "invalid" / "fiscal-year-begin.ttl"])
    assert year.path == "time:hasBeginning/time:inXSDDate" and year.value == "2014-01-01"


def test_without_evidence_of_its_own_the_nearest_place_is_named() -> None:
    graph = Graph().parse(BASE)
    graph.remove((URIRef(ID + "target"), URIRef(vocabulary.KK + "evidence"), None))
    (violation,) = check_graph(graph)
    assert violation.shape == "FactEvidence" and violation.label.ja == "100件以上"
    assert violation.where.ja == "sample.txt L10-12"


def test_a_place_in_a_table_is_its_row_and_column() -> None:
    graph = Graph().parse(BASE)
    certainty = URIRef(vocabulary.KK + "readingCertainty")
    graph.set((URIRef(ID + "cell"), certainty, URIRef(vocabulary.C + "stated")))
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


def test_a_label_from_a_hostile_source_stays_text() -> None:
    graph = Graph().parse(BASE)
    payment = URIRef(ID + "payment")
    hostile = "</script><img src=x onerror=alert(1)>"
    graph.remove((payment, URIRef(vocabulary.KK + "payee"), None))
    graph.add((payment, URIRef(vocabulary.KK + "statedText"), Literal(hostile)))
    (violation,) = check_graph(graph)
    assert violation.label.ja == hostile


def copies(number: int) -> Graph:
    """Return a graph that holds the things of the example so many times, each under names of its own."""

    def named(node: Node, copy: int) -> Node:
        return URIRef(f"{node}/{copy}") if isinstance(node, URIRef) and node.startswith(ID) else node

    made = Graph()
    for triple in Graph().parse(BASE):
        for copy in range(number):
            made.add(tuple(named(node, copy) for node in triple))  # type: ignore[arg-type]
    return made


def test_the_work_grows_as_the_graph_does() -> None:
    graphs = {number: copies(number) for number in (1, 2, 4)}
    assert growth(lambda number: check_graph(graphs[number]), 4) < 3


def test_each_query_of_the_shapes_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """pySHACL asks the same one for each thing, and to parse it takes longer than to answer it."""
    parsed: list[str] = []
    real = checks.prepareQuery
    monkeypatch.setattr(checks, "prepareQuery", lambda text: (parsed.append(text), real(text))[1])
    checks._prepared.cache_clear()
    assert check_graph(copies(2)) == []
    assert 0 < len(parsed) == len(set(parsed))


def test_what_is_carried_is_valid() -> None:
    graph = Graph()
    for file in sorted((graphs_dir() / "built").glob("*.ttl")):
        graph.parse(file)
    assert len(list(graph.subjects(RDF.type))) > 100
    assert check_graph(graph) == []


def test_too_large_a_store_is_refused_with_its_size(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build([], tmp_path / "store")
    monkeypatch.setattr("konkyo.cli.check.MOST_FACTS", 10)
    command = ["check", "--store", str(tmp_path / "store")]
    assert main(command) == 2
    said = capsys.readouterr().err
    assert "件の事実" in said and "--large" in said
    assert main([*command, "--large"]) == 0
