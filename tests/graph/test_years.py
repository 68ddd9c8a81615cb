"""Of which year answers speak where a store holds two reviews: the latest by default, the one that was asked for, never both."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.graph.amounts import amounts
from konkyo.graph.chart_data import figures
from konkyo.graph.facts import load_facts
from konkyo.graph.lookup.things import find
from konkyo.graph.network import Network
from konkyo.graph.reader import Reader
from konkyo.graph.search import search
from konkyo.graph.years import NO_YEAR, YearScope, YearTold, year_scope
from konkyo.model.namespaces import GRAPH, ID, KK
from konkyo.present.prose import paragraph
from konkyo.present.report import report_csv, report_text
from konkyo.present.text.traces import tree
from konkyo.questions.trace import trace
from konkyo.store import EmbeddedStore, open_store
from support.year_pair import ENDED, MEASURES, NAMES, NEW, RENAMED, SAME, TWICE, build_years

PLANS = {2024: "2023-06-16", 2025: "2024-06-21"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_years(tmp_path_factory.mktemp("both"))


@pytest.fixture(scope="module")
def graph(folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(folder), "ja")


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The review of 2025 alone."""
    return KnowledgeGraph(open_store(build_years(tmp_path_factory.mktemp("one"), [2025])), "ja")


def traced(graph: KnowledgeGraph, name: str, year: int | None = None, lang: str = "ja") -> str:
    answer = trace(graph.store, find(graph.store, name), year=year)
    return "\n".join(tree(answer, lang).lines())  # type: ignore[arg-type]


# What the documents of each year say of one project and no other year's do.
ONLY = {
    2024: (PLANS[2024], "先の課", "現状通り", "見本が根付く", MEASURES[2024]),
    2025: (PLANS[2025], "後の課", "事業内容の一部改善", "見本が広く根付く", MEASURES[2025]),
}


@pytest.mark.parametrize("asked", [None, 2024, 2025])
def test_a_trace_tells_what_one_review_states(graph: KnowledgeGraph, asked: int | None) -> None:
    text, year = traced(graph, SAME, asked), asked or 2025
    other = 2024 if year == 2025 else 2025
    assert all(words in text for words in ONLY[year])
    assert not any(words in text for words in ONLY[other])
    assert f"年度: {year}年度のレビュー（ほかに{other}年度の記載がある。--year で選べる）" in text
    assert f"Year: the review of {year} (others: {other}; --year chooses)" in traced(graph, SAME, asked, "en")


def test_an_amount_is_as_the_latest_review_tells_it(graph: KnowledgeGraph) -> None:
    text = traced(graph, SAME)
    # 2024 did not know its own execution; 2025 tells it.
    assert "令和6年度予算（令和7年度レビュー）: 当初予算 1,250円（令和6年度レビューでは1,300円）" in text
    assert "執行額 1,200円" in text and text.count("令和6年度予算") == 1
    # What both tell alike is told once.
    assert "当初予算 1,000円、" in text and text.count("令和5年度予算") == 1
    before = traced(graph, SAME, 2024)
    assert "当初予算 1,300円" in before and "1,250" not in before and "1,200" not in before


def test_data_to_draw_has_each_year_once(graph: KnowledgeGraph) -> None:
    reader, iri = Reader(graph.store), f"{ID}project/{SAME}"
    load_facts(reader, [iri], year_scope(graph.store))
    drawn = {(f["order"], f["stage"]): f["yen"] for f in figures(reader, iri)}
    assert len(drawn) == len(figures(reader, iri))
    assert drawn["2024", "initial"] == 1250 and drawn["2024", "executed"] == 1200
    (told,) = amounts(reader, iri)[f"{ID}fy/2024", "https://w3id.org/konkyo/code/initial"]
    assert [(older.yen, older.review) for older in told.older] == [(1300, f"{ID}fy/2024")]


def test_a_project_that_ended_is_told_by_its_last_review(graph: KnowledgeGraph) -> None:
    text = traced(graph, ENDED)
    assert "年度: 2024年度のレビュー（このストアにある2025年度の資料には載っていない）" in text
    assert PLANS[2024] in text
    # Of a year whose documents do not show it there is nothing to tell.
    later = traced(graph, ENDED, 2025)
    assert "年度: 2025年度の資料" in later and PLANS[2024] not in later


