"""Every form from sheets that are made up by chance: what they say is known from their content, never from the reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from konkyo.sources.documents import Document
from konkyo.sources.documents.pdf import read_pdf
from konkyo.sources.documents.word import read_word
from konkyo.sources.documents.workbook import read_workbook
from konkyo.sources.forms.fill import Filled, fill
from konkyo.sources.forms.write import as_yaml, transcription
from konkyo.sources.sheet import REVIEW_SCHEMA, SCHEMA
from konkyo.sources.yaml_document import check_against, read_yaml
from support.facts_of_sheets import score
from support.generated_ministries import FORMS as SHEETS
from support.generated_reviews import FORMS as REVIEWS
from support.invented_sheets import Invented, page_html, word, workbook

FORMS = {**SHEETS, **REVIEWS}
READERS: dict[str, Callable[[bytes], Any]] = {"xlsx": read_workbook, "docx": read_word, "pdf": read_pdf}
MAKERS = {"xlsx": workbook, "docx": word}


def read(path: Path) -> tuple[Document, list[Filled]]:
    """Read a file in this process: that another one reads it is tested elsewhere."""
    kind: Any = path.suffix[1:]
    boxes, pages, notes = READERS[kind](path.read_bytes())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    document = Document(path.name, digest, kind, tuple(boxes), tuple(pages), tuple(notes))
    return document, fill(document)


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("name", FORMS)
def test_all_that_a_sheet_says_is_read_and_nothing_else(tmp_path: Path, name: str, kind: str) -> None:
    seed = 20 + len(kind + name)
    sheet, expected = FORMS[name](seed)
    document, (made,) = read(MAKERS[kind](sheet, tmp_path / f"sheet.{kind}"))
    found = score(made.data, expected)
    assert (found.wrong, found.open) == ([], [])
    # What was read fits the schema that `konkyo build` holds it to, but for what the file does not say.
    path = tmp_path / "made.yaml"
    data = transcription(document, made, "key")
    if "府省庁" not in data:
        data["府省庁"] = {"値": "例示省", "場所": data["表題"]["場所"]}
    path.write_text(as_yaml(data), encoding="utf-8")
    check_against(read_yaml(path), REVIEW_SCHEMA if "事業名" in data else SCHEMA)


BARE = "td{border:none;vertical-align:top}"


@pytest.fixture(scope="module")
def printed(browser: Any) -> Callable[[Invented, Path], Path]:
    page = browser.new_page()

    def made(sheet: Invented, path: Path) -> Path:
        page.set_content(page_html(sheet))
        page.pdf(path=path, prefer_css_page_size=True)
        return path

    return made


@pytest.mark.browser
@pytest.mark.parametrize("style", ["", BARE, "td{height:11mm}"], ids=["ruled", "unruled", "two pages"])
@pytest.mark.parametrize("name", ["mhlw", "review"])
def test_a_printed_sheet_is_read(
    tmp_path: Path, printed: Callable[[Invented, Path], Path], name: str, style: str
) -> None:
    sheet, expected = FORMS[name](3)
    _, sheets = read(printed(replace(sheet, style=style), tmp_path / "sheet.pdf"))
    found = score(sheets[0].data, expected)
    assert found.plain_wrong == []
    if style != BARE:
        assert (found.wrong, found.open) == ([], [])
    else:
        # Without rules nothing is plain, and a little stays open.
        assert found.f1(False) > 0.9 and found.f1(True) == 1
        assert not [cell for cell in sheets[0].data.get("測定指標", []) if cell["確度"] == "明白"]
