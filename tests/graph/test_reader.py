"""Reading from a store in batches: what was loaded is what the store holds, on every backend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.reader import Reader
from konkyo.graph.sparql import properties_each, select_each
from konkyo.model.namespaces import GRAPH, ID, C, expand
from konkyo.model.ntriples import literal
from konkyo.store import EmbeddedStore, Store, building, open_store
from support.examples import examples
from support.rdflib_store import RdflibStore

HERE = GRAPH + "test"


def fill(store: Store, *triples: tuple[str, str, str]) -> Store:
    def lines() -> Iterator[str]:
        for s, p, o in triples:
            value = o if o[0] in '"<' else f"<{expand(o) if ':' in o else ID + o}>"
            yield f"<{ID}{s}> <{expand(p)}> {value} <{HERE}> .\n"

    store.load(HERE, lines())
    return store


@pytest.fixture(params=[EmbeddedStore, RdflibStore])
def store(request: pytest.FixtureRequest) -> Store:
    made: Store = request.param()
    return made


def test_objects_and_subjects_are_sorted_and_complete(store: Store) -> None:
    fill(
        store,
        ("a", "kk:cites", "z"),
        ("a", "kk:cites", "b"),
        ("b", "kk:cites", "z"),
        ("a", "kk:evidence", "e"),
    )
    reader = Reader(store)
    reader.load([ID + "a", ID + "b"])
    assert reader.objects(ID + "a", "kk:cites") == [ID + "b", ID + "z"]
    assert reader.objects(ID + "a", "dcterms:title") == []
    assert reader.one(ID + "a", "kk:evidence") == ID + "e" and reader.one(ID + "b", "kk:evidence") is None
    reader.load_incoming([ID + "z", ID + "b"], ["kk:cites", "kk:evidence"])
    assert reader.subjects(ID + "z", "kk:cites") == [ID + "a", ID + "b"]
    assert reader.subjects(ID + "b", "kk:evidence") == []


def test_what_was_not_loaded_is_an_error_and_no_empty_answer(store: Store) -> None:
    fill(store, ("a", "kk:cites", "b"))
    reader = Reader(store)
    with pytest.raises(KeyError):
        reader.objects(ID + "a", "kk:cites")
    with pytest.raises(KeyError):
        reader.subjects(ID + "b", "kk:cites")


def test_unknown_things_are_known_to_be_unknown(store: Store) -> None:
    reader = Reader(fill(store, ("a", "kk:cites", "b")))
    reader.load([ID + "a", ID + "nothing"])
    assert reader.known(ID + "a") and not reader.known(ID + "nothing") and not reader.known(ID + "never")
    assert reader.kind(ID + "nothing") == "Thing"
    assert reader.labels([ID + "nothing"]) == {}


def test_a_fact_in_two_graphs_is_read_once(store: Store) -> None:
    fill(store, ("a", "kk:cites", "b"))
    other = f"{GRAPH}other"
    store.load(other, [f"<{ID}a> <{expand('kk:cites')}> <{ID}b> <{other}> .\n"])
    reader = Reader(store)
    reader.load([ID + "a"])
    reader.load_incoming([ID + "b"], ["kk:cites"])
    assert reader.objects(ID + "a", "kk:cites") == [ID + "b"] and reader.subjects(ID + "b", "kk:cites") == [
        ID + "a"
    ]


def test_loading_again_asks_and_changes_nothing() -> None:
    class Counting(EmbeddedStore):
        asked = 0

        def select(self, text: str):  # type: ignore[no-untyped-def]
            self.asked += 1
            return super().select(text)

    store = Counting()
    fill(store, *((f"n{number}", "kk:cites", "b") for number in range(1201)))
    reader = Reader(store)
    names = [f"{ID}n{number}" for number in range(1201)]
    for _ in range(2):
        reader.load(names)
        reader.load_incoming([ID + "b"], ["kk:cites"])
        assert store.asked == 4  # batches, not one question for each node
    assert len(reader.subjects(ID + "b", "kk:cites")) == 1201
    assert all(reader.objects(name, "kk:cites") == [ID + "b"] for name in names)


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["kk:Measure", "kk:Policy"], "Measure"),
        (["kk:EvaluationSheet", "kk:Edition"], "EvaluationSheet"),
        (["kk:Justification", "kk:Link"], "Justification"),
        (["kk:Edition"], "Edition"),
        (["kk:Policy"], "Policy"),
        (["org:Organization"], "Organization"),
        (["prov:Person", "kk:Panel"], "Panel"),
        (["dcterms:Location"], "Location"),
    ],
)
def test_the_most_telling_kind(store: Store, types: list[str], kind: str) -> None:
    reader = Reader(fill(store, *(("a", "rdf:type", name) for name in types)))
    reader.load([ID + "a"])
    assert reader.kind(ID + "a") == kind


@pytest.mark.parametrize(
    ("triples", "label"),
    [
        ([("skos:prefLabel", '"甲"@ja'), ("skos:prefLabel", '"A"@en')], ("甲", "A")),
        ([("skos:prefLabel", '"甲"@ja')], ("甲", "甲")),
        ([("skos:prefLabel", '"A"@en')], ("A", "A")),
        ([("dcterms:title", '"file.txt"')], ("file.txt", "file.txt")),
        ([("dcterms:title", '"題"@ja'), ("skos:prefLabel", '"甲"@ja')], ("甲", "甲")),
        ([("kk:statedText", '"５件"@ja')], ("５件", "５件")),
        ([("kk:cites", "b")], ("a", "a")),
    ],
)
def test_labels(store: Store, triples: list[tuple[str, str]], label: tuple[str, str]) -> None:
    reader = Reader(fill(store, *(("a", p, o) for p, o in triples)))
    assert reader.labels([ID + "a"]) == {ID + "a": Words(*label)}


@settings(max_examples=examples(40))
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_label_comes_back(text: str) -> None:
    reader = Reader(fill(EmbeddedStore(), ("a", "skos:prefLabel", literal(text, "@ja"))))
    assert reader.labels([ID + "a"])[ID + "a"].ja == text


@pytest.mark.parametrize("iri", ["", "a b", "https://e/> ?s ?p", "https://e/a}#", "<https://e/a>"])
def test_what_is_no_iri_is_never_spliced_into_a_query(store: Store, iri: str) -> None:
    """In a graph of others a text may stand where a thing should: it has no facts of its own."""
    fill(store, ("a", "kk:cites", "b"))
    reader = Reader(store)
    reader.load([iri, ID + "a"])
    reader.load_incoming([iri, ID + "b"], ["kk:cites"])
    assert reader.objects(iri, "kk:cites") == reader.subjects(iri, "kk:cites") == []
    assert reader.objects(ID + "a", "kk:cites") == [ID + "b"]
    assert reader.subjects(ID + "b", "kk:cites") == [ID + "a"]


def test_evidence_in_words(store: Store) -> None:
    fill(
        store,
        ("fact", "kk:evidence", "e"),
        ("e", "oa:hasSource", "sheet"),
        ("sheet", "dcterms:identifier", '"総務省23-⑮"'),
        ("sheet", "skos:prefLabel", '"評価書"@ja'),
        ("e", "skos:prefLabel", '"測定指標3 目標"@ja'),
        ("e", "kk:statedText", '"100人以上"@ja'),
        ("e", "skos:note", '"注"@ja'),
        ("e", "kk:readingCertainty", f"<{C}layout>"),
        ("e", "oa:hasSelector", "l1"),
        ("e", "oa:hasSelector", "l2"),
        ("l1", "kk:firstLine", '"143"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("l1", "kk:lastLine", '"144"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("l2", "kk:firstLine", '"9"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("l2", "kk:lastLine", '"9"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    )
    reader = Reader(store)
    reader.load([ID + "fact"])
    reader.load_evidence([ID + "fact"])
    (found,) = reader.evidence(ID + "fact")
    assert found.place == ("L9, L143-144", "L9, L143-144")  # by number, not by text
    assert found.short("ja") == "総務省23-⑮ L9, L143-144"
    assert (found.words, found.note, found.field.ja) == ("100人以上", "注", "測定指標3 目標")
    assert found.certainty == Words("layout", "layout")  # the code list is not in this store


def test_evidence_in_a_table(store: Store) -> None:
    fill(
        store,
        ("fact", "kk:evidence", "file#col=3"),
        ("fact", "kk:row", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("file#col=3", "oa:hasSource", "file"),
        ("file", "dcterms:title", '"2-1_予算.csv"'),
        ("file#col=3", "kk:column", '"計画通知名"@ja'),
    )
    reader = Reader(store)
    reader.load([ID + "fact"])
    reader.load_evidence([ID + "fact"])
    (found,) = reader.evidence(ID + "fact")
    assert found.place == ("12行目 列「計画通知名」", "row 12, column 計画通知名")
    assert found.source == ("2-1_予算.csv", "2-1_予算.csv")
    assert found.words is None and found.certainty is None
    assert found.iri == f"{ID}file#cell=12,3"


def test_the_built_graph_reads_the_same_from_both(
    built_store: EmbeddedStore, rdflib_store: RdflibStore
) -> None:
    found = []
    for store in (built_store, rdflib_store):
        reader = Reader(store)
        names = [
            ID + name for name in ("indicator/soumu-23-15/3", "sheet/soumu-23-15", "strategy/shin-seicho")
        ]
        labels = reader.labels(names)
        reader.load_evidence(names)
        found.append(
            (labels, [reader.kind(name) for name in names], [reader.evidence(name) for name in names])
        )
    assert found[0] == found[1]
    assert found[0][1] == ["Indicator", "EvaluationSheet", "Strategy"]
    assert "総務省23-⑮ L11-12" in [item.short("ja") for item in found[0][2][0]]


def test_other_properties_of_a_node_are_loaded_besides(store: Store) -> None:
    """A node that one part of a page knows by its name is asked for its class by another."""
    fill(
        store,
        ("a", "rdf:type", "kk:Project"),
        ("a", "skos:prefLabel", '"甲"@ja'),
        ("a", "kk:kind", "c:basic-goal"),
    )
    reader = Reader(store)
    reader.load_only([ID + "a"], ["skos:prefLabel"])
    assert reader.label(ID + "a").ja == "甲"
    with pytest.raises(KeyError):
        reader.kind(ID + "a")
    reader.load_only([ID + "a"], ["rdf:type", "skos:prefLabel"])
    assert reader.kind(ID + "a") == "Project" and reader.label(ID + "a").ja == "甲"
    assert len(reader.objects(ID + "a", "skos:prefLabel")) == 1
    with pytest.raises(KeyError):
        reader.one(ID + "a", "kk:kind")


@pytest.mark.parametrize("count", [1, 3, 4, 9])
def test_of_few_properties_and_of_many_each_value_comes_with_its_own(store: Store, count: int) -> None:
    """Past a few, an engine reads all that there is of a thing, and what was not asked for is left out."""
    names = [f"kk:{name}" for name in "abcdefghi"]
    things = [f"s{number}" for number in range(3)]
    fill(
        store,
        *((thing, name, f'"{thing} {name}"') for thing in things for name in names),
        ("s0", "kk:a", "z"),
    )
    reader = Reader(store)
    iris = [ID + thing for thing in things]
    reader.load_only([*iris, ID + "nothing"], names[:count])
    reader.load_only(iris, [*names[:count], names[0]])  # named twice, and held already
    for thing in things:
        for name in names[:count]:
            more = [ID + "z"] if (thing, name) == ("s0", "kk:a") else []
            assert reader.objects(ID + thing, name) == [f"{thing} {name}", *more]
    assert not reader.known(ID + "nothing")
    if count < len(names):
        with pytest.raises(KeyError):
            reader.one(iris[0], names[count])


def test_of_a_store_on_disk_batches_are_asked_side_by_side(tmp_path: Path) -> None:
    """Thousands of things: the answer is that of a store that is asked batch by batch, in the same order."""
    count = 1_800  # more than three batches, and the last one alone
    triples = [(f"t{n}", "kk:cites", f"t{n * 7 % count}") for n in range(count)]
    triples += [(f"t{n}", "dcterms:title", literal(f"題{n}")) for n in range(0, count, 3)]
    fill(alone := EmbeddedStore(), *triples)
    with building(tmp_path) as made:
        fill(made, *triples)
    several = open_store(tmp_path)
    assert several.folder is not None and alone.folder is None
    things = [f"{ID}t{n}" for n in range(count)]
    for names in (["kk:cites"], ["kk:cites", "dcterms:title", "kk:kind", "kk:ministry"]):
        found = list(properties_each(several, things, names))
        assert found == list(properties_each(alone, things, names))
        assert [thing for thing, name, _ in found if name == "kk:cites"] == things
    rows = [(thing, row["o"].value) for thing, row in select_each(several, things, "?o", "?o kk:cites ?s")]
    assert rows == [
        (thing, row["o"].value) for thing, row in select_each(alone, things, "?o", "?o kk:cites ?s")
    ]
    with pytest.raises(KonkyoError):
        list(select_each(several, things, "?o", "?s kk:cites ?o . nonsense"))
    # Who has enough after a few rows is not held up.
    assert next(select_each(several, things, "?o", "?s kk:cites ?o"))[0] == things[0]
