"""The chains that stand in a page as text: whole, each claim in one at least, and never too many."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from konkyo.api import KnowledgeGraph
from konkyo.present.view import render_html
from konkyo.present.view.chains import ALL, STEPS, chains_in_words
from konkyo.store.carried import carried_store
from support.sample_graph import sample_graph


def link(start: int, end: int, level: str = "stated", relation: str = "justifies") -> dict[str, Any]:
    return {"from": start, "to": end, "level": level, "relation": relation}


def lines(text: str) -> list[str]:
    block = text.split('<ol class="plain-chains">')[1].split("</ol>")[0]
    return [
        unescape(re.sub("<[^>]+>", "", item)).strip() for item in re.findall("<li>(.*?)</li>", block, re.S)
    ]


def test_a_chain_runs_from_the_strategy_to_the_indicator() -> None:
    told = lines(render_html(KnowledgeGraph(carried_store(), "ja").network(), lang="ja"))
    whole = [line for line in told if line.startswith("新成長戦略 →") and "受講者数" in line.split("→")[-1]]
    assert len(whole) == 3  # by three of its sections
    assert (
        sum("（３）アジア経済戦略 →［明記］ ＩＣＴ分野における国際戦略の推進 →" in line for line in whole)
        == 1
    )
    strategies = {line.split(" →")[0] for line in told if "受講者数" in line.split("→")[-1]}
    assert {"新成長戦略", "新たな情報通信技術戦略", "日本再生の基本戦略"} <= strategies
    assert len(told) <= ALL


def test_chains_are_told_in_the_language_of_the_page() -> None:
    told = lines(render_html(sample_graph(), lang="en"))
    assert told and all("→" in line for line in told)
    assert any("［Stated］" in line for line in told)


def test_all_chains_of_a_small_graph() -> None:
    links = [
        link(0, 2),
        link(1, 2, "interpreted"),
        link(2, 3, "structure", "hasObjective"),
        link(2, 4, "structure", "hasObjective"),
    ]
    links.append(link(5, 2, "structure", "responsible"))
    assert chains_in_words(links) == (
        [
            [(0, "structure"), (2, "stated"), (3, "structure")],
            [(0, "structure"), (2, "stated"), (4, "structure")],
            [(1, "structure"), (2, "interpreted"), (3, "structure")],
            [(1, "structure"), (2, "interpreted"), (4, "structure")],
        ],
        True,
    )


def test_of_many_chains_each_claim_is_told_and_every_indicator() -> None:
    links = [link(n, 50) for n in range(50)] + [
        link(50, n, "structure", "hasIndicator") for n in range(51, 90)
    ]
    chains, whole = chains_in_words(links)
    assert not whole and len(chains) == 50
    assert {chain[0][0] for chain in chains} == set(range(50))
    assert {chain[-1][0] for chain in chains} == set(range(51, 90))


def test_there_is_an_end_to_them() -> None:
    links = [link(n, n + 1) for n in range(0, 20_000, 2)]
    chains, whole = chains_in_words(links)
    assert not whole and sum(map(len, chains)) <= STEPS and len(chains) == STEPS // 2
    chains, whole = chains_in_words([link(n, n + 1) for n in range(20_000)])
    assert not whole and 0 < sum(map(len, chains)) <= STEPS


LINKS = st.lists(
    st.builds(
        link,
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from(["stated", "derived", "interpreted", "structure", "repeated", "rejected"]),
        st.sampled_from(["justifies", "hasPart", "responsible"]),
    ),
    max_size=25,
)


@given(LINKS)
def test_any_links_rings_too(links: list[dict[str, Any]]) -> None:
    chains, _ = chains_in_words(links)
    shown = {
        (each["from"], each["to"], each["level"])
        for each in links
        if each["from"] != each["to"]
        and each["relation"] != "responsible"
        and each["level"] in ("stated", "derived", "interpreted", "structure")
    }
    told = set()
    for chain in chains:
        assert len({number for number, _ in chain}) == len(chain)
        steps = {(start, end, level) for (start, _), (end, level) in pairwise(chain)}
        assert steps <= shown
        told |= steps
    assert {step for step in shown if step[2] != "structure"} <= told
