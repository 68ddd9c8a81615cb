"""What is missing: on invented review years, counted from the rows, and on random graphs, counted in Python."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import konkyo
from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import graphs_dir
from konkyo.graph.stored_queries import stored
from konkyo.model.namespaces import ID, KK, C
from konkyo.present.text.gaps import COLUMNS, as_triples, print_lists, print_summary, to_csv, to_turtle
from konkyo.questions.gaps import KINDS, NAMES, Gaps
from konkyo.store import EmbeddedStore, open_store
from support.examples import examples
from support.review_pair import FIRST, MIDDLE, OLD, SECOND, UNSURE, Year, write_year

YEARS = {2023: FIRST, 2024: SECOND}


@pytest.fixture(scope="module")
def folder(pair_folder: Path) -> Path:
    return pair_folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(folder), "ja")


def elements(answer: Gaps, kind: str) -> set[str]:
    (found,) = (item for item in answer.found if item.kind.name == kind)
    return {line.element.removeprefix(ID) for line in found.lines}


def projects(year: Year, wanted: Iterable[str]) -> set[str]:
    return {f"project/{number}" for number in wanted}


def test_the_dates_of_both_editions_stand_before_the_name_that_they_share(graph: KnowledgeGraph) -> None:
    answer = graph.gaps(year=2024).answer
    (found,) = (item for item in answer.found if item.kind.name == "superseded-only")
    answer.prepare(found.lines)
    told = [answer.finding(line) for line in found.lines]
    assert told
    dates = re.compile(r"(\d{4}-\d\d-\d\d)版? → (\d{4}-\d\d-\d\d)版?: ")
    for words in told:
        ja, en = dates.match(words.ja), dates.match(words.en)
        assert ja and en and ja.groups() == en.groups() and ja[1] < ja[2]
        assert len(re.findall(r"\d{4}-", words.ja)) == 2


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_gaps_of_a_year_are_those_of_its_rows(graph: KnowledgeGraph, year: int) -> None:
    rows, answer = YEARS[year], graph.gaps(year=year).answer
    bare = {n for n, (_, _, _, plans, law) in rows.items() if not plans and not law}
    assert elements(answer, "projects-without-basis") == projects(rows, bare)
    # The newest edition that either year names is known to the store as a whole.
    old = {n for n, (_, _, _, plans, _) in rows.items() if plans and set(plans) <= {OLD, MIDDLE}}
    assert elements(answer, "superseded-only") == projects(rows, old)
    unsure = {n for n, (_, _, _, plans, _) in rows.items() if UNSURE in plans}
    assert elements(answer, "unresolved-citations") == projects(rows, unsure)
    short = {n for n in rows if n in ("9001", "9004")}
    assert elements(answer, "outcomes-without-next") == projects(rows, short)
    assert elements(answer, "sums-that-differ") == {"project/9002"}
    measures = {measure for _, _, measure, _, _ in rows.values()}
    based = {measure for _, _, measure, plans, law in rows.values() if plans or law}
    assert len(elements(answer, "measures-without-basis")) == len(measures - based) == 1
    (mixed,) = (found for found in answer.found if found.kind.name == "mixed-editions")
    assert mixed.count == 1 and {line.cells["project"] for line in mixed.lines} == {
        f"{ID}project/9001",
        f"{ID}project/9002",
    }


def test_counts_by_ministry_add_up(graph: KnowledgeGraph) -> None:
    whole = graph.gaps(year=2024).answer
    for name, iri in (("総務省", f"{ID}org/soumu"), ("環境省", f"{ID}org/kankyo")):
        part = {found.kind.name: found.count for found in graph.gaps(year=2024, ministry=name).answer.found}
        for found in whole.found:
            if found.kind.by_ministry:
                assert part[found.kind.name] == found.by_ministry().get(iri, 0)
            else:
                assert found.kind.name not in part


def test_strategies_that_a_year_does_not_cite(graph: KnowledgeGraph) -> None:
    answer = graph.gaps(year=2024, kinds=["uncited-strategies"]).answer
    missing = elements(answer, "uncited-strategies")
    # The sheet of 2012 cites 新成長戦略, and no row of 2024 does.
    assert "strategy/shin-seicho" in missing and "strategy/honebuto" not in missing
    (found,) = answer.found
    line = next(line for line in found.lines if line.element == f"{ID}strategy/shin-seicho")
    answer.prepare(found.lines)
    place = answer.evidence(line)
    assert line.cells["cited"] == f"{ID}fy/2012" and place and place.source.ja == "総務省23-⑮"
    assert "2012" not in answer.finding(line).ja and "平成24年度" in answer.finding(line).ja


def test_a_strategy_younger_than_the_year_is_not_missing_in_it(tmp_path: Path) -> None:
    """Plans that came later are not missing: first edition, else first citation."""
    later, unknown = "見本未来基本計画（令和７年６月10日閣議決定）", "見本振興長期計画"
    bosai = "防災基本計画（昭和38年６月14日中央防災会議決定）"
    rows = {
        2023: {"9001": ("総務省", "見本事業一", "電波の利用の推進", [OLD], False)},
        2024: {"9001": ("総務省", "見本事業一", "電波の利用の推進", [MIDDLE, unknown, bosai], False)},
        2025: {"9001": ("総務省", "見本事業一", "電波の利用の推進", [later], False)},
    }
    build([write_year(tmp_path / "in", year, rows[year]) for year in rows], tmp_path / "store")
    graph = KnowledgeGraph(open_store(tmp_path / "store"))

    def missing(year: int) -> set[str]:
        answer = graph.gaps(year=year, kinds=["uncited-strategies"]).answer
        answer.prepare(answer.found[0].lines)
        return {answer.label(line.element).ja for line in answer.found[0].lines}

    assert "見本未来基本計画" not in missing(2023) | missing(2024) | missing(2025)
    assert unknown not in missing(2023) | missing(2024) and unknown in missing(2025)
    # First issued in 1963: that 2023 does not cite it can be said, though only 2024 does.
    assert "防災基本計画" in missing(2023)
    assert "経済財政運営と改革の基本方針" in missing(2025)


def test_every_line_leads_to_its_place(graph: KnowledgeGraph) -> None:
    answer = graph.gaps(year=2024).answer
    rows = list(csv.DictReader(io.StringIO(to_csv(answer, "ja"))))
    assert rows and tuple(rows[0]) == COLUMNS
    for item in rows:
        if item["kind"] != "uncited-strategies":
            assert item["source"].endswith(".csv") and int(item["row"]) >= 2 and item["column"], item
    (missing,) = (
        r for r in rows if r["element"].endswith("project/9004") and r["kind"].startswith("projects")
    )
    assert (missing["source"].split("_")[0], missing["row"], missing["column"]) == ("1-2", "4", "事業名")


def test_the_claim_names_the_files_that_are_not_there(graph: KnowledgeGraph) -> None:
    answer = graph.gaps().answer
    assert answer.year == 2024 and {"3-1", "5-1"} <= set(answer.absent)
    for lang in ("ja", "en"):
        assert "3-1" in answer.caution().of(lang)
    assert "3-1" in to_turtle(answer).decode().splitlines()[0]


def test_the_files_of_a_year_are_those_that_are_imported() -> None:
    from konkyo.graph.years import RS_FILES
    from konkyo.sources.rs import IMPORTERS

    assert sorted(IMPORTERS) == list(RS_FILES)


def test_without_its_file_a_kind_is_not_answered(tmp_path: Path) -> None:
    files = write_year(tmp_path / "in", 2024, SECOND)
    next(files.glob("1-3*")).unlink()
    next(files.glob("3-2*")).unlink()
    build([files], tmp_path / "store")
    answer = KnowledgeGraph(open_store(tmp_path / "store")).gaps(year=2024).answer
    told = {found.kind.name for found in answer.found if not found.unanswered}
    assert told == {"sums-that-differ"}
    data = answer.to_json()
    assert {kind["count"] for kind in data["kinds"] if not kind["answered"]} == {None}
    out = io.StringIO()
    print_summary(answer, out, "ja")
    assert "1-3 がないので、分かりません" in out.getvalue()


def test_a_year_of_sheets_only(graph: KnowledgeGraph) -> None:
    answer = graph.gaps(year=2012).answer
    told = {found.kind.name for found in answer.found if not found.unanswered}
    assert told == {
        "measures-without-basis",
        "superseded-only",
        "sums-that-differ",
    }
    # One sheet cites little of what a store knows: that the others are not cited says nothing of the year.
    (uncited,) = (f for f in answer.found if f.kind.name == "uncited-strategies")
    assert uncited.unanswered == ("1-3",) and uncited.lines == ()
    out = io.StringIO()
    print_summary(answer, out, "ja")
    assert "uncited-strategies): 2012年のファイル 1-3 がないので、分かりません" in out.getvalue()
    assert answer.absent == () and elements(answer, "measures-without-basis") == set()
    # The sheet proves its total of 平成22年度 with the figure whose stage it does not tell.
    assert elements(answer, "sums-that-differ") == set()


def test_a_sum_with_missing_parts_names_them(tmp_path: Path) -> None:
    sheet = (graphs_dir() / "sheets" / "soumu-23-15.yaml").read_text("utf-8")
    (tmp_path / "sheet.yaml").write_text(sheet.replace('"997,876"', '"897,876"'), "utf-8")
    build([tmp_path / "sheet.yaml"], tmp_path / "store")
    answer = konkyo.open(tmp_path / "store").gaps(year=2012).answer
    assert elements(answer, "sums-that-differ") == {"measure/soumu/3ac5d1655a705b21"}
    (found,) = (f for f in answer.found if f.kind.name == "sums-that-differ")
    answer.prepare(found.lines)
    assert "欠けた内訳: 補正予算 / 繰越し等" in answer.finding(found.lines[0]).ja.replace("・", " / ")
    assert "(not stated: supplementary budget, carry-over)" in answer.finding(found.lines[0]).en


# --- output ---------------------------------------------------------------------------------------


def test_hostile_names_are_made_harmless(graph: KnowledgeGraph) -> None:
    answer = graph.gaps(year=2024).answer
    out = io.StringIO()
    print_summary(answer, out, "ja")
    print_lists(answer, out, "ja", 0)
    assert "<b>事業</b>" in out.getvalue()
    assert not {"\x1b", "\u202e"} & set(out.getvalue())


def test_at_a_terminal_each_letter_is_explained(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    print_summary(graph.gaps(year=2024).answer, out, "ja")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).splitlines()
    heads = next(line for line in lines if line.startswith("府省庁"))
    for letter, kind in zip(heads.split()[1:], KINDS, strict=True):
        assert any(re.match(rf"{letter}  .*  {kind.name}\s*$", line) for line in lines), kind.name


def test_lists_are_capped_with_a_count(graph: KnowledgeGraph) -> None:
    answer = graph.gaps(year=2024, kinds=["mixed-editions"]).answer
    out = io.StringIO()
    print_lists(answer, out, "en", 1)
    assert "… and 1 more row (--limit 0: all)" in out.getvalue()


def test_at_a_terminal_a_gap_is_a_line_and_its_place_is_asked_for(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = graph.gaps(year=2024, kinds=["projects-without-basis", "mixed-editions"]).answer
    shown = {}
    for evidence in (False, True):
        out = io.StringIO()
        monkeypatch.setattr(out, "isatty", lambda: True)
        print_lists(answer, out, "ja", 0, evidence=evidence)
        shown[evidence] = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).splitlines()
    short, whole = shown[False], shown[True]
    lines = sum(len(found.lines) for found in answer.found)
    # Of each kind: what is claimed, headings, a rule, and what all rows share; then how to see more, and what it rests on.
    assert lines < len(short) <= lines + 5 * len(answer.found) + 2 < len(whole)
    assert not any("箇所" in line for line in short if "--evidence" not in line)
    assert any("箇所" in line for line in whole) and not any("--evidence" in line for line in whole)
    pipe = io.StringIO()
    print_lists(answer, pipe, "ja", 0)
    assert all(line.count("\t") == 3 for line in pipe.getvalue().splitlines() if "\t" in line)


def test_turtle_says_the_same(graph: KnowledgeGraph) -> None:
    from rdflib import RDF, Graph, URIRef

    answer = graph.gaps(year=2024).answer
    read = Graph().parse(data=to_turtle(answer), format="turtle")
    found = set(read.subjects(RDF.type, URIRef(KK + "Gap")))
    assert len(found) == sum(item.count for item in answer.found)
    dcterms = "http://purl.org/dc/terms/"
    bare = {
        str(read.value(gap, URIRef(KK + "about"))).removeprefix(ID)
        for gap in found
        if (gap, URIRef(KK + "kind"), URIRef(C + "projects-without-basis")) in read
    }
    assert bare == elements(answer, "projects-without-basis")
    for gap in found:
        assert {term.language for term in read.objects(gap, URIRef(dcterms + "description"))} == {"ja", "en"}
    assert as_triples(answer, answer.found[0].lines) == as_triples(answer, answer.found[0].lines[::-1])


def test_the_same_answer_in_json(graph: KnowledgeGraph) -> None:
    data = graph.gaps(year=2023).to_json()
    assert data == graph.gaps(year=2023).to_json()
    assert [kind["kind"] for kind in data["kinds"]] == list(NAMES)
    for kind in data["kinds"]:
        if kind["kind"] != "uncited-strategies":
            assert sum(item["count"] for item in kind["by_ministry"]) == kind["count"]


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_each_kind_is_a_stored_query_and_a_code(kind: object) -> None:
    assert hasattr(kind, "name") and stored(f"gap-{kind.name}").columns
    codes = (Path(konkyo.__file__).parents[2] / "ontology" / "codes.ttl").read_text(encoding="utf-8")
    assert f"c:{kind.name} a skos:Concept" in codes


# --- errors ---------------------------------------------------------------------------------------


def test_unknown_names_are_answered_with_the_nearest(graph: KnowledgeGraph) -> None:
    for options, told in (
        ({"ministry": "総務所"}, "総務省"),
        ({"year": 2031}, "2024"),
        ({"year": "昨年"}, "2024"),
        ({"kinds": ["projects-without-bases"]}, "projects-without-basis"),
    ):
        with pytest.raises(KonkyoError) as caught:
            graph.gaps(**options)  # type: ignore[arg-type]
        assert told in caught.value.report("ja"), options


def test_an_empty_store_says_so() -> None:
    with pytest.raises(KonkyoError, match="holds no documents"):
        KnowledgeGraph(EmbeddedStore()).gaps()


def test_a_store_of_an_older_konkyo_is_not_believed(folder: Path) -> None:
    held, old = open_store(folder), EmbeddedStore()
    for name in held.graphs():
        if not name.endswith("/shortcut"):
            old.load(name, (f"{triple} <{name}> .\n" for triple in held.triples(name)))
    with pytest.raises(KonkyoError, match="older konkyo"):
        KnowledgeGraph(old).gaps()


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["gaps", "--store", str(folder)]) == 0
    assert "環境省\t2\t1\t0\t1\t-\t1\t0\t0" in capsys.readouterr().out
    place = tmp_path / "gaps.csv"
    wanted = ["--kind", "projects-without-basis", "--format", "csv", "-o", str(place), "--ministry", "環境"]
    assert main(["gaps", "--store", str(folder), *wanted, "--lang", "en"]) == 0
    assert place.read_text(encoding="utf-8").count("no plan and no law stated") == 2
    assert place.read_text(encoding="utf-8").startswith("\ufeffkind,")  # by which spreadsheets know UTF-8
    assert main(["gaps", "--store", str(folder), "--ministry", "環境所"]) == 2
    assert "環境省" in capsys.readouterr().err
    assert main(["gaps", "--store", str(folder), "--limit", "-1"]) == 2
    assert "--limit は0以上の数です（-1ではなく）" in capsys.readouterr().err


# --- random graphs, counted in Python ---------------------------------------------------------------

EDITIONS = ["s/1", "s/2", "t/1", "t/2"]  # s/2 and t/2 are the newest
STATED = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([*EDITIONS, "", "law", "undated"])), max_size=12
)


def graph_of(stated: list[tuple[int, str]]) -> EmbeddedStore:
    """Three projects under one measure, and what each cites: an edition, something unresolved, or a law."""
    triples = ["<s/2> dcat:previousVersion <s/1> . <t/2> dcat:previousVersion <t/1> ."]
    triples += [f"<{e[0]}> dcat:hasVersion <{e}> ." for e in EDITIONS]
    triples.append("<m> a kk:Measure ; kk:ministry <o> .")
    for number in (1, 2, 3):
        triples.append(
            f"<p{number}> a kk:Project ; kk:ministry <o> ; kk:hasLink <put{number}> . "
            f"<put{number}> a kk:Placement ; kk:basis <m> ; kk:reviewYear <fy/2024> ."
        )
    for place, (number, cited) in enumerate(stated):
        kind = "LegalCitation" if cited == "law" else "Justification"
        known = " ; kk:basisStrategy <s>" if cited == "undated" else ""
        edition = (
            f" ; kk:basisStrategy <{cited[0]}> ; kk:basisEdition <{cited}>" if cited in EDITIONS else known
        )
        triples.append(
            f"<p{number}> kk:statedLink <l{place}> . "
            f"<l{place}> a kk:{kind} ; kk:statedIn <fy/2024> ; kk:evidence <e{place}>{edition} ."
        )
    store = EmbeddedStore()
    import pyoxigraph as ox

    text = f"@base <{ID}> . @prefix kk: <{KK}> . @prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
    quads = ox.parse(input=text + "\n".join(triples), format=ox.RdfFormat.TURTLE)
    store.load("https://example.org/g", (f"{q.triple} <https://example.org/g> .\n" for q in quads))
    return store


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(STATED)
def test_superseded_and_mixed_as_counted_in_python(stated: list[tuple[int, str]]) -> None:
    store = graph_of(stated)
    plans = {n: [cited for number, cited in stated if number == n and cited != "law"] for n in (1, 2, 3)}
    old = {n for n, cited in plans.items() if cited and all(c in ("s/1", "t/1") for c in cited)}
    rows = store.select(stored("gap-superseded-only").text)
    assert {row["element"].value for row in rows} == {f"{ID}p{n}" for n in old}
    mixed = set()
    for strategy in "st":
        sets = {n: {c for c in cited if c.startswith(f"{strategy}/")} for n, cited in plans.items()}
        citing = {n: own for n, own in sets.items() if own}
        if len({frozenset(own) for own in citing.values()}) > 1:
            mixed |= {(strategy, c, n) for n, own in citing.items() for c in own}
    found = {
        tuple(row[name].value.removeprefix(ID) for name in ("strategy", "edition", "project"))
        for row in store.select(stored("gap-mixed-editions").text)
    }
    assert found == {(strategy, cited, f"p{n}") for strategy, cited, n in mixed}
