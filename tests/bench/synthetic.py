"""Invented graphs of any size in the shape of the whole government: for measuring only."""

from __future__ import annotations

import random

import networkx as nx

# Kind, layer, share of all nodes; each node hangs on one of the kind before it.
_LAYERS = (
    ("Strategy", 0, 0.02),
    ("Edition", 10, 0.03),
    ("Section", 20, 0.10),
    ("Measure", 50, 0.15),
    ("Objective", 60, 0.25),
    ("Indicator", 70, 0.45),
)
_WORDS = ("海洋観測", "国際連携", "人材育成", "研究開発", "地域活性化", "情報基盤", "安全確保", "普及促進")


def policy_graph(count: int, *, seed: int = 7) -> nx.MultiDiGraph:
    """Return ``count`` nodes in six layers and about 1.5 edges for each, the same for the same arguments."""
    rng = random.Random(seed)
    graph = nx.MultiDiGraph(
        title={"ja": f"{count}点の作り物", "en": f"{count} invented nodes"}, focus=None, note=None
    )
    before: list[str] = []
    relation = {"ja": "部分", "en": "part"}
    claim = {"ja": "位置付け", "en": "justifies"}
    made = 0
    for place, (kind, layer, share) in enumerate(_LAYERS):
        size = count - made if place == len(_LAYERS) - 1 else max(1, round(count * share))
        here = []
        for number in range(size):
            key = f"https://w3id.org/konkyo/id/{kind.lower()}/{number}"
            label = f"{rng.choice(_WORDS)}における{rng.choice(_WORDS)}の推進（{number}）"
            graph.add_node(
                key, kind=kind, layer=layer, label={"ja": label, "en": f"{kind} {number} on ocean observation"},
                facts=[{"name": {"ja": "番号", "en": "Number"}, "text": {"ja": str(number), "en": str(number)}}],
                evidence=[{"source": "作り物", "place": f"L{number}", "words": label, "certainty": None}], url=None,
            )  # fmt: skip
            here.append(key)
            if before:
                level = "stated" if kind == "Measure" else None
                graph.add_edge(
                    rng.choice(before),
                    key,
                    relation="hasPart",
                    label=claim if level else relation,
                    level=level,
                )
                if rng.random() < 0.5:
                    graph.add_edge(rng.choice(before), key, relation="justifies", label=claim, level="stated")
        made += size
        before = here
    return graph
