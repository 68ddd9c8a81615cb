"""Time what a site does in the reader's browser, from its folder: the first hit of a search, and stored queries by SPARQL.

    python tests/bench/bench_site_browser.py SITE [QUERY …]

SITE is what `konkyo site` has written. Without names of queries all are asked that the site answers, without parameters. A
search is timed with the parts of its index still to be loaded and again with them there, a query with its data still to be
loaded (all) and by itself (query).
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TEXTS = (
    "防災",
    "国際",
    "事業",
    "の",
    "予算事業820",
    "骨太の方針2023",
    "総務省 電波",
    "情報通信技術の利用",
    "新生長戦略",
)
SEARCH = """async (text) => {
  const times = [];
  let hits;
  for (let round = 0; round < 2; round++) {
    const start = performance.now();
    ({ hits } = await konkyoSearch.found(text));
    if (hits.length) await konkyoSearch.thing(hits[0]);
    times.push(Math.round(performance.now() - start));
  }
  return [hits.length, ...times];
}"""
ENABLED = "() => document.getElementById('sparql-run').disabled"


def waited(page: Page) -> None:
    while page.evaluate(ENABLED):
        page.wait_for_timeout(20)


def searches(page: Page, site: Path) -> None:
    page.goto((site / "search" / "index.html").as_uri())
    print("text\thits\tfirst (ms)\tagain (ms)")
    page.evaluate("() => konkyoSearch.load('core')")
    for text in TEXTS:
        print(text, *page.evaluate(SEARCH, text), sep="\t")


def queries(page: Page, site: Path, names: list[str]) -> None:
    page.goto((site / "sparql" / "index.html").as_uri())
    waited(page)
    print("ready (ms)", page.evaluate("document.documentElement.dataset.ready"), sep="\t")
    answered = "[...document.querySelectorAll('#sparql-stored optgroup')][0].children"
    names = names or page.evaluate(f"() => [...{answered}].map((one) => one.value)")
    print("query\tall (ms)\tquery (ms)\ttold")
    for name in names:
        page.select_option("#sparql-stored", name)
        page.evaluate("() => delete document.documentElement.dataset.took")
        start = page.evaluate("() => performance.now()")
        page.click("#sparql-run")
        waited(page)
        took = page.evaluate(
            "(start) => [performance.now() - start, document.documentElement.dataset.took]", start
        )
        print(name, round(took[0]), took[1], page.inner_text("#sparql-status"), sep="\t", flush=True)


def main() -> None:
    site, names = Path(sys.argv[1]).resolve(), sys.argv[2:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        searches(page, site)
        queries(page, site, names)
        browser.close()


if __name__ == "__main__":
    main()
