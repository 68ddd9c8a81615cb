"""A store folder: a build that fails or is killed changes nothing, and no name in it leads astray."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

import konkyo
from konkyo.common.errors import KonkyoError
from konkyo.present.text.advice import worded
from konkyo.store import EmbeddedStore, building, open_store
from konkyo.store.generations import exists
from support.absent import NOT_HERE
from support.waiting import GUARD, until

G = "https://example.org/g"
SOURCE = str(Path(konkyo.__file__).resolve().parent.parent)


def quad(value: str) -> str:
    return f'<https://example.org/s> <https://example.org/p> "{value}" <{G}> .\n'


def fill(folder: Path, value: str, *, keep: bool = False, graph: str = G) -> None:
    with building(folder, keep=keep) as store:
        store.load(graph, [quad(value).replace(G, graph)])


def filled(folder: Path, value: str) -> bool:
    """Fill a store, unless another build is under way; return whether it was done."""
    try:
        fill(folder, value)
    except KonkyoError:
        return False
    return True


def values(store: EmbeddedStore) -> list[str]:
    return sorted(row["o"].value for row in store.select("SELECT ?o { ?s ?p ?o }"))


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("g-*"))


def test_each_build_is_a_generation_and_stale_ones_go(tmp_path: Path) -> None:
    for number, value in enumerate(["one", "two", "three", "four"], start=1):
        fill(tmp_path, value)
        assert values(open_store(tmp_path)) == [value]
        assert (tmp_path / "CURRENT").read_text() == f"g-{number:06d}\n"
        assert len(generations(tmp_path)) <= 2
    assert generations(tmp_path) == ["g-000003", "g-000004"]


def test_who_reads_goes_on_reading_while_the_next_is_built(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    reader = open_store(tmp_path)
    fill(tmp_path, "two")
    assert values(reader) == ["one"] and values(open_store(tmp_path)) == ["two"]


def test_keep_starts_from_a_copy(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    fill(tmp_path, "two", keep=True, graph=G + "/2")
    assert values(open_store(tmp_path)) == ["one", "two"]
    fill(tmp_path, "three", keep=True)
    assert values(open_store(tmp_path)) == ["three", "two"]
    fill(tmp_path, "four")
    assert values(open_store(tmp_path)) == ["four"]


def test_a_new_generation_is_packed_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[tuple[list[str], bool]] = []
    own = EmbeddedStore.pack

    def pack(store: EmbeddedStore) -> None:
        own(store)
        packed.append((values(store), exists(tmp_path)))

    monkeypatch.setattr(EmbeddedStore, "pack", pack)
    fill(tmp_path, "one")
    assert packed == [(["one"], False)]
    fill(tmp_path, "two", keep=True)
    assert len(packed) == 1 and values(open_store(tmp_path)) == ["two"]


def test_keep_without_a_store_starts_empty(tmp_path: Path) -> None:
    fill(tmp_path / "new", "one", keep=True)
    assert values(open_store(tmp_path / "new")) == ["one"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit, MemoryError])
def test_a_build_that_fails_leaves_the_old_store(tmp_path: Path, error: type[BaseException]) -> None:
    fill(tmp_path, "old")
    with pytest.raises(error), building(tmp_path) as store:
        store.load(G, [quad("new")])
        raise error
    assert values(open_store(tmp_path)) == ["old"] and generations(tmp_path) == ["g-000001"]
    fill(tmp_path, "newer")
    assert values(open_store(tmp_path)) == ["newer"]


def test_a_first_build_that_fails_leaves_no_store(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), building(tmp_path / "s"):
        raise RuntimeError
    assert not exists(tmp_path / "s") and generations(tmp_path / "s") == []
    with pytest.raises(KonkyoError, match="no konkyo store"):
        open_store(tmp_path / "s")


def test_a_second_builder_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    fill(tmp_path, "old")
    with building(tmp_path) as store:
        store.load(G, [quad("new")])
        with pytest.raises(KonkyoError, match="Another build"), building(tmp_path):
            pytest.fail("two builds at once")
        assert values(open_store(tmp_path)) == ["old"]
    assert values(open_store(tmp_path)) == ["new"]


CHILD = f"""
import sys
from pathlib import Path
from konkyo.store import building
with building(Path(sys.argv[1])) as store:
    store.load({G!r}, ['<https://example.org/s> <https://example.org/p> "half" <{G}> .\\n'])
    print("ready", flush=True)
    sys.stdin.read()