def test_a_renamed_project_is_found_by_both_names_and_says_so(graph: KnowledgeGraph) -> None:
    for name in (NAMES[2024][RENAMED], NAMES[2025][RENAMED]):
        assert find(graph.store, name).iri == f"{ID}project/{RENAMED}"
    text = traced(graph, RENAMED)
    assert text.splitlines()[0].endswith(NAMES[2025][RENAMED])
    assert f"令和6年度の名称: {NAMES[2024][RENAMED]}" in text
    assert "の名称" not in traced(graph, SAME)


def owners(graph: KnowledgeGraph, name: str, year: int | None = None) -> set[str]:
    answer = trace(graph.store, find(graph.store, name), year=year)
    return {claim.owner.number or "" for group in answer.groups for claim in group.claims}


def test_what_rests_on_a_plan_is_what_one_review_says(graph: KnowledgeGraph) -> None:
    plan = "経済財政運営と改革の基本方針"
    assert owners(graph, plan) == owners(graph, plan, 2025) == {SAME, RENAMED, NEW, TWICE}
    assert owners(graph, plan, 2024) == {SAME, RENAMED, ENDED, "9105"}
    answer = trace(graph.store, find(graph.store, plan))
    assert (answer.uses[0].projects, answer.of.year, answer.of.others) == (4, 2025, (2024,))
    # Sheets of other years are no older tellings of what reviews say.
    assert "2012年度の評価書" in traced(graph, plan)
    assert trace(graph.store, find(graph.store, plan), year=2024).of.others == (2025, 2012)


def test_of_an_indicator_of_two_reviews_the_latest_is_meant(graph: KnowledgeGraph) -> None:
    assert "/rs-2025/" in find(graph.store, "配布の件数").iri
    assert "/rs-2024/" in find(graph.store, "配布の件数", year=2024).iri
    answer = graph.trace("配布の件数", year=2024).answer
    assert answer.of == YearTold(2024, asked=True, reviews=(2024, 2025), sheets=())
    # By its key, too, it is that of the year that is asked for.
    before, after = (find(graph.store, "配布の件数", year=year).iri for year in (2024, 2025))
    assert find(graph.store, before.removeprefix(ID), year=2025).iri == after
    own = graph.trace(before).answer
    assert (own.of.year, own.of.others, own.of.unseen) == (2024, (2025,), ())
    # One that only the earlier review has is found as well.
    assert "/rs-2024/" in find(graph.store, "使う人の数").iri


def test_what_an_older_review_tells_of_an_indicator_is_named_where_it_differs(graph: KnowledgeGraph) -> None:
    told = [fact.text.ja for fact in graph.trace("配布の件数").answer.facts if "先の" in fact.name.ja]
    assert told == ["110（令和7年度）（令和6年度レビュー）"]
    assert "先の" not in traced(graph, "配布の件数", 2025)


def test_chains_are_of_one_year(graph: KnowledgeGraph) -> None:
    plan, name = "経済財政運営と改革の基本方針", f"予算事業{SAME}"
    for year in (None, 2024, 2025):
        answer = graph.trace(plan, name, year=year).answer
        steps = {step.target.label.ja for chain in answer.chains for step in chain}  # type: ignore[union-attr]
        assert {text for text in steps if "基本方針（" in text} == {f"{plan}（{PLANS[year or 2025]}）"}
        assert answer.of.year == (year or 2025)


def test_a_walk_leaves_out_what_another_review_states(graph: KnowledgeGraph) -> None:
    for year in (2024, 2025):
        network = Network(graph.store, year_scope(graph.store, year))
        steps = {iri for iri in network.grow([f"{ID}project/{SAME}"], "down") if "/step/" in iri}
        assert steps and all(f"/rs-{year}/" in iri for iri in steps)
        measures = [e.source for e in network.edges(f"{ID}project/{SAME}", "up") if e.relation == "hasPart"]
        network.grow([f"{ID}project/{SAME}"], "up", depth=1)
        measures = [e.source for e in network.edges(f"{ID}project/{SAME}", "up") if e.relation == "hasPart"]
        assert [network.reader.labels([iri])[iri].ja for iri in measures] == [MEASURES[year]]


