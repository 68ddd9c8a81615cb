"""Make the pictures of the README: python tests/browser/screenshots.py [--output FILE] [--overview STORE]

With a store of a review, those of its overview are made too, in the colours that they need and no more.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from konkyo.api import KnowledgeGraph
from konkyo.store import open_store
from konkyo.store.carried import carried_store

PICTURE = Path(__file__).resolve().parents[2] / ".assets/network.png"
BANDS = Path(__file__).resolve().parents[2] / "src/konkyo/present/overview/overview.css"
SIZE = {"width": 1640, "height": 900}
_PLAN = "#strategy=strategy%2Fhonebuto"
OVERVIEWS = (
    ("government", (1366, 768), "light", ""),
    ("plan", (1366, 768), "light", _PLAN),
    ("ministry", (1366, 768), "light", "#ministry=org%2Fsoumu"),
    ("laptop-dark", (1366, 768), "dark", ""),
    ("desktop", (1920, 1080), "light", ""),
    ("dark", (1920, 1080), "dark", ""),
    ("phone", (390, 844), "light", ""),
    ("phone-dark", (390, 844), "dark", "#ministry=org%2Fsoumu"),
    ("timeline", (1366, 768), "light", f"{_PLAN}&issued=2020..2024"),
)
# From the government to a project: what is pressed, one after the other, by the beginning of its name.
CLICKS = ("経済財政運営と改革の基本方針:", "総務省:", "2024-06-21の版:")


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=PICTURE)
    parser.add_argument("--overview", type=Path, metavar="STORE", help="a store folder of a review")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        page.goto(KnowledgeGraph(carried_store(), "ja").view().save(Path(folder) / "network.html").as_uri())
        page.wait_for_selector("#kinds .chip")
        page.wait_for_timeout(500)  # the fonts of the system, and the frames after them
        _saved(Image.open(BytesIO(page.screenshot())), options.output)
        if options.overview:
            _overview(browser, options.overview, Path(folder))
        browser.close()


def _saved(picture: Image.Image, path: Path, colours: int = 180) -> None:
    """Write a picture in few colours, those of the overview's bands among them: a band that few points have keeps its own."""
    found = picture.convert("RGB").quantize(colours, kmeans=2, dither=Image.Dither.NONE).getpalette() or []
    own = sorted(set(re.findall(r"#([0-9a-f]{6})\b", BANDS.read_text(encoding="utf-8"))))
    palette = Image.new("P", (1, 1))
    palette.putpalette([*found[: 3 * colours], *bytes.fromhex("".join(own[: 256 - colours]))])
    picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def _overview(browser: Any, store: Path, folder: Path) -> None:
    file = KnowledgeGraph(open_store(store), "ja").overview().save(folder / "overview.html").as_uri()

    def shown(size: tuple[int, int], scheme: str, opened: str = "") -> Any:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        page.goto(file + opened)
        page.wait_for_timeout(500)
        return page

    for name, size, scheme, opened in OVERVIEWS:
        page = shown(size, scheme, opened)
        _saved(Image.open(BytesIO(page.screenshot())), PICTURE.with_name(f"overview-{name}.png"))
        page.close()
    page = shown((1366, 768), "light")
    steps = [Image.open(BytesIO(page.screenshot()))]
    for pressed in (*CLICKS, None, None):  # then the greatest measure, and its greatest project
        named = f'.hit[aria-label^="{pressed}"]' if pressed else ".group:has(.right) .hit"
        page.locator(f"#picture {named}").first.click()
        page.mouse.move(5, 760)
        page.wait_for_timeout(200)
        steps.append(Image.open(BytesIO(page.screenshot())))
    page.close()
    width, height = 940, 528
    sheet = Image.new("RGB", (2 * width + 12, 3 * height + 24), "#888888")
    for place, step in enumerate(steps):
        sheet.paste(
            step.resize((width, height), Image.Resampling.LANCZOS),
            (place % 2 * (width + 12), place // 2 * (height + 12)),
        )
    _saved(sheet, PICTURE.with_name("overview-drill-down.png"), 64)


if __name__ == "__main__":
    main()
