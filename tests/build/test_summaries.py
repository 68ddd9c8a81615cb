"""What a build makes of everything it holds says what the questions themselves say, and what has none is answered the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.build.summaries import found_gaps
from konkyo.common.errors import KonkyoError
from konkyo.graph.counts import counts, of_classes
from konkyo.graph.gaps import KINDS
from konkyo.graph.stored_queries import run
from konkyo.model.graphs import SUMMARIES
from konkyo.store import EmbeddedStore, open_store
from support.review_pair import FIRST, SECOND, write_year


@pytest.fixture(scope="module")
def built(pair_folder: Path) -> EmbeddedStore:
    return open_store(pair_folder)


@pytest.fixture(scope="module")
def bare(built: EmbeddedStore) -> EmbeddedStore:
    """The same store as a konkyo before these built it."""
    store = EmbeddedStore()
    for graph in built.graphs():
        if graph != SUMMARIES:
            store.load(graph, (f"{triple} <{graph}> .\n" for triple in built.triples(graph)))
    return store


def test_the_counts_are_those_of_a_store_that_counts_when_it_is_asked(
    built: EmbeddedStore, bare: EmbeddedStore
) -> None:
    assert counts(built) == counts(bare) and len(counts(built)) == 28
    told, counted = (
        [(row["class"], row["count"]) for row in store.select(of_classes(store))] for store in (built, bare)
    )
    assert told == counted and len(told) > 15


@pytest.mark.parametrize("ministry", [None, "総務省"])
@pytest.mark.parametrize("year", [2023, 2024])
def test_as_many_gaps_are_kept_as_there_are(
    built: EmbeddedStore, bare: EmbeddedStore, year: int, ministry: str | None
) -> None:
    kept, asked = (KnowledgeGraph(store).gaps(year=year, ministry=ministry).answer for store in (built, bare))
    assert any(found.numbers and found.count for found in kept.found)
    for one, other in zip(kept.found, asked.found, strict=True):
        assert other.numbers is None
        assert (one.kind, one.unanswered, one.count) == (other.kind, other.unanswered, other.count)
        assert one.by_ministry() == other.by_ministry()
        assert tuple(one.lines) == tuple(other.lines)


def test_a_gap_is_kept_only_of_a_year_of_which_it_can_be_told(bare: EmbeddedStore) -> None:
    (kind,) = (kind for kind in KINDS if kind.name == "projects-without-basis")
    assert list(found_gaps(bare, kind))
    few = EmbeddedStore()
    for graph in bare.graphs():
        if not graph.endswith("1-3"):
            few.load(graph, (f"{triple} <{graph}> .\n" for triple in bare.triples(graph)))
    assert list(found_gaps(few, kind)) == []


def test_the_amounts_of_a_year_are_the_figures_of_its_documents(built: EmbeddedStore) -> None:
    figures = """PREFIX kk: <https://w3id.org/konkyo/ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?owner ?year ?source ?stage (SUM(?yen) AS ?sum) WHERE {
  SELECT DISTINCT ?owner ?year ?source ?stage ?figure ?yen WHERE {
    ?owner kk:hasBudgetFigure ?figure .
    ?figure kk:fiscalYear ?year ; kk:budgetStage ?stage ; kk:amountYen ?yen ; kk:evidence/oa:hasSource ?source .
  }
} GROUP BY ?owner ?year ?source ?stage"""
    stated = {
        (
            *(row[name].value for name in ("owner", "year", "source")),
            row["stage"].value.rpartition("/")[2],
        ): row["sum"]
        for row in built.select(figures)
    }
    told = {
        (*(row[name].value for name in ("owner", "year", "source")), stage): row[stage]
        for row in run(built, "budget-by-year")
        for stage in ("initial", "supplementary", "carryover", "reserve", "total", "executed")
        if row[stage] is not None
    }
    assert told == {key: yen for key, yen in stated.items() if key[3] not in ("requested", "carried-forward")}
    assert len(told) > 10


def test_a_store_without_the_amounts_of_each_year_says_what_to_do(bare: EmbeddedStore) -> None:
    for ask in (KnowledgeGraph(bare).query, KnowledgeGraph(bare).answer, lambda name: run(bare, name)):
        with pytest.raises(KonkyoError, match=r"古い版|older"):
            ask("budget-by-year")
    assert list(run(EmbeddedStore(), "budget-by-year")) == []


def test_a_build_that_keeps_the_rest_makes_them_anew(built: EmbeddedStore, tmp_path: Path) -> None:
    build([write_year(tmp_path / "a", 2023, FIRST)], tmp_path / "store")
    build([write_year(tmp_path / "b", 2024, SECOND)], tmp_path / "store", keep=True)
    parts = open_store(tmp_path / "store")
    assert set(parts.triples(SUMMARIES)) == set(built.triples(SUMMARIES))
