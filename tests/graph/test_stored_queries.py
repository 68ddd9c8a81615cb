"""Every stored query: its header, its parameters, and its rows from Oxigraph and from rdflib's own engine.

`queries/<name>/expected.csv` holds the rows in order, for `data.trig` beside it where there is one (invented
data, with the code lists added), else for the graph of the carried sheet. Where there are invented data,
`sheet.csv` holds the rows for the sheet. IRIs are written with a prefix, an unbound variable is empty. The rows for the sheet
were checked by hand against the reading note of the sheet.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from konkyo.build.summaries import BUDGETS, load_budgets
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import ontology_dir
from konkyo.graph.stored_queries import GROUPS, Parameter, names, parse, run, stored
from konkyo.model.codes import codes_of
from konkyo.model.graphs import SUMMARIES
from konkyo.model.namespaces import ID, PREFIXES, XSD, C, shorten
from konkyo.store import EmbeddedStore, Store
from support.rdflib_store import RdflibStore

CASES = Path(__file__).parents[1] / "cases" / "queries"
NAMES = names()
MEASURE = ID + "measure/soumu/3ac5d1655a705b21"
NUMERIC = {f"{XSD}{name}" for name in ("integer", "decimal", "double")}

Row = tuple[str, ...]
Stores = tuple[EmbeddedStore, RdflibStore]


def cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """A term as text: numbers by their value, since one engine keeps "7.0" and the other writes "7"."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        if term.datatype.value not in NUMERIC:
            return term.value
        try:
            return str(Decimal(term.value).normalize().__format__("f"))
        except InvalidOperation:
            return term.value
    assert isinstance(term, ox.NamedNode), f"no blank nodes in output: {term}"
    return shorten(term.value)


def table(store: Store, text: str) -> tuple[Row, list[Row]]:
    """The variables of an answer, and its rows in order."""
    answer = store.select(text)
    variables = tuple(variable.value for variable in answer.variables)
    return variables, [tuple(cell(row[name]) for name in variables) for row in answer]


def both(stores: Stores, text: str) -> list[Row]:
    """The rows of an answer, the same and in the same order from either engine."""
    native, oracle = (table(store, text) for store in stores)
    assert native == oracle
    return native[1]


