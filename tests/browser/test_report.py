"""Reports in a real browser: nothing is loaded or refused, both schemes, a phone, the saved table, print, axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from konkyo.common.words import Words
from konkyo.present.report import make, render_html
from konkyo.present.report.model import Cell, Column, Heat, Question, Report, Section, Table
from konkyo.store.carried import carried_store
from support import axe_core
from support.pages import guarded

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def heat() -> Report:
    """Return a report with a wide map, as of the whole government."""
    rows = tuple(
        Words(f"第{n}次の非常に長い名を持つ基本計画（20{n:02}-06-1{n % 10}）", f"Plan {n}") for n in range(30)
    )
    columns = tuple(Words(f"府省庁{n}", f"Ministry {n}") for n in range(23))
    counts = tuple(tuple((y * x) % 60 if (x + y) % 3 else 0 for x in range(23)) for y in range(30))
    heads = (Column(Words("戦略", "Strategy")), *(Column(words, "count") for words in columns))
    lines = tuple((Cell(row), *(Cell(n) for n in line)) for row, line in zip(rows, counts, strict=True))
    part = Section(
        "heat", Words("図", "Map"), Table(heads, lines), Heat(rows, columns, counts), (), (Question("x", {}),)
    )
    return Report(
        Words("政府全体", "The government"),
        Words("府省庁", "Ministries"),
        (),
        (),
        (part,),
        (),
        (("a.zip", "0" * 64),),
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("報告 reports")
    store = carried_store()
    made = {"measure": make(store, "国際戦略の推進"), "strategy": make(store, "新成長戦略"), "heat": heat()}
    paths = {}
    for name, report in made.items():
        for lang in ("ja", "en"):
            paths[f"{name}-{lang}"] = folder / f"{name}-{lang}.html"
            paths[f"{name}-{lang}"].write_text(render_html(report, lang), encoding="utf-8", newline="\n")
    return paths


@pytest.fixture
def show(browser: Any, written: dict[str, Path]) -> Iterator[Any]:
    """Open a report; afterwards fail on any request, console message (as of a policy that refuses) or error."""
    seen: list[str] = []
    contexts = []

    def shown(name: str, **options: Any) -> Any:
        context = browser.new_context(offline=True, **{"viewport": DESK, **options})
        contexts.append(context)
        page = guarded(context)
        address = written[name].as_uri()
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on(
            "request", lambda request: request.url.split("#")[0] != address and seen.append(request.url[:100])
        )
        page.goto(address)
        return page

    yield shown
    for context in contexts:
        context.close()
    assert seen == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["measure-ja", "measure-en"])
def test_pictures_are_drawn_in_the_colours_of_the_page(show: Any, name: str, scheme: str) -> None:
    page = show(name, color_scheme=scheme)
    filled = page.evaluate(
        """() => [...document.querySelectorAll('svg.plot text')].map((e) => getComputedStyle(e).fill)"""
    )
    known = page.evaluate(
        """() => ['--ink', '--soft', '--on-dark'].map((name) =>
             getComputedStyle(document.documentElement).getPropertyValue(name).trim())"""
    )
    rgb = {f"rgb({int(c[1:3], 16)}, {int(c[3:5], 16)}, {int(c[5:7], 16)})" for c in known}
    assert filled and set(filled) <= rgb
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('svg.plot')].map((e) => e.getBoundingClientRect().width)"
    )
    assert all(width > 300 for width in sizes)


@pytest.mark.parametrize("name", ["measure-ja", "strategy-en", "heat-ja"])
def test_a_phone_scrolls_tables_and_not_the_page(show: Any, name: str) -> None:
    page = show(name, viewport=PHONE, is_mobile=True, has_touch=True)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    # Letters of pictures are as large as drawn: the picture scrolls and does not shrink.
    assert page.evaluate(
        """() => [...document.querySelectorAll('svg.plot')].every((e) =>
             Math.abs(e.getBoundingClientRect().width - e.viewBox.baseVal.width) < 1)"""
    )


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_bars_are_as_wide_as_the_page_and_their_numbers_stay_inside(
    show: Any, viewport: dict[str, int]
) -> None:
    page = show("measure-ja", viewport=viewport)
    bars, texts = page.evaluate(
        """() => [document.querySelector('.bars').getBoundingClientRect(),
             [...document.querySelectorAll('.bars text')].map((e) => e.getBoundingClientRect())]"""
    )
    # What is left of the room are the margins of page and card.
    assert bars["width"] > 0.8 * min(viewport["width"], 1240)
    assert texts and all(t["right"] <= bars["right"] + 2 and t["height"] > 11 for t in texts)


def test_a_map_keeps_the_names_of_its_rows_in_sight(show: Any) -> None:
    page = show("heat-ja", viewport=PHONE)
    box = page.locator(".map").locator("..")
    box.evaluate("e => { e.scrollLeft = 600 }")
    assert page.locator(".map tbody th").first.bounding_box()["x"] >= 0
    assert (
        page.locator(".map td.h6").first.evaluate("e => getComputedStyle(e).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )


def test_a_table_is_saved_without_a_script(show: Any) -> None:
    page = show("measure-ja", accept_downloads=True)
    with page.expect_download() as saving:
        page.locator("#own .save").click()
    text = Path(saving.value.path()).read_text(encoding="utf-8")
    assert saving.value.suggested_filename == "own.csv"
    assert text.startswith("\ufeff年度,") and "平成22年度,3955984000,4953860000" in text


def test_a_mark_leads_to_its_place(show: Any) -> None:
    page = show("measure-ja")
    mark = page.locator("#own .marks a").first
    target = page.locator(mark.get_attribute("href"))
    mark.click()
    assert "総務省23-⑮ L132" in target.inner_text() and target.is_visible()


@pytest.mark.parametrize("name", ["heat-ja", "heat-en", "measure-ja", "measure-en"])
def test_it_prints(show: Any, name: str) -> None:
    page = show(name, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 upright within margins of a centimetre
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 718
    assert len(page.pdf()) > 10_000


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("measure-ja", "light"), ("measure-en", "dark"), ("heat-ja", "dark"), ("strategy-ja", "light")],
)
def test_axe_finds_nothing_serious(show: Any, axe: str, name: str, scheme: str) -> None:
    page = show(name, color_scheme=scheme, bypass_csp=True)
    assert axe_core.findings(page, axe) == []
