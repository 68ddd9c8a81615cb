"""The ten worked queries of the documentation answer: on the carried sheet and on real RS rows, in both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.build.pipeline import build
from konkyo.graph.stored_queries import names
from konkyo.present.ontology_page.asking import answered, worked_queries
from konkyo.store import EmbeddedStore, open_store
from support.absent import not_here
from support.rdflib_store import RdflibStore

ROWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "rs-rows"
YEARS = sorted(ROWS.glob("20[0-9][0-9]"))
QUERIES = {name: text for name, _, _, text in worked_queries()}
# Rows on the carried sheet; 0 where only RS files tell it.
ON_THE_SHEET = {
    "01-strategy": 41, "02-edition": 36, "03-place": 117, "04-level": 8, "05-rests-on": 4, "06-superseded": 0, "07-law": 0,
    "08-money": 3, "09-indicator": 6, "10-payee": 0,
}  # fmt: skip


def rows(store: EmbeddedStore | RdflibStore, name: str) -> list[tuple[str, ...]]:
    answer = store.select(QUERIES[name])
    variables = [variable.value for variable in answer.variables]
    return [tuple(str(row[variable]) for variable in variables) for row in answer]


@pytest.mark.parametrize("name", QUERIES)
def test_on_the_sheet(name: str, built_store: EmbeddedStore, rdflib_store: RdflibStore) -> None:
    found = rows(built_store, name)
    assert len(found) == ON_THE_SHEET[name]
    if found:  # of no groups at all rdflib makes one without values
        assert found == rows(rdflib_store, name)


@pytest.fixture(scope="module")
def real_rows(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    if not YEARS:
        not_here("real rows of the RS files beside the checkout")
    folder = tmp_path_factory.mktemp("asked") / "store"
    build(YEARS, folder)
    return open_store(folder)


@pytest.mark.parametrize("name", QUERIES)
def test_on_real_rows(name: str, real_rows: EmbeddedStore) -> None:
    assert rows(real_rows, name)


def test_the_page_answers_what_the_sheet_answers() -> None:
    asked = answered()
    assert {item.name: item.count for item in asked} == ON_THE_SHEET
    assert {item.stored for item in asked} <= set(names())
    assert all(item.question.ja and item.question.en for item in asked)
    assert all(len(item.rows) == min(item.count, 3) for item in asked)
