"""The endpoint: forms of answers, datasets, limits of size, and failures that tell what is wrong."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph

import konkyo.server.pages
from konkyo.model.namespaces import ID
from konkyo.server.sparql.results import write_rows, write_triples
from konkyo.store import building, connect
from konkyo.store.remote.http import StoreError
from konkyo.store.remote.store import RemoteStore
from support.serving import Running, running

SELECT = "SELECT ?s ?l { ?s a <https://w3id.org/konkyo/ns#Indicator> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?s ?l"
ASK = "ASK { ?s a <https://w3id.org/konkyo/ns#Measure> }"
CONSTRUCT = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . FILTER(STRENDS(STR(?c), 'Measure')) }"
DESCRIBE = "DESCRIBE <https://w3id.org/konkyo/id/strategy/shin-seicho>"
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def rows(body: bytes, media: str) -> list[list[str | None]]:
    if media == "text/csv":  # which pyoxigraph writes and does not read
        lines = list(__import__("csv").reader(io.StringIO(body.decode())))
        return [list(line) for line in lines[1:]]
    parsed = ox.parse_query_results(body, format=RESULTS[media])
    assert isinstance(parsed, ox.QuerySolutions)
    return [[None if term is None else term.value for term in row] for row in parsed]


@pytest.mark.parametrize("media", RESULTS)
def test_rows_in_every_form(carried: Running, media: str) -> None:
    response = carried.ask(SELECT, media)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media
    assert response.headers["vary"] == "Accept"
    wanted = rows(carried.ask(SELECT).content, "application/sparql-results+json")
    assert rows(response.content, media) == wanted and len(wanted) > 5


def test_csv_for_a_spreadsheet(carried: Running) -> None:
    """It has labels, a BOM, and no text that would be a formula; SPARQL's own CSV stays as the standard has it."""
    query = 'SELECT ?s ?t { ?s a <https://w3id.org/konkyo/ns#Measure> BIND("=1+1" AS ?t) } LIMIT 1'

    def asked(form: str) -> httpx.Response:
        return carried.get("/sparql", params={"query": query, "format": form, "lang": "ja"})

    response = asked("excel")
    assert response.headers["content-type"].startswith("text/csv")
    assert "attachment" in response.headers["content-disposition"]
    _, line = list(__import__("csv").reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert response.content.startswith("\ufeff".encode()) and line[1] == "'=1+1"
    assert line[0] and "://" not in line[0]
    assert "content-disposition" not in asked("csv").headers and ",=1+1" in asked("csv").text
    assert carried.get("/sparql", params={"query": CONSTRUCT, "format": "excel"}).status_code == 406


def test_csv_for_a_spreadsheet_has_the_same_limits(store_folder: Path) -> None:
    for limits in ({"max_rows": 3}, {"max_bytes": 400}):
        with running(store_folder, **limits) as made:
            parameters = {"query": SELECT, "format": "excel"}
            assert made.get("/sparql", params=parameters).status_code == 413
            cut = made.get("/sparql", params={**parameters, "truncate": "1"})
            assert cut.status_code == 200 and len(cut.content) <= limits.get("max_bytes", 1 << 20)
            lines = cut.content.decode("utf-8-sig").splitlines()
            assert int(cut.headers["x-sparql-maxrows"]) == len(lines) - 1 > 0


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize("media", GRAPHS)
def test_graphs_in_every_form(carried: Running, media: str, query: str) -> None:
    response = carried.ask(query, media)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media
    graph = Graph().parse(data=response.content, format=GRAPHS[media])
    wanted = Graph().parse(data=carried.ask(query, "application/n-triples").content, format="nt")
    assert set(graph) == set(wanted) and len(graph)


@pytest.mark.parametrize("media", RESULTS)
def test_yes_or_no_in_every_form(carried: Running, media: str) -> None:
    response = carried.ask(ASK, media)
    assert response.headers["content-type"].partition(";")[0] == media
    assert "true" in response.text


@pytest.mark.parametrize(
    ("accept", "query", "status", "media"),
    [
        (None, SELECT, 200, "application/sparql-results+json"),
        ("*/*", SELECT, 200, "application/sparql-results+json"),
        ("*/*", CONSTRUCT, 200, "text/turtle"),
        ("", SELECT, 200, "application/sparql-results+json"),
        ("text/*", SELECT, 200, "text/csv"),
        ("application/json", SELECT, 200, "application/json"),
        ("application/json", CONSTRUCT, 200, "application/json"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", SELECT, 200, "application/sparql-results+xml"),
        ("text/csv;q=0, */*", SELECT, 200, "application/sparql-results+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", SELECT, 200, "text/html"),
        ("image/png", SELECT, 406, "text/plain"),
        ("text/turtle", SELECT, 406, "text/plain"),
        ("text/csv", CONSTRUCT, 406, "text/plain"),
        ("text/csv;q=nan", SELECT, 406, "text/plain"),
        ("TEXT/CSV", SELECT, 200, "text/csv"),
        (";;,,=/", SELECT, 406, "text/plain"),
    ],
)  # fmt: skip
def test_what_a_client_likes(
    carried: Running, accept: str | None, query: str, status: int, media: str
) -> None:
    request = carried.client.build_request("GET", carried.url + "/sparql", params={"query": query})
    del request.headers["accept"]
    if accept is not None:
        request.headers["accept"] = accept
    response = carried.client.send(request)
    assert response.status_code == status, response.text
    assert response.headers["content-type"].partition(";")[0] == media


def test_the_form_in_the_address_goes_before_accept(carried: Running) -> None:
    response = carried.get(
        "/sparql", params={"query": SELECT, "format": "csv"}, headers={"Accept": "text/html"}
    )
    assert response.headers["content-type"].startswith("text/csv")
    response = carried.get("/sparql", params={"query": CONSTRUCT, "format": "xml"})
    assert response.headers["content-type"] == "application/rdf+xml"
    response = carried.get("/sparql", params={"query": SELECT, "format": "nonsense"})
    assert response.status_code == 406 and "text/csv" in response.text


@pytest.mark.parametrize(
    ("method", "headers", "body", "status", "words"),
    [
        ("POST", {}, b"", 415, "application/sparql-query"),
        ("POST", {"Content-Type": "text/plain"}, b"ASK {}", 415, "application/sparql-query"),
        ("POST", {"Content-Type": "application/sparql-query; charset=latin-1"}, b"ASK {}", 415, "UTF-8"),
        ("POST", {"Content-Type": "application/sparql-query"}, b"ASK { ?s ?p '\xff' }", 400, "UTF-8"),
        ("POST", {"Content-Type": "application/sparql-query"}, b"", 400, "empty"),
        ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, b"", 400, "no query"),
        ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, b"query=%ff", 400, "UTF-8"),
        ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, b"query=a&query=b", 400, "one query"),
        ("POST", {"Content-Type": "application/sparql-query"}, b"SELECT", 400, "not SPARQL"),
        ("POST", {"Content-Type": "application/sparql-query"}, b"INSERT DATA { <a:a> <a:b> 1 }", 400, "not SPARQL"),
        ("POST", {"Content-Type": "application/sparql-query"}, b"SELECT * { SERVICE <http://127.0.0.1/> {} }", 400, "SERVICE"),
        ("POST", {"Content-Type": "application/sparql-query"}, b"SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 400, "no graph"),
        ("POST", {"Content-Type": "application/sparql-query"}, b"SELECT * FROM <http://127.0.0.1/x> { ?s ?p ?o }", 400, "no graph"),
        ("POST", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403, "no update"),
        ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, b"update=CLEAR+ALL", 403, "no update"),
        ("PUT", {}, b"ASK {}", 405, "method"),
        ("DELETE", {}, b"", 405, "method"),
        ("PATCH", {"Content-Type": "application/sparql-query"}, b"ASK {}", 405, "method"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_met_is_told_why(
    carried: Running, method: str, headers: dict[str, str], body: bytes, status: int, words: str
) -> None:
    response = carried.client.request(method, carried.url + "/sparql", headers=headers, content=body)
    assert response.status_code == status, response.text
    assert words in response.text
    assert response.headers["content-type"].startswith("text/plain")
    if status == 405:
        assert "GET" in response.headers["allow"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"update": "CLEAR ALL"},
        {"query": "ASK {}", "using-graph-uri": "http://x/"},
        {"query": "ASK {}", "default-graph-uri": "file:///etc/passwd"},
        {"query": "ASK {}", "named-graph-uri": "not an IRI"},
    ],
)
def test_a_get_that_cannot_be_met(carried: Running, parameters: dict[str, str]) -> None:
    assert carried.get("/sparql", params=parameters).status_code in (400, 403)


