"""The ten questions of the README, asked of the published rows of two ministries in every kind of store."""

from __future__ import annotations

import csv
import io
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from absent import published
from conftest import connect, emptied
from readme_questions import QUESTIONS, asked
from servers import PASSWORD, Server

from konkyo.build import build
from konkyo.cli import main
from konkyo.store import EmbeddedStore, open_store
from konkyo.store.loading import push

MINISTRIES = {"総務省", "文部科学省"}
COMMANDS = [command for _, text in QUESTIONS for command, _ in asked(text)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder of the rows that two ministries have in each of the published files."""
    files = published()
    rows = tmp_path_factory.mktemp("rows")
    for path in files.glob("*.zip"):
        with zipfile.ZipFile(path) as packed:
            (name,) = packed.namelist()
            lines = csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline=""))
        header = next(lines)
        ministry = header.index("府省庁" if "府省庁" in header else "所管府省庁")
        with (rows / name).open("w", encoding="utf-8-sig", newline="") as cut:
            csv.writer(cut).writerows([header, *(row for row in lines if row[ministry] in MINISTRIES)])
    store = tmp_path_factory.mktemp("two-ministries")
    build([rows], store)
    return store


@pytest.fixture(scope="module")
def here(folder: Path) -> EmbeddedStore:
    return open_store(folder)


@pytest.fixture(scope="module", params=["oxigraph-server", "virtuoso"])
def address(request: pytest.FixtureRequest, servers: Callable[[str], Server], here: EmbeddedStore) -> str:
    """The address of a server that holds the same graphs."""
    store = emptied(connect(servers(request.param)))
    push(here, store)
    return store.endpoint.query


def printed(command: str, place: str, capsys: pytest.CaptureFixture[str]) -> str:
    name, *words = shlex.split(command)
    assert name == "konkyo"
    code = main([*words, "--store", place])
    output, errors = capsys.readouterr()
    assert code == 0, errors
    return output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_store_answers_alike(
    address: str,
    folder: Path,
    command: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("KONKYO_STORE_USER", "dba")
    monkeypatch.setenv("KONKYO_STORE_PASSWORD", PASSWORD)
    expected = printed(command, str(folder), capsys)
    assert len(expected.splitlines()) > 3
    assert printed(command, address, capsys) == expected
