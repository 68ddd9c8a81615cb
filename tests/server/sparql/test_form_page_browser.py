"""The query page and the data described, in Chromium: they fit, and axe-core finds nothing serious, scripts on and off."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from support.pages import guarded
from support.serving import Running

pytestmark = pytest.mark.browser
QUERY = quote("SELECT ?s ?l { ?s a <https://w3id.org/konkyo/ns#Indicator> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?s ?l")  # fmt: skip
PATHS = [
    f"/sparql?format=html&query={QUERY}", "/sparql?example=justifications", "/sparql?query=SELEC", "/dataset?x=1",
    "/queries?", "/queries/rests-on-strategy?strategy=%E6%96%B0%E6%88%90%E9%95%B7%E6%88%A6%E7%95%A5",
]  # fmt: skip


@pytest.mark.parametrize(("width", "lang", "scheme"), [(390, "ja", "light"), (1280, "en", "dark")])
def test_pages_fit_and_can_be_read_by_all(
    browser: Any, axe: str, carried: Running, width: int, lang: str, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    page = guarded(browser, **options)
    for path in PATHS:
        page.goto(f"{carried.url}{path}&lang={lang}".replace("?&", "?"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert not [item["id"] for item in found if item["impact"] in ("serious", "critical")], path
    page.context.close()


def test_a_query_is_run_without_scripts(browser: Any, carried: Running) -> None:
    page = guarded(browser, java_script_enabled=False)
    page.goto(f"{carried.url}/sparql?lang=en")
    page.click(".examples li:first-child a:last-child")
    page.wait_for_selector("#query")
    page.fill("#query", "SELECT ?s { ?s a <https://w3id.org/konkyo/ns#Strategy> } ORDER BY ?s LIMIT 3")
    page.click("form.sparql button")
    page.wait_for_selector(".scroll table tbody tr")
    assert len(page.query_selector_all(".scroll table tbody tr")) == 3
    page.context.close()


def test_the_editor_completes_and_runs_what_is_written(browser: Any, carried: Running) -> None:
    page = guarded(browser, locale="ja-JP")
    seen: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and seen.append(message.text))
    page.on("request", lambda request: request.url.startswith(carried.url) or seen.append(request.url))
    page.goto(f"{carried.url}/sparql")
    editor = page.get_by_role("textbox", name="問合せ")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?s WHERE { ?s a kk:Strat")
    # The prefix of what is chosen is declared with it.
    page.locator(".cm-tooltip-autocomplete li", has_text="戦略・計画等").first.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer tbody tr")
    written = page.evaluate("document.querySelector('#query').value")
    assert written == "PREFIX kk: <https://w3id.org/konkyo/ns#>\nSELECT ?s WHERE { ?s a kk:Strategy}"
    assert (
        page.locator("#answer tbody tr").count() > 3 and "新成長戦略" in page.locator("#answer").inner_text()
    )
    # Chromium itself would style what is typed in the place of coloured words, and the policy forbids it: no harm done.
    assert [text for text in seen if "Applying inline style" not in text] == []
    # A wrong query stays, and what is wrong in it is marked.
    page.goto(f"{carried.url}/sparql?query={quote('SELECT ?s WHER { ?s ?p ?o }')}")
    assert page.locator(".cm-wrong").first.inner_text() == "WHER"
    # A label in the reader's language finds the terms that are called so.
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n評価書")
    page.locator(".cm-tooltip-autocomplete li", has_text="kk:EvaluationSheet").first.wait_for()
    page.context.close()
