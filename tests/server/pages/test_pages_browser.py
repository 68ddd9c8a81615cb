"""The pages in Chromium: with scripts on and off, at phone and desktop width, in light and dark, under axe-core."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from konkyo.api import KnowledgeGraph
from konkyo.present.topics import topics
from konkyo.server.pages import respond
from support import axe_core
from support.inprocess import app_of
from support.pages import guarded
from support.waiting import GUARD, until

pytestmark = pytest.mark.browser
PAGES = [
    "/", "/search?q=戦略", "/search", "/page/id/strategy/shin-seicho", "/page/id/indicator/soumu-23-15/3", "/page/id/org/soumu",
    "/strategies", "/laws", "/panels", "/embed/laws", "/gaps", "/gaps?count=0", "/gaps/measures-without-basis", "/compare?before=2012&after=2012", "/about", "/page/id/none",
    "/help", *(f"/help/{topic.name}" for topic in topics()),
]  # fmt: skip


@pytest.fixture(scope="module")
def address(carried: KnowledgeGraph, store_folder: Path) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app_of(carried, store_folder), log_level="error", lifespan="off"))
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    until(lambda: server.started, "the start of the server")
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(GUARD)
    listener.close()


def opened(browser: Any, address: str, **options: Any) -> tuple[Any, list[str]]:
    """Return a page in a context of its own, and what it complains of or asks of others."""
    context = browser.new_context(
        **{"viewport": {"width": 1280, "height": 900}, "locale": "ja-JP", **options}
    )
    page = guarded(context)
    seen: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: request.url.startswith(address) or seen.append(request.url))
    return page, seen


@pytest.mark.parametrize(("width", "other", "scheme"), [(390, 1280, "light"), (1280, 390, "dark")])
def test_no_serious_findings(
    browser: Any, address: str, axe: str, width: int, other: int, scheme: str
) -> None:
    lang = "ja" if scheme == "light" else "en"
    # axe is a script of the test: the pages themselves allow none but the server's own.
    page, seen = opened(
        browser, address, viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True
    )
    found = {}
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        page.evaluate("() => document.querySelectorAll('details').forEach((item) => { item.open = true; })")
        if some := axe_core.findings(page, axe):
            found[path] = some
        # Wide tables scroll in their own box; the page itself never does.
        for looked_at in (other, width):
            page.set_viewport_size({"width": looked_at, "height": 844})
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1"), path
    page.context.close()
    assert found == {}
    assert [text for text in seen if "404" not in text] == []


@pytest.mark.parametrize(("scheme", "lang"), [("light", "ja"), ("dark", "en")])
def test_the_page_that_says_wait_has_no_serious_findings(
    browser: Any, address: str, axe: str, monkeypatch: pytest.MonkeyPatch, scheme: str, lang: str
) -> None:
    monkeypatch.setattr(respond, "TOLD_SECONDS", 0)
    monkeypatch.setattr(respond, "_AGAIN_SECONDS", GUARD)  # it stays until it has been looked at
    page, seen = opened(browser, address, color_scheme=scheme, bypass_csp=True)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        # Each time another page, which is not made yet.
        answer = page.goto(f"{address}/search?q=戦略&limit={width % 100}&lang={lang}")
        assert answer.status == 202
        assert page.locator("h1").inner_text() == ("準備しています" if lang == "ja" else "Being prepared")
        # The version of the data is not known to it, and no label stands there without one.
        assert page.locator("footer code").count() == 0
        assert axe_core.findings(page, axe) == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1")
    page.context.close()
    assert seen == []


def test_headings_of_a_table_on_a_phone_are_no_higher_than_four_lines(browser: Any, address: str) -> None:
    page, _ = opened(browser, address, viewport={"width": 390, "height": 844})
    for path in (
        "/strategies",
        "/ministries",
        "/queries/measures-by-strategy",
        "/page/id/strategy/shin-seicho",
    ):
        page.goto(f"{address}{path}?lang=ja")
        tall = page.locator(".scroll thead tr").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
        assert all(height <= 110 for height in tall), (path, tall)
    page.context.close()


def test_a_frame_shows_one_section_of_a_report(browser: Any, address: str, axe: str) -> None:
    page, seen = opened(browser, address, bypass_csp=True)
    page.goto(f"{address}/report?thing=strategy/shin-seicho&lang=ja")
    snippet = page.locator(".embed code").first.text_content()
    page.goto(snippet.split('"')[1])
    shown = page.locator("main > section").evaluate_all(
        "(all) => all.filter((one) => one.offsetParent).map((one) => one.id)"
    )
    assert shown == [page.url.partition("#")[2]] and page.locator("h1").is_visible()
    assert not page.locator("footer").is_visible() and page.locator(f"#{shown[0]} .whole a").is_visible()
    assert axe_core.findings(page, axe) == [] and seen == []
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_visitor_finds_and_follows_without_scripts(browser: Any, address: str, scripts: bool) -> None:
    page, seen = opened(browser, address, java_script_enabled=scripts)
    page.goto(address + "/")
    page.get_by_role("searchbox").fill("受講者数")
    page.get_by_role("button", name="検索").click()
    page.get_by_role("link", name="ICT分野に関する人材育成セミナー等の受講者数").first.click()
    assert "受講者数" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="New Growth Strategy", exact=True).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "New Growth Strategy"
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="stated", exact=True).click()
    assert page.locator(".claim.stated").count() > 0
    assert page.locator(".claim.derived").count() == 0
    page.go_back()
    page.context.close()
    assert seen == []


def test_a_list_is_sorted_and_filtered_in_the_page(browser: Any, address: str) -> None:
    page, seen = opened(browser, address)
    page.goto(address + "/strategies?lang=ja")
    asked: list[str] = []
    page.on("request", lambda request: request.is_navigation_request() and asked.append(request.url))
    names = page.locator("#list tbody tr:visible th")
    whole = names.all_inner_texts()
    head = page.locator("#list thead th").first
    head.locator("a").click()
    once = names.all_inner_texts()
    head.locator("a").click()
    assert sorted(whole) == sorted(once) and names.all_inner_texts() == once[::-1]
    assert head.get_attribute("aria-sort") == "descending"
    page.get_by_label("名称で絞る").fill("新　成長")
    left = names.all_inner_texts()
    assert 0 < len(left) < len(whole) and all("新成長" in name for name in left)
    assert page.locator("[data-count]").inner_text() == str(len(left))
    page.keyboard.press("Enter")
    assert asked == []
    page.context.close()
    assert seen == []


def test_the_keyboard_reaches_the_text_first(browser: Any, address: str) -> None:
    page, _ = opened(browser, address)
    page.goto(address + "/about")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("#main"))
    page.context.close()


def test_the_network_opens_and_fetches_neighbours(browser: Any, address: str) -> None:
    page, seen = opened(browser, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "/page/id/indicator/soumu-23-15/3")
    page.get_by_role("link", name="つながりを図で見る").click()
    page.wait_for_function("window.konkyoView")
    assert page.evaluate(
        "async () => (await (await fetch('/api/network?thing=' + encodeURIComponent('https://w3id.org/konkyo/id/org/soumu'))).json()).nodes.length"
    )
    assert any("/api/network?thing=" in url for url in asked)
    page.context.close()
    assert seen == []
