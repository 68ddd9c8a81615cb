"""What is said of a stored query that found nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.graph.stored_queries import names, stored
from konkyo.graph.years import absent_files, years
from konkyo.store import open_store
from support.page_clients import carried as carried
from support.page_clients import client as client
from support.page_clients import make_client as make_client
from support.rs_rows import sample, write_csv

AMOUNTS = ("2010", "2011", "2012")


@pytest.fixture(scope="module")
def pair(pair_folder: Path) -> KnowledgeGraph:
    """Reviews of two years, 2024 and 2025."""
    return KnowledgeGraph(open_store(pair_folder), "en")


def told(graph: KnowledgeGraph, name: str, **values: str) -> list[str]:
    query = stored(name)
    assert graph.query(name, **values).rows == []
    return [words.en for words in graph.why_empty(query, values)]


def test_the_years_that_there_are_rows_of_are_named(carried: KnowledgeGraph) -> None:
    rows = carried.query("budget-by-year").rows
    expected = f"Without year there are {len(rows)} rows (of {', '.join(AMOUNTS)})."
    assert told(carried, "budget-by-year", year="2050") == [expected]
    # Of one owner alone: there are no others, so the rows are the same.
    assert told(carried, "budget-by-year", year="令和32年度", owner="ＩＣＴ分野における国際戦略の推進") == [
        expected
    ]


def test_each_query_with_a_year_names_its_years_or_nothing(pair: KnowledgeGraph) -> None:
    seen = 0
    for name in names():
        query, rows = stored(name), pair.query(name).rows
        for parameter in query.parameters:
            if parameter.kind != "year" or not rows:
                continue
            (said,) = told(pair, name, **{parameter.name: "1999"})
            assert said.startswith(f"Without {parameter.name} there are "), name
            terms = {str(term) for row in rows for term in row}
            there = {int(term[-5:-1]) for term in terms if "/id/fy/" in term} or set(years(pair.store))
            of = {int(year) for year in re.findall(r"\b\d{4}\b", said)}
            assert of and of <= there, (name, said)
            seen += 1
    assert seen > 10


def test_a_first_year_after_the_last_names_the_years(pair: KnowledgeGraph) -> None:
    (said,) = told(pair, "money-of-ministries", since="2050")
    assert said.startswith("Without since there are ") and said.endswith("(of 2023, 2024).")


def test_what_a_name_was_taken_for_is_told(carried: KnowledgeGraph) -> None:
    (said,) = told(carried, "measures-by-strategy", ministry="新成長戦略")
    assert said.startswith("ministry (ministry) was taken for: ") and "New Growth Strategy" in said
    # Where the year is to blame it is told, and where it is not the name is.
    (said,) = told(carried, "measures-by-strategy", ministry="新成長戦略", year="2012")
    assert "was taken for" in said and "2012" not in said
    (said,) = told(carried, "measures-by-strategy", ministry="総務省", year="2050")
    assert said.endswith("(of 2012).")


def test_a_terminal_and_a_page_say_it(
    client: TestClient, store_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", "budget-by-year", "year=2050", "--store", str(store_folder)]) == 0
    assert f"（ある年度: {', '.join(AMOUNTS)}）" in capsys.readouterr().err
    assert main(["query", "budget-by-year", "year=2012", "--store", str(store_folder)]) == 0
    assert capsys.readouterr().err == ""
    page = client.get("/queries/budget-by-year?year=2050&lang=ja").text
    assert f"（ある年度: {', '.join(AMOUNTS)}）" in page
    assert "ある年度" not in client.get("/queries/budget-by-year?year=2012&lang=ja").text


def test_files_that_are_not_there_are_named(pair: KnowledgeGraph, carried: KnowledgeGraph) -> None:
    lacking = [
        words for words in told(pair, "objectives-achieved", measure="総務省") if "does not hold" in words
    ]
    assert lacking == [
        f"Files of the RS system of {year} that this store does not hold: {', '.join(absent_files(files))}"
        for year, files in years(pair.store).items()
        if files
    ]
    assert len(lacking) == 2 and all("6-1" in one and "1-2" not in one for one in lacking)
    assert told(carried, "payments-by-payee") == []


def test_what_tells_something_alike_is_offered(tmp_path: Path) -> None:
    """Without 5-1 there are no payments, but 5-3 has amounts by payee."""
    write_csv(tmp_path, "1-2", sample("1-2"))
    write_csv(tmp_path, "5-3", sample("5-3"))
    build([tmp_path], tmp_path / "store")
    made = KnowledgeGraph(open_store(tmp_path / "store"), "en")
    assert made.query("uses-by-payee").rows
    for name in ("payments-by-payee", "payments-of-projects"):
        *_, last = told(made, name)
        assert last.endswith("there are amounts: uses-by-payee")