def expected(path: Path) -> tuple[Row, list[Row]]:
    """The variables and rows of an expected result."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = (tuple(line) for line in csv.reader(file))
    return head, rows


@pytest.fixture(scope="session")
def sheet(built_store: EmbeddedStore, rdflib_store: RdflibStore) -> Stores:
    """The carried graph in both engines."""
    return built_store, rdflib_store


@cache
def invented(name: str) -> Stores | None:
    """The invented data of a query in both engines, each with the code lists; None where it has none."""
    path = CASES / name / "data.trig"
    if not path.is_file():
        return None
    quads: dict[str, list[str]] = {}
    for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        quads.setdefault(quad.graph_name.value, []).append(f"{quad} .\n")
    codes = f"{PREFIXES['c']}graph"
    quads[codes] = [
        f"{quad.triple} <{codes}> .\n"
        for quad in ox.parse(path=ontology_dir() / "codes.ttl", format=ox.RdfFormat.TURTLE)
    ]
    stores = EmbeddedStore(), RdflibStore()
    for graph, lines in quads.items():
        stores[0].load(graph, lines)
    # The amounts of each year as a build puts them together: the expected rows were found in the figures themselves.
    load_budgets(stores[0])
    quads[SUMMARIES] = [f"{triple} <{SUMMARIES}> .\n" for triple in stores[0].triples(SUMMARIES)]
    for graph, lines in quads.items():
        stores[1].load(graph, lines)
    return stores


@pytest.mark.parametrize("name", NAMES)
def test_a_query_answers_as_expected_in_both_engines(name: str, sheet: Stores) -> None:
    stores = invented(name) or sheet
    head, rows = expected(CASES / name / "expected.csv")
    assert rows, "an expected result without a row proves nothing"
    assert table(stores[0], stored(name).text)[0] == head
    assert both(stores, stored(name).text) == rows


# All rows of `justifications` for the sheet follow from seven links, and are tested as such below.
BOTH = [name for name in NAMES if (CASES / name / "data.trig").is_file() and name != "justifications"]


@pytest.mark.parametrize("name", BOTH)
def test_a_query_with_invented_data_answers_on_the_sheet_too(name: str, sheet: Stores) -> None:
    assert both(sheet, stored(name).text) == expected(CASES / name / "sheet.csv")[1]


def test_no_expected_result_is_left_over() -> None:
    assert {path.name for path in CASES.iterdir()} == set(NAMES)


# --- headers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_header_describes_title_parameters_and_columns(name: str, sheet: Stores) -> None:
    query = stored(name)
    assert re.search(r"^# title-ja: \S", query.text, re.MULTILINE)
    assert re.search(r"^# title-en: \S", query.text, re.MULTILINE)
    assert query.group in GROUPS
    in_text = set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.text))
    assert in_text == {parameter.name for parameter in query.parameters}
    # Nothing else is written like a parameter and then not bound.
    assert query.text.count("UNDEF") == len(re.findall(r"VALUES \?\w+ \{ UNDEF \}", query.text))
    # Every header line was understood: a misspelt kind would be dropped in silence.
    assert len(re.findall(r"^# param ", query.text, re.MULTILINE)) == len(query.parameters)
    assert tuple(query.columns) == table(sheet[0], query.text)[0]
    for words in (query.title, *query.columns.values(), *(item.label for item in query.parameters)):
        assert words.ja and words.en


def test_the_titles_tell_the_queries_apart() -> None:
    assert len({stored(name).title for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_runs_over_the_union_and_in_a_total_order(name: str) -> None:
    text = re.sub(r"#.*", "", stored(name).text)
    assert ("GRAPH" in text) == (name == "sources")
    assert "ORDER BY" in text.rpartition("}")[2] or "ORDER BY" in text.rpartition("WHERE")[2]
    assert set(re.findall(r"^PREFIX (\w+): <(.+)>$", text, re.MULTILINE)) <= set(PREFIXES.items())


def test_the_amounts_of_a_year_know_every_stage() -> None:
    assert all(f"(c:{stage} " in BUDGETS for stage in codes_of("BudgetStage"))


# --- parameters -------------------------------------------------------------------------------------

BOUND = [(name, item.name) for name in NAMES for item in stored(name).parameters]
# Parameters that are no column, and what binding one leaves of the rows.
BESIDE: dict[tuple[str, str], dict[str, list[int]]] = {
    ("uses-by-payee", "project"): {ID + "project/1": [0, 1], ID + "project/2": [3], ID + "project/3": [2]},
    ("justifications", "element"): {
        ID + "measure/1": [0, 3, 4],
        ID + "measure/2": [0],
        ID + "objective/1": [3, 4],
        ID + "indicator/1": [3, 4],
        ID + "project/2": [1, 2],
        ID + "strategy/s": [],
    },
    ("indicator-over-years", "indicator"): {
        ID + "i/2024": [1, 2, 3, 4, 5, 6],
        ID + "i/2025": [1, 2, 3, 4, 5, 6],
        ID + "i/single": [0],
    },
    ("sheet-indicator-over-years", "indicator"): {
        ID + "indicator/1/1": [1, 2, 3, 4],
        ID + "series": [1, 2, 3, 4],
        ID + "indicator/2/2": [0],
    },
    ("project-over-reviews", "start"): {
        ID + "alone": [0],
        ID + "p/18": [1, 2, 3],
        ID + "p/19b": [1, 2, 3],
    },
    ("diff-bases", "year"): {"2024": [0, 1, 5], "2025": [2, 3, 4]},
    ("cited-strategies", "year"): {"1970": []},
    ("diff-money", "year"): {"2024": [0, 3], "2025": [1, 2]},
    ("diff-steps", "year"): {"2024": [0, 1], "2025": [2, 3]},
    ("diff-indicators", "year"): {"2024": [0, 1, 3], "2025": [2]},
    ("diff-listed", "year"): {"2024": [0, 1], "2025": [2]},
    ("diff-elements", "year"): {"2024": [0, 2], "2025": [1]},
    ("diff-placements", "year"): {"2024": [0, 2], "2025": [1]},
    ("gap-projects-without-basis", "year"): {"令和6年度": [0, 2, 3], "2025": [1], "2012": []},
    ("gap-measures-without-basis", "year"): {"2024": [1, 2], "2025": [0]},
    ("gap-superseded-only", "year"): {"2024": [1, 2, 3], "2012": [0], "2025": []},
    ("gap-unresolved-citations", "year"): {"2024": [0, 2, 3, 4], "2025": [1]},
    ("gap-uncited-strategies", "year"): {"2024": [2, 3, 4, 5, 6, 7], "2012": [0, 1]},
    ("gap-outcomes-without-next", "year"): {"2024": [0], "2025": [1]},
    ("gap-mixed-editions", "year"): {"2024": [0, 1], "2025": []},
    ("gap-sums-that-differ", "year"): {"2024": [0, 1], "平成24年度": [2]},
    ("gap-older-than-basis", "year"): {"2024": [0, 1], "令和7年度": [2]},
    ("older-than-basis-by-strategy", "year"): {"1970": []},
    ("starts-of-projects", "year"): {"1970": []},
}


def typed(parameter: Parameter, shown: str) -> str:
    """A cell as a person would give it for a parameter."""
    prefix, _, local = shown.partition(":")
    iri = PREFIXES[prefix] + local if prefix in PREFIXES else shown
    match parameter.kind:
        case "year":
            return iri.removeprefix(f"{ID}fy/") + "年度"
        case "code":
            return iri.removeprefix(C)
        case _:
            return iri


# A project leaves other sums of payments, and not some of the rows: it has a test of its own.
@pytest.mark.parametrize(("name", "parameter"), sorted({*BOUND} - {("payments-by-payee", "project")}))
def test_a_bound_parameter_leaves_the_rows_that_fit(name: str, parameter: str, sheet: Stores) -> None:
    query = stored(name)
    stores = invented(name) or sheet
    head, rows = expected(CASES / name / "expected.csv")
    if (name, parameter) in BESIDE:
        for value, kept in BESIDE[name, parameter].items():
            assert both(stores, query.bind({parameter: value})) == [rows[index] for index in kept]
        return
    column = head.index(parameter)
    (item,) = (item for item in query.parameters if item.name == parameter)
    values = sorted({row[column] for row in rows} - {""})
    assert values
    for value in values[:3]:
        fitting = [row for row in rows if row[column] == value]
        assert both(stores, query.bind({parameter: typed(item, value)})) == fitting


@pytest.mark.parametrize(("name", "parameter"), BOUND)
def test_a_value_that_nothing_has_gives_no_row(name: str, parameter: str, sheet: Stores) -> None:
    query = stored(name)
    (item,) = (item for item in query.parameters if item.name == parameter)
    if item.kind == "code":
        return  # it takes only codes that are there
    value = {"iri": ID + "no/such/thing", "year": "1970年度"}[item.kind]
    assert both(invented(name) or sheet, query.bind({parameter: value})) == []


CODED = [(name, item) for name in NAMES for item in stored(name).parameters if item.kind == "code"]


@pytest.mark.parametrize(("name", "item"), CODED, ids=[name for name, _ in CODED])
def test_a_code_that_is_not_among_those_listed_is_refused(name: str, item: Parameter) -> None:
    codes = {
        quad.subject.value for quad in ox.parse(path=ontology_dir() / "codes.ttl", format=ox.RdfFormat.TURTLE)
    }
    assert item.choices and {C + choice for choice in item.choices} <= codes
    near = item.choices[0]
    for wrong, meant in (("bogus", ", ".join(item.choices)), (near[:-1], f"Perhaps: {near}. ")):
        with pytest.raises(KonkyoError) as refused:
            stored(name).bind({item.name: wrong})
        assert item.name in refused.value.report("ja") and wrong in refused.value.report("ja")
        assert meant in refused.value.report("en")
    # A query of one's own need not list them.
    assert "code/own" in parse("own", "# param x code: 水準 | level\nVALUES ?x { UNDEF }").bind({"x": "own"})


def test_all_parameters_at_once() -> None:
    stores = invented("changes-between-years")
    assert stores
    text = stored("changes-between-years").bind(
        {"before": "令和4年度", "after": "R5", "element": ID + "measure/1"}
    )
    assert [row[1] for row in both(stores, text)] == ["c:initial", "kk:hasAppearance"]


def test_the_years_asked_for_backwards_give_nothing() -> None:
    stores = invented("changes-between-years")
    assert stores
    assert both(stores, stored("changes-between-years").bind({"before": "2023", "after": "2022"})) == []


def test_payments_of_one_project_are_summed_for_it_alone() -> None:
    stores = invented("payments-by-payee")
    assert stores
    text = stored("payments-by-payee").bind({"project": ID + "project/2"})
    assert both(stores, text) == [
        ("id:org/x", "id:fy/2023", "1", "1", "500", "0", "0", "500"),
        ("id:org/z", "id:fy/2023", "1", "2", "63", "0", "0", "63"),
        ("id:org/y", "", "1", "1", "7", "0", "0", "7"),
    ]


HOSTILE = [
    "https://e/> } INSERT DATA { <https://e/a> <https://e/b> <https://e/c> } #",
    "https://e/> ?x <https://e/",
    "https://e/\n} ORDER BY ?x #",
    'https://e/"',
    "https://e/\\u003e",
    "https://e/{UNDEF}",
    "?owner",
    "UNDEF",
    "a> <b",
    '"""',
    "'; DROP ALL",
    "2011年度 }",
    "",
    "\x00",
    "\ud800",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(("name", "parameter"), BOUND)
