"""What a trace says of things that are no plan and no project: citations, measures in sum, ministries, a thing and itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.graph.lookup.things import find
from konkyo.model.namespaces import DCTERMS, GRAPH, ID
from konkyo.present.prose import paragraph
from konkyo.present.text.traces import tree
from konkyo.questions.trace import between, denotation_views, trace
from konkyo.store import Store
from support import asked_graph
from support.asked_graph import key


@pytest.fixture(scope="module", params=["embedded", "by_sparql"])
def store(request: pytest.FixtureRequest) -> Store:
    made: Store = getattr(asked_graph, request.param)()
    for year in (2022, 2023, 2024):
        made.load(*file_of(year))
    return made


def file_of(year: int) -> tuple[str, list[str]]:
    """Return a graph with a title and nothing else: the store has a file of that year."""
    name = f"{GRAPH}rs-{year}/1-3"
    return name, [f'<{name}> <{DCTERMS}title> "1-3" <{name}> .\n']


def shown(store: Store, text: str, lang: str = "ja", **filters: str) -> list[str]:
    return tree(trace(store, find(store, text), **filters), lang).lines()  # type: ignore[arg-type]


def test_a_citation_says_first_what_it_denotes_and_leads_there(store: Store) -> None:
    answer = trace(store, find(store, "citation/1"))
    (meaning,) = answer.denotes
    assert [key(thing.iri) for thing in meaning.place] == ["strategy/hone", "strategy/hone/2023-06-16"]
    assert (meaning.level, meaning.reason, meaning.rule) == (
        "derived", ("名と版が一致。", "Name and edition agree."), ("引用が指すもの", "What a citation denotes"),
    )  # fmt: skip
    # Another spelling counts, another width does not.
    assert (meaning.spellings, [key(other.iri) for other in meaning.others]) == (1, ["citation/5"])
    lines = shown(store, "citation/1")
    assert (
        "指すもの" in lines[1]
        and "［導出］ 運営と改革の基本方針 > 運営と改革の基本方針（2023-06-16）" in lines[2]
    )
    text = "\n".join(lines)
    for part in (
        "理由: 名と版が一致。 — 引用が指すもの",
        "`konkyo trace strategy/hone/2023-06-16`",
        "`konkyo trace strategy/hone`",
    ):
        assert part in text
    assert "denotes" in "\n".join(shown(store, "citation/1", "en"))
    assert "を指す（導出）。理由: 名と版が一致" in paragraph(answer, "ja")
    assert json.loads(json.dumps(answer.to_json()))["denotes"][0]["level"] == "derived"


def test_citations_that_differ_in_width_are_traced_as_one(store: Store) -> None:
    for one in ("citation/1", "citation/2"):
        answer = trace(store, find(store, one))
        assert {key(group.thing.iri) for group in answer.groups} == {"citation/1", "citation/2"}
        owners = {claim.owner.number for group in answer.groups for claim in group.claims}
        assert owners == {"101", "102"}


def test_a_citation_of_two_documents_names_both_and_a_rejected_one_says_so(store: Store) -> None:
    assert [key(m.place[-1].iri) for m in denotation_views(store, f"{ID}citation/5")] == [
        "strategy/ene",
        "strategy/hone/2023-06-16",
    ]
    (rejected,) = denotation_views(store, f"{ID}citation/7")
    assert rejected.level == "rejected" and rejected.author and rejected.author.ja == "甲"
    answer = trace(store, find(store, "citation/7"))
    assert "決まっていません" in answer.missing[0].ja
    unknown = "\n".join(shown(store, "どれか分からない方針"))
    assert "指すもの" in unknown and "konkyo resolve 'どれか分からない方針'" in unknown


def test_a_measure_tells_of_its_projects_year_by_year(store: Store) -> None:
    answer = trace(store, find(store, "甲の推進"))
    assert [(p.year, p.projects, p.citing, p.strategies) for p in answer.placed] == [
        ("2023", 1, 1, 1),
        ("2024", 4, 3, 2),
    ]
    assert [(key(plan.iri), count) for plan, count in answer.placed[1].most] == [
        ("strategy/hone", 2),
        ("strategy/josei", 1),
    ]
    text = "\n".join(shown(store, "甲の推進"))
    assert (
        "この施策に置かれた予算事業（令和6年度のレビュー）は4件、うち計画又は法令を引くものは3件、引かれる戦略・計画は2件"
        in text
    )
    assert "運営と改革の基本方針: 2事業" in text and "projects-of-measure measure=measure/kou/a" in text
    assert "運営と改革の基本方針 (2)" in "\n".join(shown(store, "甲の推進", "en")).replace(
        ": 2 projects", " (2)"
    )
    assert "4件、うち計画又は法令を引くものは3件" in paragraph(answer, "ja")
    assert "most projects cite" in paragraph(answer, "en")


def test_the_filters_hold_for_the_sum_too(store: Store) -> None:
    measure = find(store, "甲の推進")
    assert [p.year for p in trace(store, measure, year="2023").placed] == ["2023"]
    (_, last) = trace(store, measure, level="stated").placed
    assert (last.projects, last.citing, last.strategies, last.most) == (4, 3, 0, ())
    bare = trace(store, find(store, "乙の推進"))
    assert bare.placed == () and bare.see == () and "placed" not in bare.to_json()


def test_a_ministry_says_what_there_is_and_which_command_answers(store: Store) -> None:
    answer = trace(store, find(store, "甲務省"))
    assert answer.groups == () and answer.missing == ()
    assert [(p.year, p.projects) for p in answer.placed] == [("2023", 1), ("2024", 4)]
    text = "\n".join(shown(store, "甲務省"))
    assert "施策: 2件" in text and "位置付ける戦略の記載は見つかりません" not in text
    for command in ("report", "gaps", "view"):
        assert f"`konkyo {command} --ministry '甲務省'`" in text
    # A payee of the same name is none.
    assert trace(store, find(store, "payee/1")).see == ()


@pytest.mark.parametrize("name", ["骨太の方針", "甲の推進", "101", "甲務省", "citation/1"])
def test_a_year_that_is_not_held_is_not_a_year_without_grounds(store: Store, name: str) -> None:
    thing = find(store, name)
    with pytest.raises(KonkyoError, match="There are no documents of 1999") as caught:
        trace(store, thing, year="平成11年度")
    for lang in ("ja", "en"):
        assert "2022, 2023, 2024" in caught.value.report(lang)
    # Of this year there are documents, in which nothing rests on anything.
    answer = trace(store, thing, year="2022")
    assert not any(group.claims for group in answer.groups) and answer.placed == ()
    assert trace(store, thing, year=2024).kept == trace(store, thing, year="R6").kept


def test_the_command_tells_of_a_year_that_is_not_held(
    store_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from konkyo.cli import main

    asked = ["trace", "新成長戦略", "--store", str(store_folder), "--year"]
    assert main([*asked, "1999"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "1999年度の資料はありません" in told.err and "ある年度: 2012" in told.err
    assert main([*asked, "2012"]) == 0


@pytest.mark.parametrize("name", ["骨太の方針", "甲の推進", "101"])
def test_a_thing_and_itself_are_no_two(store: Store, name: str) -> None:
    thing = find(store, name)
    with pytest.raises(KonkyoError, match="Both ends are the same"):
        between(store, thing, thing)


def test_the_command_says_so_and_ends_with_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from konkyo.cli import main

    assert main(["trace", "新成長戦略", "新成長戦略"]) == 2
    assert "同じもの" in capsys.readouterr().err
