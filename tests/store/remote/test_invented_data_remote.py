"""The stored queries answer alike on their invented data, whichever store holds these.

They stand in a file of their own: each case empties the server, and the cases of a file run in any order.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from konkyo.graph import stored_queries
from konkyo.store import EmbeddedStore
from konkyo.store.remote.upload import push
from support.query_cases import FOLDERS
from support.remote_stores import connect, emptied, rows
from support.servers import KINDS, Server


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_invented_data_are_answered_alike(servers: Callable[[str], Server], kind: str, folder: Path) -> None:
    here = EmbeddedStore()
    lines: dict[str, list[str]] = {}
    for quad in ox.parse(path=folder / "data.trig", format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        lines.setdefault(quad.graph_name.value, []).append(f"{quad.triple} {quad.graph_name} .\n")
    for graph, quads in lines.items():
        here.load(graph, quads)
    there = emptied(connect(servers(kind)))
    push(here, there)
    text = stored_queries.stored(folder.name).text
    assert rows(there.select(text)) == rows(here.select(text))
