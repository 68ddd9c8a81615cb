"""The commands on servers that hold two invented review years and the carried sheet: as from a folder."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from konkyo.api import KnowledgeGraph
from konkyo.cli import main
from konkyo.cli.serve import store_folder
from konkyo.graph.search.index_file import index_of
from konkyo.questions.gaps import NAMES
from konkyo.store import open_store
from konkyo.store.remote.upload import push
from support.inprocess import app_of
from support.remote_stores import connect, emptied
from support.servers import ASKED_EVERYTHING, PASSWORD, Server, VirtuosoServer
from support.waiting import GUARD

# Virtuoso answers what is not a plain join slowly, so not all is asked of both.
BOTH = [
    ["info"],
    ["gaps", "--format", "json"],
    ["gaps", "--year", "2012", "--kind", "all", "--format", "turtle"],
    ["diff", "2023", "2024", "--format", "csv"],
    ["report", "--format", "csv"],
    ["report", "国際戦略の推進", "--format", "csv"],
    ["search", "見本"],
    ["search", "水", "環境", "--format", "json"],
    ["trace", "骨太の方針", "--format", "json"],
    ["export"],
    ["resolve", "--measures", "--format", "csv"],
]
OXIGRAPH = [
    ["check", "--format", "json"],
    ["gaps", "--cite"],
    ["gaps", "--year", "2023", "--kind", "all", "--limit", "0", "--lang", "en"],
    ["gaps", "--ministry", "総務省", "--format", "csv"],
    *(["gaps", "--kind", name] for name in NAMES),
    ["report", "--format", "text"],
    ["report", "--ministry", "総務省", "--format", "csv"],
    ["report", "見本事業一", "--format", "csv"],
    ["report", "骨太の方針", "--format", "text", "--lang", "en"],
    ["search", "見本を作る", "--format", "csv"],
    ["search", "9001", "--kind", "project"],
    ["search", "総務省", "電波"],
    ["trace", "見本事業一", "--cite"],
    ["trace", "電波の利用の推進", "--prose"],
    ["trace", "骨太の方針", "見本事業一"],
    ["export", "--format", "trig"],
    ["export", "--format", "jsonld"],
    ["resolve", "--laws"],
]
WRITTEN = [
    ["view"],
    ["view", "--ministry", "総務省", "--limit", "5"],
    ["view", "見本事業一", "--depth", "2"],
    ["view", "--between", "骨太の方針", "見本事業一"],
    ["report"],
    ["report", "--ministry", "環境省"],
    ["report", "骨太の方針"],
    ["export", "--format", "graphml"],
    ["export", "--format", "gexf"],
    ["export", "--format", "csv"],
    ["export", "--format", "parquet", "--evidence"],
]
PAGES = [
    "/",
    "/search?q=見本&kind=project",
    "/search?q=広まる",
    "/page/id/project/9001",
    "/page/id/strategy/honebuto",
    "/page/id/org/soumu",
    "/page/id/measure/soumu/3ac5d1655a705b21",
    "/gaps",
    "/gaps/projects-without-basis",
    "/gaps/mixed-editions?lang=en",
    "/compare?before=2023&after=2024",
    "/about",
    "/api/search?q=水 環境",
    "/api/trace?thing=見本事業一",
    "/api/gaps?name=superseded-only",
    "/api/diff?before=2023&after=2024",
    "/api/network?thing=見本事業一",
    "/id/project/9001.ttl",
]


@pytest.fixture(scope="module")
def folder(pair_folder: Path) -> Path:
    return pair_folder


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, servers: Callable[[str], Server], folder: Path
) -> Iterator[Server]:
    """A server that holds what the folder holds, with its login in the environment."""
    made = servers(request.param)
    push(open_store(folder), emptied(connect(made)))
    with pytest.MonkeyPatch.context() as monkeypatch:
        if isinstance(made, VirtuosoServer):
            monkeypatch.setenv("KONKYO_STORE_USER", "dba")
            monkeypatch.setenv("KONKYO_STORE_PASSWORD", PASSWORD)
        yield made


def address_of(server: Server) -> str:
    return server.url + ("/sparql" if isinstance(server, VirtuosoServer) else "")


EITHER = pytest.mark.parametrize("server", ASKED_EVERYTHING, indirect=True)
ONLY_OXIGRAPH = pytest.mark.parametrize("server", ["oxigraph-server"], indirect=True)


# Server and command are told apart here: given as pairs, pytest would set the server up for each of them.
@EITHER
@pytest.mark.parametrize("command", BOTH, ids=" ".join)
def test_it_is_printed_as_from_a_folder(
    server: Server, folder: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    printed_alike(server, folder, command, capfd)


@ONLY_OXIGRAPH
@pytest.mark.parametrize("command", OXIGRAPH, ids=" ".join)
def test_oxigraph_prints_as_from_a_folder(
    server: Server, folder: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    printed_alike(server, folder, command, capfd)


def printed_alike(
    server: Server, folder: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    answers = []
    for place in (str(folder), address_of(server)):
        assert main([*command, "--store", place]) == 0
        answers.append(capfd.readouterr().out)
    assert answers[1] == answers[0] != ""


@ONLY_OXIGRAPH
@pytest.mark.parametrize("command", WRITTEN, ids=" ".join)
def test_it_is_written_as_from_a_folder(
    server: Server, folder: Path, command: list[str], tmp_path: Path
) -> None:
    for name, place in (("here", str(folder)), ("there", address_of(server))):
        assert main([*command, "--store", place, "--output", str(tmp_path / name)]) == 0
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def contents(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of all files of a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    assert files
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


@EITHER
def test_what_is_served_is_a_whole_copy(server: Server, folder: Path, tmp_path: Path) -> None:
    options = argparse.Namespace(store=address_of(server), lang="ja")
    copy = store_folder(options, tmp_path)
    assert index_of(open_store(copy)), "searching would read the whole graph each time"
    clients = [
        TestClient(app_of(KnowledgeGraph(open_store(place)), place), base_url="http://127.0.0.1:8000")
        for place in (folder, copy)
    ]
    for page in PAGES:
        here, there = (client.get(page) for client in clients)
        assert here.status_code == 200, page
        assert there.text == here.text, page


@ONLY_OXIGRAPH
def test_serving_from_a_server(server: Server, folder: Path) -> None:
    command = [sys.executable, "-m", "konkyo", "serve", "--port", "0", "--lang", "en", "--workers", "1"]
    with subprocess.Popen(
        [*command, "--log", "none", "--store", address_of(server)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().split()[2]
            found = httpx.get(
                f"{url}api/search", params={"q": "広まる"}, timeout=GUARD, trust_env=False
            ).json()
            asked = {"query": "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/konkyo/ns#Project> }"}
            counted = httpx.get(f"{url}sparql", params=asked, timeout=GUARD, trust_env=False).text
        finally:
            process.terminate()
            process.wait(GUARD)
    assert (found["total"] == 6 and ">6<" in counted) or '"6"' in counted
    assert {hit["match"] for hit in found["results"]} == {"text"}