def test_a_dataset_of_the_request(carried: Running) -> None:
    graphs = "https://w3id.org/konkyo/graph/"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def counted(query: str = count, **parameters: object) -> int:
        response = carried.get("/sparql", params={"query": query, **parameters})
        return int(response.json()["results"]["bindings"][0]["n"]["value"])

    strategies = counted(**{"default-graph-uri": graphs + "strategies"})
    both = counted(**{"default-graph-uri": [graphs + "strategies", graphs + "organizations"]})
    assert 0 < strategies < both < counted()
    assert counted(**{"default-graph-uri": "http://example.org/none"}) == 0
    assert counted(**{"named-graph-uri": graphs + "strategies"}) == 0
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert counted(named, **{"named-graph-uri": graphs + "strategies"}) == strategies
    assert counted(f"SELECT (COUNT(*) AS ?n) FROM <{graphs}strategies> {{ ?s ?p ?o }}") == strategies
    # What rdflib's client calls its own default graph is no graph of ours.
    assert counted(**{"default-graph-uri": "urn:x-rdflib:default"}) == counted()


def test_a_japanese_iri_by_every_way(tmp_path: Path) -> None:
    iri = "https://w3id.org/konkyo/id/項目/根拠 のない".replace(" ", "")
    with building(tmp_path / "store") as store:
        store.load(
            "https://w3id.org/konkyo/graph/x",
            [f'<{iri}> <http://x/p> "値"@ja <https://w3id.org/konkyo/graph/x> .\n'],
        )
    query = f"SELECT ?o {{ <{iri}> ?p ?o }}"
    with running(tmp_path / "store", workers=1) as made:
        url = made.url + "/sparql"
        form = urlencode({"query": query}).encode()
        answers = [
            made.client.get(f"{url}?query={quote(query, safe='')}"),
            made.client.post(url, content=form, headers={"Content-Type": "application/x-www-form-urlencoded"}),
            made.client.post(url, content=query.encode(), headers={"Content-Type": "application/sparql-query"}),
            made.client.post(url, content=query.encode(), headers={"Content-Type": 'application/sparql-query; charset="UTF-8"'}),
        ]  # fmt: skip
        assert [answer.status_code for answer in answers] == [200] * 4
        assert {answer.text for answer in answers} == {answers[0].text} and "値" in answers[0].text
        path = "/id/" + quote("項目/根拠のない")
        response = made.get(path, follow_redirects=True)
        assert response.status_code == 200 and "値" in response.text
        assert made.get(path + ".nt").status_code == 200
        assert made.get(f"{path}.html").headers["location"] == f"/page{path}"


