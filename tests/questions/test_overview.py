"""The overview's rows and first picture, against the invented rows counted without konkyo; and what all must hold."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.graph.years import year_scope
from konkyo.model.namespaces import ID, KK, C
from konkyo.present.overview.groups import NONE, UNKNOWN, first_picture
from konkyo.questions import overview_kept
from konkyo.questions.overview import Overview, OverviewYear, is_fog, overview
from konkyo.server.pages.lists import ministries, resting
from konkyo.store import open_store
from konkyo.store.carried import carried_store
from konkyo.store.embedded import EmbeddedStore
from support.review_pair import FIRST, MIDDLE, NEW, OLD, SECOND, UNSURE, Year

EDITIONS = {OLD: "2022-06-07", MIDDLE: "2023-06-16", NEW: "2025-06-13"}


@pytest.fixture(scope="module")
def both(pair_folder: Path) -> Overview:
    return overview(open_store(pair_folder))


def told(answer: Overview, year: OverviewYear) -> dict[str, tuple[str, str, int | None, list[str], bool]]:
    """Return the rows in words: ministry, measure, money, days of the editions named, whether a plan is unidentified."""
    return {
        answer.projects[row.project].iri.rsplit("/", 1)[-1]: (
            answer.ministries[row.ministries[0]].name.ja,
            answer.places[row.places[0]].name.ja,
            row.yen,
            sorted(answer.editions[number].issued or "" for number in row.editions),
            row.unidentified,
        )
        for row in year.rows
    }


@pytest.mark.parametrize(("place", "projects"), [(0, FIRST), (1, SECOND)])
def test_each_year_has_its_own_projects_measures_and_plans(
    both: Overview, place: int, projects: Year
) -> None:
    year = both.years[place]
    assert (year.year, year.of.ja) == ((2023, "2023年度のレビュー"), (2024, "2024年度のレビュー"))[place]
    assert told(both, year) == {
        number: (
            ministry,
            measure,
            100,
            sorted(EDITIONS[plan] for plan in plans if plan != UNSURE),
            UNSURE in plans,
        )
        for number, (ministry, _, measure, plans, _) in projects.items()
    }


@pytest.mark.parametrize(("place", "projects"), [(0, FIRST), (1, SECOND)])
def test_the_first_picture_counts_each_project_once_in_a_group(
    both: Overview, place: int, projects: Year
) -> None:
    picture = first_picture(both, both.years[place], 16, 24)
    known = {number for number, row in projects.items() if set(row[3]) & set(EDITIONS)}
    unsure = {number for number, row in projects.items() if row[3] == [UNSURE]}
    left = {
        "strategy/honebuto": known,
        UNKNOWN: unsure,
        NONE: {n for n, row in projects.items() if not row[3]},
    }
    assert {group.key: (group.projects, group.yen, group.stated) for group in picture.left} == {
        key: (len(own), 100 * len(own), len(own)) for key, own in left.items()
    }
    ministries = Counter(row[0] for row in projects.values())
    assert {group.name.ja: group.projects for group in picture.right} == ministries
    bands = {
        (picture.left[band.left].key, picture.right[band.right].name.ja): (band.projects, band.yen)
        for band in picture.bands
    }
    shared = Counter((key, projects[number][0]) for key, own in left.items() for number in own)
    assert bands == {ends: (count, 100 * count) for ends, count in shared.items()}


@pytest.mark.parametrize("place", [0, 1])
def test_the_lists_of_the_server_count_alike_in_each_year(
    both: Overview, pair_folder: Path, place: int
) -> None:
    store, year = open_store(pair_folder), both.years[place]
    scope, picture = year_scope(store, year.year), first_picture(both, year, 1000, 1000)
    plans = {ID + group.key: group.projects for group in picture.left if group.key not in (UNKNOWN, NONE)}
    assert plans == {iri: count for iri, count in resting(store, scope).items() if count}
    listed = {iri: words.ja.split("、")[0] for iri, _, words in ministries(store, scope)}
    assert listed == {ID + group.key: f"予算事業{group.projects}件" for group in picture.right}


def test_the_rest_is_one_group_in_which_a_project_stands_once(both: Overview) -> None:
    year = both.years[0]
    rows = tuple(
        type(row)(row.project, row.ministries, row.places, None, (0, 1, 2), unidentified=False)
        for row in year.rows
    )
    editions = tuple(
        type(both.editions[0])(f"e{number}", Words("版", "edition"), number, None) for number in range(3)
    )
    plans = tuple(type(both.ministries[0])(f"s{number}", Words("計画", "plan")) for number in range(3))
    made = Overview(
        (OverviewYear(year.year, year.of, rows),), both.ministries, both.policies, both.places, plans, editions,
        both.projects, None,
    )  # fmt: skip
    picture = first_picture(made, made.years[0], 2, 24)
    assert [(group.key, group.name.en, group.projects) for group in picture.left] == [
        ("s0", "plan", 5),
        ("others", "2 other plans", 5),
    ]
    # No project states an amount: that is not a sum of 0.
    assert [(group.yen, group.stated) for group in picture.left] == [(0, 0), (0, 0)]


def test_one_year_alone_and_the_way_through_json(both: Overview, pair_folder: Path) -> None:
    alone = overview(open_store(pair_folder), 2023)
    assert [year.year for year in alone.years] == [2023]
    assert told(alone, alone.years[0]) == told(both, both.years[0])
    assert Overview.from_json(json.loads(json.dumps(both.to_json()))) == both
    with pytest.raises(KonkyoError, match="1999"):
        overview(open_store(pair_folder), 1999)


def test_a_store_without_projects_of_ministries_is_no_fog(pair_folder: Path) -> None:
    assert not is_fog(carried_store())
    assert is_fog(open_store(pair_folder))
    assert overview(carried_store()).years[0].rows == ()


def test_each_naming_has_the_level_of_its_whole_chain(both: Overview, pair_folder: Path) -> None:
    named = [row for year in both.years for row in year.rows if row.editions]
    # A sheet states that it rests on a plan; which one its words denote is derived by rule.
    assert named and all(row.levels == ("derived",) * len(row.editions) for row in named)

    level = ox.NamedNode(f"{KK}denotationLevel")
    memory = ox.Store()
    rows = open_store(pair_folder).select("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
    memory.extend(ox.Quad(row["s"], row["p"], row["o"]) for row in rows)
    quads = sorted(memory.quads_for_pattern(None, level, None), key=str)[:2]
    # One chain is interpreted; one link has no denotation: its sheet names the plan itself.
    memory.add(ox.Quad(quads[0].subject, level, ox.NamedNode(f"{C}interpreted")))
    for quad in quads:
        memory.remove(quad)
    (year,) = overview(EmbeddedStore(memory)).years
    assert {level for row in year.rows for level in row.levels} == {"derived", "interpreted", "stated"}
    assert sum(level != "derived" for row in year.rows for level in row.levels) == 2


def test_the_overview_that_a_build_left_is_the_one_that_is_read(
    both: Overview, pair_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(pair_folder, folder)
    monkeypatch.setattr(overview_kept, "is_fog", lambda store: True)
    store = open_store(folder)
    assert overview_kept.kept(store) is None, "nothing was left yet"
    overview_kept.keep(store)
    assert overview_kept.kept(store) == both
    assert store.folder
    file = store.folder / overview_kept.FILE
    told = json.loads(file.read_bytes())
    told["overview"]["dated"] = "1999-01-01"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert overview_kept.told_overview(store).dated == "1999-01-01"
    assert overview_kept.told_overview(store, both.years[0].year).dated == both.dated, (
        "of one year it is made anew"
    )
    shapeless = (
        [],
        1,
        {"format": overview_kept.FORMAT},
        {**told, "overview": []},
        {**told, "overview": {"years": 1}},
    )
    for other in (json.dumps({**told, "format": 0}), "{", *map(json.dumps, shapeless)):
        file.write_text(other, encoding="utf-8")
        assert overview_kept.told_overview(store) == both, "what cannot be read is made anew"


def test_a_build_leaves_the_overview_of_a_big_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(overview_kept, "is_fog", lambda store: True)
    assert main(["build", "--store", str(tmp_path / "store")]) == 0
    store = open_store(tmp_path / "store")
    assert overview_kept.kept(store) is not None
