"""Any two reviews compared: sheets of single reviews with each other and with an RS file, by the links that say what goes on."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.model.namespaces import ID
from konkyo.present.text.diffs import print_diff, sentence, to_csv, to_turtle
from konkyo.questions.diff import Change, Diff
from konkyo.questions.diff.goes_on import Apart, goes_on
from konkyo.store import EmbeddedStore, open_store
from support.judgit_sheets import budget, lines, sheet
from support.rs_rows import row, write_zip

Changes = set[tuple[str, str, str | None]]


def told(
    year: int, number: str, name: str, *initial: float, executed: float = 0, **changes: Any
) -> dict[str, Any]:
    """A sheet that tells initial budgets of the fiscal years up to its own, and what the one before spent."""
    made = [budget(year - len(initial) + 1 + place, amount) for place, amount in enumerate(initial)]
    if executed:
        made[-2]["執行額"] = executed
    if year > 2018:  # from here on no sheet has an output
        changes.setdefault("アウトプット", [])
    return sheet(
        year, number, **{"事業名": name, "関連する過去のレビューシート": [], "予算": made, **changes}
    )


def outcome(name: str, **results: Any) -> dict[str, Any]:
    values = [{"年度": int(year[1:]), "成果実績": value, "目標値": None} for year, value in results.items()]
    return {
        **{"成果目標": "広める", "成果指標": name, "単位": "％", "目標値": None, "目標最終年度": None},
        "成果実績": values,
    }


def output(name: str) -> dict[str, Any]:
    return {"活動指標": name, "単位": "回", "活動実績": [{"年度": 2016, "活動実績": 3.0, "当初見込み": None}]}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("reviews")
    rows = [row("1-2", "9001", 事業名="見本事業"), row("1-2", "9002", 事業名="今年からの事業")]
    write_zip(folder, "1-2", rows)
    write_zip(
        folder, "1-3", [row("1-3", "9001", **{"番号（関係する計画・通知等）": "1", "計画通知名": "見本計画"})]
    )
    money = {"当初予算（合計）": "7000400"}
    write_zip(folder, "2-1", [row("2-1", "9001", **{"予算年度": "2023", **money})])
    sheets = [
        told(
            2017, "0001", "見本事業", 3.0, 4.0, 5.0, executed=3.5,
            アウトカム=[outcome("認知度", y2015=40.0, y2016=50.0), outcome("消える指標", y2016=1.0)],
            アウトプット=[output("配った数")],
        ),
        told(2018, "0011", "見本事業", 4.0, 5.0, 6.0, executed=4.5, アウトカム=[outcome("認知度", y2017=55.0)]),
        told(
            2019, "0021", "見本事業（旧：見本事業）", 5.5, 6.0, 7.0, executed=5.9,
            アウトカム=[outcome("認知度", y2016=50, y2018=60.0), outcome("新しい指標", y2018=2.0)],
            アウトプット=[],
        ),
        told(2017, "0002", "終わる事業", 1.0), told(2018, "0012", "終わる事業", 1.0),
        told(2019, "0023", "始まる事業", 2.0),
        told(2018, "0014", "移る事業", 5.0, 6.5), told(2017, "0004", "移る事業", 5.0),
        told(2019, "0024", "移る事業", 5.0, 6.5, 8.0, 府省庁="環境省"),
        told(2017, "0005", "河川とダムの維持", 1679.0, 1781.0, 1645.0),
        told(2018, "0015", "河川とダムの維持", 1679.0, 1781.0, 1645.0),
        told(2019, "0025", "河川の維持", 1012.0, 1028.0, 1100.0), told(2019, "0026", "ダムの維持", 769.0, 617.0, 600.0),
        told(2023, "2023-総務-22-0001", "見本事業", 7.0, アウトカム=[], アウトプット=[]),
        told(2023, "2023-総務-22-0002", "昨年までの事業", 1.0, アウトカム=[], アウトプット=[]),
    ]  # fmt: skip
    # Splits are told by the amounts of all years that the sheets tell: the whole's of the years before.
    sheets[9]["予算"] = [budget(2016, 1781.0), budget(2017, 1645.0)]
    sheets[10]["予算"] = [budget(2016, 1781.0), budget(2017, 1645.0), budget(2018, 1645.0)]
    for place, amounts in ((11, (1012.0, 1028.0, 1000.0)), (12, (769.0, 617.0, 645.0))):
        sheets[place]["予算"] = [budget(2016 + n, amount) for n, amount in enumerate(amounts)]
    (folder / "a.ndjson").write_bytes(lines(sheets))
    build([folder], folder / "store")
    return KnowledgeGraph(open_store(folder / "store"), "ja")


def short(iri: str) -> str:
    return iri.removeprefix(f"{ID}project/").removeprefix("judgit-")


def of(answer: Diff, *kinds: str) -> Changes:
    return {(c.kind, short(c.element), c.level) for c in answer.changes if c.kind in kinds}


def only(answer: Diff, kind: str) -> Change:
    (found,) = (change for change in answer.changes if change.kind == kind)
    return found


def test_projects_of_two_reviews_are_one_where_links_lead(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2017, 2019)
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
    answer = graph.diff(2017, 2019, about=["money"])
    found = {(c.kind, short(c.element), c.old.ja, c.new.ja) for c in answer.changes if c.old and c.new}
    assert found == {
        ("money", "2019/soumu/0021", "2017年度 5,000,000円", "2019年度 7,000,000円"),
        ("money", "2019/soumu/0021", "2016年度 3,500,000円", "2018年度 5,900,000円"),
        ("restated", "2019/soumu/0021", "2017年度 5,000,000円", "2017年度 5,500,000円"),
        ("money", "2019/kankyo/0024", "2017年度 5,000,000円", "2019年度 8,000,000円"),
    }


def test_what_only_one_review_has_a_field_for_is_no_change(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2017, 2019, about=["logic"])
    assert {c.kind for c in answer.changes} == {"indicator", "indicator-gone", "indicator-new"}
    told_of = only(answer, "indicator")
    assert told_of.old and told_of.new  # 50 and 50.0 are one number; 2015 is told by one of them alone
    assert (told_of.old.ja, told_of.new.ja) == ("2016年度実績 50.0", "2018年度実績 60.0")
    # No sheet of 2019 has an output: that there is none is no change.
    assert any("アウトプットがないので" in note.ja for note in answer.notes if hasattr(note, "ja"))


def test_a_sheet_and_an_rs_file_differ_by_no_rounding(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2023, 2024)
    assert of(answer, "new", "gone") == {
        ("new", "9002", None),
        ("gone", short(next(c.element for c in answer.changes if c.kind == "gone")), None),
    }
    # 7.0 百万円 and 7,000,400 yen are one amount; no plan is new, since the sheets have no field for one.
    assert not of(answer, "money", "restated", "added") and answer.same == 0
    assert any("指標" in note.ja or "計画・法令" in note.ja for note in answer.notes if hasattr(note, "ja"))
    # The other way round what is new is gone.
    assert {kind for kind, *_ in of(graph.diff(2024, 2023), "new", "gone")} == {"new", "gone"}


@pytest.mark.parametrize("name", ["見本事業", "9001", "project/9001", "project/judgit-2018/soumu/0011"])
def test_one_project_by_whichever_of_its_reviews(graph: KnowledgeGraph, name: str) -> None:
    if name == "見本事業":
        answer = graph.diff(2017, 2019, project="見本事業（旧：見本事業）")
    elif name.endswith("0011"):
        answer = graph.diff(2017, 2019, project=name)
    else:
        answer = graph.diff(2023, 2024, project=name)
        assert answer.project == f"{ID}project/9001" and not answer.changes and answer.compared
        return
    assert answer.project == f"{ID}project/judgit-2019/soumu/0021" and answer.compared == 1
    whole = graph.diff(2017, 2019)
    assert answer.changes == tuple(c for c in whole.changes if c.element == answer.project)


def test_what_moved_to_another_ministry_is_not_new_there(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2017, 2019, ministry="環境省")
    assert of(answer, "new", "gone", "money") == {("money", "2019/kankyo/0024", "derived")}
    assert "2019/kankyo/0024" in {short(c.element) for c in graph.diff(2017, 2019, ministry="総務省").changes}


def test_over_a_year_without_a_review_nothing_is_new(graph: KnowledgeGraph) -> None:
    answer = graph.diff(2019, 2023)
    assert not answer.changes
    assert any("2020・2021・2022" in note.ja for note in answer.notes if hasattr(note, "ja"))


def test_a_project_that_is_several_is_asked_for_again(graph: KnowledgeGraph) -> None:
    with pytest.raises(KonkyoError) as error:
        graph.diff(2018, 2019, project="project/judgit-2017/soumu/0005")
    assert "河川の維持" in error.value.hint.ja  # type: ignore[union-attr]


def test_every_form_says_the_level(graph: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    answer = graph.diff(2017, 2019)
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
