"""``konkyo store-test`` against the servers that are here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from konkyo.graph import stored_queries
from konkyo.store.trial import CHECKS
from support.command import run
from support.remote_stores import connect, emptied
from support.servers import KINDS, PASSWORD, Server

LOGIN = {"virtuoso": {"KONKYO_STORE_USER": "dba", "KONKYO_STORE_PASSWORD": PASSWORD}}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.endurance] * (kind == "virtuoso")) for kind in KINDS]
)
def test_what_holds_is_told_and_nothing_is_left(
    kind: str, servers: Callable[[str], Server], tmp_path: Path
) -> None:
    server = servers(kind)
    store = emptied(connect(server))
    before = store.everything()
    address = server.url + ("/sparql" if kind == "virtuoso" else "")
    answer = run("store-test", address, "--format", "json", cwd=tmp_path, **LOGIN.get(kind, {}))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    checks = json.loads(answer.stdout)["checks"]
    parts = [one["part"] for one in checks]
    assert parts.count("contract") == len(CHECKS)
    assert parts.count("query") == len(stored_queries.names())
    assert parts.count("question") >= 10
    assert not any(one["told"] for one in checks)
    assert store.everything() == before


def test_a_dataset_that_is_not_empty_is_left_alone(servers: Callable[[str], Server], tmp_path: Path) -> None:
    server = servers("oxigraph-server")
    store = emptied(connect(server))
    graph = "https://w3id.org/konkyo/graph/somebody-s"
    store.load(graph, [f'<{graph}> <{graph}> "1" <{graph}> .\n'])
    answer = run("store-test", server.url, cwd=tmp_path)
    assert answer.returncode == 2 and graph in answer.stderr and "空のデータセット" in answer.stderr
    assert store.count(graph) == 1
    store.drop(graph)
