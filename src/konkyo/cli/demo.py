"""``konkyo demo``: the main job on the sheet that the package carries."""

from __future__ import annotations

import argparse
import sys
import time

from konkyo.cli.options import Say, output_option
from konkyo.cli.progress import progress, waiting
from konkyo.cli.writing import write
from konkyo.common.errors import KonkyoError
from konkyo.common.paths import DEFAULT_STORE
from konkyo.common.words import Words

_STEPS = (
    Words("評価書 総務省23-⑮ からグラフを作る", "Build the graph of the sheet Soumu 23-15"),
    Words("制約に照らして検査する", "Check it against the shapes"),
    Words("どの施策に、どの戦略が挙げられているか", "Which strategy is named behind which measure"),
    Words("ネットワークをHTMLに書く", "Write the network as HTML"),
)


def arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Add the options."""
    output_option(parser, say, "HTMLの書き先", "where to write the HTML", default="konkyo-demo.html")


def run(options: argparse.Namespace) -> int:
    """Build, check, answer, draw. Returns 1 if the graph violates a shape."""
    from konkyo.api import open_graph
    from konkyo.build.pipeline import build
    from konkyo.cli.check import report_violations
    from konkyo.present.text.terminal import print_tree
    from konkyo.present.text.traces import tree
    from konkyo.store import is_remote
    from konkyo.store.remote.endpoints import shown

    lang = options.lang
    begun = time.perf_counter()
    folder = options.store or DEFAULT_STORE
    if is_remote(folder):
        raise KonkyoError(
            Words("demo はフォルダーにだけストアを作ります。", "demo makes a store in a folder only."),
            source=shown(str(folder)),
        )

    def step(number: int) -> None:
        print(f"\n[{number}/{len(_STEPS)}] {_STEPS[number - 1].of(lang)}", flush=True)

    step(1)
    with progress(lang) as show:
        report = build([], folder, keep=True, progress=show)
    print(Words(f"{folder}: {report.total:,}件の事実", f"{folder}: {report.total:,} facts").of(lang))
    step(2)
    graph = open_graph(folder, lang=lang)
    with waiting(lang):
        found = graph.check()
    if report_violations(found, "table", lang):
        return 1
    step(3)
    for row in graph.query(
        "SELECT DISTINCT ?m WHERE { ?m a <https://w3id.org/konkyo/ns#Measure> } ORDER BY ?m"
    ):
        print_tree(tree(graph.trace(row["m"], level="stated").answer, lang), sys.stdout)
    step(4)
    write(options.output, graph.view().html())
    seconds = time.perf_counter() - begun
    print(
        Words(
            f"{options.output.resolve()}\nブラウザーで開けます（通信しません）。ここまで{seconds:.1f}秒。\n\n次に:\n"
            "  konkyo trace 新成長戦略            この戦略を挙げるもの\n"
            "  konkyo trace 受講者数              この指標の根拠\n"
            "  konkyo query --list                保存済みの問合せ",
            f"{options.output.resolve()}\nOpen it in a browser; it makes no request. {seconds:.1f} s so far.\n\nNext:\n"
            "  konkyo trace 新成長戦略            what rests on this strategy\n"
            "  konkyo trace 受講者数              what this indicator rests on\n"
            "  konkyo query --list                the stored queries",
        ).of(lang)
    )
    return 0
