"""The documentation of the vocabulary in a browser: it fits, its pictures and links work, and it keeps nobody out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from konkyo.present.ontology_page import build_ontology_html
from support import axe_core
from support.pages import guarded


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ontology") / "page.html"
    build_ontology_html(path)
    return path


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, browser: Any, file: Path) -> Iterator[Any]:
    width, scheme = request.param
    opened = guarded(browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened.goto(file.as_uri())
    if scheme == "dark":
        opened.get_by_text("English", exact=True).click()
    yield opened
    opened.context.close()


def test_it_fits_the_window(page: Any) -> None:
    """What is wider than the window is scrolled in its own part."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_language_is_shown_and_the_keyboard_chooses_it(page: Any) -> None:
    def shown() -> tuple[bool, bool]:
        term = page.locator("#Justification")
        return term.locator("p[lang=ja]").is_visible(), term.locator("p[lang=en]").is_visible()

    before = shown()
    assert sum(before) == 1
    page.locator(".choice:checked").press("ArrowRight")
    assert shown() == before[::-1]


def test_nothing_keeps_people_out(page: Any, axe: str) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert axe_core.findings(page, axe) == []


def test_no_name_in_a_picture_hides_a_box(page: Any) -> None:
    """Names of lines stand between the boxes, and all is inside its picture."""
    hidden = page.evaluate(
        """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
          const whole = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll("rect")].map((box) => box.getBoundingClientRect());
          return [...svg.querySelectorAll(".name")].filter((text) => {
            const own = text.getBoundingClientRect();
            const outside = own.left < whole.left || own.right > whole.right || own.top < whole.top;
            const middle = (own.left + own.right) / 2, height = (own.top + own.bottom) / 2;
            return outside || boxes.some((box) =>
              box.left < middle && middle < box.right && box.top < height && height < box.bottom);
          }).map((text) => text.textContent);
        })"""
    )
    assert hidden == []


def test_a_box_leads_to_its_class(page: Any) -> None:
    page.locator('#picture-basis + div a[href="#Justification"]').click()
    assert page.url.endswith("#Justification")
    assert page.locator("article#Justification").is_visible()