def kinds(view: Any) -> set[str]:
    return {data["kind"] for _, data in view.nodes(data=True)}


def test_a_picture_is_of_one_year_and_says_which(graph: KnowledgeGraph) -> None:
    for year in (2024, 2025):
        for asked in [year, None] if year == 2025 else [year]:
            for options in ({"thing": SAME}, {"ministry": "総務省"}, {}):
                view = graph.network(**options, year=asked)  # type: ignore[arg-type]
                shown = set(view.nodes)
                assert not any(f"/rs-{2024 + 2025 - year}/" in iri for iri in shown)
                assert f"{year}年度のレビュー" in view.graph["title"]["ja"]
                assert view.graph["of"]["year"] == year
                assert f"ほかに{2024 + 2025 - year}" in view.graph["note"]["ja"]
    measures = {
        year: {d["label"]["ja"] for _, d in graph.network(ministry="総務省", year=year).nodes(data=True)}
        for year in (2024, 2025)
    }
    assert MEASURES[2024] in measures[2024] and MEASURES[2024] not in measures[2025]
    assert NAMES[2024][ENDED] in measures[2024] and NAMES[2024][ENDED] not in measures[2025]
    with pytest.raises(KonkyoError, match="not for query"):
        graph.network(query="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", year=2024)


def test_a_report_is_of_one_review(graph: KnowledgeGraph) -> None:
    texts = {year: report_text(graph.report(SAME, year=year).report, "ja") for year in (2024, 2025)}
    for year, other in ((2024, 2025), (2025, 2024)):
        assert PLANS[year] in texts[year] and PLANS[other] not in texts[year]
        assert f"年度: {year}年度のレビュー（ほかに{other}年度の記載がある" in texts[year]
    ministry = {y: report_csv(graph.report(ministry="総務省", year=y).report, "en") for y in (2024, 2025)}
    assert MEASURES[2024] in ministry[2024] and MEASURES[2024] not in ministry[2025]
    assert "review=2024年度" in ministry[2024]
    plan = {
        y: report_csv(graph.report("経済財政運営と改革の基本方針", year=y).report, "ja") for y in (2024, 2025)
    }
    assert NAMES[2024][ENDED] in plan[2024] and NAMES[2024][ENDED] not in plan[2025]
    assert NAMES[2025][NEW] in plan[2025] and NAMES[2025][NEW] not in plan[2024]
    whole = report_text(graph.report().report, "ja")
    assert "年度: 2025年度のレビュー、2012年度の評価書" in whole


def test_an_older_telling_has_a_line_of_its_own_in_a_report(graph: KnowledgeGraph) -> None:
    lines = report_text(graph.report(SAME).report, "ja").splitlines()
    (start,) = (n for n, line in enumerate(lines) if line.startswith("年度\tレビュー\t"))
    table = [[cell.split(" ")[0] for cell in line.split("\t")[:3]] for line in lines[start + 1 : start + 5]]
    assert table == [
        ["令和5年度", "令和7年度", "0.00001"],  # 億円
        ["令和6年度", "令和6年度", "0.000013"],
        ["令和6年度", "令和7年度", "0.0000125"],
        ["令和7年度", "令和7年度", "0.000015"],
    ]


def without_index(store: EmbeddedStore) -> EmbeddedStore:
    bare = EmbeddedStore()
    for name in store.graphs():
        bare.load(name, (f"{triple} <{name}> .\n" for triple in store.triples(name)))
    return bare


@pytest.fixture(scope="module", params=["index", "graph"])
def searched(request: pytest.FixtureRequest, graph: KnowledgeGraph) -> EmbeddedStore:
    store: EmbeddedStore = graph.store  # type: ignore[assignment]
    return store if request.param == "index" else without_index(store)


def found(store: EmbeddedStore, text: str, year: int | None = None) -> dict[str, tuple[int, ...]]:
    answer = search(store, text, year=year, limit=100)
    return {hit.iri.removeprefix(ID): hit.years for hit in answer.hits}


