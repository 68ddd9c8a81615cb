"""The overview in a real browser: the drill-down to a project, the way back, keyboard, both pictures alike, a phone, axe."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from konkyo.present.overview import render_html
from konkyo.questions.overview import overview
from konkyo.store import open_store
from support import axe_core
from support.pages import guarded

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
# What a picture says and where, to compare two of them.
READ = """(svg) => [...svg.querySelectorAll('text, .bar, .band')].map((e) => [e.getAttribute('class'), e.textContent.trim(),
  ...['x', 'y', 'width', 'height', 'stroke-width', 'd'].flatMap((name) => (e.getAttribute(name) ?? '').match(/[-\\d.]+/g) ?? []).map(Number)])"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, pair_folder: Path) -> Path:
    path = tmp_path_factory.mktemp("全体像 overview") / "o.html"
    told = overview(open_store(pair_folder))
    # Somebody said what the plan that 見本事業二 names in the review of 2024 denotes.
    first, second = told.years
    rows = tuple(
        replace(row, levels=("interpreted",)) if told.projects[row.project].name.ja == "見本事業二" else row
        for row in second.rows
    )
    page = render_html(replace(told, years=(first, replace(second, rows=rows))))
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def show(browser: Any, written: Path) -> Iterator[Any]:
    """Open the page; afterwards fail on any request, console message (as of a policy that refuses) or error."""
    seen: list[str] = []
    contexts = []

    def shown(address: str = "", **options: Any) -> Any:
        context = browser.new_context(offline=True, **{"viewport": DESK, "locale": "ja-JP", **options})
        contexts.append(context)
        page = guarded(context)
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on(
            "request",
            lambda request: request.url.split("#")[0] != written.as_uri() and seen.append(request.url),
        )
        page.goto(written.as_uri() + address)
        return page

    yield shown
    for context in contexts:
        context.close()
    # A picture that is saved is drawn from an address that holds it whole.
    assert [text for text in seen if not text.startswith("data:image/svg+xml")] == []


def sides(page: Any) -> list[list[str]]:
    """Return the lines of both sides, as a screen reader says them."""
    read = """() => ['left', 'right'].map((side, at) => [...document.querySelectorAll('#picture .group')]
      .filter((g) => (g.querySelector('.bar').getAttribute('class').includes('right')) === Boolean(at)).map((g) => g.querySelector('.hit').getAttribute('aria-label')))"""
    found: list[list[str]] = page.evaluate(read)
    return found


def test_the_script_draws_the_first_picture_as_the_page_brings_it(show: Any) -> None:
    without = show(java_script_enabled=False)
    drawn = without.locator("svg#picture").evaluate(READ)
    assert not without.locator(".controls").is_visible() and without.locator(".noscript").is_visible()
    again = show().evaluate(f"() => ({READ})(konkyoOverview.draw(1280, 600, 16, 24))")
    assert len(drawn) == len(again) > 20
    for one, other in zip(drawn, again, strict=True):
        assert one[:2] == other[:2] and one[2:] == pytest.approx(other[2:], abs=0.11)


def test_five_clicks_lead_from_the_government_to_a_project_and_back(show: Any) -> None:
    page = show()
    left, right = sides(page)
    assert left[0] == "経済財政運営と改革の基本方針: 2事業、200円。開く" and len(left) == 3
    assert sorted(right) == ["環境省: 3事業、300円。開く", "総務省: 2事業、200円。開く"]
    press = lambda name: page.get_by_role("button", name=name).first.click()  # noqa: E731
    press("経済財政運営と改革の基本方針: 2事業")
    assert page.locator("#totals").inner_text() == "2事業 ・ 当初予算の計 200円（各事業を一度だけ数えた額）"
    left, right = sides(page)
    assert [line.split(": ")[1] for line in left] == ["1事業、100円。開く"] * 2
    assert left[0].startswith("2025-06-13の版")
    assert right == ["総務省: 2事業、200円。開く"]
    press("総務省: 2事業")
    press("電波の利用の推進: 2事業")
    assert {line.split(": ")[0] for line in sides(page)[1]} == {"見本事業一", "見本事業二"}
    press("見本事業二: 1事業")
    detail = page.locator("#detail").inner_text()
    assert "総務省" in detail and "2025-06-13" in detail and "project/9002" in detail
    assert page.evaluate("document.activeElement.textContent") == "見本事業二"
    for _ in range(4):
        page.go_back()
    assert len(sides(page)[0]) == 3 and page.locator("#totals").is_hidden()
    page.go_forward()
    page.get_by_role("button", name="全体", exact=True).click()
    assert len(sides(page)[0]) == 3


