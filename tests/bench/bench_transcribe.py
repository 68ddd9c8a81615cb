"""What `konkyo transcribe` reads, by form and kind of file: facts claimed and right, claimed and wrong, left open, F1.

Run it from the checkout: ``python tests/bench/bench_transcribe.py [--seeds 6] [--form standard] [--kind pdf] [--show]``.
The sheets are made up by chance from seeds; what they say is known from the content that the file was made of, never from the
reader. The text of 2012 is compared with the transcription that was made by hand.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from ruamel.yaml import YAML  # noqa: E402

from konkyo.common.errors import KonkyoError  # noqa: E402
from konkyo.sources.documents.reading import read_document  # noqa: E402
from konkyo.sources.forms.fill import Filled, fill  # noqa: E402
from support.facts_of_sheets import Score, score  # noqa: E402
from support.generated_ministries import FORMS as SHEETS  # noqa: E402
from support.generated_reviews import FORMS as REVIEWS  # noqa: E402
from support.invented_sheets import Invented, page_html, word, workbook  # noqa: E402
from support.transcription_facts import compare  # noqa: E402

FORMS = {**SHEETS, **REVIEWS}
SHARED = ROOT.parent / "shared" / "sources"
_BARE = "td{border:none;vertical-align:top}"
_MIDDLE = "td{border:none;vertical-align:middle}"
_CENTRED = "td{text-align:center}"
_TALL = "td{height:11mm}"
Print = Callable[[Invented, Path], Path]


@contextmanager
def printer() -> Iterator[Print]:
    """Yield what prints a sheet to PDF: one Chromium for all of them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()

        def made(sheet: Invented, path: Path) -> Path:
            page.set_content(page_html(sheet))
            page.pdf(path=path, prefer_css_page_size=True)
            return path

        yield made
        browser.close()


def kinds(to_pdf: Print) -> dict[str, Callable[[Invented, Path], Path]]:
    return {
        "xlsx": lambda sheet, path: workbook(sheet, path.with_suffix(".xlsx")),
        "docx": lambda sheet, path: word(sheet, path.with_suffix(".docx")),
        "pdf": lambda sheet, path: to_pdf(sheet, path.with_suffix(".pdf")),
        "pdf, two pages": lambda sheet, path: to_pdf(replace(sheet, style=_TALL), path.with_suffix(".pdf")),
        "pdf, centred": lambda sheet, path: to_pdf(replace(sheet, style=_CENTRED), path.with_suffix(".pdf")),
        "pdf without rules, middle": lambda sheet, path: to_pdf(
            replace(sheet, style=_MIDDLE), path.with_suffix(".pdf")
        ),
        "pdf without rules": lambda sheet, path: to_pdf(
            replace(sheet, style=_BARE), path.with_suffix(".pdf")
        ),
    }


def read(path: Path) -> list[Filled]:
    try:
        return fill(read_document(path))
    except KonkyoError as error:
        print(path, error.message.en)
        return []


def invented(options: argparse.Namespace) -> None:
    print("form\tkind\tright\twrong\tplain and wrong\topen\tF1 values\tF1 bases\tseconds a sheet")
    with tempfile.TemporaryDirectory() as folder, printer() as to_pdf, ThreadPoolExecutor(2) as pool:
        for name, form in FORMS.items():
            if options.form and options.form != name:
                continue
            for kind, make in kinds(to_pdf).items():
                if options.kind and options.kind != kind:
                    continue
                made = []
                for seed in range(options.seeds):
                    sheet, expected = form(seed)
                    made.append((make(sheet, Path(folder) / f"{name}-{kind[-5:]}-{seed}"), expected))
                begun = time.perf_counter()
                total = Score()
                for (path, expected), sheets in zip(
                    made, pool.map(read, (path for path, _ in made)), strict=True
                ):
                    found = score(sheets[0].data if sheets else {}, expected)
                    total.add(found)
                    if options.show:
                        show(path, found, sheets)
                took = (time.perf_counter() - begun) / len(made)
                print(
                    f"{name}\t{kind}\t{total.right.total()}\t{len(total.wrong)}\t{len(total.plain_wrong)}\t{len(total.open)}"
                    f"\t{total.f1(False):.3f}\t{total.bases}\t{took:.2f}",
                    flush=True,
                )


