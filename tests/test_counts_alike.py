"""One thing has one number wherever konkyo tells it, on the published rows of 2024: summary, info, pages, trace and report."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
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
    listed = plain(client.get("/ministries").text)
    policies, measures = re.search(rf"{MINISTRY} 予算事業{own}件、政策(\d+)件、施策(\d+)件", listed).groups()  # type: ignore[union-attr]
    assert f"{MINISTRY} 予算事業{own}件、政策{policies}件、施策{measures}件" in plain(client.get("/").text)
    store = ("--store", str(real_folder))
    trace = good("trace", MINISTRY, *store, cwd=tmp_path)
    assert f"政策: {policies}件" in trace and f"施策: {measures}件" in trace
    assert f"予算事業（令和6年度のレビュー）は{own}件" in trace
    good("report", MINISTRY, *store, "-o", "report.html", cwd=tmp_path)
    assert f"令和6年度 {own} " in plain((tmp_path / "report.html").read_text(encoding="utf-8"))
    # All ministries together have the projects of the summary, each once.
    counts = [int(number.replace(",", "")) for number in re.findall(r"予算事業([\d,]+)件", listed)]
    assert sum(counts) == len(projects())
