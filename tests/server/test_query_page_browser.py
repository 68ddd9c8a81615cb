"""The query page and the data described, in Chromium: they fit, and axe-core finds nothing serious, scripts on and off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import axe_core
import pytest
from serving import Running

pytestmark = pytest.mark.browser
QUERY = quote("SELECT ?s ?l { ?s a <https://w3id.org/konkyo/ns#Indicator> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?s ?l")  # fmt: skip
PATHS = [f"/sparql?format=html&query={QUERY}", "/sparql?example=justifications", "/dataset?x=1"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    driver = pytest.importorskip("playwright.sync_api")
    found = next(
        (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None
    )
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no Chromium found on the PATH")
    with driver.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe_core.fetch(tmp_path_factory.mktemp("axe"))


@pytest.mark.parametrize(("width", "lang", "scheme"), [(390, "ja", "light"), (1280, "en", "dark")])
def test_pages_fit_and_can_be_read_by_all(
    browser: Any, axe: str, carried: Running, width: int, lang: str, scheme: str
) -> None:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    page = browser.new_context(**options).new_page()
    for path in PATHS:
        page.goto(f"{carried.url}{path}&lang={lang}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert not [item["id"] for item in found if item["impact"] in ("serious", "critical")], path
    page.context.close()


def test_a_query_is_run_without_scripts(browser: Any, carried: Running) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{carried.url}/sparql?lang=en")
    page.click(".examples a")
    page.wait_for_selector("#query")
    page.fill("#query", "SELECT ?s { ?s a <https://w3id.org/konkyo/ns#Strategy> } ORDER BY ?s LIMIT 3")
    page.click("form.sparql button")
    page.wait_for_selector(".scroll table tbody tr")
    assert len(page.query_selector_all(".scroll table tbody tr")) == 3
    page.context.close()
