"""The part of the graph that is asked in the browser: what it is said to answer, it answers as the whole graph does."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from konkyo.graph.stored_queries import StoredQuery, names, stored
from konkyo.model.namespaces import ID
from konkyo.server.site import browser, browser_graph
from konkyo.server.site.browser_graph import BrowserGraph
from konkyo.store import EmbeddedStore, open_store
from support import absent, npm_package
from support.waiting import LONG_GUARD

SCRIPTS = Path(browser.__file__).parent / "scripts"
OXIGRAPH = Path(browser.__file__).parent / "oxigraph"
PACKAGE = "oxigraph@0.5.11"
PACKAGE_SHA512 = "zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng=="


@pytest.fixture(scope="module")
def whole(pair_folder: Path) -> EmbeddedStore:
    """Two invented review years and the carried sheet."""
    return open_store(pair_folder)


@pytest.fixture(scope="module")
def part(whole: EmbeddedStore) -> BrowserGraph:
    """What is taken of them where nothing is small enough to be taken whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(browser_graph, "_MOST_OF_A_WHOLE", 0)
        patch.setattr(browser_graph, "_MOST_OF_A_QUERY", 20_000)
        return browser_graph.browser_graph(whole)


def loaded(part: BrowserGraph, modules: tuple[int, ...]) -> ox.Store:
    made = ox.Store()
    for number in modules:
        made.load(gzip.decompress(part.modules[number].content), format=ox.RdfFormat.N_TRIPLES)
    return made


def rows(answer: Any) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in answer]


def test_what_is_offered_is_answered_as_by_the_whole(whole: EmbeddedStore, part: BrowserGraph) -> None:
    answered = 0
    for query, modules in part.answered:
        here = loaded(part, modules)
        found = rows(whole.select(query.text))
        assert sorted(rows(here.query(query.text))) == sorted(found), query.name
        answered += bool(found)
        for text in bound(whole, query):
            assert sorted(rows(here.query(text))) == sorted(rows(whole.select(text))), query.name
    assert answered > 30


def bound(whole: EmbeddedStore, query: StoredQuery) -> list[str]:
    """Return the query with each parameter bound that is a column too, to what the first row has."""
    answer = whole.select(query.text)
    columns = [variable.value for variable in answer.variables]
    first = next(iter(answer), None)
    return [
        query.text.replace(f"VALUES ?{one.name} {{ UNDEF }}", f"VALUES ?{one.name} {{ {first[one.name]} }}")
        for one in query.parameters
        if first is not None and one.name in columns and first[one.name] is not None
    ]


def test_what_is_said_to_be_there_whole_is(whole: EmbeddedStore, part: BrowserGraph) -> None:
    for module in part.modules:
        pattern = f"?s a <{module.iri}>" if module.is_class else f"?s <{module.iri}> ?o"
        (row,) = whole.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        assert module.whole == (module.count == int(row["n"].value))
        assert module.whole or module.iri in part.missing
    assert any(not module.whole for module in part.modules)


def test_every_stored_query_is_offered_or_told_to_need_more(part: BrowserGraph) -> None:
    assert (
        sorted([*(query.name for query, _ in part.answered), *(query.name for query in part.others)])
        == names()
    )
    assert "sources" in {query.name for query in part.others}  # it asks named graphs, which the part has not


def test_it_is_no_larger_than_it_may_be(whole: EmbeddedStore, part: BrowserGraph) -> None:
    most = sum(len(module.content) for module in part.modules) // 2
    less = browser_graph.browser_graph(whole, most)
    assert sum(len(module.content) for module in less.modules) <= most or not less.answered
    assert len(less.answered) < len(part.answered)


# --- what a query names, told in the browser by its text ------------------------------------------------------

