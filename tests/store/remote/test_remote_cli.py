"""The commands on a server: built there, they answer as from a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from konkyo.cli import main
from konkyo.common.paths import graphs_dir
from support.remote_stores import connect, emptied
from support.servers import PASSWORD, Server

SHEET = str(graphs_dir() / "sheets" / "soumu-23-15.yaml")
COMMANDS = [
    ["info"],
    ["check"],
    ["query", "justifications"],
    ["query", "rests-on-strategy", "strategy=新成長戦略", "--format", "csv"],
    ["query", "ASK { ?s a <https://w3id.org/konkyo/ns#Strategy> }"],
    ["query", "CONSTRUCT WHERE { ?s a <https://w3id.org/konkyo/ns#Strategy> }", "--format", "nt"],
    ["trace", "受講者数"],
    ["trace", "新成長戦略", "受講者数", "--format", "json"],
    ["trace", "受講者数", "--prose", "--cite"],
    ["trace", "新成長戦略", "--cite"],
    ["gaps", "--format", "csv"],
    ["search", "受講者"],
    ["export", "--format", "nquads"],
]


@pytest.fixture(params=["oxigraph-server", "virtuoso"])
def address(
    request: pytest.FixtureRequest, servers: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch
) -> str:
    server = servers(request.param)
    emptied(connect(server))
    if request.param == "virtuoso":
        monkeypatch.setenv("KONKYO_STORE_USER", "dba")
        monkeypatch.setenv("KONKYO_STORE_PASSWORD", PASSWORD)
        return server.url + "/sparql"
    return server.url


def lines(text: str) -> list[str]:
    return sorted(text.splitlines())


def test_commands_answer_as_from_a_folder(
    address: str, store_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", "受講者数", "--store", address]) == 2
    assert "konkyo build --store" in capfd.readouterr().err
    assert main(["build", "--store", address]) == 0
    capfd.readouterr()
    for command in COMMANDS:
        assert main([*command, "--store", str(store_folder)]) == 0
        here = capfd.readouterr().out
        assert main([*command, "--store", address]) == 0
        there = capfd.readouterr().out
        if "nt" in command:
            here, there = "\n".join(lines(here)), "\n".join(lines(there))
        if "json" in command:
            assert json.loads(there) == json.loads(here)
        assert there == here, command
    for place, file in ((str(store_folder), "here"), (address, "there")):
        assert main(["view", "測定指標3", "--store", place, "--output", str(tmp_path / file)]) == 0
    assert (tmp_path / "there").read_bytes() == (tmp_path / "here").read_bytes()


def test_building_again_and_keeping(
    address: str, store_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for options in ([], [], ["--keep"], ["--check"]):
        assert main(["build", *options, "--store", address]) == 0
    capfd.readouterr()
    assert main(["export", "--store", str(store_folder)]) == 0
    here = capfd.readouterr().out
    assert main(["export", "--store", address]) == 0
    assert capfd.readouterr().out == here


def test_a_folder_and_a_server_count_alike(
    address: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The facts that are told are those that are there, in either place, with what was kept too."""
    told = []
    for place in (str(tmp_path / "store"), address):
        for options in ([SHEET], [], ["--keep"]):
            assert main(["build", *options, "--store", place, "--lang", "en"]) == 0
            (number,) = re.findall(r"([0-9,]+) facts are in", capfd.readouterr().out)
            assert main(["export", "--format", "nquads", "--store", place]) == 0
            assert int(number.replace(",", "")) == len(capfd.readouterr().out.splitlines())
            told.append(number)
    assert told[:3] == told[3:] and told[0] != told[1] == told[2]


def test_a_demo_wants_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--store", "http://127.0.0.1:9/query"]) == 2
    assert "フォルダー" in capsys.readouterr().err


def test_a_login_in_the_address_is_not_echoed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--store", "http://dba:sesame@127.0.0.1:9/sparql"]) == 2
    told = capsys.readouterr()
    assert "sesame" not in told.err + told.out and "KONKYO_STORE_PASSWORD" in told.err
