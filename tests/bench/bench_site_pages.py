"""Look at a whole site: its links, its things, and some of its pages in a browser, from the folder and from a host.

    python tests/bench/bench_site_pages.py SITE STORE [--pages 300] [--seed 1]

SITE is what `konkyo site` has written of STORE. Told are the things by kind as SPARQL counts them and those that have their pages
and data; dead links and what would be loaded from elsewhere, over all pages; and of ``--pages`` pages, drawn by ``--seed``, what
html-validate (rules "recommended", by npm) and axe-core find, every error of a script and every request to another host, once by
``file://`` and once from a plain server of files below a path.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import sync_playwright

from konkyo.graph.sparql import PROLOGUE
from konkyo.server.http.addresses import place
from konkyo.server.site.things import KINDS
from konkyo.store import open_store
from support import axe_core
from support.site_pages import faults

_VALIDATOR = "html-validate@10.17.0"
_BELOW = "konkyo"


def things(site: Path, store: Path) -> None:
    """Print how many things of each kind there are, and how many have their two pages and two files of data."""
    places = json.loads((site / "konkyo-site.json").read_text())["things"]
    asked = open_store(store)
    print("| kind | things (SPARQL) | pages | in English | Turtle | JSON-LD |\n|---|---|---|---|---|---|")
    for kind, where in KINDS.items():
        count = next(iter(asked.select(f"{PROLOGUE}SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {where} }}")))
        rows = asked.select(f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ {where} }}")
        own = [places.get(place(row["s"].value) or "") for row in rows]
        found = [path for path in own if path]
        there = [
            sum((site / one.format(path)).is_file() for path in found)
            for one in ("page/{}/index.html", "en/page/{}/index.html", "{}.ttl", "{}.jsonld")
        ]
        print(f"| {kind} | {count['n'].value} |", *(f"{number} |" for number in there))


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """Show a folder below a path, as a plain host of files does."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / _BELOW).symlink_to(site)

        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{_BELOW}/"
        server.shutdown()


def in_browser(site: Path, pages: list[str], root: str, axe: str) -> Counter[str]:
    """Return what is wrong with pages in a browser, in words, with how often."""
    told: Counter[str] = Counter()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(bypass_csp=True)  # for axe-core alone
        page.on("pageerror", lambda error: told.update([f"script: {error}"]))
        page.on(
            "request",
            lambda asked: told.update([] if asked.url.startswith((root, "data:", "blob:")) else [asked.url]),
        )
        page.on("response", lambda got: told.update([f"{got.status} {got.url}"] if got.status >= 400 else []))
        for path in pages:
            page.goto(root + path)
            page.evaluate(axe)
            found: list[dict[str, Any]] = page.evaluate(axe_core.RUN)
            told.update(f"axe {one['impact']} {one['id']}" for one in found)
        browser.close()
    return told


def validated(site: Path, pages: list[str]) -> Counter[str]:
    """Return how often html-validate finds what."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, _VALIDATOR], check=True)
        rules = Path(folder) / "rules.json"
        rules.write_text('{"root": true, "extends": ["html-validate:recommended"]}')
        out = Path(folder) / "found.json"  # a pipe would be cut when it ends
        command = [f"{folder}/node_modules/.bin/html-validate", "--config", str(rules)]
        subprocess.run([*command, "--formatter", f"json={out}", *pages], cwd=site, check=False)
        found = json.loads(out.read_bytes())
    return Counter(f"{one['ruleId']}: {one['message']}" for file in found for one in file["messages"])


def main() -> None:
    """Look at a site and print what is found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("site", type=Path)
    options.add_argument("store", type=Path)
    options.add_argument("--pages", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    site = asked.site.resolve()
    things(site, asked.store)
    every = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    # The page of what is not found goes by the host's root, wherever it is shown.
    wrong = [fault for fault in faults(site, f"/{_BELOW}") if not fault.startswith("404.html")]
    print(f"\n{len(every):,} pages, dead links and loads from elsewhere: {len(wrong)}", *wrong[:20], sep="\n")
    some = random.Random(asked.seed).sample(every, min(asked.pages, len(every)))
    print(f"\n{len(some)} pages by seed {asked.seed}\nhtml-validate:", dict(validated(site, some)))
    with tempfile.TemporaryDirectory() as folder:
        axe = axe_core.fetch(Path(folder))
    print("from the folder:", dict(in_browser(site, some, f"{site.as_uri()}/", axe)))
    with hosted(site) as root:
        print("from a host:", dict(in_browser(site, some, root, axe)))


if __name__ == "__main__":
    main()
