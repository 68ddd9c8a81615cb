"""Make the pictures of the README: python tests/browser/screenshots.py [--output FILE] [--overview STORE]

With a store of a review, those of its overview are made too, in the colours that they need and no more.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Any

from konkyo.api import KnowledgeGraph
from konkyo.store import open_store
from konkyo.store.carried import carried_store

PICTURE = Path(__file__).resolve().parents[2] / ".assets/network.png"
SIZE = {"width": 1640, "height": 900}
_PLAN = "#strategy=strategy%2Fhonebuto"
OVERVIEWS = (
    ("government", (1366, 768), "light", ""),
    ("plan", (1366, 768), "light", _PLAN),
    ("ministry", (1366, 768), "light", "#ministry=org%2Fsoumu"),
    ("dark", (1920, 1080), "dark", ""),
    ("phone", (390, 844), "light", ""),
)


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
        page.screenshot(path=options.output)
        if options.overview:
            _overview(browser, options.overview, Path(folder))
        browser.close()


def _overview(browser: Any, store: Path, folder: Path) -> None:
    from PIL import Image

    file = KnowledgeGraph(open_store(store), "ja").overview().save(folder / "overview.html").as_uri()
    for name, (width, height), scheme, opened in OVERVIEWS:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        page.goto(file + opened)
        page.wait_for_timeout(500)
        path = PICTURE.with_name(f"overview-{name}.png")
        page.screenshot(path=path)
        page.close()
        # Twice more, so that a colour that few points have is not lost in its neighbour's.
        picture = Image.open(path).convert("RGB").quantize(160, kmeans=2, dither=Image.Dither.NONE)
        picture.save(path, optimize=True)


if __name__ == "__main__":
    main()
