"""How long the analyst's questions take, from the command line and inside one process, against a script of one's own.

    python tests/bench/bench_trace.py --store STORE [--script] [--rounds 5]

``--store`` is a store folder that `konkyo build` made of the RS files of a year. Each command runs in a new process, start-up included;
the first run, which fills the system's cache, is not counted. ``--script`` adds what a user would write instead: rdflib reads the
graphs that the questions need, networkx holds the links, and the same answers are counted; its reading is told apart.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from konkyo.graph.lookup.things import describe, find
from konkyo.questions.trace import between, trace
from konkyo.store import open_store

UP, DOWN, FAR = "予算事業820", "骨太の方針", "新成長戦略"
COMMANDS: list[tuple[str, list[str], float | None]] = [
    ("trace up from a project", ["trace", UP], 0.2),
    ("trace down from the most cited strategy, with its money", ["trace", DOWN], 0.6),
    ("chains between a strategy and a project", ["trace", FAR, UP], None),
    ("gaps of one ministry", ["gaps", "--ministry", "総務省"], 1.0),
    ("gaps of all", ["gaps"], 10.0),
]
PROJECTS = (
    "PREFIX kk: <https://w3id.org/konkyo/ns#> SELECT ?p WHERE { ?p a kk:Project } ORDER BY ?p LIMIT 200"
)


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Return the seconds of each round."""
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return found


def commands(store: Path, rounds: int) -> None:
    """Print the median and the best time of each command."""
    for name, words, target in COMMANDS:
        line = [sys.executable, "-m", "konkyo", *words, "--store", str(store)]

        def run(line: list[str] = line) -> None:
            subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        run()
        times = timed(run, rounds)
        wanted = f"  (target {target:g})" if target else ""
        print(
            f"{name:58} median {statistics.median(times):6.3f} s  best {min(times):6.3f} s{wanted}",
            flush=True,
        )


def inside(folder: Path) -> dict[str, float]:
    """Print what the same costs inside one process; return the medians in seconds."""
    store = open_store(folder)
    from konkyo.graph.reader import Reader

    things = describe(Reader(store), [row["p"].value for row in store.select(PROJECTS)])
    trace(store, things[0])
    up = [timed(lambda thing=thing: trace(store, thing), 1)[0] for thing in things]  # type: ignore[misc]
    strategy, far, project = find(store, DOWN), find(store, FAR), find(store, UP)
    down = timed(lambda: trace(store, strategy, limit=20), 5)
    ways = timed(lambda: between(store, far, project), 5)
    for name, times in (("up, of 200 projects", up), ("down", down), ("between", ways)):
        print(
            f"inside one process: {name:38} median {1000 * statistics.median(times):7.1f} ms  worst {1000 * max(times):7.1f} ms"
        )
    return {"up": statistics.median(up), "down": statistics.median(down), "between": statistics.median(ways)}


_KK, _DCAT, _TERMS = "https://w3id.org/konkyo/ns#", "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"


def script(folder: Path, ours: dict[str, float]) -> None:
    """Answer by rdflib and networkx what a user would script, over the graphs that the questions need."""
    import networkx as nx
    from rdflib import Graph, URIRef

    store = open_store(folder)
    begin = time.perf_counter()
    graph = Graph()
    wanted = ("1-2", "1-3", "2-1", "/strategies", "/denotations", "/organizations", "soumu-23-15", "graph/rs")
    for name in store.graphs():
        if name.endswith(wanted):
            graph.parse(data="".join(f"{t} .\n" for t in store.triples(name)), format="nt")
    read = time.perf_counter()
    network: nx.DiGraph[Any] = nx.DiGraph()
    down = {_DCAT + "hasVersion", _KK + "hasObjective", _KK + "hasIndicator"}
    up = {
        _TERMS + "isPartOf",
        _KK + "basis",
        _KK + "denotes",
        _KK + "hasJustification",
        _KK + "hasDenotation",
        _KK + "hasLink",
    }
    for s, p, o in graph:
        if str(p) in down:
            network.add_edge(s, o)
        elif str(p) in up:
            network.add_edge(o, s)
    held = time.perf_counter()
    print(
        f"script: {len(graph):,} triples read in {read - begin:.0f} s, {network.number_of_edges():,} links held in {held - read:.0f} s"
    )

    kk = {
        name: URIRef(_KK + name)
        for name in ("hasBudgetFigure", "budgetStage", "fiscalYear", "amountYen", "evidence", "row")
    }
    initial, year = (
        URIRef("https://w3id.org/konkyo/code/initial"),
        URIRef("https://w3id.org/konkyo/id/fy/2024"),
    )

    def rests_on(node: str) -> int:
        above = nx.ancestors(network, URIRef(node))
        return len(
            [
                row
                for item in above
                for place in graph.objects(item, kk["evidence"])
                for row in graph.objects(place, kk["row"])
            ]
        )

    def money_behind(node: str) -> int:
        total = 0
        for owner in nx.descendants(network, URIRef(node)):
            for figure in graph.objects(owner, kk["hasBudgetFigure"]):
                if (figure, kk["budgetStage"], initial) in graph and (
                    figure,
                    kk["fiscalYear"],
                    year,
                ) in graph:
                    total += int(graph.value(figure, kk["amountYen"]))
        return total

    project, strategy, far = (find(store, name).iri for name in (UP, DOWN, FAR))
    times = {
        "up": min(timed(lambda: rests_on(project), 3)),
        "down": min(timed(lambda: money_behind(strategy), 3)),
        "between": min(timed(lambda: nx.has_path(network, URIRef(far), URIRef(project)), 3)),
    }
    for name, seconds in times.items():
        whole = held - begin + seconds
        print(
            f"script: {name:8} {1000 * seconds:8.1f} ms once all is read (konkyo {seconds / ours[name]:.2f} times as fast); "
            f"with its reading {whole:.0f} s ({whole / ours[name]:,.0f} times)"
        )


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--script", action="store_true", help="also rdflib and networkx over the graphs needed (minutes)"
    )
    options = parser.parse_args()
    commands(options.store, options.rounds)
    ours = inside(options.store)
    if options.script:
        script(options.store, ours)


if __name__ == "__main__":
    main()
