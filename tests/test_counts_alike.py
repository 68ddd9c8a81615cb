"""One thing has one number wherever konkyo tells it, on the published rows of 2024: summary, info, pages, trace and report."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import ID
from konkyo.present.overview.groups import NONE, UNKNOWN, first_picture
from konkyo.present.report import make
from konkyo.questions.overview import overview
from konkyo.server.pages.lists import resting
from konkyo.store import open_store
from support import absent
from support.command import good
from support.csv_rows import Row, rows_of
from support.inprocess import app_of

MINISTRY = "総務省"


@pytest.fixture(scope="module")
def client(real_folder: Path) -> TestClient:
    graph = KnowledgeGraph(open_store(real_folder))
    return TestClient(app_of(graph, real_folder), base_url="http://127.0.0.1:8000")


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def numbers(text: str) -> dict[str, int]:
    """Return the numbers of a table of two or three columns, the first its names and the last its numbers; no zeros."""
    rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    found = {row[0]: row[-1].replace(",", "") for row in rows}
    return {name: int(number) for name, number in found.items() if number.isdigit() and number != "0"}


@cache
def projects() -> dict[str, str]:
    """Return the ministry of each project that has a row in 1-2."""
    rows: list[Row] = rows_of(absent.published(), "1-2", 2024) or []
    return {row["予算事業ID"]: row["政策所管府省庁"] for row in rows}


def test_what_is_held_is_counted_alike(real_folder: Path, client: TestClient, tmp_path: Path) -> None:
    summary, info = (
        numbers(good(*words, "--store", str(real_folder), cwd=tmp_path))
        for words in (["query", "summary"], ["info"])
    )
    assert summary["予算事業（資料に行があるもの）"] == len(projects())
    assert summary.items() <= info.items()
    # What `info` tells beside it are other things by other names.
    told = client.get("/").text
    page = re.findall(r"<div><dt>(.*?)</dt><dd>([\d,]+)</dd></div>", told)
    assert {html.unescape(name): int(number.replace(",", "")) for name, number in page} == summary


def test_a_ministry_has_as_many_projects_wherever_it_is_told(
    real_folder: Path, client: TestClient, tmp_path: Path
) -> None:
    own = sum(ministry == MINISTRY for ministry in projects().values())
    listed = listed_in(client, "/ministries.csv")
    policies, measures = (listed[MINISTRY][name] for name in ("政策", "施策"))
    assert listed[MINISTRY]["予算事業"] == own
    assert f"{MINISTRY} 予算事業{own}件、政策{policies}件、施策{measures}件" in plain(client.get("/").text)
    store = ("--store", str(real_folder))
    trace = good("trace", MINISTRY, *store, cwd=tmp_path)
    assert f"政策: {policies}件" in trace and f"施策: {measures}件" in trace
    assert f"予算事業（令和6年度のレビュー）は{own}件" in trace
    good("report", MINISTRY, *store, "-o", "report.html", cwd=tmp_path)
    assert f"令和6年度 {own} " in plain((tmp_path / "report.html").read_text(encoding="utf-8"))
    # All ministries together have the projects of the summary, each once.
    assert sum(row["予算事業"] for row in listed.values()) == len(projects())


@pytest.mark.parametrize("key", ["honebuto", "boeiryoku-seibi"])
def test_a_strategy_has_the_same_numbers_in_list_page_and_report(
    real_folder: Path, client: TestClient, key: str
) -> None:
    store = open_store(real_folder)
    page = plain(client.get(f"/page/id/strategy/{key}").text)
    projects, ministries = re.search(
        r"これを挙げる予算事業 [\d,]+ 予算事業 ([\d,]+) 府省庁 (\d+) ", page
    ).groups()  # type: ignore[union-attr]
    made = make(store, ID + f"strategy/{key}")
    total = next(part for part in made.sections if part.key == "ministries").table.total
    assert total is not None
    row = listed_in(client, "/strategies.csv")[made.title.ja]
    found = (row["予算事業"], row["府省庁"], row["2024年度当初予算（円）"])
    assert found == (int(projects.replace(",", "")), int(ministries), total[2].value)
    assert total[1].value == row["予算事業"]


def test_a_law_has_the_same_numbers_in_list_and_report(real_folder: Path, client: TestClient) -> None:
    store = open_store(real_folder)
    laws = listed_in(client, "/laws.csv", by="IRI")
    law = "law/411ac0000000094"
    total = next(part for part in make(store, law).sections if part.key == "ministries").table.total
    assert total is not None
    found = [laws[ID + law][name] for name in ("予算事業", "2024年度当初予算（円）")]
    assert [total[1].value, total[2].value] == found


def listed_in(client: TestClient, path: str, by: str = "名称") -> dict[str, dict[str, int]]:
    """Return the numbers of a list by name, or by IRI."""
    rows = csv.DictReader(io.StringIO(client.get(path).text.lstrip("\ufeff")))
    return {row[by]: {name: int(text) for name, text in row.items() if text.isdigit()} for row in rows}


def test_the_overview_counts_as_the_lists_do(real_folder: Path, client: TestClient, tmp_path: Path) -> None:
    store = open_store(real_folder)
    told = overview(store)
    (year,) = told.years
    summary = numbers(good("query", "summary", "--store", str(real_folder), cwd=tmp_path))
    assert len(year.rows) == summary["予算事業（資料に行があるもの）"]
    # All ministries and all plans by name: nothing is left for a group of others.
    picture = first_picture(told, year, 10_000, 100)
    ministries = Counter(projects().values())
    assert {group.name.ja: group.projects for group in picture.right} == ministries
    plans = {group.key: group.projects for group in picture.left if group.key not in (UNKNOWN, NONE)}
    beside = {told.strategies[number].iri: count for number, count in year.beside.items()}
    # The list counts all that names a plan, also what is no project.
    rests = {iri: count for iri, count in resting(store).items() if count}
    assert {iri: plans.get(iri.removeprefix(ID), 0) + beside.get(iri, 0) for iri in rests} == rests
    assert all(ID + key in rests for key in plans)
    assert sum(1 for row in year.rows if row.editions) + sum(
        group.projects for group in picture.left if group.key in (UNKNOWN, NONE)
    ) == len(year.rows)
    # The stored query counts the projects of each plan and ministry: these are the bands.
    counted = {
        (row["strategy"].value, row["ministry"].value): int(row["projects"].value)
        for row in run(store, "strategies-by-ministry")
    }
    assert counted == {
        (ID + picture.left[band.left].key, ID + picture.right[band.right].key): band.projects
        for band in picture.bands
        if picture.left[band.left].key in plans
    }
    # The money of a ministry is that of the file, each project once.
    rows = rows_of(absent.published(), "2-1", 2024) or []
    own = {
        row["予算事業ID"]: int(row["当初予算（合計）"] or 0)
        for row in rows
        if row["予算年度"] == "2024" and row["会計区分"] == ""
    }
    stated = Counter[str]()
    for number, ministry in projects().items():
        stated[ministry] += own.get(number, 0)
    assert {group.name.ja: group.yen for group in picture.right} == stated