def numbers(iris: Iterable[str]) -> set[str]:
    return {iri.removeprefix("project/") for iri in iris if iri.startswith("project/")}


def test_a_search_finds_by_the_texts_of_one_year(searched: EmbeddedStore) -> None:
    assert numbers(found(searched, "2025年度の概要")) == set(NAMES[2025])
    # Each as its latest documents show it: what ended is found by its last.
    assert numbers(found(searched, "2024年度の概要")) == {ENDED}
    assert numbers(found(searched, "2024年度の概要", 2024)) == set(NAMES[2024])
    assert found(searched, "2025年度の概要", 2024) == {}
    assert numbers(found(searched, "見本が根付く")) == set()
    assert numbers(found(searched, "見本が根付く", 2024)) == {SAME}


def test_a_search_finds_by_every_name(searched: EmbeddedStore) -> None:
    for name in (NAMES[2024][RENAMED], NAMES[2025][RENAMED]):
        assert found(searched, name)[f"project/{RENAMED}"] == (2025, 2024)
    assert found(searched, NAMES[2024][ENDED]) == {f"project/{ENDED}": (2024,)}
    assert found(searched, NAMES[2024][ENDED], 2025) == {}
    assert found(searched, NAMES[2025][NEW], 2024) == {}
    # A plan is of no year.
    assert "strategy/honebuto" in found(searched, "骨太の方針", 2024)


def test_a_search_shows_an_indicator_of_two_reviews_once(searched: EmbeddedStore) -> None:
    def years(text: str, year: int | None = None) -> list[tuple[int, ...]]:
        return [shown for iri, shown in found(searched, text, year).items() if iri.startswith("indicator/")]

    assert years("配布の件数") == [(2025,)] and years("配布の件数", 2024) == [(2024,)]
    assert years("採択の数") == [(2025,), (2025,)]
    assert years("使う人の数") == [(2024,)] and years("使う人の割合") == [(2025,)]


def test_gaps_are_those_of_one_year(graph: KnowledgeGraph) -> None:
    for year, missing in ((2024, {TWICE}), (2025, {"9105"}), (None, {"9105"})):
        answer = graph.gaps(year=year, kinds=["projects-without-basis"]).answer
        assert {line.element.removeprefix(f"{ID}project/") for line in answer.found[0].lines} == missing
        assert answer.year == (year or 2025)
        assert set(answer.others) == {2012, 2024, 2025} - {answer.year}
        assert answer.to_json()["other_years"] == list(answer.others)


def test_a_single_review_is_told_as_before_with_its_year(
    graph: KnowledgeGraph, single: KnowledgeGraph
) -> None:
    for name in (SAME, RENAMED, "総務省", MEASURES[2025]):
        alone, both = traced(single, name).splitlines(), traced(graph, name).splitlines()
        assert "2025年度のレビュー" in "".join(alone) and "--year" not in "".join(alone)
        if name == SAME:  # but for what older reviews told, and that there are others
            strip = [line for line in alone if "年度: 2025" not in line and "予算（" not in line]
            assert [line for line in both if "年度: 2025" not in line and "予算（" not in line] == strip
    scope = year_scope(single.store)
    assert scope.iri is None and (scope.year, scope.told.others) == (2025, ())