def folder(count: int) -> None:
    """Transcribe a folder of many sheets by the command itself; print what it used, beside pdfplumber's text of the same PDFs.

    Processor time is that of all its processes: what else runs on the machine does not count.
    """
    with tempfile.TemporaryDirectory() as place, printer() as to_pdf:
        made = [(name, kind) for kind in ("pdf", "xlsx", "docx") for name in FORMS]
        for number in range(count):
            name, kind = made[number % len(made)]
            sheet, _ = FORMS[name](number)
            kinds(to_pdf)[kind](sheet, Path(place) / f"{number:03}-{name}")
        pdfs = sorted(map(str, Path(place).glob("*.pdf")))
        command = ["-m", "konkyo", "transcribe", place, "-o", f"{place}/made", "--ministry", "例示省"]
        took, cpu, megabytes = _used(command)
        _, alone, _ = _used(
            ["-m", "konkyo", "transcribe", *pdfs, "-o", f"{place}/pdfs", "--ministry", "例示省"]
        )
        _, plain, _ = _used(["-c", _PLAIN, *pdfs])
        written = len(list(Path(place, "made").glob("*.yaml")))
        print(
            f"{count} files, {written} sheets: {cpu:.0f} s of processors ({took:.0f} s by the clock), largest process {megabytes:.0f} MB"
        )
        print(
            f"their {len(pdfs)} PDFs: {alone:.1f} s of processors, {alone / plain:.1f} times that of pdfplumber's plain text in one process"
        )


_PLAIN = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as file:
        [page.extract_text() for page in file.pages]
"""


def _used(arguments: list[str]) -> tuple[float, float, float]:
    """Run Python; return seconds by the clock and of processors, with those of its children, and megabytes of the largest process."""
    import os
    import subprocess

    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, used = os.wait4(process.pid, 0)
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def show(path: Path, found: Score, sheets: list[Filled]) -> None:
    for title, facts in (("wrong", found.wrong), ("open", found.open)):
        for fact in facts:
            mark = "!" if fact in found.plain_wrong else " "
            print(f"  {path.name} {title}{mark} {' | '.join(fact)}")
    for sheet in sheets[:1]:
        for line in sheet.failed + sheet.unsure:
            print("     ", line.replace("\n", " "))
        for rest in sheet.data.get("未配置", []):
            print("      rest:", rest["値"].replace("\n", " ")[:80])


def known(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return data


def published() -> None:
    if (text := SHARED / "soumu-h24-15.txt").is_file():
        found = compare(read(text)[0].data, known(ROOT / "graphs" / "sheets" / "soumu-23-15.yaml"))
        right, wrong, left = (one.total() for one in (found.right, found.wrong, found.open))
        print(f"text layer of 2012 against the hand: {right} right, {wrong} wrong, {left} open")
    for path in sorted((SHARED / "excerpts").glob("*.txt")):
        sheets = read(path)
        told = (
            f"{sheets[0].form}: {sheets[0].fields} fields, {sheets[0].rest} not placed"
            if sheets
            else "no form"
        )
        print(f"{path.name}\t{told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--form", choices=FORMS)
    parser.add_argument("--kind")
    parser.add_argument("--show", action="store_true")
    parser.add_argument(
        "--folder", type=int, metavar="COUNT", help="transcribe a folder of so many sheets instead"
    )
    options = parser.parse_args()
    if options.folder:
        folder(options.folder)
        return
    invented(options)
    if not options.form:
        published()


if __name__ == "__main__":
    main()