LIMITED = {"workers": 1, "max_rows": 10, "max_bytes": 1500}
EVERYTHING = "SELECT ?s { ?s ?p ?o }"
LONG = "SELECT ?s ?p ?o ?t { ?s ?p ?o . ?o ?p ?t } LIMIT 10"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


def test_a_part_of_an_answer_never_looks_like_the_whole(store_folder: Path) -> None:
    """csv modules, pandas and SPARQLWrapper read a body and no headers."""
    with running(store_folder, **LIMITED) as made:
        for query, media, limit in [
            *((EVERYTHING, media, "rows") for media in RESULTS),
            (LONG, "text/csv", "bytes"),
            (LONG, "application/json", "bytes"),
            (GRAPH, "application/n-triples", "bytes"),
            (GRAPH, "text/turtle", "bytes"),
        ]:
            for response in (
                made.ask(query, media),
                made.client.post(made.url + "/sparql", data={"query": query}, headers={"Accept": media}),
            ):
                assert response.status_code == 413, f"{media}: {response.text}"
                assert response.headers["x-konkyo-limit"] == limit
                assert response.headers["content-type"].startswith("text/plain")
                assert (
                    "LIMIT" in response.text
                    and "truncate=1" in response.text
                    and "etag" not in response.headers
                )
        for query in (
            f"{EVERYTHING} LIMIT 10",
            "CONSTRUCT { ?s a ?p } WHERE { ?s ?p ?o } LIMIT 3",
            "ASK { ?s ?p ?o }",
        ):
            whole = made.ask(query, "*/*")
            assert whole.status_code == 200 and "x-konkyo-truncated" not in whole.headers
        page = made.ask(EVERYTHING, "text/html")
        assert page.status_code == 200 and "cut at the limit" in page.text, "a page for people says so itself"


def test_rows_end_at_the_limit_for_who_asks_for_that(store_folder: Path) -> None:
    with running(store_folder, **LIMITED) as made:

        def ask(query: str, media: str) -> httpx.Response:
            asked = {"query": query, "truncate": "1"}
            return made.client.get(made.url + "/sparql", params=asked, headers={"Accept": media})

        for media in RESULTS:
            response = ask(EVERYTHING, media)
            assert response.headers["x-konkyo-truncated"] == "rows=10"
            assert response.headers["x-sparql-maxrows"] == "10"
            assert len(rows(response.content, media)) == 10
        assert "x-konkyo-truncated" not in ask(f"{EVERYTHING} LIMIT 9", "text/csv").headers
        response = ask(LONG, "application/json")
        assert response.headers["x-konkyo-truncated"] == "bytes=1500"
        assert len(response.content) < 1700 and response.json()["results"]["bindings"]
        assert ask(GRAPH, "application/n-triples").headers["x-konkyo-truncated"].startswith(("rows", "bytes"))