def test_keys_the_pointer_the_switches_and_the_years(show: Any) -> None:
    page = show()
    group = page.get_by_role("button", name="経済財政運営と改革の基本方針: 2事業")
    group.focus()
    shares = page.locator("#picture .share .count").all_text_contents()
    assert shares == ["2"] and page.locator("#picture .dim").count() > 0
    page.keyboard.press("Enter")
    assert "strategy=strategy%2Fhonebuto" in page.url
    page.get_by_label("当初予算の額").check()
    page.locator("#year").press("ArrowLeft")
    assert (
        "2023" in page.locator("#title").inner_text() and "by=money" in page.url and "year=2023" in page.url
    )
    assert [line.split(": ")[1] for line in sides(page)[0]] == ["1事業、100円。開く"] * 2
    address = page.url.partition("#")[2]
    page.locator("#language").click()
    assert (
        page.locator("html").get_attribute("lang") == "en"
        and "2 projects" in page.locator("#totals").inner_text()
    )
    other = show(f"#{address}")
    assert sides(other)[1] == ["総務省: 2事業、200円。開く"]
    other.locator("#find").fill("水環境")
    other.locator("#found button").first.click()
    assert "水環境の保全" in other.locator("#trail").inner_text()


# What the strips say: the label of each bin, its number, and whether it is kept.
BINS = """(name) => [...document.querySelectorAll(`#refine .facet.${name} .bin`)].map((bin) =>
  [bin.querySelector('.tick').textContent, bin.querySelector('.tell')?.textContent ?? '', !bin.classList.contains('off')])"""


