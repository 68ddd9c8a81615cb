"""``konkyo serve`` as a user starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import konkyo
from konkyo.cli import main
from support.command import run
from support.waiting import GUARD


@contextmanager
def started(*arguments: str, cwd: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    root = str(Path(konkyo.__file__).resolve().parents[1])
    environment = {**os.environ, "PYTHONPATH": root}
    with subprocess.Popen(
        [sys.executable, "-m", "konkyo", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd, env=environment, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        yield process, process.stdout.readline()
        process.kill()


def test_without_a_store_the_carried_graph_is_served(tmp_path: Path) -> None:
    with started(cwd=tmp_path) as (process, said):
        address = said.split()[0]
        assert address.startswith("http://127.0.0.1:") and "Ctrl-C で終わります" in said
        asked = {"query": "ASK { ?s a <https://w3id.org/konkyo/ns#Measure> }"}
        response = httpx.get(address + "sparql", params=asked, timeout=GUARD, trust_env=False)
        assert response.json()["boolean"] is True
        process.send_signal(signal.SIGINT)
        assert process.wait(GUARD) == 0
        assert process.stderr is not None
        told = process.stderr.read()
    assert "同梱のグラフで始めます" in told and '"query": "ASK' in told
    assert not list(tmp_path.iterdir())


def test_in_english_with_a_store(tmp_path: Path, store_folder: Path) -> None:
    options = [
        "--store",
        str(store_folder),
        "--lang",
        "en",
        "--log",
        "none",
        "--cors",
        "--max-rows",
        "2",
        "--prefix",
        "/k/",
    ]
    with started(*options, cwd=tmp_path) as (process, said):
        assert said.startswith("Serving at http://127.0.0.1:") and said.count("/k/sparql") == 1
        asked = {"query": "SELECT * { ?s ?p ?o }"}
        response = httpx.get(said.split()[2] + "sparql", params=asked, timeout=GUARD, trust_env=False)
        assert response.status_code == 413 and response.headers["x-konkyo-limit"] == "rows"
        assert response.headers["access-control-allow-origin"] == "*"
        process.terminate()
        assert process.wait(GUARD) == 0


def test_a_port_that_is_taken(store_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--store", str(store_folder), "--port", port]) == 2
    assert f"ポート{port}は使えません" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--store", "nowhere"], "There is no konkyo store here"),
        (["--prefix", "/a b"], "is no path"),
        (["--prefix", "//evil"], "is no path"),
        (["--base", "javascript:alert(1)"], "is no address"),
        (["--timeout", "-1"], "invalid"),
        (["--port", "99999"], "is not a number from 0 to 65535"),
        (["--workers", "0"], "is not a number from 1 to 256"),
        (["--per-client", "-1"], "-1 is not a number"),
        (["--proxy", "*"], "is no IP address"),
        (["--proxy", "proxy.example"], "is no IP address"),
        (["--host", "999.1.1.1"], "cannot be had"),
        (["--memory", "20", "--port", "0"], "do not start"),
        (["--memory", "20", "--port", "0", "--check-config"], "do not start"),
        (["--store", "http://127.0.0.1:9/", "--check-config"], "cannot be reached"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], words: str, store_folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    os.environ.pop("KONKYO_STORE", None)
    store = [] if "--store" in arguments else ["--store", str(store_folder)]
    assert main(["serve", *store, *arguments, "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert words in told and "Traceback" not in told


def test_settings_can_be_checked_without_serving(store_folder: Path, tmp_path: Path) -> None:
    good = run(
        "serve",
        "--store",
        str(store_folder),
        "--port",
        "0",
        "--per-client",
        "7",
        "--check-config",
        cwd=tmp_path,
    )
    assert good.returncode == 0, good.stderr
    told = dict(line.split("\t") for line in good.stdout.splitlines())
    assert told["per_client"] == "7" and told["seconds"] == "10.0" and told["connections_per_client"] == "100"
    bad = run("serve", "--store", str(tmp_path / "none"), "--check-config", cwd=tmp_path)
    assert bad.returncode == 2 and "none" in bad.stderr