def test_an_unknown_year_names_those_that_are_there(
    graph: KnowledgeGraph, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ask in (
        lambda: graph.trace(SAME, year=1999),
        lambda: graph.trace("骨太の方針", SAME, year=1999),
        lambda: graph.report(year=1999),
        lambda: graph.view(SAME, year=1999),
        lambda: graph.gaps(year=1999).answer,
        lambda: search(graph.store, "見本", year=1999),
    ):
        with pytest.raises(KonkyoError) as caught:
            ask()
        assert "2012, 2024, 2025" in caught.value.report("ja")
    for command in (["trace", SAME], ["report"], ["view", SAME], ["gaps"], ["search", "見本"]):
        assert main([*command, "--year", "1999", "--store", str(folder)]) == 2
        assert "2012, 2024, 2025" in capsys.readouterr().err
        assert main([*command, "--year", "last", "--store", str(folder)]) == 2
        assert "令和6年度" in capsys.readouterr().err


def test_each_command_takes_a_year_and_tells_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = ["--store", str(folder)]
    assert main(["trace", SAME, "--year", "R6", "--format", "json", *store]) == 0
    assert json.loads(capsys.readouterr().out)["of"] == {
        "year": 2024,
        "asked": True,
        "words": {"ja": "2024年度のレビュー", "en": "the review of 2024"},
        "others": [2025],
        "unseen": [],
    }
    assert main(["search", "見本", "--year", "2024", "--format", "json", *store]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["of"]["year"] == 2024 and all(2024 in hit["years"] for hit in made["results"])
    assert main(["search", NAMES[2024][ENDED], *store]) == 0
    out = capsys.readouterr()
    assert out.out.splitlines()[1].split("\t")[-1] == "2024" and "2025年度のレビュー" in out.err
    assert main(["report", SAME, "--year", "2024", "--format", "text", *store]) == 0
    assert PLANS[2024] in capsys.readouterr().out
    assert main(["view", SAME, "--year", "2024", *store]) == 0
    assert "2024年度のレビュー" in (tmp_path / "konkyo-view.html").read_text(encoding="utf-8")
    assert main(["trace", SAME, "--year", "2024", "--prose", *store]) == 0
    assert "2024年度のレビューによる。ほかに2025年度の記載がある" in capsys.readouterr().out
    assert "by the review of 2025" in paragraph(KnowledgeGraph(open_store(folder)).trace(SAME).answer, "en")


def test_words_for_every_mixture_of_years() -> None:
    assert NO_YEAR.words() is None and NO_YEAR.others == ()
    sheet = YearTold(2025, asked=False, reviews=(), sheets=(2012,))
    assert sheet.words() == ("2012年度の評価書", "the evaluation sheet of 2012") and sheet.others == ()
    both = YearTold(2025, asked=False, reviews=(2024, 2025), sheets=(2011, 2012))
    assert both.words() == (
        "2025年度のレビュー、2011・2012年度の評価書",
        "the review of 2025 and the evaluation sheets of 2011, 2012",
    )
    assert both.others == (2024,)
    asked = YearTold(2012, asked=True, reviews=(2024, 2025), sheets=(2011, 2012))
    assert asked.words() == ("2012年度の評価書", "the evaluation sheet of 2012")
    assert asked.others == (2025, 2024, 2011)
    none = YearTold(2023, asked=True, reviews=(2024,), sheets=())
    assert none.words() == ("2023年度の資料", "documents of 2023")


def test_single_sheets_tell_of_things_of_their_own() -> None:
    sheet, measure, ended = (
        f"{ID}{key}" for key in ("project/judgit-2019/soumu/0061", "measure/m", "project/7")
    )
    shown = ((measure, 2019), (ended, 2023))
    store = EmbeddedStore()
    lines = (
        f"<{one}> <{KK}hasAppearance> <{one}/a> <{GRAPH}x> .\n<{one}/a> <{KK}fiscalYear> <{ID}fy/{year}> <{GRAPH}x> .\n"
        for one, year in shown
    )
    store.load(f"{GRAPH}x", lines)
    told = YearTold(2024, asked=False, reviews=(2019, 2024), sheets=(2019,))
    scope = YearScope(store, {2019: ("judgit",), 2024: ("1-2",)}, told)
    # An evaluation sheet of 2019 shows the measure: a review of that year by single sheets takes nothing from it.
    assert scope.is_plain and scope.absent([sheet, measure]) == {sheet}
    assert scope.links([f"{ID}link/1"]) == {f"{ID}link/1"}
    assert scope.stated([(sheet, measure), (ended, measure)], "kk:Placement") == {(ended, measure)}
    both = YearScope(store, {2023: ("1-2",), 2024: ("1-2",)}, told)
    assert not both.is_plain and both.absent([measure, ended]) == {ended}
    asked = YearScope(store, scope.held, YearTold(2024, asked=True, reviews=(2019, 2024), sheets=(2019,)))
    assert not asked.is_plain and asked.absent([sheet, measure]) == {sheet, measure}
    since = YearScope(
        store, {2024: ("1-2",)}, YearTold(2024, asked=False, reviews=(2024,), sheets=(), since=2024)
    )
    assert not since.is_plain
