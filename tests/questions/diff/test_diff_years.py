"""What two review years tell differently of projects: names, money, logic models; and what an excerpt cannot tell."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.model.namespaces import ID
from konkyo.present.text.diffs import NAMES as KIND_NAMES
from konkyo.present.text.diffs import in_words, print_diff, sentence, to_csv, to_turtle
from konkyo.questions.diff import ASPECTS, KINDS, Change, Diff
from konkyo.store import open_store
from support.year_pair import ENDED, NAMES, NEW, RENAMED, SAME, TWICE, WIDE, build_years, write_years


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_years(tmp_path_factory.mktemp("years"))


@pytest.fixture(scope="module")
def graph(folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(folder), "ja")


def of_kind(answer: Diff, *kinds: str) -> list[Change]:
    return [change for change in answer.changes if change.kind in kinds]


def projects(answer: Diff, *kinds: str) -> set[str]:
    found = {change.element for change in of_kind(answer, *kinds)}
    return {iri.removeprefix(f"{ID}project/") for iri in found if "/project/" in iri}


def labels(answer: Diff, kind: str) -> list[str]:
    answer.prepare(answer.changes)
    return sorted(answer.label(change.ground or "").ja for change in of_kind(answer, kind))


def test_projects_are_new_gone_or_renamed_by_their_id(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2024, 2025).answer
    assert projects(answer, "new") == {NEW} and projects(answer, "gone") == {ENDED}
    # ＰＢＦ（見本） and PBF(見本) are one name.
    assert projects(answer, "renamed") == {RENAMED}
    (renamed,) = of_kind(answer, "renamed")
    assert renamed.old and renamed.new
    assert (renamed.old.ja, renamed.new.ja) == (NAMES[2024][RENAMED], NAMES[2025][RENAMED])
    answer.prepare(answer.changes)
    assert "「見本の普及」は、2025年度には「見本の普及促進」という名" in sentence(answer, renamed).ja
    assert len(answer.places(renamed)) == 2
    assert not any("一部の事業だけ" in note.ja for note in answer.notes)


def test_money_of_each_reviews_own_year_and_what_was_restated(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2024, 2025, about=["money"]).answer
    told = {
        (c.kind, (c.ground or "").rsplit("/", 1)[-1], c.old.ja, c.new.ja)
        for c in answer.changes
        if c.old and c.new
    }
    assert told == {
        ("money", "initial", "2024年度 1,300円", "2025年度 1,500円"),
        # A review tells the execution of the year before: the one that 2024 did not know is told in 2025.
        ("money", "executed", "2023年度 900円", "2024年度 1,200円"),
        ("restated", "initial", "2024年度 1,300円", "2024年度 1,250円"),
        ("restated", "total", "2024年度 1,300円", "2024年度 1,400円"),
    }
    answer.prepare(answer.changes)
    for change in answer.changes:
        places = answer.places(change)
        assert [place.source.ja[:11] for place in places] == ["2-1_RS_2024", "2-1_RS_2025"]


def test_steps_of_other_numbers_are_no_change(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2024, 2025, about=["logic"]).answer
    assert labels(answer, "step-gone") == ["招待する", "見本が根付く"]
    assert labels(answer, "step-new") == ["見本が広く根付く"]
    # Of two outputs of the same words against one it is not said that any was added or dropped.
    assert any("段階3件、指標0件は、追加とも削除ともしていません" in note.ja for note in answer.notes)


def test_values_of_joined_indicators_are_compared(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2024, 2025, about=["logic"]).answer
    told = {
        (c.element.rsplit("/", 1)[-1], c.old.ja, c.new.ja)
        for c in of_kind(answer, "indicator")
        if c.old and c.new
    }
    assert told == {
        (SAME, "2024年度実績 記載なし、2025年度目標 110", "2024年度実績 95、2025年度目標 120"),
        (TWICE, "2024年度実績 記載なし", "2024年度実績 5"),
        (TWICE, "2024年度実績 記載なし", "2024年度実績 9"),
    }
    assert labels(answer, "indicator-gone") == ["使う人の数"]
    assert labels(answer, "indicator-new") == ["使う人の割合"]


def test_one_project(graph: KnowledgeGraph) -> None:
    whole = graph.diff(2024, 2025).answer
    for name in (SAME, f"予算事業{SAME}", "見本の配布"):
        answer = graph.diff(2024, 2025, project=name).answer
        assert answer.project == f"{ID}project/{SAME}" and answer.measure is None and answer.compared == 1
        assert answer.changes == tuple(c for c in whole.changes if c.element == answer.project)
        assert {c.kind for c in answer.changes} == {
            *("moved", "money", "restated", "indicator", "indicator-gone", "indicator-new"),
            *("step-gone", "step-new"),
        }
    # The option for a measure takes it as well; one that is gone or new is told as such.
    assert (
        graph.diff(2024, 2025, measure=SAME).answer.changes
        == graph.diff(2024, 2025, project=SAME).answer.changes
    )
    for number, kind in ((ENDED, "gone"), (NEW, "new"), (RENAMED, "renamed")):
        assert [c.kind for c in graph.diff(2024, 2025, project=number).answer.changes] == [kind]
    assert graph.diff(2024, 2025, project=RENAMED).answer.same == 1
    with pytest.raises(KonkyoError, match="no project"):
        graph.diff(2024, 2025, project="見本の推進")
    with pytest.raises(KonkyoError, match="not both"):
        graph.diff(2024, 2025, project=SAME, measure="見本の推進")


def test_a_project_that_another_measure_has_now_is_not_gone(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2024, 2025, measure="見本の推進").answer
    assert projects(answer, "gone") == {ENDED} and projects(answer, "new") == set()


def test_backwards_is_the_mirror_image(graph: KnowledgeGraph) -> None:
    mirror = {"added": "dropped", "new": "gone", "indicator-new": "indicator-gone", "step-new": "step-gone"}
    mirror |= {other: one for one, other in mirror.items()}

    def shape(c: Change, *, turned: bool) -> tuple[object, ...]:
        sides = [(c.before, c.old), (c.after, c.new)]
        if turned:
            sides.reverse()
        element = c.ground if turned and c.kind == "perhaps-renamed" else c.element
        return mirror.get(c.kind, c.kind) if turned else c.kind, element, *sides

    ahead, back = graph.diff(2024, 2025).answer, graph.diff(2025, 2024).answer
    assert {shape(c, turned=True) for c in back.changes} == {shape(c, turned=False) for c in ahead.changes}
    assert graph.diff(2025, 2025).answer.changes == ()


def test_two_builds_of_one_year_differ_in_amounts_only_where_they_do(folder: Path, tmp_path: Path) -> None:
    build(write_years(tmp_path / "in", [2025]), tmp_path / "store")
    answer = KnowledgeGraph(open_store(folder)).diff(str(folder), str(tmp_path / "store")).answer
    assert (answer.before.year, answer.changes) == (2025, ())


# --- excerpts -------------------------------------------------------------------------------------


def many(count: int) -> Mapping[str, str]:
    return {str(number): f"見本事業{number}" for number in range(5001, 5001 + count)}


@pytest.fixture(scope="module")
def excerpt(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """All projects of 2024 in file 1-2, and of 2025 a few rows: one that 2024 has too, and one that it has not."""
    folder = tmp_path_factory.mktemp("excerpt")
    files = write_years(folder, projects={2025: {SAME, NEW}})
    from support.rs_rows import row, write_csv
    from support.year_pair import rows_of

    for kind in ("1-2", "1-3"):
        cells = {
            "番号（政策・施策）": "1",
            "政策所管府省庁_P": "総務省",
            "政策": "見本の政策",
            "施策": "なし",
        }
        rows = [
            row(kind, number, 2024, **{"事業名": name, **(cells if kind == "1-3" else {})})
            for number, name in many(20).items()
        ]
        write_csv(folder / "2024", kind, [*rows_of(kind, 2024), *rows], 2024)
    build(files, folder / "store")
    return KnowledgeGraph(open_store(folder / "store"), "ja")


def test_what_an_excerpt_does_not_hold_is_not_gone(excerpt: KnowledgeGraph) -> None:
    answer = excerpt.diff(2024, 2025).answer
    assert projects(answer, "gone") == set()
    # The other year's file is whole: what it does not list is new.
    assert projects(answer, "new") == {NEW}
    # Nor did all these projects lose their bases, nor the measures of which no row is here.
    assert projects(answer, "dropped", "added") == set() and projects(answer, "moved") == {SAME}
    assert of_kind(answer, "gone") == []
    (note,) = (note for note in answer.notes if "一部の事業だけ" in note.ja)
    assert "2025年度のファイル 1-2 は一部の事業だけとみられます（2事業、2024年度は25事業）" in note.ja
    assert "24事業はこのファイルにありませんが、終了したとは言えません" in note.ja
    assert "cannot be called gone" in note.en
    back = excerpt.diff(2025, 2024).answer
    assert projects(back, "new") == set() and projects(back, "gone") == {NEW}
    assert any("新しいとは言えません" in note.ja for note in back.notes)


def test_one_project_that_an_excerpt_does_not_hold(excerpt: KnowledgeGraph) -> None:
    answer = excerpt.diff(2024, 2025, project=WIDE).answer
    assert answer.changes == ()
    assert any(
        "この事業はこのファイルにありませんが、終了したとは言えません" in note.ja for note in answer.notes
    )


def test_without_the_file_of_projects_nothing_is_new_or_gone(tmp_path: Path) -> None:
    files = [path for path in write_years(tmp_path / "in") if "1-2_RS_2025" not in path.name]
    build(files, tmp_path / "store")
    answer = KnowledgeGraph(open_store(tmp_path / "store")).diff(2024, 2025).answer
    assert projects(answer, "new", "gone", "renamed") == set()
    assert any("ファイル 1-2 がない" in note.ja for note in answer.notes)
    assert projects(answer, "money") == {SAME}
    one = KnowledgeGraph(open_store(tmp_path / "store")).diff(2024, 2025, project=ENDED).answer
    assert any("2025年度にあるかどうかは分かりません" in note.ja for note in one.notes)


def test_steps_are_not_compared_where_the_files_are_others(tmp_path: Path) -> None:
    files = [path for path in write_years(tmp_path / "in") if "3-1_RS_2025" not in path.name]
    build(files, tmp_path / "store")
    answer = KnowledgeGraph(open_store(tmp_path / "store")).diff(2024, 2025, about=["logic"]).answer
    assert answer.changes == ()
    told = "".join(note.ja for note in answer.notes)
    assert "2024年度: 3-1, 3-2、2025年度: 3-2" in told and "2025年度のファイル 3-1 がない" in told


# --- output ---------------------------------------------------------------------------------------


def test_every_kind_of_change_has_its_name_code_and_sentence(graph: KnowledgeGraph) -> None:
    assert set(KIND_NAMES) == set(KINDS) and len(KINDS) == len(set(KINDS))
    answer = graph.diff(2024, 2025).answer
    assert {c.kind for c in answer.changes} >= set(KINDS) - {"moved-section", "split-or-merged"}
    answer.prepare(answer.changes)
    told = [sentence(answer, change) for change in answer.changes]
    assert len(set(told)) == len(told)
    turtle = to_turtle(answer).decode()
    assert all(
        f"/code/{kind}>" in turtle or f":{kind} " in turtle for kind in {c.kind for c in answer.changes}
    )
    assert to_csv(answer, "en").count("FY2024 1,300 yen") >= 3
    data = json.loads(json.dumps(answer.to_json()))
    assert data["counts"]["money"] == 2 and data["project"] is None
    assert all(change["evidence_before"] or change["evidence_after"] for change in data["changes"])


def test_of_one_project_its_name_stands_above_the_table(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2024, 2025, project=SAME).answer
    out = io.StringIO()
    print_diff(answer, out, "ja", 0)
    assert in_words(answer)[0].ja == "「見本の配布」の2024年度と2025年度の違い"
    assert "2024年度 1,300円 → 2025年度 1,500円" in out.getvalue()


def test_the_command_takes_a_project_and_what_to_compare(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["diff", "2024", "2025", "--store", str(folder), "--format", "json"]
    assert main([*base, "--project", SAME, "--about", "money"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["project"] == f"{ID}project/{SAME}"
    assert {change["kind"] for change in data["changes"]} == set(ASPECTS["money"])
    assert main([*base, "--project", "9199"]) == 2
    assert "9199" in capsys.readouterr().err
    assert main([*base, "--about", "budget"]) == 2
