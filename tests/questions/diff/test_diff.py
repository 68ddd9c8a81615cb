"""What changed between two invented review years, between builds, and between the sheet of 2012 and a review."""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import graphs_dir
from konkyo.graph.stored_queries import run
from konkyo.model.namespaces import ID
from konkyo.present.text.advice import worded
from konkyo.present.text.diffs import COLUMNS, in_words, print_diff, sentence, to_csv, to_turtle
from konkyo.questions.diff import Change, Diff, diff, is_build
from konkyo.store import Store, open_store
from support.review_pair import FIRST, HOSTILE, MIDDLE, NEW, OLD, SECOND, UNSURE, write_year

HONEBUTO = "strategy/honebuto"
EDITIONS = {
    OLD: f"{HONEBUTO}/2022-06-07",
    MIDDLE: f"{HONEBUTO}/2023-06-16",
    NEW: f"{HONEBUTO}/2025-06-13",
}


@pytest.fixture(scope="module")
def folder(pair_folder: Path) -> Path:
    return pair_folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(folder), "ja")


def of_kind(answer: Diff, kind: str) -> list[Change]:
    return [change for change in answer.changes if change.kind == kind]


def short(iris: tuple[str, ...]) -> list[str]:
    return [iri.removeprefix(ID) for iri in iris]


def test_changes_are_those_of_the_rows(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2023, 2024).answer
    both = FIRST.keys() & SECOND.keys()
    moved = {
        (f"project/{n}", EDITIONS[FIRST[n][3][0]], EDITIONS[SECOND[n][3][0]])
        for n in both
        if FIRST[n][3] != SECOND[n][3] and {*FIRST[n][3], *SECOND[n][3]} <= set(EDITIONS)
    }
    found = {
        (c.element.removeprefix(ID), *short(c.before), *short(c.after)) for c in of_kind(answer, "moved")
    }
    assert found == moved and len(moved) == 2
    # The citation that nobody can resolve is compared as it is written.
    (dropped,), (added,) = of_kind(answer, "dropped"), of_kind(answer, "added")
    assert (dropped.element, added.element) == (f"{ID}project/9004", f"{ID}project/9005")
    assert dropped.ground == added.ground and answer.label(added.ground or "").ja in (
        UNSURE,
        added.ground[len(ID) :],
    )  # type: ignore[index]
    projects = {
        kind: {short((c.element,))[0] for c in of_kind(answer, kind) if "/project/" in c.element}
        for kind in ("new", "gone")
    }
    assert projects == {
        "new": {f"project/{n}" for n in SECOND.keys() - FIRST.keys()},
        "gone": {f"project/{n}" for n in FIRST.keys() - SECOND.keys()},
    }
    # The law of 9002 and of 9005 stands in both years.
    assert answer.same == 2


def test_a_renamed_measure_is_suspected_and_not_merged(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2023, 2024).answer
    (renamed,) = of_kind(answer, "perhaps-renamed")
    answer.prepare(answer.changes)
    assert answer.label(renamed.element).ja == "水環境の保全"
    assert answer.label(renamed.ground or "").ja == "水循環の保全"
    assert renamed.alike == 1.0  # the same two projects
    assert "確かめていない" in sentence(answer, renamed).ja
    gone, new = ({c.element for c in of_kind(answer, kind)} for kind in ("gone", "new"))
    assert renamed.element in gone and renamed.ground in new


def test_backwards_is_the_mirror_image(graph: KnowledgeGraph) -> None:
    ahead, back = graph.diff(2023, 2024).answer, graph.diff(2024, 2023).answer
    mirror = {"added": "dropped", "dropped": "added", "new": "gone", "gone": "new"}

    def shape(c: Change, *, turned: bool) -> tuple[object, ...]:
        kind = mirror.get(c.kind, c.kind) if turned else c.kind
        sides = (c.after, c.before) if turned else (c.before, c.after)
        ends = (c.ground, c.element) if turned and c.kind == "perhaps-renamed" else (c.element, c.ground)
        return kind, *ends, *sides

    assert {shape(c, turned=True) for c in back.changes} == {shape(c, turned=False) for c in ahead.changes}
    assert back.same == ahead.same


def test_nothing_changes_within_a_year(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2024, 2024).answer
    assert answer.changes == () and answer.same > 0
    assert any("違いは見つかりません" in words.ja for words in in_words(answer))


