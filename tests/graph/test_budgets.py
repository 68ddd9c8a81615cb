"""How big a project is: one meaning, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.graph.budgets import figures, last_amounts, sizes
from konkyo.graph.years import year_scope
from konkyo.model.namespaces import GRAPH, ID, KK, expand
from konkyo.store import EmbeddedStore

YEN = "^^<http://www.w3.org/2001/XMLSchema#integer>"
# Of each project: stage, fiscal year, review year and yen.
STATED = {
    "shrunk": [("initial", 2023, 2024, 900), ("initial", 2024, 2024, 3), ("total", 2024, 2024, 5000)],
    "asked-for": [("initial", 2024, 2024, 20), ("requested", 2025, 2024, 99_000)],
    "ended": [("initial", 2022, 2023, 700), ("executed", 2023, 2023, 800)],
    "nothing": [("initial", 2024, 2024, 0), ("total", 2023, 2024, 60)],
    "told-again": [("initial", 2024, 2024, 50), ("initial", 2024, 2025, 40)],
    "unstated": [("total", 2024, 2024, 10)],
}


@pytest.fixture
def store() -> EmbeddedStore:
    def lines() -> Iterator[str]:
        def put(s: str, p: str, o: str) -> str:
            return f"<{ID}{s}> <{expand(p)}> {o} <{GRAPH}rs-2024/2-1> .\n"

        yield put("org/umi", "skos:prefLabel", '"海の省"@ja')
        for name, stated in STATED.items():
            yield put(f"project/{name}", "rdf:type", f"<{KK}Project>")
            yield put(f"project/{name}", "kk:ministry", f"<{ID}org/umi>")
            for number, (stage, fiscal, review, yen) in enumerate(stated):
                figure = f"figure/{name}/{number}"
                yield put(f"project/{name}", "kk:hasBudgetFigure", f"<{ID}{figure}>")
                if stage != "requested":
                    yield put(f"project/{name}", f"kk:{stage}Budget", f"<{ID}{figure}>")
                yield put(figure, "kk:fiscalYear", f"<{ID}fy/{fiscal}>")
                yield put(figure, "kk:evidence", f"<{ID}source/rs-{review}/2-1#col=1>")
                yield put(f"source/rs-{review}/2-1#col=1", "kk:reviewYear", f"<{ID}fy/{review}>")
                yield put(figure, "kk:amountYen", f'"{yen}"{YEN}')

    made = EmbeddedStore()
    made.load(f"{GRAPH}rs-2024/2-1", lines())
    made.load(f"{GRAPH}rs-2025/1-2", [])
    return made


def projects(found: dict[str, int]) -> dict[str, int]:
    return {iri.removeprefix(f"{ID}project/"): yen for iri, yen in found.items()}


def test_a_project_is_as_big_as_its_last_initial_budget(store: EmbeddedStore) -> None:
    assert projects(sizes(store, [f"{ID}project/{name}" for name in STATED])) == {
        **{"shrunk": 3, "asked-for": 20, "ended": 700, "nothing": 0, "told-again": 40}
    }


def test_of_a_year_that_was_asked_for_it_is_what_its_review_states(store: EmbeddedStore) -> None:
    found = sizes(store, [f"{ID}project/{name}" for name in STATED], year_scope(store, 2024))
    assert projects(found) == {"shrunk": 3, "asked-for": 20, "nothing": 0, "told-again": 50}


def test_a_picture_of_a_ministry_shows_its_biggest_projects(store: EmbeddedStore) -> None:
    """As its page lists them: not those with the largest request, total or past budget."""
    ranked = last_amounts(figures(store, [f"{ID}project/{name}" for name in STATED], "initial"))
    biggest = sorted(ranked, key=lambda iri: -ranked[iri][1])[:3]
    drawn = KnowledgeGraph(store, "ja").network(ministry="海の省", limit=4)
    assert {node for node in drawn if "/project/" in node} == set(biggest)
    assert projects(dict.fromkeys(biggest, 0)).keys() == {"ended", "told-again", "asked-for"}
