"""A kind of file that only an older review has is not replaced by files of a later review that are of other kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.graph.lookup.things import find
from konkyo.present.text.traces import tree
from konkyo.questions.trace import trace
from konkyo.store import open_store
from support.rs_rows import row, write_csv

DECISION = "事業に関連するKPIが定められている閣議決定等の名称"
TOLD = "3-1_RS_2024_目標・実績.csv 2行目"


def build_of(folder: Path, *years_with_decision: int) -> KnowledgeGraph:
    """Build file 1-2 of 2025, and of some years file 3-1 with a decision on the row of an activity."""
    source = folder / "in"
    source.mkdir()
    write_csv(source, "1-2", [row("1-2", year=2025, **{"事業の概要": "見本を行う。"})], 2025)
    for year in years_with_decision:
        activity = {
            "アクティビティ・アウトプット・アウトカムの番号": "1",
            "種別（アクティビティ・アウトプット・アウトカム）": "アクティビティ",
            "アクティビティ／活動目標／成果目標": "見本を示す",
            DECISION: "経済財政運営と改革の基本方針2023（令和５年６月16日閣議決定）",
        }
        write_csv(source, "3-1", [row("3-1", year=year, **activity)], year)
    build([source], folder / "store")
    return KnowledgeGraph(open_store(folder / "store"), "ja")


def traced(graph: KnowledgeGraph, year: int | None) -> str:
    return "\n".join(tree(trace(graph.store, find(graph.store, "予算事業9001"), year=year), "ja").lines())


@pytest.mark.parametrize("year", [None, 2024])
def test_what_no_later_review_replaces_is_shown(tmp_path: Path, year: int | None) -> None:
    assert TOLD in traced(build_of(tmp_path, 2024), year)


def test_what_a_later_review_replaces_is_not(tmp_path: Path) -> None:
    told = traced(build_of(tmp_path, 2024, 2025), None)
    assert TOLD not in told and TOLD.replace("2024", "2025") in told


def test_a_project_that_one_side_shows_without_a_name_is_not_renamed(tmp_path: Path) -> None:
    answer = build_of(tmp_path, 2024).diff("2024", "2025", project="予算事業9001")
    assert "renamed" not in {change["kind"] for change in answer.to_json()["changes"]}
