"""Search and SPARQL of a site in Chromium, opened from its folder: what is found and answered, by whom, and what it may do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from konkyo.graph.search import search
from konkyo.graph.stored_queries import stored
from konkyo.store import EmbeddedStore
from support import axe_core
from support.pages import guarded, until_in

pytestmark = pytest.mark.browser
READY = "() => !document.getElementById('sparql-run').disabled"


@pytest.fixture
def opened(browser: Any, site: Path) -> Iterator[Any]:
    """A page of the site's folder; afterwards it has asked for nothing else, and said nothing."""
    page = guarded(browser, offline=True, viewport={"width": 1280, "height": 900})
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((site.as_uri(), "blob:")) else seen.append(request.url)
        ),
    )
    yield page
    page.context.close()
    assert seen == []


def found(page: Any, text: str) -> list[str]:
    until_in(page, "(text) => document.getElementById('search-results').dataset.of === text", text)
    return page.locator("#search-results li > a bdi, #search-results li > bdi").all_inner_texts()  # type: ignore[no-any-return]


def test_search_from_a_folder(opened: Any, site: Path, built_store: EmbeddedStore, axe: str) -> None:
    opened.goto(f"{(site / 'search' / 'index.html').as_uri()}?q=新成長戦略&kind=strategy")
    expected = [hit.label.ja for hit in search(built_store, "新成長戦略", kinds=["strategy"], limit=50).hits]
    assert found(opened, "新成長戦略") == expected
    box = opened.locator("form.search input")
    box.fill("総務所")
    assert found(opened, "総務所") == [] and "総務省" in opened.inner_text("#search-results")
    box.fill("<img src=x onerror=alert(1)>")
    assert found(opened, "<img src=x onerror=alert(1)>") == []
    assert opened.locator("main img").count() == 0
    box.fill("受講者数")
    assert "受講者数" in found(opened, "受講者数")[0]
    assert axe_core.findings(opened, axe) == []
    opened.locator("#search-results a").first.click()
    assert "受講者数" in opened.inner_text("h1")


def run(page: Any) -> str:
    page.click("#sparql-run")
    until_in(page, READY)
    return page.inner_text("#sparql-status")  # type: ignore[no-any-return]


def test_sparql_from_a_folder(opened: Any, site: Path, built_store: EmbeddedStore, axe: str) -> None:
    opened.emulate_media(color_scheme="dark")
    opened.goto((site / "en" / "sparql" / "index.html").as_uri())
    until_in(opened, READY)
    opened.select_option("#sparql-stored", "editions")
    assert "rows" in run(opened)
    rows = list(built_store.select(stored("editions").text))
    assert opened.locator("#sparql-answer tbody tr").count() == len(rows) > 1
    assert opened.locator("#sparql-answer tbody a").first.get_attribute("href")
    assert axe_core.findings(opened, axe) == []
    # A thing may be named, by a person's name of it or by its key.
    for name in ("New Growth Strategy", "strategy/shin-seicho"):
        opened.fill("#p-strategy", name)
        assert "rows" in run(opened) and 0 < opened.locator("#sparql-answer tbody tr").count() < len(rows)
    opened.fill("#p-strategy", "x> } #")
    assert "cannot be read" in run(opened)
    with opened.expect_download() as download:
        opened.fill("#p-strategy", "")
        run(opened)
        opened.click("#sparql-csv")
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert len(text.splitlines()) == len(rows) + 1 and "(IRI)" in text.splitlines()[0]
    # A citation is called by its words.
    opened.select_option("#sparql-stored", "rests-on-strategy")
    assert "rows" in run(opened) and "citation/" not in opened.inner_text("#sparql-answer")
    # What the part has not is not run, or is told; the command of the whole graph stands there.
    opened.select_option("#sparql-stored", "sources")
    assert "not run" in run(opened) and "konkyo query sources" in opened.inner_text("#sparql-needs")
    opened.select_option("#sparql-stored", "")
    opened.fill("#sparql-text", "SELECT * { ?s ?p ?o } LIMIT 3")
    assert "part of this page only" in run(opened) and "konkyo query my-query.rq" in opened.inner_text(
        "#sparql-needs"
    )
    opened.fill("#sparql-text", "SELECT ?x { ")
    assert run(opened)
    # A query that would not end is stopped, and the next one is answered.
    endless = " ".join(f"?a{number} <urn:p{number}>|!<urn:p{number}> ?b{number} ." for number in range(8))
    opened.fill("#sparql-text", f"SELECT (COUNT(*) AS ?n) {{ {endless} }}")
    opened.click("#sparql-run")
    until_in(opened, "() => document.getElementById('sparql-status').textContent.startsWith('Answering')")
    opened.click("#sparql-stop")
    until_in(opened, READY)
    assert "Stopped" in opened.inner_text("#sparql-status")
    opened.select_option("#sparql-stored", "editions")
    assert "rows" in run(opened)
