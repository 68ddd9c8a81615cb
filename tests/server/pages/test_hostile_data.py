"""Every text cell of the files holds what a stranger would put there: no page has an element or an address of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.server.sparql import evaluate
from konkyo.store import open_store
from support.pagecheck import read
from support.payloads import PAYLOADS, RUN
from support.rs_rows import sample, write_csv

ADDRESSES = [
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    'https://a.example/"onmouseover=alert(1)//',
]
KEPT = {"シート種別", "事業年度", "予算事業ID", "所管府省庁", "政策所管府省庁", "府省庁"}
# What pages have of their own.
OWN = re.compile(
    r"<(script|style)>|\w+ style=[^<>]*|meta http-equiv=Content-Security-Policy|link href=data:,|a href=data:text/csv;[^<>\"]*"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, make_client: Callable[..., TestClient]) -> TestClient:
    folder, payloads, addresses = tmp_path_factory.mktemp("hostile"), cycle(PAYLOADS), cycle(ADDRESSES)

    def cell(name: str, text: str) -> str:
        if "URL" in name and text.startswith("http"):
            return next(addresses)
        return text + next(payloads) if name not in KEPT and re.search("[ぁ-んァ-ン一-龥]", text) else text

    for kind in ("1-1", "1-2", "1-3", "1-5", "2-1", "3-1", "4-1", "5-1"):
        rows = [{name: cell(name, text) for name, text in row.items()} for row in sample(kind)]
        write_csv(folder, kind, rows)
    build([folder], folder / "store")
    return make_client(KnowledgeGraph(open_store(folder / "store")))


PAGES = [
    "/", "/overview", "/search?q=見本", "/strategies", "/laws", "/ministries", "/gaps", "/report", "/report?thing=project/9001", "/view?thing=project/9001",
    *(f"/page/id/{key}" for key in ("project/9001", "project/9002", "project/9003", "org/soumu")),
    *(f"/queries/{name}" for name in ("legal-basis", "payments-by-payee", "cited-strategies")), "/embed/legal-basis",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_an_element_of_the_data(hostile: TestClient, path: str) -> None:
    for lang in ("ja", "en"):
        answer = hostile.get(
            path, params={"lang": lang} if "?" not in path else None, headers={"Accept": "text/html"}
        )
        assert answer.status_code == 200
        page = read(answer.text)
        assert not [one for one in page.faults if not OWN.fullmatch(one)]
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, re.DOTALL)
        assert not [text for kind, text in scripts if RUN in text and "json" not in kind]
        assert "evil.example" not in " ".join(page.links)


def test_answers_of_queries_have_none_either(hostile: TestClient) -> None:
    texts = 'SELECT ?s ?o { ?s ?p ?o FILTER(CONTAINS(STR(?o), "ran=1") || CONTAINS(STR(?o), "example")) }'
    terms = f'SELECT ("<script>{RUN}</script>" AS ?a) (<javascript:{RUN}> AS ?b) ("abc"^^<http://www.w3.org/2001/XMLSchema#integer> AS ?c) {{}}'
    for query in (texts, terms):
        shown = answer(hostile, query, "text/html").decode()
        assert "ran=1" in shown and f"<script>{RUN}" not in shown
        assert not re.search(r"(?:href|src)=['\"]?(?:javascript|data):", shown)


def test_xml_is_well_formed(hostile: TestClient) -> None:
    rows = ElementTree.fromstring(answer(hostile, "SELECT * { ?s ?p ?o }", "application/sparql-results+xml"))
    graph = ElementTree.fromstring(
        answer(hostile, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/rdf+xml")
    )
    assert len(rows) == 2 and len(graph) > 100


def answer(hostile: TestClient, query: str, accept: str) -> bytes:
    """Return what a worker answers."""
    graph: KnowledgeGraph = hostile.app.state.service.graph  # type: ignore[attr-defined]
    whole = {
        "default": [],
        "named": [],
        "wanted": None,
        "max_rows": 100_000,
        "max_bytes": 1 << 26,
        "truncate": False,
    }
    head, body = evaluate.query(
        graph, text=query, accept=accept, lang="ja", root="", base="http://127.0.0.1/sparql", **whole
    )  # type: ignore[arg-type]
    assert head.get("media", "").startswith(accept)
    return body
