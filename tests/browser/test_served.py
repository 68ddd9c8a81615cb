"""A page that its server hands out: neighbours are loaded on demand from there, and from nowhere else."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pytest

from konkyo.present.view import content_policy, network_json, render_html
from support.pages import guarded, until_in
from support.sample_graph import HOSTILE, ID, MEASURE, sample_graph
from support.viewer_page import click_thing, frames, panel, standing_clock, state

PROJECT = ID + "project/9001"
LAW = ID + "law/9"
BOTH = dict.fromkeys(("ja", "en"), HOSTILE)


def neighbours() -> nx.MultiDiGraph[str]:
    """What the server knows besides: a project below the measure, something hostile before it, things shown already."""
    graph = sample_graph()
    inside = nx.MultiDiGraph(graph.subgraph([MEASURE, ID + "strategy/saisei"]))
    inside.graph.update(note={"ja": "（ほか3件）", "en": "(3 more)"}, title=None)
    fact = {"name": {"ja": "当初予算", "en": "Budget"}, "text": {"ja": "5億円", "en": "500 million yen"}}
    inside.add_node(
        PROJECT,
        kind="Project",
        label={"ja": "海洋観測の国際連携に要する経費", "en": "Ocean project"},
        layer=6,
        facts=[fact],
    )
    inside.add_node(
        LAW,
        kind="Nie gesehen",
        label=BOTH,
        layer=8,
        url="javascript:alert(1)",
        facts=[{"name": BOTH, "text": BOTH}],
    )
    inside.add_edge(
        MEASURE, PROJECT, relation="placed", label={"ja": "位置付けの施策", "en": "places"}, level="stated"
    )
    inside.add_edge(
        LAW, MEASURE, relation=HOSTILE, label=BOTH, level="interpreted", reason=BOTH, author=HOSTILE
    )
    return inside


class _Site(ThreadingHTTPServer):
    def __init__(self, page: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.page, self.asked, self.answer = page, [], (200, network_json(neighbours()))  # type: ignore[var-annotated]


class _Handler(BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/view":
            self._send(200, "text/html; charset=utf-8", self.server.page)
        else:
            self.server.asked.append((address.path, parse_qs(address.query)))
            self._send(self.server.answer[0], "application/json", self.server.answer[1])

    def _send(self, code: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if kind.startswith("text/html"):
            self.send_header("Content-Security-Policy", content_policy(text))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[_Site]:
    graph = sample_graph()
    graph.nodes[ID + "panel/machi"]["more"] = 0
    graph.nodes[MEASURE]["more"] = 2
    server = _Site(
        render_html(
            graph,
            neighbours_url="/api/network?thing={iri}",
            page_url="/things?iri={iri}",
            more_url="/view?thing=x&limit=600",
        )
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def served(site: _Site, browser: Any) -> Iterator[Callable[..., Any]]:
    site.asked.clear()
    site.answer = (200, network_json(neighbours()))
    seen: list[str] = []
    own = f"http://127.0.0.1:{site.server_port}"
    contexts = []

    def opened(state_: str = "", *, quiet: bool = True) -> Any:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = guarded(context)
        page.on("request", lambda request: request.url.startswith(own) or seen.append(request.url))
        page.on("pageerror", lambda error: seen.append(str(error)))
        if quiet:
            page.on("console", lambda message: seen.append(message.text))
        page.goto(f"{own}/view{state_}")
        until_in(page, "() => !!window.konkyoView")
        frames(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen == []


def test_a_button_loads_what_the_page_has_not(served: Callable[..., Any], site: _Site) -> None:
    page = served()
    before = page.locator("#kinds").inner_text()
    click_thing(page, MEASURE)
    button = page.locator("#panel [data-action=load]")
    assert button.inner_text() == "つながりを読み込む +2"
    assert (
        page.locator("#panel a[target=_top]").get_attribute("href").startswith("/things?iri=https%3A%2F%2F")
    )
    button.click()
    until_in(page, "() => !document.querySelector('#panel [data-action=load]')")
    frames(page)
    assert site.asked == [("/api/network", {"thing": [MEASURE]})]
    assert page.locator("#status").inner_text() == "2件を加えました。（ほか3件）"
    assert "海洋観測の国際連携に要する経費" in panel(page) and HOSTILE in panel(page)
    assert page.locator("#kinds").inner_text() != before and "事業" in page.locator("#kinds").inner_text()
    # What was there already is not there twice, and nothing lies on anything else.
    boxes = page.evaluate("konkyoView.boxes()")
    assert len(boxes) == 44
    for number, (x, y, w, h) in enumerate(boxes):
        for ox, oy, ow, oh in boxes[number + 1 :]:
            assert abs(x - ox) >= (w + ow) / 2 or abs(y - oy) >= (h + oh) / 2
    click_thing(page, PROJECT)
    assert state(page)["selected"] == PROJECT and "5億円" in panel(page)
    assert MEASURE in state(page)["lit"]
    page.locator("#search").fill("要する経費")
    assert "海洋観測の国際連携" in page.locator("#results").inner_text()
    page.keyboard.press("Escape")
    page.locator("#tables summary").click()
    frames(page)
    assert page.locator("#nodes-table tbody tr").count() == 44
    page.locator("#language").click()
    assert "Ocean project" in panel(page)
    page.locator("#undo").click()
    assert set(state(page)["hiddenThings"]) == {PROJECT, LAW}


def test_the_address_brings_back_what_was_loaded(served: Callable[..., Any], site: _Site) -> None:
    page = served()
    click_thing(page, MEASURE)
    page.locator("#network").focus()
    page.keyboard.press("e")
    until_in(page, "() => konkyoView.boxes().length === 44")
    click_thing(page, PROJECT)
    page.keyboard.press("p")
    page.reload()
    until_in(page, "() => window.konkyoView && konkyoView.boxes().length === 44")
    until_in(page, "(iri) => konkyoView.state().selected === iri", PROJECT)
    assert state(page)["pinned"] == [PROJECT]
    assert len(site.asked) == 2


def test_a_double_click_loads_and_then_folds(served: Callable[..., Any]) -> None:
    page = served()
    at = page.evaluate("(iri) => window.konkyoView.positionOf(iri)", MEASURE)
    box = page.locator("#network").bounding_box()
    standing_clock(page, 1)
    page.mouse.dblclick(box["x"] + at["x"], box["y"] + at["y"])
    until_in(page, "() => konkyoView.boxes().length === 44")
    frames(page)
    standing_clock(page, 2)
    at = page.evaluate("(iri) => window.konkyoView.positionOf(iri)", MEASURE)
    page.mouse.dblclick(box["x"] + at["x"], box["y"] + at["y"])
    frames(page)
    assert PROJECT in state(page)["hiddenThings"]


def test_more_of_what_the_note_left_out_is_a_link(served: Callable[..., Any]) -> None:
    page = served()
    link = page.locator(".note a")
    assert link.inner_text() == "もっと多く示す"
    page.locator("#language").click()
    assert link.inner_text() == "Show more"
    link.click()
    until_in(page, "() => location.search === '?thing=x&limit=600' && !!window.konkyoView")
    frames(page)


def test_what_has_no_more_neighbours_offers_none(served: Callable[..., Any]) -> None:
    page = served()
    click_thing(page, ID + "panel/machi")
    assert page.locator("#panel [data-action=load]").count() == 0


@pytest.mark.parametrize(
    "answer",
    [
        (503, "{}"),
        (200, "<html>"),
        (200, "[]"),
        (200, "null"),
        (200, '{"nodes": 3}'),
        (200, json.dumps({"nodes": [{"iri": str(n)} for n in range(2001)]})),
    ],
)
def test_an_answer_that_is_none_changes_nothing(
    served: Callable[..., Any], site: _Site, answer: tuple[int, str]
) -> None:
    site.answer = answer
    page = served(quiet=False)  # the browser itself says on the console that a request failed
    click_thing(page, MEASURE)
    page.locator("#panel [data-action=load]").click()
    until_in(page, "() => document.getElementById('status').textContent.includes('読み込めませんでした')")
    assert len(page.evaluate("konkyoView.boxes()")) == 42


def test_an_answer_of_odd_parts_is_taken_as_far_as_it_goes(served: Callable[..., Any], site: _Site) -> None:
    odd = {
        "nodes": [None, 3, {}, {"iri": "__proto__", "kind": "constructor", "facts": 3, "evidence": [None, "x"], "layer": "x"}],
        "edges": [None, {"from": MEASURE}, {"from": MEASURE, "to": MEASURE}, {"from": "__proto__", "to": MEASURE, "level": "toString"}],
    }  # fmt: skip
    site.answer = (200, json.dumps(odd))
    page = served()
    click_thing(page, MEASURE)
    page.locator("#panel [data-action=load]").click()
    until_in(page, "() => konkyoView.boxes().length === 43")
    assert "__proto__" in panel(page)
