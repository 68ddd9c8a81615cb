"""The page for reviewing a transcription, by keyboard alone: a wrong cell is corrected, and the graph follows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from konkyo.cli import main
from konkyo.present.review_page import render
from konkyo.questions.check import check_store
from konkyo.store import open_store
from support import axe_core
from support.documents import ROOT
from support.pages import guarded

EXAMPLE = ROOT / "graphs" / "examples" / "example-sheet.pdf"
pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Any) -> Any:
    context = browser.new_context(offline=True, accept_downloads=True)
    made = guarded(context)
    made.faults = []
    made.on("console", lambda message: made.faults.append(message.text))
    made.on("pageerror", lambda error: made.faults.append(str(error)))
    yield made
    context.close()


def test_a_wrong_cell_is_corrected_by_keys_and_the_graph_follows(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["transcribe", str(EXAMPLE)]) == 0
    path = tmp_path / "example-sheet.yaml"
    # As if a sign had been read wrong.
    text = path.read_text(encoding="utf-8")
    assert "180施設" in text
    path.write_text(text.replace("180施設", "130施設"), encoding="utf-8")
    assert main(["transcribe", "--review", path.name, "--sources", str(EXAMPLE.parent)]) == 0
    page.goto((tmp_path / "example-sheet.review.html").as_uri())
    values = "[...document.querySelectorAll('textarea')].map((area) => area.value)"
    steps = page.evaluate(values).index("130施設")
    for _ in range(steps):
        page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate("document.activeElement.value") == "130施設"
    # Its place on the picture of the page is lit, and nothing else.
    assert page.locator(".spot.lit").count() == 1
    page.keyboard.press("Control+A")
    page.keyboard.type("180施設")
    page.keyboard.press("Alt+KeyS")
    # Nobody's review is saved.
    assert page.evaluate("document.activeElement.id") == "reviewer"
    page.keyboard.type("例示室長")
    with page.expect_download() as download:
        page.keyboard.press("Alt+KeyS")
    download.value.save_as(path)
    assert page.faults == []
    saved = path.read_text(encoding="utf-8")
    assert "例示室長" in saved and "訂正前は「130施設」。" in saved
    assert main(["--store", "store", "build", path.name, "--reviewed"]) == 0
    assert check_store(open_store(tmp_path / "store")) == []
    found = open_store(tmp_path / "store").select(
        "SELECT ?text WHERE { GRAPH ?g { ?s <https://w3id.org/konkyo/ns#statedText> ?text } }"
    )
    texts = {row["text"].value for row in found}
    assert "180施設" in texts and "130施設" not in texts
    # What a person has reviewed is not overwritten.
    assert main(["transcribe", str(EXAMPLE)]) == 4


def test_a_click_on_the_document_leads_to_the_field_and_no_text_is_run(page: Any, tmp_path: Path) -> None:
    from konkyo.present.review_page import Page, Piece, Spot

    bad = "</script><script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    data = {
        "原資料": {"ファイル": bad, "sha256": "0" * 64},
        "表題": {"値": "題", "場所": "s!A1", "確度": "明白"},
        "政策名": {"値": bad, "場所": "s!B2", "確度": "配置"},
    }
    pages = [Page(bad, 100, 40, None, [Piece(bad, 0, 0, 50, 20)])]
    spots = {"s!A1": Spot(0, 0, 0, 50, 20), "s!B2": Spot(0, 50, 20, 100, 40)}
    path = tmp_path / "page.html"
    path.write_text(render(data, "x.yaml", pages, spots), encoding="utf-8")
    page.goto(path.as_uri())
    # What is unsure comes first.
    assert page.evaluate("document.activeElement.value") == bad
    page.locator(".spot").nth(1).click()
    assert page.evaluate("document.activeElement.value") == "題"
    assert page.title() == "転記の確認 · x.yaml" and page.faults == []
    assert page.locator("img").count() == 0


def test_nothing_keeps_people_out_and_a_phone_shows_all_of_it(page: Any, axe: str, tmp_path: Path) -> None:
    from konkyo.present.review_page import Page, Piece, Spot

    cells = {f"欄{n}": {"値": "長い値" * 30, "場所": f"s!A{n}", "確度": "配置"} for n in range(3)}
    data = {"原資料": {"ファイル": "x.xlsx", "sha256": "0" * 64}, **cells}
    pages = [Page("様式", 900, 400, None, [Piece("題" * 20, 0, 0, 800, 20)])]
    spots = {f"s!A{n}": Spot(0, 0, 20 * n, 800, 20 * n + 20) for n in range(3)}
    path = tmp_path / "page.html"
    path.write_text(render(data, "x.yaml", pages, spots), encoding="utf-8")
    page.goto(path.as_uri())
    assert axe_core.findings(page, axe) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The document stands above the fields, and both can be seen at once.
    field = page.locator("textarea").first
    box, document = field.bounding_box(), page.locator(".spot").first.bounding_box()
    assert box and document and box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert document["y"] < box["y"] < 740
    assert axe_core.findings(page, axe) == []