def test_a_hostile_value_is_refused_or_stays_one_term(
    name: str, parameter: str, value: str, sheet: Stores
) -> None:
    query = stored(name)
    try:
        text = query.bind({parameter: value})
    except KonkyoError as error:
        assert parameter in error.report("ja")
        return
    # What was let through stands as one IRI where the parameter stands, and nowhere else.
    pieces = query.text.split(f"VALUES ?{parameter} {{ UNDEF }}")
    term = rf"VALUES \?{parameter} \{{ <[^<>\"{{}}|^`\\\x00-\x20]*> \}}"
    assert re.fullmatch(term.join(re.escape(piece) for piece in pieces), text)
    assert table(sheet[0], text)[1] == []


@pytest.mark.parametrize(
    "value", ["> } INSERT", '" } #', "'''", "a\nb", "\\", "?x", "VALUES ?x { UNDEF }", "あ"]
)
def test_a_text_parameter_is_bound_as_it_is(value: str) -> None:
    query = parse("trial", "# param x text: 文 | text\nSELECT ?x WHERE { VALUES ?x { UNDEF } }")
    text = query.bind({"x": value})
    for store in (EmbeddedStore(), RdflibStore()):
        (row,) = store.select(text)
        term = row["x"]
        assert isinstance(term, ox.Literal) and term.value == value