def test_an_answer_known_already_is_not_sent_again(carried: Running) -> None:
    first = carried.ask(SELECT)
    assert first.headers["etag"].startswith('W/"')
    again = carried.client.get(
        carried.url + "/sparql",
        params={"query": SELECT},
        headers={"Accept": "application/sparql-results+json", "If-None-Match": first.headers["etag"]},
    )
    assert again.status_code == 304 and not again.content
    assert carried.ask(SELECT, "text/csv").headers["etag"] != first.headers["etag"]
    assert "etag" not in carried.ask("SELECT (NOW() AS ?t) {}").headers


def test_head_and_options(carried: Running) -> None:
    response = carried.client.head(carried.url + "/sparql", params={"query": ASK})
    assert response.status_code == 200 and int(response.headers["content-length"]) and not response.content
    response = carried.client.options(carried.url + "/sparql")
    assert response.status_code == 204 and response.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert "access-control-allow-origin" not in response.headers
    assert carried.client.options(carried.url + "/id/x").headers["allow"] == "GET, HEAD, OPTIONS"


def test_the_query_page_needs_no_script(carried: Running) -> None:
    browser = {"Accept": "text/html"}
    page = carried.get("/sparql", headers=browser)
    # The scripts that there are come from the server itself, and the form works without them (test_form_page_browser.py).
    assert page.status_code == 200 and "<textarea" in page.text
    assert re.findall(r"<script[^>]*>", page.text) == [
        f'<script src="/static/{name}.js" defer>' for name in ("editor", "tables")
    ]
    japanese = carried.get("/sparql", params={"lang": "ja"}, headers=browser)
    assert "保存済みの問合せ" in japanese.text and "Stored queries" in page.text
    example = carried.get("/sparql", params={"example": "justifications", "lang": "en"}, headers=browser)
    assert "# title-en:" in example.text
    answered = carried.get("/sparql", params={"query": SELECT, "format": "html"}, headers=browser)
    assert "/page/id/indicator/soumu-23-15/1" in answered.text
    hostile = "SELECT ('<script>alert(1)</script>' AS ?x) (IRI('javascript:alert(1)') AS ?y) {}"
    answered = carried.get("/sparql", params={"query": hostile, "format": "html"}, headers=browser)
    assert "<script>" not in answered.text and 'href="javascript' not in answered.text.replace("'", '"')


# --- the writers beside Oxigraph's own --------------------------------------------------------------

ODD = """SELECT * { VALUES (?a ?b) {
  (<http://x/a> "plain") (<http://x/&amp;?b="> "a,\\"b\\"\\r\\nc\\td") ("<x>&amp;]]>"@ja 1) (1.50 UNDEF) (true "日本"@ja-JP)
  ("  space " "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>) (UNDEF UNDEF) (1e3 "") } }"""


@pytest.mark.parametrize("form", ["json", "xml", "tsv", "csv"])
def test_odd_terms_are_written_as_oxigraph_writes_them(form: str) -> None:
    store = ox.Store()
    query = ODD.replace('<http://x/&amp;?b=">', "<http://x/&amp;?b=c>")
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    ours = write_rows(answer, form, 100, 10**6)
    assert ours.count == 8 and ours.cut is None
    chosen = {"json": "JSON", "xml": "XML", "tsv": "TSV", "csv": "CSV"}[form]
    theirs = store.query(query).serialize(format=getattr(ox.QueryResultsFormat, chosen))
    if form == "json":
        assert json.loads(ours.body)["results"] == json.loads(theirs)["results"]
    elif form == "csv":
        assert ours.body == theirs
    else:
        one, other = (
            [list(row) for row in ox.parse_query_results(body, format=getattr(ox.QueryResultsFormat, chosen))]
            for body in (ours.body, theirs)
        )
        assert one == other


def test_blank_nodes_and_no_columns() -> None:
    store = ox.Store()
    for form in ("json", "xml", "csv", "tsv"):
        answer = store.query("SELECT ?b { BIND(BNODE() AS ?b) }")
        assert isinstance(answer, ox.QuerySolutions)
        assert write_rows(answer, form, 9, 999).count == 1
        answer = store.query("SELECT * {}")
        assert isinstance(answer, ox.QuerySolutions)
        assert write_rows(answer, form, 9, 999).count == 1


