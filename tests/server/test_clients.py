"""Real clients: curl, SPARQLWrapper, rdflib's SPARQLStore, and YASGUI in Chromium."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from support import absent, npm_package
from support.pages import guarded
from support.serving import Running, running
from support.waiting import GUARD

MEASURES = "SELECT ?s { ?s a <https://w3id.org/konkyo/ns#Measure> }"
JAPANESE = 'SELECT ?s { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> "新成長戦略"@ja }'
YASGUI = "@zazuko/yasgui@4.6.2"
YASGUI_SHA512 = "Zw45KdPoAE1KRaAoxIHdQqeJxvaVG1oQdntw0hy0ktX35Zu8ZccuOLrXCLwR+GU+0xMzLw8Mjw6BkSZV2vUuQw=="


def curl(*arguments: str) -> str:
    if shutil.which("curl") is None:
        absent.wanted("curl", "apt-get install curl")
    done = subprocess.run(
        ["curl", "-sS", "--noproxy", "*", "--max-time", f"{GUARD:g}", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_curl(carried: Running) -> None:
    url = carried.url + "/sparql"
    answers = [
        curl("-G", "--data-urlencode", f"query={JAPANESE}", url),
        curl("--data-urlencode", f"query={JAPANESE}", url),
        curl("-H", "Content-Type: application/sparql-query", "--data-binary", JAPANESE, url),
    ]
    assert answers[0] == answers[1] == answers[2]
    assert json.loads(answers[0])["results"]["bindings"][0]["s"]["value"].endswith("strategy/shin-seicho")
    assert curl("-H", "Accept: text/csv", "-G", "--data-urlencode", f"query={MEASURES}", url).startswith(
        "s\n"
    )
    assert "skos:prefLabel" in curl(
        "-L", "-H", "Accept: text/turtle", carried.url + "/id/strategy/shin-seicho"
    )
    failing = ["-o", "/dev/null", "-w", "%{http_code}", "-G", "--data-urlencode", "query=SELECT", url]
    assert curl(*failing) == "400"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("way", ["urlencoded", "postdirectly"])
def test_sparqlwrapper(carried: Running, method: str, way: str) -> None:
    import SPARQLWrapper as wrapper

    client = wrapper.SPARQLWrapper(carried.url + "/sparql")
    client.setMethod(method)
    client.setRequestMethod(way if method == "POST" else "urlencoded")
    for form in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setQuery(JAPANESE)
        client.setReturnFormat(form)
        answer = client.queryAndConvert()
        shown = answer.toxml() if form == wrapper.XML else str(answer)
        assert "strategy/shin-seicho" in shown
    client.setQuery("ASK { ?s a <https://w3id.org/konkyo/ns#Measure> }")
    client.setReturnFormat(wrapper.JSON)
    assert client.queryAndConvert()["boolean"] is True
    for form in (wrapper.TURTLE, wrapper.RDFXML, wrapper.N3, wrapper.JSONLD):
        client.setQuery("DESCRIBE <https://w3id.org/konkyo/id/strategy/shin-seicho>")
        client.setReturnFormat(form)
        answer = client.queryAndConvert()
        graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
        assert len(graph) > 3
    client.setQuery("SELECT")
    client.setReturnFormat(wrapper.JSON)
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_store(carried: Running, method: str) -> None:
    graph = Graph(SPARQLStore(carried.url + "/sparql", method=method, context_aware=False))
    found = {row.s for row in graph.query(JAPANESE)}  # type: ignore[union-attr]
    assert found == {URIRef("https://w3id.org/konkyo/id/strategy/shin-seicho")}
    assert bool(graph.query("ASK { ?s a <https://w3id.org/konkyo/ns#Measure> }"))
    assert (next(iter(found)), None, None) in graph
    constructed = graph.query("CONSTRUCT WHERE { ?s a <https://w3id.org/konkyo/ns#Strategy> }").graph
    assert constructed is not None and len(constructed) >= 1
    # It names a default graph of its own, which is none of ours.
    aware = Graph(SPARQLStore(carried.url + "/sparql", method=method))
    assert {row.s for row in aware.query(JAPANESE)} == found  # type: ignore[union-attr]


# --- YASGUI -----------------------------------------------------------------------------------------

PAGE = """<!doctype html><meta charset="utf-8"><title>YASGUI</title>
<link rel="stylesheet" href="yasgui.min.css"><div id="yasgui"></div><script src="yasgui.min.js"></script>
<script>
Yasgui.Yasqe.defaults.autocompleters = [];
const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint: "%s", method: "%s" }, copyEndpointOnNewTab: false,
});
yasgui.getTab().setQuery(%s);
yasgui.getTab().query();
</script>"""


@pytest.fixture(scope="module")
def yasgui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder with YASGUI, served on an origin of its own."""
    folder = tmp_path_factory.mktemp("yasgui")
    names = ("yasgui.min.js", "yasgui.min.css")
    files = npm_package.fetched(YASGUI, YASGUI_SHA512, [f"build/{name}" for name in names], folder)
    for name, data in zip(names, files, strict=True):
        (folder / name).write_bytes(data)
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined,method-assign]
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{web.server_address[1]}"
        web.shutdown()


@pytest.mark.browser
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_yasgui_in_chromium(store_folder: Path, yasgui: tuple[Path, str], browser: Any, method: str) -> None:
    folder, address = yasgui
    with running(store_folder, workers=1, cors=True) as made:
        (folder / "index.html").write_text(PAGE % (made.url + "/sparql", method, json.dumps(JAPANESE)))
        page = guarded(browser)
        others: list[str] = []

        def only_ours(route: Any) -> None:
            url = route.request.url
            if url.startswith((address, made.url, "data:")):
                route.continue_()
            else:
                others.append(url)
                route.abort()

        page.route("**/*", only_ours)
        page.goto(address + "/index.html")
        page.wait_for_selector(".yasr_results table tbody tr")
        shown = page.inner_text(".yasr_results table")
        page.close()
    assert "strategy/shin-seicho" in shown
    assert not others, f"YASGUI called {others}"
