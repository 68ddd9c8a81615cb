"""A site's folder is replaced as a whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from konkyo.common.errors import KonkyoError
from konkyo.server.site.addresses import is_place, placed
from konkyo.server.site.files import SiteFile
from konkyo.server.site.folder import MARK, Draft, drafting


def _write(out: Path, state: str, **files: str) -> dict[str, str]:
    with drafting(out, state) as draft:
        made = {name: draft.put(SiteFile(f"{name}.txt", text.encode())) for name, text in files.items()}
        draft.finish({"state": state})
    return dict(made)


def _read(out: Path) -> dict[str, str]:
    return {path.stem: path.read_text() for path in out.glob("*.txt")}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert _write(out, "1", a="1", b="1", c="1") == {"a": "new", "b": "new", "c": "new"}
    before = (out / "a.txt").stat()
    assert _write(out, "2", a="1", b="2", d="2") == {"a": "same", "b": "changed", "d": "new"}
    assert _read(out) == {"a": "1", "b": "2", "d": "2"}
    assert os.path.samestat((out / "a.txt").stat(), before)


def test_a_run_that_is_stopped_leaves_the_last_site_and_is_gone_on_with(tmp_path: Path) -> None:
    out = tmp_path / "site"
    _write(out, "1", a="1", b="1")
    with pytest.raises(KeyboardInterrupt), drafting(out, "2") as draft:
        draft.is_done(0, {"a.txt": draft.put(SiteFile("a.txt", b"2"))})
        draft.put(SiteFile("b.txt", b"1"))
        raise KeyboardInterrupt
    assert _read(out) == {"a": "1", "b": "1"}
    with drafting(out, "2") as draft:
        assert draft.done(0) == {"a.txt": "changed"} and draft.done(1) is None
        # What is written anew is no link to the last site any more.
        draft.put(SiteFile("b.txt", b"2"))
        assert _read(out) == {"a": "1", "b": "1"}
        draft.finish({})
    assert _read(out) == {"a": "2", "b": "2"}
    with drafting(out, "3") as draft:  # of other data
        assert draft.done(0) is None


def test_a_run_that_is_killed_between_two_names_is_mended(tmp_path: Path) -> None:
    out = tmp_path / "site"
    _write(out, "1", a="1")
    out.rename(tmp_path / ".site.old")
    with drafting(out, "2"):
        assert _read(out) == {"a": "1"}


@pytest.mark.parametrize("what", ["folder", "file", "root"])
def test_what_is_no_site_is_refused(tmp_path: Path, what: str) -> None:
    out = Path(tmp_path.anchor) if what == "root" else tmp_path / "mine"
    if what == "file":
        out.write_text("mine")
    elif what == "folder":
        out.mkdir()
        (out / "mine.txt").write_text("mine")
    with pytest.raises(KonkyoError, match="neither empty nor a site"), drafting(out, "1"):
        pass
    assert what == "root" or (out if what == "file" else out / "mine.txt").read_text() == "mine"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    _write(tmp_path / "site", "1", a="1")
    assert _read(tmp_path / "site") == {"a": "1"}


def test_two_runs_at_once(tmp_path: Path) -> None:
    with (
        drafting(tmp_path / "site", "1"),
        pytest.raises(KonkyoError, match="Another run"),
        drafting(tmp_path / "site", "1"),
    ):
        pass


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object) -> None:
        raise OSError("no links here")

    out = tmp_path / "site"
    _write(out, "1", a="1")
    monkeypatch.setattr(os, "link", no_link)
    assert _write(out, "2", a="1") == {"a": "same"}
    assert _read(out) == {"a": "1"}


def test_a_file_where_the_last_site_had_a_folder(tmp_path: Path) -> None:
    draft = Draft(tmp_path / "new", tmp_path / "old")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a").write_text("1")
    assert draft.put(SiteFile("a/b.txt", b"1")) == "new"


@pytest.mark.parametrize(
    "mark",
    [
        '{"things": {"/id/x": "../../../victim"}}',
        '{"things": {"/id/x": "/etc"}}',
        '{"things": {"/id/../../x": "id/../../x"}}',
        '{"things": ["/id/x"]}',
        '{"things": {"/id/x": 7}}',
        '{"gone": {"/id/x": {"place": "../../victim", "ja": "x", "en": "x"}}}',
        '{"gone": {"/id/x": {"place": "id/x"}}}',
        '{"gone": {"/id/x": "id/x"}}',
        '{"files": "many"}',
        "[" * 100_000,
        "7",
    ],
    ids=[*"abcdefghijk"],
)
def test_a_folder_that_says_what_no_site_says_is_none_of_ours(tmp_path: Path, mark: str) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / MARK).write_text(mark)
    with pytest.raises(KonkyoError), drafting(out, "1"):
        pass
    assert not (tmp_path / ".site.new").exists()


def test_what_a_site_says_of_its_own_things_is_taken(tmp_path: Path) -> None:
    paths = ["/id/panel/x", "/id/panel/X", "/id/a%2Fb", "/id/con", "/code/a." + "y" * 300]
    for path, place in placed(paths).items():
        assert is_place(path, place)
    gone = {path: {"place": place, "ja": "x", "en": "x"} for path, place in placed(paths).items()}
    out = tmp_path / "site"
    with drafting(out, "1") as draft:
        draft.finish({"state": "1", "files": 3, "things": placed(paths), "gone": gone})
    with drafting(out, "2") as draft:
        assert draft.last()["gone"] == gone


def test_a_link_or_a_pipe_in_the_last_site_is_not_read(tmp_path: Path) -> None:
    out, secret = tmp_path / "site", tmp_path / "secret"
    _write(out, "1", a="1")
    secret.mkdir()
    (secret / "b.txt").write_text("2")
    (out / "link.txt").symlink_to(secret / "b.txt")
    (out / "folder").symlink_to(secret)
    os.mkfifo(out / "pipe.txt")
    with drafting(out, "2") as draft:
        assert draft.before("a.txt") == b"1"
        for name in ("link.txt", "folder/b.txt", "pipe.txt", "none.txt", "a.txt/b.txt"):
            assert draft.before(name) is None
            assert draft.put(SiteFile(name.replace("a.txt/", "c/"), b"2")) == "new"
        draft.finish({})
    assert not (out / "link.txt").is_symlink() and (secret / "b.txt").stat().st_nlink == 1