OPEN = [
    "SELECT * { ?s ?p ?o }", "SELECT ?s { ?s a kk:X ; ?p ?o }", "SELECT ?s { [ ?p ?o ] }", "SELECT ?s { ?s a ?kind }",
    "SELECT ?s { GRAPH ?g { ?s kk:x ?o } }", "SELECT ?s { ?s !kk:x ?o }", "SELECT ?s { ?s !(kk:x|^kk:y) ?o }",
    "SELECT ?s { ?s !a ?o }", "DESCRIBE <urn:x>", "SELECT ?s { ?s rdf:type/rdfs:subClassOf* ?c }", "SELECT ?s { ?s a/kk:x ?c }",
    'SELECT ?s { ?s kk:x "a" . <urn:x> ?p "b" }', "SELECT ?s { ?s \\u006bk:x ?o }", "SELECT ?a ?b { { SELECT ?a { ?s kk:x ?a } } ?s ?b ?a }",
    "SELECT ?s { ?s # comment\n ?p # another\n ?o }", "SELECT ?s { SERVICE <urn:x> { ?s kk:x ?o } }", "SELECT ?s { (1 2) ?p ?o }",
    "SELECT ?s FROM <urn:g> { ?s kk:x ?o }", "BASE <urn:x:> SELECT ?s { ?s <y> ?o }",
]  # fmt: skip
SURE = [
    "SELECT ?s ?o ?x WHERE { ?s kk:x ?o ; kk:y ?x . FILTER(!BOUND(?x) && ?o IN (1, 2)) } GROUP BY ?s ?o ?x ORDER BY ?s ?o",
    "SELECT ?s { VALUES (?s ?o) { (kk:a kk:b) } ?s kk:x|^kk:y ?o . ?o a kk:Z }",
    'SELECT ?s { ?s kk:x "?a ?b ?c { GRAPH"@ja . # ?s ?p ?o\n }',
]
PREFIXES = "PREFIX kk: <urn:kk:>\nPREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\nPREFIX rdfs: <urn:rdfs:>\n"
IN_NODE = """
const fs = require("node:fs"), vm = require("node:vm");
vm.runInThisContext(fs.readFileSync(process.argv[1], "utf8"));
const { texts, values, rows } = JSON.parse(fs.readFileSync(0, "utf8"));
const spaces = { ids: "urn:id/", codes: "urn:code/", years: "urn:fy/" };
process.stdout.write(JSON.stringify({
  named: texts.map((text) => konkyoTerms.namesOf(text)).map(({ iris, sure }) => [[...iris], sure]),
  terms: values.map(([kind, value]) => konkyoTerms.termOf({ kind, choices: ["stated"] }, value, spaces)),
  csv: konkyoTerms.csv(rows),
  bound: konkyoTerms.bound("VALUES ?a { UNDEF } VALUES ?b { UNDEF }", { a: '"VALUES ?b { UNDEF }"', b: "1" }),
}));
"""
VALUES = [
    ("iri", "https://w3id.org/konkyo/id/x"), ("iri", "strategy/x"), ("iri", "urn:x> } ; DROP ALL #"), ("iri", "javascript"),
    ("text", 'a"b\\c\nd'), ("integer", "12"), ("integer", "1 } UNION {"), ("code", "stated"), ("code", "x"),
    ("year", "2024"), ("year", "令和６年度"), ("year", "R元"), ("year", "x"),
]  # fmt: skip
TERMS = [
    "<https://w3id.org/konkyo/id/x>", "<urn:id/strategy/x>", None, None, '"a\\"b\\\\c\\nd"',
    '"12"^^<http://www.w3.org/2001/XMLSchema#integer>', None, "<urn:code/stated>", None,
    "<urn:fy/2024>", "<urn:fy/2024>", "<urn:fy/2019>", None,
]  # fmt: skip


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the script says of all texts and values, asked once."""
    node = shutil.which("node")
    if node is None:
        absent.wanted("node", "apt-get install nodejs")
    asked = {
        "texts": [*(PREFIXES + text for text in (*OPEN, *SURE)), *(stored(name).text for name in names())],
        "values": VALUES,
        "rows": [["=1+1", "-5", "a,b", 'x"y', "'q", "＝x", "-"]],
    }
    done = subprocess.run(
        [node, "-e", IN_NODE, str(SCRIPTS / "sparql_terms.js")],
        input=json.dumps(asked), capture_output=True, text=True, timeout=LONG_GUARD, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_a_query_that_may_look_at_anything_is_not_taken_for_sure(told: dict[str, Any]) -> None:
    sure = dict(zip((*OPEN, *SURE), (sure for _, sure in told["named"]), strict=False))
    assert [text for text in OPEN if sure[text]] == []
    assert [text for text in SURE if not sure[text]] == []
    assert set(told["named"][len(OPEN) + 1][0]) >= {"urn:kk:x", "urn:kk:y", "urn:kk:Z"}


def test_of_a_stored_query_it_names_all_that_the_query_needs(told: dict[str, Any]) -> None:
    surely = 0
    for name, (iris, sure) in zip(names(), told["named"][len(OPEN) + len(SURE) :], strict=True):
        plan = browser_graph._plan(stored(name).text)
        if sure:
            assert plan is not None, name
            patterns = [pattern for own in plan.joins.values() for pattern in own]
            wanted = {browser_graph._key(pattern) for pattern in patterns}
            paths = {predicate[1:-1] for closure in plan.closures for predicate in closure.predicates}
            assert None not in wanted and {key[0] for key in wanted if key} | paths <= set(iris), name
            surely += 1
    assert surely > 30


def test_values_are_terms_and_nothing_else(told: dict[str, Any]) -> None:
    assert told["terms"] == TERMS
    assert told["bound"] == 'VALUES ?a { "VALUES ?b { UNDEF }" } VALUES ?b { 1 }'


def test_no_cell_of_csv_is_a_formula(told: dict[str, Any]) -> None:
    assert told["csv"] == '\ufeff\'=1+1,-5,"a,b","x""y",\'\'q,\'＝x,-\r\n'


# --- Oxigraph ---------------------------------------------------------------------------------------------------


def carried() -> dict[str, bytes]:
    return {
        "web.js": (OXIGRAPH / "web.js").read_bytes(),
        "web_bg.wasm": gzip.decompress((OXIGRAPH / "web_bg.wasm.gz").read_bytes()),
    }


def test_the_engine_is_what_its_notice_says() -> None:
    notice = (OXIGRAPH / "README.md").read_text("utf-8")
    for name, content in carried().items():
        line = next(line for line in notice.splitlines() if line.startswith(f"| `{name}`"))
        assert hashlib.sha256(content).hexdigest() in line and PACKAGE.partition("@")[2] in line
    assert PACKAGE_SHA512 in Path(__file__).read_text("utf-8")


def test_the_engine_is_that_of_its_package(tmp_path: Path) -> None:
    names = ["web.js", "web_bg.wasm"]
    assert npm_package.fetched(PACKAGE, PACKAGE_SHA512, names, tmp_path) == [
        carried()[name] for name in names
    ]


def test_the_engine_carries_its_licence_and_is_no_module() -> None:
    content = browser.engine().content.decode()
    value = json.loads(re.fullmatch(r'konkyoPart\("engine",(.*)\);\n', content, re.DOTALL)[1])  # type: ignore[index]
    assert "Copyright (c) 2018 Oxigraph developers" in value["code"] and "IMPLIED" in value["code"]
    assert not re.search(r"^(?:export|import) |import\.meta", value["code"], re.MULTILINE)
    assert gzip.decompress(base64.b64decode(value["wasm"])) == carried()["web_bg.wasm"]


def test_places_of_things_are_those_of_their_pages(built_store: EmbeddedStore) -> None:
    from konkyo.api import KnowledgeGraph

    def page_of(iri: str) -> str | None:
        return None if iri.endswith("soumu") else iri.removeprefix(ID)

    found = {file.path: file.content for file in browser.files(KnowledgeGraph(built_store, "ja"), page_of)}
    pages = dict(json.loads(re.search(rb"\[.*\]", found["sparql/pages.js"])[0]))  # type: ignore[index]
    assert pages[f"{ID}strategy/shin-seicho"] == "strategy/shin-seicho" and f"{ID}org/soumu" not in pages
    assert {
        "sparql/index.html",
        "en/sparql/index.html",
        "sparql/engine.js",
        "sparql/list.js",
        "sparql/m/0.js",
    } <= found.keys()
    assert (
        b"'wasm-unsafe-eval'" in found["sparql/index.html"]
        and b"unsafe-inline" not in found["sparql/index.html"]
    )
