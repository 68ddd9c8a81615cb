"""What stands beside a store in place of its overview: somebody else may have put it there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from konkyo.build.pipeline import build
from konkyo.questions.overview_kept import FILE, FORMAT, kept
from konkyo.store import open_store

NONE = [
    b"",
    b"[" * 300_000,
    b'{"format": NaN}',
    b"\xff\xfe",
    b"9" * 5000,
    b"[]",
    b'"x"',
    json.dumps({"format": FORMAT}).encode(),
    json.dumps({"format": FORMAT, "overview": {"years": 3}}).encode(),
    json.dumps({"format": FORMAT, "overview": {"years": [{"year": 1}]}}).encode(),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("overview")
    build([], made)
    return made


@pytest.mark.parametrize("content", NONE)
def test_what_is_no_overview_is_none(folder: Path, content: bytes) -> None:
    store = open_store(folder)
    assert store.folder
    (store.folder / FILE).unlink(missing_ok=True)
    (store.folder / FILE).write_bytes(content)
    assert kept(store) is None


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    store = open_store(folder)
    assert store.folder
    (store.folder / FILE).unlink(missing_ok=True)
    os.mkfifo(store.folder / FILE)
    assert kept(store) is None
    (store.folder / FILE).unlink()
