"""A store folder: complete generations of an embedded store, and which of them is read.

A folder holds generations (``g-000001`` …) and a file ``CURRENT`` that names the one to
read. A build writes the next generation beside it and moves the name at its end, in one atomic rename:
whoever reads sees the old store or the new one, and a build that fails or is killed changes nothing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from konkyo.common.advice import Advice, Code
from konkyo.common.errors import KonkyoError
from konkyo.common.text import printable
from konkyo.common.words import Words
from konkyo.store.embedded import EmbeddedStore

_CURRENT = "CURRENT"
_GENERATION = re.compile(r"g-[0-9]{6,12}")


def open_store(folder: Path) -> EmbeddedStore:
    """Open the current generation of a store folder for reading. Raises KonkyoError where there is none."""
    for _ in range(3):  # a build may end, and remove what CURRENT named, between the two steps
        generation = _current(folder)
        if generation is None:
            break
        try:
            return EmbeddedStore(ox.Store.read_only(str(generation)), generation)
        except OSError:
            continue
        except RuntimeError as error:  # what Oxigraph says of files that are not its own
            raise damaged(folder, error) from error
    raise no_store(folder)


def damaged(folder: Path, error: Exception) -> KonkyoError:
    """Return the error for a store whose files are not as they were written."""
    said = printable(str(error), 120)
    return KonkyoError(
        Words(f"ストアのファイルが壊れています（{said}）。", f"The store's files are damaged ({said})."),
        source=str(folder),
        hint=Words("資料から作り直してください。", "Build it again from its sources."),
    )


def no_store(folder: Path) -> KonkyoError:
    """Return the error for a folder without a store."""
    return KonkyoError(
        Words("konkyoのストアがありません。", "There is no konkyo store here."),
        source=str(folder),
        hint=Advice(Code.NO_STORE),
    )


def current_version(folder: Path) -> str:
    """Return what names the data of a store folder: another one after each build. Raises KonkyoError where there is none."""
    generation = _current(folder)
    if generation is None:
        raise no_store(folder)
    # A folder that was removed and made again begins with the same number.
    return f"{generation.name}-{(folder / _CURRENT).stat().st_mtime_ns:x}"


def open_previous(folder: Path) -> EmbeddedStore | None:
    """Open the generation before the current one, where it is still there."""
    current = _current(folder)
    older = [item for item in folder.glob("g-*") if current is not None and item.name < current.name]
    for generation in sorted(older, reverse=True):
        with suppress(OSError, RuntimeError):
            return EmbeddedStore(ox.Store.read_only(str(generation)))
    return None


def exists(folder: Path) -> bool:
    """Return whether a store folder holds a complete generation."""
    return _current(folder) is not None


def _current(folder: Path) -> Path | None:
    try:
        name = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    generation = folder / name
    return generation if _GENERATION.fullmatch(name) and generation.is_dir() else None


@contextmanager
def building(folder: Path, *, keep: bool = False, packed: bool = False) -> Iterator[EmbeddedStore]:
    """Build the next generation of a store folder; it becomes the current one when the block ends well.

    With ``keep`` it starts as a copy of the current one, else empty, and is packed at the end unless the block has ``packed`` it.
    One build at a time: a second one raises KonkyoError. The generation before stays until the next build, for those who read it still.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "build.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise KonkyoError(
            Words("別のbuildがこのストアを作っています。", "Another build is at work on this store."),
            source=str(folder),
            hint=Advice(Code.BUILD_AT_WORK),
        ) from None
    except OSError as error:
        raise KonkyoError(
            Words(
                f"ストアの場所に書けません（{error.strerror}）。",
                f"The store's place is not writable ({error.strerror}).",
            ),
            source=str(folder),
        ) from error
    with lock:
        current = _current(folder)
        for other in folder.glob("g-*"):
            if other != current:
                shutil.rmtree(other, ignore_errors=True)
        number = int(current.name[2:]) + 1 if current else 1
        target = folder / f"g-{number:06d}"
        store = None
        try:
            store = EmbeddedStore(_next_generation(target, current if keep else None), target)
            yield store
            if not (keep or packed):  # what is kept changes little, and packing writes everything anew
                store.pack()
            store.close()
            pointer = folder / f"{_CURRENT}.new"
            pointer.write_text(target.name + "\n", encoding="ascii")
            pointer.replace(folder / _CURRENT)
        except BaseException:
            # Whoever catches the error may hold on to the store, and with it to the folder's lock; and a full
            # disk is no reason to leave the half-built generation there.
            if store is not None:
                with suppress(OSError):
                    store.close()
            shutil.rmtree(target, ignore_errors=True)
            raise


def _next_generation(target: Path, copied: Path | None) -> ox.Store:
    try:
        if copied:
            ox.Store.read_only(str(copied)).backup(str(target))
        return ox.Store(str(target))
    except OSError as error:
        raise KonkyoError(
            Words(f"ストアを作れません（{error}）。", f"The store cannot be made ({error})."),
            source=str(target),
        ) from error
