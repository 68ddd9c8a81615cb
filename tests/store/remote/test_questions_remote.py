"""The ten questions of the README, asked of published rows in every kind of store."""

from __future__ import annotations

import csv
import io
import shlex
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from konkyo.build.pipeline import build
from konkyo.store import EmbeddedStore, open_store
from konkyo.store.remote.store import RemoteStore
from support.absent import published
from support.command import good
from support.readme_questions import QUESTIONS, asked
from support.remote_stores import filler
from support.servers import PASSWORD, Server

MINISTRIES = {"総務省", "文部科学省"}
MEASURE = "ＩＣＴ分野における国際戦略の推進"
COMMANDS = [command for _, text in QUESTIONS for command, _ in asked(text)]


def table_of(path: Path) -> tuple[str, Iterator[list[str]]]:
    """Return the name of the table in a published file, and its lines, the first of which is the header."""
    with zipfile.ZipFile(path) as packed:
        (name,) = packed.namelist()
        return name, csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline=""))


def of_measure(files: Path) -> set[str]:
    """Return the projects that are placed under the measure."""
    (path,) = files.glob("1-3_*.zip")
    _, lines = table_of(path)
    header = next(lines)
    project, measure = header.index("予算事業ID"), header.index("施策")
    return {row[project] for row in lines if MEASURE in row[measure]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder of real rows: of some projects of two ministries, and of all of one measure."""
    files = published()
    kept = of_measure(files)
    made = tmp_path_factory.mktemp("rows")
    for path in files.glob("*.zip"):
        name, lines = table_of(path)
        header = next(lines)
        ministry = header.index("府省庁" if "府省庁" in header else "所管府省庁")
        project = header.index("予算事業ID")
        rows = (
            row
            for row in lines
            if row[project] in kept or (row[project].endswith("20") and row[ministry] in MINISTRIES)
        )
        with (made / name).open("w", encoding="utf-8-sig", newline="") as cut:
            csv.writer(cut).writerows([header, *rows])
    store = tmp_path_factory.mktemp("two-ministries")
    build([made], store)
    return store


@pytest.fixture(scope="module")
def here(folder: Path) -> EmbeddedStore:
    return open_store(folder)


@pytest.fixture(scope="module")
def filled(servers: Callable[[str], Server], here: EmbeddedStore) -> Callable[[str], RemoteStore]:
    """Return a function that fills the server of a kind with the files of two ministries."""
    return filler(servers, here)


@pytest.fixture(params=["oxigraph-server", "virtuoso"])
def address(request: pytest.FixtureRequest, filled: Callable[[str], RemoteStore]) -> str:
    """The address of a server that holds the same graphs."""
    return filled(request.param).endpoint.query


@pytest.fixture(scope="module")
def expected(folder: Path) -> Callable[[str], str]:
    """Return a function that gives what a command prints for the folder, asked once."""
    return cache(lambda command: printed(command, str(folder)))


def printed(command: str, place: str) -> str:
    name, *words = shlex.split(command)
    assert name == "konkyo"
    return good(*words, "--store", place, cwd=Path())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_store_answers_alike(
    address: str, expected: Callable[[str], str], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("KONKYO_STORE_USER", "dba")
    monkeypatch.setenv("KONKYO_STORE_PASSWORD", PASSWORD)
    assert len(expected(command).splitlines()) > 3
    assert printed(command, address) == expected(command)
