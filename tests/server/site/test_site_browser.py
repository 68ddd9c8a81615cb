"""The site in Chromium: opened from its folder, and served below a path by a server that knows nothing of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from support import axe_core
from support.pages import guarded

pytestmark = pytest.mark.browser
# Of each kind that the server's own pages do not stand for: what they have is looked at there.
_PAGES = ("en/", "page/id/indicator/soumu-23-15/3/", "page/id/org/soumu/", "search/", "404.html")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def below(site: Path, tmp_path: Path) -> Iterator[str]:
    """The site as a plain static server shows it below a path."""
    (tmp_path / "konkyo").symlink_to(site, target_is_directory=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/konkyo/"
    server.shutdown()
    server.server_close()


def _visited(browser: Any, root: str, **options: Any) -> tuple[Any, list[str]]:
    page = guarded(browser.new_context(viewport={"width": 1280, "height": 900}, **options))
    seen: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: request.url.startswith(root) or seen.append(request.url))
    return page, seen


@pytest.mark.parametrize("served", [False, True])
def test_a_visitor_finds_reads_and_changes_the_language(
    browser: Any, site: Path, served: bool, request: pytest.FixtureRequest
) -> None:
    root = str(request.getfixturevalue("below")) if served else f"{site.as_uri()}/"
    page, seen = _visited(browser, root)
    page.goto(f"{root}index.html")
    page.get_by_role("searchbox").first.fill("国際戦略")
    page.get_by_role("button", name="検索").first.click()
    page.locator("#search-results a").first.click()
    assert "国際戦略" in page.title() and "/page/id/" in page.url
    with page.expect_download() as had:
        page.get_by_role("button", name="CSV").first.click()
    assert Path(had.value.path()).read_text("utf-8-sig").startswith('"')
    page.get_by_role("link", name="English").click()
    assert "/en/page/id/" in page.url and page.locator("html").get_attribute("lang") == "en"
    page.locator("main a[href$='index.html']").first.click()
    assert "/en/page/" in page.url or "/ns/" in page.url
    page.goto(f"{root}page/id/strategy/shin-seicho/index.html")
    page.locator("svg.around a").first.click()
    assert "/page/id/" in page.url and "shin-seicho/index" not in page.url
    page.context.close()
    assert seen == []


def test_no_serious_findings(browser: Any, site: Path, axe: str) -> None:
    root = f"{site.as_uri()}/"
    page, _ = _visited(browser, root, bypass_csp=True)  # axe asks for the style sheet, which no page does
    found = {}
    for number, path in enumerate(_PAGES):
        page.set_viewport_size({"width": (390, 1280)[number % 2], "height": 844})
        page.goto(f"{root}{path}{'' if path.endswith('.html') else 'index.html'}")
        if some := axe_core.findings(page, axe):
            found[path] = some
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth + 1"), path
    page.context.close()
    assert found == {}
