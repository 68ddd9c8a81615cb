"""The page under axe-core."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import axe_core
from support.sample_graph import ID, MEASURE
from support.viewer_page import INDICATOR, frames

OPEN = Callable[..., Any]


# Colours do not depend on the language, nor names on the colours: two runs see all of both.
@pytest.mark.parametrize(("lang", "scheme"), [("ja", "light"), ("en", "dark")])
def test_no_serious_findings(open_page: OPEN, axe: str, scheme: str, lang: str) -> None:
    page = open_page(color_scheme=scheme, lang=lang, select=MEASURE)
    page.locator("#tables summary").click()
    page.locator("#network").press("s")
    frames(page)
    assert axe_core.findings(page, axe) == []
    page.locator("#panel [data-action=path]").click()
    page.evaluate("(iri) => konkyoView.select(iri)", INDICATOR)
    page.locator("#save summary").click()
    page.locator("#search").fill("海洋")
    frames(page)
    assert axe_core.findings(page, axe) == []


def test_no_serious_findings_on_a_phone_and_at_the_start(
    open_page: OPEN, axe: str, pages: dict[str, Path]
) -> None:
    assert axe_core.findings(open_page(), axe) == []
    page = open_page(
        "hostile",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        select=ID + "strategy/saisei",
    )
    assert axe_core.findings(page, axe) == []
