"""A document of a stranger, read and reviewed: nothing of its text becomes a part of the page, and nothing runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from konkyo.cli import main
from konkyo.store import open_store
from support.invented_sheets import STANDARD, Cell, Invented, pdf, spans, word, workbook
from support.pages import guarded
from support.payloads import PAYLOADS, RUN

pytestmark = pytest.mark.browser
# What an office file refuses to hold.
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe]")


def hostile() -> Invented:
    """Return a sheet whose running texts go on with what a page would run."""
    payloads = cycle(UNFIT.sub("", payload) for payload in PAYLOADS if len(payload) < 200)

    def cell(one: Cell) -> Cell:
        text, down, across = spans(one)
        # Labels stay: they are what the reading goes by.
        return (f"{text} {next(payloads)}" if "。" in text or "計画" in text else text, down, across)

    return replace(
        STANDARD,
        head=[*STANDARD.head, f"</script><script>{RUN}</script>"],
        tables=[[[cell(one) for one in row] for row in table] for table in STANDARD.tables],
        name=f"a<img src=x onerror={RUN}>"[:31].replace("/", ""),
    )


@pytest.mark.parametrize(
    ("make", "name"), [(pdf, "sheet.pdf"), (workbook, "sheet.xlsx"), (word, "sheet.docx")]
)
def test_nothing_of_a_document_runs_where_it_is_reviewed(
    browser: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Invented, Path], Path],
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    made = make(hostile(), tmp_path / name)
    assert main(["transcribe", made.name]) == 0
    assert main(["transcribe", "--review", "sheet.yaml", "--sources", "."]) == 0
    context = browser.new_context(offline=True)
    page = guarded(context)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: request.url.startswith(("file:", "data:", "blob:")) or faults.append(request.url),
    )
    page.goto((tmp_path / "sheet.review.html").as_uri())
    read = "[...document.querySelectorAll('textarea')].map((area) => area.value).join('\\n')"
    assert RUN in page.evaluate(read)
    for _ in range(5):
        page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate("window.ran") is None
    assert page.locator("img[onerror], svg[onload], iframe, base").count() == 0
    assert faults == []
    # What was read becomes a graph, and its picture.
    assert main(["--store", "store", "build", "sheet.yaml"]) == 0
    assert any(RUN in str(row["o"]) for row in open_store(Path("store")).select("SELECT ?o { ?s ?p ?o }"))
    assert main(["--store", "store", "view", "--output", "view.html"]) == 0
    page.goto((tmp_path / "view.html").as_uri())
    assert page.evaluate("window.ran") is None
    assert faults == []
    context.close()