def test_a_ministry_and_a_measure(graph: KnowledgeGraph) -> None:
    answer = graph.diff("令和5年度", "R6", ministry="総務省").answer
    assert {c.ministry for c in answer.changes} == {f"{ID}org/soumu"}
    answer = graph.diff(2023, 2024, measure="電波の利用の推進").answer
    (moved,) = answer.changes
    # Of the measure as a whole: 2022 and 2023 became 2023 and 2024.
    assert short(moved.before) == [EDITIONS[OLD], EDITIONS[MIDDLE]]
    assert short(moved.after) == [EDITIONS[MIDDLE], EDITIONS[NEW]]
    assert short(moved.by_after) == ["project/9001", "project/9002"]
    assert any("予算事業2件のうち2件" in note.ja for note in answer.notes)


def test_the_sheet_of_2012_and_a_review(graph: KnowledgeGraph) -> None:
    """The sheet states the bases of the measure itself; what it cannot tell of projects is not made up."""
    # No invented row of 2024 places a project under it: then there is nothing to set beside what the sheet has.
    answer = graph.diff(2012, 2024, measure="国際戦略の推進").answer
    assert answer.changes == () and answer.compared == 0
    assert any("評価書が施策そのものについて" in note.ja for note in answer.notes)
    assert any("2024年度: この施策を載せる資料はありません" in note.ja for note in answer.notes)
    assert nothing_compared(answer)
    whole = graph.diff(2012, 2024).answer
    assert whole.changes == () and any("評価書だけ" in note.ja for note in whole.notes)
    assert nothing_compared(whole)


def nothing_compared(answer: Diff) -> bool:
    """Return whether all forms say that nothing could be compared, and none that nothing differs."""
    out = io.StringIO()
    print_diff(answer, out, "ja", 0)
    print_diff(answer, out, "en", 0)
    told = [out.getvalue(), to_turtle(answer).decode(), json.dumps(answer.to_json(), ensure_ascii=False)]
    assert not any(wrong in text for text in told for wrong in ("違いは見つかりません", "No difference"))
    return all("比べられるものはありません" in text for text in told)


SHEET = "ＩＣＴ分野における国際戦略の推進"
CHOSEN = "経済財政運営と改革の基本方針2024（令和６年６月21日閣議決定）"


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The sheet of 2012, and a review of 2024 with projects under its measure, and of another ministry."""
    folder = tmp_path_factory.mktemp("placed")
    rows = {
        "9001": ("総務省", "見本事業一", SHEET, [CHOSEN], False),
        "9004": ("環境省", "見本事業四", "水循環の保全", [CHOSEN], False),
    }
    build([write_year(folder, 2024, rows)], folder / "store")
    return KnowledgeGraph(open_store(folder / "store"), "ja")


def test_a_measure_is_not_said_to_have_lost_what_a_year_has_no_place_for(placed: KnowledgeGraph) -> None:
    for years in ((2012, 2024), (2024, 2012)):
        answer = placed.diff(*years).answer
        assert answer.changes == () and answer.compared == 0 and nothing_compared(answer)
        (note,) = (note for note in answer.notes if isinstance(note, Advice))
        assert SHEET in note.ja and "2024年度の資料（RSのファイル）に書く欄がない" in note.ja
        assert "no column" in note.en and "--measure sets" in worded(note).en
    answer = placed.diff(2012, 2024, measure=SHEET).answer
    assert answer.compared == 1 and (answer.count("dropped"), answer.count("added")) == (4, 1)
    assert "施策に置かれた予算事業1件のうち1件の記載" in "".join(note.ja for note in answer.notes)
    # Where a sheet of it stands on both sides, its bases are compared.
    assert placed.diff(2012, 2012).answer.compared == 1 and placed.diff(2012, 2012).answer.same > 0


def test_beside_sheets_alone_no_amount_or_step_of_a_review_is_read(
    placed: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A review has hundreds of thousands of them, and a year of sheets alone has none to hold against them."""
    asked: list[tuple[str, str]] = []

    def noting(store: Store, name: str, **parameters: str) -> Any:
        asked.append((name, parameters.get("year", "")))
        return run(store, name, **parameters)

    for module in ("sides", "facts"):
        monkeypatch.setattr(import_module(f"konkyo.questions.diff.{module}"), "run", noting)
    for years in ((2012, 2024), (2024, 2012)):
        assert placed.diff(*years).answer.changes == ()
    assert {name for name, year in asked if year} == {"diff-elements", "diff-bases"}
    # Beside another review they are.
    placed.diff(2024, 2024)
    assert {"diff-money", "diff-listed"} <= {name for name, year in asked if year == "2024年度"}


def test_a_ministry_without_documents_in_a_year_is_said_to_have_none(placed: KnowledgeGraph) -> None:
    answer = placed.diff(2012, 2024, ministry="環境省").answer
    assert answer.changes == () and nothing_compared(answer)
    assert "2012年度: 環境省の施策や予算事業を載せる資料はありません。" in [note.ja for note in answer.notes]
    assert not any(note.ja.startswith("2024年度: ") for note in answer.notes)
    assert any("no document shows a measure or project of Ministry of" in note.en for note in answer.notes)
    assert not any(
        "載せる資料はありません" in note.ja
        for note in placed.diff(2012, 2024, ministry="総務省").answer.notes
    )