def test_control_signs_make_no_broken_xml() -> None:
    store = ox.Store()
    store.add(
        ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("a\x01b\x0bc\ufffed"))
    )
    answer = store.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(answer, ox.QuerySolutions)
    parsed = ox.parse_query_results(write_rows(answer, "xml", 9, 999).body, format=ox.QueryResultsFormat.XML)
    assert [row[0].value for row in parsed] == ["a␁b␋c\ufffdd"]


def test_a_graph_has_each_triple_once() -> None:
    triple = ox.Triple(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("c"))
    written = write_triples([triple] * 5, "nt", 3, 10_000)
    assert written.count == 1 and written.cut is None


def test_curl_like_requests_without_any_header(carried: Running) -> None:
    with httpx.Client(trust_env=False, headers={}) as bare:
        assert bare.get(carried.url + "/sparql", params={"query": ASK}).json()["boolean"] is True


def test_konkyo_reads_its_own_endpoint_and_takes_it_for_no_other(carried: Running) -> None:
    store = connect(carried.url + "/sparql")
    assert isinstance(store, RemoteStore) and store.endpoint.profile.name == "generic"
    assert bool(store.query(f"ASK {{ <{ID}strategy/shin-seicho> ?p ?o }}"))
    with pytest.raises(StoreError, match="This server is for reading"):
        RemoteStore(carried.url + "/sparql").probe()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_wrong_query_is_kept_in_the_form_with_its_place(carried: Running, lang: str) -> None:
    wrong = "SELECT ?x {\n  ?x a kk:Strategy }"
    answer = carried.get(f"/sparql?query={quote(wrong)}&lang={lang}", headers={"Accept": "text/html"})
    assert answer.status_code == 400 and answer.headers["cache-control"] == "no-store"
    assert f">{wrong}</textarea>" in answer.text
    assert "PREFIX kk: &lt;https://w3id.org/konkyo/ns#&gt;" in answer.text
    assert re.search(r"kk:Strategy \}\n +\^", answer.text)
    # A program gets the problem alone.
    told = carried.get(f"/sparql?query={quote(wrong)}", headers={"Accept": "*/*"})
    assert told.status_code == 400 and "<html" not in told.text


# --- what the page of the form offers -----------------------------------------------------------------


def test_the_terms_of_the_editor_are_those_of_the_ontology(carried: Running) -> None:
    told = {
        lang: carried.get("/sparql/terms", headers={"Accept-Language": lang}).json() for lang in ("ja", "en")
    }
    named = {lang: {term["name"]: term for term in told[lang]["terms"]} for lang in told}
    assert named["ja"]["kk:Strategy"] == {"name": "kk:Strategy", "kind": "class", "label": "戦略・計画等"}
    assert named["ja"]["kk:basisStrategy"]["kind"] == "property" and named["ja"]["c:stated"]["kind"] == "code"
    # Other vocabularies' terms are there as far as the data has them.
    assert named["en"]["skos:prefLabel"] == {"name": "skos:prefLabel", "kind": "property", "label": ""}
    assert named["en"].keys() == named["ja"].keys()
    assert {name.split(":")[0] for name in named["ja"]} <= told["ja"]["prefixes"].keys()


def test_an_answer_is_a_table_with_bars_or_a_network(carried: Running) -> None:
    query = (
        "PREFIX kk: <https://w3id.org/konkyo/ns#> SELECT ?measure ?objective (COUNT(?i) AS ?n) "
        "{ ?measure kk:hasObjective ?objective . ?objective kk:hasIndicator ?i } GROUP BY ?measure ?objective ORDER BY DESC(?n)"
    )
    parameters = {"query": query, "lang": "ja"}
    page = carried.get("/sparql", params=parameters, headers={"Accept": "text/html"}).text
    assert page.count("<svg class='bar'") > 1 and "data-sortable" in page
    drawn = carried.get(
        "/sparql", params={**parameters, "format": "network"}, headers={"Accept": "text/html"}
    )
    policy = drawn.headers["content-security-policy"]
    assert "sha256-" in policy and "unsafe" not in policy
    assert '"objective"' in drawn.text and "問合せの答え" in drawn.text
    wrong = carried.get(
        "/sparql", params={"query": "SELECT", "format": "network"}, headers={"Accept": "text/html"}
    )
    assert wrong.status_code == 400 and 'id="query"' in wrong.text


def test_the_editor_is_the_one_that_is_named() -> None:
    folder = Path(konkyo.server.pages.__file__).parent
    built = hashlib.sha256((folder / "static" / "editor.js").read_bytes()).hexdigest()
    assert built in (folder / "THIRD-PARTY.md").read_text(encoding="utf-8")