# --- the sheet, by what its reading note says -------------------------------------------------------


def test_justifications_of_the_measure_are_the_stated_ones_and_what_follows(sheet: Stores) -> None:
    def links(**values: str) -> set[Row]:
        return {(row[0], row[2], row[3]) for row in both(sheet, stored("justifications").bind(values))}

    of_measure = links(element=MEASURE)
    assert of_measure == links()
    stated = {link for link in of_measure if link[2] == "c:stated"}
    sections = {link[1] for link in stated}
    assert len(stated) == len(sections) == 7 and {link[0] for link in stated} == {shorten(MEASURE)}
    derived = {link for link in of_measure if link[2] == "c:derived"}
    owners = {f"id:objective/soumu-23-15/{key}" for key in ("basic", "a", "b")}
    owners |= {f"id:indicator/soumu-23-15/{number}" for number in range(1, 6)}
    assert derived == {(owner, section, "c:derived") for owner in owners for section in sections}
    assert len(of_measure - stated - derived) == len(links(level="interpreted")) == 5
    # What was rejected is no justification, so it is refused and not answered by nothing.
    with pytest.raises(KonkyoError, match="rejected"):
        links(level="rejected")


def test_the_participants_rest_on_all_four_strategies(sheet: Stores) -> None:
    text = stored("justifications").bind({"element": ID + "indicator/soumu-23-15/3", "level": "derived"})
    rows = both(sheet, text)
    assert len({row[1] for row in rows}) == 4 and len({row[2] for row in rows}) == 7
    # Its own place in the sheet is part of the evidence of each of the seven.
    assert sum(row[5] == "L11-12" for row in rows) == 7


def test_no_execution_is_made_up(sheet: Stores) -> None:
    variables, rows = table(sheet[0], stored("budget-by-year").text)
    assert {row[variables.index("executed")] for row in rows} == {""}
    assert (
        sum(
            Decimal(row[2]) != 0 and row[3] == ""
            for row in table(sheet[0], stored("unplaced-figures").text)[1]
        )
        == 5
    )


# --- engines ----------------------------------------------------------------------------------------


def test_oxigraph_itself_answers(
    built_store: EmbeddedStore, rdflib_store: RdflibStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """rdflib may stand behind a query unnoticed and be fifty times slower: here it cannot answer at all."""

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("rdflib's engine was asked")

    monkeypatch.setattr("rdflib.plugins.sparql.processor.evalQuery", refuse)
    with pytest.raises(KonkyoError, match="rdflib's engine was asked"):
        run(rdflib_store, "summary")
    assert isinstance(run(built_store, "summary"), ox.QuerySolutions)