def test_bases_of_projects_are_not_compared_with_a_year_without_their_file(tmp_path: Path) -> None:
    first, second = (write_year(tmp_path / "in", *year) for year in ((2023, FIRST), (2024, SECOND)))
    next(second.glob("1-3*")).unlink()
    build([first, second], tmp_path / "store")
    answer = KnowledgeGraph(open_store(tmp_path / "store")).diff(2023, 2024).answer
    assert {c.kind for c in answer.changes} == {"new", "gone"}
    assert {c.element for c in answer.changes} == {f"{ID}project/{n}" for n in FIRST.keys() ^ SECOND.keys()}
    assert any("ファイル 1-3 がない" in note.ja and "予算事業の根拠も" in note.ja for note in answer.notes)


def test_what_a_measure_rested_on_and_what_its_projects_do(placed: KnowledgeGraph) -> None:
    answer = placed.diff(2012, 2024, measure=SHEET).answer
    dropped = {c.ground.removeprefix(ID) for c in of_kind(answer, "dropped") if c.ground}
    assert dropped == {
        "strategy/shin-seicho",
        "strategy/aratana-ict",
        "strategy/aratana-ict-koteihyo",
        "strategy/nihon-saisei-kihon",
    }
    assert any("評価書が施策そのものについて" in note.ja for note in answer.notes)


def test_two_builds_are_compared_by_what_the_source_writes(tmp_path: Path) -> None:
    changed = dict(SECOND)
    ministry, name, measure, _, law = changed["9001"]
    changed["9001"] = (ministry, name, measure, [MIDDLE, UNSURE], law)
    for place, rows in (("one", SECOND), ("two", changed)):
        build([write_year(tmp_path / "in" / place, 2024, rows)], tmp_path / place)
    graph = KnowledgeGraph(open_store(tmp_path / "one"))
    answer = graph.diff(str(tmp_path / "one"), str(tmp_path / "two")).answer
    (added,) = answer.changes
    assert added.kind == "added" and added.element == f"{ID}project/9001"
    assert graph.diff(str(tmp_path / "one"), str(tmp_path / "one")).answer.changes == ()
    with pytest.raises(KonkyoError, match="Two years"):
        graph.diff("2024", str(tmp_path / "one"))


SEICHO = "新成長戦略（平成22年６月18日閣議決定）"
PLAN = "経済財政運営と改革の基本方針2023（令和５年６月16日閣議決定）"
# Of one project in two years: what it cites, and whether that is another section of the same edition.
PARTS = {
    "9001": (
        f"{SEICHO}第３章（３）アジア経済戦略",
        f"{SEICHO}第３章（５）",
        True,
    ),
    "9002": (f"{PLAN}第２章３", f"{PLAN}第３章１", True),
    # Spelled otherwise; with the place and without; an edition with a place and another edition.
    "9003": (f"{PLAN}第２章３", f"{PLAN}第2章3", False),
    "9004": (PLAN, f"{PLAN}第２章", False),
    "9005": (f"{PLAN}第２章３", f"{NEW}第２章３", False),
}


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("parts")
    files = [
        write_year(
            folder, year, {n: (*FIRST[n][:3], [cited[year - 2023]], False) for n, cited in PARTS.items()}
        )
        for year in (2023, 2024)
    ]
    build(files, folder / "store")
    return KnowledgeGraph(open_store(folder / "store"), "ja")


def test_another_section_of_the_same_edition_is_a_change_of_its_own(parts: KnowledgeGraph) -> None:
    answer = parts.diff(2023, 2024).answer
    found = {c.element.removeprefix(f"{ID}project/"): c for c in of_kind(answer, "moved-section")}
    assert set(found) == {number for number, (_, _, moved) in PARTS.items() if moved}
    assert [c.element for c in of_kind(answer, "moved")] == [f"{ID}project/9005"]
    assert {c.kind for c in answer.changes} == {"moved", "moved-section"} and answer.same == 2
    answer.prepare(answer.changes)
    # The sections that the registry has; else the citations that name the places.
    edition = "strategy/shin-seicho/2010-06-18"
    assert short((found["9001"].ground or "",)) == [edition]
    assert short(found["9001"].before + found["9001"].after) == [f"{edition}/s-3.3", f"{edition}/s-3.5"]
    assert [answer.label(iri).ja for iri in found["9002"].before + found["9002"].after] == [
        *PARTS["9002"][:2]
    ]
    assert "アジア経済戦略、2024年度には" in sentence(answer, found["9001"]).ja
    back = parts.diff(2024, 2023).answer
    assert {(c.element, c.after, c.before) for c in of_kind(back, "moved-section")} == {
        (c.element, c.before, c.after) for c in found.values()
    }
    assert parts.diff(2024, 2024).answer.changes == ()


