"""The folder of a site: written beside the one that is there, then put in its place as a whole.

What did not change is linked from the last site, not written again. A run that is stopped leaves the last whole site, and its
files for the next run to go on from.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words
from konkyo.server.site.addresses import is_place
from konkyo.server.site.files import SiteFile

# Says that a folder is a site of konkyo's, and of what it was made.
MARK = "konkyo-site.json"
_JOBS = ".jobs"
_STATE = ".state"
Change = Literal["same", "changed", "new"]


@dataclass(frozen=True)
class Draft:
    """A site that is being written: ``new`` is its folder, ``old`` that of the last one, which may not be there."""

    new: Path
    old: Path

    def put(self, file: SiteFile) -> Change:
        """Write a file; one that the last site has with the same bytes is taken from there."""
        target, known = self.new / file.path, self.before(file.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        # A run that was stopped may have left it, as a link to the last site's.
        target.unlink(missing_ok=True)
        if known == file.content:
            before = self.old / file.path
            try:
                os.link(before, target)
            except OSError:  # a file system without such links
                shutil.copy2(before, target)
            return "same"
        target.write_bytes(file.content)
        return "new" if known is None else "changed"

    def before(self, file: str) -> bytes | None:
        """Return a file of the last site; None where there is none. A link to elsewhere, or a device, is none."""
        path = self.old / file
        try:
            if path.is_symlink() or not path.is_file() or not path.resolve().is_relative_to(self.old):
                return None
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def done(self, number: int) -> dict[str, Change] | None:
        """Return what a job has written, where it was done before."""
        try:
            made: dict[str, Change] = json.loads((self.new / _JOBS / f"{number}.json").read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return made

    def is_done(self, number: int, written: dict[str, Change]) -> None:
        """Remember that a job is done."""
        path = self.new / _JOBS / f"{number}.json"
        path.parent.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(written))
        part.replace(path)

    def last(self) -> dict[str, Any]:
        """Return what the last site says of itself; nothing where there is none."""
        return mark_of(self.old) or {}

    def finish(self, mark: dict[str, Any]) -> None:
        """Put the site in the place of the last one. For a moment between two names there is none; the next run mends that."""
        shutil.rmtree(self.new / _JOBS, ignore_errors=True)
        (self.new / _STATE).unlink(missing_ok=True)
        (self.new / MARK).write_text(json.dumps(mark, ensure_ascii=False, indent=0, sort_keys=True))
        away = _away(self.old)
        if self.old.exists():
            self.old.replace(away)
        self.new.replace(self.old)
        shutil.rmtree(away, ignore_errors=True)


@contextmanager
def drafting(out: Path, state: str) -> Iterator[Draft]:
    """Give a place to write a site to, which is to be at ``out``; ``state`` names what it is made of.

    Raises KonkyoError for a folder that is no site of konkyo's, and where another run writes to it.
    """
    out = out.resolve()
    if out.parent == out:
        raise _foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out.parent / f".{out.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise KonkyoError(
            Words("このサイトを、別の実行が書いています。", "Another run is writing this site."),
            source=str(out),
        ) from None
    try:
        _mend(out)
        _refuse_foreign(out)
        new = out.parent / f".{out.name}.new"
        kept = new / _STATE
        if not kept.exists() or kept.read_text() != state:
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            kept.write_text(state)
        yield Draft(new, out)
    finally:
        lock.release()


def mark_of(folder: Path) -> dict[str, Any] | None:
    """Return what a site says of itself; None for what is no site, or says what none of konkyo's does."""
    try:
        if not (folder / MARK).is_file():
            return None
        found = json.loads((folder / MARK).read_bytes())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and _is_mark(found) else None


def _is_mark(told: dict[str, Any]) -> bool:
    """Return whether all that is read of a mark is as it is written; a place leads out of no site."""
    things, gone, files = told.get("things", {}), told.get("gone", {}), told.get("files", 0)
    if not (isinstance(things, dict) and isinstance(gone, dict) and isinstance(files, int)):
        return False
    for one in gone.values():
        if not (isinstance(one, dict) and isinstance(one.get("ja"), str) and isinstance(one.get("en"), str)):
            return False
    places = [*things.items(), *((path, one.get("place")) for path, one in gone.items())]
    return all(isinstance(place, str) and is_place(path, place) for path, place in places)


def _away(out: Path) -> Path:
    return out.parent / f".{out.name}.old"


def _mend(out: Path) -> None:
    """Put the last site back where a run was stopped between taking it away and putting the new one in its place."""
    away = _away(out)
    if away.exists():
        if out.exists():
            shutil.rmtree(away)
        else:
            away.replace(out)


def _refuse_foreign(out: Path) -> None:
    if out.exists() and mark_of(out) is None and (not out.is_dir() or any(out.iterdir())):
        raise _foreign(out)


def _foreign(out: Path) -> KonkyoError:
    return KonkyoError(
        Words("空でも、konkyoのサイトでもありません。", "It is neither empty nor a site of konkyo's."),
        source=str(out),
        hint=Words("新しいフォルダーの名を挙げてください。", "Name a new folder."),
    )
