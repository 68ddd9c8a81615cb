"""Make the picture of the README: python tests/browser/screenshots.py [--output FILE]"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from konkyo.api import KnowledgeGraph
from konkyo.store.carried import carried_store

PICTURE = Path(__file__).resolve().parents[2] / ".assets/network.png"
SIZE = {"width": 1400, "height": 860}


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=PICTURE)
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
        browser.close()


if __name__ == "__main__":
    main()