"""


def start_build(folder: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)],
        env={**os.environ, "PYTHONPATH": SOURCE},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    return child


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason=f"{NOT_HERE}SIGKILL")
@pytest.mark.parametrize("before", [True, False])
def test_a_killed_build_changes_nothing_and_blocks_nobody(tmp_path: Path, before: bool) -> None:
    if before:
        fill(tmp_path, "old")
    child = start_build(tmp_path)
    try:
        with pytest.raises(KonkyoError, match="Another build"), building(tmp_path):
            pytest.fail("two builds at once")
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=GUARD)
    assert exists(tmp_path) == before
    if before:
        assert values(open_store(tmp_path)) == ["old"]
    else:
        with pytest.raises(KonkyoError):
            open_store(tmp_path)
    assert len(generations(tmp_path)) == 1 + before  # the half-built one lies there, unread
    until(lambda: filled(tmp_path, "new"), "the lock of a killed process, which is the system's to free")
    assert values(open_store(tmp_path)) == ["new"]
    assert generations(tmp_path) == (["g-000001", "g-000002"] if before else ["g-000001"])


HOSTILE = [
    "",
    "\n",
    "g-",
    "g-abc",
    "g-000009",
    "../outside",
    "g-000001/../../outside",
    "/etc",
    "g-../outside",
    ".",
    "..",
    "g-000001\x00",
    "ｇ-000001",
    "g-" + "9" * 300,
    "g-000001\ng-000002",
]


@pytest.mark.parametrize("content", HOSTILE)
def test_a_hostile_current_leads_nowhere(tmp_path: Path, content: str) -> None:
    outside = tmp_path / "outside"
    fill(outside, "secret")
    (tmp_path / "g-outside").mkdir()
    folder = tmp_path / "store"
    fill(folder, "one")
    (folder / "g-abc").mkdir()
    (folder / "g-").mkdir()
    (folder / "CURRENT").write_text(content, encoding="utf-8")
    assert not exists(folder)
    with pytest.raises(KonkyoError, match="no konkyo store"):
        open_store(folder)
    fill(folder, "again", keep=True)  # and the next build mends it
    assert values(open_store(folder)) == ["again"]
    assert values(open_store(outside)) == ["secret"]


def test_a_current_that_is_no_text_leads_nowhere(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    (tmp_path / "CURRENT").write_bytes(b"\xff\xfe\x00g")
    with pytest.raises(KonkyoError):
        open_store(tmp_path)


def test_a_current_that_names_no_store_is_told(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    (tmp_path / "g-000002").mkdir()
    (tmp_path / "CURRENT").write_text("g-000002\n")
    with pytest.raises(KonkyoError, match="no konkyo store"):
        open_store(tmp_path)


@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_files_that_are_not_as_written_are_told(tmp_path: Path, name: str) -> None:
    fill(tmp_path, "one")
    broken = [*(tmp_path / "g-000001").glob(name)]
    assert broken
    for path in broken:
        path.write_bytes(b"../../x\x1b[31m\n" * 20)
    with pytest.raises(KonkyoError, match="damaged") as caught:
        open_store(tmp_path)
    assert "\x1b" not in caught.value.report("ja")


def test_a_linked_generation_is_not_followed_for_removal(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("x")
    folder = tmp_path / "store"
    fill(folder, "one")
    (folder / "g-999999").symlink_to(outside, target_is_directory=True)
    fill(folder, "two")
    assert (outside / "precious").read_text() == "x" and values(open_store(folder)) == ["two"]


def test_what_lies_beside_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    fill(tmp_path, "one")
    fill(tmp_path, "two")
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_place_that_cannot_be_a_folder_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KonkyoError, match="not writable") as caught, building(tmp_path / name):
        pytest.fail("built")
    assert caught.value.source == str(tmp_path / name)


def test_no_store_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(KonkyoError) as caught:
        open_store(tmp_path / "none")
    assert "konkyo build" in caught.value.report("ja", worded) and not (tmp_path / "none").exists()


def test_a_graph_is_dumped_as_a_stream_that_may_be_left(tmp_path: Path) -> None:
    store = EmbeddedStore()
    store.load(G, [quad(f"{number:06d}") for number in range(50_000)])
    with store.dumped(G) as stream:
        assert sum(1 for _ in stream) == 50_000
    with store.dumped(G) as stream:
        assert stream.readline().endswith(b" .\n")  # what was not read is not waited for
    other = EmbeddedStore()
    other.copy_graph(store, G)
    assert len(other) == 50_000


def test_a_dump_that_fails_is_told() -> None:
    class Broken:
        def dump(self, *_: object, **__: object) -> None:
            raise OSError("the disk is gone")

    store = EmbeddedStore()
    store._store = Broken()  # type: ignore[assignment]
    with pytest.raises(OSError, match="the disk is gone"), store.dumped(G) as stream:
        assert stream.read() == b""


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_graph_is_dropped_in_pieces_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_disk: bool
) -> None:
    monkeypatch.setattr("konkyo.store.embedded._REMOVED_AT_ONCE", 2)
    with building(tmp_path / "store") if on_disk else nullcontext(EmbeddedStore()) as store:
        drops_one_of_two(store)


def drops_one_of_two(store: EmbeddedStore) -> None:
    facts = [
        '<http://e/a> <http://e/p> "一行目\\n\\"二\\"行目"@ja .',
        '<http://e/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        "<http://e/a> <http://e/p> _:b .",
        "_:b <http://e/p> <http://e/a> .",
        "<http://e/c> <http://e/p> <http://e/d> .",
    ]
    for name in ("http://e/g1", "http://e/g2"):
        store.load(name, [f"{fact[:-1]}<{name}> .\n" for fact in facts])
    store.drop("http://e/g1")
    assert store.graphs() == ["http://e/g2"]
    assert len(list(store.triples("http://e/g2"))) == len(store) == len(facts)


def pieces(folder: Path) -> int:
    return len(list(folder.rglob("*.sst")))


@pytest.mark.parametrize("beside", [False, True])
def test_a_new_generation_is_packed_also_while_it_is_read(tmp_path: Path, beside: bool) -> None:
    with building(tmp_path, packed=beside) as store:
        for number in range(6):
            store.load(f"{G}{number}", [quad(str(number)).replace(G, f"{G}{number}")])
        loaded = pieces(tmp_path)
        if beside:
            with store.packing():
                assert values(store) == list("012345")
    assert pieces(tmp_path) < loaded
    assert values(open_store(tmp_path)) == list("012345")


def test_a_store_that_cannot_be_packed_is_no_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: EmbeddedStore) -> None:
        raise OSError("no room")

    monkeypatch.setattr(EmbeddedStore, "pack", full)
    with pytest.raises(OSError, match="no room"), building(tmp_path, packed=True) as store:
        store.load(G, [quad("one")])
        with store.packing():
            assert values(store) == ["one"]
    assert not exists(tmp_path) and generations(tmp_path) == []
