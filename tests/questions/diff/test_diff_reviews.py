"""Any two reviews compared: sheets of single reviews with each other and with an RS file, by the links that say what goes on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.model.namespaces import ID
from konkyo.present.text.diffs import print_diff, sentence, to_csv, to_turtle
from konkyo.questions.diff import Change, Diff
from konkyo.questions.diff.goes_on import Apart, goes_on
from konkyo.store import EmbeddedStore

Changes = set[tuple[str, str, str | None]]


@pytest.fixture(name="graph")
def _graph(reviews_graph: KnowledgeGraph) -> KnowledgeGraph:
    return reviews_graph


def short(iri: str) -> str:
    return iri.removeprefix(f"{ID}project/").removeprefix("judgit-")


def of(answer: Diff, *kinds: str) -> Changes:
    return {(c.kind, short(c.element), c.level) for c in answer.changes if c.kind in kinds}


def only(answer: Diff, kind: str) -> Change:
    (found,) = (change for change in answer.changes if change.kind == kind)
    return found


def test_projects_of_two_reviews_are_one_where_links_lead(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2017, 2019).answer
    assert of(answer, "new", "gone", "renamed", "split-or-merged") == {
        ("new", "2019/soumu/0023", None),
        ("gone", "2017/soumu/0002", None),
        ("renamed", "2019/soumu/0021", "derived"),  # by way of 2018, whose link to 2017 is derived
        ("split-or-merged", "2019/soumu/0025", "derived"),
    }
    whole = only(answer, "split-or-merged")
    assert [short(iri) for iri in whole.before] == ["2017/soumu/0005"]
    assert [short(iri) for iri in whole.after] == ["2019/soumu/0025", "2019/soumu/0026"]
    answer.prepare(answer.changes)
    assert (
        "河川の維持、ダムの維持は、分割又は統合で結び付く（続くとする結び付きは導出）"
        in sentence(answer, whole).ja
    )
    assert len(answer.places(whole)) == 3
    notes = " ".join(note.ja for note in answer.notes if hasattr(note, "ja"))
    for words in ("同じ事業とした2件", "計画・法令、政策・施策の欄がない", "結び付きの漏れもありえます"):
        assert words in notes


def test_money_is_that_of_each_reviews_own_year_and_says_what_was_restated(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2017, 2019, about=["money"]).answer
    found = {(c.kind, short(c.element), c.old.ja, c.new.ja) for c in answer.changes if c.old and c.new}
    assert found == {
        ("money", "2019/soumu/0021", "2017年度 5,000,000円", "2019年度 7,000,000円"),
        ("money", "2019/soumu/0021", "2016年度 3,500,000円", "2018年度 5,900,000円"),
        ("restated", "2019/soumu/0021", "2017年度 5,000,000円", "2017年度 5,500,000円"),
        ("money", "2019/kankyo/0024", "2017年度 5,000,000円", "2019年度 8,000,000円"),
    }


def test_what_only_one_review_has_a_field_for_is_no_change(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2017, 2019, about=["logic"]).answer
    assert {c.kind for c in answer.changes} == {"indicator", "indicator-gone", "indicator-new"}
    told_of = only(answer, "indicator")
    assert told_of.old and told_of.new  # 50 and 50.0 are one number; 2015 is told by one of them alone
    assert (told_of.old.ja, told_of.new.ja) == ("2016年度実績 50.0", "2018年度実績 60.0")
    # No sheet of 2019 has an output: that there is none is no change.
    assert any("アウトプットがないので" in note.ja for note in answer.notes if hasattr(note, "ja"))


def test_a_sheet_and_an_rs_file_differ_by_no_rounding(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2023, 2024).answer
    assert of(answer, "new", "gone") == {
        ("new", "9002", None),
        ("gone", short(next(c.element for c in answer.changes if c.kind == "gone")), None),
    }
    # 7.0 百万円 and 7,000,400 yen are one amount; no plan is new, since the sheets have no field for one.
    assert not of(answer, "money", "restated", "added") and answer.same == 0
    assert any("指標" in note.ja or "計画・法令" in note.ja for note in answer.notes if hasattr(note, "ja"))
    # The other way round what is new is gone.
    assert {kind for kind, *_ in of(graph.diff(2024, 2023).answer, "new", "gone")} == {"new", "gone"}


@pytest.mark.parametrize("name", ["見本事業", "9001", "project/9001", "project/judgit-2018/soumu/0011"])
def test_one_project_by_whichever_of_its_reviews(graph: KnowledgeGraph, name: str) -> None:
    if name == "見本事業":
        answer = graph.diff(2017, 2019, project="見本事業（旧：見本事業）").answer
    elif name.endswith("0011"):
        answer = graph.diff(2017, 2019, project=name).answer
    else:
        answer = graph.diff(2023, 2024, project=name).answer
        assert answer.project == f"{ID}project/9001" and not answer.changes and answer.compared
        return
    assert answer.project == f"{ID}project/judgit-2019/soumu/0021" and answer.compared == 1
    whole = graph.diff(2017, 2019).answer
    assert answer.changes == tuple(c for c in whole.changes if c.element == answer.project)


def test_what_moved_to_another_ministry_is_not_new_there(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2017, 2019, ministry="環境省").answer
    assert of(answer, "new", "gone", "money") == {("money", "2019/kankyo/0024", "derived")}
    assert "2019/kankyo/0024" in {
        short(c.element) for c in graph.diff(2017, 2019, ministry="総務省").answer.changes
    }


def test_over_a_year_without_a_review_nothing_is_new(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2019, 2023).answer
    assert not answer.changes
    assert any("2020・2021・2022" in note.ja for note in answer.notes if hasattr(note, "ja"))


def test_a_project_that_is_several_is_asked_for_again(graph: KnowledgeGraph) -> None:
    with pytest.raises(KonkyoError) as error:
        graph.diff(2018, 2019, project="project/judgit-2017/soumu/0005")
    assert "河川の維持" in error.value.hint.ja  # type: ignore[union-attr]


def test_every_form_says_the_level(graph: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    answer = graph.diff(2017, 2019).answer
    rows = to_csv(answer, "ja").splitlines()
    assert rows[0].endswith(",level") and any(line.endswith(",derived") for line in rows)
    out = io.StringIO()
    print_diff(answer, out, "ja", 0)
    assert "改称〔導出〕" in out.getvalue() and "当初予算" in out.getvalue()
    assert "split-or-merged" in to_turtle(answer).decode()
    levels = {change["kind"]: change["level"] for change in answer.to_json()["changes"]}
    assert levels["renamed"] == "derived" and levels["new"] is None


def test_links_are_followed_to_the_review_asked_for_with_their_weakest_level() -> None:
    kk, code = "https://w3id.org/konkyo/ns#", "https://w3id.org/konkyo/code/"
    store = EmbeddedStore()
    quads = [f'<x:{name}> <{kk}reviewYear> <{ID}fy/{year}> <x:g> .\n' for name, year in
             (("a", 2017), ("b", 2017), ("c", 2018), ("d", 2018), ("e", 2018), ("f", 2017))]  # fmt: skip
    links = [("c", "a", "stated"), ("p", "c", "derived"), ("d", "b", "stated"), ("e", "b", "interpreted"), ("q", "d", "stated"),
             ("q", "e", "stated"), ("r", "f", "rejected")]  # fmt: skip
    for number, (owner, basis, level) in enumerate(links):
        of_link = ((f"<x:{owner}>", "hasLink", f"<x:l{number}>"), (f"<x:l{number}>", "basis", f"<x:{basis}>"),
                   (f"<x:l{number}>", "claimLevel", f"<{code}{level}>"))  # fmt: skip
        quads += [f"{s} <{kk}{p}> {o} <x:g> .\n" for s, p, o in of_link]
        quads.append(
            f"<x:l{number}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{kk}Lineage> <x:g> .\n"
        )
    store.load("x:g", quads)
    found = goes_on(store, 2017, ["x:p", "x:q", "x:r"])
    # What was split and merged again is one in both reviews.
    assert found.same == {"x:a": "x:p", "x:b": "x:q"} and found.levels == {"x:p": "derived", "x:q": "stated"}
    assert not found.apart
    nearer = goes_on(store, 2018, ["x:q"])
    assert nearer.apart == (Apart(("x:d", "x:e"), ("x:q",), "stated"),) and nearer.divided == {
        "x:d",
        "x:e",
        "x:q",
    }


def test_the_command(graph: KnowledgeGraph, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = graph.store.folder.parent  # type: ignore[union-attr,attr-defined]
    assert main(["--lang", "en", "--store", str(folder), "diff", "2017", "2019", "--about", "things"]) == 0
    shown = capsys.readouterr().out
    assert "renamed [derived]" in shown and "split or merged [derived]" in shown
