"""Comparing years of a server, and builds of which one or both are on servers: as from folders."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from konkyo.api import KnowledgeGraph
from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.questions.diff import diff
from konkyo.store import open_store
from konkyo.store.remote.http import StoreError
from konkyo.store.remote.store import RemoteStore
from konkyo.store.remote.upload import push
from support.remote_stores import connect, emptied
from support.review_pair import MIDDLE, SECOND, UNSURE, write_year
from support.servers import ASKED_EVERYTHING, PASSWORD, Server, made

MEASURE = "国際戦略の推進"


def login(monkeypatch: pytest.MonkeyPatch, kind: str, server: Server) -> str:
    """Return the address of a server to give to a command, with the login in the environment."""
    if kind == "virtuoso":
        monkeypatch.setenv("KONKYO_STORE_USER", "dba")
        monkeypatch.setenv("KONKYO_STORE_PASSWORD", PASSWORD)
        return server.url + "/sparql"
    return server.url


@pytest.fixture(scope="module")
def folder(pair_folder: Path) -> Path:
    return pair_folder


@pytest.fixture(scope="module", params=ASKED_EVERYTHING)
def address(request: pytest.FixtureRequest, servers: Callable[[str], Server], folder: Path) -> Iterator[str]:
    server = servers(request.param)
    with pytest.MonkeyPatch.context() as monkeypatch:
        address = login(monkeypatch, request.param, server)
        push(open_store(folder), emptied(connect(server)))
        yield address


@pytest.mark.parametrize(
    "command",
    [
        ["2023", "2024"],
        ["2023", "2024", "--format", "json", "--cite"],
        ["2023", "2024", "--format", "csv", "--lang", "en"],
        ["2024", "2023", "--format", "turtle"],
        ["2023", "2024", "--ministry", "総務省", "--format", "json"],
        ["2023", "2024", "--measure", "電波の利用の推進", "--cite"],
        ["2012", "2024", "--measure", MEASURE, "--format", "json"],
    ],
    ids=" ".join,
)
def test_years_of_a_server(
    address: str, folder: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    answers = []
    for place in (str(folder), address):
        assert main(["diff", *command, "--store", place]) == 0
        read = capfd.readouterr()
        # Beside data for programs the citation stands on standard error.
        answers.append((read.out, read.err))
    assert answers[0] == answers[1] and answers[0][0]


def said(one: str, other: str, **options: str) -> dict[str, Any]:
    """Return what two builds differ in, but for what they are called."""
    answer = diff(None, one, other, **options)
    text = json.dumps(answer.to_json(), ensure_ascii=False)
    for side, name in ((answer.before, "A"), (answer.after, "B")):
        for words in side.name:
            text = text.replace(words, name)
    data: dict[str, Any] = json.loads(text)
    return data


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds of one year: in the later one a project cites one thing more."""
    changed = dict(SECOND)
    ministry, name, measure, _, law = changed["9001"]
    changed["9001"] = (ministry, name, measure, [MIDDLE, UNSURE], law)
    folder = tmp_path_factory.mktemp("builds")
    for place, rows in (("one", SECOND), ("two", changed)):
        build([write_year(folder / "in" / place, 2024, rows)], folder / place)
    return folder / "one", folder / "two"


@pytest.mark.parametrize("kind", ASKED_EVERYTHING)
def test_builds_in_folders_and_on_servers(
    kind: str,
    servers: Callable[[str], Server],
    folder: Path,
    builds: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    one, two = map(str, builds)
    here, back = said(one, two), said(two, one)
    assert here["counts"]["added"] == back["counts"]["dropped"] == 1 == len(here["changes"])
    server = servers(kind)
    address = login(monkeypatch, kind, server)
    push(open_store(builds[1]), emptied(connect(server)))
    settings = tmp_path / "server.yaml"
    settings.write_text(f"query: {address}\n", encoding="utf-8")
    for there in (address, str(settings)):
        assert said(one, there) == here
        assert said(there, one) == back
    assert said(address, address)["changes"] == []
    assert said(one, address, measure="電波の利用の推進", ministry="総務省") == said(
        one, two, measure="電波の利用の推進", ministry="総務省"
    )
    # From Python, and as a command, which needs no store of its own then.
    assert len(KnowledgeGraph(open_store(builds[0])).diff(one, address).answer.changes) == 1
    monkeypatch.chdir(tmp_path)
    assert main(["diff", one, address, "--lang", "en", "--cite"]) == 0
    told = capfd.readouterr()
    assert f"2024 of {address}" in told.out and told.err == ""
    assert main(["diff", one, two, "--lang", "en", "--cite"]) == 0
    by_folders = capfd.readouterr().out
    # The same question to the same data has the same hash, wherever the data are.
    assert by_folders.splitlines()[-6:] == told.out.splitlines()[-6:]
    push(open_store(folder), connect(server))


def test_two_servers(builds: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "PASSWORD"):
        monkeypatch.delenv(f"KONKYO_STORE_{name}", raising=False)
    started = []
    try:
        for place in builds:
            server = made("oxigraph-server", tmp_path / place.name)
            started.append(server)
            server.start()
            push(open_store(place), RemoteStore(server.url))
        one, other = (server.url for server in started)
        assert said(one, other) == said(*map(str, builds))
        started[1].kill()
        with pytest.raises(StoreError) as caught:
            diff(None, one, other)
        assert caught.value.kind == "away" and other in caught.value.report("en")
    finally:
        for server in started:
            server.kill()


def test_one_login_is_not_shown_to_two_servers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "other.yaml"
    settings.write_text("query: http://127.0.0.2:9/query\n", encoding="utf-8")
    monkeypatch.setenv("KONKYO_STORE_TOKEN", "sesame")
    for other in ("http://127.0.0.2:9/query", str(settings)):
        assert main(["diff", "http://127.0.0.1:9/query", other, "--lang", "en"]) == 2
        told = capfd.readouterr().err
        assert "KONKYO_STORE_TOKEN" in told and "sesame" not in told and "settings file" in told


def test_a_year_and_a_server_are_not_compared(address: str, folder: Path) -> None:
    for sides in (["2024", address], [address, "2024"], [address, "nowhere"]):
        assert main(["diff", *sides, "--store", str(folder)]) == 2


def test_a_login_in_an_address_is_not_echoed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(folder), "http://dba:sesame@127.0.0.1:9/sparql"]) == 2
    told = capfd.readouterr()
    assert "sesame" not in told.out + told.err and "KONKYO_STORE_PASSWORD" in told.err
