"""The checked-in Turtle is what a build writes: byte for byte, on every machine, and nothing else lies there."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import konkyo
from konkyo.build.pipeline import build
from konkyo.build.turtle import write_turtle
from konkyo.cli.build import BY
from konkyo.common.paths import graphs_dir
from konkyo.model.namespaces import GRAPH, PREFIXES
from konkyo.store import EmbeddedStore, open_store
from support.waiting import LONG_GUARD

BUILT = graphs_dir() / "built"
SOURCE = str(Path(konkyo.__file__).resolve().parent.parent)
STALE = "graphs/built is stale: run `konkyo build --turtle graphs/built`"

SCRIPT = """
import sys
from pathlib import Path
from konkyo.build.pipeline import build; from konkyo.build.turtle import write_turtle
from konkyo.store import open_store
from konkyo.model.namespaces import PREFIXES
folder = Path(sys.argv[1])
build([], folder / "store")
write_turtle(open_store(folder / "store"), folder / "built", PREFIXES)
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_checked_in_files_are_what_a_build_writes(built_store: EmbeddedStore, tmp_path: Path) -> None:
    written = write_turtle(built_store, tmp_path, PREFIXES, by=BY)
    fresh, checked_in = contents(tmp_path), contents(BUILT)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == set(fresh)
    assert set(checked_in) == set(fresh), STALE
    for name, data in fresh.items():
        assert checked_in[name] == data, f"{name}: {STALE}"


OTHERS = [
    ("0", "C", "UTC"),
    ("4711", "tr_TR.UTF-8", "Asia/Tokyo"),
    ("random", "ja_JP.eucJP", "America/New_York"),
]


@pytest.mark.parametrize(("seed", "language", "zone"), OTHERS)
def test_another_machine_writes_the_same_bytes(
    built_store: EmbeddedStore, tmp_path: Path, seed: str, language: str, zone: str
) -> None:
    write_turtle(built_store, tmp_path / "here", PREFIXES)
    env = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "LC_ALL": language,
        "LANG": language,
        "TZ": zone,
        "PYTHONPATH": SOURCE,
    }
    env.pop("PYTHONUTF8", None)
    there = tmp_path / "there"
    there.mkdir()
    subprocess.run([sys.executable, "-c", SCRIPT, str(there)], env=env, check=True, timeout=LONG_GUARD)
    assert contents(there / "built") == contents(tmp_path / "here")
    assert locale.getlocale  # the parent's own locale plays no part


def test_building_and_writing_twice_changes_nothing(built_store: EmbeddedStore, tmp_path: Path) -> None:
    build([], tmp_path / "store")
    write_turtle(open_store(tmp_path / "store"), tmp_path / "built", PREFIXES)
    first = contents(tmp_path / "built")
    write_turtle(built_store, tmp_path / "built", PREFIXES)
    assert contents(tmp_path / "built") == first


def test_each_file_holds_exactly_the_facts_of_its_graph(built_store: EmbeddedStore, tmp_path: Path) -> None:
    """Data has no blank nodes, so that isomorphic is equal."""
    write_turtle(built_store, tmp_path, PREFIXES)
    seen = set()
    for path in tmp_path.rglob("*.ttl"):
        data = path.read_bytes()
        name = data.decode().splitlines()[0].removeprefix("# ")
        assert name.startswith(GRAPH)
        read = {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}
        assert read == set(built_store.triples(name)) and read
        assert not any(
            isinstance(term, ox.BlankNode) for triple in read for term in (triple.subject, triple.object)
        )
        seen.add(name)
    assert seen == {name for name in built_store.graphs() if name != GRAPH + "ontology"}


@pytest.mark.parametrize("path", sorted(BUILT.rglob("*")), ids=lambda path: path.name)
def test_a_file_is_plain_turtle(path: Path) -> None:
    if path.is_dir():
        return
    data = path.read_bytes()
    assert (
        path.suffix == ".ttl"
        and b"\r" not in data
        and data.endswith(b"\n")
        and not data.startswith(b"\xef\xbb\xbf")
    )
    from rdflib import Graph

    assert {len(Graph().parse(data=data, format="turtle"))} == {
        len(list(ox.parse(data, format=ox.RdfFormat.TURTLE)))
    }


def test_no_date_and_no_place_of_the_build_is_written(tmp_path: Path) -> None:
    for name, data in contents(BUILT).items():
        for word in (
            str(BUILT.parent).encode(),
            b"/tmp/",
            b"/home/",
            b"generatedAtTime",
            b"dcterms:modified",
        ):
            assert word not in data, name
