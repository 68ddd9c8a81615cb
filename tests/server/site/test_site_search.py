"""The site's own search, in JavaScript, finds what `konkyo search` finds, in the same order, with the same words marked."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.graph.search import GROUPS, search
from konkyo.model.namespaces import ID
from konkyo.server.site.search import files
from konkyo.store import EmbeddedStore, Store, open_store
from support import absent, asked_graph
from support.waiting import LONG_GUARD

IN_NODE = Path(__file__).parents[2] / "support" / "search_in_node.js"
# The cases of the tests of `konkyo search`, on each graph on which they are asked there.
REVIEWS = (
    "新成長戦略", "ｼﾝ成長", "受講者数", "ICT", "ｉｃｔ", "総務省", "戦略 工程表", "政策15", "測定指標3", "の", "（", "91", "見本",
    "水 環境", "総務省 電波", "配布 環境省", "見本を広", "見本 広まる", "9001", "予算事業", "事業", "登録簿", "が",
)  # fmt: skip
SHEET = (
    "新成長戦略", "戦略", "略", "省", "③", "（", "新生長戦略", "総務所", "ICT分野における国際戦略の推身", "新たな情報通信技術戰略",
    "zqzqzq", "！", "", " 　", '" OR 1=1 --', "NEAR(a b)", "*", "%_%", "\\", "x\x00y", "</script>", "．", "か゛", "ｶﾞ", "🏴‍☠️",
    "__proto__", "constructor", "a" * 500, "防 災" * 200, "\u202e逆", "戦\u200b略",
)  # fmt: skip
PLANS = (
    "運営と改革の基本方針２０２３", "骨太の方針2023", "骨太の方針2023（令和５年６月16日閣議決定）", "第六次熱源基本計画",
    "強靭化基本計画", "強靱化", "強靭 計画", "基本方針2023", "熱源の見通し", "骨太",
)  # fmt: skip


def by_konkyo(store: Store, text: str) -> dict[str, Any]:
    found = search(store, text, limit=60)
    return {
        "total": found.total,
        "counts": [found.groups.get(group.name, 0) for group in GROUPS],
        "shown": [
            [hit.iri, hit.found_in, [[piece.text, piece.hit] for piece in hit.pieces]] for hit in found.hits
        ],
        "near": [one.iri for one in found.near],
    }


def by_site(store: Store, texts: tuple[str, ...], folder: Path) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if node is None:
        absent.wanted("node", "apt-get install nodejs")
    for file in files(KnowledgeGraph(store, "ja"), lambda iri: iri.removeprefix(ID)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    done = subprocess.run(
        [node, str(IN_NODE), str(folder / "search")],
        input=json.dumps(texts), capture_output=True, text=True, timeout=LONG_GUARD, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_two_review_years(pair_folder: Path, tmp_path: Path) -> None:
    store = open_store(pair_folder)
    assert by_site(store, REVIEWS, tmp_path) == [by_konkyo(store, text) for text in REVIEWS]


def test_a_sheet_and_hostile_texts(built_store: EmbeddedStore, tmp_path: Path) -> None:
    assert by_site(built_store, SHEET, tmp_path) == [by_konkyo(built_store, text) for text in SHEET]


def test_plans_by_what_people_call_them(tmp_path: Path) -> None:
    store = asked_graph.embedded()  # which has no index: it is made for the site
    assert by_site(store, PLANS, tmp_path) == [by_konkyo(store, text) for text in PLANS]


def test_the_same_graph_gives_the_same_bytes(built_store: EmbeddedStore) -> None:
    graph = KnowledgeGraph(built_store, "ja")
    first, second = ({file.path: file.content for file in files(graph, str)} for _ in range(2))
    assert first == second


def test_a_graph_without_names_has_an_index() -> None:
    store = EmbeddedStore()
    graph = "https://example.org/graph"
    store.load(
        graph,
        [
            f"<{ID}project/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/Other> <{graph}> ."
        ],
    )
    found = {file.path: file.content for file in files(KnowledgeGraph(store, "ja"), str)}
    assert any(path.endswith("/core.js") or "core" in path for path in found), sorted(found)[:5]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "\u2028", "\ud800"])
def test_no_text_of_a_source_ends_a_part(text: str) -> None:
    from konkyo.server.site.parts import part

    content = part("search", "t/0", [text]).content
    assert b"<" not in content and "\u2028".encode() not in content
    assert content.decode().startswith('konkyoPart("t/0",[')
