"""Reports: what their tables hold, that the pages are safe and the same at every run, and what the command does."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import konkyo.present.report
from konkyo.build.summaries import load_budgets
from konkyo.cli import main
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import ontology_dir
from konkyo.common.words import Words
from konkyo.graph.stored_queries import stored
from konkyo.model.namespaces import ID
from konkyo.present.report import Report, make, render_html, report_csv, report_text
from konkyo.present.report.bars import draw, ticks, unit_of
from konkyo.present.report.heats import shade
from konkyo.present.report.model import (
    Cell,
    Column,
    Heat,
    Mark,
    Money,
    Question,
    Scale,
    Scales,
    Section,
    Series,
    Table,
)
from konkyo.present.report.plots import draw as draw_scales
from konkyo.store import EmbeddedStore
from support.examples import examples

CASES = Path(__file__).parents[2] / "cases" / "queries"


def invented() -> EmbeddedStore:
    """Return the invented data of the queries: two reviews, three projects, two strategies."""
    import pyoxigraph as ox

    store = EmbeddedStore()
    lines: dict[str, list[str]] = {}
    for quad in ox.parse(path=CASES / "money-of-projects" / "data.trig", format=ox.RdfFormat.TRIG):
        lines.setdefault(quad.graph_name.value, []).append(f"{quad} .\n")
    for graph, quads in lines.items():
        store.load(graph, quads)
    # By the names of their graphs a store knows of which years its files are.
    for year in (2023, 2024):
        graph = f"https://w3id.org/konkyo/graph/rs-{year}/1-3"
        store.load(graph, [f'<{graph}> <http://purl.org/dc/terms/title> "1-3" <{graph}> .\n'])
    for name in ("konkyo.ttl", "codes.ttl"):
        store.load_turtle("https://w3id.org/konkyo/graph/ontology", ontology_dir() / name)
    load_budgets(store)
    return store


@pytest.fixture(scope="module")
def money() -> EmbeddedStore:
    return invented()


def section(report: Report, key: str) -> Section:
    return next(section for section in report.sections if section.key == key)


def cells(table: Table) -> list[list[object]]:
    return [[c.value.ja if isinstance(c.value, Words) else c.value for c in row] for row in table.rows]


# --- what the tables hold ---------------------------------------------------------------------------


def test_each_project_counts_once_in_totals_and_in_full_under_each_strategy(money: EmbeddedStore) -> None:
    a, b = (make(money, ID + f"strategy/{name}") for name in "ab")
    # Project 1 cites a twice and b; project 2 cites a in two spellings.
    assert cells(section(a, "money").table)[-1] == ["fy/2024", 2, 430, 2, None, 0, None, 0]
    assert cells(section(b, "money").table)[-1] == ["fy/2024", 1, 30, 1, None, 0, None, 0]
    total = section(a, "ministries").table.total
    assert total is not None and [cell.value for cell in total][1:] == [2, 430, 2]


def test_two_reviews_of_one_year_are_not_added_up(money: EmbeddedStore) -> None:
    table = section(make(money, ID + "strategy/a"), "money").table
    # The review of 2023 says 7,000 of project 2 for 2023; that of 2024 does not tell of it.
    assert cells(table) == [
        ["fy/2022", 1, 10, 1, 12, 1, 0, 1],
        ["fy/2023", 1, 20, 1, None, 0, None, 0],
        ["fy/2024", 2, 430, 2, None, 0, None, 0],
    ]


def test_years_are_compared_over_the_projects_that_state_all_of_them(money: EmbeddedStore) -> None:
    made = section(make(money, ID + "strategy/a"), "same")
    # Project 2 states nothing of 2022 and 2023: with it the budget of 2024 would be 430.
    assert cells(made.table) == [["fy/2022", 10, 0], ["fy/2023", 20, None], ["fy/2024", 30, None]]
    assert (
        made.finding
        and made.finding.ja == "当初予算は2022年度の10円から2024年度の30円へ200.0％増（同じ1事業）"
    )
    assert "（2事業のうち）" in made.notes[0].ja  # type: ignore[union-attr]
    # The sums of the growing set stand in a table alone.
    assert section(make(money, ID + "strategy/a"), "money").plot is None


def test_absent_is_not_0(money: EmbeddedStore) -> None:
    made = section(make(money, ID + "strategy/a"), "same")
    assert isinstance(made.plot, Money)
    executed = next(series for series in made.plot.series if series.stage == "executed")
    assert executed.amounts == (0, None, None)
    assert draw(made.plot, "ja").count("記載なし") == 2


def test_a_report_begins_with_a_sentence_and_three_figures(
    money: EmbeddedStore, built_store: EmbeddedStore
) -> None:
    lead = make(money, ID + "strategy/a").lead
    assert lead and lead.sentence.ja == "2府省庁の2事業がこれを挙げる。"
    assert [value.ja for value, _ in lead.figures] == ["2", "2", "430円"]
    whole = make(money).lead
    assert whole and [value.ja for value, _ in whole.figures] == ["3", "2", "約5万円"]
    assert whole.sentence.en.endswith("甲省 has most of the projects (2 of 3).")
    own = make(built_store, "国際戦略の推進").lead
    assert own and own.sentence.ja == "根拠は10件（明記10件）。"
    assert [value.ja for value, _ in own.figures] == ["10", "6", "約28.7億円"]


def test_a_law_has_a_report() -> None:
    store, graph = invented(), "https://example.org/laws"
    kk, law = "https://w3id.org/konkyo/ns#", f"{ID}law/1"
    kind = (
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://data.europa.eu/eli/ontology#LegalResource>"
    )
    lines = [f"<{one}> {kind} <{graph}> .\n" for one in (law, f"{law}/art-2")]
    lines.append(f"<{law}/art-2> <http://purl.org/dc/terms/isPartOf> <{law}> <{graph}> .\n")
    for thing, place in (("project/1", law), ("project/3", f"{law}/art-2"), ("measure/m", law)):
        lines.append(f"<{ID}{thing}> <{kk}legalBasis> <{place}> <{graph}> .\n")
    store.load(graph, lines)
    made = make(store, law)
    assert sorted(cells(section(made, "ministries").table)) == [["甲省", 2, 50030, 2]]
    assert made.lead and made.lead.sentence.ja.startswith("1府省庁の2事業がこれを根拠法令とする。")
    assert cells(section(made, "resting").table) == [["measure/m", "law/1"]]
    assert [row[0] for row in cells(section(made, "projects").table)] == ["project/3", "project/1"]


def test_editions_and_citations_that_name_none(money: EmbeddedStore) -> None:
    made = make(money, ID + "strategy/a")
    assert cells(section(made, "editions").table) == [
        ["strategy/a/2020", None, None, 2, 2, 430],
        ["strategy/a/2023", None, None, 0, 0, None],
        ["版を特定しない引用", None, None, 1, 1, None],
    ]
    heat = section(made, "heat")
    assert cells(heat.table) == [["strategy/a/2020", 2, 1, 1], ["版を特定しない引用", 1, 1, 0]]
    assert isinstance(heat.plot, Heat) and heat.plot.counts == ((1, 1), (1, 0))


def test_a_project_that_went_to_another_ministry_counts_once_in_the_money_of_an_edition() -> None:
    store = invented()
    moved = f"<{ID}project/1> <https://w3id.org/konkyo/ns#ministry> <{ID}org/elsewhere>"
    store.load("https://example.org/moved", [f"{moved} <https://example.org/moved> .\n"])
    (line, *_) = cells(section(make(store, ID + "strategy/a"), "editions").table)
    assert line[0] == "strategy/a/2020" and line[5] == 430


def test_the_government_adds_up_its_ministries(money: EmbeddedStore) -> None:
    made = make(money)
    assert cells(section(made, "money").table)[-1] == ["fy/2024", 3, 50430, 3, None, 0, None, 0]
    assert cells(section(made, "ministries").table) == [["甲省", 2, 50030, None], ["乙庁", 1, 400, None]]
    assert cells(section(made, "heat").table) == [["strategy/a", 2, 1, 1], ["strategy/b", 1, 1, 0]]


def test_a_ministry_and_its_measures(money: EmbeddedStore) -> None:
    made = make(money, of_ministry="甲省")
    assert made.title.ja == "甲省"
    heat = section(made, "heat")
    assert cells(heat.table) == [["strategy/a", 1, 1, 1], ["strategy/b", 1, 1, 1]]
    assert [c.heading.ja for c in heat.table.columns][2:] == ["measure/m", "measure/n"]


def test_a_ministry_is_meant_where_others_share_its_name(money: EmbeddedStore) -> None:
    store = EmbeddedStore()
    for graph in money.graphs():
        store.load(graph, (f"{triple} <{graph}> .\n" for triple in money.triples(graph)))
    extra = "https://w3id.org/konkyo/graph/names"
    kind, called = (
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
        "<https://w3id.org/konkyo/ns#searchKey>",
    )
    store.load(
        extra,
        (
            line
            for key in ("org/x", "payee/1")
            for line in (
                f"<{ID}{key}> {kind} <http://www.w3.org/ns/org#Organization> <{extra}> .\n",
                f'<{ID}{key}> {called} "甲省" <{extra}> .\n',
            )
        ),
    )
    assert make(store, "甲省").title.ja == "甲省"


def test_a_measure_of_the_sheet(built_store: EmbeddedStore) -> None:
    made = make(built_store, "国際戦略の推進")
    own = section(made, "own")
    assert cells(own.table) == [
        ["平成22年度", 3_955_984_000, 4_953_860_000],
        ["平成23年度", 2_880_489_000, None],
        ["平成24年度", 2_868_287_000, None],
    ]
    # Every amount leads to its lines.
    assert all(cell.references for row in own.table.rows for cell in row[1:] if cell.value is not None)
    assert any("10件" in note.ja for note in own.notes)
    indicators = section(made, "indicators")
    row = next(row for row in indicators.table.rows if "受講者数" in str(row[0].value))
    assert [cell.value.ja for cell in row[1:]] == [  # type: ignore[union-attr]
        "100人（平成22年度）", "100人以上（平成23年度）", "225人（平成23年度）", "目標超過（導出）",
    ]  # fmt: skip
    places = [made.references[number - 1].ja for cell in row[1:4] for number in cell.references]
    assert [place.split()[1] for place in places] == ["L16-17", "L100-101", "L65-66"]
    bases = section(made, "bases")
    assert len(bases.table.rows) == 10 and {str(row[1].value.ja) for row in bases.table.rows} == {"明記"}  # type: ignore[union-attr]
    said = section(made, "statements").table
    assert said is not None
    told = [[str(getattr(cell.value, "ja", cell.value)) for cell in row] for row in said.rows]
    # Two verdicts in the sheet's words, two judgements and outlooks, three reports' advice, and an inquiry.
    assert [row[1] for row in told].count("判定") == 2 and len(told) == 10
    assert all("「" not in row[2] for row in told if row[1].endswith("（要約）"))


@pytest.mark.parametrize("name", ["測定指標3", "施策目標 a", "新成長戦略", "strategy/shin-seicho/2010-06-18"])
def test_other_kinds_have_reports(built_store: EmbeddedStore, name: str) -> None:
    name = {"施策目標 a": "objective/soumu-23-15/a"}.get(name, name)
    made = make(built_store, name)
    assert render_html(made, "ja").startswith("<!DOCTYPE html>") and made.files


def test_a_kind_without_a_report_says_what_has_one(built_store: EmbeddedStore) -> None:
    with pytest.raises(KonkyoError) as caught:
        make(built_store, "基本戦略ボード")
    assert "報告はありません" in caught.value.message.ja and caught.value.hint is not None


def test_every_query_that_a_report_names_exists(money: EmbeddedStore, built_store: EmbeddedStore) -> None:
    made = [
        make(money),
        make(money, ID + "strategy/a"),
        make(money, of_ministry="甲省"),
        make(built_store, "国際戦略の推進"),
    ]
    named = [query for report in made for part in report.sections for query in part.queries]
    assert named
    for query in named:
        assert query.stored or query.name == "trace"
        if query.stored:
            assert query.values.keys() <= {parameter.name for parameter in stored(query.name).parameters}


# --- pages ------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Collects what a strict policy or a screen reader would stumble over."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))


def parsed(text: str) -> Page:
    page = Page()
    page.feed(text)
    return page


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_page_loads_nothing_and_runs_nothing(
    money: EmbeddedStore, built_store: EmbeddedStore, lang: str
) -> None:
    for report in (make(money), make(money, ID + "strategy/a"), make(built_store, "国際戦略の推進")):
        text = render_html(report, lang)
        page = parsed(text)
        tags = [tag for tag, _ in page.tags]
        assert (
            not {"script", "iframe", "object", "img", "link", "form"} & set(tags) and tags.count("style") == 1
        )
        assert len(page.ids) == len(set(page.ids)), "ids are the page's own"
        for tag, attributes in page.tags:
            assert "style" not in attributes and not any(name.startswith("on") for name in attributes)
            for name in ("href", "src", "xlink:href"):
                value = attributes.get(name)
                assert (
                    value is None
                    or value.startswith("#")
                    or (tag == "a" and value.startswith("data:text/csv"))
                )
                if value and value.startswith("#"):
                    assert value[1:] in page.ids, value
        policy = next(a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv"))
        assert policy and "default-src 'none'" in policy and "unsafe" not in policy
        assert f'<html lang="{lang}">' in text


def test_a_page_is_the_same_at_every_run(money: EmbeddedStore) -> None:
    one, other = (render_html(make(money, ID + "strategy/a"), "ja") for _ in range(2))
    assert one == other
    assert "matplotlib" not in one.lower() and not re.search(r"\d\d:\d\d:\d\d", one)


def test_every_picture_has_its_table_and_every_header_its_scope(money: EmbeddedStore) -> None:
    page = parsed(render_html(make(money, ID + "strategy/a"), "ja"))
    tags = [tag for tag, _ in page.tags]
    # The map is a table by itself.
    assert tags.count("figure") == 1 <= tags.count("table")
    assert all(attributes.get("scope") for tag, attributes in page.tags if tag == "th")
    assert tags.index("figure") < tags.index("svg") < len(tags)
    assert any(attributes.get("class") == "cell h1" for tag, attributes in page.tags if tag == "td")


EVIL = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "]]>", "$x^2$", "\x1b[31m", "=1+1",
        "\u202ecod", "</style>", "&amp;", "'; DROP", "長" * 300, "%s", "\\frac{1}{2}", ""]  # fmt: skip
labels = st.one_of(st.sampled_from(EVIL), st.text(max_size=20)).map(lambda text: Words(text, text))


@settings(max_examples=examples(30))
@given(st.lists(labels, min_size=3, max_size=6))
def test_hostile_labels_stay_text(made: list[Words]) -> None:
    plot = Heat(tuple(made), tuple(made), tuple(tuple(range(len(made))) for _ in made))
    table = Table((Column(made[0]), Column(made[1], "count")), tuple((Cell(w, (1,)), Cell(3)) for w in made))
    bars = Money(tuple(made), (Series("initial", made[0], tuple(range(len(made)))),))
    parts = tuple(
        Section(f"s{n}", made[0], table, drawn, tuple(made), (Question("x", {}),))
        for n, drawn in enumerate((plot, bars))
    )
    report = Report(made[0], made[1], ((made[1], made[2]),), tuple(made), parts, (made[2],), (("f", "0"),))
    page = parsed(render_html(report, "ja"))
    tags = {tag for tag, _ in page.tags}
    assert not {"script", "img"} & tags
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert "\x1b" not in report_text(report, "ja") and "\u202e" not in report_csv(report, "ja")


def test_a_spreadsheet_takes_no_label_for_a_formula() -> None:
    table = Table((Column(Words("=a", "=a")),), ((Cell(Words("=1+1", "=1+1")),), (Cell(Words("-5", "-5")),)))
    empty = Report(Words("x", "x"), Words("x", "x"), (), (), (Section("s", Words("x", "x"), table),), (), ())
    text = unquote(re.search(r'href="data:text/csv;charset=utf-8,([^"]*)"', render_html(empty, "ja"))[1])  # type: ignore[index]
    assert [row[0] for row in csv.reader(io.StringIO(text.lstrip("\ufeff")))] == ["'=a", "'=1+1", "-5"]


def test_units_and_shades() -> None:
    assert unit_of(1_973_536_913_000, "ja") == (10**8, "億円") and unit_of(5 * 10**12, "ja") == (
        10**12,
        "兆円",
    )
    assert unit_of(4_000_000_000, "en") == (10**9, "billion yen") and unit_of(0, "ja") == (1, "円")
    assert [shade(n) for n in (0, 1, 2, 3, 10, 11, 50, 51)] == [0, 1, 1, 2, 3, 4, 5, 6]


@given(st.floats(1e-6, 1e9))
def test_ticks_are_round_and_hold_the_largest(largest: float) -> None:
    made = ticks(largest)
    assert made[0] == 0 and made[-1] >= largest * 0.999 and 3 <= len(made) <= 6
    assert all(f"{step:.3e}".rstrip("0").split("e")[0].strip(".0") in ROUND for step in made[1:2])


ROUND = ("1", "2", "2.5", "5")


def test_bars_are_as_long_as_their_numbers() -> None:
    plot = Money(tuple(Words(y, y) for y in "abc"), (Series("initial", Words("b", "b"), (50, 100, 0)),))
    drawn = draw(plot, "ja")
    assert re.findall(r'<rect class="f-a"[^>]* width="([^"]*)"', drawn) == ["50.00%", "100.00%", "0.00%"]
    assert re.findall(r">(50|100|0)</text></svg>", drawn)[:3] == ["50", "100", "0"]
    assert "hatch" not in drawn and "pattern" not in drawn


def test_a_picture_follows_the_page_and_not_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib as mpl

    mark = Mark("target", Words("a", "a"), "5", None, 5.0, None)
    plot = Scales((Scale(Words("b", "b"), "", (mark,)),))
    before = draw_scales(plot, "p", "ja")
    monkeypatch.setitem(mpl.rcParams, "font.size", 40)
    assert draw_scales(plot, "p", "ja") == before and mpl.rcParams["font.size"] == 40
    # All colours are classes of the page; none is left in the picture.
    assert not re.search(r"#[0-9a-f]{6}", before) and "s-a" in before
    assert draw_scales(plot, "q", "ja") != before


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_numbers_in_cells_and_bars_can_be_seen(scheme: int) -> None:
    """4.5 for letters, 3 for bars and marks (WCAG 1.4.3 and 1.4.11), in each scheme."""
    css = (Path(konkyo.present.report.__file__).parent / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    for number in range(1, 7):
        letters = colour["on-dark" if number >= 4 else "ink"]
        assert contrast(letters, colour[f"h{number}"]) >= 4.5, number
    for name in "abc":
        assert contrast(colour[name], colour["card"]) >= 3, name
        # A long bar has its number inside.
        assert contrast(colour[name], colour["on-dark"]) >= 4.5, name
    assert min(contrast(colour["soft"], colour[ground]) for ground in ("card", "stripe", "ground")) >= 4.5


# --- formats and the command ------------------------------------------------------------------------


def test_csv_has_each_number_with_its_source(built_store: EmbeddedStore) -> None:
    rows = list(csv.DictReader(io.StringIO(report_csv(make(built_store, "国際戦略の推進"), "en"))))
    found = [row for row in rows if row["value"] == "3955984000"]
    assert [(r["row"], r["column"]) for r in found] == [("FY2010", "initial budget (yen)")]
    assert "L132" in found[0]["sources"] and "budget-by-year" in found[0]["queries"]


def test_text_names_places_and_the_version_of_the_data(built_store: EmbeddedStore) -> None:
    text = report_text(make(built_store, "国際戦略の推進"), "ja")
    assert (
        "\n平成22年度\t39.6 [" in text
        and "（億円）" in text
        and "総務省23-⑮ L132" in text
        and "1ee926c6" in text
    )


def test_the_command_writes_a_page(
    store_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "measure.html"
    assert main(["--store", str(store_folder), "report", "国際戦略の推進", "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (
        main(["--store", str(store_folder), "report", "国際戦略の推進", "-o", str(tmp_path / "m.csv")]) == 0
    )
    assert (tmp_path / "m.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert main(["--store", str(store_folder), "--lang", "en", "report", "--format", "text"]) == 0
    assert "The whole government" in capsys.readouterr().out


def test_the_page_is_opened_where_that_is_asked_for(
    store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)))
    words = ["--store", str(store_folder), "report", "新成長戦略", "--open", "-o"]
    assert main([*words, str(tmp_path / "頁.html")]) == 0
    assert opened == [(tmp_path / "頁.html").as_uri()]
    assert "ブラウザーを開けません" in capsys.readouterr().err
    assert main([*words, str(tmp_path / "x.csv")]) == 2 and len(opened) == 1


def test_a_thing_and_a_ministry_exclude_each_other(
    store_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--store", str(store_folder), "report", "新成長戦略", "--ministry", "総務省"]) == 2
    assert "一緒に使えません" in capsys.readouterr().err


def test_matplotlib_is_imported_late() -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", "import konkyo.present.report, konkyo.cli.report, sys; print('matplotlib' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_a_report_of_nothing_says_so(built_store: EmbeddedStore) -> None:
    made = make(built_store)
    assert not made.sections and any("数えるものがない" in note.ja for note in made.notes)
    assert "数えるものがない" in render_html(replace(made), "ja")
