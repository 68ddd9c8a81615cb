"""Files are written whole or not at all: whoever reads one sees what was there before, or all of the new."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EISDIR, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from pathlib import Path
from stat import S_IMODE, S_ISREG

from konkyo.common.errors import KonkyoError
from konkyo.common.words import Words

# Why a file cannot be written, where the system says it in English alone.
_REASONS = {
    EISDIR: "そこはフォルダーです",
    ENOTDIR: "途中にあるのはフォルダーではありません",
    ENOENT: "そのフォルダーがありません",
    EACCES: "書く権限がありません",
    EPERM: "書く権限がありません",
    EROFS: "読み取り専用です",
    ENOSPC: "空きがありません",
}


def read_regular(path: Path, most: int) -> bytes:
    """Return what a file holds that a user names. Raises KonkyoError for what cannot be read.

    A pipe or a device may have no end, so it is not read; nor is a file of more than ``most`` bytes.
    """
    source = str(path)
    try:
        regular(path)
        if path.stat().st_size > most:
            raise KonkyoError(
                Words(
                    f"ファイルが大きすぎます（上限{most:,}バイト）。",
                    f"The file is larger than {most:,} bytes.",
                ),
                source=source,
            )
        return path.read_bytes()
    except OSError as error:
        raise KonkyoError(
            Words(f"読めません（{error.strerror}）。", f"It cannot be read ({error.strerror})."),
            source=source,
        ) from error


def regular(path: Path) -> None:
    """Raise KonkyoError for a pipe, a device or the like; OSError for what is not there."""
    if not path.is_dir() and not S_ISREG(path.stat().st_mode):
        raise KonkyoError(
            Words(
                "普通のファイルではありません（パイプ、デバイスなど）。",
                "It is no regular file (a pipe or a device).",
            ),
            source=str(path),
            hint=Words("内容をファイルに保存して渡してください。", "Save what it holds as a file."),
        )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a name beside a file to write to; what is there takes the file's place when the block ends well, else it goes.

    A link stays one and its file is replaced, which keeps its mode. What is no file (a pipe, a device) is written to as it is.
    """
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    if path.exists() and not path.is_file():
        yield path
        return
    path = path.resolve()
    part = path.parent / f".{path.name}.{os.getpid()}.part"
    try:
        yield part
        if path.exists():
            part.chmod(S_IMODE(path.stat().st_mode))
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(path: Path, data: str | bytes) -> None:
    """Write a file, texts as UTF-8 as they are. Raises KonkyoError where it cannot be written."""
    try:
        with replacing(path) as part:
            part.write_bytes(data.encode() if isinstance(data, str) else data)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> KonkyoError:
    """Return the error for a place that cannot be written to."""
    reason = error.strerror or str(error)
    told = _REASONS.get(error.errno or 0, reason)
    return KonkyoError(
        Words(f"書けません（{told}）。", f"It cannot be written ({reason})."), source=str(path)
    )