def test_the_timeline_and_the_facets_keep_what_the_reader_asks_for(show: Any) -> None:
    page = show()
    page.locator("#refine summary").first.press("Enter")
    page.locator(".facet.amount .bin").first.wait_for()
    at = lambda text: page.wait_for_url(lambda url: text in url)  # noqa: E731
    bins = lambda name: page.evaluate(BINS, name)  # noqa: E731
    # What the review of 2024 cites: 骨太 of 2023 and of 2025. The slider leads to what that of 2023 did.
    cited = lambda kept: [[year, count, on] for year, count, on in bins("issued") if on is kept and count]  # noqa: E731
    assert cited(True) == [["2023", "1", True], ["2025", "1", True]]
    assert [(year, count) for year, count, _ in bins("reviews")] == [("2023", "5"), ("2024", "5")]
    assert ["〜1億", "5", True] in bins("amount")
    page.locator(".facet.issued .from").press("ArrowRight")
    at("#issued=2023..")
    assert page.locator(".facet.issued .from").get_attribute("aria-valuetext") == "2023年の版"
    for _ in range(2):
        page.locator(".facet.issued .from").press("ArrowRight")
    at("#issued=2025..")
    # What names no edition of that year is gone, and what names one has its bands left; the timeline still shows what there is beside it.
    assert [side[0].split("。")[0] for side in sides(page)] == [
        "経済財政運営と改革の基本方針: 1事業、100円",
        "総務省: 1事業、100円",
    ]
    assert cited(False) == [["2023", "1", False]]
    assert page.locator("#title").inner_text() in page.title() and "2025年以降の版" in page.title()
    assert "2025年以降の版" in page.evaluate("konkyoOverview.svgText()")
    again = show("#" + page.url.partition("#")[2])
    assert again.locator("#totals").inner_text().startswith("1事業 ・ 当初予算の計 100円")
    page.locator("#kept button").press("Enter")
    page.locator("#kept").wait_for(state="hidden")
    assert len(sides(page)[0]) == 3
    page.locator(".facet.issued [role=button]").press("Enter")
    at("#issued=none")
    assert page.locator("#totals").inner_text() == "当てはまる事業はありません"
    page.go_back()
    page.locator("#kept").wait_for(state="hidden")
    page.get_by_role("checkbox", name="解釈").click()
    at("#level=interpreted")
    assert page.locator("#totals").inner_text().startswith("1事業 ・ 当初予算の計 100円")
    page.go_back()
    page.locator("#kept").wait_for(state="hidden")
    page.locator("#pick summary").press("Enter")
    page.get_by_role("checkbox", name="環境省").click()
    at("only=org")
    assert [line.split(":")[0] for line in sides(page)[1]] == ["環境省"]
    page.keyboard.press("Escape")
    page.get_by_role("checkbox", name="環境省").wait_for(state="hidden")
    page.locator(".facet.reviews .hit").first.click()
    at("year=2023")
    assert [line.split(":")[0] for line in sides(page)[1]] == ["環境省"]
    # What is looked for is shown, though it is not kept.
    page.locator("#find").fill("見本事業二")
    page.locator("#found button").first.click()
    at("#project=")
    assert page.locator("#totals").inner_text().startswith("1事業") and "only=" not in page.url
    odd = show("#issued=2026..2020&amount=-4..99999&only=x&level=x&year=1&left=-3")
    assert "NaN" not in odd.locator("body").inner_text() and odd.locator("#kept button").count() == 3
    odd.locator("#kept button").last.click()
    odd.locator("#kept").wait_for(state="hidden")
    page.locator("#tables summary").click()
    page.locator("#tables-body th", has_text="当初予算の額ごとの事業数").wait_for()


def test_tables_csv_and_the_picture_alone(show: Any) -> None:
    page = show("#strategy=none")
    page.locator("#tables summary").click()
    assert "計画の記載なし" in page.locator("#tables-body").inner_text()
    rows = list(csv.reader(io.StringIO(page.evaluate("konkyoOverview.csv()"))))
    assert rows[1] == ["計画の記載なし", "環境省", "2", "200", "2"] and len(rows) == 2
    alone = page.evaluate("konkyoOverview.svgText()")
    assert "計画の記載なし" in alone and "出典" in alone and "var(--none)" in alone
    page.locator("#save summary").click()
    assert 'src="konkyo-view.html#strategy=none"' in page.locator("#embed").input_value()
    with page.expect_download() as saved:
        page.locator("#save-png").click()
    assert saved.value.suggested_filename.endswith(".png")


def test_a_phone_has_lists_in_the_place_of_bands(show: Any) -> None:
    page = show(viewport=PHONE, is_mobile=True, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not page.locator("#picture").is_visible()
    page.locator("#lists button", has_text="総務省").click()
    assert "電波の利用の推進" in page.locator("#lists").inner_text()


@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE), ("dark", DESK)])
def test_axe_finds_nothing_and_no_letter_is_too_small(
    show: Any, axe: str, scheme: str, size: dict[str, int]
) -> None:
    page = show("#ministry=org%2Fsoumu", viewport=size, color_scheme=scheme, bypass_csp=True)
    page.locator("#tables summary").click()
    page.locator("#refine summary").first.click()
    page.locator(".facet.amount .bin").first.wait_for()
    assert axe_core.findings(page, axe) == []
    small = page.evaluate(
        "() => [...document.querySelectorAll('body *')].filter((e) => e.childNodes.length && parseFloat(getComputedStyle(e).fontSize) < 11).length"
    )
    assert small == 0
