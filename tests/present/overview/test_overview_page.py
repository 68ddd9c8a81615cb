"""The overview's page: what it says without scripts, its policy, hostile names, and when `view` writes it."""

from __future__ import annotations

import doctest
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.cli import main
from konkyo.common.words import Words
from konkyo.present.overview import content_policy, drawing, render_html
from konkyo.present.overview.drawing import PITCH, in_lines, scale_of, slots
from konkyo.present.templates import policy_hash
from konkyo.questions.overview import Overview, overview
from konkyo.store import open_store
from support.pagecheck import read

# What the page brings itself, and a policy of hashes allows.
OWN = {"<script>", "<style>", "link href=data:,"}


def faults(page: str) -> set[str]:
    return {fault for fault in read(page).faults if not fault.startswith("meta http-equiv")} - OWN


@pytest.fixture(scope="module")
def both(pair_folder: Path) -> Overview:
    return overview(open_store(pair_folder))


def test_examples_of_money() -> None:
    assert doctest.testmod(drawing).failed == 0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_picture_list_and_tables_say_the_same_without_scripts(both: Overview, lang: str) -> None:
    page = render_html(both, lang)
    assert page == render_html(both, lang)
    assert faults(page) == set()
    name = (
        "経済財政運営と改革の基本方針" if lang == "ja" else "Basic Policy on Economic and Fiscal Management"
    )
    # In the SVG, in the list for phones, in the tables of groups and of bands.
    body = page.split('<script type="application/json"')[0]
    assert body.count(name) >= 4
    assert ("2024年度のレビュー" if lang == "ja" else "the review of 2024") in body
    assert '<td class="n">200</td>' in body  # both projects of 総務省 that name it, to the yen
    texts = re.findall(r'<text class="money"[^>]*>([^<]*)</text>', body)
    assert set(texts) <= {"100円", "200円", "300円", "500円", "¥100", "¥200", "¥300", "¥500"} and texts


def test_the_policy_allows_the_pages_own_script_and_nothing_else(both: Overview) -> None:
    page = render_html(both)
    policy = content_policy(page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2 and all(policy_hash(script) in policy for script in scripts)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy_hash(style) in policy and "unsafe" not in policy and "connect-src" not in policy
    assert 'style="' not in page and "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    with pytest.raises(ValueError, match="no overview"):
        content_policy("<p>")


def test_hostile_names_stay_text(both: Overview) -> None:
    evil = '</script><img src=x onerror=alert(1)>"\u202e\x1b<!-- {{ 7*7 }}'
    hostile = replace(
        both,
        strategies=tuple(replace(item, name=Words(evil, evil)) for item in both.strategies),
        ministries=tuple(replace(item, name=Words(evil, evil)) for item in both.ministries),
        projects=tuple(replace(item, name=Words(evil, evil)) for item in both.projects),
    )
    page = render_html(hostile)
    assert faults(page) == set() and "<img" not in page and not re.search("[\u202e\x1b]", page)
    blocks = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert [bool(json.loads(block)) for block in blocks] == [True, True]


def test_the_python_api_shows_and_saves_it(pair_folder: Path, tmp_path: Path) -> None:
    shown = KnowledgeGraph(open_store(pair_folder), "en").overview(2023)
    assert [year.year for year in shown.overview.years] == [2023]
    assert shown._repr_html_().startswith("<iframe srcdoc=")
    assert shown.save(tmp_path / "o.html").read_text(encoding="utf-8") == shown.html()


def test_every_label_has_a_line_and_a_side_fills_its_height() -> None:
    values = [[692, 3, 1, 0, 5000], [5696]]
    scale = scale_of(values, 400)
    for side in values:
        found = slots(side, scale, 400)
        assert sum(slot.height for slot in found) == pytest.approx(400)
        assert all(
            slot.height >= PITCH and slot.bar == value * scale
            for slot, value in zip(found, side, strict=True)
        )
    assert slots([], scale, 400) == []
    assert scale_of([[], []], 400) >= 0


def test_names_are_cut_only_where_their_lines_end() -> None:
    assert in_lines("経済財政", 52, 1) == ["経済財政"]
    assert in_lines("経済財政運営", 52, 1) == ["経済財…"]
    assert in_lines("経済財政運営", 52, 2) == ["経済財政", "運営"]
    assert in_lines("Basic Policy on Reform", 90, 2) == ["Basic Policy", "on Reform"]
    assert in_lines("", 90, 2) == []
    assert in_lines("長い名", 1, 2) == ["長", "い…"]  # no room at all, and it ends


def test_view_writes_an_overview_where_a_network_would_be_fog(
    pair_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    store = ["--store", str(pair_folder), "--output", "v.html"]

    def written(*options: str) -> str:
        assert main(["view", *options, *store]) == 0
        return (tmp_path / "v.html").read_text(encoding="utf-8")

    assert 'id="overview-data"' in written()
    assert "5の予算事業のうち2事業が、1の戦略・計画を挙げます" in capsys.readouterr().out
    assert "2023年度のレビュー" in written("--year", "2023")
    for options in (["--limit", "300"], ["--ministry", "総務省"], ["見本事業一"]):
        assert 'id="overview-data"' not in written(*options)
