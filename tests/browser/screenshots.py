"""Make the pictures of the README: python tests/browser/screenshots.py [--store DIR] [--ministry NAME]

Without a store the carried graph is drawn, and the picture of a ministry is left as it is: it wants a store
that was built from the RS system's files.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

import konkyo
from konkyo.api import KnowledgeGraph
from konkyo.graph.lookup.things import find
from konkyo.store.carried import carried_store

ASSETS = Path(__file__).resolve().parents[2] / ".assets"
SIZE = {"width": 1400, "height": 860}
MEASURE = "ＩＣＴ分野における国際戦略の推進"
INDICATOR = "https://w3id.org/konkyo/id/indicator/soumu-23-15/3"


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--ministry", default="総務省")
    parser.add_argument("--output", type=Path, default=ASSETS)
    options = parser.parse_args()
    sheet = KnowledgeGraph(carried_store(), "ja")
    made = {
        "network": (sheet.view(), ""),
        "chain": (sheet.view(), f"s={quote(INDICATOR, safe='')}"),
    }
    if options.store:
        graph = konkyo.open(options.store, lang="ja")
        picked = find(graph.store, MEASURE).iri
        made["ministry"] = (graph.view(ministry=options.ministry), f"s={quote(picked, safe='')}")
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (view, state) in made.items():
            page = browser.new_page(viewport=SIZE)
            path = view.save(Path(folder) / f"{name}.html")
            page.goto(path.as_uri() + (f"#{state}" if state else ""))
            page.wait_for_selector("#kinds .chip")
            page.wait_for_timeout(500)  # the fonts of the system, and the frames after them
            page.screenshot(path=options.output / f"{name}.png")
            print(options.output / f"{name}.png")
        if options.store:
            page = browser.new_page(viewport={"width": 1280, "height": 1900})
            page.goto(graph.report().save(Path(folder) / "report.html").as_uri())
            page.screenshot(path=options.output / "report.png")
            print(options.output / "report.png")
        browser.close()


if __name__ == "__main__":
    main()