def test_sections_that_a_sheet_names_are_compared_between_builds(tmp_path: Path) -> None:
    name = "soumu-23-15.yaml"
    lines = (graphs_dir() / "sheets" / name).read_text(encoding="utf-8").splitlines(keepends=True)
    for place, left_out in (("one", "（５）科学"), ("two", "（３）アジア")):
        (tmp_path / place).mkdir()
        kept = [line for line in lines if left_out not in line]
        assert len(kept) == len(lines) - 1
        (tmp_path / place / name).write_text("".join(kept), encoding="utf-8")
        build([tmp_path / place / name], tmp_path / place / "store")
    one, two = (str(tmp_path / place / "store") for place in ("one", "two"))
    answer = diff(None, one, two)
    (change,) = answer.changes
    edition = "strategy/shin-seicho/2010-06-18"
    assert (change.kind, *short((change.ground or "",))) == ("moved-section", edition)
    assert short(change.before + change.after) == [f"{edition}/s-3.3", f"{edition}/s-3.5"]


def test_which_year_of_two_builds(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build([write_year(tmp_path / "in", 2023, FIRST)], tmp_path / "store")
    answer = diff(None, str(tmp_path / "store"), str(folder))
    assert (answer.before.year, answer.after.year, answer.changes) == (2023, 2023, ())
    # The later build holds 2024 besides: that it was not compared is said.
    (told,) = (note for note in answer.notes if "後に2012・2024" in note.ja)
    assert isinstance(told, Advice) and told.code == Code.YEARS_COMPARED and "--year" in worded(told).en
    chosen = diff(None, str(tmp_path / "store"), str(folder), year="平成24年度")
    assert (chosen.before.year, chosen.after.year) == (2012, 2012)
    assert not any(
        isinstance(note, Advice) and note.code == Code.YEARS_COMPARED
        for note in (*chosen.notes, *diff(None, str(folder), str(folder)).notes)
    )
    both = [str(tmp_path / "store"), str(folder)]
    assert main(["diff", *both, "--year", "2024"]) == 2
    assert "2012, 2023" in capsys.readouterr().err
    assert main(["diff", "2023", "2024", "--year", "2024", "--store", str(folder)]) == 2
    assert main(["diff", *both, "--year", "2012"]) == 0


def test_a_side_is_a_year_or_the_place_of_a_store(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "2024").symlink_to(folder, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    assert not is_build("2024") and is_build("./2024") and is_build("https://kg.example.org/sparql")
    # The store of the command is not even opened where both sides are builds.
    assert main(["diff", "./2024", str(folder), "--store", "nowhere"]) == 0
    assert "./2024の2024年度" in capsys.readouterr().out
    for text in ("settings.yaml", "昨年"):
        with pytest.raises(KonkyoError) as caught:
            is_build(text)
        assert ".yaml" in caught.value.report("en") and "neither" in caught.value.report("en")


# --- output ---------------------------------------------------------------------------------------


def test_in_words_csv_and_turtle(graph: KnowledgeGraph) -> None:
    from rdflib import RDF, Graph, URIRef

    answer = graph.diff(2023, 2024).answer
    rows = list(csv.DictReader(io.StringIO(to_csv(answer, "en"))))
    assert tuple(rows[0]) == COLUMNS and len(rows) == len(answer.changes)
    assert all(row["in_words"] and row["evidence"] for row in rows)
    read = Graph().parse(data=to_turtle(answer), format="turtle")
    assert len(set(read.subjects(RDF.type, URIRef("https://w3id.org/konkyo/ns#Change")))) == len(rows)
    out = io.StringIO()
    print_diff(answer, out, "ja", 1)
    assert f"ほか{len(rows) - 1}件" in out.getvalue()
    print_diff(answer, out, "ja", 0)
    assert HOSTILE not in out.getvalue() and "\x1b" not in out.getvalue()


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2023", "2024", "--store", str(folder), "--format", "json", "--limit", "1"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert len(data["changes"]) == 1 and sum(data["counts"].values()) > 1
    assert main(["diff", "2023", "2031", "--store", str(folder)]) == 2
    assert "2024" in capsys.readouterr().err
    assert main(["diff", "2023", "no such folder", "--store", str(folder)]) == 2
    assert main(["diff", "2023", "2024", "--ministry", "総務所", "--store", str(folder)]) == 2
    assert "総務省" in capsys.readouterr().err
