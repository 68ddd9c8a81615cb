"""How quick the page is: konkyo's, bare vis-network with the same positions, and pyvis as it comes, in turn.

    python tests/bench/bench_view.py                 # 500, 2,000, 5,000 and 20,000 nodes, about five minutes
    python tests/bench/bench_view.py 500 2000        # only these sizes
    python tests/bench/bench_view.py --vis FILE …    # another vis-network.min.js in both pages

Needs Chromium and playwright. Ready is the time from the start of navigation to the second frame after the
first full drawing; pan is the 95th percentile of the frames of a drag; selection and search are the time from
the call to the second frame after it. Each figure is the median of three runs in new contexts.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from synthetic import policy_graph

from konkyo.common.files import write_whole
from konkyo.present.view import page as page_module
from konkyo.present.view.data import json_for_script, links_of, place, things_of

RUNS = 3
PYVIS_UP_TO = 500  # with physics: minutes beyond
LIMITS = {
    500: {"ready": 1000},
    2000: {"pan": 100},
    5000: {"ready": 2500, "select": 100, "search": 100},
    20000: {"ready": 7000},
}
_TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
_READY = {
    "konkyo": "window.konkyoView",
    "bare vis": "window.drawn",
    "pyvis": "window.drawn",
}
# pyvis' page knows no "ready": its network is a global, and with physics it is usable when it has settled.
_WATCH_PYVIS = """addEventListener("DOMContentLoaded", () => {
  const wait = () => (window.network && window.network.once ? window.network.once("stabilizationIterationsDone",
    () => window.network.once("afterDrawing", () => { window.drawn = true; })) : setTimeout(wait, 5));
  wait();
});"""
# Not wait_for_function: it evaluates text in the page, which the page's policy forbids.
_WAIT = """() => new Promise((done, fail) => {
  const end = performance.now() + LIMIT;
  const wait = () => READY ? done() : performance.now() > end ? fail(new Error("never ready")) : requestAnimationFrame(wait);
  wait();
})"""
_PAN = """() => new Promise((done) => {
  const times = [];
  window.stopPan = () => { window.stopPan = null; done(times); };
  const tick = (now) => { times.push(now); if (window.stopPan) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
})"""


def bare_vis(graph: Any, path: Path, script: str) -> Path:
    """Write a page with nothing but vis-network, the same positions and options of an ordinary careful user."""
    things = things_of(graph)
    links = links_of(graph, {thing["key"]: n for n, thing in enumerate(things)})
    place(things, links)
    nodes = [
        {
            "id": n,
            "label": thing["label"]["ja"],
            "x": thing["place"]["ja"][0],
            "y": thing["place"]["ja"][1],
            "shape": "box",
        }
        for n, thing in enumerate(things)
    ]
    edges = [{"from": link["from"], "to": link["to"], "arrows": "to"} for link in links]
    data = json_for_script({"nodes": nodes, "edges": edges})
    path.write_text(
        '<!DOCTYPE html><meta charset="utf-8"><style>#n{height:800px}</style><div id="n"></div>'
        f'<script type="application/json" id="d">{data}</script><script>{script}</script><script>'
        "const d = JSON.parse(document.getElementById('d').textContent);"
        "window.network = new vis.Network(document.getElementById('n'), {nodes: new vis.DataSet(d.nodes), edges: new vis.DataSet(d.edges)},"
        "{physics: false, layout: {improvedLayout: false}, edges: {smooth: false}});"
        "network.once('afterDrawing', () => { window.drawn = true; }); network.fit();</script>",
        encoding="utf-8",
    )
    return path


def pyvis_page(graph: Any, path: Path) -> Path:
    """Write what pyvis makes of the graph by itself."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for key, node in graph.nodes(data=True):
        network.add_node(key, label=node["label"]["ja"])
    for start, end in graph.edges():
        network.add_edge(start, end)
    path.write_text(network.generate_html(), encoding="utf-8")
    return path


def measure(browser: Any, name: str, path: Path, graph: Any, limit: float) -> dict[str, float]:
    """Return milliseconds: ready, pan (p95), select, search; what a page cannot do is left out."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(limit * 1000)
    if name == "pyvis":
        page.add_init_script(_WATCH_PYVIS)
    found: dict[str, float] = {}
    try:
        page.goto(path.as_uri(), wait_until="commit")
        page.evaluate(_WAIT.replace("READY", _READY[name]).replace("LIMIT", str(limit * 1000)))
        found["ready"] = page.evaluate(_TWO_FRAMES)
        page.evaluate(f"() => {{ window.pan = ({_PAN})(); }}")
        box = page.locator("canvas").first.bounding_box()
        # Empty ground at the left edge of the picture, so that the drag takes hold of no box.
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 12
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(40):
            page.mouse.move(x - step * 5, y - step * 3)
        page.mouse.up()
        times = page.evaluate("() => { window.stopPan(); return window.pan; }")
        gaps = sorted(b - a for a, b in pairwise(times))
        found["pan"] = gaps[int(len(gaps) * 0.95)]
        keys = sorted(graph.nodes)
        picked = keys[len(keys) // 3]
        if name == "konkyo":
            found["select"] = page.evaluate(
                f"(iri) => {{ const at = performance.now(); konkyoView.select(iri); return ({_TWO_FRAMES})().then((end) => end - at); }}",
                picked,
            )
            search = (
                "(words) => { const box = document.getElementById('search'); box.focus(); const at = performance.now();"
                "box.value = words; box.dispatchEvent(new Event('input', {bubbles: true}));"
                f"return ({_TWO_FRAMES})().then((end) => end - at); }}"
            )
            found["first search"] = page.evaluate(search, "国際")
            found["search"] = page.evaluate(search, "国際連携 普及")
        elif name == "bare vis":
            found["select"] = page.evaluate(
                f"() => {{ const at = performance.now(); network.selectNodes([{len(keys) // 3}]); return ({_TWO_FRAMES})().then((end) => end - at); }}"
            )
    except Exception as error:  # a page that never gets ready is a figure too
        print(f"    {name}: {str(error).splitlines()[0]}", file=sys.stderr)
    finally:
        context.close()
    return found


def main() -> None:
    """Print a table of milliseconds and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[500, 2000, 5000, 20000])
    parser.add_argument("--vis", type=Path, help="a vis-network.min.js to measure with")
    parser.add_argument(
        "--pyvis", type=int, default=PYVIS_UP_TO, metavar="N", help="pyvis as it comes up to N nodes"
    )
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    results = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in options.sizes:
            graph = policy_graph(size)
            began = time.perf_counter()
            pages = {"konkyo": folder / f"k{size}.html"}
            write_whole(pages["konkyo"], page_module.render(graph, "ja", vis=options.vis))
            written = time.perf_counter() - began
            pages["bare vis"] = bare_vis(graph, folder / f"b{size}.html", page_module.vis_script(options.vis))
            if size <= options.pyvis:
                pages["pyvis"] = pyvis_page(graph, folder / f"p{size}.html")
            runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in pages}
            for number in range(options.runs):
                for kind, path in pages.items():
                    if kind == "pyvis" and number:
                        continue  # once is slow enough
                    runs[kind].append(measure(browser, kind, path, graph, 180 if kind == "pyvis" else 60))
            print(
                f"\n{size:,} nodes, {graph.number_of_edges():,} edges: written in {written:.2f} s, "
                f"{pages['konkyo'].stat().st_size / 1e6:.1f} MB"
            )
            figures = {
                kind: {key: statistics.median(run[key] for run in made if key in run) for key in made[0]}
                for kind, made in runs.items()
                if made and made[0]
            }
            for kind, found in figures.items():
                cells = []
                for key, value in found.items():
                    ours = figures["konkyo"].get(key)
                    ratio = f" ({value / ours:.1f} × konkyo)" if kind != "konkyo" and ours else ""
                    target = LIMITS.get(size, {}).get(key) if kind == "konkyo" else None
                    verdict = f" [target {target}: {'met' if value < target else 'MISSED'}]" if target else ""
                    cells.append(f"{key} {value:.0f} ms{ratio}{verdict}")
                print(f"  {kind:9} " + ", ".join(cells), flush=True)
            results.append({"nodes": size, "written": written, **figures})
        browser.close()
    if options.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
