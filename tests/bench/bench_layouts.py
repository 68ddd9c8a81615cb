"""What `konkyo transcribe` reads of layouts that its own bench lacks: rules as areas, other grids, memos, footnotes, units above.

Run it from the checkout: ``python tests/bench/bench_layouts.py [--seeds 3] [--form standard] [--layout xlsx/fine] [--show]``.
The content is that of `bench_transcribe.py`; how the files are made is not. ``--keep FOLDER`` makes the files only once.
Layouts whose name begins with ``office/`` are workbooks and Word documents printed by LibreOffice, where it is installed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from konkyo.common.errors import KonkyoError  # noqa: E402
from konkyo.sources.documents.reading import read_document  # noqa: E402
from konkyo.sources.forms.fill import Filled, fill  # noqa: E402
from support.adverse_layouts import (  # noqa: E402
    GRIDS,
    HELD_OUT,
    HELD_OUT_GRIDS,
    PDF_LAYOUTS,
    TEXTS,
    Grid,
    page,
    workbook,
)
from support.facts_of_sheets import Score, score  # noqa: E402
from support.generated_ministries import FORMS as SHEETS  # noqa: E402
from support.generated_reviews import FORMS as REVIEWS  # noqa: E402
from support.invented_sheets import Invented, word  # noqa: E402
from support.office_prints import OFFICE, available  # noqa: E402
from support.office_prints import to_pdf as print_by_office  # noqa: E402
from support.stranger_sheets import STRANGE_PRINTS, STRANGERS  # noqa: E402
from support.stranger_sheets import page as strange_page  # noqa: E402
from support.stranger_sheets import word as strange_word  # noqa: E402
from support.stranger_sheets import workbook as strange_workbook  # noqa: E402

FORMS = {**SHEETS, **REVIEWS, **STRANGERS}
Make = Callable[[list[Invented], Path, Callable[[str, Path], None]], Path]


def layouts() -> dict[str, tuple[str, Make]]:
    """Return each layout with the ending of its files and what makes one of some sheets."""

    def printed(css: str, change: Callable[[Invented], Invented]) -> Make:
        def make(sheets: list[Invented], path: Path, to_pdf: Callable[[str, Path], None]) -> Path:
            to_pdf(page([change(sheet) for sheet in sheets], css), path)
            return path

        return make

    def same(sheet: Invented) -> Invented:
        return sheet

    ruled = PDF_LAYOUTS["rules as filled areas"]
    made: dict[str, tuple[str, Make]] = {}
    for name, css in {**PDF_LAYOUTS, **HELD_OUT}.items():
        made[f"pdf/{name}"] = (".pdf", printed(css, same))
    for name, grid in {**GRIDS, **HELD_OUT_GRIDS}.items():
        made[f"xlsx/{name}"] = (".xlsx", lambda sheets, path, _, grid=grid: workbook(sheets, path, grid))
    for name, change in TEXTS.items():
        made[f"pdf/{name}"] = (".pdf", printed(ruled, change))
        made[f"xlsx/{name}"] = (
            ".xlsx",
            lambda sheets, path, _, change=change: workbook([change(one) for one in sheets], path, Grid()),
        )
        made[f"docx/{name}"] = (".docx", lambda sheets, path, _, change=change: word(change(sheets[0]), path))
    for name, css in STRANGE_PRINTS.items():
        made[f"stranger/pdf {name}"] = (
            ".pdf",
            lambda sheets, path, to_pdf, css=css: (to_pdf(strange_page(sheets, css), path), path)[1],
        )
    made["stranger/xlsx"] = (".xlsx", lambda sheets, path, _: strange_workbook(sheets, path))
    made["stranger/xlsx, no rules"] = (
        ".xlsx",
        lambda sheets, path, _: strange_workbook(sheets, path, ruled=False),
    )
    made["stranger/docx, grid"] = (".docx", lambda sheets, path, _: strange_word(sheets, path, "Table Grid"))
    made["stranger/docx, no style"] = (".docx", lambda sheets, path, _: strange_word(sheets, path, None))
    for name, (ending, write) in OFFICE.items() if available() else ():
        # The source of the print; LibreOffice prints all of them at once.
        made[name] = (
            ".pdf",
            lambda sheets, path, _, write=write, ending=ending: write(sheets, path.with_suffix(ending)),
        )
    return made


def printer() -> tuple[Callable[[str, Path], None], Callable[[], None]]:
    """Return what prints HTML to a PDF, and what ends it."""
    from playwright.sync_api import sync_playwright

    playwright = sync_playwright().start()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    tab = browser.new_page()

    def to_pdf(source: str, path: Path) -> None:
        tab.set_content(source)
        tab.pdf(path=path, prefer_css_page_size=True, print_background=True)

    def end() -> None:
        browser.close()
        playwright.stop()

    return to_pdf, end


def judged(work: tuple[Path, list[Any]]) -> tuple[Path, Score, list[Filled]]:
    """Read a file, and compare its sheets in their order with what they say."""
    path, expected = work
    try:
        sheets = fill(read_document(path))
    except KonkyoError as error:
        print(path, error.message.en)
        sheets = []
    total = Score()
    for number, said in enumerate(expected):
        total.add(score(sheets[number].data if number < len(sheets) else {}, said))
    return path, total, sheets


def show(path: Path, found: Score, sheets: list[Filled]) -> None:
    for title, facts in (("wrong", found.wrong), ("open", found.open)):
        for fact in facts:
            mark = "!" if fact in found.plain_wrong else " "
            print(f"  {path.name} {title}{mark} {' | '.join(fact)}")
    for sheet in sheets:
        print("    form", sheet.form)
        for line in sheet.failed + sheet.unsure:
            print("     ", line.replace("\n", " "))
        for rest in sheet.data.get("未配置", []):
            print("      rest:", rest["値"].replace("\n", " ")[:80], rest.get("場所"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=100, help="the first seed")
    parser.add_argument("--form", action="append", choices=FORMS)
    parser.add_argument("--layout", action="append", help="the beginning of a layout's name")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--by-form", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(exist_ok=True)
        to_pdf, end = printer()
        table: dict[tuple[str, str], list[tuple[Path, list[Any]]]] = {}
        sources: list[Path] = []
        for layout, (ending, make) in layouts().items():
            if options.layout and not any(layout.startswith(one) for one in options.layout):
                continue
            for form in options.form or (
                STRANGERS if layout.startswith("stranger/") else {**SHEETS, **REVIEWS}
            ):
                for seed in range(options.first, options.first + options.seeds):
                    two = ending == ".xlsx" and seed % 3 == 1
                    pairs = [FORMS[form](one) for one in ((seed, seed + 50) if two else (seed,))]
                    path = folder / f"{layout.replace('/', '-').replace(' ', '_')}-{form}-{seed}{ending}"
                    if not path.exists():
                        made_file = make([sheet for sheet, _ in pairs], path, to_pdf)
                        sources += [made_file] if made_file != path else []
                    key = (layout, form if options.by_form else "")
                    table.setdefault(key, []).append((path, [said for _, said in pairs]))
        end()
        print_by_office(sources, folder)
        print("layout\tform\tright\twrong\tplain and wrong\topen\tF1 values\tF1 bases")
        with multiprocessing.Pool(2) as pool:
            for (layout, form), work in table.items():
                total = Score()
                for path, found, sheets in pool.map(judged, work):
                    total.add(found)
                    if options.show:
                        show(path, found, sheets)
                counts = (total.right.total(), len(total.wrong), len(total.plain_wrong), len(total.open))
                print(
                    f"{layout}\t{form}\t"
                    + "\t".join(map(str, counts))
                    + f"\t{total.f1(False):.3f}\t{total.bases}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
